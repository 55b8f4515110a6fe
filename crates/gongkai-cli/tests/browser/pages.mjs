// Every page of the portal and of the office, as each kind of person sees it.
import { base, check, look, person } from "./steps.mjs";

export async function portal(browser) {
  const page = await person(browser);
  const agency = "/agencies/000000011";
  await page.goto(`${base}${agency}`);
  const item = await page.locator('main a[href^="/items/"]').first().getAttribute("href");
  await page.goto(`${base}${item}`);
  const leaf = await page.locator(".crumbs a").last().getAttribute("href");
  const addresses = {
    首页: "/",
    机关首页: agency,
    指南: `${agency}/guide`,
    制度: `${agency}/rules`,
    目录: `${agency}/content`,
    栏目: leaf,
    年报: `${agency}/reports`,
    总目录: "/content",
    条目: item,
    检索: "/search?q=%E5%AE%A1%E8%AE%A1",
    没有结果: "/search?q=%E4%B8%8D%E5%AD%98%E5%9C%A8%E7%9A%84%E8%AF%8D",
    日期写错: "/search?q=a&from=2026-13-01",
    地图: "/sitemap",
    开放数据: "/data",
    没有这一页: "/nothing-here",
  };
  for (const [name, address] of Object.entries(addresses)) {
    await page.goto(`${base}${address}`);
    await look(page, `公开-${name}`);
  }
  await page.goto(`${base}/display?size=large&back=%2F`);
  await look(page, "公开-长者模式");
  await page.goto(`${base}${item}`);
  await page.emulateMedia({ colorScheme: "dark" });
  await look(page, "公开-条目-深色");
  await page.context().close();
}

export async function office(browser) {
  const people = {
    chengban: ["/office", "/office/items", "/office/items/new", "/office/guide", "/office/account"],
    hecha: ["/office"],
    guanli: ["/office/people", "/office/units", "/office/settings"],
    admin: ["/office/people", "/office/units", "/office/settings"],
    jiandu: ["/office", "/office/overview"],
    shenji: ["/office/audit"],
  };
  const anonymous = await person(browser);
  await anonymous.goto(`${base}/office/login`);
  await look(anonymous, "工作台-登录");
  await anonymous.context().close();
  for (const [login, addresses] of Object.entries(people)) {
    const page = await person(browser, login);
    for (const address of addresses) {
      const answer = await page.goto(`${base}${address}`);
      check(answer.status() === 200, `${login} ${address}：${answer.status()}`);
      await look(page, `工作台-${login}-${address.split("/").slice(2).join("-") || "待办"}`);
    }
    await page.context().close();
  }
  const page = await person(browser, "chengban");
  for (const state of ["draft", "in_review", "approved", "published", "withdrawn"]) {
    await page.goto(`${base}/office/items?state=${state}`);
    const first = page.locator('main a[href^="/office/editions/"]').first();
    if ((await first.count()) === 0) continue;
    await page.goto(`${base}${await first.getAttribute("href")}`);
    await look(page, `工作台-稿件-${state}`);
    const edit = page.locator('a[href$="/edit"]').first();
    if (await edit.count()) {
      await page.goto(`${base}${await edit.getAttribute("href")}`);
      await look(page, `工作台-修改-${state}`);
    }
  }
  await page.context().close();
}

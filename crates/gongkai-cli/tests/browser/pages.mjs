// Every page of the portal and of the office, as each kind of person sees it.
import { createHmac } from "node:crypto";
import { PASSWORD, base, check, look, person } from "./steps.mjs";

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
    总指南: "/guide",
    总制度: "/rules",
    总目录: "/content",
    总年报: "/reports",
    依申请公开: "/apply",
    查询申请: "/track",
    条目: item,
    公开记录: `${item}/record`,
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
  // As a browser asks for it: packed.
  const rows = await page.evaluate(async () => (await (await fetch("/data/items.csv")).text()).split("\n").length);
  check(rows > 100, `表格下载：${rows}行`);
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
    admin: ["/office/people", "/office/units", "/office/settings", "/office/calendar"],
    jiandu: ["/office", "/office/overview", "/office/overview/applications", "/office/moved"],
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
  const refused = await person(browser, "chengban");
  check((await refused.goto(`${base}/office/people`)).status() === 403, "没有权限的页面");
  await look(refused, "工作台-没有权限");
  await refused.goto(`${base}/office/password`);
  await look(refused, "工作台-更改密码");
  await refused.context().close();
  // What waits for each reviewer, with the form to sign.
  for (const login of ["kezhang", "baomi", "lingdao", "fabu"]) {
    const page = await person(browser, login);
    await look(page, `工作台-${login}-待办`);
    const first = page.locator('main a[href^="/office/editions/"]').first();
    if (await first.count()) {
      const address = await first.getAttribute("href");
      await page.goto(`${base}${address}`);
      await look(page, `工作台-${login}-稿件`);
      await page.goto(`${base}${address}/secrecy-form`);
      await look(page, `工作台-${login}-审查表`);
    }
    await page.goto(`${base}/office/guide`);
    await look(page, `工作台-${login}-指南`);
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
  await accounts(browser, page);
  await page.context().close();
}

// What only shows on the way: another person's save, a session that is over, a link, the second factor.
async function accounts(browser, page) {
  await page.goto(`${base}/office/items?state=draft`);
  await page.goto(`${base}${await page.locator('main a[href^="/office/editions/"]').first().getAttribute("href")}/edit`);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.fill("#summary", "另一个窗口里写的概述。");
  await other.click('main form button.primary:has-text("保存")');
  await other.waitForLoadState();
  await page.fill("#summary", "这个窗口里写的概述。");
  await page.click('main form button.primary:has-text("保存")');
  await page.waitForLoadState();
  check((await page.locator(".diff").count()) > 0, "看得到与他人的不同");
  await look(page, "工作台-他人先保存");
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.click('main form button.primary:has-text("保存")');
  await page.waitForLoadState();
  check((await page.locator("textarea[name='kept.summary']").inputValue()).includes("这个窗口"), "登录过期，内容还在");
  await look(page, "工作台-登录过期");
  await page.context().addCookies(cookies);

  const manager = await person(browser, "guanli");
  await manager.goto(`${base}/office/people`);
  await manager.fill("#name", "测试人员");
  await manager.fill("#login", "ceshi");
  await manager.locator("#roles input[value=drafter]").check();
  await manager.click("main form button.primary");
  await manager.waitForLoadState();
  await look(manager, "工作台-新人员的链接");
  const link = await manager.locator("code[data-full]").textContent();
  await manager.context().close();
  const fresh = await person(browser);
  await fresh.goto(new URL(link.trim(), base).href);
  await look(fresh, "工作台-设置密码");
  await fresh.context().close();
  await secondFactor(browser);
}

// What a telephone shows for a secret at a time (RFC 6238).
function code(secret, at) {
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const from = hash[19] & 15;
  return String((hash.readUInt32BE(from) & 0x7fffffff) % 1000000).padStart(6, "0");
}

async function secondFactor(browser) {
  const page = await person(browser, "jy.hecha");
  await page.goto(`${base}/office/account`);
  await page.locator("section", { hasText: "两步验证" }).locator("summary").first().click();
  const secret = await page.locator('input[name="secret"]').inputValue();
  const form = page.locator('form[action="/office/account/totp"]');
  await form.locator("#password").fill(PASSWORD);
  await form.locator("#code").fill(code(secret, Date.now()));
  await form.locator("button").click();
  await page.waitForLoadState();
  check((await page.locator("p.done").textContent()).includes("两步验证已启用"), "启用两步验证");
  await page.context().close();
  const again = await person(browser);
  await again.goto(`${base}/office/login`);
  await again.fill("#login", "jy.hecha");
  await again.fill("#password", PASSWORD);
  await again.click("button.primary");
  await again.waitForURL(/\/office\/code/);
  await look(again, "工作台-两步验证");
  // A code that was used once does not count again.
  await again.fill("#code", code(secret, Date.now() + 30000));
  await again.click("button.primary");
  await again.waitForURL(`${base}/office`);
  await again.context().close();
}

// Pages that come out of an act: the difference to the version before, several published at once.
export async function outcomes(browser) {
  const drafter = await person(browser, "chengban");
  await drafter.goto(`${base}/office/items?state=published`);
  await drafter.locator('main a[href^="/office/editions/"]').first().click();
  await drafter.waitForURL(/editions/);
  await drafter.click('button:has-text("修改成新版本")');
  await drafter.waitForURL(/\/edit/);
  await drafter.fill("#change_note", "更正一处日期。");
  await drafter.click('main form button.primary:has-text("保存")');
  await drafter.waitForURL(/\/office\/editions\/[0-9a-f-]{36}(\?.*)?$/);
  await drafter.click('a:has-text("与前一版比较")');
  await drafter.waitForURL(/\/changes/);
  await look(drafter, "工作台-与前一版比较");
  await drafter.context().close();

  const publisher = await person(browser, "cz.fabu");
  await publisher.goto(`${base}/office/items?state=approved`);
  const box = publisher.locator('input[name="chosen"]').first();
  check((await box.count()) > 0, "有待发布的稿件");
  if (await box.count()) {
    await box.check();
    await publisher.click('button:has-text("发布选中的稿件")');
    await publisher.waitForLoadState();
    await look(publisher, "工作台-一次发布几件");
  }
  await publisher.context().close();
}

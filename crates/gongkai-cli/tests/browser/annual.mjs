// The year closes: the ledger, the report of a year, the supervising office.
import { base, check, look, person } from "./steps.mjs";

async function seen(page, address, name) {
  const answer = await page.goto(`${base}${address}`);
  check(answer.status() === 200, `${address}：${answer.status()}`);
  await look(page, `年报-${name}`);
}

async function told(page, words) {
  await page.waitForLoadState();
  const done = await page.locator(".done").first().textContent().catch(() => "");
  check(done.includes(words), `“${words}”：${done}`);
}

export async function annual(browser) {
  const last = new Date().getFullYear() - 1;
  // The year 2019, from the plan to the published report.
  const past = await person(browser, "xs.shouli");
  await seen(past, "/office/report?year=2019", "2019数据");
  const purchases = past.locator('a[href$="proactive.procurement.amount_yuan"]');
  check((await purchases.textContent()).trim() === "93571元", "政府集中采购总金额");
  await purchases.click();
  await past.waitForLoadState();
  await look(past, "年报-2019采购的来源");
  check((await past.locator("main").textContent()).includes("审计软件"), "每个数说得出来源");
  await seen(past, "/office/report?year=2019&part=text", "2019文字");
  await seen(past, "/office/report?year=2019&part=way", "2019核对");
  await seen(past, "/office/ledger?year=2019", "2019台账");
  await past.context().close();
  // The present: a figure is entered, made void, adjusted; the text is kept.
  const clerk = await person(browser, "shouli");
  await seen(clerk, `/office/report?year=${last}`, "上年数据");
  await seen(clerk, `/office/report/behind?year=${last}&cell=applications.new_received.total`, "上年新收的申请");
  await seen(clerk, `/office/ledger?year=${last + 1}`, "本年台账");
  await clerk.selectOption("#cell", "licences.decisions");
  await clerk.fill("#value", "若干");
  await clerk.fill("#source", "许可台账");
  await clerk.click('aside button:has-text("登记")');
  await clerk.waitForLoadState();
  check((await clerk.locator(".problems").textContent()).includes("不是数"), "不是数的说明");
  await look(clerk, "年报-台账不是数");
  await clerk.fill("#value", "12");
  await clerk.click('aside button:has-text("登记")');
  await told(clerk, "已登记");
  await seen(clerk, `/office/report?year=${last + 1}`, "本年数据");
  check((await clerk.locator('a[href$="proactive.licences.decisions"]').textContent()).trim() === "12", "台账进了表二");
  await clerk.click('summary:has-text("登记一笔调整")');
  await clerk.selectOption("#cell", "applications.granted.business");
  await clerk.fill("#amount", "1");
  await clerk.fill("#reason", "启用以前口头答复的一件");
  await clerk.fill("#paper", "登记簿第3页");
  await clerk.click('button:has-text("登记调整")');
  await told(clerk, "原来计算的数保留");
  await look(clerk, "年报-调整以后");
  await clerk.click('summary:has-text("撤销")');
  await clerk.locator('main details[open] input[name="reason"]').first().fill("登记簿已补录");
  await clerk.click('button:has-text("撤销这一笔调整")');
  await told(clerk, "调整已撤销");
  await seen(clerk, `/office/report?year=${last + 1}&part=text`, "本年文字");
  await clerk.click('button:has-text("保存文字")');
  await told(clerk, "已保存");
  await seen(clerk, `/office/report?year=${last + 1}&part=way`, "本年核对");
  check((await clerk.locator('button:has-text("定稿并送审")').count()) === 0, "没有结束的年度不能送审");
  await clerk.context().close();
  // The supervising office.
  const office = await person(browser, "jiandu");
  for (const [address, name] of [
    [`/office/reports?year=${last}`, "报送情况"],
    [`/office/reports/sum?year=${last}`, "汇总"],
    [`/office/reports/parts?year=${last}&cell=applications.new_received.total`, "汇总的来源"],
    [`/office/reports/standing-out?year=${last}`, "比较"],
    [`/office/reports/scores?year=${last}`, "考核得分"],
  ]) {
    await seen(office, address, name);
  }
  await seen(office, "/office/reports/agency/000000011", "一个机关各年");
  await seen(office, `/office/report?year=${last}`, "政府的报告");
  await seen(office, `/office/report/behind?year=${last}&cell=applications.new_received.total`, "政府报告的数");
  await office.goto(`${base}/office/reports?year=${last}`);
  await office.click('a:has-text("示例区审计局")');
  await office.waitForLoadState();
  await look(office, "年报-收到的报告");
  await office.goto(`${base}/office/reports?year=${last}`);
  await office.setInputFiles("#file", { name: "坏文件.docx", mimeType: "application/octet-stream", buffer: Buffer.from("不是文件") });
  await office.click('button:has-text("读取、核对并登记")');
  await office.waitForLoadState();
  check((await office.locator(".problems").count()) === 1, "读不出来的文件有说明");
  await look(office, "年报-坏文件");
  await office.context().close();
}

// The four who sign a report, in the order of the chain.
async function signed(browser, address) {
  for (const login of ["xs.kezhang", "xs.baomi", "xs.lingdao", "xs.juzhang"]) {
    const page = await person(browser, login);
    await page.goto(address);
    await page.fill("#comment", "数据与台账一致。");
    if (login === "xs.baomi") {
      const clear = page.locator('input[name="clear"]');
      if (await clear.count()) await clear.check();
      await page.check('input[name="result"][value="public"]');
    }
    await page.click('button[value="passed"]');
    check((await page.locator("p.done").textContent()).includes("已签署"), `${login} 签署年度报告`);
    await page.context().close();
  }
}

// A report from the first zero to the public page, the supervising office and the government's sum.
export async function closing(browser) {
  const last = new Date().getFullYear() - 1;
  const office = await person(browser, "jiandu");
  await office.goto(`${base}/office/reports?year=${last}`);
  await office.click('tr:has-text("示例新区审计局") summary:has-text("撤销")');
  await office.click('button:has-text("恢复为应当报送")');
  await told(office, "汇总随之变动");
  check((await office.locator('tr:has-text("示例新区审计局")').textContent()).includes("逾期未报"), "恢复以后逾期未报");
  await look(office, "年报-逾期未报");
  const clerk = await person(browser, "xs.shouli");
  await clerk.goto(`${base}/office/ledger?year=${last}`);
  await clerk.click('button:has-text("本年没有发生，登记为0")');
  await told(clerk, "已登记");
  await clerk.goto(`${base}/office/report?year=${last}&part=text`);
  for (const name of ["preamble", "overview", "problems", "other"]) {
    const text = await clerk.inputValue(`#${name}`);
    await clerk.fill(`#${name}`, text.replace(/【[^】]*】/g, "由办公室负责，经办人1名，全年没有发生责任追究情形。"));
  }
  await clerk.click('button:has-text("保存文字")');
  await told(clerk, "已保存");
  await clerk.goto(`${base}/office/report?year=${last}&part=way`);
  await look(clerk, "年报-可以送审");
  await clerk.click('button:has-text("定稿并送审")');
  await clerk.waitForLoadState();
  const href = await clerk.locator('main a[href*="/office/editions/"]').first().getAttribute("href");
  await signed(browser, `${base}${href}`);
  await clerk.goto(`${base}/office/report?year=${last}&part=way`);
  await look(clerk, "年报-已签发");
  await clerk.click('button:text-is("报送")');
  await told(clerk, "已报送主管部门");
  const publisher = await person(browser, "xs.fabu");
  await publisher.goto(`${base}${href}`);
  await publisher.click("button[value=now]");
  check((await publisher.locator("p.done").textContent()).includes("已发布"), "年度报告发布");
  await publisher.context().close();
  await clerk.goto(`${base}/agencies/000000014/reports`);
  check((await clerk.locator("main").textContent()).includes(`${last}年政府信息公开工作年度报告`), "公众看到年度报告");
  await look(clerk, "年报-公开的年报栏目");
  await clerk.context().close();
  await office.goto(`${base}/office/reports?year=${last}`);
  await office.click('a:has-text("示例新区审计局")');
  await office.click('button:has-text("审定通过")');
  await told(office, "已审定");
  await office.goto(`${base}/office/reports?year=${last}`);
  check((await office.locator('tr:has-text("示例新区审计局")').textContent()).includes("已审定"), "迟报的也审定了");
  await look(office, "年报-全部审定");
  await office.context().close();
  // The government's report counted four agencies; one more has come since.
  const government = await person(browser, "zf.shouli");
  await seen(government, `/office/report?year=${last}`, "政府的报告有新的");
  check((await government.locator("main").textContent()).includes("送审时汇总了 4 个机关的报告"), "政府的报告定稿以后又有报送的");
  await government.context().close();
}

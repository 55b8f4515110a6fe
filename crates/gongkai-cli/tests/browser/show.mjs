// node show.mjs ADDRESS FIXTURES [FOLDER FOR PICTURES]; BINARY and DATA in the environment.
// An application from its first word to the decision that overturns the reply: a demonstration whose day is moved on between the steps.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { base, check, close, look, open, person } from "./steps.mjs";

const data = process.env.DATA;
const paper = join(data, "..", "验收报告.pdf");
writeFileSync(paper, "%PDF-1.7\ninvented\n");
const browser = await open();
let server;

async function at(day) {
  if (server) {
    server.kill("SIGKILL");
    await new Promise((gone) => server.once("exit", gone));
  }
  const listen = new URL(base).host;
  const options = ["serve", "--demo", "--unlimited", "--today", day, "--data", data, "--listen", listen];
  server = spawn(process.env.BINARY, options, { stdio: ["ignore", "pipe", "ignore"] });
  await new Promise((ready, failed) => {
    let told = "";
    server.stdout.on("data", (some) => {
      told += some;
      if (told.includes("工作台：")) ready();
    });
    server.once("exit", (code) => failed(new Error(`${day}：程序结束（${code}）${told}`)));
  });
}

// The page of the case as somebody of the office sees it.
async function office(login, what, act) {
  const page = await person(browser, login);
  await page.goto(`${base}/office/applications`);
  await page.locator("a.what", { hasText: what }).first().click();
  await page.waitForLoadState();
  const back = await act(page);
  check(page.errors.length === 0, `${login}：${page.errors.join("；")}`);
  await page.context().close();
  return back;
}

// Signs the letter at an address.
async function sign(address, ...people) {
  for (const login of people) {
    const page = await person(browser, login);
    await page.goto(`${base}/office`);
    check((await page.locator(`a.what[href="${address}"]`).count()) === 1, `${login} 的待办里有这份文书`);
    await page.goto(`${base}${address}`);
    if (login === "baomi") {
      await page.getByRole("button", { name: "签署", exact: true }).click();
      await page.waitForLoadState();
      check((await page.textContent("main")).includes("请写明保密审查的结论和依据"), "保密审查要写结论");
      await page.fill("#comment", "不涉及国家秘密，对照保密事项范围逐项核对");
    }
    await page.getByRole("button", { name: "签署", exact: true }).click();
    await page.waitForLoadState();
    check((await page.textContent(".done"))?.includes("已签署"), `${login} 签署`);
    await page.context().close();
  }
}

async function serve(address, way, proof) {
  const page = await person(browser, "shouli");
  await page.goto(`${base}${address}`);
  await page.check(`[name=way][value=${way}]`);
  await page.fill("#proof", proof);
  await page.getByRole("button", { name: "登记送达" }).click();
  await page.waitForLoadState();
  check((await page.textContent("main")).includes("送达已登记"), `送达登记：${way}`);
  await page.context().close();
}

async function due(day, what) {
  await office("shouli", TITLE, async (page) => {
    const shown = await page.locator(".clock .day").textContent();
    check(shown === day, `${what}：应为${day}，显示${shown}`);
  });
}

const TITLE = "示例路改造工程的验收材料";

async function show() {
  // 2 March: a citizen applies.
  await at("2026-03-02");
  const citizen = await person(browser);
  const apply = `${base}/agencies/000000011/apply`;
  await citizen.goto(apply);
  await look(citizen, "申请-开始");
  await citizen.click("text=开始填写");
  await citizen.click(".questions button.primary");
  check((await citizen.locator(".problems li").count()) === 1, "什么都没写，说缺什么");
  await look(citizen, "申请-写错");
  await citizen.fill("#title", TITLE);
  await citizen.click(".questions button.primary");
  if (citizen.url().endsWith("/found")) {
    await look(citizen, "申请-已公开的");
    await citizen.click("text=都不是，继续申请");
  }
  await look(citizen, "申请-怎样取得");
  await citizen.check("[value=electronic]");
  await citizen.check("[value=download]");
  await citizen.click(".questions button.primary");
  await look(citizen, "申请-谁");
  await citizen.check("[value=natural_person]");
  await citizen.click(".questions button.primary");
  await look(citizen, "申请-身份");
  await citizen.fill("#name", "赵示例");
  await citizen.fill("#id_number", "110105194912310089");
  await citizen.click(".questions button.primary");
  await look(citizen, "申请-联系");
  await citizen.fill("#phone", "13800000009");
  await citizen.click(".questions button.primary");
  await look(citizen, "申请-附件");
  await citizen.setInputFiles("#file", paper);
  await citizen.click("text=上传");
  check((await citizen.textContent(".files")).includes("验收报告.pdf"), "附件在列表里");
  await citizen.click(".questions button.primary");
  await look(citizen, "申请-核对");
  await citizen.click("text=提交申请");
  await look(citizen, "申请-回执");
  const code = (await citizen.textContent(".receipt .code")).trim();
  await citizen.goto(`${base}/track`);
  await look(citizen, "查询");
  await citizen.fill("#code", "2345-6789-ABCD");
  await citizen.click(".questions button.primary");
  check((await citizen.textContent(".problems")).includes("没有这个查询码"), "查询码不对");
  await citizen.fill("#code", code.toLowerCase());
  await citizen.click(".questions button.primary");
  await look(citizen, "查询-待确认");

  await office("shouli", TITLE, async (page) => {
    await look(page, "申请件-待确认");
    await page.fill("textarea[name=words]", "电话13800000009，本人确认");
    await page.getByRole("button", { name: "确认收到" }).click();
    await page.waitForLoadState();
    await look(page, "申请件-办理中");
  });
  await due("2026年3月30日", "二十个工作日");

  // 3 March: a correction is asked for.
  await at("2026-03-03");
  let letter = await office("shouli", TITLE, async (page) => {
    await page.getByRole("button", { name: "要求补正" }).click();
    await page.waitForURL("**/office/letters/*");
    await look(page, "文书-补正");
    await page.fill("[id='补正事项']", "请写明标段和材料的名称。");
    await page.getByRole("button", { name: "保存并提交审核签发" }).click();
    await page.waitForLoadState();
    return new URL(page.url()).pathname;
  });
  await sign(letter, "gongkaiban");
  await serve(letter, "portal", "");
  await due("2026年3月17日", "补正期限");

  // 10 March: the citizen corrects.
  await at("2026-03-10");
  await citizen.goto(`${base}/track/case`);
  await look(citizen, "查询-等补正");
  await citizen.fill("#correct-words", "第二标段的竣工验收报告");
  await citizen.fill("#correct-tail", "0000");
  await citizen.click("text=提交补正");
  check((await citizen.textContent(".problems")).includes("后四位不对"), "证件号码后四位不对");
  check((await citizen.inputValue("#correct-words")) === "第二标段的竣工验收报告", "写的还在");
  await citizen.fill("#correct-tail", "0089");
  await citizen.click("text=提交补正");
  check((await citizen.textContent(".done")).includes("补正已经提交"), "补正提交");
  await due("2026年4月8日", "补正以后重新起算");

  // 11 March: a third party is asked; it has the letter on the 13th and is silent.
  await at("2026-03-11");
  letter = await office("shouli", TITLE, async (page) => {
    await page.locator("summary", { hasText: /^征求意见$/ }).click();
    await page.check("[name=consulted][value=third_party]");
    await page.fill("#party", "示例设备有限公司");
    await page.fill("#address", "示例市示例路9号");
    await page.getByRole("button", { name: "起草征求意见书" }).click();
    await page.waitForURL("**/office/letters/*");
    await page.fill("[id='征求事项']", "第二标段竣工验收报告");
    await page.fill("[id='涉及理由']", "载有设备的报价明细，可能属于商业秘密");
    await page.getByRole("button", { name: "保存并提交审核签发" }).click();
    await page.waitForLoadState();
    const text = await page.textContent(".doc");
    check(text.includes("示例设备有限公司") && !text.includes("赵示例"), "第三方不知道申请人是谁");
    return new URL(page.url()).pathname;
  });
  await sign(letter, "gongkaiban");
  await serve(letter, "post", "XA20000000011");
  await at("2026-03-13");
  await office("shouli", TITLE, async (page) => {
    await page.fill("form.inline [name=on]", "2026-03-13");
    await page.getByRole("button", { name: "登记收到" }).click();
    await page.waitForLoadState();
    check((await page.textContent("main")).includes("最迟 2026-04-03 答复"), "第三方的十五个工作日");
    await look(page, "申请件-征求意见");
  });
  await at("2026-04-07");
  await office("shouli", TITLE, async (page) => {
    await page.locator("summary", { hasText: "登记结果" }).click();
    await page.check("[name=answer][value=silent]");
    await page.locator("form[action$='/answer']").getByRole("button", { name: "登记" }).click();
    await page.waitForLoadState();
    check((await page.textContent("main")).includes("逾期未答复（2026-04-03）"), "沉默在期满日结束");
  });
  await due("2026年5月6日", "征求意见的时间不计入");

  // The term is extended.
  letter = await office("shouli", TITLE, async (page) => {
    await page.getByRole("button", { name: "延长答复期限" }).click();
    await page.waitForURL("**/office/letters/*");
    await page.fill("[id='延期理由']", "材料较多，需要逐件审查");
    await page.fill("[id='延期工作日数']", "10");
    await page.getByRole("button", { name: "保存并提交审核签发" }).click();
    await page.waitForLoadState();
    check((await page.textContent(".doc")).includes("延长至2026年5月19日"), "延期告知书写明新的期限");
    return new URL(page.url()).pathname;
  });
  await sign(letter, "gongkaiban");
  await serve(letter, "portal", "");
  await due("2026年5月19日", "延期");

  // 20 April: partly open, reviewed, served.
  await at("2026-04-20");
  letter = await office("shouli", TITLE, async (page) => {
    await page.locator("summary", { hasText: "作出答复" }).click();
    await page.selectOption("#outcome", "partial");
    await page.getByRole("button", { name: "起草答复书" }).click();
    await page.waitForURL("**/office/letters/*");
    await page.setInputFiles("#given", paper);
    await page.getByRole("button", { name: "上传" }).click();
    await page.waitForLoadState();
    await page.fill("[id='公开部分']", "第二标段竣工验收报告正文（附件）");
    await page.fill("[name=what] >> nth=0", "设备报价明细");
    await page.selectOption("[name=ground] >> nth=0", "third_party_rights");
    await page.fill("[name=reason] >> nth=0", "属于第三方的商业秘密，公开会损害其合法权益");
    await page.getByRole("button", { name: "保存并提交审核签发" }).click();
    await page.waitForLoadState();
    const text = await page.textContent(".doc");
    check(text.includes("应当先申请行政复议") && !text.includes("示例设备有限公司"), "部分公开的救济与保密");
    await look(page, "文书-部分公开");
    return new URL(page.url()).pathname;
  });
  await sign(letter, "gongkaiban", "baomi", "lingdao");
  await citizen.goto(`${base}/track/case`);
  check(!(await citizen.textContent("main")).includes("部分公开"), "送达以前看不到");
  await serve(letter, "portal", "");

  // The citizen downloads it.
  await citizen.goto(`${base}/track/case`);
  await look(citizen, "查询-已答复");
  const [pdf] = await Promise.all([citizen.waitForEvent("download"), citizen.click("text=部分公开）（PDF）")]);
  const bytes = await (await import("node:fs/promises")).readFile(await pdf.path());
  check(bytes.subarray(0, 4).toString() === "%PDF" && bytes.length > 5000, "答复书是PDF");
  const [given] = await Promise.all([citizen.waitForEvent("download"), citizen.click(".files .files a")]);
  check(given.suggestedFilename() === "验收报告.pdf", "答复的附件");

  // Reconsideration; the decision is overturned; a new reply is ordered.
  await at("2026-04-27");
  await office("shouli", TITLE, async (page) => {
    await page.click("text=登记复议、诉讼");
    await page.check("[name=kind][value=reconsideration]");
    await page.fill("#number", "示复〔2026〕9号");
    await page.fill("#forum", "示例区人民政府");
    await page.fill("#copy_on", "2026-04-27");
    await page.check("#simplified");
    await look(page, "复议-登记");
    await page.getByRole("button", { name: "登记", exact: true }).click();
    await page.waitForLoadState();
    // Five working days; 1 to 5 May are days off.
    check((await page.locator(".clock .day").textContent()) === "2026年5月7日", "复议答复期限");
    await look(page, "复议");
  });
  await at("2026-05-20");
  await office("shouli", TITLE, async (page) => {
    await page.click("text=示复〔2026〕9号");
    await page.selectOption("#ruling", "revoked");
    await page.fill("#on", "2026-05-18");
    await page.fill("#received", "2026-05-20");
    await page.fill("#due", "2026-06-12");
    await page.getByRole("button", { name: "登记审结" }).click();
    await page.waitForLoadState();
    check((await page.textContent(".problems")).includes("请写明原因"), "被纠正的要复盘");
    await page.fill("#lesson", "没有逐项说明哪些内容属于商业秘密");
    await page.selectOption("#ruling", "revoked");
    await page.getByRole("button", { name: "登记审结" }).click();
    await page.waitForLoadState();
    check((await page.textContent("main")).includes("结果纠正"), "计入结果纠正");
  });
  await due("2026年6月12日", "重新答复的期限");
  // A place has days off of its own: looked at, adopted; what is open moves, is listed and told.
  const admin = await person(browser, "admin");
  await admin.goto(`${base}/office/calendar`);
  await look(admin, "放假安排");
  await admin.fill("#plan", "地区 示例区\n放假 2026-03-16..2026-03-18 示例节");
  await admin.click("button[value=preview]");
  await admin.waitForLoadState();
  check((await admin.textContent("main")).includes("前面要先写依据"), "放假安排错在哪里");
  await admin.fill("#plan", "地区 示例区\n依据 示例区人民政府关于示例节放假的通知\n放假 2026-03-16..2026-03-18 示例节");
  await admin.click("button[value=preview]");
  await admin.waitForLoadState();
  const before = await admin.textContent("main");
  check(before.includes("2026-03-17") && before.includes("件在办申请的期限变动"), "采用以前看改变什么");
  await look(admin, "放假安排-预览");
  await admin.click("button[value=adopt]");
  await admin.waitForLoadState();
  check((await admin.textContent(".done")).includes("放假安排已更新"), "采用放假安排");
  check(admin.errors.length === 0, `放假安排：${admin.errors.join("；")}`);
  await admin.context().close();
  for (const login of ["shouli", "jiandu"]) {
    const page = await person(browser, login);
    if (login === "shouli") check((await page.textContent("main")).includes("期限变动"), "期限变动的提醒");
    await page.goto(`${base}/office/moved`);
    check((await page.locator("table.list tbody tr").count()) > 0, `${login}：期限变动的清单`);
    await look(page, `期限变动-${login}`);
    await page.context().close();
  }
  await office("shouli", TITLE, async (page) => {
    const told = (await page.locator(".time li").allTextContents()).join("\n");
    for (const [day, what] of [
      ["2026-03-02", "确认收到申请"],
      ["2026-03-03", "补正告知"],
      ["2026-03-10", "收到补正"],
      ["2026-03-11", "征求意见"],
      ["2026-03-13", "被征求意见方收到征求意见书"],
      ["2026-04-03", "征求意见结束"],
      ["2026-04-07", "延期答复"],
      ["2026-04-20", "答复"],
      ["2026-05-20", "责令重新答复"],
    ]) {
      check(told.includes(`${day}${what}`), `时间线：${day} ${what}`);
    }
    await look(page, "申请件-重新办理");
    await page.goto(`${base}/office/withheld`);
    await look(page, "不予公开台账");
    await page.locator("a.what", { hasText: "设备报价明细" }).click();
    await look(page, "不予公开-评估");
    for (const [name, address] of [["清单", "/office/applications"], ["登记", "/office/applications/new"], ["复议清单", "/office/disputes"], ["待办", "/office"]]) {
      await page.goto(`${base}${address}`);
      await look(page, `申请-${name}`);
    }
  });
}

try {
  await show();
} catch (error) {
  check(false, error.message.split("\n").slice(0, 6).join(" "));
}
server?.kill("SIGKILL");
await browser.close();
close();

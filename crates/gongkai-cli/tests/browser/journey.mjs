// The day of a publication: a Word file with an identity number is stopped, mended, reviewed three times, published, checked,
// found, withdrawn. Then the same office without a mouse, and without scripts.
import { base, check, fixtures, look, person } from "./steps.mjs";

const TITLE = "关于公布临时救助审计调查结果的公告";

async function sign(browser, login, address, word) {
  const page = await person(browser, login);
  await page.goto(address);
  await page.fill("#comment", word);
  if (login === "baomi") {
    await page.click('button[value="passed"]');
    await page.waitForLoadState();
    check((await page.locator('[role="alert"]').count()) > 0, "没有结论时不能签署");
    check((await page.inputValue("#comment")) === word, "填写的意见还在");
    await page.check('input[name="clear"]');
    await page.check('input[name="result"][value="public"]');
    await look(page, "工作台-保密审查");
  }
  await page.click('button[value="passed"]');
  check((await page.locator("p.done").textContent()).includes("已签署"), `${login} 签署`);
  await page.context().close();
}

export async function publication(browser) {
  const drafter = await person(browser, "chengban");
  await drafter.goto(`${base}/office/items/new`);
  await drafter.setInputFiles("#file", `${fixtures}/hidden/identity.docx`);
  await drafter.click("main form button.primary");
  await drafter.waitForURL(/\/edit/);
  check((await drafter.inputValue("#title")) === TITLE, "标题从文件里认出");
  check((await drafter.inputValue("#doc_no")) === "示审公告〔2026〕77号", "文号从文件里认出");
  await drafter.selectOption("#catalog_node", "A15-1");
  await drafter.selectOption("#theme", { index: 4 });
  await drafter.selectOption("#attribute", "proactive");
  await drafter.fill("#summary", "临时救助资金审计调查的结果。");
  await drafter.click('main form button.primary:has-text("保存")');
  await drafter.waitForURL(/\/office\/editions\/[0-9a-f-]{36}(\?.*)?$/);
  const address = drafter.url().split("?")[0];
  check((await drafter.locator('button:has-text("提交审核")').count()) === 0, "有身份证号时不能提交");
  check((await drafter.locator("#findings").textContent()).includes("居民身份证"), "指出身份证号");
  await look(drafter, "工作台-被拦下的稿件");

  // Corrected in the editor, as a person does it.
  await drafter.goto(`${address}/edit`);
  const text = drafter.locator(".ProseMirror p", { hasText: "示例号码" });
  if (await text.count()) {
    await text.click();
    await drafter.keyboard.press("End");
    for (let at = 0; at < "，示例号码11010519491231002X。".length; at += 1) await drafter.keyboard.press("Backspace");
    await drafter.keyboard.type("。");
  } else {
    await drafter.fill("#body", (await drafter.inputValue("#body")).replace("，示例号码11010519491231002X", ""));
  }
  await drafter.click('main form button.primary:has-text("保存")');
  await drafter.waitForURL(/\/office\/editions\/[0-9a-f-]{36}(\?.*)?$/);
  check(!(await drafter.locator(".preview").textContent()).includes("11010519491231002X"), "改正后没有身份证号");

  // An attachment with text under a box is refused, its clean copy is taken.
  await drafter.setInputFiles("#file", `${fixtures}/hidden/covered.pdf`);
  await drafter.click('button:has-text("上传")');
  await drafter.waitForLoadState();
  check((await drafter.locator("#findings").textContent()).includes("色块盖住的文字"), "指出盖住的文字");
  check((await drafter.locator('button:text-is("提交审核")').count()) === 0, "带隐藏内容的附件不能提交");
  await drafter.click('button:has-text("换成清洁副本")');
  await drafter.waitForLoadState();
  check((await drafter.locator("p.done").textContent()).includes("清洁副本"), "换成清洁副本");
  await drafter.click('button:text-is("提交审核")');
  await drafter.waitForLoadState();
  check((await drafter.locator("p.done").textContent()).includes("已提交审核"), "提交审核");

  await sign(browser, "kezhang", address, "事实和文字已核对。");
  await sign(browser, "baomi", address, "不涉及国家秘密和工作秘密。");
  await sign(browser, "lingdao", address, "同意公开。");

  const publisher = await person(browser, "fabu");
  await publisher.goto(address);
  await publisher.click('button[value="now"]');
  await publisher.waitForLoadState();
  check((await publisher.locator("p.done").textContent()).includes("已发布"), "发布");
  await publisher.context().close();

  const reader = await person(browser);
  let found = 0;
  for (let wait = 0; wait < 160 && !found; wait += 1) {
    await reader.goto(`${base}/search?q=${encodeURIComponent("临时救助审计调查")}`);
    found = await reader.locator(".results a", { hasText: TITLE }).count();
    if (!found) await reader.waitForTimeout(250);
  }
  check(found > 0, "检索找到");
  await reader.locator(".results a", { hasText: TITLE }).first().click();
  await reader.waitForURL(/\/items\//);
  const item = reader.url();
  check((await reader.locator("h1").textContent()) === TITLE, "公开页面");
  await look(reader, "公开-新发布的条目");

  const checker = await person(browser, "hecha");
  await checker.goto(`${base}/office`);
  await checker.locator("a", { hasText: TITLE }).first().click();
  await checker.waitForURL(/editions/);
  await look(checker, "工作台-发布后核查");
  await checker.click('button[value="right"]');
  await checker.waitForLoadState();
  check((await checker.locator("p.done").textContent()).includes("核查"), "发布后核查");
  await checker.context().close();

  const leader = await person(browser, "lingdao");
  await leader.goto(address);
  await leader.locator("summary", { hasText: "撤下" }).click();
  await leader.fill("#reason", "数据有误，更正后重新公布。");
  await leader.click("button.danger");
  await leader.waitForLoadState();
  check((await leader.locator("p.done").textContent()).includes("已撤下"), "撤下");
  await leader.context().close();
  const gone = await reader.goto(item);
  check(gone.status() === 410, `撤下后是 410，得到 ${gone.status()}`);
  check((await reader.locator("main").textContent()).includes("数据有误"), "撤下的理由");
  await look(reader, "公开-撤下的条目");
  await reader.context().close();
  await drafter.context().close();
}

// Reaches an element by the tabulator alone.
async function tabTo(page, selector, most = 120) {
  for (let at = 0; at < most; at += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return true;
  }
  return false;
}

export async function keyboard(browser) {
  const page = await person(browser);
  await page.goto(`${base}/`);
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.classList.contains("skip")), "第一次按 Tab 到“跳到正文”");
  check(await tabTo(page, "#q"), "键盘到检索框");
  await page.keyboard.type("审计");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search/);
  check(await tabTo(page, ".results a"), "键盘到第一条结果");
  await page.keyboard.press("Enter");
  await page.waitForURL(/items/);
  const seen = await page.evaluate(() => {
    document.querySelector("a").focus();
    return getComputedStyle(document.activeElement).outlineStyle;
  });
  check(seen !== "none", "看得见焦点");

  await page.goto(`${base}/office/login`);
  await page.waitForFunction(() => document.activeElement?.id === "login");
  await page.keyboard.type("chengban");
  await page.keyboard.press("Tab");
  await page.keyboard.type("gongkai-demo-2026");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${base}/office`);
  check(await tabTo(page, 'a[href="/office/items"]'), "键盘到信息发布");
  await page.keyboard.press("Enter");
  await page.waitForURL(/office\/items/);
  check(await tabTo(page, 'a[href="/office/items/new"]'), "键盘到起草信息");
  await page.keyboard.press("Enter");
  await page.waitForURL(/new/);
  check(await tabTo(page, "#text"), "键盘到正文框");
  await page.keyboard.type("键盘起草的通知\n\n各科室：\n请按时报送材料。\n");
  check(await tabTo(page, "button.primary"), "键盘到建立草稿");
  await page.keyboard.press("Enter");
  await page.waitForURL(/edit/);
  check((await page.inputValue("#title")) === "键盘起草的通知", "只用键盘建立草稿");
  check(await tabTo(page, ".ProseMirror, #body"), "键盘到编辑器");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("联系人：办公室。");
  check(await tabTo(page, "#catalog_node"), "键盘离开编辑器");
  await page.context().close();
  await signed(browser, "lingdao", "关于公布便民服务事项的通告", "button[value=passed]", "已签署");
  await signed(browser, "fabu", "关于公布便民服务事项的通告", "button[value=now]", "已发布");
}

// From the first page of the office to the act, by keys alone.
async function signed(browser, login, title, button, done) {
  const page = await person(browser, login);
  const href = await page.locator("main a", { hasText: title }).first().getAttribute("href");
  check(await tabTo(page, `a[href="${href}"]`), `${login} 键盘到待办`);
  await page.keyboard.press("Enter");
  await page.waitForURL(/editions/);
  check(await tabTo(page, button), `${login} 键盘到按钮`);
  await page.keyboard.press("Enter");
  await page.waitForLoadState();
  check((await page.locator("p.done").textContent()).includes(done), `${login} 只用键盘：${done}`);
  await page.context().close();
}

export async function plain(browser) {
  const page = await person(browser, "chengban", { javaScriptEnabled: false });
  await page.goto(`${base}/office/items/new`);
  await page.fill("#text", "没有脚本时起草的通知\n\n各科室：\n照常可以起草和保存。\n");
  await page.click("main form button.primary");
  await page.waitForURL(/edit/);
  check(await page.locator("#body").isVisible(), "没有脚本时是纯文本框");
  await page.fill("#summary", "没有脚本也能保存。");
  await page.click('main form button.primary:has-text("保存")');
  await page.waitForURL(/\/office\/editions\/[0-9a-f-]{36}(\?.*)?$/);
  check((await page.locator("main").textContent()).includes("没有脚本也能保存"), "没有脚本时保存");
  await page.goto(`${base}/search?q=${encodeURIComponent("审计")}`);
  check((await page.locator(".results a").count()) > 0, "没有脚本时检索");
  await page.context().close();
}

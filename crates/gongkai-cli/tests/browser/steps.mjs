// What every journey uses: opening a browser, signing in, looking at a page with axe, telling what failed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const WIDTHS = [390, 1440];
export const [base, fixtures, shots] = process.argv.slice(2);
export const PASSWORD = "gongkai-demo-2026";
export let failures = 0;
let passed = 0;

export function open() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

export function check(holds, what) {
  if (holds) passed += 1;
  else {
    failures += 1;
    console.log(`没有做到：${what}`);
  }
}

// A context of its own: nobody is signed in. The program's own policy holds: what it forbids would show as an error of the page.
export async function person(browser, login, more = {}) {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1440, height: 900 }, ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(40000);
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (told) => {
    if (told.type() === "error" && told.text().includes("Content Security Policy")) errors.push(told.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("data:")) errors.push(`外部请求 ${request.url()}`);
  });
  page.errors = errors;
  if (login) {
    await page.goto(`${base}/office/login`);
    await page.fill("#login", login);
    await page.fill("#password", PASSWORD);
    await page.click("button.primary");
    await page.waitForURL(`${base}/office`);
  }
  return page;
}

// Axe, and no sideways scrolling, at each width.
export async function look(page, name) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const one of found.violations) {
      check(false, `${name}（${width}）：${one.id} ${one.help} ${one.nodes.slice(0, 2).map((node) => node.target.join(" ")).join("；")}`);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
    check(!wide, `${name}（${width}）：页面比窗口宽`);
    if (shots) await page.screenshot({ path: `${shots}/${name.replace(/[^\p{L}\p{N}-]+/gu, "_")}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  check(page.errors.length === 0, `${name}：${page.errors.join("；")}`);
  page.errors.length = 0;
  passed += 1;
}

export function close() {
  console.log(`${passed} passed, ${failures} failed`);
  process.exit(failures ? 1 : 0);
}

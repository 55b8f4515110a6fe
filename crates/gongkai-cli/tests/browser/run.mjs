// node run.mjs ADDRESS FIXTURES [FOLDER FOR PICTURES]
import { annual, closing } from "./annual.mjs";
import { keyboard, plain, publication } from "./journey.mjs";
import { office, outcomes, portal } from "./pages.mjs";
import { check, close, open } from "./steps.mjs";

const browser = await open();
for (const part of [portal, office, annual, closing, publication, outcomes, keyboard, plain]) {
  try {
    await part(browser);
  } catch (error) {
    check(false, `${part.name}：${error.message.split("\n").slice(0, 4).join(" ")}`);
  }
}
await browser.close();
close();

// Small conveniences. Every page works without this script.
"use strict";

// Titles while typing.
document.querySelectorAll("input[data-suggest]").forEach((field) => {
  const list = document.getElementById(field.getAttribute("list"));
  let asked = "", timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const typed = field.value.trim();
      if (typed.length < 2 || typed === asked) return;
      asked = typed;
      try {
        const answer = await fetch("/suggest?q=" + encodeURIComponent(typed));
        if (!answer.ok) return;
        list.replaceChildren(...(await answer.json()).map((title) => { const option = document.createElement("option"); option.value = title; return option; }));
      } catch { /* The field works without suggestions. */ }
    }, 200);
  });
});

document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => window.print()); });

// A whole address for links that are handed to somebody.
document.querySelectorAll("[data-full]").forEach((place) => { place.textContent = location.origin + place.textContent; });

// Work that takes a moment says so; a second click sends nothing.
document.querySelectorAll("form[method=post]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    if (form.dataset.busy) { const line = document.createElement("p"); line.className = "done"; line.setAttribute("role", "status"); line.textContent = form.dataset.busy; form.append(line); }
  });
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

// Where many applications come from one address, the browser works a moment and then sends this one. Without a script, or without
// its own cryptography, the sentence on the page stands: wait, and send again.
document.querySelectorAll("form[data-challenge]").forEach(async (form) => {
  if (!window.crypto || !crypto.subtle) return;
  const said = form.querySelector("[data-said]"), bits = Number(form.dataset.bits), text = new TextEncoder(), button = form.querySelector("button");
  said.textContent = "刚才从这个网络地址提交的申请比较多，正在确认不是程序在批量提交。约需几秒，完成后自动提交，请不要关闭页面。";
  button.hidden = true;
  const zeros = (hash) => { let out = 0; for (const byte of hash) { out += Math.clz32(byte) - 24; if (byte) break; } return out; };
  for (let from = 0; ; from += 256) {
    const hashes = await Promise.all(Array.from({ length: 256 }, (_, at) => crypto.subtle.digest("SHA-256", text.encode(form.dataset.challenge + ":" + (from + at)))));
    const found = hashes.findIndex((hash) => zeros(new Uint8Array(hash)) >= bits);
    if (found >= 0) { form.elements.proof.value = String(from + found); form.requestSubmit(); return; }
  }
});

// What was typed and not saved is not lost by a slip.
document.querySelectorAll("form[data-leave]").forEach((form) => {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
});

// Keys of lists: j and k move, Enter opens, / finds.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return;
  if (event.key === "/") { const field = document.querySelector("[data-slash]"); if (field) { event.preventDefault(); field.focus(); } return; }
  if (event.key !== "j" && event.key !== "k") return;
  const links = [...document.querySelectorAll("table.list a.what")];
  if (!links.length) return;
  const at = links.indexOf(document.activeElement);
  const next = event.key === "j" ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0);
  links[next].focus();
});

const problems = document.querySelector(".problems[tabindex]");
if (problems) problems.focus();

// A name goes where one is writing.
let writing = null;
document.querySelectorAll("textarea.long").forEach((field) => field.addEventListener("focus", () => { writing = field; }));
document.querySelectorAll("code[data-insert]").forEach((name) => {
  name.setAttribute("role", "button");
  name.tabIndex = 0;
  const put = () => { if (writing) { writing.setRangeText(name.textContent, writing.selectionStart, writing.selectionEnd, "end"); writing.focus(); writing.dispatchEvent(new Event("input", { bubbles: true })); } };
  name.addEventListener("click", put);
  name.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); put(); } });
});

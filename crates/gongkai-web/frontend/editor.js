// The editor: what is typed stays marked text in the form's field, so that the form works the same without this script.
import { Editor, Node } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import { TableKit } from "@tiptap/extension-table";

const SIDES = { "[左]": "left", "[中]": "center", "[右]": "right" };

// A line at a side: addressee, number, name and date.
const Side = Node.create({
  name: "side",
  group: "block",
  content: "inline*",
  addAttributes() {
    return { side: { default: "right", parseHTML: (e) => e.className, renderHTML: (a) => ({ class: a.side }) } };
  },
  parseHTML() {
    return ["left", "center", "right"].map((side) => ({ tag: `p.${side}`, priority: 60 }));
  },
  renderHTML({ HTMLAttributes }) {
    return ["p", HTMLAttributes, 0];
  },
});

const text = (value) => (value ? [{ type: "text", text: value }] : []);
const cells = (line) => {
  const out = [""];
  let escaped = false;
  for (const c of line.replace(/^\|/, "").replace(/\|\s*$/, "")) {
    if (escaped) { out[out.length - 1] += "\\" + c; escaped = false; }
    else if (c === "\\") escaped = true;
    else if (c === "|") out.push("");
    else out[out.length - 1] += c;
  }
  return out.map((cell) => cell.trim());
};
const plain = (cell) => cell.replace(/\\(.)/g, "$1");

function table(lines, caption) {
  let head = 0;
  const grid = [];
  for (const line of lines) {
    const row = cells(line);
    if (!head && grid.length && row.every((c) => /^[-:]{3,}$/.test(c))) head = grid.length;
    else grid.push(row);
  }
  const width = Math.max(...grid.map((row) => row.length));
  const at = (r, c) => (grid[r] && grid[r][c]) || "";
  const taken = grid.map(() => Array(width).fill(false));
  const rows = grid.map((_, r) => {
    const content = [];
    for (let c = 0; c < width; c++) {
      if (taken[r][c]) continue;
      let wide = 1, high = 1;
      while (c + wide < width && !taken[r][c + wide] && at(r, c + wide) === "←") wide++;
      while (r + high < grid.length && !taken[r + high][c] && at(r + high, c) === "↑") high++;
      for (let i = 0; i < high; i++) for (let j = 0; j < wide; j++) taken[r + i][c + j] = true;
      content.push({
        type: r < head ? "tableHeader" : "tableCell",
        attrs: { colspan: wide, rowspan: high },
        content: plain(at(r, c)).split("⏎").map((line) => ({ type: "paragraph", content: text(line) })),
      });
    }
    return { type: "tableRow", content };
  }).filter((row) => row.content.length);
  const blocks = [{ type: "table", content: rows }];
  if (caption) blocks.unshift({ type: "paragraph", content: text("[表]" + caption) });
  return blocks;
}

export function parse(source) {
  const content = [];
  let lines = [], caption = "";
  const flush = () => { if (lines.length) content.push(...table(lines, caption)); lines = []; caption = ""; };
  for (const raw of source.split("\n")) {
    const line = raw.trim();
    if (line.startsWith("|")) { lines.push(line); continue; }
    flush();
    if (!line) continue;
    const heading = line.match(/^(#{1,4}) (.+)$/);
    const side = Object.keys(SIDES).find((mark) => line.startsWith(mark));
    if (line.startsWith("[表]")) caption = line.slice(3).trim();
    else if (heading) content.push({ type: "heading", attrs: { level: heading[1].length }, content: text(heading[2]) });
    else if (side) content.push({ type: "side", attrs: { side: SIDES[side] }, content: text(line.slice(3).trim()) });
    else content.push({ type: "paragraph", content: text(line.replace(/^\\/, "")) });
  }
  flush();
  return { type: "doc", content: content.length ? content : [{ type: "paragraph" }] };
}

const words = (node) => (node.content || []).map((n) => (n.type === "text" ? n.text : n.type === "hardBreak" ? "\n" : words(n))).join("");
const escape = (cell) => {
  const value = cell.replace(/\\/g, "\\\\").replace(/\|/g, "\\|");
  return value === "←" || value === "↑" ? "\\" + value : value;
};

function grid(node) {
  const rows = node.content.map(() => []);
  let head = 0;
  node.content.forEach((row, r) => {
    let c = 0;
    if (head === r && row.content.every((cell) => cell.type === "tableHeader")) head = r + 1;
    row.content.forEach((cell) => {
      while (rows[r][c] !== undefined) c++;
      const { colspan = 1, rowspan = 1 } = cell.attrs || {};
      const value = escape(cell.content.map(words).map((line) => line.trim()).filter(Boolean).join("⏎"));
      for (let i = 0; i < rowspan && rows[r + i]; i++)
        for (let j = 0; j < colspan; j++) rows[r + i][c + j] = j ? "←" : i ? "↑" : value;
      c += colspan;
    });
  });
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row, r) => `| ${Array.from({ length: width }, (_, c) => row[c] || "").join(" | ")} |\n` + (r + 1 === head ? "|" + "---|".repeat(width) + "\n" : "")).join("") + "\n";
}

export function write(doc) {
  const marks = Object.fromEntries(Object.entries(SIDES).map(([mark, side]) => [side, mark]));
  return (doc.content || []).map((node) => {
    if (node.type === "table") return grid(node);
    return words(node).split("\n").map((line) => line.trim()).filter(Boolean).map((line) => {
      if (node.type === "heading") return "#".repeat(node.attrs.level) + " " + line + "\n";
      if (node.type === "side") return marks[node.attrs.side] + line + "\n";
      const isMark = /^[#|\\]/.test(line) || /^\[[左中右]\]/.test(line);
      return (isMark ? "\\" : "") + line + "\n";
    }).join("");
  }).join("");
}

const BUTTONS = [
  ["正文", (e) => e.chain().focus().setParagraph().run(), (e) => e.isActive("paragraph")],
  ["一级标题", (e) => e.chain().focus().toggleHeading({ level: 1 }).run(), (e) => e.isActive("heading", { level: 1 })],
  ["二级标题", (e) => e.chain().focus().toggleHeading({ level: 2 }).run(), (e) => e.isActive("heading", { level: 2 })],
  ["居右", (e) => e.chain().focus().setNode("side", { side: "right" }).run(), (e) => e.isActive("side", { side: "right" })],
  ["居中", (e) => e.chain().focus().setNode("side", { side: "center" }).run(), (e) => e.isActive("side", { side: "center" })],
  ["插入表格", (e) => e.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()],
  ["加一行", (e) => e.chain().focus().addRowAfter().run()],
  ["加一列", (e) => e.chain().focus().addColumnAfter().run()],
  ["删行", (e) => e.chain().focus().deleteRow().run()],
  ["删列", (e) => e.chain().focus().deleteColumn().run()],
  ["合并单元格", (e) => e.chain().focus().mergeOrSplit().run()],
  ["撤销", (e) => e.chain().focus().undo().run()],
  ["重做", (e) => e.chain().focus().redo().run()],
];

function start(field) {
  const home = document.createElement("div");
  home.className = "editor";
  const bar = document.createElement("div");
  bar.className = "editor-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "编辑");
  const page = document.createElement("div");
  home.append(bar, page);
  field.after(home);
  field.hidden = true;
  const editor = new Editor({
    element: page,
    extensions: [
      StarterKit.configure({ bold: false, italic: false, strike: false, underline: false, code: false, codeBlock: false, blockquote: false, bulletList: false, orderedList: false, listItem: false, listKeymap: false, horizontalRule: false, link: false, heading: { levels: [1, 2, 3, 4] } }),
      TableKit.configure({ table: { resizable: false } }),
      Side,
    ],
    content: parse(field.value),
    editorProps: { attributes: { class: "doc", role: "textbox", "aria-multiline": "true", "aria-label": "正文" } },
    onUpdate: ({ editor }) => { field.value = write(editor.getJSON()); field.dispatchEvent(new Event("input", { bubbles: true })); },
    onTransaction: ({ editor }) => buttons.forEach(([button, is]) => is && button.setAttribute("aria-pressed", String(is(editor)))),
  });
  const buttons = BUTTONS.map(([label, act, is]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => act(editor));
    bar.append(button);
    return [button, is];
  });
  const plainButton = document.createElement("button");
  plainButton.type = "button";
  plainButton.textContent = "改用纯文本";
  plainButton.addEventListener("click", () => { field.value = write(editor.getJSON()); editor.destroy(); home.remove(); field.hidden = false; field.focus(); });
  bar.append(plainButton);
}

if (typeof document !== "undefined") document.querySelectorAll("textarea[data-editor]").forEach(start);

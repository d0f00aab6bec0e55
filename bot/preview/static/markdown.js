// Discord's block marks: headings, subtext, lists, quotes, code blocks. Everything else is plain text.

import { el } from "./dom.js";
import { inline } from "./inline.js";

const FENCE = /```(?:([\w+-]{1,20})\n)?\n?([\s\S]+?)\n?```/g;
const ANSI = /\u001b\[[\d;]*m/g; // colours that code blocks may carry; the preview shows the text alone
const ITEM = /^( *)(?:[-*]|(\d{1,9})\.) +(.+)$/;

/** A fragment for a whole text. */
export function markdown(source, who = {}) {
  const out = document.createDocumentFragment();
  let from = 0;
  for (const fence of source.matchAll(FENCE)) {
    out.append(...blocks(source.slice(from, fence.index).replace(/\n$/, ""), who));
    out.append(
      el("pre", { tabindex: "0" }, el("code", { dataset: { language: fence[1] ?? "" } }, fence[2].replace(ANSI, ""))),
    );
    from = fence.index + fence[0].length;
    if (source[from] === "\n") from += 1;
  }
  out.append(...blocks(source.slice(from), who));
  return out;
}

function blocks(source, who) {
  if (!source) return [];
  const out = [];
  const lines = source.split("\n");
  let plain = [];
  const flush = () => {
    if (plain.some((line) => line.trim())) out.push(el("div.para", {}, inline(plain.join("\n"), who)));
    plain = [];
  };
  for (let i = 0; i < lines.length; i += 1) {
    const [block, taken] = read(lines, i, who);
    if (block) {
      flush();
      out.push(block);
      i += taken - 1;
    } else {
      plain.push(lines[i]);
    }
  }
  flush();
  return out;
}

function read(lines, at, who) {
  const line = lines[at];
  const heading = /^(#{1,3}) +(.+)$/.exec(line);
  // The page has its own h1 and h2; a message's headings come below them.
  if (heading) return [el(`h${heading[1].length + 2}`, {}, inline(heading[2], who)), 1];
  if (/^-# +\S/.test(line)) return [el("small.subtext", {}, inline(line.replace(/^-# +/, ""), who)), 1];
  if (line.startsWith(">>> ")) {
    const rest = [line.slice(4), ...lines.slice(at + 1)];
    return [el("blockquote", {}, blocks(rest.join("\n"), who)), rest.length];
  }
  if (line.startsWith("> ")) {
    const taken = run(lines, at, (text) => text.startsWith("> ") || text === ">");
    return [el("blockquote", {}, blocks(taken.map((text) => text.slice(2)).join("\n"), who)), taken.length];
  }
  if (ITEM.test(line)) {
    const taken = run(lines, at, (text) => ITEM.test(text));
    return [
      list(
        taken.map((text) => ITEM.exec(text)),
        who,
      ),
      taken.length,
    ];
  }
  return [null, 0];
}

function run(lines, at, belongs) {
  let end = at;
  while (end < lines.length && belongs(lines[end])) end += 1;
  return lines.slice(at, end);
}

function list(items, who) {
  const first = items[0];
  const top = first[2] === undefined ? el("ul") : el("ol", { start: first[2] });
  let last = null;
  for (let i = 0; i < items.length; i += 1) {
    const deeper = run(items, i, (item) => item[1].length > first[1].length);
    if (last && deeper.length) {
      last.append(list(deeper, who));
      i += deeper.length - 1;
    } else {
      last = el("li", {}, inline(items[i][3], who));
      top.append(last);
    }
  }
  return top;
}

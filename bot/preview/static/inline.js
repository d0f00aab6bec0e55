// Discord's inline marks, turned into nodes: bold, links, code, timestamps, mentions.

import { el } from "./dom.js";

const DEEPEST = 8; // marks within marks; deeper ones stay as typed

const RULES = [
  [/^\\([^A-Za-z0-9\s])/, (m) => m[1]],
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, (m) => el("code", {}, trimCode(m[2]))],
  [/^<t:(-?\d{1,13})(?::([tTdDfFR]))?>/, (m) => moment(Number(m[1]), m[2] ?? "f")],
  [/^<@!?(\d+)>/, (m, w) => mention(`@${w.person?.(m[1]) ?? "unknown"}`)],
  [/^<@&(\d+)>/, (m, w) => mention(`@${w.role?.(m[1]) ?? "role"}`)],
  [/^<#(\d+)>/, (m, w) => mention(`#${w.channel?.(m[1]) ?? "unknown"}`)],
  [/^<\/([^:<>]+):\d+>/, (m) => mention(`/${m[1]}`)],
  [/^<a?(:\w+:)\d+>/, (m) => m[1]],
  [/^<(https?:\/\/[^\s<>]+)>/, (m) => link(m[1], [m[1]])],
  [
    /^\[((?:\\.|[^[\]\\])+)\]\(\s*<?(https?:\/\/(?:[^\s<>()]|\([^\s<>()]*\))+)>?(?:\s+"([^"]*)")?\s*\)/,
    (m, w, d) => link(m[2], inline(m[1], w, d), m[3]),
  ],
  [/^https?:\/\/[^\s<]*[^<.,:;"')\]\s]/, (m) => link(m[0], [m[0]])],
  [/^\*\*\*(?=\S)([\s\S]+?)\*\*\*(?!\*)/, (m, w, d) => el("strong", {}, el("em", {}, inline(m[1], w, d)))],
  [/^\*\*(?=\S)([\s\S]+?)\*\*(?!\*)/, (m, w, d) => el("strong", {}, inline(m[1], w, d))],
  [/^__(?=\S)([\s\S]+?)__(?!_)/, (m, w, d) => el("u", {}, inline(m[1], w, d))],
  [/^\*(?=\S)([\s\S]*?[^\s*])\*(?!\*)/, (m, w, d) => el("em", {}, inline(m[1], w, d))],
  [/^_(?=\S)([\s\S]*?[^\s_])_(?![\p{L}\p{N}_])/u, (m, w, d) => el("em", {}, inline(m[1], w, d)), "word"],
  [/^~~(?=\S)([\s\S]+?)~~/, (m, w, d) => el("s", {}, inline(m[1], w, d))],
  [/^\|\|([\s\S]+?)\|\|/, (m, w, d) => spoiler(inline(m[1], w, d))],
];

/** Nodes for one run of text. `who` names people, roles and channels by id. */
export function inline(source, who = {}, depth = 0) {
  const out = [];
  let plain = "";
  let at = 0;
  while (at < source.length) {
    const hit = depth < DEEPEST && /[\\`<[h*_~|]/.test(source[at]) ? match(source, at, who, depth) : null;
    if (hit) {
      if (plain) out.push(plain);
      plain = "";
      out.push(hit.node);
      at += hit.length;
    } else {
      plain += source[at];
      at += 1;
    }
  }
  if (plain) out.push(plain);
  return out;
}

function match(source, at, who, depth) {
  const rest = source.slice(at);
  const inWord = at > 0 && /[\p{L}\p{N}]/u.test(source[at - 1]);
  for (const [pattern, make, kind] of RULES) {
    if (kind === "word" && inWord) continue;
    const m = pattern.exec(rest);
    if (m) return { node: make(m, who, depth + 1), length: m[0].length };
  }
  return null;
}

function trimCode(text) {
  return /^ .*[^ ].* $/s.test(text) ? text.slice(1, -1) : text;
}

function mention(text) {
  return el("span.mention", {}, text);
}

function link(href, children, title) {
  return el("a", { href, target: "_blank", rel: "noopener noreferrer", title: title ?? href }, children);
}

function spoiler(children) {
  const show = () => {
    node.classList.add("shown");
    node.setAttribute("aria-expanded", "true");
  };
  const node = el(
    "span.spoiler",
    {
      role: "button",
      tabindex: "0",
      "aria-expanded": "false",
      title: "Show the spoiler",
      onclick: show,
      onkeydown: (e) => (e.key === "Enter" || e.key === " ") && (e.preventDefault(), show()),
    },
    el("span", {}, children),
  );
  return node;
}

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

function moment(unix, style) {
  const date = new Date(unix * 1000);
  if (Number.isNaN(date.getTime())) return `<t:${unix}>`;
  const full = date.toLocaleString("en-GB", STYLES.F);
  return el(
    "time.moment",
    { datetime: date.toISOString(), title: full, dataset: style === "R" ? { ago: String(unix) } : {} },
    style === "R" ? ago(unix) : date.toLocaleString("en-GB", STYLES[style]),
  );
}

const STEPS = [
  ["year", 31536000],
  ["month", 2592000],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];
const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/** "3 days ago", "in 2 hours", seen from now. */
export function ago(unix, now = Date.now()) {
  const seconds = unix - now / 1000;
  const [unit, length] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? STEPS.at(-1);
  return RELATIVE.format(Math.trunc(seconds / length), unit);
}

/** Bring the relative times on the page up to date. */
export function refreshTimes(root = document) {
  for (const node of root.querySelectorAll("time[data-ago]")) node.textContent = ago(Number(node.dataset.ago));
}

// The left side: channels, who one is, and the theme.

import { el, icon } from "./dom.js";
import { keep } from "./storage.js";

const KINDS = [
  { title: "Channels", icon: "hash", of: (channel) => channel.type === 0, named: "text channel" },
  { title: "Announcements", icon: "news", of: (channel) => channel.type === 5, named: "announcement channel" },
  { title: "Direct messages", icon: "at", of: (channel) => channel.type === 1, named: "direct message" },
];

export function iconOf(channel) {
  return KINDS.find((kind) => kind.of(channel))?.icon ?? "hash";
}

/** unread: Map(channel id → count). open(channel) when one is chosen. */
export function drawChannels(nav, channels, current, unread, open) {
  const had = nav.contains(document.activeElement);
  nav.replaceChildren(
    ...KINDS.flatMap((kind) => {
      const here = channels.filter(kind.of);
      if (!here.length) return [];
      return [
        el("h3", {}, kind.title),
        el(
          "ul",
          {},
          here.map((channel) => {
            const count = unread.get(channel.id) ?? 0;
            const now = channel.id === current;
            return el(
              "li",
              {},
              el(
                "button.channel",
                {
                  type: "button",
                  "aria-current": now ? "page" : null,
                  tabindex: now ? "0" : "-1",
                  dataset: { id: channel.id },
                  "aria-label": `${channel.name}, ${kind.named}${count ? `, ${count} unread` : ""}`,
                  onclick: () => open(channel),
                },
                icon(kind.icon),
                el("span", {}, channel.name),
                count ? el("b.count", {}, String(count)) : null,
              ),
            );
          }),
        ),
      ];
    }),
  );
  if (had) nav.querySelector("[aria-current]")?.focus();
}

/** Up and down in the list: step(1) or step(-1). */
export function walkChannels(nav, step) {
  nav.addEventListener("keydown", (event) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!way || event.altKey) return;
    event.preventDefault();
    step(way);
  });
}

/** The channel above or below, in the order in which they are listed. */
export function neighbour(channels, current, way) {
  const order = KINDS.flatMap((kind) => channels.filter(kind.of));
  const at = order.findIndex((channel) => channel.id === current);
  return order[(at + way + order.length) % order.length];
}

/** Radio buttons for who one is. */
export function drawPeople(host, people, you, choose) {
  host.replaceChildren(
    el("legend", {}, "You are"),
    el(
      "div.segments",
      {},
      people.map((person) =>
        el(
          "label",
          { title: person.about },
          el("input", {
            type: "radio",
            name: "person",
            value: person.key,
            checked: person.key === you.key,
            onchange: () => choose(person.key),
          }),
          el("span", {}, person.name),
        ),
      ),
    ),
  );
}

export function wireTheme(button) {
  const root = document.documentElement;
  const paint = () => {
    const dark = root.dataset.theme === "dark";
    button.replaceChildren(icon(dark ? "sun" : "moon"));
    button.title = dark ? "Light theme" : "Dark theme";
    button.setAttribute("aria-label", `Change to the ${dark ? "light" : "dark"} theme`);
  };
  button.addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    keep("localStorage", "theme", root.dataset.theme);
    dispatchEvent(new Event("themechosen"));
  });
  new MutationObserver(paint).observe(root, { attributeFilter: ["data-theme"] });
  paint();
}

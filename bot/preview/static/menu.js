// The message menu: the bot's message commands ("Apps"), and copying.

import { el, icon } from "./dom.js";

/** items: [{label, icon, group?, run}]. `at` is a point in the window, or null to open beside `anchor`. */
export function openMenu(anchor, items, at = null) {
  const opener = document.activeElement;
  const close = (back = true) => {
    menu.remove();
    removeEventListener("pointerdown", outside, true);
    if (back) (opener?.isConnected ? opener : anchor).focus?.({ preventScroll: true });
  };
  const outside = (event) => menu.contains(event.target) || close(false);
  let group = null;
  const rows = items.flatMap((item) => {
    const head = item.group !== group ? [el("div.menu-group", { role: "presentation" }, item.group)] : [];
    group = item.group;
    return [
      ...head,
      el(
        "button.menu-item",
        {
          type: "button",
          role: "menuitem",
          tabindex: "-1",
          onclick: () => {
            close();
            item.run();
          },
        },
        icon(item.icon),
        el("span", {}, item.label),
      ),
    ];
  });
  const menu = el("div.menu", { role: "menu", "aria-label": "Message", onkeydown: keys }, rows);
  document.body.append(menu);
  const box = anchor.getBoundingClientRect();
  const { x, y } = at ?? { x: box.right - menu.offsetWidth, y: box.top + Math.min(box.height, 36) };
  menu.style.setProperty("left", `${Math.max(8, Math.min(x, innerWidth - menu.offsetWidth - 8))}px`);
  menu.style.setProperty("top", `${Math.max(8, Math.min(y, innerHeight - menu.offsetHeight - 8))}px`);
  menu.querySelector("button").focus();
  addEventListener("pointerdown", outside, true);

  function keys(event) {
    const all = [...menu.querySelectorAll("button")];
    const here = all.indexOf(document.activeElement);
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      all.at(next % all.length).focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }
}

// Short notices in the corner, which a screen reader hears too.

import { el, icon } from "./dom.js";

const LONGEST = 4;

/** Show one sentence; errors stay until they are closed. */
export function toast(text, { bad = false } = {}) {
  const host = document.getElementById("toasts");
  const note = el(
    bad ? "div.toast.bad" : "div.toast",
    {},
    el("p", {}, text),
    el(
      "button.icon-button",
      { type: "button", "aria-label": "Close this notice", onclick: () => note.remove() },
      icon("close"),
    ),
  );
  host.append(note);
  while (host.children.length > LONGEST) host.firstElementChild.remove();
  if (!bad) setTimeout(() => note.remove(), 8000);
}

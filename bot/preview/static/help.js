// The keys, in a small window.

import { el, icon } from "./dom.js";

const KEYS = [
  ["/", "", "open the list of commands"],
  ["↑ ↓", "", "walk a list, the messages, the channels"],
  ["Enter", "or Tab", "choose; Enter again sends"],
  ["Backspace", "", "in an empty option: take it away"],
  ["Escape", "", "close, step back"],
  ["↑", "in the empty box", "your last command again"],
  ["Alt ↑ ↓", "", "another channel"],
  ["Enter", "on a message", "its menu (Apps)"],
  ["Ctrl /", "", "this list"],
];

export function showKeys() {
  if (document.querySelector("dialog[open]")) return;
  const close = () => dialog.close();
  const dialog = el(
    "dialog.modal.keys",
    {
      "aria-label": "Keyboard",
      onclose: () => dialog.remove(),
      onclick: (event) => event.target === dialog && close(),
    },
    el(
      "div",
      {},
      el("h2", {}, "Keyboard"),
      el(
        "dl",
        {},
        KEYS.map(([key, where, does]) => [el("dt", {}, el("kbd", {}, key), " ", where), el("dd", {}, does)]),
      ),
      el("button.icon-button.close", { type: "button", "aria-label": "Close", onclick: close }, icon("close")),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}

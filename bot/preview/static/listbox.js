// One list of choices under the arrow keys, for the command picker, option values and select menus.
// Focus stays in the field that owns the list; the active row is told through aria-activedescendant.

import { el } from "./dom.js";

let lists = 0;

export class Listbox {
  /** `host` holds the list; `label` is what a screen reader calls it. */
  constructor(host, label) {
    lists += 1;
    this.id = `list-${lists}`;
    this.host = host;
    this.label = label;
    this.items = [];
    this.active = -1;
    this.owner = null;
    this.onpick = null;
    host.hidden = true;
  }

  get open() {
    return !this.host.hidden;
  }

  /** items: {label, detail?, mark?, group?, checked?, icon?, disabled?, …}. An empty list shows `note` alone. */
  show(owner, items, { active = -1, title = null, note = null, onpick, multi = false }) {
    this.release();
    Object.assign(this, { owner, items, onpick, active: -1 });
    const rows = [];
    let group = null;
    items.forEach((item, index) => {
      if (item.group && item.group !== group) rows.push(el("li.group", { role: "presentation" }, item.group));
      group = item.group ?? group;
      rows.push(this.row(item, index));
    });
    this.host.replaceChildren(
      ...(title ? [el("div.list-title", {}, title)] : []),
      ...(rows.length
        ? [el("ul", { id: this.id, role: "listbox", "aria-label": this.label, "aria-multiselectable": multi }, rows)]
        : []),
      ...(note ? [el("p.list-note", {}, note)] : []),
    );
    this.host.classList.remove("stale");
    this.host.hidden = false;
    owner.setAttribute("aria-expanded", "true");
    if (rows.length) owner.setAttribute("aria-controls", this.id);
    this.activate(items.length ? active : -1);
  }

  row(item, index) {
    return el(
      "li.choice",
      {
        id: `${this.id}-${index}`,
        role: "option",
        "aria-selected": String(Boolean(item.checked)),
        "aria-disabled": item.disabled ? "true" : null,
        dataset: { index: String(index) },
        onmousedown: (e) => e.preventDefault(),
        onmousemove: () => this.active !== index && this.activate(index, false),
        onclick: () => this.pick(index),
      },
      item.icon ?? null,
      el("span.choice-label", {}, item.label),
      item.detail ? el("span.choice-detail", {}, item.detail) : null,
      item.mark ? el("span.choice-mark", {}, item.mark) : null,
    );
  }

  /** What is shown answers an older text: keep it in sight, but let Enter not choose from it. */
  stale() {
    this.activate(-1);
    this.host.classList.add("stale");
  }

  hide() {
    this.release();
    this.host.hidden = true;
    this.host.replaceChildren();
    this.items = [];
    this.active = -1;
  }

  release() {
    this.owner?.setAttribute("aria-expanded", "false");
    this.owner?.removeAttribute("aria-controls");
    this.owner?.removeAttribute("aria-activedescendant");
  }

  activate(index, scroll = true) {
    this.host.querySelector(".choice.active")?.classList.remove("active");
    this.active = index;
    const row = index < 0 ? null : this.host.querySelector(`#${this.id}-${index}`);
    if (!row) {
      this.owner?.removeAttribute("aria-activedescendant");
      return;
    }
    row.classList.add("active");
    this.owner?.setAttribute("aria-activedescendant", row.id);
    if (scroll) row.scrollIntoView({ block: "nearest" });
  }

  pick(index = this.active) {
    const item = this.items[index];
    if (!item || item.disabled || this.host.classList.contains("stale")) return false;
    this.onpick(item, index);
    return true;
  }

  /** Arrow keys; true when the key was the list's. */
  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (!this.open || !step || !this.items.length || event.altKey || event.ctrlKey || event.metaKey) return false;
    event.preventDefault();
    const last = this.items.length - 1;
    let next = this.active + step;
    if (Math.abs(step) === 1) next = next < 0 ? last : next > last ? 0 : next;
    this.activate(this.active < 0 && step < 0 ? last : Math.max(0, Math.min(last, next)));
    return true;
  }
}

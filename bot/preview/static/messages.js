// The list of messages of the channel that is open: adding, replacing, scrolling, walking with the arrow keys.

import { el } from "./dom.js";
import { continues, messageRow } from "./message.js";

export class Messages {
  constructor(list, scroller, app) {
    Object.assign(this, { list, scroller, app, entries: [] });
    list.addEventListener("keydown", (event) => this.key(event));
    list.addEventListener("contextmenu", (event) => {
      const row = event.target.closest(".message");
      if (!row || event.target.closest("a, img") || String(getSelection())) return; // the browser's own menu serves better there
      event.preventDefault();
      app.requests.menu(this.entry(row.dataset.id), row, { x: event.clientX, y: event.clientY });
    });
    // A picture that arrives late must not push the newest message out of sight.
    list.addEventListener("load", () => this.pinned && this.bottom(), true);
    scroller.addEventListener(
      "scroll",
      () => {
        this.pinned = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
      },
      { passive: true },
    );
    new ResizeObserver(() => this.pinned && this.bottom()).observe(scroller);
    this.pinned = true;
  }

  entry(id) {
    return this.entries.find((entry) => entry.message.id === id);
  }

  open(entries) {
    this.entries = [...entries];
    this.draw();
    this.bottom();
  }

  /** Add a message, or put its new state in the old one's place. */
  put(entry) {
    const at = this.entries.findIndex((old) => old.message.id === entry.message.id);
    const stay = this.pinned;
    if (at < 0) {
      this.entries.push(entry);
      this.list.append(...this.rows(this.entries.length - 1));
    } else {
      this.entries[at] = entry;
      this.replace(at, entry);
    }
    this.rove();
    if (stay || (at < 0 && entry.by?.id === this.app.state.you.id)) this.bottom();
  }

  replace(at, entry) {
    const old = this.row(entry.message.id);
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const fresh = messageRow(entry, this.app, continues(this.entries[at - 1], entry));
    old.replaceWith(fresh);
    if (!focused) return;
    const custom = focused.dataset?.custom;
    const same = custom
      ? [...fresh.querySelectorAll("[data-custom]")].find((node) => node.dataset.custom === custom && !node.disabled)
      : null;
    (same ?? fresh).focus({ preventScroll: true });
  }

  take(id) {
    const had = this.row(id)?.contains(document.activeElement);
    this.entries = this.entries.filter((entry) => entry.message.id !== id);
    this.draw();
    if (had) this.app.composer.focus();
  }

  draw() {
    this.list.replaceChildren(...this.entries.flatMap((_, index) => this.rows(index)));
    this.rove();
  }

  rows(index) {
    const entry = this.entries[index];
    const before = this.entries[index - 1];
    const day = new Date(entry.message.timestamp);
    const fresh = !before || new Date(before.message.timestamp).toDateString() !== day.toDateString();
    const row = messageRow(entry, this.app, !fresh && continues(before, entry));
    return fresh
      ? [el("li.day", {}, el("span", {}, day.toLocaleDateString("en-GB", { dateStyle: "long" }))), row]
      : [row];
  }

  row(id) {
    return document.getElementById(`message-${id}`);
  }

  bottom() {
    this.pinned = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /** Bring a message into sight and focus it, where it is still kept. */
  visit(id) {
    const row = this.row(id);
    if (!row) return;
    this.rove(row);
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
  }

  /** Tab reaches one message, the newest or the one last walked to. */
  rove(row = this.list.querySelector(".message:last-of-type")) {
    this.list.querySelector(".message[tabindex='0']")?.setAttribute("tabindex", "-1");
    row?.setAttribute("tabindex", "0");
  }

  key(event) {
    const row = event.target.closest(".message");
    if (!row || event.target !== row) return;
    const rows = [...this.list.querySelectorAll(".message")];
    const at = rows.indexOf(row);
    const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next !== undefined && rows[next]) {
      event.preventDefault();
      this.rove(rows[next]);
      rows[next].focus();
    } else if (event.key === "Enter" || event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      event.preventDefault();
      this.app.requests.menu(this.entry(row.dataset.id), row);
    }
  }
}

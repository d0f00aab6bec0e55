// A command being filled in: its name, one chip per option, and a last field that offers the optional ones.

import { Chip } from "./chip.js";
import { el } from "./dom.js";

export class CommandLine {
  /**
   * leaf: from commands.js. `host` holds the chips, `list` is the Listbox above them.
   * on: {state, ask(option, text, options, signal), send(leaf, options), back(text), say(sentence)}
   */
  constructor(leaf, host, list, on, values = {}) {
    Object.assign(this, { leaf, list, on, chips: new Map() });
    this.tail = el("input.tail", {
      type: "text",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": `More options of ${leaf.name}`,
      onfocus: () => this.offer(),
      oninput: () => this.typed(),
      onkeydown: (event) => this.tailKey(event),
      onblur: () => list.hide(),
    });
    host.replaceChildren(el("span.command-name", {}, leaf.name), this.tail);
    for (const option of leaf.options)
      if (option.required || values[option.name]) this.add(option, values[option.name]);
    this.hint();
    this.focus();
  }

  add(option, value = null) {
    const chip = new Chip(option, {
      state: this.on.state,
      list: this.list,
      ask: (asked, text, signal) => this.on.ask(asked, text, this.filled(asked.name), signal),
      say: this.on.say,
      key: (event, from) => this.key(event, from),
      chosen: (from) => this.advance(from),
    });
    this.chips.set(option.name, chip);
    this.tail.before(chip.node);
    if (value) chip.take(value);
    this.hint();
    return chip;
  }

  remove(chip) {
    chip.stop();
    this.chips.delete(chip.option.name);
    chip.node.remove();
    this.hint();
  }

  hint() {
    const left = this.leaf.options.length - this.chips.size;
    this.tail.placeholder = left ? `+${left} optional` : this.leaf.options.length ? "" : "Enter sends it";
  }

  /** The command is left: nothing that is still on its way may open the list again. */
  close() {
    for (const chip of this.chips.values()) chip.stop();
    this.list.hide();
  }

  focus() {
    (this.missing()?.input ?? this.tail).focus();
  }

  /** The first required option that is still empty. */
  missing() {
    return [...this.chips.values()].find((chip) => chip.option.required && chip.empty) ?? null;
  }

  /** Values so far that can be sent, without `but`. */
  filled(but) {
    const out = {};
    for (const [name, { field }] of this.chips) {
      if (name === but) continue;
      try {
        const value = field.read();
        if (value) out[name] = value.value;
      } catch {
        continue; // half-typed: the bot's suggestions do without it
      }
    }
    return out;
  }

  advance(chip) {
    const order = [...this.chips.values()];
    const next = order.slice(order.indexOf(chip) + 1).find((one) => one.option.required && one.empty);
    (next?.input ?? this.missing()?.input ?? this.tail).focus();
  }

  key(event, chip) {
    if (event.isComposing || this.list.key(event)) return;
    if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) {
      // Tab leaves an optional field empty; Enter takes what is on offer.
      const wanted = this.list.active >= 0 && (!chip.empty || event.key === "Enter" || chip.option.required);
      if (wanted && this.list.pick()) event.preventDefault();
      else if (event.key === "Enter") {
        event.preventDefault();
        this.send();
      }
    } else if (event.key === "Backspace" && !chip.input.value) {
      event.preventDefault();
      this.retreat(chip);
    } else if (event.key === "Escape") {
      this.escape(event);
    }
  }

  retreat(chip) {
    const order = [...this.chips.values()];
    const before = order[order.indexOf(chip) - 1];
    if (!chip.option.required) this.remove(chip);
    if (before) before.input.focus();
    else if (chip.option.required) this.on.back(this.leaf.name);
    else this.tail.focus();
  }

  escape(event) {
    event.preventDefault();
    event.stopPropagation();
    if (this.list.open) this.list.hide();
    else this.on.back("");
  }

  typed() {
    const named = /^\+?\s*([^\s:]+):$/.exec(this.tail.value)?.[1].toLowerCase();
    if (!named || !this.choose(named)) this.offer();
  }

  /** The optional options that are not yet there, as "+ name". */
  offer() {
    const wanted = this.tail.value
      .replace(/^\+\s*/, "")
      .trim()
      .toLowerCase();
    const left = this.leaf.options.filter((option) => !this.chips.has(option.name) && option.name.startsWith(wanted));
    if (!left.length && !wanted) {
      this.list.hide();
      return;
    }
    this.list.show(
      this.tail,
      left.map((option) => ({ label: `+ ${option.name}`, detail: option.description, option })),
      {
        title: "Optional",
        active: wanted && left.length ? 0 : -1,
        note: left.length
          ? wanted
            ? null
            : "↑ ↓ choose an option · Enter sends the command"
          : "No option is called that.",
        onpick: (item) => this.choose(item.option.name),
      },
    );
  }

  /** Open the option of that name; false when the command has none. */
  choose(name) {
    const option = this.leaf.options.find((one) => one.name === name);
    if (!option) return false;
    this.tail.value = "";
    (this.chips.get(name) ?? this.add(option)).input.focus();
    return true;
  }

  tailKey(event) {
    if (event.isComposing || this.list.key(event)) return;
    if (event.key === "Enter" || (event.key === "Tab" && this.list.active >= 0 && !event.shiftKey)) {
      event.preventDefault();
      if (!this.list.pick()) this.send();
    } else if (event.key === "Backspace" && !this.tail.value) {
      event.preventDefault();
      const last = [...this.chips.values()].at(-1);
      if (last) last.input.focus();
      else this.on.back(this.leaf.name);
    } else if (event.key === "Escape") {
      this.escape(event);
    }
  }

  send() {
    const options = {};
    for (const [name, chip] of this.chips) {
      if (!chip.fits()) {
        chip.input.focus();
        return;
      }
      const value = chip.field.read();
      if (value) options[name] = value;
    }
    const missing = this.missing();
    if (missing) {
      missing.input.focus();
      missing.blame(`“${missing.option.name}” is needed first.`);
      return;
    }
    if (this.tail.value.trim()) {
      this.tail.focus();
      this.on.say(`No option of ${this.leaf.name} is called “${this.tail.value.trim()}”.`);
      return;
    }
    this.list.hide();
    this.on.send(this.leaf, options);
  }
}

// A command being filled in: its name, one chip per option, and a last field that offers the optional ones.

import { takes } from "./commands.js";
import { el } from "./dom.js";
import { Field } from "./field.js";

export class CommandLine {
  /**
   * leaf: from commands.js. `host` holds the chips, `list` is the Listbox above them.
   * on: {state, ask(option, text, options, signal), send(leaf, options), back(text), say(sentence)}
   */
  constructor(leaf, host, list, on, values = {}) {
    Object.assign(this, { leaf, host, list, on, fields: new Map() });
    this.tail = el("input.tail", { type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", autocomplete: "off",
      "aria-label": `More options of ${leaf.name}`, spellcheck: "false",
      onfocus: () => this.offer(false), oninput: () => this.offer(true), onkeydown: (e) => this.tailKey(e), onblur: () => list.hide() });
    host.replaceChildren(el("span.command-name", {}, leaf.name), this.tail);
    for (const option of leaf.options) if (option.required || values[option.name]) this.add(option, values[option.name]);
    this.hint();
    (this.missing() ?? this.tail).focus();
  }

  add(option, value = null) {
    const ask = (text, signal) => this.on.ask(option, text, this.filled(option.name), signal);
    const field = new Field(option, this.on.state, ask);
    const input = el("input", { type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", autocomplete: "off",
      "aria-label": `${option.name}: ${option.description}`, "aria-required": String(Boolean(option.required)), spellcheck: "false", size: "3",
      inputmode: option.type === 4 ? "numeric" : option.type === 10 ? "decimal" : null,
      onfocus: () => this.suggest(option.name), onblur: () => this.leave(option.name), onkeydown: (e) => this.key(e, option.name),
      oninput: () => {
        field.type(input.value);
        this.fit(input);
        this.suggest(option.name);
      } });
    const chip = el("label.chip", { title: option.description }, el("span.chip-name", {}, option.name), input);
    this.fields.set(option.name, { field, input, chip });
    this.tail.before(chip);
    if (value) {
      field.choose(value);
      input.value = field.text;
      this.fit(input);
    }
    this.hint();
    return input;
  }

  remove(name) {
    const { chip, field } = this.fields.get(name);
    field.stop();
    this.fields.delete(name);
    chip.remove();
    this.hint();
  }

  fit(input) {
    input.size = Math.max(3, Math.min(40, [...input.value].length + 1));
  }

  hint() {
    const left = this.leaf.options.length - this.fields.size;
    this.tail.placeholder = left ? `+${left} optional` : this.leaf.options.length ? "" : "Enter sends it";
  }

  /** The command is left: nothing that is still on its way may open the list again. */
  close() {
    for (const { field } of this.fields.values()) field.stop();
    this.list.hide();
  }

  focus() {
    (this.missing() ?? this.tail).focus();
  }

  missing() {
    return [...this.fields.values()].find(({ field }) => field.option.required && !field.text.trim())?.input ?? null;
  }

  /** Values so far that can be sent, without `but`. */
  filled(but) {
    const out = {};
    for (const [name, { field }] of this.fields) {
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

  suggest(name) {
    const { field, input, chip } = this.fields.get(name);
    const { option } = field;
    const title = [el("strong", {}, option.name), ` ${option.description}`];
    const show = (found, trouble) => {
      if (document.activeElement !== input) return;
      const quiet = !field.closed && !option.autocomplete;
      this.list.show(input, found.map((choice) => ({ label: choice.name, choice })), {
        title, active: found.length && !field.chosen ? 0 : -1,
        note: trouble ?? (quiet ? `Takes ${takes(option)}.` : found.length ? null : field.closed ? "Nothing in the list matches." : "No suggestions. What you typed is sent as it is."),
        onpick: (item) => {
          field.choose(item.choice);
          input.value = field.text;
          this.fit(input);
          this.advance(name);
        } });
    };
    chip.classList.remove("wrong");
    field.suggest(show, () => (this.list.open && this.list.owner === input ? this.list.stale() : this.list.show(input, [], { title, note: "Asking the bot…" })));
  }

  leave(name) {
    const held = this.fields.get(name);
    if (!held) return;
    held.field.stop();
    this.list.hide();
    this.fits(name);
  }

  /** Whether the option holds nothing or something that may be sent; if not, it says why. */
  fits(name) {
    const { field, chip } = this.fields.get(name);
    try {
      chip.classList.toggle("filled", field.read() !== null);
      chip.classList.remove("wrong");
      return true;
    } catch (error) {
      chip.classList.add("wrong");
      this.on.say(error.message);
      return false;
    }
  }

  advance(name) {
    const order = [...this.fields.values()];
    const rest = order.slice(order.findIndex(({ field }) => field.option.name === name) + 1);
    const next = rest.find(({ field }) => field.option.required && !field.text.trim()) ?? null;
    (next?.input ?? this.missing() ?? this.tail).focus();
  }

  key(event, name) {
    const { field, input } = this.fields.get(name);
    if (event.isComposing || this.list.key(event)) return;
    if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) {
      const busy = this.list.active >= 0 && (field.text.trim() || event.key === "Enter" || field.option.required);
      if (busy && this.list.pick()) event.preventDefault();
      else if (event.key === "Enter") {
        event.preventDefault();
        this.send();
      }
    } else if (event.key === "Backspace" && !input.value) {
      event.preventDefault();
      this.retreat(name);
    } else if (event.key === "Escape") {
      this.escape(event);
    }
  }

  retreat(name) {
    const order = [...this.fields.keys()];
    const before = order[order.indexOf(name) - 1];
    if (!this.fields.get(name).field.option.required) this.remove(name);
    if (before) this.fields.get(before).input.focus();
    else if (this.fields.has(name)) this.on.back(this.leaf.name);
    else this.tail.focus();
  }

  escape(event) {
    event.preventDefault();
    event.stopPropagation();
    if (this.list.open) this.list.hide();
    else this.on.back("");
  }

  /** The optional options that are not yet there, as "+ name". */
  offer(typed) {
    const wanted = this.tail.value.replace(/^\+\s*/, "").trim().toLowerCase();
    const left = this.leaf.options.filter((option) => !this.fields.has(option.name) && option.name.startsWith(wanted));
    if (typed && this.tail.value.endsWith(":") && this.named(wanted.slice(0, -1))) return;
    if (!left.length && !wanted) {
      this.list.hide();
      return;
    }
    this.list.show(this.tail, left.map((option) => ({ label: `+ ${option.name}`, detail: option.description, option })), {
      title: "Optional", active: wanted && left.length ? 0 : -1,
      note: left.length ? (wanted ? null : "↑ ↓ choose an option · Enter sends the command") : "No option is called that.",
      onpick: (item) => this.named(item.option.name) });
  }

  named(name) {
    const option = this.leaf.options.find((one) => one.name === name);
    if (!option) return false;
    this.tail.value = "";
    (this.fields.get(name)?.input ?? this.add(option)).focus();
    return true;
  }

  tailKey(event) {
    if (event.isComposing || this.list.key(event)) return;
    if (event.key === "Enter" || (event.key === "Tab" && this.list.active >= 0 && !event.shiftKey)) {
      event.preventDefault();
      if (!this.list.pick()) this.send();
    } else if (event.key === "Backspace" && !this.tail.value) {
      event.preventDefault();
      const last = [...this.fields.values()].at(-1);
      if (last) last.input.focus();
      else this.on.back(this.leaf.name);
    } else if (event.key === "Escape") {
      this.escape(event);
    }
  }

  send() {
    const options = {};
    for (const [name, { field, input }] of this.fields) {
      if (!this.fits(name)) {
        input.focus();
        return;
      }
      const value = field.read();
      if (value) options[name] = value;
    }
    const missing = this.missing();
    if (missing) {
      missing.focus();
      missing.closest(".chip").classList.add("wrong");
      this.on.say(`“${[...this.fields].find(([, held]) => held.input === missing)[0]}” is needed first.`);
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

// One option in the message box: its name, the field one types in, and the list of suggestions for it.

import { takes } from "./commands.js";
import { el } from "./dom.js";
import { Field } from "./field.js";

export class Chip {
  /** on: {state, list, ask(option, text, signal), say(sentence), key(event, chip), chosen(chip)} */
  constructor(option, on) {
    Object.assign(this, { option, on });
    this.field = new Field(option, on.state, (text, signal) => on.ask(option, text, signal));
    this.input = el("input", {
      type: "text",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      autocomplete: "off",
      spellcheck: "false",
      size: "3",
      "aria-label": `${option.name}: ${option.description}`,
      "aria-required": String(Boolean(option.required)),
      inputmode: { 4: "numeric", 10: "decimal" }[option.type],
      onfocus: () => this.suggest(),
      onblur: () => this.leave(),
      onkeydown: (event) => on.key(event, this),
      oninput: () => {
        this.field.type(this.input.value);
        this.fit();
        this.suggest();
      },
    });
    this.node = el("label.chip", { title: option.description }, el("span.chip-name", {}, option.name), this.input);
  }

  get empty() {
    return !this.field.text.trim();
  }

  /** Put a choice in. */
  take(choice) {
    this.field.choose(choice);
    this.input.value = this.field.text;
    this.fit();
  }

  fit() {
    this.input.size = Math.max(3, Math.min(40, [...this.input.value].length + 1));
  }

  suggest() {
    const { field, input, option } = this;
    const { list } = this.on;
    const title = [el("strong", {}, option.name), ` ${option.description}`];
    this.node.classList.remove("wrong");
    field.suggest(
      (found, trouble) => {
        if (document.activeElement !== input) return;
        list.show(
          input,
          found.map((choice) => ({ label: choice.name, choice })),
          {
            title,
            active: found.length && !field.chosen ? 0 : -1,
            note: trouble ?? this.note(found),
            onpick: (item) => {
              this.take(item.choice);
              this.on.chosen(this);
            },
          },
        );
      },
      () =>
        list.open && list.owner === input ? list.stale() : list.show(input, [], { title, note: "Asking the bot…" }),
    );
  }

  note(found) {
    if (!this.field.closed && !this.option.autocomplete) return `Takes ${takes(this.option)}.`;
    if (found.length) return null;
    return this.field.closed ? "Nothing in the list matches." : "No suggestions. What you typed is sent as it is.";
  }

  /** Drop what is on its way. */
  stop() {
    this.field.stop();
  }

  leave() {
    this.stop();
    this.on.list.hide();
    if (this.node.isConnected) this.fits();
  }

  /** Whether the option holds nothing or something that may be sent; if not, it says why. */
  fits() {
    try {
      this.node.classList.toggle("filled", this.field.read() !== null);
      this.node.classList.remove("wrong");
      return true;
    } catch (error) {
      this.blame(error.message);
      return false;
    }
  }

  blame(sentence) {
    this.node.classList.add("wrong");
    this.on.say(sentence);
  }
}

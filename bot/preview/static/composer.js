// The box at the bottom: plain text, whole command lines, or a command filled in option by option.

import { CommandLine } from "./commandline.js";
import { begun, leaves, search } from "./commands.js";
import { el, icon, nameOf } from "./dom.js";
import { Listbox } from "./listbox.js";
import { begunMention, encode, mentionable } from "./mentions.js";

const TALLEST = 200; // pixels

export class Composer {
  constructor(host, app) {
    this.app = app;
    this.line = null;
    this.popup = el("div.popup");
    this.list = new Listbox(this.popup, "Suggestions");
    this.notice = el("p.notice", { role: "alert" });
    this.answered = null;
    this.replying = el("div.replying", { hidden: true });
    this.words = el("textarea.words", {
      id: "words",
      rows: "1",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      maxlength: "6000",
      "aria-label": "Message",
      spellcheck: "false",
      oninput: () => this.typed(),
      onkeydown: (event) => this.key(event),
      onblur: () => this.list.hide(),
      onfocus: () => this.words.value.startsWith("/") && this.typed(),
    });
    this.chips = el("div.chips", {
      hidden: true,
      onclick: (event) => event.target === this.chips && this.line?.focus(),
    });
    host.replaceChildren(
      this.popup,
      this.notice,
      this.replying,
      el(
        "form.box",
        {
          onsubmit: (event) => {
            event.preventDefault();
            if (this.line) this.line.send();
            else this.send();
          },
        },
        this.words,
        this.chips,
        el("button.icon-button.send", { type: "submit", "aria-label": "Send", title: "Send (Enter)" }, icon("send")),
      ),
    );
  }

  get leaves() {
    return leaves(this.app.commands);
  }

  focus() {
    (this.line ?? this.words).focus();
  }

  /** Fit the box to the channel that is open. */
  place(channel) {
    if (this.line) this.back("");
    this.reply(null);
    const where = channel.type === 1 ? `@${channel.name}` : `#${channel.name}`;
    this.words.placeholder = `Message ${where}, or type / for commands`;
    this.words.setAttribute("aria-label", `Message ${where}`);
    this.say("");
    this.look();
  }

  /** Look again at what stands in the box: the commands there are may have changed since it was typed. */
  look() {
    if (!this.line && this.words.value.startsWith("/")) this.typed();
    else this.list.hide();
  }

  say(sentence) {
    this.notice.textContent = sentence;
  }

  /** The next message answers that one; null for none. */
  reply(message) {
    this.answered = message;
    this.replying.hidden = !message;
    if (!message) return;
    if (this.line) this.back("");
    this.replying.replaceChildren(
      el("span", {}, "Replying to ", el("strong", {}, nameOf(message.author))),
      el(
        "button.icon-button",
        {
          type: "button",
          "aria-label": "Do not reply",
          onclick: () => {
            this.reply(null);
            this.focus();
          },
        },
        icon("close"),
      ),
    );
    this.focus();
  }

  /** Put text in the box, ready to be changed and sent. */
  write(text) {
    this.back(text);
    this.words.setSelectionRange(text.length, text.length);
  }

  typed() {
    this.say("");
    this.grow();
    const text = this.words.value;
    if (!text.startsWith("/") || text.includes("\n")) {
      this.mention(begunMention(text));
      return;
    }
    const whole = begun(this.leaves, text);
    if (whole) {
      this.signature(whole, text.slice(whole.name.length));
      return;
    }
    const found = search(this.leaves, text);
    this.list.show(
      this.words,
      found.map((leaf) => ({
        label: leaf.name,
        detail: leaf.description,
        mark: markOf(leaf),
        leaf,
        icon: el("img.choice-icon", { src: "/static/icon.svg", alt: "" }),
        group: nameOf(this.app.state.bot),
      })),
      {
        active: found.length ? 0 : -1,
        note: found.length ? null : "No command matches. Enter asks the bot all the same.",
        // A command without options that was typed in full has nothing left to ask.
        onpick: ({ leaf }) => (leaf.options.length === 0 && text.trim() === leaf.name ? this.send() : this.start(leaf)),
      },
    );
  }

  mention(half) {
    const found =
      half === null
        ? []
        : mentionable(this.app.state).filter((one) => one.name.toLowerCase().startsWith(half.toLowerCase()));
    if (!found.length) {
      this.list.hide();
      return;
    }
    this.list.show(
      this.words,
      found.map((one) => ({ label: `@${one.name}`, detail: one.detail, one })),
      {
        active: 0,
        onpick: (item) =>
          this.write(`${this.words.value.slice(0, this.words.value.length - half.length)}${item.one.name} `),
      },
    );
  }

  /** While a whole line is typed: which options the command has. */
  signature(leaf, rest) {
    const unset = leaf.options.filter((option) => !rest.includes(` ${option.name}:`));
    const word = /(?:^|\s)([^\s:"]*)$/.exec(rest)?.[1] ?? null;
    const offered = word === null ? [] : unset.filter((option) => option.name.startsWith(word.toLowerCase()));
    this.list.show(
      this.words,
      offered.map((option) => ({
        label: `${option.name}:`,
        detail: option.description,
        mark: option.required ? "required" : null,
        option,
      })),
      {
        title: [el("strong", {}, leaf.name), ` ${leaf.description}`],
        note: "Enter sends the line as typed · Tab completes an option's name",
        onpick: (item) =>
          this.write(`${this.words.value.slice(0, this.words.value.length - word.length)}${item.option.name}:`),
      },
    );
  }

  start(leaf, values = {}) {
    this.words.value = "";
    this.words.hidden = true;
    this.chips.hidden = false;
    this.say("");
    this.line?.close();
    this.line = new CommandLine(
      leaf,
      this.chips,
      this.list,
      {
        state: this.app.state,
        ask: (option, text, options, signal) => this.app.requests.suggest(leaf, option, text, options, signal),
        send: (chosen, options) => this.launch(chosen, options),
        back: (text) => this.back(text),
        say: (sentence) => this.say(sentence),
      },
      values,
    );
  }

  async launch(leaf, values) {
    this.back("");
    const options = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.value]));
    const trouble = await this.app.requests.command({ path: leaf.path, options });
    if (!trouble) return;
    if (!this.line && !this.words.value) this.start(leaf, values);
    this.say(trouble);
  }

  back(text) {
    this.line?.close();
    this.line = null;
    this.chips.hidden = true;
    this.chips.replaceChildren();
    this.words.hidden = false;
    this.words.value = text;
    this.say("");
    this.words.focus();
    this.typed();
  }

  async send() {
    const text = this.words.value.trim();
    if (!text) return;
    this.words.value = "";
    this.list.hide();
    this.grow();
    this.say("");
    const { answered } = this;
    if (!text.startsWith("/")) this.reply(null);
    const trouble = text.startsWith("/")
      ? await this.app.requests.command({ line: text })
      : await this.app.requests.say(encode(text, this.app.state), answered);
    if (!trouble) return;
    if (!text.startsWith("/")) this.reply(answered);
    if (!this.words.value && !this.line) {
      this.words.value = text;
      this.grow();
    }
    this.say(trouble);
  }

  key(event) {
    if (event.isComposing || this.list.key(event)) return;
    if (event.key === "Tab" && !event.shiftKey && this.list.open && this.list.items.length) {
      event.preventDefault();
      this.list.pick(Math.max(0, this.list.active));
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (!this.list.open || !this.list.pick()) this.send();
    } else if (event.key === "Escape" && (this.list.open || this.answered)) {
      event.stopPropagation();
      if (this.list.open) this.list.hide();
      else this.reply(null);
    } else if (event.key === "ArrowUp" && !this.words.value) {
      event.preventDefault();
      const last = this.app.lastLine();
      if (last) this.write(last);
    }
  }

  grow() {
    this.words.style.setProperty("height", "auto");
    this.words.style.setProperty("height", `${Math.min(TALLEST, this.words.scrollHeight)}px`);
  }
}

function markOf(leaf) {
  const needed = leaf.options.filter((option) => option.required).map((option) => option.name);
  return needed.length ? needed.join(" · ") : null;
}

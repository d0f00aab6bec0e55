// The page's heart: what is known, what the server tells, what the person does.

import { drawChannels, drawPeople, iconOf, neighbour, walkChannels, wireTheme } from "./channels.js";
import { Composer } from "./composer.js";
import { PageRequests } from "./requests.js";
import { el, icon, nameOf } from "./dom.js";
import { showKeys } from "./help.js";
import { refreshTimes } from "./inline.js";
import { Link } from "./link.js";
import { Messages } from "./messages.js";
import { keep, kept } from "./storage.js";

const $ = (id) => document.getElementById(id);

class App {
  constructor() {
    this.state = {
      you: null,
      people: [],
      roles: [],
      channels: [],
      commands: { server: [], direct: [] },
      actions: [],
      examples: [],
      note: "",
      bot: null,
    };
    this.history = new Map(); // channel id → entries
    this.unread = new Map();
    this.channel = null;
    this.who = {
      person: (id) =>
        id === this.state.bot?.id ? nameOf(this.state.bot) : this.state.people.find((person) => person.id === id)?.name,
      role: (id) => this.state.roles.find((role) => role.id === id)?.name.replace(/^@/, ""),
      channel: (id) => this.state.channels.find((channel) => channel.id === id)?.name,
    };
    this.requests = new PageRequests(this);
    this.composer = new Composer($("composer"), this);
    this.messages = new Messages($("messages"), $("scroller"), this);
    this.link = new Link(
      (frame) => this.told(frame),
      (live) => this.live(live),
    );
  }

  // What the server tells

  told(frame) {
    if (frame.type === "state") this.begin(frame);
    else if (frame.type === "post") this.put(frame.channel, frame.entry);
    else if (frame.type === "gone") this.take(frame.channel, frame.id);
    else if (frame.type === "commands") this.learn(frame.commands);
    else if (frame.type === "actions") this.offer(frame.actions);
  }

  begin(frame) {
    const moved = this.state.you?.key !== frame.you.key;
    this.state = frame;
    this.history = new Map(Object.entries(frame.history));
    if (moved) this.unread.clear();
    $("server-name").textContent = frame.server.name;
    $("server-badge").textContent = frame.server.name[0];
    drawPeople($("identity"), frame.people, frame.you, (key) => this.become(key));
    this.drawActions(frame.actions);
    const wanted = this.channel?.id ?? location.hash.slice(1);
    this.open(frame.channels.find((channel) => channel.id === wanted) ?? frame.channels[0], { still: !moved });
  }

  put(channelId, entry) {
    const list = this.history.get(channelId) ?? [];
    const at = list.findIndex((old) => old.message.id === entry.message.id);
    if (at < 0) list.push(entry);
    else list[at] = entry;
    this.history.set(channelId, list.slice(-this.state.keep));
    if (channelId === this.channel.id) {
      this.messages.put(entry);
      this.welcome();
    } else if (at < 0) {
      this.unread.set(channelId, (this.unread.get(channelId) ?? 0) + 1);
      this.drawChannels();
    }
  }

  take(channelId, id) {
    const list = this.history.get(channelId) ?? [];
    this.history.set(
      channelId,
      list.filter((entry) => entry.message.id !== id),
    );
    if (channelId === this.channel.id) this.messages.take(id);
    this.welcome();
  }

  /** The commands offered where one is. */
  get commands() {
    return this.state.commands[this.channel?.type === 1 ? "direct" : "server"];
  }

  learn(commands) {
    this.state.commands = commands;
    this.welcome();
    if (!this.composer.line) this.composer.look();
  }

  live(on) {
    document.body.classList.toggle("cut-off", !on);
    $("lost").hidden = on;
  }

  // What is shown

  open(channel, { still = false, walking = false } = {}) {
    const same = still && this.channel?.id === channel.id;
    this.channel = channel;
    this.unread.delete(channel.id);
    history.replaceState(null, "", `#${channel.id}`);
    $("channel-name").replaceChildren(icon(iconOf(channel)), channel.name);
    $("channel-topic").textContent = channel.topic ?? "";
    document.title = `${channel.type === 1 ? "@" : "#"}${channel.name} · Asylum statistics bot, preview`;
    this.messages.open(this.history.get(channel.id) ?? []);
    this.welcome();
    this.drawChannels();
    if (!walking) this.sideOpen(false);
    if (!same) this.composer.place(channel);
  }

  step(way) {
    this.open(neighbour(this.state.channels, this.channel.id, way), { walking: true });
  }

  drawChannels() {
    drawChannels($("channels"), this.state.channels, this.channel?.id, this.unread, (channel) => this.open(channel));
  }

  offer(names) {
    this.drawActions(names);
    this.welcome();
  }

  drawActions(names) {
    this.state.actions = names;
    $("actions").replaceChildren(
      ...names.map((name) => {
        const button = el(
          "button.button.primary",
          { type: "button", onclick: () => this.requests.act(name, button) },
          name,
        );
        return button;
      }),
    );
  }

  /** What an empty channel says: what this is, and what to try. */
  welcome() {
    const host = $("welcome");
    const tries = this.state.examples.map((line) =>
      el("button.try", { type: "button", onclick: () => this.composer.write(line) }, line),
    );
    host.hidden = (this.history.get(this.channel.id) ?? []).length > 0;
    const ready = this.commands.length > 0;
    host.replaceChildren(
      el("span.welcome-icon", {}, icon(iconOf(this.channel))),
      el(
        "h3",
        {},
        this.channel.type === 1
          ? `This is your conversation with ${this.channel.name}`
          : `Welcome to #${this.channel.name}`,
      ),
      ready
        ? el(
            "p",
            {},
            "Type ",
            el("kbd", {}, "/"),
            ` to see what ${nameOf(this.state.bot)} can do. Everything here is answered by the real bot.`,
          )
        : el("p", {}, `${nameOf(this.state.bot)} is starting; its commands appear here in a moment.`),
      ready && this.state.actions.length && this.state.note ? el("p", {}, this.state.note) : null,
      ready && tries.length ? el("div.tries", {}, el("span", {}, "Try"), tries) : null,
    );
  }

  sideOpen(open) {
    document.body.classList.toggle("side-open", open);
    $("drawer").setAttribute("aria-expanded", String(open));
    if (open) $("channels").querySelector("[aria-current]")?.focus();
  }

  // The keys

  lastLine() {
    return (this.history.get(this.channel.id) ?? []).findLast(
      (entry) => entry.line?.startsWith("/") && entry.by?.id === this.state.you.id,
    )?.line;
  }

  become(key) {
    keep("sessionStorage", "as", key);
    if (this.channel?.type === 1) this.channel = null; // the other person's direct messages are another channel
    this.link.connect(key);
  }

  start() {
    wireTheme($("theme"));
    walkChannels($("channels"), (way) => this.step(way));
    $("drawer").append(icon("menu"));
    $("drawer").setAttribute("aria-label", "Channels");
    $("drawer").addEventListener("click", () => this.sideOpen(!document.body.classList.contains("side-open")));
    $("veil").addEventListener("click", () => this.sideOpen(false));
    $("keys").append(icon("keys"));
    $("keys").setAttribute("aria-label", "Keyboard");
    $("keys").title = "Keyboard (Ctrl + /)";
    $("keys").addEventListener("click", showKeys);
    document.addEventListener("keydown", (event) => this.key(event));
    setInterval(refreshTimes, 20_000);
    this.link.connect(kept("sessionStorage", "as") ?? "");
    this.composer.focus();
  }

  key(event) {
    const typing = event.target.closest?.("input, textarea, dialog, .menu");
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.ctrlKey && event.key === "/") {
      event.preventDefault();
      showKeys();
    } else if (event.key === "Escape" && !event.target.closest?.("dialog, .menu")) {
      this.sideOpen(false);
      this.composer.focus();
    } else if (event.key === "/" && !typing && !event.ctrlKey) {
      event.preventDefault();
      if (!this.composer.line) this.composer.write("/");
      else this.composer.focus();
    }
  }
}

new App().start();

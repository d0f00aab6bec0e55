// One message as a list row.

import { components, shownPaths } from "./component.js";
import { avatar, el, icon, local, nameOf } from "./dom.js";
import { embed } from "./embed.js";
import { inline } from "./inline.js";
import { markdown } from "./markdown.js";
import { attachments } from "./picture.js";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const V2 = 1 << 15;
const TOGETHER = 7 * 60 * 1000; // messages of one author within seven minutes share a heading

/** Whether only one person sees a message: nobody can reply to it. */
export function isPrivate(message) {
  return Boolean(message.flags & EPHEMERAL);
}

/** Whether `entry` may stand under `before`'s heading. */
export function continues(before, entry) {
  return (
    Boolean(before) &&
    !entry.line &&
    !entry.message.referenced_message &&
    before.message.author.id === entry.message.author.id &&
    isPrivate(before.message) === isPrivate(entry.message) &&
    new Date(entry.message.timestamp) - new Date(before.message.timestamp) < TOGETHER
  );
}

/** entry: {message, by, line}. `follows`: it stands under the heading of the message before. */
export function messageRow(entry, app, follows) {
  const { message } = entry;
  const secret = isPrivate(message);
  const when = new Date(message.timestamp);
  const row = el(
    "li.message",
    { id: `message-${message.id}`, tabindex: "-1", dataset: { id: message.id } },
    entry.line ? used(entry, app) : message.referenced_message ? answers(message.referenced_message, app) : null,
    follows ? el("time.gutter", { datetime: when.toISOString() }, clock(when)) : avatar(message.author),
    el(
      "div.body",
      {},
      follows
        ? null
        : el(
            "div.byline",
            {},
            el("strong.name", { dataset: { bot: String(Boolean(message.author.bot)) } }, nameOf(message.author)),
            message.author.bot ? el("span.badge", { title: "An app, not a person" }, "APP") : null,
            el(
              "time",
              {
                datetime: when.toISOString(),
                title: when.toLocaleString("en-GB", { dateStyle: "full", timeStyle: "medium" }),
              },
              stamp(when),
            ),
          ),
      el("div.content", {}, content(message, app, entry.edited)),
      el("p.failed", { role: "alert", hidden: true }),
      secret
        ? el(
            "p.secret",
            {},
            icon("eye"),
            "Only you can see this · ",
            el("button.text-button", { type: "button", onclick: () => app.requests.dismiss(message) }, "Dismiss message"),
          )
        : null,
    ),
    el(
      "div.tools",
      {},
      secret
        ? null
        : el(
            "button.icon-button",
            { type: "button", "aria-label": "Reply", title: "Reply", onclick: () => app.composer.reply(message) },
            icon("turn"),
          ),
      el(
        "button.icon-button",
        {
          type: "button",
          "aria-haspopup": "menu",
          "aria-label": "More: apps for this message",
          title: "More",
          onclick: (event) => app.requests.menu(entry, event.currentTarget),
        },
        icon("dots"),
      ),
    ),
  );
  row.classList.toggle("private", secret);
  row.classList.toggle("follows", follows);
  return row;
}

function used(entry, app) {
  const short = entry.line.replace(/ [^ :]+:.*$/s, "");
  return el(
    "div.used",
    {},
    avatar(entry.by, ".small"),
    el("span.name", {}, nameOf(entry.by)),
    " used ",
    entry.line.startsWith("/")
      ? el(
          "button.mention.command",
          {
            type: "button",
            title: `${entry.line} · press to use it again`,
            onclick: () => app.composer.write(entry.line),
          },
          short,
        )
      : el("span.mention.command", {}, entry.line),
  );
}

function answers(earlier, app) {
  return el(
    "div.used",
    {},
    avatar(earlier.author, ".small"),
    el("span.name", {}, nameOf(earlier.author)),
    el(
      "button.said",
      { type: "button", title: "Go to that message", onclick: () => app.messages.visit(earlier.id) },
      inline(earlier.content.split("\n")[0], app.who)
        .map((node) => node.textContent ?? node)
        .join("") || "a picture or a card",
    ),
  );
}

function content(message, app, edit) {
  if (message.flags & LOADING) {
    return el(
      "p.thinking",
      {},
      el("span.dots", { "aria-hidden": "true" }, el("i"), el("i"), el("i")),
      `${nameOf(message.author)} is thinking…`,
    );
  }
  const sizes = new Map((message.attachments ?? []).map((file) => [local(file.url), file]));
  const edited = edit
    ? el("span.edited", { title: new Date(message.edited_timestamp).toLocaleString("en-GB") }, "(edited)")
    : null;
  if (message.flags & V2) return [...components(message.components, message, app, sizes), edited];
  const said = new Map([...sizes].map(([path, file]) => [path, file.description]));
  const text = message.content ? el("div.text", {}, markdown(message.content, app.who)) : null;
  if (text && edited) place(text, edited);
  return [
    text,
    ...attachments(message, shownPaths(message)), // Discord puts them above the embeds
    ...(message.embeds ?? []).map((data) => embed(data, app.who, said)),
    ...components(message.components, message, app, sizes),
    text ? null : edited,
  ];
}

function place(text, edited) {
  const last = text.lastElementChild;
  (last?.matches(".para, small") ? last : text).append(" ", edited);
}

function clock(when) {
  return when.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function stamp(when) {
  return new Date().toDateString() === when.toDateString()
    ? `Today at ${clock(when)}`
    : `${when.toLocaleDateString("en-GB")} ${clock(when)}`;
}

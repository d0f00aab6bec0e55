// "@asylum-bot" as people type it, and the mark that Discord sends in its place.

import { nameOf } from "./dom.js";

/** Everybody and every role that can be mentioned: [{name, mark, detail}] */
export function mentionable({ bot, people, roles }) {
  return [
    ...(bot ? [{ name: nameOf(bot), mark: `<@${bot.id}>`, detail: "App" }] : []),
    ...people.map((person) => ({ name: person.name, mark: `<@${person.id}>`, detail: "Person" })),
    ...roles
      .filter((role) => !role.name.startsWith("@"))
      .map((role) => ({ name: role.name, mark: `<@&${role.id}>`, detail: "Role" })),
  ];
}

/** The half-typed mention at the end of a text ("ask @asy"), without its @; null when there is none. */
export function begunMention(text) {
  return /(?:^|\s)@([\p{L}\p{N}_-]*)$/u.exec(text)?.[1] ?? null;
}

/** The text as it is sent. */
export function encode(text, state) {
  const longestFirst = mentionable(state).sort((a, b) => b.name.length - a.name.length);
  return longestFirst.reduce((out, { name, mark }) => {
    const literal = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return out.replace(
      new RegExp(`(^|[^\\p{L}\\p{N}<@])@${literal}(?![\\p{L}\\p{N}_-])`, "giu"),
      (_, before) => before + mark,
    );
  }, text);
}

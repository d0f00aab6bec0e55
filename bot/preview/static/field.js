// One option of a command: what may be typed, what is suggested, and what is sent.

import { takes } from "./commands.js";

const PAUSE = 80; // milliseconds of quiet before the bot is asked for suggestions
const FEW = 8;

export class Field {
  /** ask(text, signal) → the bot's suggestions [{name, value}]; `state` names people, roles and channels. */
  constructor(option, state, ask) {
    Object.assign(this, { option, state, ask, text: "", chosen: null, timer: null, flight: null });
  }

  get closed() {
    return Boolean(this.option.choices?.length) || [5, 6, 7, 8, 9].includes(this.option.type);
  }

  /** Fixed choices, or null where anything may be typed. */
  choices() {
    const { people, roles, channels } = this.state;
    const persons = people.map((person) => ({ name: `@${person.name}`, value: person.id }));
    const all = roles.map((role) => ({
      name: role.name.startsWith("@") ? role.name : `@${role.name}`,
      value: role.id,
    }));
    switch (this.option.type) {
      case 5:
        return [
          { name: "True", value: true },
          { name: "False", value: false },
        ];
      case 6:
        return persons;
      case 7:
        return channels
          .filter(
            (c) => c.type !== 1 && (!this.option.channel_types?.length || this.option.channel_types.includes(c.type)),
          )
          .map((c) => ({ name: `#${c.name}`, value: c.id }));
      case 8:
        return all;
      case 9:
        return [...persons, ...all];
      default:
        return this.option.choices?.length ? this.option.choices : null;
    }
  }

  type(text) {
    this.text = text;
    this.chosen = null;
  }

  choose(choice) {
    this.chosen = { name: choice.name, value: choice.value };
    this.text = choice.name;
  }

  /** Suggestions for what is typed so far: told to `then`, at once or when the bot has answered. */
  suggest(then, late) {
    this.stop();
    const fixed = this.choices();
    const typed = this.chosen ? "" : this.text.trim().toLowerCase();
    if (fixed) {
      then(fixed.filter((choice) => choice.name.toLowerCase().includes(typed)));
    } else if (this.option.autocomplete) {
      late();
      const flight = new AbortController();
      this.flight = flight;
      this.timer = setTimeout(async () => {
        try {
          const found = await this.ask(this.text, flight.signal);
          if (!flight.signal.aborted) then(found);
        } catch (error) {
          if (!flight.signal.aborted) then([], error.message);
        }
      }, PAUSE);
    } else {
      then([]);
    }
  }

  /** Drop suggestions that are on their way: they answer an older text. */
  stop() {
    clearTimeout(this.timer);
    this.flight?.abort();
  }

  /** {name, value} to send, null when empty; an Error says what the option takes. */
  read() {
    if (this.chosen) return this.chosen;
    const text = this.text.trim();
    if (!text) return null;
    const { name, min_value: min, max_value: max, min_length: shortest = 0, max_length: longest = 6000 } = this.option;
    const fixed = this.choices();
    if (fixed) {
      const hit = fixed.find((choice) => choice.name.toLowerCase() === text.toLowerCase());
      if (hit) return { name: hit.name, value: hit.value };
      const some = fixed
        .slice(0, FEW)
        .map((choice) => choice.name)
        .join(", ");
      throw new Error(`“${name}” takes one of: ${some}${fixed.length > FEW ? ", …" : ""}.`);
    }
    if (this.option.type === 4 || this.option.type === 10) {
      const number = Number(text.replace(",", "."));
      const fits = Number.isFinite(number) && (this.option.type === 10 || Number.isInteger(number));
      if (!fits || number < (min ?? -Infinity) || number > (max ?? Infinity))
        throw new Error(`“${name}” takes ${takes(this.option)}.`);
      return { name: text, value: number };
    }
    if (text.length < shortest || text.length > longest)
      throw new Error(`“${name}” takes ${shortest} to ${longest} characters.`);
    return { name: text, value: text };
  }
}

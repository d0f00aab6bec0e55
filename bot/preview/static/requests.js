// What the person does. Each request answers with a sentence when it did not work, and with null when it did.

import { messageCommands } from "./commands.js";
import { openMenu } from "./menu.js";
import { isPrivate } from "./message.js";
import { openModal } from "./modal.js";
import { toast } from "./toast.js";

export class PageRequests {
  constructor(app) {
    this.app = app;
  }

  async post(path, body) {
    try {
      return [await this.app.link.post(path, { channel: this.app.channel.id, ...body }), null];
    } catch (error) {
      return [null, error.message];
    }
  }

  async command(body) {
    const [reply, trouble] = await this.post("command", body);
    if (reply?.modal) this.form(reply);
    return trouble;
  }

  /** `reply`: the message answered, if one is. */
  async say(text, reply) {
    return (await this.post("say", reply ? { text, reply: reply.id } : { text }))[1];
  }

  async suggest(leaf, option, text, options, signal) {
    const body = { channel: this.app.channel.id, path: leaf.path, option: option.name, text, options };
    return (await this.app.link.post("suggest", body, signal)).choices;
  }

  async press(message, custom, values) {
    const [reply, trouble] = await this.post("press", {
      channel: message.channel_id,
      message: message.id,
      custom,
      values,
    });
    const note = this.app.messages.row(message.id)?.querySelector(".failed");
    if (note) {
      note.textContent = trouble ?? "";
      note.hidden = !trouble;
    }
    if (trouble && this.app.messages.pinned) this.app.messages.bottom();
    if (reply?.modal) this.form(reply);
  }

  form({ modal, interaction }) {
    openModal(modal, this.app, async (values) => {
      const [reply, trouble] = await this.post("submit", { interaction, values });
      if (reply?.modal) queueMicrotask(() => this.form(reply));
      return trouble;
    });
  }

  async dismiss(message) {
    const [, trouble] = await this.post("dismiss", { channel: message.channel_id, message: message.id });
    if (trouble) toast(trouble, { bad: true });
  }

  async act(name, button) {
    button.setAttribute("aria-busy", "true");
    const [reply, trouble] = await this.post("action", { name });
    button.removeAttribute("aria-busy");
    toast(trouble ?? reply.said, { bad: Boolean(trouble) });
  }

  menu(entry, anchor, at) {
    const apps = messageCommands(this.app.commands).map((command) => ({
      group: "Apps",
      icon: "app",
      label: command.name,
      run: async () => {
        const [reply, trouble] = await this.post("menu", { message: entry.message.id, command: command.name });
        if (trouble) toast(trouble, { bad: true });
        if (reply?.modal) this.form(reply);
      },
    }));
    const text = entry.message.content || entry.message.embeds?.[0]?.description || "";
    const copy =
      text && navigator.clipboard
        ? [
            {
              group: "Message",
              icon: "copy",
              label: "Copy text",
              run: async () => {
                await navigator.clipboard.writeText(text);
                toast("Copied.");
              },
            },
          ]
        : [];
    const answer = { group: "Message", icon: "turn", label: "Reply", run: () => this.app.composer.reply(entry.message) };
    openMenu(anchor, [...apps, ...(isPrivate(entry.message) ? [] : [answer]), ...copy], at);
  }
}

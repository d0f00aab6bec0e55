// A form that the bot opens: text inputs, select menus, radio groups, checkboxes.

import { el, nameOf } from "./dom.js";
import { markdown } from "./markdown.js";
import { selectMenu } from "./select.js";

/** modal: {title, custom_id, components}. submit(values) sends {custom_id: text | [text] | boolean}. */
export function openModal(modal, app, submit) {
  const opener = document.activeElement;
  const fields = [];
  const body = modal.components.map((item) => part(item, {}, fields, app));
  const trouble = el("p.failed", { role: "alert", hidden: true });
  const say = (sentence) => {
    trouble.textContent = sentence;
    trouble.hidden = false;
  };
  const form = el(
    "form",
    {
      onsubmit: async (event) => {
        event.preventDefault();
        const empty = fields.find((one) => one.required && !filled(one.read()));
        if (empty) {
          say(`“${empty.label}” is needed.`);
          empty.focus();
          return;
        }
        const failed = await submit(Object.fromEntries(fields.map((one) => [one.id, one.read()])));
        if (failed) say(failed);
        else dialog.close();
      },
    },
    el("h2", {}, modal.title),
    el("p.modal-app", {}, `This form was opened by ${nameOf(app.state.bot)}.`),
    body,
    trouble,
    el(
      "div.modal-foot",
      {},
      el("button.button.secondary", { type: "button", onclick: () => dialog.close() }, "Cancel"),
      el("button.button.primary", { type: "submit" }, "Submit"),
    ),
  );
  const dialog = el(
    "dialog.modal",
    {
      "aria-label": modal.title,
      onclose: () => {
        dialog.remove();
        (opener?.isConnected ? opener : document.getElementById("words")).focus();
      },
    },
    form,
  );
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("input, textarea, [role=combobox]")?.focus();
}

function filled(value) {
  return Array.isArray(value) ? value.length > 0 : value !== "" && value !== null;
}

function part(item, label, fields, app) {
  switch (item.type) {
    case 1:
      return item.components.map((inner) => part(inner, {}, fields, app));
    case 10:
      return el("div.text", {}, markdown(item.content, app.who));
    case 18:
      return part(item.component, { label: item.label, description: item.description }, fields, app);
    default:
      return field(item, label, fields, app);
  }
}

function field(item, { label = item.label ?? item.placeholder ?? "", description }, fields, app) {
  const needed = item.required !== false && item.type !== 23;
  const [node, read] = control(item, label, app);
  fields.push({
    id: item.custom_id,
    label,
    required: needed,
    read,
    focus: () => node.querySelector("input, textarea, [role=combobox]")?.focus(),
  });
  return el(
    "div.modal-field",
    {},
    el("div.modal-label", {}, label, needed ? el("span.needed", { title: "required" }, " *") : null),
    description ? el("p.modal-description", {}, description) : null,
    node,
  );
}

function control(item, label, app) {
  switch (item.type) {
    case 4: {
      const long = item.style === 2;
      const input = el(long ? "textarea" : "input", {
        "aria-label": label,
        placeholder: item.placeholder,
        maxlength: item.max_length,
        minlength: item.min_length,
        rows: long ? "4" : null,
        type: long ? null : "text",
      });
      input.value = item.value ?? "";
      return [el("div", {}, input), () => input.value];
    }
    case 3:
    case 5:
    case 6:
    case 7:
    case 8: {
      const preset = [
        ...(item.options ?? []).filter((option) => option.default).map((option) => option.value),
        ...(item.default_values ?? []).map((value) => value.id),
      ];
      let values = preset;
      const menu = selectMenu({ ...item, min_values: item.required === false ? 0 : (item.min_values ?? 1) }, app, {
        label,
        onpick: (chosen) => {
          values = chosen;
        },
      });
      return [menu, () => values];
    }
    case 21: {
      const group = ticks("radio", item, label);
      return [group, () => group.querySelector("input:checked")?.value ?? null];
    }
    case 22: {
      const group = ticks("checkbox", item, label);
      return [group, () => [...group.querySelectorAll("input:checked")].map((input) => input.value)];
    }
    case 23: {
      const input = el("input", { type: "checkbox", checked: Boolean(item.default), "aria-label": label });
      return [el("div", {}, input), () => input.checked];
    }
    default:
      return [el("p.away", {}, `A field of type ${item.type} cannot be filled in here.`), () => null];
  }
}

function ticks(type, item, label) {
  return el(
    "fieldset.ticks",
    { "aria-label": label },
    item.options.map((option) =>
      el(
        "label",
        {},
        el("input", { type, name: item.custom_id, value: option.value, checked: Boolean(option.default) }),
        el("span", {}, option.label, option.description ? el("small", {}, option.description) : null),
      ),
    ),
  );
}

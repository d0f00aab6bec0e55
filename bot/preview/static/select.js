// Select menus: of strings, people, roles and channels; for one value or several.

import { el, icon } from "./dom.js";
import { Listbox } from "./listbox.js";

/** item: a select component. onpick(values, node) once the choice is made. */
export function selectMenu(item, app, { onpick, label = item.placeholder ?? "Make a selection" }) {
  const rows = optionsOf(item, app);
  const max = item.max_values ?? 1;
  const min = item.min_values ?? 1;
  let chosen = rows.filter((row) => row.default).map((row) => row.value);
  let before = chosen.join("\n");
  const face = el("span.select-face");
  const popup = el("div.popup.select-popup");
  const list = new Listbox(popup, label);
  const control = el(
    "button.select",
    {
      type: "button",
      role: "combobox",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "aria-label": label,
      disabled: Boolean(item.disabled),
      dataset: { custom: item.custom_id ?? "" },
    },
    face,
    icon("chevron"),
  );
  const box = el("div.select-box", {}, control, popup);

  const paint = () => {
    const names = rows.filter((row) => chosen.includes(row.value)).map((row) => row.label);
    face.textContent = names.join(", ") || item.placeholder || "Make a selection";
    face.classList.toggle("placeholder", names.length === 0);
    control.setAttribute("aria-label", `${label}: ${face.textContent}`);
  };
  const show = (active) => {
    offer(active);
    popup.classList.remove("above");
    const room = (control.closest(".scroller, form") ?? document.body).getBoundingClientRect();
    popup.classList.toggle(
      "above",
      popup.getBoundingClientRect().bottom > room.bottom &&
        control.getBoundingClientRect().top - popup.offsetHeight > room.top,
    );
    popup.scrollIntoView({ block: "nearest" });
    list.activate(active);
  };
  const offer = (active) =>
    list.show(
      control,
      rows.map((row) => ({ ...row, checked: chosen.includes(row.value) })),
      {
        active,
        multi: max > 1,
        note: rows.length
          ? max > 1
            ? `Choose ${min} to ${Math.min(max, rows.length)}, then press Escape.`
            : null
          : "There is nothing to choose.",
        onpick: (row, index) => {
          if (max === 1) chosen = min === 0 && chosen.includes(row.value) ? [] : [row.value];
          else if (chosen.includes(row.value)) chosen = chosen.filter((value) => value !== row.value);
          else if (chosen.length < max) chosen = [...chosen, row.value];
          paint();
          if (max === 1) close();
          else show(index);
        },
      },
    );
  const close = () => {
    if (!list.open) return;
    list.hide();
    if (chosen.join("\n") === before && max > 1) return;
    if (chosen.length < min) {
      chosen = before ? before.split("\n") : [];
      paint();
      return;
    }
    before = chosen.join("\n");
    onpick(chosen, control);
  };
  const first = () =>
    Math.max(
      0,
      rows.findIndex((row) => chosen.includes(row.value)),
    );

  control.addEventListener("click", () => (list.open ? close() : show(first())));
  control.addEventListener("blur", close);
  control.addEventListener("keydown", (event) => {
    if (list.key(event)) return;
    if (!list.open) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        show(first());
      }
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      list.pick();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key.length === 1) {
      const hit = rows.findIndex((row) => row.label.toLowerCase().startsWith(event.key.toLowerCase()));
      if (hit >= 0) list.activate(hit);
    }
  });
  paint();
  return box;
}

function optionsOf(item, app) {
  const defaults = new Set((item.default_values ?? []).map((value) => value.id));
  const entry = (id, label, detail) => ({ value: id, label, detail, default: defaults.has(id) });
  const { people, roles, channels } = app.state;
  const persons = people.map((person) => entry(person.id, person.name, "Person"));
  const everyone = roles.map((role) => entry(role.id, role.name, "Role"));
  switch (item.type) {
    case 5:
      return persons;
    case 6:
      return everyone;
    case 7:
      return [...persons, ...everyone];
    case 8:
      return channels
        .filter(
          (channel) => channel.type !== 1 && (!item.channel_types?.length || item.channel_types.includes(channel.type)),
        )
        .map((channel) => entry(channel.id, `#${channel.name}`));
    default:
      return item.options.map((option) => ({
        value: option.value,
        label: [option.emoji?.name, option.label].filter(Boolean).join(" "),
        detail: option.description,
        default: option.default,
      }));
  }
}

// Message components, old rows and Components V2 alike.

import { el, icon, local } from "./dom.js";
import { markdown } from "./markdown.js";
import { fileCard, gallery, picture } from "./picture.js";
import { selectMenu } from "./select.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link", 6: "premium" };

/** Nodes for a list of components. `sizes` maps a picture's path to {width, height, filename, size}. */
export function components(list, message, app, sizes) {
  return (list ?? []).map((item) => one(item, message, app, sizes));
}

function one(item, message, app, sizes) {
  const inner = (list) => components(list, message, app, sizes);
  switch (item.type) {
    case 1:
      return el("div.row", {}, inner(item.components));
    case 2:
      return button(item, message, app);
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return selectMenu(item, app, { onpick: (values, node) => press(node, message, item, app, values) });
    case 9:
      return el(
        "div.section",
        {},
        el("div.section-texts", {}, inner(item.components)),
        el("div.section-accessory", {}, item.accessory ? inner([item.accessory]) : null),
      );
    case 10:
      return el("div.text", {}, markdown(item.content, app.who));
    case 11:
      return picture({ ...item.media, description: item.description, spoiler: item.spoiler }, { small: true });
    case 12:
      return gallery(item.items, sizes);
    case 13:
      return fileCard({
        filename: item.name ?? item.file.url.split("/").at(-1),
        size: item.size,
        ...sizes.get(local(item.file.url)),
        url: item.file.url,
      });
    case 14:
      return el(item.divider === false ? "div.gap" : "hr.divider", { dataset: { spacing: String(item.spacing ?? 1) } });
    case 17:
      return container(item, inner);
    default:
      return el("p.away", {}, `A component of type ${item.type} is not shown in the preview.`);
  }
}

function container(item, inner) {
  const box = el("section.container", {}, inner(item.components));
  if (item.accent_color !== null && item.accent_color !== undefined) {
    box.classList.add("barred");
    box.style.setProperty("--bar", `#${item.accent_color.toString(16).padStart(6, "0")}`);
  }
  return box;
}

function button(item, message, app) {
  const style = STYLES[item.style] ?? "secondary";
  const face = [item.emoji?.id ? null : item.emoji?.name, item.label]
    .filter(Boolean)
    .map((part) => el("span", {}, part));
  if (style === "link") {
    const safe = /^(https?|discord):\/\//.test(item.url ?? "") && !item.disabled;
    return el(
      "a.button.secondary",
      { href: safe ? item.url : null, target: "_blank", rel: "noopener noreferrer", title: item.url },
      face,
      icon("link"),
    );
  }
  const node = el(
    `button.button.${style}`,
    {
      type: "button",
      disabled: Boolean(item.disabled),
      dataset: { custom: item.custom_id ?? "" },
      "aria-label": item.label ? null : (item.emoji?.name ?? "Button"),
      onclick: () => press(node, message, item, app),
    },
    face,
  );
  return node;
}

async function press(node, message, item, app, values) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  try {
    await app.requests.press(message, item.custom_id, values);
  } finally {
    node.removeAttribute("aria-busy");
  }
}

/** Paths of all pictures and files that components or embeds show, so that they are not listed again. */
export function shownPaths(message) {
  const found = new Set();
  const visit = (node) => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (node && typeof node === "object") {
      if (typeof node.url === "string" && local(node.url)) found.add(local(node.url));
      Object.values(node).forEach(visit);
    }
  };
  visit(message.components);
  visit(message.embeds);
  return found;
}

// Embeds: colour bar, author, title, description, fields, picture, footer.

import { el, local } from "./dom.js";
import { inline } from "./inline.js";
import { markdown } from "./markdown.js";
import { picture } from "./picture.js";

/** `descriptions` maps a picture's path to the alt text of the attachment behind it. */
export function embed(data, who, descriptions) {
  const box = el(
    "article.embed",
    { "aria-label": "Embed" },
    data.thumbnail
      ? el(
          "div.embed-thumbnail",
          {},
          picture(data.thumbnail, { small: true, alt: altOf(data.thumbnail, descriptions) }),
        )
      : null,
    data.author?.name ? el("div.embed-author", {}, linked(data.author.url, data.author.name)) : null,
    data.title ? el("h3.embed-title", {}, linked(data.url, inline(data.title, who))) : null,
    data.description ? el("div.embed-text", {}, markdown(data.description, who)) : null,
    data.fields?.length ? el("div.embed-fields", {}, fields(data.fields, who)) : null,
    // Discord drops alt text inside embeds; the attachment's serves this page's readers, without a badge.
    data.image ? picture(data.image, { badge: false, alt: altOf(data.image, descriptions) }) : null,
    foot(data),
  );
  if (data.color) box.style.setProperty("--bar", `#${data.color.toString(16).padStart(6, "0")}`);
  return box;
}

function altOf(media, descriptions) {
  return media.description ?? descriptions.get(local(media.url));
}

function linked(url, children) {
  return /^https?:\/\//.test(url ?? "")
    ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, children)
    : children;
}

function fields(list, who) {
  const out = [];
  for (let i = 0; i < list.length;) {
    let row = 1;
    if (list[i].inline) while (row < 3 && list[i + row]?.inline) row += 1;
    for (const field of list.slice(i, i + row)) {
      out.push(
        el(
          "div.embed-field",
          { dataset: { span: String(12 / row) } },
          el("div.embed-field-name", {}, inline(field.name, who)),
          el("div.embed-field-value", {}, markdown(field.value, who)),
        ),
      );
    }
    i += row;
  }
  return out;
}

function foot(data) {
  const when = data.timestamp ? new Date(data.timestamp) : null;
  const text = data.footer?.text;
  if (!text && !when) return null;
  return el(
    "footer.embed-foot",
    {},
    text ?? "",
    text && when ? " · " : "",
    when
      ? el(
          "time",
          { datetime: when.toISOString() },
          when.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" }),
        )
      : null,
  );
}

// Pictures with their alt text, galleries, file cards, and the enlarged view.

import { el, icon, local, size } from "./dom.js";

/** media: {url, width?, height?, description?, spoiler?}. `alt` badge only where Discord itself would keep the text. */
export function picture(media, { badge = true, alt = media.description, small = false } = {}) {
  const path = local(media.url);
  if (!path) return away(media.url);
  const text = alt || "Picture without a description";
  const img = el("img", {
    src: path,
    alt: text,
    loading: "lazy",
    decoding: "async",
    width: media.width ?? null,
    height: media.height ?? null,
  });
  const open = el(
    "button.picture-open",
    { type: "button", "aria-label": `Enlarge: ${text}`, onclick: () => enlarge(path, alt, open) },
    img,
  );
  if (small) return el("span.picture.small", {}, open);
  const said = el("figcaption.alt-text", { hidden: true }, alt ?? "");
  const toggle =
    badge && media.description
      ? el(
          "button.alt-badge",
          {
            type: "button",
            "aria-expanded": "false",
            title: "Show the picture's description",
            onclick: () => {
              said.hidden = !said.hidden;
              toggle.setAttribute("aria-expanded", String(!said.hidden));
            },
          },
          "ALT",
        )
      : null;
  const figure = el("figure.picture", {}, el("span.picture-frame", {}, open, toggle), said);
  if (media.spoiler) cover(figure);
  return figure;
}

function away(url) {
  return el(
    "p.away",
    {},
    icon("image"),
    "A picture from another site is not loaded here: ",
    el("span", {}, String(url)),
  );
}

function cover(figure) {
  figure.classList.add("covered");
  const lift = el(
    "button.cover",
    {
      type: "button",
      onclick: () => {
        figure.classList.remove("covered");
        lift.remove();
      },
    },
    "Spoiler",
  );
  figure.querySelector(".picture-frame").append(lift);
}

/** items: [{media: {url, …}, description, spoiler}] */
export function gallery(items, sizes = new Map()) {
  const shown = items.map((item) =>
    picture({
      ...sizes.get(local(item.media.url)),
      ...item.media,
      description: item.description,
      spoiler: item.spoiler,
    }),
  );
  return el("div.gallery", { dataset: { count: String(Math.min(items.length, 4)) } }, shown);
}

/** file: {url, filename, size} */
export function fileCard(file) {
  const path = local(file.url);
  return el(
    "div.file-card",
    {},
    icon("file"),
    el(
      "div",
      {},
      path
        ? el("a.file-name", { href: path, download: file.filename }, file.filename)
        : el("span.file-name", {}, file.filename),
      file.size === undefined ? null : el("small", {}, size(file.size)),
    ),
    path
      ? el(
          "a.icon-button",
          { href: path, download: file.filename, "aria-label": `Download ${file.filename}`, title: "Download" },
          icon("down"),
        )
      : null,
  );
}

/** Attachments of a message, without those that an embed or a component already shows. */
export function attachments(message, shown) {
  const rest = (message.attachments ?? []).filter((file) => !shown.has(local(file.url)));
  const pictures = rest.filter((file) => file.content_type?.startsWith("image/"));
  const files = rest.filter((file) => !pictures.includes(file));
  return [
    ...(pictures.length ? [gallery(pictures.map((file) => ({ media: file, description: file.description })))] : []),
    ...files.map(fileCard),
  ];
}

function enlarge(path, alt, opener) {
  const close = () => dialog.close();
  const dialog = el(
    "dialog.lightbox",
    {
      "aria-label": "Enlarged picture",
      onclick: (e) => e.target === dialog && close(),
      onclose: () => {
        dialog.remove();
        opener.focus();
      },
    },
    el(
      "button.icon-button.close",
      { type: "button", "aria-label": "Close", title: "Close (Escape)", onclick: close },
      icon("close"),
    ),
    el("img", { src: path, alt: alt || "Picture without a description" }),
    alt ? el("p", {}, alt) : null,
  );
  document.body.append(dialog);
  dialog.showModal();
}

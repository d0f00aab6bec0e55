// Making elements. Text only ever becomes text nodes, so nothing a message says can become markup.

const SVG = "http://www.w3.org/2000/svg";

/** el("button.primary", {type: "button", onclick: fn}, "Text", node, [more], null) */
export function el(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (key === "dataset") Object.assign(node.dataset, value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const PATHS = {
  hash: "M9 4 7 20M17 4l-2 16M4.5 9H20M4 15h15.5",
  news: "M4 10v4h3l7 4V6l-7 4H4Zm13.5-1.5a5 5 0 0 1 0 7",
  at: "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Zm0 0v1.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-4 7.5",
  menu: "M4 7h16M4 12h16M4 17h16",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8Zm0-5v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1 1M17.4 17.4l1 1M18.4 5.6l-1 1M6.6 17.4l-1 1",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
  keys: "M3 7h18v11H3zM6.5 10.5h.01M10 10.5h.01M14 10.5h.01M17.5 10.5h.01M8 14.5h8",
  send: "M4 12 20 4l-5 16-3.5-6.5L4 12Zm7.5 1.5L20 4",
  dots: "M5 12h.01M12 12h.01M19 12h.01",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  down: "M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14",
  chevron: "m7 10 5 5 5-5",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Zm9.5-3a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z",
  close: "M6 6l12 12M18 6 6 18",
  link: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  turn: "M20 20v-5a4 4 0 0 0-4-4H5m4-4-4 4 4 4",
  app: "M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h5v5h-5z",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  image: "M4 5h16v14H4zM4 16l4.5-4.5L13 16l2.5-2.5L20 18M15 9.5h.01",
  check: "m5 12.5 4.5 4.5L19 7.5",
  jump: "M12 5v14m-6-6 6 6 6-6",
};

/** A line icon, hidden from screen readers: the control around it carries the label. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** The round picture beside a name: the bot's mark, or a person's initial. */
export function avatar(user, kind = "") {
  if (user.bot) return el(`img.avatar${kind}`, { src: "/static/icon.svg", alt: "" });
  return el(
    `span.avatar${kind}`,
    { "aria-hidden": "true", dataset: { tint: String(Number(BigInt(user.id) % 5n)) } },
    initial(user),
  );
}

export function nameOf(user) {
  return user.global_name || user.username;
}

function initial(user) {
  return [...nameOf(user)][0]?.toUpperCase() ?? "?";
}

/** Bytes as people read them: 812 B, 3.4 KB, 1.2 MB. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(bytes < 1e4 ? 1 : 0)} KB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Where on this machine a picture or file of the preview lies, or null for an address elsewhere. */
export function local(url) {
  if (typeof url !== "string") return null;
  const parsed = URL.canParse(url, location.origin) ? new URL(url, location.origin) : null;
  return parsed && parsed.pathname.startsWith("/cdn/") ? parsed.pathname : null;
}

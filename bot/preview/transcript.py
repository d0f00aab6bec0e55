"""A message of Discord as plain text, for a terminal and for those who read one by ear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from bot.preview.double import Payload
from bot.preview.double.messages import EPHEMERAL, LOADING, ComponentType

NOBODY: Mapping[str, str] = MappingProxyType({})

_SHOWN_OPTIONS = 5
_THOUSAND = 1000
_FENCE = re.compile(r"```(?:[\w+-]*\n)?(.*?)```", re.DOTALL)
_INLINE = re.compile(r"(`+)(.+?)\1")
_TIME = re.compile(r"<t:(-?\d+)(?::[tTdDfFR])?>")
_MARKS = (
    (re.compile(r"^(?:#{1,3}|-#)[ \t]+", re.MULTILINE), ""),
    (re.compile(r"\[([^\]\n]+)\]\(<?(https?://[^\s)>]+)>?\)"), r"\1 (\2)"),
    (re.compile(r"<a?(:\w+:)\d+>"), r"\1"),
    (re.compile(r"<(/[^:>\n]+):\d+>"), r"\1"),
    (re.compile(r"<(https?://[^\s>]+)>"), r"\1"),
    (re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1", re.DOTALL), r"\2"),
    (re.compile(r"(?<!\w)(_{1,2})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL), r"\2"),
    (re.compile(r"(~~|\|\|)(?=\S)(.+?)(?<=\S)\1", re.DOTALL), r"\2"),
)
_MENTION = re.compile(r"<(?:@[!&]?|#)(\d+)>")
_ESCAPED = re.compile(r"\\([^a-zA-Z0-9\s])")


def transcript(message: Payload, names: Mapping[str, str] = NOBODY) -> str:
    """The whole message: who sees it, its text, embeds, pictures by their alt text, files and buttons.

    `names` tells what those it mentions are called: id → "#alerts", "@data-desk".
    """
    pictures = _Attachments(message)
    blocks = [plain(message["content"]), *(_embed(e, pictures) for e in message["embeds"])]
    rows = [c for c in message["components"] if c["type"] == ComponentType.ROW]
    blocks += [_component(c, pictures) for c in message["components"] if c["type"] != ComponentType.ROW]
    blocks += [pictures.rest(), "\n".join(_component(c, pictures) for c in rows)]
    if message["flags"] & LOADING:
        blocks.append("(thinking …)")
    if message["flags"] & EPHEMERAL:
        blocks.insert(0, "(only you see this)")
    return _MENTION.sub(lambda m: names.get(m[1], m[0]), _joined(blocks, "\n\n"))


def plain(text: str) -> str:
    """Markdown without its marks. Code stays as it was written, also the tables set in it."""
    kept: list[str] = []

    def keep(code: str) -> str:
        kept.append(code)
        return f"\0{len(kept) - 1}\0"

    text = text.replace("\0", "")
    text = _FENCE.sub(lambda m: keep(m[1].strip("\n")), text)
    text = _INLINE.sub(lambda m: keep(m[2].strip() or m[2]), text)
    text = _ESCAPED.sub(lambda m: keep(m[1]), text)
    text = _TIME.sub(lambda m: _day(int(m[1])), text)
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    while "\0" in text:  # what is kept may hold what was kept before it
        text = re.sub(r"\0(\d+)\0", lambda m: kept[int(m[1])], text)
    return text


def _day(timestamp: int) -> str:
    try:
        return f"{datetime.fromtimestamp(timestamp, UTC):%d %b %Y, %H:%M} UTC"
    except (OverflowError, OSError, ValueError):
        return "an unknown day"


class _Attachments:
    """A message's attachments, each of which is shown once: where the message refers to it, or at the end."""

    def __init__(self, message: Payload) -> None:
        self._by_url = {a["url"]: a for a in message["attachments"]}
        self._left = dict(self._by_url)

    def picture(self, media: Payload, alt: str | None) -> str:
        """A picture by what it shows."""
        attachment = self._take(media)
        told = alt or attachment.get("description") or attachment["filename"]
        return f"[picture: {told}]"

    def file(self, media: Payload) -> str:
        """A file by its name and size."""
        attachment = self._take(media)
        size = f", {_size(attachment['size'])}" if "size" in attachment else ""
        return f"[file: {attachment['filename']}{size}]"

    def rest(self) -> str:
        """What nothing referred to."""
        lines = []
        for url, attachment in tuple(self._left.items()):
            shown = attachment.get("content_type", "").startswith("image/")
            lines.append(self.picture({"url": url}, None) if shown else self.file({"url": url}))
        return "\n".join(lines)

    def _take(self, media: Payload) -> Payload:
        url = media["url"]
        self._left.pop(url, None)
        return self._by_url.get(url) or {"filename": unquote(urlsplit(url).path.rpartition("/")[2]) or url}


def _size(count: int) -> str:
    if count < _THOUSAND:
        return f"{count} bytes"
    if count < _THOUSAND**2:
        return f"{count / _THOUSAND:.0f} kB"
    return f"{count / _THOUSAND**2:.1f} MB"


def _embed(embed: Payload, pictures: _Attachments) -> str:
    head = [plain((embed.get("author") or {}).get("name") or ""), plain(embed.get("title") or "")]
    body = [plain(embed.get("description") or "")]
    body.append(_joined((_field(field) for field in embed.get("fields") or ()), "\n"))
    body += [pictures.picture(embed[key], None) for key in ("thumbnail", "image") if embed.get(key)]
    body.append((embed.get("footer") or {}).get("text") or "")
    return _joined([_joined(head, "\n"), *body], "\n\n")


def _field(field: Payload) -> str:
    name, value = plain(field["name"]).strip(), plain(field["value"]).strip()
    return f"{name}:\n{value}" if "\n" in value else f"{name}: {value}"


def _component(component: Payload, pictures: _Attachments) -> str:
    match component["type"]:
        case ComponentType.TEXT:
            return plain(component["content"])
        case ComponentType.ROW:
            return " ".join(map(_control, component["components"]))
        case ComponentType.SECTION:
            return _joined(_section(component, pictures), "\n")
        case ComponentType.THUMBNAIL:
            return pictures.picture(component["media"], component.get("description"))
        case ComponentType.GALLERY:
            items = component["items"]
            return "\n".join(pictures.picture(i["media"], i.get("description")) for i in items)
        case ComponentType.FILE:
            return pictures.file(component["file"])
        case ComponentType.CONTAINER:
            return _joined((_component(c, pictures) for c in component["components"]), "\n\n")
        case _:
            return ""


def _section(section: Payload, pictures: _Attachments) -> Iterator[str]:
    for text in section["components"]:
        yield _component(text, pictures)
    accessory = section["accessory"]
    yield (
        _control(accessory) if accessory["type"] == ComponentType.BUTTON else _component(accessory, pictures)
    )


def _control(control: Payload) -> str:
    """A button or a select."""
    off = ", off" if control.get("disabled") else ""
    if control["type"] == ComponentType.BUTTON:
        label = control.get("label") or (control.get("emoji") or {}).get("name") or "button"
        target = f": {control['url']}" if control.get("url") else ""
        return f"[{label}{target}{off}]"
    options = control.get("options") or []
    chosen = [o["label"] for o in options if o.get("default")]
    offered = chosen or [o["label"] for o in options[:_SHOWN_OPTIONS]]
    if not chosen and len(options) > _SHOWN_OPTIONS:
        offered.append(f"… {len(options)} in all")
    label = control.get("placeholder") or "choose"
    return f"[{label} ▾{' ' if offered else ''}{', '.join(offered)}{off}]"


def _joined(blocks: Iterable[str], between: str) -> str:
    return between.join(block for block in (b.strip("\n") for b in blocks) if block.strip())

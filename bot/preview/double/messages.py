"""Messages and their components, composed from what a bot or a person sends."""

from __future__ import annotations

import copy
import itertools
import mimetypes
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeAlias

from bot.preview.double.payloads import Payload, stamp

EPHEMERAL, LOADING, CROSSPOSTED = 1 << 6, 1 << 7, 1 << 0

_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """One file of a multipart request."""

    filename: str
    data: bytes
    content_type: str


Upload: TypeAlias = Callable[[UploadedFile], Payload]
"""Keeps a file and answers with its attachment payload."""


def content_type(part: UploadedFile) -> str:
    """The media type of a file: a PNG by its first bytes, anything else by its name."""
    if part.data.startswith(_PNG):
        return "image/png"
    return mimetypes.guess_type(part.filename)[0] or part.content_type


def attachment(part: UploadedFile, aid: str, url: str) -> Payload:
    """The payload of an uploaded file; pictures have their size in pixels."""
    out: Payload = {
        "id": aid,
        "filename": part.filename,
        "size": len(part.data),
        "url": url,
        "proxy_url": url,
        "content_type": content_type(part),
    }
    if part.data.startswith(_PNG):
        out["width"], out["height"] = struct.unpack(">II", part.data[16:24])
    return out


def blank(mid: str, channel_id: str, author: Payload) -> Payload:
    """A message of which nothing is known but who wrote it, and where."""
    return {
        "id": mid,
        "channel_id": channel_id,
        "author": author,
        "type": 0,
        "content": "",
        "timestamp": stamp(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "flags": 0,
    }


def compose(
    base: Payload, body: Payload, files: Mapping[str, UploadedFile], upload: Upload, *, edit: bool
) -> Payload:
    """The message `base` with what `body` and its files say; `edit` when it existed before.

    Keys that an edit does not name stay as they were; a deferred answer that is edited is no longer loading.
    """
    out = {**base, "attachments": _attachments(base, body, files, upload, edit=edit)}
    urls = {a["filename"]: a["url"] for a in out["attachments"]}
    if body.get("flags") is not None:
        out["flags"] = body["flags"]
    if edit:
        out["flags"] &= ~LOADING
        out["edited_timestamp"] = stamp()
    if "content" in body:
        out["content"] = body["content"] or ""
    if "embeds" in body:
        out["embeds"] = [{"type": "rich", **link(e, urls)} for e in body["embeds"] or ()]
    if "components" in body:
        linked = link(body["components"] or [], urls)
        out["components"] = complete(number(linked))
    return out


def _attachments(
    base: Payload, body: Payload, files: Mapping[str, UploadedFile], upload: Upload, *, edit: bool
) -> list[Payload]:
    kept = {a["id"]: a for a in base["attachments"]}
    out = list(kept.values()) if edit and "attachments" not in body else []
    for entry in body.get("attachments") or ():
        part = files.get(f"files[{entry['id']}]")
        if part is not None:
            described = {"description": entry["description"]} if entry.get("description") else {}
            out.append({**upload(part), **described})
        elif str(entry["id"]) in kept:
            out.append(kept[str(entry["id"])])
    return out


def mentioned(message: Payload, allowed: Any, users: list[Payload], roles: list[Payload]) -> Payload:
    """The mention keys of a message: whom its text names and `allowed_mentions` lets it ping.

    `allowed` is the request's `allowed_mentions`, or None for Discord's default, which is everybody.
    """
    text = f"{message['content']}\n{text_of(message['components'])}"
    named_users, named_roles = re.findall(r"<@!?(\d+)>", text), re.findall(r"<@&(\d+)>", text)
    rule = {"parse": ["everyone", "users", "roles"]} if allowed is None else allowed
    parse = rule.get("parse") or ()

    def may(kind: str, uid: str) -> bool:
        return kind in parse or uid in map(str, rule.get(kind) or ())

    return {
        "mentions": [u for u in users if u["id"] in named_users and may("users", u["id"])],
        "mention_roles": [r["id"] for r in roles if r["id"] in named_roles and may("roles", r["id"])],
        "mention_everyone": "everyone" in parse and re.search(r"@(everyone|here)\b", text) is not None,
    }


V2_FLAG = 1 << 15


class ComponentType(IntEnum):
    """Discord's types of components that a message may have."""

    ROW = 1
    BUTTON = 2
    SELECT = 3
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17


V2_KINDS = frozenset(
    {
        ComponentType.SECTION,
        ComponentType.TEXT,
        ComponentType.THUMBNAIL,
        ComponentType.GALLERY,
        ComponentType.FILE,
        ComponentType.SEPARATOR,
        ComponentType.CONTAINER,
    }
)


def children(component: Payload) -> list[Payload]:
    """The components directly inside one, in the order in which Discord numbers them."""
    single = [component[key] for key in ("accessory", "component") if component.get(key)]
    return [*(component.get("components") or ()), *single]


def walk(components: list[Payload] | None) -> Iterator[Payload]:
    """Every component, however deeply nested, parents first."""
    for component in components or ():
        if isinstance(component, dict):
            yield component
            yield from walk(children(component))


def number(components: list[Payload] | None) -> list[Payload]:
    """A copy in which those that came without an `id` have the number Discord gives them."""
    out = copy.deepcopy(components or [])
    for position, component in zip(itertools.count(1), walk(out), strict=False):
        component.setdefault("id", position)
    return out


def link(node: Any, urls: dict[str, str]) -> Any:
    """A copy in which `attachment://name` is the address of that upload, and empty keys are gone."""
    if isinstance(node, list):
        return [link(item, urls) for item in node]
    if not isinstance(node, dict):
        return node
    out = {key: link(value, urls) for key, value in node.items() if value is not None}
    url = out.get("url")
    if isinstance(url, str) and url.startswith("attachment://") and url[13:] in urls:
        out |= {"url": urls[url[13:]], "proxy_url": urls[url[13:]]}
    return out


def complete(components: list[Payload]) -> list[Payload]:
    """Give media the keys that Discord adds to them."""
    for component in walk(components):
        for holder in (component, *(component.get("items") or ())):
            for key in ("media", "file"):
                if isinstance(holder.get(key), dict):
                    holder[key] = {"id": "0", "proxy_url": holder[key]["url"], **holder[key]}
    return components


def text_of(components: list[Payload] | None) -> str:
    """What all text displays say together."""
    return "\n".join(c.get("content", "") for c in walk(components) if c["type"] == ComponentType.TEXT)

"""Documented limits of messages that Discord's OpenAPI document does not state, and two of our own.

Ours ("policy") are that every picture has alt text and that every message says whom it may mention.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from bot.preview.double.checks import Violation
from bot.preview.double.components import V2_FLAG, V2_KINDS, Kind, walk
from bot.preview.double.messages import Part
from bot.preview.double.payloads import Payload

MIB = 1024 * 1024
MOST_IN_A_REQUEST = 25 * MIB
MOST_COMPONENTS, MOST_CONTENT, MOST_EMBED_TEXT, MOST_DISPLAYED_TEXT = 40, 2000, 6000, 4000

_INVALID, _EMPTY, _TOO_LARGE = (400, 50035), (400, 50006), (413, 40005)
_PICTURE = re.compile(r"\.(png|jpe?g|webp|gif)$")
_BODIES = ("content", "embeds", "components", "sticker_ids", "poll")


def message(
    body: Payload,
    files: Mapping[str, Part],
    where: str,
    *,
    edit: bool = False,
    stored: tuple[str, ...] = (),
    policy: bool = True,
    size_limit: int = 10 * MIB,
) -> Iterator[Violation]:
    """What is wrong with a message as sent. `stored` names the files that an edited message already has."""
    yield from _text(body, where)
    yield from _components(body, where)
    yield from _files(body, files, where, size_limit)
    if not edit and not files and not any(body.get(key) for key in _BODIES):
        yield Violation(where, "empty message", *_EMPTY)
    names = {part.filename for part in files.values()} | set(stored)
    shown = json.dumps([body.get("embeds"), body.get("components")], ensure_ascii=False)
    for name in re.findall(r'"attachment://([^"]+)"', shown):
        if name not in names:
            yield Violation(where, f"attachment://{name} is not uploaded")
    if policy:
        yield from _policy(body, files, where, edit=edit)


def _text(body: Payload, where: str) -> Iterator[Violation]:
    if len(body.get("content") or "") > MOST_CONTENT:
        yield Violation(where, f"content over {MOST_CONTENT} characters", *_INVALID)
    if sum(map(embed_length, body.get("embeds") or ())) > MOST_EMBED_TEXT:
        yield Violation(where, f"embeds over {MOST_EMBED_TEXT} characters in all", *_INVALID)
    displayed = [c for c in walk(body.get("components")) if c["type"] == Kind.TEXT]
    if sum(len(c.get("content", "")) for c in displayed) > MOST_DISPLAYED_TEXT:
        yield Violation(where, f"text displays over {MOST_DISPLAYED_TEXT} characters in all", *_INVALID)


def embed_length(embed: Payload) -> int:
    """How many of the 6,000 characters an embed takes."""
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    texts += [field[key] for field in embed.get("fields") or () for key in ("name", "value")]
    return sum(len((text or "").strip()) for text in texts)


def _components(body: Payload, where: str) -> Iterator[Violation]:
    found = list(walk(body.get("components")))
    v2 = bool((body.get("flags") or 0) & V2_FLAG)
    if any(c["type"] in V2_KINDS for c in found) and not v2:
        yield Violation(where, "Components V2 without the IS_COMPONENTS_V2 flag", *_INVALID)
    if v2 and any(body.get(key) for key in ("content", "embeds", "sticker_ids", "poll")):
        yield Violation(where, "IS_COMPONENTS_V2 forbids content, embeds, stickers and polls", *_INVALID)
    if len(found) > MOST_COMPONENTS:
        yield Violation(where, f"{len(found)} components, {MOST_COMPONENTS} allowed", *_INVALID)
    buttons = [c for c in found if c["type"] == Kind.BUTTON]
    if any(not any(b.get(key) for key in ("custom_id", "url", "sku_id")) for b in buttons):
        yield Violation(where, "a button needs a custom_id, a url or a sku_id", *_INVALID)
    ids = [c["custom_id"] for c in found if c.get("custom_id")]
    if len(ids) != len(set(ids)):
        yield Violation(where, "custom_id used twice", *_INVALID)


def _files(body: Payload, files: Mapping[str, Part], where: str, size_limit: int) -> Iterator[Violation]:
    listed = {str(entry.get("id")) for entry in body.get("attachments") or ()}
    for name, part in files.items():
        index = re.fullmatch(r"files\[(\d+)\]", name)
        if index is None:
            yield Violation(where, f"file part {name!r} is not files[n]")
        elif index[1] not in listed:
            yield Violation(where, f"{name} has no entry in attachments")
        if len(part.data) > size_limit:
            yield Violation(where, f"{part.filename} is over the attachment size limit", *_TOO_LARGE)
    if sum(len(part.data) for part in files.values()) > MOST_IN_A_REQUEST:
        yield Violation(where, f"request over {MOST_IN_A_REQUEST // MIB} MiB", *_TOO_LARGE)


def _policy(body: Payload, files: Mapping[str, Part], where: str, *, edit: bool) -> Iterator[Violation]:
    described = {
        f"files[{entry.get('id')}]" for entry in body.get("attachments") or () if entry.get("description")
    }
    for name, part in files.items():
        if _PICTURE.search(part.filename) and name not in described:
            yield Violation(where, f"image {part.filename} has no alt text (policy)")
    if not edit and "allowed_mentions" not in body:
        yield Violation(where, "no allowed_mentions (policy)")

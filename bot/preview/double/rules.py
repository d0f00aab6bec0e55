"""Documented limits that Discord's OpenAPI document does not state, and two of our own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from bot.preview.double.messages import V2_FLAG, V2_KINDS, ComponentType, UploadedFile, walk
from bot.preview.double.payloads import Payload

MIB = 1024 * 1024
MAX_IN_A_REQUEST = 25 * MIB
MAX_COMPONENTS, MAX_CONTENT, MAX_EMBED_TEXT, MAX_DISPLAYED_TEXT = 40, 2000, 6000, 4000

_INVALID, _EMPTY, _TOO_LARGE = (400, 50035), (400, 50006), (413, 40005)
_PICTURE = re.compile(r"\.(png|jpe?g|webp|gif)$")
_BODIES = ("content", "embeds", "components", "sticker_ids", "poll")


def message(
    body: Payload,
    files: Mapping[str, UploadedFile],
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
    if len(body.get("content") or "") > MAX_CONTENT:
        yield Violation(where, f"content over {MAX_CONTENT} characters", *_INVALID)
    if sum(map(embed_length, body.get("embeds") or ())) > MAX_EMBED_TEXT:
        yield Violation(where, f"embeds over {MAX_EMBED_TEXT} characters in all", *_INVALID)
    displayed = [c for c in walk(body.get("components")) if c["type"] == ComponentType.TEXT]
    if sum(len(c.get("content", "")) for c in displayed) > MAX_DISPLAYED_TEXT:
        yield Violation(where, f"text displays over {MAX_DISPLAYED_TEXT} characters in all", *_INVALID)


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
    if len(found) > MAX_COMPONENTS:
        yield Violation(where, f"{len(found)} components, {MAX_COMPONENTS} allowed", *_INVALID)
    buttons = [c for c in found if c["type"] == ComponentType.BUTTON]
    if any(not any(b.get(key) for key in ("custom_id", "url", "sku_id")) for b in buttons):
        yield Violation(where, "a button needs a custom_id, a url or a sku_id", *_INVALID)
    ids = [c["custom_id"] for c in found if c.get("custom_id")]
    if len(ids) != len(set(ids)):
        yield Violation(where, "custom_id used twice", *_INVALID)


def _files(
    body: Payload, files: Mapping[str, UploadedFile], where: str, size_limit: int
) -> Iterator[Violation]:
    listed = {str(entry.get("id")) for entry in body.get("attachments") or ()}
    for name, part in files.items():
        index = re.fullmatch(r"files\[(\d+)\]", name)
        if index is None:
            yield Violation(where, f"file part {name!r} is not files[n]")
        elif index[1] not in listed:
            yield Violation(where, f"{name} has no entry in attachments")
        if len(part.data) > size_limit:
            yield Violation(where, f"{part.filename} is over the attachment size limit", *_TOO_LARGE)
    if sum(len(part.data) for part in files.values()) > MAX_IN_A_REQUEST:
        yield Violation(where, f"request over {MAX_IN_A_REQUEST // MIB} MiB", *_TOO_LARGE)


def _policy(
    body: Payload, files: Mapping[str, UploadedFile], where: str, *, edit: bool
) -> Iterator[Violation]:
    described = {
        f"files[{entry.get('id')}]" for entry in body.get("attachments") or () if entry.get("description")
    }
    for name, part in files.items():
        if _PICTURE.search(part.filename) and name not in described:
            yield Violation(where, f"image {part.filename} has no alt text (policy)")
    if not edit and "allowed_mentions" not in body:
        yield Violation(where, "no allowed_mentions (policy)")


@dataclass(frozen=True, slots=True)
class Violation:
    """One breach of Discord's specification or of its documented rules.

    `status` and `code` are Discord's HTTP status and JSON error code for it; a `status` of 0 means that
    Discord lets it pass and only we object.
    """

    where: str
    message: str
    status: int = 0
    code: int = 0

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


RequestCheck: TypeAlias = Callable[[str, str, Any, Mapping[str, str]], list[Violation]]
"""Judges a request: method, path below the API's base, JSON body (or None), query."""

ResponseCheck: TypeAlias = Callable[[str, str, int, Any], list[Violation]]
"""Judges a reply: method and path of the request, status, JSON body (or None)."""


CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP = 1, 2
MAX_OF_A_KIND = {CHAT_INPUT: 100, USER_MENU: 15, MESSAGE_MENU: 15}
MAX_CHARACTERS = 8000

_LOCALES = """
id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN
ja zh-TW ko ar he
"""
LOCALES = frozenset(_LOCALES.split())
_NAME = re.compile(r"^[-_'\w]{1,32}$")


def commands(registered: list[Payload], where: str) -> Iterator[Violation]:
    """What is wrong with a set of commands as registered."""
    for kind, most in MAX_OF_A_KIND.items():
        if sum((c.get("type") or CHAT_INPUT) == kind for c in registered) > most:
            yield Violation(where, f"over {most} commands of type {kind}", 400, 30032)
    for command in registered:
        if (command.get("type") or CHAT_INPUT) == CHAT_INPUT:
            yield from _command(command, f"{where}[{command['name']}]")


def _command(command: Payload, where: str) -> Iterator[Violation]:
    taken = characters(command)
    if taken > MAX_CHARACTERS:
        yield Violation(where, f"{taken} characters, {MAX_CHARACTERS} allowed", 400, 50035)
    yield from _node(command, where)


def characters(node: Payload) -> int:
    """Names, descriptions and values of a command and all in it; the longest translation counts."""

    def longest(key: str) -> int:
        translations = node.get(f"{key}_localizations") or {}
        return max(len(text) for text in (str(node.get(key) or ""), *translations.values()))

    own = longest("name") + longest("description")
    own += len(node["value"]) if isinstance(node.get("value"), str) else 0
    return own + sum(characters(x) for key in ("options", "choices") for x in node.get(key) or ())


def _node(node: Payload, where: str) -> Iterator[Violation]:
    for name in (node["name"], *(node.get("name_localizations") or {}).values()):
        if not _NAME.match(name) or name != name.lower():
            yield Violation(where, f"name {name!r} is not allowed", 400, 50035)
    for key in ("name_localizations", "description_localizations"):
        if odd := set(node.get(key) or {}) - LOCALES:
            yield Violation(where, f"unknown locales {sorted(odd)}", 400, 50035)
    options = node.get("options") or []
    if len({o["name"] for o in options}) != len(options):
        yield Violation(where, "two options of one name", 400, 50035)
    plain = [o for o in options if o["type"] not in (SUBCOMMAND, GROUP)]
    if any(later.get("required") and not earlier.get("required") for earlier, later in pairwise(plain)):
        yield Violation(where, "a required option after an optional one", 400, 50035)
    for option in options:
        if option.get("choices") and option.get("autocomplete"):
            yield Violation(where, "choices and autocomplete together", 400, 50035)
        yield from _node(option, f"{where}/{option['name']}")

"""Components of a message or modal: walked, numbered, and their media made links."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator
from enum import IntEnum
from typing import Any

from bot.preview.double.payloads import Payload

V2_FLAG = 1 << 15


class Kind(IntEnum):
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
    {Kind.SECTION, Kind.TEXT, Kind.THUMBNAIL, Kind.GALLERY, Kind.FILE, Kind.SEPARATOR, Kind.CONTAINER}
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
    return "\n".join(c.get("content", "") for c in walk(components) if c["type"] == Kind.TEXT)

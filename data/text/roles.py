"""Which side of a claim a country seems to be on, by the words around its name."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from data.findings import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.text.words import Word

SKIPPED = frozenset({"the", "all", "both", "just", "only", "mainland", "neighbouring", "neighboring"})
FROM = frozenset(
    {
        "from", "fleeing", "fled", "flee", "left", "leave", "leaving", "escaping", "escaped", "exiting",
        "nationals", "national", "nationality", "citizens", "citizen", "citizenship", "natives", "born",
        "fm",
    }
)  # fmt: skip
"""Words before the country that people come from."""

INTO = frozenset(
    {
        "in", "into", "to", "within", "inside", "at", "across", "reached", "reaching", "reach", "entered",
        "entering", "enter", "towards", "did", "does", "do", "has", "have", "can", "will", "would",
        "should", "hosts", "onto",
    }
)  # fmt: skip
"""Words before the country where they ask for asylum: “in Germany”, “did Germany reject”."""

PEOPLE = frozenset(
    {
        "nationals", "national", "citizens", "citizen", "people", "persons", "refugees", "migrants",
        "applicants", "claimants", "seekers", "asylees", "men", "women", "families", "children", "origin",
        "passport", "dissidents", "exiles", "emigrants", "minors", "students", "escapees", "defectors",
        "arrivals",
    }
)  # fmt: skip
"""Words after a country or nationality that make it an origin."""

HOSTING = frozenset(
    {
        "accept", "accepts", "accepted", "accepting", "grant", "grants", "granted", "granting", "reject",
        "rejects", "rejected", "rejecting", "receive", "receives", "received", "receiving", "host", "hosts",
        "hosted", "hosting", "recognise", "recognised", "recognize", "recognized", "recognises",
        "recognizes", "refuse", "refuses", "refused", "refusing", "deny", "denies", "denied", "denying",
        "approve", "approves", "approved", "approving", "take", "takes", "took", "taking", "process",
        "processes", "processed", "processing", "decide", "decides", "decided", "get", "gets", "got",
        "give", "gives", "gave", "handle", "handles", "handled", "protect", "protects", "protected",
        "registered", "turn", "turns", "turned", "let", "lets", "admit", "admits", "admitted",
    }
)  # fmt: skip
"""Words after a country that decides on claims: “Germany rejected”."""

INSTITUTIONS = frozenset(
    {
        "authorities", "government", "courts", "court", "officials", "judges", "border", "borders", "soil",
        "system", "office", "agency", "ministry", "statistics", "tribunal", "tribunals", "policy", "law",
        "ports", "shores",
    }
)  # fmt: skip
"""Words after a country or nationality that make it the one that decides: “Canadian courts”."""

CLAIMS = frozenset(
    {
        "asylum", "refugee", "recognition", "protection", "backlog", "decisions", "claims", "applications",
        "pending", "rejection", "rejections", "acceptance", "figures", "stats", "numbers", "rate", "rates",
        "success", "first", "total", "recognitions", "data", "caseload", "outcomes",
    }
)  # fmt: skip
"""Words after a nationality that leave its side open: “German asylum claims”."""

LISTING = frozenset({"and", "or", "vs", "versus", "plus", "than", "with", "against", "compared"})
AGAIN = frozenset({"from", "in", "to", "by", "more", "fewer", "less", "those", "for"})
"""Words that may come again before each country of a list."""

COMPARING = frozenset({"than", "than in", "than to", "than from", "vs", "versus", "against"})
"""Words before a country that another is compared with."""

_BETWEEN = 3


def hint(
    text: str, words: Sequence[Word], spans: Sequence[tuple[int, int]], people: Sequence[bool]
) -> list[tuple[Role | None, bool]]:
    """Return the role of each place, given the words it is made of, and whether it continues a list.

    What is listed after a place that has a role has it too: “from Iran, Iraq and Syria”.
    """
    roles = [_look_around(words, span, of_people=each) for span, each in zip(spans, people, strict=True)]
    listed = [False, *(_are_listed(text, words, one, other) for one, other in pairwise(spans))]
    for place in range(1, len(spans)):
        before = place - 1 if listed[place] else _compared_with(words, spans, people, place)
        if before is not None and people[before] == people[place]:
            listed[place] = True
            roles[place] = roles[place] or roles[before]
    return list(zip(roles, listed, strict=False))


def _look_around(words: Sequence[Word], span: tuple[int, int], *, of_people: bool) -> Role | None:
    first, after = span
    next_door = after < len(words) and words[after].start - words[after - 1].end <= 1
    following = words[after].key if next_door else ""
    before = [word.key for word in words[max(first - 4, 0) : first] if word.key not in SKIPPED]
    previous, earlier = (["", "", *before])[-1], (["", "", *before])[-2]
    asylum_seekers = following == "asylum" and after + 1 < len(words) and words[after + 1].key in PEOPLE
    if following in PEOPLE or asylum_seekers or previous in FROM:
        return Role.ORIGIN
    if previous == "of" and earlier in FROM | PEOPLE | {"out"}:
        return Role.ORIGIN
    if following in INSTITUTIONS:
        return Role.ASYLUM
    if of_people:
        return None if following in CLAIMS and not _is_plural(words[after - 1].key) else Role.ORIGIN
    return Role.ASYLUM if previous in INTO or previous == "by" or following in HOSTING else None


def _compared_with(
    words: Sequence[Word], spans: Sequence[tuple[int, int]], people: Sequence[bool], place: int
) -> int | None:
    """Return the place that this one is set beside: “Did Canada get more claims than the US?”."""
    before = [
        word.key for word in words[max(spans[place][0] - 3, 0) : spans[place][0]] if word.key not in SKIPPED
    ]
    if not before or not ({before[-1]} | {" ".join(before[-2:])}) & COMPARING:
        return None
    alike = [other for other in range(place) if people[other] == people[place]]
    return alike[-1] if alike else None


def _is_plural(key: str) -> bool:
    return key.endswith("s") and not key.endswith(("ss", "ois"))


def _are_listed(text: str, words: Sequence[Word], one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether the two stand in a list: “Iran, Iraq”, “in Germany and in France”, “or more Afghans”."""
    between = {word.key for word in words[one[1] : other[0]]}
    if not between:
        gap = text[words[one[1] - 1].end : words[other[0]].start]
        return "," in gap or "/" in gap
    return bool(between & LISTING) and between <= LISTING | SKIPPED | AGAIN and other[0] - one[1] <= _BETWEEN

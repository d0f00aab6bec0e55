"""Countries and nationalities in a running text, and which side of a claim each seems to be on."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from data.countries.groups import read_groups
from data.countries.letters import fold
from data.countries.names import Names
from data.countries.rows import read_rows
from data.model import Role
from data.reading.words import Mention, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from data.countries import Atlas
    from data.model import Area, Country
    from data.reading.words import Word


MAX_WORDS = 9
CODE = 3
SHORTEST_ABROAD = 4
SHORTEST_PART = 4
SHORTEST_MISSPELT, TWO_SLIPS = 5, 9
MAX_CORRECTED = 60
MAX_TOGETHER = 3
_FLAGS = range(0x1F1E6, 0x1F200)


@dataclass(frozen=True, slots=True)
class Naming:
    """A country or group as a text names it; several `countries` where the name is theirs alike.

    `people`: by a nationality. `role`: what the words around it say of its side, if they do.
    `listed`: it continues a list that began with the place before. `open`: it may as well be the other side.
    A country that UNHCR does not list (Taiwan) is named too; `Atlas.by_code` does not know it.
    """

    countries: tuple[Area, ...]
    people: bool
    role: Role | None = None
    listed: bool = False
    misspelt: bool = False
    open: bool = False


def find_places(
    text: str, atlas: Atlas, *, near: bool = True, groups: bool = False
) -> tuple[Mention[Naming], ...]:
    """Read the first 6,000 characters of a text.

    `near`: among its first 60 words, also take a long one for the name that it nearly is.
    `groups`: find groups of countries too.
    """
    words = split(text)
    shouted = not any(map(str.islower, text[:200]))
    found: list[Mention[Naming]] = []
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(words):
        near = near and place < MAX_CORRECTED
        count, naming = _read_at(text, words, place, atlas, shouted=shouted, near=near)
        if not count and _ELIDED.match(text, words[place].start):
            words = (*words[:place], _elide(words[place]), *words[place + 1 :])
            count, naming = _read_at(text, words, place, atlas, shouted=shouted, near=near)
        if not count and _GENITIVE.fullmatch(words[place].key) and _is_german(text):
            own = replace(words[place], key=words[place].key[:-1])  # “Frankreichs”
            alone = (*words[:place], own, *words[place + 1 :])
            count, naming = _read_at(text, alone, place, atlas, shouted=shouted, near=False)
        if naming is not None and _is_german(text) and words[place].key in _COUNTRIES_IN_GERMAN:
            naming = replace(naming, people=False)
        if groups and (group := _read_group(text, words, place))[0] >= max(count, 1):
            count, naming = group
        if naming is not None and naming.countries:
            found.append(Mention(words[place].start, words[place + count - 1].end, naming))
            spans.append((place, place + count))
        place += max(count, 1)
    hints = hint(text, words, spans, [mention.value.people for mention in found])
    return tuple(
        replace(mention, value=replace(mention.value, role=role, listed=listed))
        for mention, (role, listed) in zip(found, hints, strict=True)
    )


_ELIDED = re.compile(r"[dlDL]['’](?=[^\W\d_]{4}|UE\b)")


_GENITIVE = re.compile(r"[^\W\d_]{5,}s")
_COUNTRIES_IN_GERMAN = frozenset({"syrien", "bosnien"})
"""Names that are those of people in French."""


def _elide(word: Word) -> Word:
    """Leave out the article of “l’Allemagne”."""
    return replace(word, start=word.start + 2, key=word.key[1:])


def _read_at(
    text: str, words: Sequence[Word], place: int, atlas: Atlas, *, shouted: bool, near: bool
) -> tuple[int, Naming | None]:
    """Return how many words from `place` on name a country, and which; 0 and None where none do."""
    word = words[place]
    together = range(min(MAX_TOGETHER, len(words) - place), 1, -1) if word.key in _BEGIN_TOGETHER else ()
    for count in together:
        if " ".join(each.key for each in words[place : place + count]) in NO_COUNTRIES_TOGETHER:
            return count, None
    raw = text[word.start : word.end]
    if text[word.end : word.end + 1] == "$":  # “US$32 million”
        return 0, None
    if len(word.key) <= CODE and (short := _read_code(raw, words, place, atlas, shouted=shouted)):
        return 1, Naming(short, people=False)
    for names, meanings in ((atlas.lookup.english, list), (atlas.lookup.everywhere, atlas.lookup.codes_of)):
        count, key, codes = _reach(names, words, place)
        abroad = names is atlas.lookup.everywhere
        if not count or not _is_meant(text[word.start :], key, count, abroad=abroad):
            continue
        if count > 1 and word.key in INTO:  # “in Nepal” is a name in no language
            continue
        people = key in atlas.table.nationalities and not atlas.lookup.called.meaning(key)
        if people and _is_language(text, words, place, count):
            return count, None
        return count, Naming(_countries(atlas, meanings(codes)), people)
    acronym = raw.isupper() and not shouted
    if near and not acronym and (keys := _correct(word.key, atlas.lookup.english)):
        meant = [code for key in keys for code in atlas.lookup.english.meaning(key)]
        people = all(key in atlas.table.nationalities for key in keys)
        return 1, Naming(_countries(atlas, meant), people, misspelt=True)
    return 0, None


def _read_group(text: str, words: Sequence[Word], place: int) -> tuple[int, Naming | None]:
    """Return how many words from `place` on name a group of countries, and which."""
    count, key, codes = _reach(_name_groups(), words, place)
    raw = text[words[place].start : words[place + count - 1].end] if count else ""
    if not count or (len(key) <= CODE and key != "eu" and not raw.isupper()):
        return 0, None
    apart = place > 0 and len(codes) > 1 and words[place - 1].key in ("the", *INTO)  # “in the Caribbean”
    people = codes[0].startswith("+") and not apart
    return count, Naming((read_groups()[codes[0].removeprefix("+")],), people)


@cache
def _name_groups() -> Names:
    """Read what groups are called, and after “+” the code of those whose people are called so."""
    table = files(__package__).joinpath("group_names.csv").read_text(encoding="utf-8")
    more = csv.DictReader(table.splitlines())
    return Names.gather(
        [
            *(
                (fold(" ".join(word.key for word in split(name.replace("+", " plus ")))), row["code"])
                for row in read_rows("groups.csv")
                for name in (row["name"], row["text"], *row["aliases"].split("|"))
            ),
            *((fold(row["name"]), ("+" if row["people"] else "") + row["code"]) for row in more),
        ]
    )


def _countries(atlas: Atlas, codes: Iterable[str]) -> tuple[Country, ...]:
    known = atlas.lookup.known
    return tuple(known[code] for code in dict.fromkeys(codes) if code in known)


def _read_code(
    raw: str, words: Sequence[Word], place: int, atlas: Atlas, *, shouted: bool
) -> tuple[Country, ...]:
    """Read a short name or code; one that could be a word counts in capitals only, and in no shouted text."""
    key = words[place].key
    lookup = atlas.lookup
    if key in NO_CODES:
        return ()
    before = words[place - 1].key if place else ""
    capitals = raw.replace(".", "").isupper() and (not shouted or before in ("the", "in", "to", "from"))
    is_flag = not raw.isascii() and key.isascii() and raw.strip() == raw and ord(raw[0]) in _FLAGS
    named = [lookup.known[code] for code in lookup.english.meaning(key) if code in lookup.known]
    after = words[place + 1].key if place + 1 < len(words) else ""
    small = key in IN_SMALL_LETTERS or (key == "us" and _is_the_usa(before, after))
    if named and (capitals or small):
        return tuple(named)
    if is_flag or (capitals and not shouted and len(key) == CODE):
        code = lookup.isos.get(key.upper())
        return (lookup.known[code],) if code else ()
    return ()


def _is_the_usa(before: str, after: str) -> bool:
    """Say whether “us” in small letters is a country: “in us”, “us asylum backlog”, and not “tell us”."""
    if before in ("the", "in", "into", "vs", "versus"):
        return True
    return before not in SPEAKING_TO and after in ("asylum", "refugee", "refugees", "backlog", "resettlement")


def _reach(names: Names, words: Sequence[Word], place: int) -> tuple[int, str, list[str]]:
    """Return how many words from `place` on make the longest name, its key and the codes it means."""
    best: tuple[int, str, list[str]] = (0, "", [])
    key = ""
    for count, word in enumerate(words[place : place + MAX_WORDS], 1):
        if count > 1 and not word.runs_on:
            break
        key += word.key
        where = _find_beginning(names, key)
        if where is None:
            break
        if names.keys[where] == key and (count == 1 or _is_apart(names, where, words[place : place + count])):
            best = count, key, names.meanings[where].split()
    return best


@lru_cache(maxsize=8192)
def _find_beginning(names: Names, key: str) -> int | None:
    """Return the number of the first name that begins like this: most words of a text begin none."""
    where = bisect_left(names.keys, key)
    return where if where < len(names.keys) and names.keys[where].startswith(key) else None


def _is_apart(names: Names, where: int, words: Sequence[Word]) -> bool:
    """Say whether a name is written in these words: “to go” is not Togo, “I ran” is not Iran."""
    start = names.starts[where]
    written = names.text[start : names.text.index("\n", start)]
    return written == " ".join(word.key for word in words) or all(
        len(word.key) >= SHORTEST_PART for word in words
    )


def _is_meant(raw: str, key: str, count: int, *, abroad: bool) -> bool:
    """Say whether a text means the country by a name that is also a word, or might be one."""
    if count > 1 or not key.isascii():
        return True
    if abroad:
        return len(key) >= SHORTEST_ABROAD and key not in NOT_ABROAD
    return len(key) > CODE and key not in NO_COUNTRIES and (key not in IN_CAPITALS or raw[:1].isupper())


def _is_language(text: str, words: Sequence[Word], place: int, count: int) -> bool:
    """Say whether a nationality is a language: “in Chinese”, at the end of a sentence."""
    if not place or words[place - 1].key not in ("in", "speak", "speaks", "plain"):
        return False
    after = place + count
    return after == len(words) or any(
        mark in ".?!,;:" for mark in text[words[after - 1].end : words[after].start]
    )


@lru_cache(maxsize=1024)
def _correct(key: str, names: Names) -> list[str]:
    """Return the names that a long word nearly is: one slip away, from nine letters on two."""
    if len(key) < SHORTEST_MISSPELT or not key.isascii() or not key.isalpha() or key in NOT_MISSPELT:
        return []
    if names.meaning(key):  # a name that was not meant as one: “polish”, “unknown”
        return []
    slips = 2 if len(key) >= TWO_SLIPS else 1
    alike = process.extract(key, names.keys, scorer=OSA.distance, score_cutoff=slips, limit=None)
    near = [(distance, name) for name, distance, _ in alike if len(name) > CODE]
    fewest = min(near, default=(0, ""))[0]
    nearest = [name for distance, name in near if distance == fewest]
    return nearest if any(name[0] == key[0] for name in nearest) else []  # “gapan” is Gaza no more than Japan


SKIPPED = frozenset(
    {
        "her", "his", "its", "their", "other", "the", "all", "both", "just", "only", "mainland",
        "neighbouring", "neighboring", "der", "den", "dem", "la", "le", "les", "el", "los", "las",
    }
)  # fmt: skip
FROM = frozenset(
    {
        "from", "fleeing", "fled", "flee", "left", "leave", "leaving", "escaping", "escaped", "exiting",
        "nationals", "national", "nationality", "citizens", "citizen", "citizenship", "natives", "born",
        "fm", "aus", "uit", "dal", "dalla",
    }
)  # fmt: skip
"""Words before the country that people come from."""

CONFLICTS = frozenset(
    {
        "war", "civil", "conflict", "fighting", "violence", "invasion", "persecution", "unrest", "coup",
        "homes", "crisis", "guerre", "guerra", "krieg", "burgerkrieg", "conflit", "conflicto", "violences",
        "violencia", "crise", "krise", "oorlog", "konflikt", "gewalt",
    }
)  # fmt: skip
"""What people flee “in” a country that they come from."""

_STATES = frozenset(
    ["estado", "gobierno", "autoridades", "ministerio", "gouvernement", "autorites", "governo", "autorita"]
)
"""Words before a nationality, in other languages, that make it the one that decides."""

_OF_A_CONFLICT = frozenset({"in", "of", "on", "en", "au", "du", "de", "im", "nel", "na", "no"})

OF_PEOPLE = frozenset(
    {
        "solicitantes", "personas", "refugiados", "ciudadanos", "nacionales", "migrantes", "procedentes",
        "ressortissants", "originaires", "provenance", "demandeurs", "refugies", "personnes", "venant",
        "provenienti", "cittadini", "rifugiati", "richiedenti", "persone", "originarios", "originarias",
        "oriundos", "provenientes", "naturales", "migrants", "cidadaos", "pessoas", "requerentes", "los",
        "las", "ceux", "celles", "quelli", "solicitudes", "expedientes", "demandes", "domande", "pedidos",
        "peticiones", "originaire", "provenant", "issus", "exiles", "requerants", "ciudadanas",
        "refugiadas", "desplazados", "eran", "son", "fueron", "procedian", "proceden", "provienen",
        "provenian", "provenaient", "viennent", "venaient", "etaient", "provengono", "provenivano", "erano",
    }
)  # fmt: skip
"""Words before “de” and the country that people come from; also a number: “; de Perú 3.477”."""

INTO = frozenset(
    {
        "dans", "vers", "hacia", "in", "into", "to", "within", "inside", "at", "across", "reached",
        "reaching", "reach", "entered", "entering", "enter", "towards", "did", "does", "do", "has", "have",
        "can", "will", "would", "should", "hosts", "onto", "en", "em", "nach", "naar", "au", "aux", "im",
        "nel", "nella", "negli",
    }
)  # fmt: skip
"""Words before the country where they ask for asylum: “in Germany”, “did Germany reject”."""

PEOPLE = frozenset(
    {
        "nationals", "national", "citizens", "citizen", "people", "persons", "refugees", "migrants",
        "applicants", "claimants", "seekers", "asylees", "men", "women", "families", "children",
        "passport", "dissidents", "exiles", "emigrants", "minors", "students", "escapees", "defectors",
        "arrivals", "residents", "resident", "origin",
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
        "registered", "turn", "turns", "turned", "let", "lets", "admit", "admits", "admitted", "recorded",
        "logged", "recibio", "registro", "acogio", "acogia", "acoge", "reconocio", "alberga", "albergaba",
        "rechazo", "concedio", "accueille", "accueillait", "accueilli", "enregistre", "recu", "heberge",
        "hebergeait", "beherbergt", "beherbergte", "verzeichnete", "registrierte", "nahm", "erkannte",
        "lehnte", "recebeu", "reconheceu", "registrou", "abriga", "accoglie", "ospita", "ricevuto",
        "registrato", "telde", "ontving",
    }
)  # fmt: skip
"""Words after a country that decides on claims: “Germany rejected”."""

INSTITUTIONS = frozenset(
    {
        "authorities", "government", "courts", "court", "officials", "judges", "border", "borders", "soil",
        "system", "office", "agency", "ministry", "statistics", "tribunal", "tribunals", "policy", "law",
        "ports", "shores", "radio", "television", "tv", "media", "newspaper", "press", "broadcaster",
        "immigration", "migration",
    }
)  # fmt: skip
"""Words after a country or nationality that make it the one that decides: “Canadian courts”."""

INSTITUTIONS_BEFORE = frozenset(
    {
        "estado", "gobierno", "autoridades", "ministerio", "territorio", "cancilleria", "gouvernement",
        "etat", "autorites", "territoire", "ministere", "sistema", "systeme", "governo", "ministero", "stato",
    }
)  # fmt: skip
"""The same before an adjective: “el Estado peruano”."""

CLAIMS = frozenset(
    {
        "asylum", "refugee", "recognition", "protection", "backlog", "decisions", "claims", "applications",
        "pending", "rejection", "rejections", "acceptance", "figures", "stats", "numbers", "rate", "rates",
        "success", "first", "total", "recognitions", "data", "caseload", "outcomes",
    }
)  # fmt: skip
"""Words after a nationality that leave its side open: “German asylum claims”."""

LISTING = frozenset(
    {"and", "und", "et", "y", "or", "vs", "versus", "plus", "than", "with", "against", "compared"}
)
AGAIN = frozenset({"from", "in", "to", "by", "more", "fewer", "less", "those", "for"})
"""Words that may come again before each country of a list."""

COMPARING = frozenset(
    {
        "compared to", "compared with", "compare to", "compare with", "than", "than in", "than to",
        "than from", "than did", "than does", "than do", "than has", "than have", "than by", "than for",
        "exceed", "exceeds", "exceeded", "surpass", "surpassed", "outnumber", "outnumbered", "overtake",
        "overtook", "beat", "that of", "those of", "those in", "vs", "versus", "against",
    }
)  # fmt: skip
"""Words before a country that another is compared with."""

_MULTIPLES = frozenset({"double", "twice", "triple", "times", "half"})
_ALIKE = frozenset({"times", "twice", "half", "same", "well"})
"""Words before “as” and a country that another is set beside."""

_COMPARED = re.compile(
    r"\bcompar(?:e|ing) (?:(?!from\b)[^,.;?!]){2,60} (?:to|with)(?: the)?\s*$", re.IGNORECASE
)
"""What stands before a place that another, named before it, is compared with."""
MAX_COMPARED, MAX_MULTIPLE = 80, 8
"""So many letters may stand between “compared” and a place, and words between “as many” and the first one."""
MAX_WHOLE = 40
_WHOLE_OF = re.compile(r"\b(\w+) (?:the )?(?:whole|rest|entirety) of (?:the )?$", re.IGNORECASE)
"""What stands before a place that is named as a whole: “in the whole of the EU”."""
_FOLLOWED = re.compile(r"\b(?:suivi(?:e|s|es)?|seguid[oa]s?|devant|delante|detrás) [^.;]*$", re.IGNORECASE)
"""A list of those that come next, as in “suivi de l’Iran (857 400), du Liban (856 500)”."""
_BETWEEN = 3
_ENDING = re.compile(r"[.!?](?=\s)|\n")


def hint(
    text: str, words: Sequence[Word], spans: Sequence[tuple[int, int]], people: Sequence[bool]
) -> list[tuple[Role | None, bool]]:
    """Return the role of each place, given the words it is made of, and whether it continues a list.

    What is listed after a place that has a role has it too: “from Iran, Iraq and Syria”.
    """
    roles = [
        _look_around(text, words, span, of_people=each) for span, each in zip(spans, people, strict=True)
    ]
    listed = [False, *(_are_listed(text, words, one, other) for one, other in pairwise(spans))]
    for place in range(1, len(spans)):
        if not listed[place] or people[place - 1] != people[place]:
            before = _compared_with(words, spans, people, place)
        else:
            before = place - 1
        if before is not None:
            listed[place] = True
            roles[place] = roles[place] or roles[before]
    return list(zip(roles, listed, strict=False))


def _look_around(text: str, words: Sequence[Word], span: tuple[int, int], *, of_people: bool) -> Role | None:
    first, after = span
    next_door = after < len(words) and words[after].start - words[after - 1].end <= 1
    following = words[after].key if next_door else ""
    earlier, previous = _read_before(text, words, first)
    asylum_seekers = following == "asylum" and after + 1 < len(words) and words[after + 1].key in PEOPLE
    if previous == "nationality" and earlier == "by":
        return None
    if not of_people and previous in ("in", "to") and following in PEOPLE and earlier not in CONFLICTS:
        return Role.ASYLUM
    at_war = following in CONFLICTS and not (following == "war" and _is_german(text))
    if following in PEOPLE or at_war or asylum_seekers or previous in FROM:
        return Role.ORIGIN
    if previous in _STATES or (previous == "of" and earlier == "population"):
        return Role.ASYLUM
    if previous in _OF_A_CONFLICT and earlier in CONFLICTS:
        return Role.ORIGIN
    if previous == "of" and earlier in FROM | PEOPLE | {"out"}:
        return Role.ORIGIN
    listed = earlier.isdigit() and not _FOLLOWED.search(text, 0, words[first].start)
    if previous in ("de", "du", "des", "da") and (earlier in OF_PEOPLE or listed):
        return Role.ORIGIN
    if (
        (of_people and previous in INSTITUTIONS_BEFORE)
        or following in INSTITUTIONS
        or (following == "asylum" and after + 1 < len(words) and words[after + 1].key in INSTITUTIONS)
    ):
        return Role.ASYLUM
    if of_people:
        return None if following in CLAIMS and not _is_plural(words[after - 1].key) else Role.ORIGIN
    by = previous == "by" and earlier not in ("followed", "led", "trailed", "headed")
    return Role.ASYLUM if previous in INTO or by or following in HOSTING else None


_GERMAN = re.compile(r"\b(?:der|das|und|wurden?|waren|nicht|mit|sind|eine[nr]?|ist|im)\b")


@lru_cache(maxsize=1)
def _is_german(text: str) -> bool:
    """Say whether “Deutschland war” is rather a verb than a conflict."""
    return _GERMAN.search(text) is not None


def _read_before(text: str, words: Sequence[Word], first: int) -> tuple[str, str]:
    """Return the two words before a place, those of no meaning left out, or that before “the whole of” it."""
    begin, behind = words[first].start, words[max(first - 1, 0)]
    if behind.key in ("of", "the") and (whole := _WHOLE_OF.search(text, max(begin - MAX_WHOLE, 0), begin)):
        return "", whole[1].casefold()
    if behind.key in ("to", "with", "the") and _COMPARED.search(
        text, max(behind.end - MAX_COMPARED, 0), begin
    ):
        return "", ""
    before = [word.key for word in _list_before(text, words, first) if word.key not in SKIPPED]
    before += ["de"] * (text[max(begin - 2, 0) : begin].lower() in ("d'", "d’"))  # “d’Afghanistan”
    return (["", "", *before])[-2], (["", "", *before])[-1]


def _list_before(text: str, words: Sequence[Word], first: int) -> Sequence[Word]:
    """Return the four words before a place, none of the sentence before it."""
    begin = max(first - 4, 0)
    for place in range(first, begin, -1):
        if _ENDING.search(text, words[place - 1].end, words[place].start):
            begin = place
            break
    return words[begin:first]


def _compared_with(
    words: Sequence[Word], spans: Sequence[tuple[int, int]], people: Sequence[bool], place: int
) -> int | None:
    """Return the place that this one is set beside: “Did Canada get more claims than the US?”."""
    before = [
        word.key for word in words[max(spans[place][0] - 3, 0) : spans[place][0]] if word.key not in SKIPPED
    ]
    alike = [other for other in range(place) if people[other] == people[place]]
    if not before or not alike:
        return None
    compared = bool(({before[-1]} | {" ".join(before[-2:])}) & COMPARING)
    if before[-1] == "of":  # “double the applications of Denmark”
        since = words[spans[alike[-1]][1] : spans[place][0]]
        compared = compared or any(word.key in _MULTIPLES for word in since)
    if before[-1] == "as" or before[-2:-1] == ["as"]:  # “as many as France”, “three times as many as in”
        one = alike[-1]
        between = [word.key for word in words[spans[one][1] : spans[place][0]]]
        before_one = [word.key for word in words[max(spans[one][0] - MAX_MULTIPLE, 0) : spans[one][0]]]
        asked = "as" in before_one and not {"many", "much", "high", "large"}.isdisjoint(before_one)
        compared = between.count("as") > 1 or not _ALIKE.isdisjoint(between) or asked
    return alike[-1] if compared else None


def _is_plural(key: str) -> bool:
    return key.endswith("s") and not key.endswith(("ss", "ois"))


def _are_listed(text: str, words: Sequence[Word], one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether the two stand in a list: “Iran, Iraq”, “in Germany and in France”, “or more Afghans”."""
    between = {word.key for word in words[one[1] : other[0]]}
    if between <= {"to", "with", "the"} and _COMPARED.search(text[: words[other[0]].start]):
        return True
    if between <= {"the"}:  # “Germany, the Netherlands”
        gap = text[words[one[1] - 1].end : words[other[0]].start]
        return "," in gap or "/" in gap
    return bool(between & LISTING) and between <= LISTING | SKIPPED | AGAIN and other[0] - one[1] <= _BETWEEN


SPEAKING_TO = frozenset(
    {"tell", "give", "show", "let", "get", "help", "send", "of", "for", "with", "to", "about"}
)
IN_SMALL_LETTERS = frozenset(
    {"usa", "uk", "uae", "drc", "dprk", "prc", "ksa", "png", "rok", "frg", "gb", "lao"}
)
"""Short names that are taken even where they are not written in capitals."""

NO_CODES = frozenset(
    {
        "and", "are", "can", "nor", "per", "bar", "cod", "gum", "ton", "gin", "mar", "mac", "nam",
    }
)  # fmt: skip
"""ISO codes that are words, or begin a month, even in capitals."""

NO_COUNTRIES = frozenset(
    {
        "my", "opt", "bah", "cur", "xxx", "various", "unspecified", "notknown", "chi", "saba", "scotland",
        "wales", "somaliland",
    }
)  # fmt: skip
"""English words that our tables take for a country where nothing else can be meant, as in an option."""

IN_CAPITALS = frozenset({"reunion", "unknown", "polish", "suede"})
"""Names that are taken only where they begin with a capital."""

NO_COUNTRIES_TOGETHER = frozenset(
    {
        "latin america", "latin american", "latin americans", "south america", "south american",
        "south americans", "north america", "north american", "north americans", "central america",
        "central american", "central americans", "british columbia", "district of columbia", "new mexico",
        "new england", "new south wales", "native american", "native americans", "african american",
        "african americans", "white house", "east german", "east germany", "gulf of mexico", "boko haram",
        "northern ireland",
    }
)  # fmt: skip
"""Several words that name no country, though one of them alone does."""

_BEGIN_TOGETHER = frozenset(words.partition(" ")[0] for words in NO_COUNTRIES_TOGETHER)

NOT_ABROAD = frozenset(
    {
        "angora", "ando", "cad", "cat", "chin", "duc", "end", "equator", "fas", "gene", "grenade", "hind",
        "hindi", "island", "laws", "male", "malt", "man", "oma", "pole", "sane", "sec", "sepia", "shin",
        "shine", "sin", "sip", "sire", "suede", "taki", "toga", "togas", "tunes", "tuns", "viro",
    }
)  # fmt: skip
"""English words that are a country's name in another language."""

NOT_MISSPELT = frozenset(files(__package__).joinpath("not_misspelt.txt").read_text(encoding="utf-8").split())
"""English words that are a slip or two away from a country's name."""

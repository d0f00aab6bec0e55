"""Read the pages of UNHCR's API: from bytes to the same rows of text that its files have.

Pure. What is no page at all (`PassingFailure`) may be one when it is asked for again; a page that
makes no sense (`BadRelease`) would not.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from data.errors import AsylumBotError, BadRelease, Phrase, Unsettled
from data.sources.unhcr.parse import FIRST_YEAR, LAYOUTS, SIDES, find_unknown_columns, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from data.model import Dataset

TextRow = list[str]
"""A row as UNHCR's files have it, in the order of `header_of`."""

_PLACE_FIELDS = ("coo_name", "coo", "coo_iso", "coa_name", "coa", "coa_iso")
# Numbers of UNHCR's own that its files leave out.
_LEFT_OUT = frozenset({"coo_id", "coa_id"})
_MAX_CELL = 200
_DIGITS = re.compile(r"[0-9]{1,9}")


class PassingFailure(AsylumBotError):
    """An answer that is none, but may come when asked again; `pause`: not before so many seconds."""

    def __init__(self, code: str, pause: float | None = None, /, **values: object) -> None:
        super().__init__(code, **values)
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Envelope:
    """One answer of the API: which page it is of how many (None: it does not say), and its items."""

    page: int | None
    pages: int | None
    items: list[Any]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a page has to be: its number, of how many pages, and how many rows it has."""

    page: int
    pages: int
    rows: int


def header_of(dataset: Dataset) -> tuple[str, ...]:
    """Return the columns of a dataset as UNHCR's files have them."""
    layout = LAYOUTS[dataset]
    return ("year", *_PLACE_FIELDS, *(c for c in layout.key if c not in (*SIDES, "year")), *layout.values)


def read_envelope(body: bytes) -> Envelope:
    """Read an answer; raises `PassingFailure` when it is none."""
    try:
        # The hook makes the thread that reads let others run between two rows: without it, C code
        # would hold the interpreter for the whole page.
        answer = json.loads(body.decode("utf-8"), object_pairs_hook=_read_object, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        is_html = body.lstrip()[:1] == b"<"
        raise PassingFailure("api-sent-html" if is_html else "api-sent-no-json") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("items"), list):
        raise PassingFailure("api-sent-no-list")
    return Envelope(_whole(answer.get("page")), _whole(answer.get("maxPages")), answer["items"])


def read_texts(dataset: Dataset, items: Iterable[object]) -> Iterator[TextRow]:
    """Turn the items of a page into rows of text, whose meaning `parse_rows` then finds, or does not.

    What is neither a text nor a whole number stands there as JSON, what is missing as an empty cell.
    """
    header = header_of(dataset)
    for item in items:
        if isinstance(item, dict):
            yield [value if type(value := item.get(field, "")) is str else _write(value) for field in header]
        else:
            yield [shown(json.dumps(item), _MAX_CELL), *[""] * (len(header) - 1)]


def read_page(dataset: Dataset, envelope: Envelope, expected: Expected) -> list[TextRow]:
    """Return the rows of a page as texts.

    Raises `Unsettled` when it is not the page that was asked for, and `BadRelease` when a field that is
    needed is in none of the rows of a first page, which has all of them or very many.
    """
    where = Phrase("page", address=f"/{dataset}/", page=expected.page)
    _check(envelope, expected, where)
    layout = LAYOUTS[dataset]
    fields = find_fields(envelope) if expected.page == 1 else None
    if missing := [f for f in (*layout.key, *layout.values) if fields is not None and f not in fields]:
        raise BadRelease("field-in-no-row", where=where, field=missing[0])
    return list(read_texts(dataset, envelope.items))


def find_fields(envelope: Envelope) -> set[str]:
    """Return the fields that the rows of a page have, all of them together."""
    shapes = {tuple(item) for item in envelope.items if isinstance(item, dict)}
    return {field for shape in shapes for field in shape}


def find_unknown_fields(dataset: Dataset, envelope: Envelope) -> tuple[str, ...]:
    """Return the fields of a page that this program does not know."""
    return find_unknown_columns(dataset, find_fields(envelope) - _LEFT_OUT)


def join_pages(dataset: Dataset, pages: Iterable[Iterable[TextRow]], *, last_year: int) -> Iterator[TextRow]:
    """Yield the rows of all pages, the first page first.

    Raises `BadRelease` when an address comes twice or the years run backwards: then the pages are
    not of one release. Rows of no year up to `last_year` cannot be read, wherever they stand.
    """
    years = {str(year) for year in range(FIRST_YEAR, last_year + 1)}
    columns = header_of(dataset)
    key = [columns.index(column) for column in LAYOUTS[dataset].key]
    seen: set[str] = set()
    newest = ""
    for page, rows in enumerate(pages, start=1):
        for number, row in enumerate(rows, start=1):
            if (year := row[0].strip()) in years:
                address = ",".join([row[i].strip() for i in key])
                if address in seen:
                    raise BadRelease("row-came-before", where=_name_row(dataset, page, number))
                seen.add(address)
                if year < newest:
                    where = _name_row(dataset, page, number)
                    raise BadRelease("years-out-of-order", where=where, year=year, newest=newest)
                newest = year
            yield row


def _name_row(dataset: Dataset, page: int, row: int) -> Phrase:
    return Phrase("row", where=Phrase("page", address=f"/{dataset}/", page=page), row=row)


def digest_lines(dataset: Dataset, side: str, items: Iterable[object], where: Phrase) -> Iterator[str]:
    """Yield a line for each row of an answer in which only `side` (one of `SIDES`) is broken down.

    Raises `BadRelease` when that is not what the answer is. Names are left out: they are no figures.
    """
    columns = header_of(dataset)
    (summed,) = {*SIDES} - {side}
    named = columns.index(side)
    kept = [i for i, column in enumerate(columns) if column in SIDES or column not in _PLACE_FIELDS]
    for number, row in enumerate(read_texts(dataset, items), start=1):
        if row[columns.index(summed)] != "-" or row[named] == "-":
            raise BadRelease("row-is-no-sum", where=Phrase("row", where=where, row=number), summed=summed)
        yield ",".join([row[i] for i in kept])


def _check(envelope: Envelope, expected: Expected, where: Phrase) -> None:
    if envelope.page != expected.page:
        raise Unsettled("page-is-another", where=where, page=envelope.page)
    if envelope.pages != expected.pages:
        raise Unsettled("pages-changed", where=where, before=expected.pages, now=envelope.pages)
    if len(envelope.items) != expected.rows:
        raise Unsettled("page-not-whole", where=where, rows=len(envelope.items), expected=expected.rows)


def _read_object(pairs: list[tuple[str, object]]) -> dict[str, object] | None:
    """Build an object; one with a field twice is none, for it says two things."""
    fields = dict(pairs)
    return fields if len(fields) == len(pairs) else None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _whole(value: object) -> int | None:
    text = str(value) if type(value) is int else value
    return int(text) if isinstance(text, str) and _DIGITS.fullmatch(text) else None


def _write(value: object) -> str:
    if type(value) is int:
        return str(value)
    return "" if value is None else shown(json.dumps(value), _MAX_CELL)

"""Ways in which pages of the API can be wrong, or only look it: each says what must come of it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from data.model import Dataset, Row
from data.sources.unhcr.pages import header_of
from data.sources.unhcr.parse import MAX_COUNT
from tests.data.sources.unhcr.small import REFUSED, SIZE, Outcome, Pages
from tests.unhcr_tables import item_of, make_up

UNITS = ("app_pc", "dec_pc")

NO_VALUES = (
    *(5.0, 5.5, 1e300, True, False, None, [], [5], {}, -1, -5, MAX_COUNT + 1, 10**30),
    *(
        "",
        " ",
        "5.0",
        "1e3",
        "٣",
        "5 000",
        "1,000",
        "+5",
        "-5",
        "--",
        "NaN",
        "five",
        "0x5",
        "5\n6",
        str(MAX_COUNT + 1),
    ),
)
NO_CODES = (
    "afg",
    "-",
    "",
    " ",
    None,
    5,
    5.0,
    True,
    [],
    {},
    "ZZZ",
    "DEU",
    "AF\nG",
    "AFGH",
    "A F",
    "*",
    "~",
    "ÄÖÜ",
)
NO_YEARS = (
    1950,
    2027,
    0,
    -2024,
    20240,
    2024.0,
    True,
    None,
    [],
    {},
    "",
    "-",
    "2024.0",
    "20x4",
    "1950",
    "٢٠٢٤",
)
ANY_NAMES = ("", " ", "Côte d’Ivoire ", "a\nb", "-", None, '"', "x" * 500, 7)


def change_value(pages: Pages) -> Outcome:
    (item, at), field = pages.pick(), pages.die.choice(pages.layout.values)
    value = pages.die.choice((0, 5, MAX_COUNT, pages.die.randrange(10**6)))
    item[field] = pages.die.choice((value, str(value), f" {value} "))
    return pages.meant(at, field, value)


def unpublish_value(pages: Pages) -> Outcome:
    (item, at), field = pages.pick(), pages.die.choice(pages.layout.values)
    item[field] = pages.die.choice(("-", " -"))
    return pages.meant(at, field, None)


def spoil_value(pages: Pages) -> Outcome:
    item, at = pages.pick()
    item[pages.die.choice(pages.layout.values)] = pages.die.choice(NO_VALUES)
    return pages.without(at)


def spoil_code(pages: Pages) -> Outcome:
    item, at = pages.pick()
    item[pages.die.choice(("coo", "coa"))] = pages.die.choice(NO_CODES)
    return pages.without(at)


def spoil_unit(pages: Pages) -> Outcome:
    units = [field for field in pages.layout.key if field in UNITS]
    if not units:
        return spoil_code(pages)
    item, at = pages.pick()
    item[units[0]] = pages.die.choice(("X", "PC", "p", "", "-", None, 1))
    return pages.without(at)


def spoil_year(pages: Pages) -> Outcome:
    item, at = pages.pick()
    item["year"] = pages.die.choice(NO_YEARS)
    return pages.without(at)


def dress_key(pages: Pages) -> Outcome:
    item, _ = pages.pick()
    field = pages.die.choice(pages.layout.key)
    item[field] = pages.die.choice((f" {item[field]}", f"{item[field]} ", str(item[field])))
    return pages.rows


def change_name(pages: Pages) -> Outcome:
    item, _ = pages.pick()
    item[pages.die.choice(pages.layout.ignored)] = pages.die.choice(ANY_NAMES)
    return pages.rows


def change_number_of_unhcr(pages: Pages) -> Outcome:
    item, _ = pages.pick()
    field = pages.die.choice(("coo_id", "coa_id"))
    if pages.die.random() < 0.5:
        del item[field]
    else:
        item[field] = pages.die.choice((1, "1", "-", None))
    return pages.rows


def rename_field(pages: Pages) -> Outcome:
    item, at = pages.pick()
    field = pages.die.choice(header_of(pages.dataset))
    item[pages.die.choice((field.upper(), f"{field}_", "new\nfield"))] = item.pop(field)
    return pages.rows if field in pages.layout.ignored else pages.without(at)


def remove_field(pages: Pages) -> Outcome:
    item, at = pages.pick()
    field = pages.die.choice(header_of(pages.dataset))
    del item[field]
    return pages.rows if field in pages.layout.ignored else pages.without(at)


def remove_field_everywhere(pages: Pages) -> Outcome:
    field = pages.die.choice((*pages.layout.key, *pages.layout.values))
    for envelope in pages.envelopes:
        for item in envelope["items"]:
            del item[field]
    return REFUSED


def add_field(pages: Pages) -> Outcome:
    pages.pick()[0][pages.die.choice(("demographics", "", "total", "x" * 300))] = pages.die.choice(
        (0, "-", None)
    )
    return pages.rows


def drop_row(pages: Pages) -> Outcome:
    items = pages.die.choice(pages.envelopes)["items"]
    del items[pages.die.randrange(len(items))]
    return REFUSED


def repeat_row(pages: Pages) -> Outcome:
    item, items = pages.pick()[0], pages.die.choice(pages.envelopes)["items"]
    place = pages.die.randrange(len(items))
    if pages.die.random() < 0.5 or items[place] is item:
        items.insert(place, copy.deepcopy(item))
    else:
        items[place] = copy.deepcopy(item)
    return REFUSED


def reorder(pages: Pages, items: list[list[Any]], rows: list[list[Row]]) -> Outcome:
    """Rows in another order mean the same, unless years then run backwards."""
    for envelope, page in zip(pages.envelopes, items, strict=True):
        envelope["items"] = page
    flat = [row for page in rows for row in page]
    years = [int(row[2] or 0) for row in flat]
    return flat if years == sorted(years) else REFUSED


def shuffle_rows(pages: Pages) -> Outcome:
    at = pages.die.randrange(len(pages.envelopes))
    items = [list(envelope["items"]) for envelope in pages.envelopes]
    rows = [pages.rows[i * SIZE : (i + 1) * SIZE] for i in range(len(items))]
    order = pages.die.sample(range(len(items[at])), len(items[at]))
    items[at], rows[at] = [items[at][i] for i in order], [rows[at][i] for i in order]
    return reorder(pages, items, rows)


def swap_rows_of_pages(pages: Pages) -> Outcome:
    items = [list(envelope["items"]) for envelope in pages.envelopes]
    rows = [pages.rows[i * SIZE : (i + 1) * SIZE] for i in range(len(items))]
    items[0], items[1], rows[0], rows[1] = items[1], items[0], rows[1], rows[0]
    return reorder(pages, items, rows)


def swap_pages(pages: Pages) -> Outcome:
    a, b = pages.die.sample(range(len(pages.envelopes)), 2)
    pages.envelopes[a], pages.envelopes[b] = pages.envelopes[b], pages.envelopes[a]
    return REFUSED


def spoil_envelope(pages: Pages) -> Outcome:
    envelope = pages.die.choice(pages.envelopes)
    field = pages.die.choice(("page", "maxPages", "items"))
    if pages.die.random() < 0.2:
        del envelope[field]
    else:
        envelope[field] = pages.die.choice((None, True, 99, -1, 1.0, "", "two", {}, [], [[]], "9" * 30))
    return REFUSED


def dress_envelope(pages: Pages) -> Outcome:
    envelope = pages.die.choice(pages.envelopes)
    envelope["page"], envelope["maxPages"] = str(envelope["page"]), str(envelope["maxPages"])
    envelope["total"] = pages.die.choice(({}, None, {"refugees": 5}, "nonsense", [1.5]))
    envelope["short-url"] = pages.die.choice((None, "y", 5))
    return pages.rows


def spoil_row(pages: Pages) -> Outcome:
    items, place, at = pages.pick_place()
    items[place] = pages.die.choice((None, 5, "row", [], {}, ["year", 2024], True))
    return pages.without(at)


def bring_row_of_another_dataset(pages: Pages) -> Outcome:
    other = pages.die.choice([dataset for dataset in Dataset if dataset is not pages.dataset])
    items, place, at = pages.pick_place()
    stranger = item_of(other, make_up(1, share=0.03).rows[other][0])
    here = {key: value for key, value in items[place].items() if key[:3] in ("coo", "coa", "yea")}
    items[place] = {**stranger, **here}  # where that of another place stood: no row stands there twice
    return pages.without(at)


def sum_row(pages: Pages) -> Outcome:
    (item, at), side = pages.pick(), pages.die.choice(("coo", "coa"))
    item.update({f"{side}{end}": "-" for end in ("", "_id", "_iso", "_name")})
    return pages.without(at)


def say_field_twice(pages: Pages) -> Outcome:
    bodies = pages.raw()
    at = pages.die.randrange(len(bodies))
    field = pages.die.choice([b'"year": ', b'"coo": "'])
    bodies[at] = bodies[at].replace(
        field, field + (b'2024, "year": ' if field[1:2] == b"y" else b'X", "coo": "'), 1
    )
    pages.bodies = bodies
    return pages.without(at * SIZE)


def cut_body(pages: Pages) -> Outcome:
    bodies = pages.raw()
    at = pages.die.randrange(len(bodies))
    bodies[at] = bodies[at][: pages.die.randrange(len(bodies[at]))]
    pages.bodies = bodies
    return REFUSED


def replace_body(pages: Pages) -> Outcome:
    bodies = pages.raw()
    bodies[pages.die.randrange(len(bodies))] = pages.die.choice(
        (b"<html>", b"", b"null", b"[]", b"{}", b"\xff", b"[" * 5_000, b'{"items": NaN}', b'"items"')
    )
    pages.bodies = bodies
    return REFUSED


def leave(pages: Pages) -> Outcome:
    return pages.rows


MUTATIONS: tuple[Callable[[Pages], Outcome], ...] = (
    *(change_value, unpublish_value, spoil_value, spoil_value, spoil_code, spoil_unit, spoil_year, dress_key),
    *(
        change_name,
        change_number_of_unhcr,
        rename_field,
        remove_field,
        add_field,
        remove_field_everywhere,
        drop_row,
        repeat_row,
    ),
    *(shuffle_rows, swap_rows_of_pages, swap_pages, spoil_envelope, dress_envelope, spoil_row, leave),
    *(bring_row_of_another_dataset, sum_row, say_field_twice, cut_body, replace_body),
)

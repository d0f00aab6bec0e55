"""A release small enough to be spoilt ten thousand times, and what its pages mean."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

from data.model import Dataset, Row
from data.sources.unhcr.pages import TextRow, header_of
from data.sources.unhcr.parse import LAYOUTS
from tests.unhcr_tables import Item, Tables, item_of, make_up

SIZE = 6
ROWS = 3 * SIZE - 2


@dataclass(frozen=True)
class Refused:
    """What must come of pages that say nothing for certain."""


Outcome = list[Row] | Refused
REFUSED = Refused()


def row_of(dataset: Dataset, texts: TextRow) -> Row:
    """Say what a sound row of text means, in the plainest way there is."""
    cells = dict(zip(header_of(dataset), texts, strict=True))
    layout = LAYOUTS[dataset]
    key = [int(cells[c]) if c == "year" else cells[c] for c in layout.key]
    return (*key, *(None if cells[c] == "-" else int(cells[c]) for c in layout.values))


@dataclass
class Pages:
    """The pages of a small dataset, what they mean, and a die for what happens to them."""

    dataset: Dataset
    die: random.Random
    envelopes: list[Item]
    rows: list[Row]
    bodies: list[bytes] | None = None

    @property
    def layout(self) -> Any:
        return LAYOUTS[self.dataset]

    def pick(self) -> tuple[Item, int]:
        """Choose an item: itself, and the number of its row among all."""
        page = self.die.randrange(len(self.envelopes))
        items = self.envelopes[page]["items"]
        at = self.die.randrange(len(items))
        return items[at], page * SIZE + at

    def pick_place(self) -> tuple[list[Any], int, int]:
        """Choose the place of an item: the items of its page, where it is there, and where among all."""
        page = self.die.randrange(len(self.envelopes))
        items = self.envelopes[page]["items"]
        place = self.die.randrange(len(items))
        return items, place, page * SIZE + place

    def without(self, at: int) -> list[Row]:
        """Return the rows but one, which is set aside."""
        return [*self.rows[:at], *self.rows[at + 1 :]]

    def raw(self) -> list[bytes]:
        return self.bodies or [json.dumps(envelope).encode() for envelope in self.envelopes]

    def meant(self, at: int, field: str, value: int | str | None) -> list[Row]:
        """Return the rows with another value in one place."""
        place = [*self.layout.key, *self.layout.values].index(field)
        rows = [list(row) for row in self.rows]
        rows[at][place] = value
        return [tuple(row) for row in rows]


def make_small(die: random.Random) -> Tables:
    """Invent a release with three pages to each dataset, the last of them not full."""
    tables = make_up(die.randrange(10), share=0.03)
    return Tables({dataset: rows[:ROWS] for dataset, rows in tables.rows.items()})


def make_pages(tables: Tables, dataset: Dataset, die: random.Random) -> Pages:
    texts = tables.rows[dataset]
    chunks = [texts[i : i + SIZE] for i in range(0, len(texts), SIZE)]
    envelopes: list[Item] = [
        {
            "page": n,
            "short-url": "x",
            "maxPages": len(chunks),
            "total": [],
            "items": [item_of(dataset, t) for t in c],
        }
        for n, c in enumerate(chunks, start=1)
    ]
    return Pages(dataset, die, envelopes, [row_of(dataset, row) for row in texts])

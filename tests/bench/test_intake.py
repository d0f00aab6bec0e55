"""Variants of a release, which the budgets take in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.intake import Variant
from data.model import Dataset, Row


class OneRow:
    """The folder of a release with one row in each table."""

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row]:
        yield ("SYR", "GFR", last_year, *[10] * 8)


@pytest.mark.parametrize("dataset", Dataset)
def test_a_variant_changes_a_figure_of_every_table(dataset: Dataset) -> None:
    (row,) = Variant(OneRow(), 9, 2025).rows(dataset, 2025)

    assert sorted(row[3:], key=str) == [*[10] * 7, 19]

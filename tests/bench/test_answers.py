"""At which releases answers are measured."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bench.answers import spread

DAYS = [date(2023, 4, 27) + timedelta(days=number) for number in range(22)]


@pytest.mark.parametrize("kept", [1, 2, 3, 6, 7, 22])
def test_so_many_days_are_chosen_with_the_oldest_and_the_newest(kept: int) -> None:
    chosen = spread(DAYS[:kept], 6)

    assert len(chosen) == min(kept, 6)
    assert chosen == sorted(chosen)
    assert {chosen[0], chosen[-1]} == {DAYS[0], DAYS[kept - 1]}

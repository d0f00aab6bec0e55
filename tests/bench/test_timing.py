"""Contenders of the same rounds: what a slow moment of the machine does to all of them tells nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.timing import balance

rounds = st.lists(st.tuples(st.floats(0.1, 100), st.floats(0.1, 10)), min_size=1, max_size=60)


@given(rounds, st.floats(0.01, 100))
def test_a_contender_takes_as_many_times_the_reference_however_fast_each_round_was(
    moments: list[tuple[float, float]], times: float
) -> None:
    reference = [taken * slowness for taken, slowness in moments]
    found = balance({"F0": reference, "ours": [times * each for each in reference]}, "F0")
    assert found["ours"] == pytest.approx(times * found["F0"])


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=60))
def test_on_a_steady_machine_a_time_is_the_median(taken: list[float]) -> None:
    found = balance({"F0": [15.0] * len(taken), "ours": taken}, "F0")
    ordered = sorted(taken)
    assert ordered[(len(taken) - 1) // 2] <= found["ours"] * (1 + 1e-9)
    assert found["ours"] <= ordered[len(taken) // 2] * (1 + 1e-9)

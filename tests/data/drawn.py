"""Made-up releases that hypothesis draws; apart from `made_up`, which processes import that are killed and started often."""

from __future__ import annotations

from hypothesis import strategies as st

from data.model import Dataset
from tests.data.made_up import MadeUp, Table, Values

_origins = st.sampled_from(["CHI", "SYR"])
_asylum = st.sampled_from(["USA", "GFR"])
_years = st.sampled_from([1999, 2004, 2025])
_units = st.sampled_from("PC")
_counts = st.none() | st.integers(0, 9)


def _tables(*key: st.SearchStrategy[str], values: st.SearchStrategy[Values]) -> st.SearchStrategy[Table]:
    return st.dictionaries(st.tuples(_origins, _asylum, _years, *key), values, min_size=1, max_size=5)


releases = st.builds(
    lambda *tables: MadeUp(dict(zip(Dataset, tables, strict=True))),
    _tables(values=_counts.map(lambda n: (n, n, n, None, n, n, None, n, None))),
    _tables(
        st.sampled_from("GU"),
        st.sampled_from(["N", "NR", "R", "V"]),
        st.sampled_from(["FI", "AR"]),
        _units,
        values=st.tuples(_counts),
    ),
    _tables(
        st.sampled_from("GU"),
        st.sampled_from(["FI", "AR"]),
        _units,
        values=st.tuples(_counts, _counts).map(lambda two: (two[0], two[1], 0, two[0], None)),
    ),
    _tables(values=st.integers(0, 9).map(lambda n: (None, n, n, None))),
).filter(lambda made: any(key[2] == 2025 for table in made.tables.values() for key in table))
"""Releases on few addresses, so that they agree here and differ there; none is out of date."""

histories = st.integers(1, 4).flatmap(
    lambda n: st.tuples(st.lists(releases, min_size=n, max_size=n), st.permutations(range(n)))
)
"""Some releases, oldest first, and the order in which they are imported."""

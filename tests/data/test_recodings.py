"""A code that was replaced is recognised by its figures, and nothing else is taken for one."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from data.recodings import MAX_CODES, Moved, Recoding, ReleaseComparison, find_recodings, follow

COLUMNS = ("origin", "asylum", "year")
Rows = dict[tuple[str | int, ...], tuple[int | None, ...]]


def rows(code: str, count: int, seed: int = 1, least: int = 10) -> Rows:
    """So many rows of one origin, in as many countries and years."""
    die = random.Random(seed)
    return {
        (code, f"{chr(65 + i // 26 % 26)}{chr(65 + i % 26)}", 2025 - i // 676): (
            die.randrange(least, 5 * least),
            None,
        )
        for i in range(count)
    }


def renamed(table: Rows, names: dict[str, str]) -> Rows:
    return {tuple(names.get(str(part), part) for part in key): values for key, values in table.items()}


def turn_over(old: Rows, new: Rows) -> ReleaseComparison:
    """Keep what only one of two tables has, as the store does."""
    vanished = {key: values for key, values in old.items() if key not in new}
    appeared = {key: values for key, values in new.items() if key not in old}
    gone = codes(old) - codes(new)
    return ReleaseComparison(
        COLUMNS, vanished, appeared, {"origin": gone}, {"origin": codes(new) - codes(old) if gone else set()}
    )


def codes(table: Rows) -> set[str]:
    return {str(part) for key in table for part in key[:2]}


def test_unknown_origins_got_a_code_in_august_2023() -> None:
    """5,505 rows changed their code and no value: nothing was withdrawn."""
    old = rows("VAR", 5_505, least=1)
    new = renamed(old, {"VAR": "UKN"})
    turnover = turn_over(old, new)
    found = find_recodings([turnover])
    assert found == [Recoding("origin", "VAR", "UKN")]
    moved = follow(turnover, found)
    assert len(moved) == 5_505
    assert all(each.before == each.after for each in moved)


def test_a_country_is_replaced_on_both_sides_of_a_claim() -> None:
    old = rows("AFG", 20) | {("SYR", "AFG", 2025): (77, None), ("AFG", "AFG", 2025): (99, None)}
    turnover = turn_over(old, renamed(old, {"AFG": "AFX"}))
    found = find_recodings([turnover])
    assert found == [Recoding("origin", "AFG", "AFX")]
    assert len(follow(turnover, found)) == 22


def test_a_figure_that_was_corrected_as_well_has_moved_all_the_same() -> None:
    old = rows("AFG", 20)
    new = renamed(old, {"AFG": "AFX"}) | {("AFX", "AA", 2025): (1234, None)}
    turnover = turn_over(old, new)
    assert Moved(2025, old["AFG", "AA", 2025], (1234, None)) in follow(turnover, find_recodings([turnover]))


def test_a_code_that_keeps_nine_tenths_of_its_figures_is_the_same_and_with_fewer_it_is_another() -> None:
    for changed, expected in ((2, [Recoding("origin", "AFG", "AFX")]), (3, [])):
        old = rows("AFG", 20)
        new = renamed(old, {"AFG": "AFX"})
        for key in list(new)[:changed]:
            new[key] = (9_999, None)
        assert find_recodings([turn_over(old, new)]) == expected


def test_a_few_rounded_counts_may_be_alike_by_coincidence() -> None:
    """UNHCR publishes 1–4 as 0 or 5: nine rows of five people prove nothing."""

    def found(count: int, value: int) -> int:
        old: Rows = dict.fromkeys(rows("AFG", count), (value, None))
        return len(find_recodings([turn_over(old, renamed(old, {"AFG": "AFX"}))]))

    assert [found(9, 5), found(10, 5), found(2, 10), found(3, 10)] == [0, 1, 0, 1]


def test_a_country_that_went_while_another_came_is_none() -> None:
    assert find_recodings([turn_over(rows("AFG", 50, seed=1), rows("AFX", 50, seed=2))]) == []


def test_where_most_codes_are_gone_it_is_another_table() -> None:
    def found(count: int) -> int:
        old: Rows = {}
        names = {}
        for number in range(count):
            old |= rows(f"X{number:03}", 5, seed=number)
            names[f"X{number:03}"] = f"Y{number:03}"
        return len(find_recodings([turn_over(old, renamed(old, names))]))

    assert (found(MAX_CODES), found(MAX_CODES + 1)) == (MAX_CODES, 0)


def test_codes_of_a_stage_are_replaced_as_well() -> None:
    columns = (*COLUMNS, "stage")

    def table(stage: str) -> Rows:
        return {(*key, stage): values for key, values in rows("AFG", 30).items()}

    turnover = ReleaseComparison(columns, table("V"), table("N"), {"stage": {"V"}}, {"stage": {"N"}})
    assert find_recodings([turnover]) == [Recoding("stage", "V", "N")]


names = st.permutations([f"N{letter}" for letter in "ABCDEFGH"])


@given(st.integers(0, 10**6), st.sets(st.integers(0, 7), min_size=1, max_size=4), names)
def test_every_code_that_is_renamed_is_found_and_every_row_followed(
    seed: int, which: set[int], new_names: list[str]
) -> None:
    """Whichever codes they are, and however many at once."""
    die = random.Random(seed)
    countries = [f"C{letter}" for letter in "ABCDEFGH"]
    old: Rows = {
        (origin, asylum, year): (die.randrange(10, 10**6), die.choice((None, 0, 12)))
        for origin in countries
        for asylum in countries
        for year in (2024, 2025)
    }
    mapping = {countries[i]: new_names[i] for i in which}
    turnover = turn_over(old, renamed(old, mapping))
    found = find_recodings([turnover])
    assert {each.old: each.new for each in found} == mapping
    moved = follow(turnover, found)
    assert len(moved) == len(turnover.vanished)
    assert all(each.before == each.after for each in moved)


@given(st.integers(0, 10**6))
def test_nothing_is_recoded_where_no_code_is_gone(seed: int) -> None:
    """However many rows come and go."""
    die = random.Random(seed)
    whole = rows("AFG", 60, seed=seed) | rows("SYR", 60, seed=seed + 1)
    stay = {("AFG", "AA", 2025), ("SYR", "AA", 2025)}
    old, new = ({k: v for k, v in whole.items() if k in stay or die.random() < 0.9} for _ in range(2))
    turnover = turn_over(old, new)
    assert find_recodings([ReleaseComparison(COLUMNS, turnover.vanished, turnover.appeared, {}, {})]) == []

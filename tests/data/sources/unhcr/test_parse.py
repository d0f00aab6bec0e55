"""A published row is read as it is, or set aside with its line and the reason; the others are read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import BadRelease
from data.model import Dataset, Row, RowFault, Unread
from data.sources.unhcr.parse import LAYOUTS, MAX_COUNT, find_unknown_columns, parse_rows
from tests.examples import examples
from tests.refusals import refuses

LAST_YEAR = 2025
GOOD = {
    Dataset.POPULATION: {
        "coo_name": "China",
        "coo": "CHI",
        "coo_iso": "CHN",
        "coa_name": "Germany",
        "coa": "GFR",
        "coa_iso": "DEU",
        "year": "2024",
        "refugees": "5",
        "asylum_seekers": "1457",
        "returned_refugees": "0",
        "idps": "-",
        "returned_idps": "0",
        "stateless": "-",
        "ooc": "0",
        "oip": "-",
        "hst": "0",
    },
    Dataset.APPLICATIONS: {
        "coo_name": "China",
        "coo": "CHI",
        "coo_iso": "CHN",
        "coa_name": "Germany",
        "coa": "GFR",
        "coa_iso": "DEU",
        "year": "2024",
        "procedure_type": "G",
        "app_type": "NA",
        "dec_level": "FI",
        "app_pc": "P",
        "applied": "5",
    },
    Dataset.DECISIONS: {
        "coo_name": "China",
        "coo": "CHI",
        "coo_iso": "CHN",
        "coa_name": "Germany",
        "coa": "GFR",
        "coa_iso": "DEU",
        "year": "2024",
        "procedure_type": "G",
        "dec_level": "FI",
        "dec_pc": "C",
        "dec_recognized": "12",
        "dec_other": "-",
        "dec_rejected": "0",
        "dec_closed": "5",
        "dec_total": "17",
    },
    Dataset.SOLUTIONS: {
        "coo_name": "China",
        "coo": "CHI",
        "coo_iso": "CHN",
        "coa_name": "Germany",
        "coa": "GFR",
        "coa_iso": "DEU",
        "year": "2024",
        "returned_refugees": "-",
        "resettlement": "0",
        "naturalisation": "15",
        "returned_idps": "-",
    },
}
READ = {
    Dataset.POPULATION: ("CHI", "GFR", 2024, 5, 1457, 0, None, 0, None, 0, None, 0),
    Dataset.APPLICATIONS: ("CHI", "GFR", 2024, "G", "NA", "FI", "P", 5),
    Dataset.DECISIONS: ("CHI", "GFR", 2024, "G", "FI", "C", 12, None, 0, 5, 17),
    Dataset.SOLUTIONS: ("CHI", "GFR", 2024, None, 0, 15, None),
}
CELLS = [(dataset, column) for dataset, row in GOOD.items() for column in row]


def parse(dataset: Dataset, *rows: dict[str, str]) -> list[Row | Unread]:
    lines = [list(row.values()) for row in rows]
    return list(parse_rows(dataset, list(GOOD[dataset]), lines, last_year=LAST_YEAR, name="table.csv"))


def set_aside(dataset: Dataset, *rows: dict[str, str]) -> Unread:
    """The one row that cannot be read; all others are."""
    read = parse(dataset, *rows)
    (odd,) = [row for row in read if isinstance(row, Unread)]
    assert [row for row in read if row is not odd] == [READ[dataset]] * (len(rows) - 1)
    return odd


def with_cell(dataset: Dataset, column: str, text: str) -> dict[str, str]:
    return {**GOOD[dataset], column: text}


@pytest.mark.parametrize("dataset", Dataset)
def test_a_row_is_its_address_and_its_values(dataset: Dataset) -> None:
    """`NA` is a code like any other, and "-" is nothing, never zero."""
    assert parse(dataset, GOOD[dataset]) == [READ[dataset]]


@pytest.mark.parametrize("dataset", Dataset)
def test_what_of_an_address_can_be_read_is_known(dataset: Dataset) -> None:
    keys = LAYOUTS[dataset].key
    for place, column in enumerate(keys):
        key = set_aside(dataset, GOOD[dataset], with_cell(dataset, column, "?")).key
        assert key == (*READ[dataset][:place], None, *READ[dataset][place + 1 : len(keys)])
    odd_count = set_aside(dataset, with_cell(dataset, LAYOUTS[dataset].values[0], "x"))
    assert odd_count.key == READ[dataset][: len(keys)]


@pytest.mark.parametrize("dataset", Dataset)
def test_columns_may_stand_in_any_order(dataset: Dataset) -> None:
    header = list(GOOD[dataset])[::-1]
    row = [GOOD[dataset][column] for column in header]
    assert list(parse_rows(dataset, header, [row], last_year=LAST_YEAR, name="x")) == [READ[dataset]]


@pytest.mark.parametrize("dataset", Dataset)
@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda header: header[:-1], "(applied|hst|dec_total|returned_idps)"),
        (lambda header: [*header, "coo"], "a column twice"),
        (lambda header: ["YEAR" if column == "year" else column for column in header], "year"),
        (lambda _: [], "coo, coa, year, "),
    ],
    ids=["missing", "double", "capitals", "empty"],
)
def test_a_column_that_is_needed_must_be_there_once(dataset: Dataset, change, named: str) -> None:
    with refuses(BadRelease, rf"^x\.csv does not have the columns of UNHCR's “{dataset}” table .*{named}"):
        list(parse_rows(dataset, change(list(GOOD[dataset])), [], last_year=LAST_YEAR, name="x.csv"))


@pytest.mark.parametrize("dataset", Dataset)
def test_a_new_column_is_passed_over_and_known_by_name(dataset: Dataset) -> None:
    """UNHCR added `oip` and `hst`; a spreadsheet adds columns without a name."""
    header = ["status", *GOOD[dataset], "", "\u202eodd"]
    row = ["x", *GOOD[dataset].values(), "", "y"]
    assert list(parse_rows(dataset, header, [row], last_year=LAST_YEAR, name="x")) == [READ[dataset]]
    assert find_unknown_columns(dataset, header) == ("status", "�odd")


@pytest.mark.parametrize("dataset", Dataset)
@pytest.mark.parametrize("extra", [-1, 1])
def test_a_row_with_more_or_fewer_columns_is_set_aside(dataset: Dataset, extra: int) -> None:
    good = list(GOOD[dataset].values())
    bad = good[:-1] if extra < 0 else [*good, "0"]
    read = parse_rows(dataset, list(GOOD[dataset]), [good, bad, good], last_year=LAST_YEAR, name="x.csv")
    odd = Unread(3, RowFault.COLUMNS, str(len(good) + extra), ",".join(bad))
    assert list(read) == [READ[dataset], odd, READ[dataset]]


def test_an_empty_line_is_nothing() -> None:
    """Spreadsheets leave some at the end; lines are counted with them."""
    good = list(GOOD[Dataset.APPLICATIONS].values())
    bad = list(with_cell(Dataset.APPLICATIONS, "applied", "x").values())
    header = list(GOOD[Dataset.APPLICATIONS])
    read = list(parse_rows(Dataset.APPLICATIONS, header, [good, [], bad, []], last_year=2025, name="x"))
    assert [row.line if isinstance(row, Unread) else 0 for row in read] == [0, 4]


@pytest.mark.parametrize("dataset", Dataset)
@given(
    before=st.integers(0, 400),
    after=st.integers(0, 200),
    bad=st.sampled_from(["narrow", "wide", "year", "code"]),
)
def test_a_bad_row_is_named_by_its_line_wherever_it_stands(
    dataset: Dataset, before: int, after: int, bad: str
) -> None:
    """And all rows around it are read."""
    header, good = list(GOOD[dataset]), list(GOOD[dataset].values())
    odd = {"narrow": good[:-1], "wide": [*good, "0"]}.get(bad)
    if odd is None:
        odd = list(with_cell(dataset, "year" if bad == "year" else "coo", "?").values())
    lines = [good] * before + [odd] + [good] * after + [odd]
    read = list(parse_rows(dataset, header, lines, last_year=LAST_YEAR, name="x.csv"))
    assert [row.line for row in read if isinstance(row, Unread)] == [before + 2, before + after + 3]
    assert [row for row in read if not isinstance(row, Unread)] == [READ[dataset]] * (before + after)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1.5",
            "-1",
            "1e3",
            "+5",
            "",
            " ",
            "٣",
            "½",
            "1,000",
            "1 000",
            "1_000",
            "five",
            "NaN",
            "0x10",
            "--",
        ),
        *("−5", str(MAX_COUNT + 1), "9" * 5_000),
    ],
)
def test_what_is_no_count_is_set_aside(text: str) -> None:
    odd = set_aside(
        Dataset.APPLICATIONS, GOOD[Dataset.APPLICATIONS], with_cell(Dataset.APPLICATIONS, "applied", text)
    )
    assert (odd.line, odd.fault, odd.cell) == (3, RowFault.COUNT, text.strip()[:20])
    assert len(odd.text) <= 300


@pytest.mark.parametrize(
    ("text", "value"),
    [(" 5 ", 5), ("0", 0), ("-", None), (" - ", None), ("007", 7), (str(MAX_COUNT), MAX_COUNT)],
)
def test_a_count_may_have_blanks_around_it(text: str, value: int | None) -> None:
    ((*_, applied),) = parse(Dataset.APPLICATIONS, with_cell(Dataset.APPLICATIONS, "applied", text))
    assert applied == value
    assert applied is None or type(applied) is int


@pytest.mark.parametrize("column", ["coo", "coa", "procedure_type", "app_type", "dec_level"])
@pytest.mark.parametrize(
    "text", ["", "-", "chi", "CHIN", "C1", "C I", "Ä", "*", "~", "G\nX", "'); DROP TABLE x"]
)
def test_what_is_no_code_is_set_aside(column: str, text: str) -> None:
    odd = set_aside(Dataset.APPLICATIONS, with_cell(Dataset.APPLICATIONS, column, text))
    assert (odd.line, odd.fault) == (2, RowFault.CODE)
    assert odd.text.isprintable()


@pytest.mark.parametrize(("column", "code"), [("coo", "XYZ"), ("coa", "CHN"), ("coa", "-"), ("coo", "")])
def test_a_country_must_be_one_that_is_known_where_that_is_asked(column: str, code: str) -> None:
    lines = [list(with_cell(Dataset.DECISIONS, column, code).values())]
    (odd,) = parse_rows(
        Dataset.DECISIONS,
        list(GOOD[Dataset.DECISIONS]),
        lines,
        last_year=LAST_YEAR,
        name="x",
        countries={"CHI", "GFR"},
    )
    assert isinstance(odd, Unread)
    assert (odd.fault, odd.cell) == (RowFault.COUNTRY, code)


@pytest.mark.parametrize(
    ("dataset", "column"), [(Dataset.APPLICATIONS, "app_pc"), (Dataset.DECISIONS, "dec_pc")]
)
@pytest.mark.parametrize("text", ["", "-", "p", "G", "PC", "NA"])
def test_a_unit_is_persons_or_cases_and_nothing_else(dataset: Dataset, column: str, text: str) -> None:
    """Even where the same letter was a fine code in another column of the row before."""
    odd = set_aside(dataset, GOOD[dataset], with_cell(dataset, column, text))
    assert (odd.line, odd.fault, odd.cell) == (3, RowFault.UNIT, text)


@pytest.mark.parametrize("text", ["", "-", "1950", "2026", "24", "2024.0", "٢٠٢٤", "20240", "two thousand"])
def test_a_year_outside_those_published_is_set_aside(text: str) -> None:
    odd = set_aside(Dataset.POPULATION, with_cell(Dataset.POPULATION, "year", text))
    assert (odd.line, odd.fault, odd.cell) == (2, RowFault.YEAR, text)


def test_names_are_not_read() -> None:
    """They carry stray blanks and change from release to release; the code is the key."""
    for column in ("coo_name", "coo_iso", "coa_name", "coa_iso"):
        assert parse(Dataset.DECISIONS, with_cell(Dataset.DECISIONS, column, ' any, "thing" ')) == [
            READ[Dataset.DECISIONS]
        ]


texts = st.one_of(
    st.text(max_size=12),
    st.integers(-10, 3 * MAX_COUNT).map(str),
    st.floats(allow_nan=True).map(str),
    st.text("ABCGP -019.", max_size=5),
    st.sampled_from(["-", "P", "C", "NA", "CHI", "2000", " 5 "]),
)


@given(st.sampled_from(CELLS), texts)
@settings(max_examples=examples(2000))
def test_a_changed_cell_is_read_for_what_it_says_or_set_aside_with_its_line(
    cell: tuple[Dataset, str], text: str
) -> None:
    dataset, column = cell
    lines = (GOOD[dataset], with_cell(dataset, column, text))
    if not is_fine(dataset, column, text.strip()):
        odd = set_aside(dataset, *lines)
        assert odd.line == 3
        assert (odd.cell + odd.text).isprintable()
        return
    layout = LAYOUTS[dataset]
    expected = dict(zip((*layout.key, *layout.values), READ[dataset], strict=True))
    if column in expected:
        meant = text.strip()
        expected[column] = None if meant == "-" else int(meant) if meant.isdigit() else meant
    assert parse(dataset, *lines) == [READ[dataset], tuple(expected.values())]


def is_fine(dataset: Dataset, column: str, meant: str) -> bool:
    """What the specification says of a column's texts."""
    if column in LAYOUTS[dataset].ignored:
        return True
    if column == "year":
        return bool(re.fullmatch("[0-9]{4}", meant)) and 1951 <= int(meant) <= LAST_YEAR
    if column in ("app_pc", "dec_pc"):
        return meant in ("P", "C")
    if column in LAYOUTS[dataset].values:
        return meant == "-" or bool(re.fullmatch("[0-9]{1,9}", meant) and int(meant) <= MAX_COUNT)
    return bool(re.fullmatch("[A-Z]{1,3}", meant))

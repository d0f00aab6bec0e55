"""A file says of each figure where it stands for less than its year, at a break, or for an earlier day."""

from __future__ import annotations

from datetime import date

import pytest

from bot.chat.composition import compose
from bot.replies.export import reply_export
from bot.replies.files import FileFormat, write_csv
from bot.replies.reply import Record
from bot.services import Services
from data.model import Level, Measure, Place, Role
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.export import AskExport, By
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.registry import Question
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from tests.asking import read_csv
from tests.releases import MID, YEAR_END

in_one_loop = pytest.mark.asyncio(loop_scope="session")

PENDING, APPLICATIONS, RATE = Measure.PENDING, Measure.APPLICATIONS, Measure.RECOGNITION_RATE
HALF = "January–June 2024 only"
STALE = "probably carried forward from 30 June 2024"


async def export(services: Services, question: AskExport) -> tuple[Record, ...]:
    found = await services.answers.answer(question)
    return reply_export(question, found, FileFormat.CSV).package.records


def note_of(records: tuple[Record, ...], measure: Measure, year: int, **of: str) -> str:
    (note,) = {
        each.note
        for each in records
        if (each.measure, each.year) == (measure.value, year)
        and each.value is not None
        and each.unit.endswith("persons")
        and all(getattr(each, name) == value for name, value in of.items())
    }
    return note


@in_one_loop
async def test_every_answer_s_file_notes_what_its_figures_stand_for(services: Services) -> None:
    find = services.countries.find
    usa, china, australia = Place(asylum=find("USA")), Place(find("China")), Place(asylum=find("Australia"))
    cases: list[tuple[Question, Measure, int, str, dict[str, str]]] = [
        (AskTrend(APPLICATIONS, (usa,)), APPLICATIONS, 2024, HALF, {}),
        (AskTrend(APPLICATIONS, (usa,)), APPLICATIONS, 2021, "persons instead of cases", {}),
        (AskTrend(APPLICATIONS, (usa,)), APPLICATIONS, 2019, "", {}),
        (AskTrend(PENDING, (china,)), PENDING, 2024, "USA as of 30 June only (81.7%)", {}),
        (
            AskTrend(PENDING, (china,), as_of=MID),
            PENDING,
            2025,
            f"30 June 2025 only; United Kingdom many without an origin (1.4%); 83%, in the USA, {STALE}",
            {},
        ),
        (AskPeriod(APPLICATIONS, usa, (2023, 2024)), APPLICATIONS, 2024, HALF, {}),
        (AskFigures(usa, 2024), APPLICATIONS, 2024, HALF, {"origin": "all"}),
        (AskFigures(china, 2024), PENDING, 2024, "USA as of 30 June only (81.7%)", {"asylum": "all"}),
        (AskFigures(australia, 2024), RATE, 2024, "appeals and reviews only", {}),
        (AskDecisions(australia, Level.ALL, 2024, 2024), RATE, 2024, "appeals and reviews only", {}),
        (AskHistory(PENDING, usa, 2025, as_of=MID), PENDING, 2025, f"30 June 2025 only; {STALE}", {}),
        (AskTop(APPLICATIONS, Role.ASYLUM, Place(), 2024), APPLICATIONS, 2024, HALF, {"asylum": "USA"}),
        (AskTop(APPLICATIONS, Role.ASYLUM, Place(), 2024), APPLICATIONS, 2024, "", {"asylum": "Germany"}),
        (
            AskMap(APPLICATIONS, Role.ASYLUM, Place(), 2021),
            APPLICATIONS,
            2021,
            "persons instead of cases",
            {"asylum": "USA"},
        ),
    ]
    for question, measure, year, note, of in cases:
        records = (await compose(services, question)).records
        assert note_of(records, measure, year, **of) == note, question


@in_one_loop
async def test_an_export_notes_each_line(services: Services) -> None:
    find = services.countries.find
    by_country = await export(services, AskExport(APPLICATIONS, Place(), By.ASYLUM, (2023, 2024)))
    assert note_of(by_country, APPLICATIONS, 2024, asylum="USA") == HALF
    assert note_of(by_country, APPLICATIONS, 2024, asylum="Colombia") == f"probably {HALF}"
    assert note_of(by_country, APPLICATIONS, 2023, asylum="USA") == ""
    by_origin = await export(services, AskExport(PENDING, Place(), By.ORIGIN, (2018, 2024)))
    assert note_of(by_origin, PENDING, 2024, origin="China") == "USA as of 30 June only (81.7%)"
    assert note_of(by_origin, PENDING, 2018, origin="China") == ""
    china = Place(find("China"))
    in_all = await export(services, AskExport(PENDING, china, By.YEAR, (2025, 2025), as_of=MID))
    assert note_of(in_all, PENDING, 2025) == f"30 June 2025 only; 83%, in the USA, {STALE}"
    by_pair = await export(services, AskExport(PENDING, china, By.PAIR, (2025, 2025), as_of=MID))
    assert note_of(by_pair, PENDING, 2025, asylum="USA") == f"30 June 2025 only; {STALE}"
    assert note_of(by_pair, PENDING, 2025, asylum="Italy") == "30 June 2025 only"


@in_one_loop
async def test_changes_note_what_was_carried_forward_before_them(services: Services) -> None:
    china = Place(services.countries.find("China"))
    records = (await compose(services, AskChanges(china, PENDING, as_of=YEAR_END))).records
    before, after = [each for each in records if each.asylum == "all"]
    assert before.note == f"30 June 2025 only; 83%, in the USA, {STALE}"
    assert "many without an origin" in after.note


@in_one_loop
async def test_the_column_is_there_only_where_there_is_a_note(services: Services) -> None:
    germany = Place(asylum=services.countries.find("Germany"))
    day = date(2026, 7, 1)
    plain = await export(services, AskExport(APPLICATIONS, germany, By.YEAR, (2018, 2020), as_of=day))
    assert "note" not in read_csv(write_csv(plain))[0]
    usa = Place(asylum=services.countries.find("USA"))
    noted = await export(services, AskExport(APPLICATIONS, usa, By.YEAR, (2023, 2024), as_of=day))
    assert [row["note"] for row in read_csv(write_csv(noted))] == ["", HALF]

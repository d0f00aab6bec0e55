"""Where there is no answer, one sentence says why and what to do next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.sentences import say
from data.answers import Answers
from data.countries import Atlas
from data.errors import NoFigures, Unanswerable, UnknownRelease
from data.model import Measure, Place, ReferencePeriod, Release, Role, Tally
from data.questions.figures import AskFigures
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.questions.view import choose_release
from data.releases.imports import import_release
from data.store.database import Database
from tests.data.made_up import day, release
from tests.data.sentences import says_what_to_do
from tests.refusals import refuses
from tests.releases import MID, OLDEST

NEW = Measure.APPLICATIONS


async def refuse(asked, kind: type[Unanswerable] = NoFigures) -> str:
    with pytest.raises(kind) as refused:
        await asked
    assert says_what_to_do(say(refused.value))
    return say(refused.value)


async def test_no_release_is_that_old(answers: Answers) -> None:
    for asked in (
        answers.answer(AskFigures(Place(), 2022, as_of=OLDEST - timedelta(days=1))),
        answers.answer(AskTrend(NEW, (Place(),), as_of=date(1951, 1, 1))),
        answers.answer(AskTop(NEW, Role.ASYLUM, Place(), as_of=date.min)),
    ):
        assert "27 April 2023" in await refuse(asked, UnknownRelease)


async def test_no_release_at_all(database: Database, atlas: Atlas) -> None:
    answers = Answers(database, atlas)
    assert "No release is kept yet" in await refuse(answers.answer(AskFigures(Place())), UnknownRelease)
    assert await answers.releases() == ()


@pytest.mark.parametrize(
    ("year", "said"),
    [(1999, "2000 or later"), (-1, "2000 or later"), (2026, "2025 or earlier"), (9999, "2025 or")],
)
async def test_a_year_without_figures(answers: Answers, year: int, said: str) -> None:
    for asked in (
        answers.answer(AskFigures(Place(), year)),
        answers.answer(AskTrend(NEW, (Place(),), year, None)),
        answers.answer(AskTrend(NEW, (Place(),), None, year)),
        answers.answer(AskTop(NEW, Role.ASYLUM, Place(), year)),
    ):
        assert said in await refuse(asked)


async def test_years_that_run_backwards(answers: Answers) -> None:
    sentence = await refuse(answers.answer(AskTrend(NEW, (Place(),), 2020, 2010)), Unanswerable)
    assert "2020" in sentence
    assert "2010" in sentence
    assert (await answers.answer(AskTrend(NEW, (Place(),), 2020, 2020))).years == (2020, 2020)


async def test_nothing_was_published_of_a_pair(answers: Answers, atlas: Atlas) -> None:
    pair = Place(atlas.find("China"), atlas.find("Bhutan"))
    assert "has published no asylum figures" in await refuse(answers.answer(AskFigures(pair)))
    assert "no figures on people from China waiting for a decision in Bhutan" in await refuse(
        answers.answer(AskTrend(Measure.PENDING, (pair,)))
    )


async def test_nothing_was_published_for_that_year_but_for_others(answers: Answers, atlas: Atlas) -> None:
    """The sentence says which years have figures, and these have."""
    pair = Place(atlas.find("China"), atlas.find("Malta"))
    sentence = await refuse(answers.answer(AskFigures(pair, 2000)))
    first, last = (int(word) for word in sentence.rstrip(".").split() if word.isdigit() and word != "2000")
    for year in (first, last):
        assert (await answers.answer(AskFigures(pair, year))).tallies


async def test_one_place_without_figures_among_several(answers: Answers, atlas: Atlas) -> None:
    """It is named, so that one knows which to leave out."""
    china, bhutan = atlas.find("China"), atlas.find("Bhutan")
    places = [Place(china, atlas.find("Germany")), Place(china, bhutan)]
    assert "Bhutan" in await refuse(answers.answer(AskTrend(Measure.PENDING, tuple(places))))


async def test_no_country_has_enough_decisions_for_a_ranking_by_rate(answers: Answers, atlas: Atlas) -> None:
    brazil = Place(None, atlas.find("Brazil"))
    asked = answers.answer(AskTop(Measure.RECOGNITION_RATE, Role.ORIGIN, brazil, 2010))
    assert "500 substantive decisions" in await refuse(asked)
    assert (await answers.answer(AskFigures(brazil, 2010))).tallies[Measure.DECISIONS].published


async def test_an_unpublished_value_is_not_answered_as_zero(database: Database, atlas: Atlas) -> None:
    await import_release(database, release(pending=0), day(300))
    found = await Answers(database, atlas).answer(AskFigures(Place(atlas.find("China")), 2025))
    assert found.tallies[Measure.PENDING] == Tally(0, None)
    assert found.tallies[NEW] == Tally(7, None)


def test_the_newest_release_of_a_day_answers() -> None:
    earlier, later = (
        Release(
            number,
            day(0) + timedelta(hours=number),
            "Mid-Year Trends 2025",
            2025,
            ReferencePeriod.MID_YEAR,
        )
        for number in (1, 2)
    )
    assert choose_release([earlier, later], MID) == later
    assert choose_release([earlier], None) == earlier
    with refuses(UnknownRelease, "10 November 2025"):
        choose_release([earlier, later], MID - timedelta(days=1))


async def test_a_rate_on_too_few_decisions_is_not_called_unpublished(answers: Answers, atlas: Atlas) -> None:
    pair = Place(atlas.find("China"), atlas.find("Malta"))
    sentence = await refuse(answers.answer(AskTrend(Measure.PROTECTION_RATE, (pair,))))
    assert "no year has 50 substantive decisions" in sentence
    assert (await answers.answer(AskTrend(Measure.DECISIONS, (pair,)))).series


async def test_new_applications_of_years_that_did_not_tell_them_apart(answers: Answers) -> None:
    sentence = await refuse(answers.answer(AskTrend(NEW, (Place(),), 2001, 2004)))
    assert "not published new applications of all countries together from 2001 to 2004 apart from" in sentence
    assert "choose 2006 or later, or another measure, such as applications-all-stages." in sentence

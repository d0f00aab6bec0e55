"""Every measure of the table goes through every command, button, file, filter and alert: none is forgotten."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from bot.discord.options import name_measure, read_measure, suggest_measures
from bot.preview.double import Interaction, Payload
from bot.services import Services
from bot.words.measures import NAMES, NAMES_WITHIN, SUBJECTS, SUBJECTS_WITHIN
from data.measures import BY_COLUMN, COLUMNS, FORMULAS, OUTCOMES, measure
from data.model import Counts, Dataset, Measure, Nature, Role, Unit
from data.reading.measures import find_measures
from data.store.rollups import COUNTS
from tests.alerting import Desk, newsroom
from tests.asking import Asker, asking, buttons
from tests.nonsense import check_sentence
from tests.releases import needs_release_folders

in_one_loop = pytest.mark.asyncio(loop_scope="session")

EVERY = pytest.mark.parametrize("measure", Measure)
PLACES: tuple[dict[str, Any], ...] = (
    {},
    {"origin": "China"},
    {"asylum": "Germany"},
    {"origin": "China", "asylum": "USA"},
)
NEEDED = {"export": {"format": "json"}, "changes": {"release": "2026-06-12"}}
WORDS = {
    "NAMES": NAMES,
    "SUBJECTS": SUBJECTS,
    "NAMES_WITHIN": NAMES_WITHIN,
    "SUBJECTS_WITHIN": SUBJECTS_WITHIN,
}
NOT_PRESSED = ("Delete",)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def full_asker(services: Services) -> AsyncIterator[Asker]:
    async with asking(services) as somebody:
        yield somebody


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def desk(canada_path: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    database = shutil.copy(canada_path, tmp_path_factory.mktemp("measures") / "asylum.sqlite3")
    async with newsroom(Path(database)) as found:
        yield found


def commands_with_a_measure(asker: Asker, group: str) -> list[str]:
    (found,) = [each for each in asker.double.commands[None] if each["name"] == group]
    return [
        command["name"]
        for command in found["options"]
        if any(option["name"] == "measure" for option in command.get("options", ()))
    ]


def check_answered(it: Interaction, bugs: list[Any]) -> Payload:
    """Fail unless there is an answer with a file, or one sentence to the asker alone, and no bug."""
    assert [e for e in bugs if e["log_level"] in ("warning", "error", "critical")] == []
    assert it.reply is not None
    if not it.reply["attachments"] and not it.reply["embeds"]:
        assert it.ephemeral
        check_sentence(it.reply["content"])
    return it.reply


@in_one_loop
@needs_release_folders
@EVERY
@pytest.mark.parametrize("places", [2, pytest.param(len(PLACES), marks=pytest.mark.proof)])
async def test_every_command_answers_or_says_why_not(
    full_asker: Asker, measure: Measure, places: int
) -> None:
    """Each of the world and of one other kind of place, with each measure another; of all kinds with the proofs."""
    commands, answers = commands_with_a_measure(full_asker, "asylum"), set()
    turn = [*Measure].index(measure)
    for number, words in enumerate(commands):
        asked = [PLACES[1 + (turn + number + more) % (len(PLACES) - 1)] for more in range(places - 1)]
        for place in (PLACES[0], *asked):
            options = {**NEEDED.get(words, {}), "measure": measure.value, **place}
            with capture_logs() as events:
                it = await full_asker.ask(words, options)
            answers |= {words} if check_answered(it, events)["attachments"] else set()

    # Only one release has solutions: its are the first, and no change.
    unchanged = measure.nature is Nature.RATE or measure.row.dataset.may_lack
    assert set(commands) - answers == ({"changes"} if unchanged else set())


@in_one_loop
@EVERY
async def test_every_button_of_an_answer_answers(asker: Asker, measure: Measure) -> None:
    for words in ("trend", "top", "history"):
        message = await asker.message(words, {"measure": measure.value, "asylum": "Germany"})
        for label, button in buttons(message).items():
            if label not in NOT_PRESSED:
                with capture_logs() as events:
                    pressed = await asker.double.click(message, button)
                assert [e for e in events if e["log_level"] in ("warning", "error")] == [], label
                assert pressed.reply or pressed.original, (words, label)


@in_one_loop
@EVERY
async def test_every_alert_tells_of_it_or_says_why_not(desk: Desk, measure: Measure) -> None:
    """Proposed with the last release, confirmed, and asked what every release would have told."""
    assert commands_with_a_measure(desk.asker, "alerts") == ["subscribe", "edit", "watch"]
    side = "origin" if Role.ORIGIN in measure.row.sides else "asylum"
    wanted = {"measure": measure.value, side: "China"}
    proposal = await desk.said("subscribe", wanted)
    watched = await desk.said("watch", wanted, dm=True)
    if measure.nature is Nature.RATE:
        assert proposal == watched == "A rate changes with its decisions; subscribe to measure:decisions."
        return
    assert proposal.startswith(f"Subscribe <#{desk.channel('general')}> to **{NAMES[measure].lower()} ")
    assert watched.startswith("Subscribe ")
    await desk.subscribe(wanted)
    *_, kept = await desk.kept()
    assert kept.wanted.measure is measure
    assert await desk.said("preview", {"subscription": str(kept.id)})
    with capture_logs() as events:
        tested = await desk.use("test", {"subscription": str(kept.id)})
    assert tested.reply
    assert [e for e in events if e["log_level"] in ("warning", "error")] == []
    await desk.said("edit", {"subscription": str(kept.id), "measure": measure.value, "asylum": "Canada"})


@EVERY
def test_it_has_words_a_name_in_the_list_and_is_found_by_them(measure: Measure) -> None:
    lacking = [name for name, words in WORDS.items() if measure not in words]
    assert not lacking, f"give {measure.value!r} its words in {lacking} of bot/words/measures.py"
    for typed in (measure.value, NAMES[measure], SUBJECTS[measure], name_measure(measure)):
        assert read_measure(typed) is read_measure(typed.upper()) is measure
        assert measure in suggest_measures(typed)
    read = [of.value for each in find_measures(NAMES[measure]) for of in each.value.measures]
    assert measure in read, (
        f"data/reading/wordings.csv reads {NAMES[measure]!r} as {read}: a row above takes it"
    )


@EVERY
def test_its_row_says_what_it_is_made_of(measure: Measure) -> None:
    row = measure.row

    assert bool(row.columns) is (row.nature is not Nature.RATE) is not bool(row.part)
    assert {*row.columns, *row.part} <= set(COUNTS) == set(Counts._fields)
    people = row.dataset in (Dataset.POPULATION, Dataset.SOLUTIONS)
    assert people or row.nature is not Nature.STOCK
    assert row.units == ((Unit.PERSONS,) if people else tuple(Unit))
    assert row.sides in ((Role.ORIGIN, Role.ASYLUM), (Role.ASYLUM,))


@EVERY
def test_its_formula_is_the_sum_of_its_columns(measure: Measure) -> None:
    counts = Counts(*(100 * 2**place for place in range(len(COUNTS))))
    columns, part = (
        sum(getattr(counts, name) for name in names) for names in (measure.row.columns, measure.row.part)
    )

    value = FORMULAS[measure](counts)
    assert value == (columns or part / (counts.recognised + counts.complementary + counts.rejected))
    assert FORMULAS[measure](Counts()) is None


def test_every_count_is_a_measure_and_decisions_are_the_sum_of_outcomes() -> None:
    assert set(BY_COLUMN) == set(COUNTS)
    assert [COLUMNS[each] for each in BY_COLUMN.values()] == [(column,) for column in BY_COLUMN]
    assert tuple(name for each in OUTCOMES for name in COLUMNS[each]) == COLUMNS[Measure.DECISIONS]
    counts = Counts(recognised=1, complementary=2, rejected=4, closed=8)
    assert measure(Measure.DECISIONS, counts) == sum(measure(each, counts) or 0 for each in OUTCOMES)

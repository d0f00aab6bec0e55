"""A question is the same after it was a button's text, or a command line; and each fits Discord's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alerts.proposals import read_draft
from bot.chat.buttons import BUTTONS, make_buttons
from bot.chat.composition import REPLIES
from bot.preview.command_parser import BadLine, parse
from bot.sentences import say
from data.errors import Unanswerable
from data.model import Level, Measure, Order, Place, RankBy, RevisionKind, Role
from data.questions.changes import AskChanges
from data.questions.codec import FORMS, read_command, read_permalink, write_command, write_permalink
from data.questions.decisions import AskDecisions
from data.questions.export import AskExport, By
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.registry import KINDS, Question
from data.questions.top import AskTop
from data.questions.trend import AskTrend, compare_places
from tests.asking import Asker
from tests.examples import examples
from tests.laws.generated import ATLAS, EXPORTS, KINDS_OF_QUESTION, QUESTIONS
from tests.nonsense import check_sentence, nonsense
from tests.refusals import refuses

LARGEST_ID = 2**63 - 1
in_one_loop = pytest.mark.asyncio(loop_scope="session")


def find(name: str) -> Place:
    return Place(ATLAS.find(name))


def test_every_kind_of_question_has_a_form_and_a_reply_and_is_made_up() -> None:
    asked = {*get_args(Question)}
    for table, kinds, wanted in (
        ("KINDS in data/questions/registry.py", {kind.question for kind in KINDS}, asked | {AskExport}),
        ("FORMS in data/questions/codec.py", {form.kind for form in FORMS}, asked | {AskExport}),
        ("REPLIES in bot/chat/composition.py", {*REPLIES}, asked),
        ("KINDS_OF_QUESTION in tests/laws/generated.py", {*KINDS_OF_QUESTION}, asked),
    ):
        differ = sorted(kind.__name__ for kind in kinds ^ wanted)
        assert not differ, f"{table} and Question in data/questions/registry.py differ in {differ}"


def read(link: str) -> Question | str:
    try:
        return read_permalink(link, ATLAS)
    except Unanswerable as error:
        return error.code


@settings(deadline=None, max_examples=examples(500))
@given(QUESTIONS)
def test_a_permalink_leads_back_to_its_question(question: Question) -> None:
    link = write_permalink(question)

    assert read_permalink(link, ATLAS) == question
    assert len(link) <= 80


@settings(deadline=None, max_examples=examples(200))
@given(QUESTIONS, st.none() | st.integers(1, LARGEST_ID))
async def test_every_button_fits_and_is_known_after_a_restart(question: Question, asker: int | None) -> None:
    view = make_buttons(question, asker)

    ids = [item.item.custom_id for item in view.children]
    assert len(set(ids)) == len(ids)
    for custom_id in ids:
        assert len(custom_id) <= 100
        (kind,) = [b for b in BUTTONS if b.__discord_ui_compiled_template__.fullmatch(custom_id)]
        assert kind in map(type, view.children)


@settings(deadline=None, max_examples=examples(300))
@given(st.text("abcdefghijklmnopqrstuvwxyzACHINUS0123456789.*~_-", max_size=80))
def test_any_text_is_a_question_or_a_stale_button(text: str) -> None:
    found = read(text)

    assert found == "button-stale" or read(write_permalink(found)) == found


@settings(deadline=None, max_examples=examples(300))
@given(QUESTIONS, st.data())
def test_a_damaged_permalink_is_no_bug(question: Question, data: st.DataObject) -> None:
    link = write_permalink(question)
    at = data.draw(st.integers(0, len(link) - 1))
    damaged = link[:at] + data.draw(st.sampled_from(["", "x", ".", "~", "_", "-", "9"])) + link[at + 1 :]

    found = read(damaged)

    assert found == "button-stale" or not isinstance(found, str)


@pytest.mark.parametrize(
    "text", ["", ".", "f.A", "f.CHI~*.2025", "f.XXX~*.2025.-", "t.p.CHI~*.-.-.sqr.-", "z.-"]
)
def test_what_an_older_version_wrote_asks_to_ask_again(text: str) -> None:
    with refuses(Unanswerable, "ask again with the command"):
        read_permalink(text, ATLAS)


def test_questions_that_differ_have_different_permalinks() -> None:
    china = Place(ATLAS.find("China"))
    question = AskTrend(Measure.PENDING, (china,), 2000, 2025, "linear", as_of=date(2026, 6, 25))
    others = [
        replace(question, measure=Measure.APPLICATIONS),
        replace(question, places=(Place(None, china.origin),)),
        replace(question, first=2001),
        replace(question, last=None),
        replace(question, scale="log"),
        replace(question, as_of=None),
        replace(question, first=None, last=None, years=(2010, 2020)),
        replace(question, first=None, last=None, years=(2010, 2021)),
    ]

    assert len({write_permalink(each) for each in (question, *others)}) == 1 + len(others)


def test_a_permalink_is_readable_and_stable() -> None:
    china, usa = ATLAS.find("China"), ATLAS.find("USA")

    assert (
        write_permalink(AskFigures(Place(china, usa), 2025, as_of=date(2025, 11, 10)))
        == "f.CHI~USA.2025.20251110"
    )
    assert write_permalink(AskTrend(Measure.PENDING, (Place(china),))) == "t.p.CHI~*.-.-.lin.-"
    assert write_permalink(AskTop(Measure.DECISIONS, Role.ASYLUM, Place(), 2024)) == "r.d.a.*~*.2024.-"
    ranked = AskTop(
        Measure.DECISIONS, Role.ASYLUM, Place(), 2024, 2019, RankBy.PERCENT, Order.SMALLEST, 3, usa, 1000
    )
    assert write_permalink(ranked) == "r.d.a.*~*.2024.s2019.bp.os.n3.fUSA.a1000.-"
    beside = AskTrend(Measure.PENDING, (Place(china, usa), Place(usa, usa)), years=(2015, 2024))
    assert write_permalink(beside) == "t.p.CHI~USA_USA~.-.-.lin.y737c.-"


@settings(deadline=None, max_examples=examples(1000))
@given(QUESTIONS | EXPORTS)
def test_a_command_asks_its_question_or_is_not_written(question: Question | AskExport) -> None:
    line = write_command(question)

    if line:
        assert read_command(line, ATLAS) == question
        assert read_command(f"{line} private:yes", ATLAS) == question
    else:
        assert isinstance(question, AskTrend | AskTop | AskMap | AskPeriod | AskExport)


@pytest.mark.parametrize("kind", [form.kind for form in FORMS], ids=[form.command for form in FORMS])
def test_every_kind_of_question_has_a_command(kind: type) -> None:
    made = KINDS_OF_QUESTION.get(kind, EXPORTS)
    written: list[str] = []

    @settings(deadline=None, max_examples=examples(100), database=None)
    @given(made)
    def write(question: Question | AskExport) -> None:
        written.append(write_command(question))

    write()
    assert any(written)


@in_one_loop
async def test_discord_takes_every_command_that_is_written(asker: Asker) -> None:
    """Every option is one that is registered, and every choice one that is offered."""
    (group,) = [command for command in asker.double.commands[None] if command["name"] == "asylum"]

    @settings(deadline=None, max_examples=examples(300), database=None)
    @given(QUESTIONS | EXPORTS)
    def hold(question: Question | AskExport) -> None:
        if line := write_command(question):
            form = " format:csv" if isinstance(question, AskExport) else ""
            try:
                call = parse(line + form, [group])
            except BadLine as error:
                pytest.fail(f"{line}: {error}")
            assert call.words == " ".join(line.split(" ")[:2]).removeprefix("/")

    hold()


def test_what_no_command_can_ask_is_no_command() -> None:
    germany = ATLAS.find("Germany")
    syrians, afghans = (Place(ATLAS.find(name), germany) for name in ("Syria", "Afghanistan"))
    six = [ATLAS.find(name) for name in ("France", "Italy", "Spain", "Greece", "Malta", "USA")]
    unasked: list[Question | AskExport] = [
        AskTrend(Measure.APPLICATIONS, (syrians, afghans)),
        AskTrend(Measure.APPLICATIONS, (Place(), Place(None, germany))),
        AskTrend(Measure.APPLICATIONS, compare_places(Place(None, germany), six)),
        AskTop(Measure.PENDING, Role.ORIGIN, syrians),
        AskMap(Measure.PENDING, Role.ASYLUM, syrians),
        AskPeriod(Measure.PENDING, syrians, (2000, 2005), (None, None)),
        AskExport(Measure.PENDING, syrians, By.ASYLUM),
    ]

    assert [write_command(each) for each in unasked] == [""] * len(unasked)
    assert write_command(AskTrend(Measure.APPLICATIONS, compare_places(syrians, six[:5]))) == (
        "/asylum trend measure:applications origin:Syria asylum:Germany"
        " versus:France, Italy, Spain, Greece, Malta"
    )


def test_an_export_is_written_as_a_command_too() -> None:
    question = AskExport(
        Measure.APPLICATIONS, find("Syria"), By.ASYLUM, (2020, None), as_of=date(2026, 6, 25)
    )

    assert write_command(question) == (
        "/asylum export measure:applications by:asylum origin:Syria from:2020 as_of:2026-06-25"
    )


@pytest.mark.parametrize(
    "line",
    [
        "",
        "/asylum",
        "/asylum tea",
        "/alerts list",
        "/asylum figures China",
        "/asylum figures year:2024 year:2025",
        "/asylum figures year:soon",
        "/asylum figures origin:Chna",
        "/asylum figures as_of:soon",
        "/asylum trend measure:tea",
        "/asylum top rank:origins origin:China",
        "/asylum changes at_least:0",
        "/asylum trend measure:pending versus:France, Italy, Spain, Greece, Malta, USA",
    ],
)
def test_a_line_that_asks_nothing_is_a_sentence(line: str) -> None:
    with pytest.raises(Unanswerable) as refused:
        read_command(line, ATLAS)

    check_sentence(say(refused.value))


def test_nonsense_is_a_sentence_or_a_question() -> None:
    for text in nonsense("commands", 300):
        for line in (text, f"/asylum figures origin:{text}", f"/asylum trend measure:{text} from:{text}"):
            try:
                assert isinstance(read_command(line, ATLAS), get_args(Question))
            except Unanswerable as refused:
                check_sentence(say(refused))


CHINA, USA = find("China"), Place(None, ATLAS.find("USA"))
PAIR = Place(CHINA.origin, USA.asylum)
OLD_BUTTONS: dict[str, Question] = {
    "f.CHI~USA.2025.20251110": AskFigures(PAIR, 2025, as_of=date(2025, 11, 10)),
    "f.*~*.-.-": AskFigures(Place()),
    "t.p.CHI~*.-.-.lin.-": AskTrend(Measure.PENDING, (CHINA,)),
    "t.a.*~USA_*~GFR.2013.2025.log.20260625": AskTrend(
        Measure.APPLICATIONS,
        (USA, Place(None, ATLAS.find("Germany"))),
        2013,
        2025,
        "log",
        as_of=date(2026, 6, 25),
    ),
    "r.d.a.*~*.2024.-": AskTop(Measure.DECISIONS, Role.ASYLUM, Place(), 2024),
    "m.j.o.*~USA.-.-": AskMap(Measure.REJECTED, Role.ORIGIN, USA),
    "h.s.CHI~*.2024.20260625": AskHistory(Measure.ALL_STAGES, CHINA, 2024, as_of=date(2026, 6, 25)),
    "p.x.CHI~*.2003.2012.-": AskPeriod(Measure.RECOGNITION_RATE, CHINA, (2003, 2012)),
    "p.y.CHI~*.2003.2012.2013.-.-": AskPeriod(Measure.PROTECTION_RATE, CHINA, (2003, 2012), (2013, None)),
    "d.f.*~USA.-.2020.-": AskDecisions(USA, Level.FIRST, None, 2020),
    "d.a.*~*.-.-.20260625": AskDecisions(Place(), as_of=date(2026, 6, 25)),
    "c.-.*~*.-.1.-": AskChanges(Place()),
    "c.r.CHI~USA.0.100.20260625": AskChanges(
        PAIR, Measure.RECOGNISED, RevisionKind.NEW_PERIOD, 100, as_of=date(2026, 6, 25)
    ),
    "c.c.*~*.1.1.-": AskChanges(Place(), Measure.COMPLEMENTARY, RevisionKind.COMPLETED),
    "c.o.*~*.2.1.-": AskChanges(Place(), Measure.CLOSED, RevisionKind.CORRECTED),
    "c.-.*~*.3.1.-": AskChanges(Place(), None, RevisionKind.WITHDRAWN),
    "c.-.*~*.4.1.-": AskChanges(Place(), None, RevisionKind.RECODED),
}
"""What the version before this table wrote, and what it meant by it."""


@pytest.mark.parametrize("link", OLD_BUTTONS)
def test_buttons_of_the_version_before_still_work(link: str) -> None:
    assert read_permalink(link, ATLAS) == OLD_BUTTONS[link]


def test_only_kinds_of_change_and_shared_sides_are_written_otherwise_than_before() -> None:
    changed = {
        link: written
        for link, question in OLD_BUTTONS.items()
        if (written := write_permalink(question)) != link
    }

    assert changed == {
        "t.a.*~USA_*~GFR.2013.2025.log.20260625": "t.a.*~USA_~GFR.2013.2025.log.20260625",
        "c.r.CHI~USA.0.100.20260625": "c.r.CHI~USA.N.100.20260625",
        "c.c.*~*.1.1.-": "c.c.*~*.C.1.-",
        "c.o.*~*.2.1.-": "c.o.*~*.R.1.-",
        "c.-.*~*.3.1.-": "c.-.*~*.W.1.-",
        "c.-.*~*.4.1.-": "c.-.*~*.X.1.-",
    }


@pytest.mark.parametrize(
    ("number", "kinds"),
    [
        ("0", []),
        ("1", [RevisionKind.NEW_PERIOD]),
        ("2", [RevisionKind.COMPLETED]),
        ("4", [RevisionKind.CORRECTED]),
        ("8", [RevisionKind.WITHDRAWN]),
        ("c", [RevisionKind.CORRECTED, RevisionKind.WITHDRAWN]),
        ("g", [RevisionKind.RECODED]),
        (
            "n",
            [RevisionKind.NEW_PERIOD, RevisionKind.COMPLETED, RevisionKind.CORRECTED, RevisionKind.RECODED],
        ),
        ("v", [*RevisionKind]),
    ],
)
def test_subscriptions_that_the_version_before_proposed_can_be_confirmed(
    number: str, kinds: list[RevisionKind]
) -> None:
    draft = read_draft(f"c.d.CHI~*.-.1.-:{number}:p1000:9ix:-:en:-", ATLAS, 7)

    assert draft.wanted.kinds == frozenset(kinds)
    assert (draft.wanted.place, draft.wanted.measure) == (CHINA, Measure.DECISIONS)
    assert draft.wanted.at_least.share == 0.1

"""What no version of this bot wrote into a button or menu, and somebody sends all the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from structlog.testing import capture_logs

from bot.alerts.proposals import ALERT_BUTTONS, read_draft
from bot.chat.ask import CORRECTIONS
from bot.chat.buttons import BUTTONS
from bot.chat.check import ChartMenu, PageButton
from bot.chat.composition import compose
from bot.sentences import SENTENCES, say
from bot.services import Services
from data.errors import AsylumBotError, Unanswerable
from data.model import Level, Measure, Place, Role
from data.questions.changes import AskChanges
from data.questions.codec import read_permalink, write_permalink
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from tests.asking import Asker
from tests.laws.generated import ATLAS

Read = TypeVar("Read")
in_one_loop = pytest.mark.asyncio(loop_scope="session")

CHINA, USA = ATLAS.find("China"), ATLAS.find("USA")
PAIR, ORIGIN, WORLD = Place(CHINA, USA), Place(CHINA, None), Place(None, None)
SOUND = [
    write_permalink(question)
    for question in (
        AskFigures(PAIR, 2025, None),
        AskTrend(Measure.PENDING, (ORIGIN, WORLD), 2010, 2025, "linear"),
        AskTop(Measure.APPLICATIONS, Role.ORIGIN, WORLD, 2024),
        AskMap(Measure.APPLICATIONS, Role.ASYLUM, ORIGIN, 2024),
        AskHistory(Measure.PENDING, ORIGIN, 2025, as_of=None),
        AskChanges(ORIGIN, Measure.PENDING, None, 1, as_of=None),
        AskPeriod(Measure.APPLICATIONS, ORIGIN, (2010, 2015), (2016, 2020), as_of=None),
        AskDecisions(ORIGIN, Level.FIRST, 2010, 2025, as_of=None),
    )
]
PIECES = (
    "-", ".", "~", "*", "_", "f", "t", "r", "m", "h", "c", "p", "d", "lin", "log", "CHI", "USA", "ZZZ", "*~*", "o", "a",
    "0", "9", "2025", "0000", "9999", "99999", "-1", "9" * 31, "20251110", "20251399", "2025-W01-1", "٢٠٢٥", "x", "½",
)  # fmt: skip
TEMPLATES = (
    "table:{}", "csv:{}", "export:{}", "file:csv:{}", "file:zzz:{}", "file:a:{}", "scale:0:{}", "scale:99999999999999999999:{}",
    "then:{}", "as-s:0:{}", "as-l:0:{}", "as-r:0:{}", "subscribe:{}", "subscribe:{}:0:1:1:-:en:-",
    "delete:١", "table:", "file::",
)  # fmt: skip
MENUS = ("as-m:0:{}", "as-y:0:{}", "check:charts")
PICKED = ("x", "--", "-", "2025-", "-9999", "٢٠٢٥-", "1-2-3", "9" * 80, "", *SOUND[:2], "pending", "total")


def forge(chance: random.Random) -> str:
    """Make a permalink that is sound but for a change or two, or that never was one."""
    if chance.random() < 0.2:
        return "".join(chance.choices(PIECES, k=chance.randint(1, 9)))[:80]
    parts = chance.choice(SOUND).split(".")
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(len(parts))
        match chance.randrange(4):
            case 0:
                parts[at] = chance.choice(PIECES)
            case 1:
                parts.insert(at, chance.choice(PIECES))
            case 2:
                del parts[at]
            case _:
                parts[at] = parts[at] + chance.choice(PIECES)
        parts = parts or ["-"]
    return ".".join(parts)[:80]


def forgeries(seed: str, count: int) -> Iterator[str]:
    chance = random.Random(seed)
    yield "c.-.*~*.-." + "9" * 31 + ".-"
    for _ in range(count):
        yield forge(chance)


def read(from_text: Callable[[], Read]) -> Read | None:
    """Read, or return None where it is said to be of an older version."""
    try:
        return from_text()
    except Unanswerable as error:
        if error.code != "button-stale":
            raise
        return None


def test_a_forged_permalink_is_a_question_that_could_be_asked_or_stale() -> None:
    sound = stale = 0
    for link in forgeries("permalinks", 20_000):
        question = read(lambda link=link: read_permalink(link, ATLAS))
        if question is None:
            stale += 1
        else:
            assert read_permalink(write_permalink(question), ATLAS) == question
            sound += 1
    assert sound > 200
    assert stale > 10_000


def test_a_forged_draft_is_one_that_could_be_proposed_or_stale() -> None:
    chance = random.Random("drafts")
    link = write_permalink(AskChanges(ORIGIN))
    for _ in range(5_000):
        parts = [chance.choice([link, forge(chance)]), "0", "1", "abc", "-", "en", "-"]
        at = chance.randrange(len(parts))
        parts[at] = chance.choice(
            ["z" * 40, "-1", "_", "1_0", "p", "p9", "p" + "9" * 40, "", "ا", "x:y", "٢"]
        )
        draft = read(lambda parts=parts: read_draft(":".join(parts), ATLAS, 1))
        if draft is not None:
            assert 0 <= draft.destination.channel < 2**63
            assert 0 <= (draft.wanted.at_least.count or 0) < 2**63


@in_one_loop
async def test_whatever_a_forged_permalink_asks_is_answered_or_refused_in_a_sentence(
    services: Services,
) -> None:
    answered, sentences = 0, set[str]()
    for link in forgeries("answers", 6_000):
        try:
            question = read_permalink(link, services.countries)
        except Unanswerable:
            continue
        try:
            await compose(services, question)
            answered += 1
        except AsylumBotError as error:
            sentences.add(say(error))
    assert answered > 50
    assert len(sentences) > 1
    assert all(sentence.endswith(".") for sentence in sentences)


def is_ours(custom_id: str) -> bool:
    kinds = (*BUTTONS, *CORRECTIONS, *ALERT_BUTTONS, ChartMenu, PageButton)
    return any(kind.__discord_ui_compiled_template__.fullmatch(custom_id) for kind in kinds)


def component(custom_id: str, picked: str | None) -> dict[str, Any]:
    """Make a row with a button, or with a menu that has one option."""
    if picked is None:
        inner = {"type": 2, "style": 2, "label": "Press", "custom_id": custom_id, "id": 2}
    else:
        option = {"label": "One", "value": picked}
        inner = {
            "type": 3,
            "custom_id": custom_id,
            "id": 2,
            "min_values": 1,
            "max_values": 1,
            "options": [option],
        }
    return {"type": 1, "id": 1, "components": [inner]}


@in_one_loop
async def test_whoever_presses_a_forged_component_reads_a_sentence_and_the_log_has_no_traceback(
    asker: Asker, caplog: pytest.LogCaptureFixture
) -> None:
    message = await asker.message("figures", {"origin": "China", "private": False})
    chance = random.Random("components")
    sent: list[tuple[str, str | None]] = [
        ("file:zzz:" + SOUND[0], None),
        ("csv:c.-.*~*.-." + "9" * 31 + ".-", None),
    ]
    sent += [(chance.choice(TEMPLATES).format(forge(chance))[:100], None) for _ in range(250)]
    sent += [(each.format(SOUND[1]), picked) for each in MENUS for picked in PICKED]
    # Of what fits no template Discord says that the application did not respond.
    sent = [(custom_id, picked) for custom_id, picked in sent if is_ours(custom_id)]
    assert len(sent) > 150
    said = []
    with capture_logs() as events:
        for custom_id, picked in sent:
            now = asker.double.messages[message["channel_id"]][
                message["id"]
            ]  # an answer may have taken its place
            now["components"] = [component(custom_id, picked)]
            values = None if picked is None else [picked]
            pressed = await asker.double.click(now, custom_id, values=values)
            if pressed.reply is not None:
                said.append((custom_id, picked, pressed.reply["content"]))
    assert [e for e in events if e["log_level"] in ("error", "critical")] == []
    assert [r for r in caplog.records if r.levelname in ("ERROR", "CRITICAL")] == []
    assert not any("Something broke" in text for _, _, text in said)
    stale = {(custom_id, picked) for custom_id, picked, text in said if text == SENTENCES["button-stale"]}
    assert {("file:zzz:" + SOUND[0], None), ("csv:c.-.*~*.-." + "9" * 31 + ".-", None)} <= stale
    assert {("as-y:0:" + SOUND[1], picked) for picked in ("x", "--", SOUND[0])} <= stale

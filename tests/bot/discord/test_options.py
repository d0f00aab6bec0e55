"""Options become values of the domain, or one sentence to whoever typed them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import discord
import pytest
import pytest_asyncio
from discord import app_commands

from bot.discord import options
from bot.discord.client import AsylumBot
from bot.discord.options import AsOfTransformer, CountriesTransformer, CountryTransformer, MeasureTransformer
from bot.errors import explain
from bot.languages import Language, use
from bot.sentences import say
from bot.services import Services
from data.countries import Atlas
from data.countries.lists import MAX_COMPARED, read_countries
from data.errors import Unanswerable
from data.model import Country, Measure, RevisionKind
from tests.asking import make_bot
from tests.data.countries.atlases import atlas
from tests.nonsense import check_sentence, nonsense
from tests.refusals import refuses

in_one_loop = pytest.mark.asyncio(loop_scope="session")

ATLAS: Atlas = atlas()
UNCLEAR = ("CRB", "CUR")
"""Codes without a name, which UNHCR explains nowhere: found when typed, but not offered."""
OPTIONS = [
    ("figures", "origin", Country),
    ("trend", "versus", tuple),
    ("trend", "measure", Measure),
    ("trend", "scale", str),
    ("top", "rank", str),
    ("top", "as_of", date),
    ("decisions", "level", str),
    ("map", "by", str),
    ("export", "by", str),
    ("export", "format", str),
    ("define", "word", tuple),
    ("changes", "kinds", RevisionKind),
    ("changes", "release", date),
]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def bot(services: Services) -> AsyncIterator[AsylumBot]:
    async with make_bot(services) as bot:
        for extension in bot.cog_names:
            await bot.load_extension(extension)
        yield bot


def typing(bot: AsylumBot, locale: str = "en-US", **filled: str) -> Any:
    return SimpleNamespace(client=bot, locale=discord.Locale(locale), namespace=SimpleNamespace(**filled))


def parameter(bot: AsylumBot, command: str, option: str) -> Any:
    """What discord.py itself asks to read an option."""
    group: Any = bot.tree.get_command("asylum")
    return next(p for p in group.get_command(command)._params.values() if p.display_name == option)


def names(countries: tuple[Country, ...]) -> list[str]:
    return [country.name for country in countries]


@pytest.fixture(scope="module", params=[400, pytest.param(10_000, marks=pytest.mark.proof)])
def cases(request: pytest.FixtureRequest) -> list[str]:
    """The same texts for every option, as making them takes as long as reading them."""
    return list(nonsense("option", request.param))


async def remembering(services: Services) -> AsylumBot:
    """A bot that has the releases at hand: asked 10,000 times, the database says the same."""
    known = await services.answers.releases()

    async def releases() -> Any:
        return known

    answers: Any = SimpleNamespace(releases=releases)
    return make_bot(replace(services, answers=answers))


@in_one_loop
@pytest.mark.parametrize(("command", "option", "kind"), OPTIONS)
async def test_nonsense_is_one_sentence_and_no_bug(
    bot: AsylumBot, cases: list[str], command: str, option: str, kind: type
) -> None:
    read, refused = 0, 0
    option_itself, somebody = parameter(bot, command, option), typing(await remembering(bot.services))
    for text in cases:
        try:
            value = await option_itself.transform(somebody, text)
        except app_commands.AppCommandError as error:
            explanation = explain(error, "f00", option)
            refused += 1
        else:
            assert isinstance(value, kind)
            read += 1
            continue
        assert not explanation.is_bug, ascii(text)
        assert explanation.text
        check_sentence(explanation.text.replace(f"`{option}`", option))
    assert read + refused == len(cases)
    assert refused > len(cases) / 2


@pytest.mark.parametrize(
    "transformer", [CountryTransformer, CountriesTransformer, AsOfTransformer, MeasureTransformer]
)
async def test_whatever_is_being_typed_gets_choices_that_discord_takes(
    bot: AsylumBot, transformer: type[app_commands.Transformer]
) -> None:
    for text in nonsense(transformer.__name__, 100):
        choices: list[Any] = await transformer().autocomplete(typing(bot, "de"), text)  # type: ignore[assignment] # theirs is wider
        assert len(choices) <= 25
        assert all(1 <= len(choice.name) <= 100 and 1 <= len(str(choice.value)) <= 100 for choice in choices)
        assert len({choice.name for choice in choices}) == len(choices)


async def test_every_country_that_is_offered_is_understood(bot: AsylumBot) -> None:
    for country in ATLAS.countries():
        offered = await CountryTransformer().autocomplete(typing(bot, "de"), country.name[:12])
        values = [await CountryTransformer().transform(typing(bot), choice.value) for choice in offered]
        assert country in values or country.name in UNCLEAR


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Germany", ["Germany"]),
        ("Germany, France ,USA", ["Germany", "France", "USA"]),
        ("Germany,,France,", ["Germany", "France"]),
        ("germany, Germany, DEU", ["Germany"]),
        ("Korea, Republic of", ["South Korea"]),
        ("Korea, Republic of, China", ["South Korea", "China"]),
        ("China, Korea, Republic of", ["China", "South Korea"]),
        ("Iran, Islamic Republic of, Iraq", ["Iran", "Iraq"]),
        ("Congo, Democratic Republic of the,Tanzania, United Republic of", ["DR Congo", "Tanzania"]),
        ("China, Hong Kong", ["China", "Hong Kong"]),
        ("中国, Deutschland", ["China", "Germany"]),
    ],
)
def test_a_list_of_countries_is_read_though_names_hold_commas(typed: str, found: list[str]) -> None:
    assert names(read_countries(typed, ATLAS)) == found


def test_a_list_of_every_country_is_read_name_by_name() -> None:
    countries = ATLAS.countries()
    for first, second in pairwise(countries):
        assert read_countries(f"{first.name}, {second.name}", ATLAS) == (first, second)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (" , ,", "I find no country in ', ,'; name some, separated by commas."),
        ("China, Chna", "No country is called 'Chna'. Did you mean China?"),
        ("Congo, Germany", "'Congo' can mean DR Congo or Congo-Brazzaville: type the one you mean."),
        (",".join(["x"] * 6000), "At most 5 countries can be compared at once; name fewer."),
    ],
)
def test_a_list_that_cannot_be_read_says_what_is_wrong(typed: str, sentence: str) -> None:
    with pytest.raises(Unanswerable) as caught:
        read_countries(typed, ATLAS)

    assert say(caught.value) == sentence


async def test_six_countries_are_one_too_many(bot: AsylumBot) -> None:
    six = "Germany, France, Italy, Spain, Greece, Malta"

    with refuses(Unanswerable, "At most 5 countries"):
        await CountriesTransformer().transform(typing(bot), six)
    five = await CountriesTransformer().transform(typing(bot), six.removesuffix(", Malta"))
    assert len(five) == MAX_COMPARED


async def test_a_list_to_compare_with_offers_nothing_that_is_there_already(bot: AsylumBot) -> None:
    offered = [c.value for c in await CountriesTransformer().autocomplete(typing(bot), "germany, ger")]
    assert "germany, Germany" not in offered
    beside = typing(bot, asylum="Germany")
    assert "Germany" not in [c.value for c in await CountriesTransformer().autocomplete(beside, "ger")]
    assert "Germany" in [c.value for c in await CountriesTransformer().autocomplete(typing(bot), "ger")]


async def test_the_last_country_of_a_list_is_completed(bot: AsylumBot) -> None:
    choices = await CountriesTransformer().autocomplete(typing(bot), "Germany,france , swit")

    assert choices[0].name == choices[0].value == "Germany, france, Switzerland"
    assert names(await CountriesTransformer().transform(typing(bot), choices[0].value)) == [
        "Germany",
        "France",
        "Switzerland",
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("pending", Measure.PENDING),
        ("Pending claims (stock)", Measure.PENDING),
        ("pending claims", Measure.PENDING),
        ("backlog", Measure.PENDING),
        ("waiting for a decision", Measure.PENDING),
        ("  NEW applications ", Measure.APPLICATIONS),
        ("first-time applicants", Measure.APPLICATIONS),
        ("applications-all-stages", Measure.ALL_STAGES),
        ("Applications, all stages (per year)", Measure.ALL_STAGES),
        ("rejections", Measure.REJECTED),
        ("withdrawn", Measure.CLOSED),
        ("refugee status", Measure.RECOGNISED),
        ("recognition rate", Measure.RECOGNITION_RATE),
        ("TPR", Measure.PROTECTION_RATE),
    ],
)
async def test_a_measure_goes_by_its_code_its_name_or_an_everyday_word(
    bot: AsylumBot, typed: str, found: Measure
) -> None:
    assert await MeasureTransformer().transform(typing(bot), typed) is found
    offered = await MeasureTransformer().autocomplete(typing(bot), typed)
    assert found.value in [choice.value for choice in offered]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("pendng", "There is no measure 'pendng'; the nearest is Pending claims."),
        ("asylum aplications", "There is no measure 'asylum aplications'; the nearest is New applications."),
        ("tea", "There is no measure 'tea'; pick one from the list."),
        (
            "grants",
            "'grants' can mean Recognised as refugees or Complementary protection; pick one from the list.",
        ),
        (
            "asylum seekers",
            "'asylum seekers' can mean Pending claims or New applications; pick one from the list.",
        ),
    ],
)
async def test_what_is_no_measure_or_several_is_one_sentence(
    bot: AsylumBot, typed: str, sentence: str
) -> None:
    with pytest.raises(Unanswerable) as caught:
        await MeasureTransformer().transform(typing(bot), typed)

    assert say(caught.value) == sentence


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("", "pending"),
        ("backlog", "pending"),
        ("rej", "rejected"),
        ("rate", "recognition-rate"),
        ("complementry", "complementary"),
        ("grants", "recognised"),
    ],
)
async def test_measures_are_offered_by_what_is_typed(bot: AsylumBot, typed: str, first: str) -> None:
    offered = await MeasureTransformer().autocomplete(typing(bot), typed)

    assert offered[0].value == first


async def test_what_is_picked_from_a_list_is_understood_by_its_label_too(bot: AsylumBot) -> None:
    """Discord sends the label where somebody picks and then edits, or sends before the list is there."""
    somebody = typing(bot)
    for measure in await MeasureTransformer().autocomplete(somebody, ""):
        assert await MeasureTransformer().transform(somebody, measure.name) == measure.value
    for release in await AsOfTransformer().autocomplete(somebody, ""):
        assert str(await AsOfTransformer().transform(somebody, release.name)) == release.value
    for country in await CountryTransformer().autocomplete(typing(bot, "de"), ""):
        assert (await CountryTransformer().transform(somebody, country.name)).name == country.value


async def test_releases_are_offered_newest_first(bot: AsylumBot) -> None:
    choices = await AsOfTransformer().autocomplete(typing(bot), "")

    days = [choice.value for choice in choices]
    assert days == sorted(days, reverse=True)
    assert (days[0], days[-1], len(days)) == ("2026-06-25", "2023-04-27", 11)
    assert choices[0].name == "25 June 2026 — Global Trends 2025, corrected"
    assert [c.value for c in await AsOfTransformer().autocomplete(typing(bot), "mid")] == [
        *("2026-03-30", "2025-11-10", "2024-10-18", "2023-10-25", "2023-04-27"),
    ]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-11-10", date(2025, 11, 10)),
        ("10 November 2025", date(2025, 11, 10)),
        ("10.11.2025", date(2025, 11, 10)),
        ("2025-11", date(2025, 11, 30)),
        ("2026", date(2026, 12, 31)),
        ("mid-year trends 2025", date(2025, 11, 10)),
        ("Global Trends 2025, corrected", date(2026, 6, 25)),
    ],
)
async def test_a_release_goes_by_its_day_or_label(bot: AsylumBot, typed: str, day: date) -> None:
    assert await AsOfTransformer().transform(typing(bot), typed) == day


def test_a_measure_goes_by_its_name_in_any_language_whoever_asked_first() -> None:
    options._list_names.cache_clear()
    with use(Language.GERMAN):
        german = options.name_measure(Measure.PENDING)
        assert options.read_measure(german) is Measure.PENDING
    english = options.name_measure(Measure.PENDING)
    assert german != english
    assert options.read_measure(german) is options.read_measure(english) is Measure.PENDING

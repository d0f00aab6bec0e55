"""The figures that must come out, asked as people ask: by command."""

from __future__ import annotations

from typing import Any

import pytest

from bot.chat.composition import compose
from bot.preview.double import Payload
from data.questions.codec import read_permalink
from tests.asking import Asker, buttons, read_csv

in_one_loop = pytest.mark.asyncio(loop_scope="session")

MID, JUNE, NOW = "2025-11-10", "2026-06-12", "2026-06-25"


async def first_line(asker: Asker, message: Payload) -> str:
    """The first line of the account."""
    account = (await asker.pressed(message))[-1]
    return account.splitlines()[0].replace("**", "")


async def table(asker: Asker, message: Payload) -> list[str]:
    """The rows of the table as wide as it is; Details wraps the same cells."""
    services = asker.bot.services
    link = buttons(message)["Details"].removeprefix("details:")
    reply = await compose(services, read_permalink(link, services.countries))
    return [" ".join(line.split()) for line in reply.grid.text().splitlines()]


async def figures(asker: Asker, **options: Any) -> Payload:
    return await asker.message("figures", options)


@in_one_loop
async def test_the_article_s_number_was_the_stock_of_half_a_year(asker: Asker) -> None:
    message = await figures(asker, origin="China", year=2025, as_of=MID)

    assert (await first_line(asker, message)) == (
        "178,725 people from China had an asylum claim pending worldwide (the stock on 30 June 2025; 83%,"
        " in the USA, probably carried forward from 30 June 2024), 147,909 of them in the USA."
    )
    assert "On 31 December 2024, half a year earlier, it was 180,960" in await asker.details(message)
    assert "50 countries of asylum, 14 of them with fewer than 10" in await asker.details(message)
    assert "New applications** in January–June 2025: 9,307 persons." in await asker.details(message)
    caveats = await asker.details(message)
    assert "Pending claims are a stock" in caveats
    assert "USA (39,536 persons in 2024)" in caveats
    assert "for the USA, 147,909, are exactly those of 30 June 2024" in caveats
    assert message["embeds"][0]["footer"]["text"] == "Mid-Year Trends 2025 (10 Nov 2025) · CC BY 4.0"


@in_one_loop
async def test_the_year_end_figure_replaced_it(asker: Asker) -> None:
    message = await figures(asker, origin="China", year=2025)

    assert (await first_line(asker, message)) == (
        "99,716 people from China had an asylum claim pending worldwide (the stock on 31 December 2025),"
        " 68,691 of them in the USA."
    )
    assert "50 countries of asylum, 12 of them with fewer than 10" in await asker.details(message)
    assert "New applications in 2025: 25,210; " in message["content"]
    assert message["embeds"][0]["footer"]["text"] == (
        "Global Trends 2025, corrected (25 Jun 2026) · CC BY 4.0"
    )


@in_one_loop
@pytest.mark.parametrize(
    ("country", "mid", "now"),
    [
        ("USA", "147,909", "68,691"),
        ("Canada", "6,435", "7,304"),
        ("Italy", "3,857", "5,365"),
        ("Australia", "10,436", "8,507"),
    ],
)
async def test_each_country_of_the_article_has_its_stock_then_and_now(
    asker: Asker, country: str, mid: str, now: str
) -> None:
    then = await figures(asker, origin="China", asylum=country, as_of=MID)
    today = await figures(asker, origin="China", asylum=country)

    assert (await first_line(asker, then)).startswith(
        f"{mid} people from China had an asylum claim pending in "
    )
    stale = "; probably carried forward from 30 June 2024" if country == "USA" else ""
    assert (await first_line(asker, then)).endswith(f"(the stock on 30 June 2025{stale}).")
    assert (await first_line(asker, today)).startswith(
        f"{now} people from China had an asylum claim pending in "
    )
    assert (await first_line(asker, today)).endswith("(the stock on 31 December 2025).")


@in_one_loop
async def test_the_largest_countries_of_asylum_of_2024_are_those_of_the_press(asker: Asker) -> None:
    message = await asker.message("top", {"measure": "applications", "rank": "asylum", "year": 2024})

    assert (await first_line(asker, message)) == (
        "New asylum applications in 2024, largest countries of asylum:"
        " USA 729,105 (January–June 2024), Egypt 433,926, Germany 229,740."
    )
    assert "3,050,315 persons" in await asker.details(message)
    assert (await table(asker, message))[1] == "1. USA 729,105* 23.9%"
    assert [line.rsplit(" ", 2)[0] for line in (await table(asker, message))[2:6]] == [
        "2. Egypt 433,926",
        "3. Germany 229,740",
        "4. Canada 173,931",
        "5. Spain 167,342",
    ]


@in_one_loop
async def test_persons_and_cases_of_2025_stand_side_by_side(asker: Asker) -> None:
    world = await figures(asker, year=2025)
    usa = await figures(asker, asylum="USA", year=2025)
    mid = await asker.message("top", {"measure": "applications", "as_of": MID})

    assert "New applications in 2025: 2,505,045 persons and 291,558 cases" in world["content"]
    assert "New applications in 2025: 629,358 persons and 282,594 cases" in usa["content"]
    assert "Recognised as refugees 494,652 21,597" in (await table(asker, world))
    for message in (world, usa):
        assert "never added" in await asker.details(message)
    assert "890,301 persons" in await asker.details(mid)
    assert "USA (729,105 persons in 2024)" in await asker.details(mid)


@in_one_loop
async def test_canada_s_decisions_were_corrected_within_two_weeks(asker: Asker) -> None:
    before = await table(asker, await figures(asker, asylum="Canada", year=2025, as_of=JUNE))
    after = await table(asker, await figures(asker, asylum="Canada", year=2025, as_of=NOW))

    assert {"Decisions 199,610", "Recognised as refugees 107,690"} <= set(before)
    assert {"Decisions 96,789", "Recognised as refugees 52,831"} <= set(after)


@in_one_loop
async def test_the_stock_of_every_year_is_in_the_csv_of_a_trend(asker: Asker) -> None:
    message = await asker.message("trend", {"measure": "pending", "origin": "China"})
    pressed = await asker.csv(message)
    assert pressed.reply
    rows = read_csv(asker.file(pressed.reply["attachments"][0]))

    values = {int(row["year"]): int(row["value"]) for row in rows}
    golden = {
        2000: 17_178, 2003: 21_257, 2005: 19_378, 2010: 7_732, 2012: 15_362, 2013: 24_799, 2016: 72_165, 2019: 104_248,
        2020: 108_071, 2021: 118_476, 2022: 116_338, 2023: 137_143, 2024: 180_960, 2025: 99_716,
    }  # fmt: skip
    assert golden.items() <= values.items()
    assert sum(values[year] for year in range(2013, 2026)) == 1_250_803
    assert min(values[year] for year in range(2003, 2013)) == 7_732
    assert (
        "180,960 (2024; with the USA's figure of 30 June). Before the pandemic (2019): 104,248."
        in await asker.details(message)
    )
    assert {row["covers"] for row in rows if row["year"] == "2025"} == {"31 December 2025"}


@in_one_loop
async def test_recognition_of_chinese_claims_is_told_for_each_unit(asker: Asker) -> None:
    message = await figures(asker, origin="China", year=2025)

    told = await table(asker, message)
    assert {"Refugee Recognition Rate 41.0% 3.3%", "Total Protection Rate 41.5% 3.3%"} <= set(told)
    assert "17,005 persons and 5,226 cases in 2025" in await asker.details(message)


@in_one_loop
async def test_two_leaders_terms_stand_side_by_side(asker: Asker) -> None:
    message = await asker.message(
        "period", {"origin": "China", "from": 2003, "to": 2012, "against_from": 2013, "against_to": 2025}
    )

    assert (await first_line(asker, message)) == (
        "People from China waiting for a decision, 2003–2012: between 7,732 (2010) and 21,257 (2003),"
        " 16,557 on average; 2013–2025: between 24,799 (2013) and 180,960 (2024), 96,216 on average"
        " (across breaks in the series)."
    )
    assert "2013–2025 is 5.8 times as high as that of 2003–2012." in await asker.details(message)
    assert "2003–2012 7,732 (2010) 21,257 (2003) 16,557" in (await table(asker, message))


@in_one_loop
@pytest.mark.parametrize(("day", "total"), [(MID, "1,329,812"), (NOW, "1,250,803")])
async def test_a_sum_of_stocks_comes_with_what_it_counts(asker: Asker, day: str, total: str) -> None:
    message = await asker.message("period", {"origin": "China", "from": 2013, "to": 2025, "as_of": day})

    assert (
        f"No total: the stocks of 2013–2025 would add up to {total},"
        " which counts the same pending claim again in every year it waits."
    ) in await asker.details(message)
    assert ("is a mid-year one, of 30 June" in await asker.details(message)) == (day == MID)


@in_one_loop
async def test_a_total_of_applications_is_of_whole_years(asker: Asker) -> None:
    options = {"measure": "applications", "asylum": "Germany", "from": 2023, "as_of": MID}
    message = await asker.message("period", options)
    whole = await asker.message("period", {**options, "to": 2024})

    assert "558,844** in all of 2023–2024" in await asker.details(message)
    assert "558,844** in all, " in await asker.details(whole)
    assert "January–June 2025 is half a year" in await asker.details(message)


@in_one_loop
async def test_outcomes_of_chinese_claims_have_their_rates_and_denominators(asker: Asker) -> None:
    message = await asker.message("decisions", {"origin": "China"})

    assert (await first_line(asker, message)) == (
        "Asylum decisions for people from China in 2025: 17,005 persons and 5,226 cases on the merits"
        " (6,978 persons and 175 cases recognised as refugees, 79 given complementary protection,"
        " 9,948 persons and 5,051 cases rejected); 7,120 persons and 732 cases more were otherwise closed."
    )
    assert "41.0% of persons, 3.3% of cases" in await asker.details(message)
    assert "2024 persons 5,902 59 8,223 7,304 41.6% 42.0%" in (await table(asker, message))
    assert "shares of the 17,005 persons and 5,226 cases on the merits" in await asker.details(message)
    assert "never added" in await asker.details(message)


@in_one_loop
async def test_canada_s_outcomes_were_corrected_within_two_weeks(asker: Asker) -> None:
    before = await asker.message("decisions", {"asylum": "Canada", "as_of": JUNE})
    after = await asker.message("decisions", {"asylum": "Canada", "as_of": NOW})

    assert "107,690 recognised as refugees" in (await first_line(asker, before))
    assert "52,831 recognised as refugees" in (await first_line(asker, after))


@in_one_loop
async def test_first_instance_is_told_apart_where_it_is_known(asker: Asker) -> None:
    options = {"origin": "China", "level": "first-instance"}
    message = await asker.message("decisions", options)
    assert (await first_line(asker, message)).startswith(
        "Asylum decisions at first instance for people from China in 2025: 9,727 persons on the merits"
    )
    assert "At all levels there were 17,005 persons and 5,226 cases" in await asker.details(message)


@in_one_loop
async def test_a_small_pair_is_answered(asker: Asker) -> None:
    options = {"measure": "pending", "origin": "Eritrea", "asylum": "Malta"}
    message = await asker.message("trend", options)
    assert (await first_line(asker, message)) == (
        "People from Eritrea waiting for a decision in Malta: fewer than 10 on 31 December 2025."
    )
    assert "Highest of 2002–2025: 365 (2020)." in await asker.details(message)


@in_one_loop
async def test_half_a_year_in_the_usa_is_not_told_as_a_fall(asker: Asker) -> None:
    question = "How many people applied for asylum in the US in 2024?"
    asked = await asker.message("ask", {"question": question})
    trend = await asker.message("trend", {"measure": "applications", "asylum": "USA"})

    assert "New asylum applications in the USA: **729,105** in January–June 2024." in await asker.details(
        asked
    )
    assert (
        "2024 applications for January–June only, so they compare with no other year"
        in await asker.details(asked)
    )
    for message in (asked, trend):
        assert "fewer" not in await asker.details(message)
        assert "1,176,051" in await asker.details(message)
    assert "2021 persons instead of cases; 2024 January–June only" in await asker.details(trend)


@in_one_loop
async def test_the_usa_of_2024_is_marked_in_the_ranking_and_has_no_change(asker: Asker) -> None:
    message = await asker.message("top", {"measure": "applications", "year": 2024})

    assert "In the 2024 total, the USA's 729,105 (23.9%) are of January–June only" in await asker.details(
        message
    )
    assert (await table(asker, message))[1:3] == ["1. USA 729,105* 23.9%", "2. Egypt 433,926 14.2% ×2.4"]
    assert (await table(asker, message))[-1] == "* January–June 2024 only"


@in_one_loop
async def test_the_record_of_chinese_claims_and_their_fall_are_told_for_what_they_are(
    asker: Asker,
) -> None:
    message = await figures(asker, origin="China")

    lines = (await asker.pressed(message))[-1].splitlines()
    assert "pending claims 147,909 of 30 June (81.7%)" in lines[1]
    assert lines[2].startswith(
        "The USA gives no origin for many pending claims (1,437,190 persons), new asylum"
    )
    assert lines[3] == (
        "On 31 December 2024 it was 180,960. The record since 2000 is 180,960 (2024; with the USA's figure of"
        " 30 June)."
    )


POPULATIONS = (
    ("refugees", {}, {2015: 16_110_276, 2023: 31_637_408, 2024: 30_958_200, 2025: 28_461_306}),
    ("others-in-need", {}, {2015: None, 2023: 5_755_363, 2024: 5_875_359, 2025: 7_177_473}),
    ("displaced", {}, {2015: 37_494_172, 2023: 63_251_367, 2024: 68_131_711, 2025: 64_239_352}),
    ("stateless", {}, {2015: 3_687_759, 2023: 4_358_195, 2024: 4_360_087, 2025: 4_477_220}),
    ("returned-refugees", {}, {2015: 201_387, 2023: 1_126_551, 2024: 1_615_821, 2025: 4_362_272}),
    ("resettled", {}, {2024: 188_759, 2025: 81_766}),
    ("resettled", {"asylum": "Canada"}, {2025: 38_771}),
    ("refugees", {"asylum": "Germany"}, {2025: 2_655_191}),
    ("refugees", {"asylum": "Türkiye"}, {2025: 2_390_414}),
    ("refugees", {"asylum": "Uganda"}, {2025: 1_936_719}),
    ("refugees", {"asylum": "Chad"}, {2025: 1_502_263}),
    ("refugees", {"origin": "Ukraine"}, {2025: 5_224_131}),
    ("refugees", {"origin": "Syria"}, {2025: 4_865_764}),
    ("refugees", {"origin": "Sudan"}, {2025: 2_820_737}),
    ("refugees", {"origin": "Afghanistan"}, {2025: 2_671_560}),
    ("refugees", {"origin": "Syria", "asylum": "Türkiye"}, {2025: 2_347_756}),
    ("refugees", {"origin": "Syria", "asylum": "Germany"}, {2025: 668_647}),
    ("refugees", {"origin": "Syria", "asylum": "Lebanon"}, {2025: 532_357}),
    ("refugees", {"origin": "Ukraine", "asylum": "Germany"}, {2025: 1_173_192}),
    ("refugees", {"origin": "Ukraine", "asylum": "Poland"}, {2025: 972_287}),
    ("refugees", {"origin": "Sudan", "asylum": "Chad"}, {2025: 1_330_950}),
    ("others-in-need", {"asylum": "Colombia"}, {2025: 2_810_778}),
    ("others-in-need", {"origin": "Venezuela"}, {2025: 6_042_706}),
    ("displaced", {"asylum": "Sudan"}, {2025: 9_139_309}),
    ("displaced", {"origin": "Colombia"}, {2025: 7_157_716}),
    ("returned-refugees", {"origin": "Afghanistan"}, {2025: 1_947_183}),
    ("returned-refugees", {"origin": "Syria"}, {2025: 1_341_148}),
)


@in_one_loop
@pytest.mark.parametrize(("measure", "place", "expected"), POPULATIONS)
async def test_populations_and_solutions_come_out_as_published(
    asker: Asker, measure: str, place: dict[str, str], expected: dict[int, int | None]
) -> None:
    message = await asker.message("trend", {"measure": measure, **place})
    sent = await asker.message("export", {"measure": measure, "format": "csv", **place})
    told = {int(line["year"]): line["value"] for line in read_csv(asker.file(sent["attachments"][0]))}

    assert f"**{expected[2025]:,}**" in message["content"].splitlines()[0]
    assert {year: told.get(year) or None for year in expected} == {
        year: None if count is None else str(count) for year, count in expected.items()
    }


@in_one_loop
@pytest.mark.parametrize(
    ("place", "lines"),
    [
        (
            {"asylum": "Uganda"},
            ["Refugees living in Uganda: 1,936,719", "35,249 people were waiting for a decision"],
        ),
        (
            {"asylum": "Sudan"},
            ["Internally displaced people in Sudan: 9,139,309", "Refugees living in Sudan: 809,816"],
        ),
        (
            {"asylum": "Germany"},
            ["Refugees living in Germany: 2,655,191", "297,503 people were waiting for a decision"],
        ),
        (
            {"origin": "Syria", "asylum": "Lebanon"},
            ["Refugees from Syria living in Lebanon: 532,357"],
        ),
    ],
)
async def test_figures_begin_with_what_matters_in_a_place(
    asker: Asker, place: dict[str, str], lines: list[str]
) -> None:
    message = await figures(asker, **place)

    said = message["content"].replace("**", "").splitlines()
    assert [line[: len(begun)] for line, begun in zip(said, lines, strict=False)] == lines
    assert len(message["content"]) <= 600


@in_one_loop
async def test_refugees_of_an_origin_stand_beside_its_claims(asker: Asker) -> None:
    message = await figures(asker, origin="Syria")

    assert (await first_line(asker, message)).startswith("Refugees from Syria: 4,865,764 on 31 December 2025")
    assert "154,355 people from Syria had an asylum claim pending worldwide" in await asker.details(message)
    assert "UNRWA" in await asker.details(message)


@in_one_loop
async def test_uganda_s_rank_among_hosts(asker: Asker) -> None:
    message = await asker.message("top", {"measure": "refugees"})

    assert (await table(asker, message))[1:5] == [
        "1. Germany 2,655,191 9.3%",
        "2. Türkiye 2,390,414 8.4% −19%",
        "3. Uganda 1,936,719 6.8% +10%",
        "4. Chad 1,502,263 5.3% +17%",
    ]


@in_one_loop
async def test_an_older_release_says_that_it_has_no_solutions(asker: Asker) -> None:
    it = await asker.ask("trend", {"measure": "resettled", "asylum": "Canada", "as_of": JUNE})

    assert it.ephemeral
    assert it.reply is not None
    assert it.reply["content"] == (
        "The release of 12 June 2026 is kept without figures on refugees who were resettled; ask as of a"
        " later one, or leave out “as_of”."
    )


@in_one_loop
@pytest.mark.parametrize(
    ("place", "apart"),
    [
        ({"origin": "Palestine"}, True),
        ({"asylum": "Jordan"}, True),
        ({"asylum": "Germany"}, False),
        ({"origin": "Syria", "asylum": "Jordan"}, False),
    ],
    ids=str,
)
async def test_refugees_under_unrwa_s_mandate_are_said_to_be_apart_where_they_would_be_looked_for(
    asker: Asker, place: dict[str, str], apart: bool
) -> None:
    message = await asker.message("trend", {"measure": "refugees", **place})
    told = message["content"] + message["embeds"][0]["description"]
    assert ("UNRWA" in told) is apart
    assert "at the end of each year" in message["attachments"][0]["description"]  # a stock is of no year


@in_one_loop
@pytest.mark.parametrize(
    ("place", "apart"),
    [
        ({"origin": "Palestine"}, True),
        ({"origin": "Palestine", "asylum": "Lebanon"}, True),
        ({"asylum": "Lebanon"}, True),
        ({"asylum": "Syria"}, True),  # told behind those displaced
        ({"origin": "Syria"}, False),
    ],
    ids=str,
)
async def test_so_they_are_where_figures_of_a_place_tell_of_refugees(
    asker: Asker, place: dict[str, str], apart: bool
) -> None:
    message = await figures(asker, **place)
    told = message["content"] + message["embeds"][0]["description"]
    assert ("UNRWA" in told) is apart


@in_one_loop
@pytest.mark.parametrize(
    "options",
    [{"measure": "refugees", "asylum": "EU"}, {"measure": "refugees", "origin": "Syria", "asylum": "Turkey"}],
    ids=str,
)
async def test_of_years_that_nobody_asked_for_nothing_is_called_unpublished(
    asker: Asker, options: dict[str, str]
) -> None:
    """The EU had no members before 1958: that is not a figure that nobody published."""
    assert "no figure is published" not in (await asker.message("trend", options))["content"]


@in_one_loop
async def test_two_years_that_were_asked_for_stand_side_by_side(asker: Asker) -> None:
    message = await asker.message(
        "trend", {"measure": "applications", "asylum": "Germany", "from": 2023, "to": 2024}
    )

    assert (await first_line(asker, message)).endswith(
        "229,740 in 2024, 30% fewer than in 2023 (329,104 then; −99,364)."
    )

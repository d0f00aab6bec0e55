"""Groups and figures per inhabitant, asked as people ask: by command."""

from __future__ import annotations

from typing import Any

import pytest

from tests.asking import Asker, read_csv

in_one_loop = pytest.mark.asyncio(loop_scope="session")


async def first_line(asker: Asker, command: str, **options: Any) -> str:
    message = await asker.message(command, options)
    return str(message["content"].splitlines()[0]).replace("**", "")


@in_one_loop
@pytest.mark.parametrize(
    ("places", "figures"),
    [
        ({"asylum": "EU"}, {2015: 1_258_636, 2023: 1_034_892, 2024: 913_667, 2025: 670_999}),
        ({"asylum": "EU27"}, {2015: 1_219_781, 2023: 1_034_892, 2024: 913_667, 2025: 670_999}),
        ({"asylum": "Africa"}, {2015: 187_606, 2023: 683_218, 2024: 755_130, 2025: 635_878}),
        ({"origin": "Syria", "asylum": "EU"}, {2015: 362_966, 2023: 185_710, 2024: 149_098, 2025: 41_374}),
        ({"origin": "Africa", "asylum": "Italy"}, {2025: 34_991}),
    ],
)
async def test_new_applications_of_groups(
    asker: Asker, places: dict[str, str], figures: dict[int, int]
) -> None:
    options = {"measure": "applications", "from": 2015, "format": "csv", **places}
    (attachment,) = (await asker.message("export", options))["attachments"]
    rows = read_csv(asker.file(attachment))
    persons = {int(row["year"]): row["value"] for row in rows if row["unit"] == "persons"}

    assert {year: int(persons[year]) for year in figures} == figures


@in_one_loop
async def test_stocks_of_the_eu(asker: Asker) -> None:
    assert "1,125,773 people were waiting for a decision in the EU" in str(
        (await asker.message("figures", {"asylum": "European Union", "year": 2025}))["content"]
    ).replace("**", "")
    assert (await first_line(asker, "trend", measure="refugees", asylum="EU")).startswith(
        "Refugees living in the EU: 7,736,734 on 31 December 2025"
    )


@in_one_loop
async def test_a_change_of_members_stands_in_the_first_lines_and_today_s_members_have_none(
    asker: Asker,
) -> None:
    eu = await asker.message("trend", {"measure": "applications", "asylum": "EU"})
    today = await asker.message("trend", {"measure": "applications", "asylum": "EU27"})

    assert "2020 EU of 27 members, before of 28 (6.9%)" in await asker.details(eu)
    assert "members" not in await asker.details(today)


@in_one_loop
async def test_members_are_listed_and_the_largest_named(asker: Asker) -> None:
    message = await asker.message("figures", {"asylum": "EU", "year": 2025})

    assert "By member: Germany 297,503, Spain 248,715, Italy 234,144" in await asker.details(message)
    assert "its 27 members on 31 December 2025: Austria, Belgium" in await asker.details(message)


@in_one_loop
async def test_within_a_group_its_members_are_ranked(asker: Asker) -> None:
    line = await first_line(asker, "top", measure="applications", asylum="EU", rank="asylum", year=2025)

    assert line.endswith("largest countries of asylum: Spain 144,387, Italy 126,621, Germany 113,216.")


@in_one_loop
@pytest.mark.parametrize(
    ("options", "line"),
    [
        (
            {"rank": "asylum", "asylum": "EU", "since": 2015},
            "largest countries of asylum: Germany 2,694,380, France 1,030,163, Spain 840,490.",
        ),
        (
            {"rank": "origin", "asylum": "EU", "since": 2015},
            "largest origins: Syria 1,587,093, Afghanistan 910,389, Iraq 466,533.",
        ),
        ({"rank": "origin", "origin": "Africa", "since": 2015}, "largest origins: Sudan 841,512, DR Congo"),
        (
            {"rank": "asylum", "asylum": "EU", "since": 2015, "of": "France"},
            "France is second: 1,030,163, of",
        ),
        ({"rank": "asylum", "asylum": "EU", "since": 2015, "position": 3}, "Spain is third: 840,490, of 28"),
        (
            {"rank": "asylum", "asylum": "EU", "since": 2015, "above": 1_000_000},
            "2 countries of asylum are above 1,000,000",
        ),
        (
            {"measure": "protection-rate", "rank": "asylum", "asylum": "EU", "since": 2020},
            "highest by country of asylum: Estonia",
        ),
        (
            {"measure": "protection-rate", "rank": "origin", "asylum": "EU", "since": 2020},
            "highest by origin: Syria 92.2%, Venezuela 85.0%, Yemen 81.5%.",
        ),
        (
            {"measure": "resettled", "rank": "asylum", "origin": "Africa", "since": 2015},
            "largest countries: USA",
        ),
        (
            {"measure": "displaced", "rank": "asylum", "asylum": "Africa", "year": 2025},
            "largest countries: Sudan 9,139,309, DR Congo 5,669,479, Nigeria 3,544,519.",
        ),
    ],
)
async def test_a_group_is_ranked_by_its_members_or_counts_for_them(
    asker: Asker, options: dict[str, Any], line: str
) -> None:
    assert line in await first_line(asker, "top", **{"measure": "applications", "year": 2024, **options})


@in_one_loop
@pytest.mark.parametrize("command", ["trend", "figures", "top", "map"])
async def test_a_country_that_left_a_group_is_not_called_unpublished(asker: Asker, command: str) -> None:
    options: dict[str, Any] = {"asylum": "EU", "year": 2020, "measure": "applications"}
    if command == "trend":
        options = {"asylum": "EU", "measure": "applications", "years": "2019,2020"}
    if command == "figures":
        del options["measure"]
    if command in ("top", "map"):
        options["rank" if command == "top" else "by"] = "asylum"
    message = await asker.message(command, options)

    assert "United Kingdom" not in str(message["embeds"][0].get("description"))


@in_one_loop
@pytest.mark.parametrize(
    ("command", "options", "said"),
    [
        (
            "period",
            {"measure": "refugees", "asylum": "EU", "from": 2000, "to": 2025},
            "4.6 times as many, across breaks in the series.",
        ),
        (
            "period",
            {"measure": "applications", "asylum": "Americas", "from": 2020, "to": 2025},
            "5,679,403 persons in all in 2020–2025 (with January–June 2024 only of the USA).",
        ),
        (
            "top",
            {"measure": "applications", "rank": "origin", "by": "change", "asylum": "EU", "year": 2020},
            "* with other members since 2020",
        ),
        (
            "top",
            {"measure": "rejection-rate", "rank": "asylum", "origin": "Pakistan", "year": 2025},
            "0.1% of all decisions together: ",
        ),
    ],
)
async def test_what_does_not_compare_is_said_beside_the_figure(
    asker: Asker, command: str, options: dict[str, Any], said: str
) -> None:
    message = await asker.message(command, options)

    assert said in f"{message['content']} {await asker.details(message)}".replace("**", "")


@in_one_loop
@pytest.mark.parametrize("command", ["trend", "period", "decisions"])
async def test_a_break_in_the_first_year_that_is_asked_for_breaks_nothing(asker: Asker, command: str) -> None:
    options: dict[str, Any] = {"asylum": "EU", "from": 2020, "to": 2023}
    if command != "decisions":
        options["measure"] = "protection-rate"

    assert "members" not in (await asker.message(command, options))["content"]


@in_one_loop
async def test_single_years_per_inhabitant_are_listed(asker: Asker) -> None:
    line = await first_line(
        asker,
        "trend",
        measure="applications",
        asylum="Germany",
        years="2015,2016,2017,2025",
        per="inhabitants",
    )

    assert line == (
        "New asylum applications in Germany per 100,000 inhabitants: 2015: 540 · 2016: 870 · 2017: 240 ·"
        " 2025: 130; 75% lower than in 2015."
    )


@in_one_loop
async def test_inhabitants_are_said_to_be_known_from_a_year_on(asker: Asker) -> None:
    options = {"measure": "refugees", "asylum": "Germany", "per": "inhabitants", "from": 1980}
    since = await asker.details(await asker.message("trend", options))
    too_early = [
        await asker.refusal(command, {"measure": "refugees", "year": 1985, **per})
        for command, per in (("top", {"by": "inhabitants"}), ("map", {"per": "inhabitants"}))
    ]

    assert "known from 1990 on, so earlier figures are left out" in since
    assert set(too_early) == {"Inhabitants are known from 1990 on; choose 1990 or later, or leave them out."}
    assert await asker.refusal("top", {"measure": "refugees", "by": "change", "year": 1951}) == (
        "Such figures begin in 1951, so no change to that year is known; choose a later one."
    )


@in_one_loop
async def test_figures_per_inhabitant(asker: Asker) -> None:
    line = await first_line(
        asker, "trend", measure="applications", asylum="Costa Rica", per="inhabitants", to=2025
    )
    podium = await asker.message(
        "map", {"measure": "applications", "by": "asylum", "year": 2025, "per": "inhabitants"}
    )

    assert line.startswith("New asylum applications in Costa Rica: 570 per 100,000 inhabitants in 2025")
    assert "**Costa Rica 570**, Greece 560, Uruguay 490" in await asker.details(podium)
    assert podium["embeds"][0]["footer"]["text"].endswith(
        "United Nations, World Population Prospects 2024, CC BY 3.0 IGO"
    )


@in_one_loop
@pytest.mark.parametrize(
    ("command", "options", "sentence"),
    [
        ("figures", {"asylum": "Eurpoe"}, "No country is called 'Eurpoe'. Did you mean Europe?"),
        (
            "trend",
            {"measure": "applications", "asylum": "EU", "versus": "Germany, EU"},
            "The EU cannot be compared with itself; name another country or group.",
        ),
        (
            "figures",
            {"asylum": "African Union", "year": 2001},
            "I know no members of the African Union for 2001; choose a year from 2002 to 2025.",
        ),
        (
            "map",
            {"measure": "refugees", "asylum": "EU", "by": "asylum", "year": 1955},
            "I know no members of the EU for 1955; choose a year from 1958 to 2025.",
        ),
        (
            "trend",
            {"measure": "recognition-rate", "asylum": "EU", "per": "inhabitants"},
            "A rate is a share of decisions, not of inhabitants; leave out “per”.",
        ),
        (
            "figures",
            {"origin": "Unknown", "per": "inhabitants", "year": 2025},
            (
                "There are no inhabitants, or no figures in persons, for “Unknown origin” as an origin for"
                " 2025; leave out “per”."
            ),
        ),
        (
            "top",
            {"asylum": "EU", "rank": "asylum", "of": "Brazil", "year": 2024},
            "Brazil is not among the members of the EU for 2024; name one of them as “of”, or leave out the group.",
        ),
        (
            "top",
            {"asylum": "EU", "rank": "asylum", "of": "EU"},
            "The EU has no rank among countries; name one of them as “of”.",
        ),
    ],
)
async def test_what_makes_no_sense_is_refused_in_a_sentence(
    asker: Asker, command: str, options: dict[str, Any], sentence: str
) -> None:
    assert await asker.refusal(command, options) == sentence


@in_one_loop
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"asylum": "EU28", "versus": "Germany, EU27"},
            "The figures of Germany and today's EU27 are part of",
        ),
        (
            {"asylum": "Germany", "versus": "EU27"},
            "The figures of Germany are part of those of today's EU27.",
        ),
        ({"asylum": "EU27", "versus": "Norway"}, ""),
        (
            {"origin": "Syria", "versus": "Asia"},
            "The figures of Syria are part of those of Asia",
        ),
        ({"asylum": "EU27", "to": 2020, "from": 2010, "versus": "United Kingdom"}, ""),
    ],
)
async def test_a_part_beside_its_whole_is_said_to_be_one(
    asker: Asker, options: dict[str, Any], said: str
) -> None:
    message = await asker.message("trend", {"measure": "refugees", **options})

    assert said in await asker.details(message)
    assert said or "are part of" not in await asker.details(message)


@in_one_loop
@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("largest", "no rises, smallest falls by country of asylum, in percent: **Croatia −6%**"),
        ("smallest", "largest falls"),
    ],
)
async def test_where_all_fell_the_first_is_the_smallest_fall(asker: Asker, order: str, said: str) -> None:
    options = {"measure": "applications", "asylum": "EU", "rank": "asylum", "by": "percent", "order": order}

    assert said in (await asker.message("top", options))["content"]


@in_one_loop
async def test_who_leads_in_a_year_is_set_against_inhabitants(asker: Asker) -> None:
    line = await first_line(asker, "figures", asylum="Lebanon", per="inhabitants")

    assert "91 per 1,000 inhabitants (one in 11)" in line


@in_one_loop
async def test_a_group_that_begins_breaks_no_series(asker: Asker) -> None:
    message = await asker.message("trend", {"measure": "refugees", "asylum": "African Union"})

    assert "before of 0" not in await asker.details(message)
    assert "before of 53" in await asker.details(message)


@in_one_loop
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"asylum": "Yemen", "year": 2025}, "**4,795,983** on 31 December 2025 (probably carried forward)."),
        (
            {"asylum": "Algeria", "year": 2025},
            "**180,575** on 31 December 2025 (96% probably carried forward).",
        ),
    ],
)
async def test_refugees_and_displaced_people_that_were_not_counted_anew_are_told(
    asker: Asker, options: dict[str, Any], said: str
) -> None:
    message = await asker.message("figures", options)

    assert said in str(message["content"])
    assert "probably carried forward and not counted anew." in str(message["embeds"][0]["description"])


@in_one_loop
async def test_the_picture_shows_who_matters_most_in_a_place(asker: Asker) -> None:
    described = {
        name: str((await asker.message("figures", {"asylum": name}))["attachments"][0]["description"])
        for name in ("Uganda", "USA")
    }

    assert described["Uganda"].endswith(
        "Refugees and pending claims. Refugees living in Uganda: 1,936,719 on 31 December 2025."
    )
    assert "People waiting for a decision, and new applications" in described["USA"]


@in_one_loop
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "Europe",
            "Europe as the UN counts it: 47 countries and areas, with Russia, without Türkiye and Cyprus.",
        ),
        (
            "Middle East",
            "Western Asia as the UN counts it: 18 countries and areas, with Türkiye, without Egypt and Iran.",
        ),
        (
            "sub-Saharan Africa",
            "Sub-Saharan Africa as the UN counts it: 49 countries and areas, without Sudan.",
        ),
        ("EU", ""),
    ],
)
async def test_which_list_is_meant_is_said_where_another_gives_another_figure(
    asker: Asker, typed: str, said: str
) -> None:
    message = await asker.message("trend", {"measure": "refugees", "asylum": typed})

    lines = str(message["embeds"][0]["description"]).splitlines()
    assert [line for line in lines if "counts it" in line] == ([said] if said else [])


@in_one_loop
async def test_an_acronym_that_no_country_has_is_no_slip_of_one(asker: Asker) -> None:
    assert await asker.refusal("figures", {"origin": "OSCE"}) == (
        "No country is called 'OSCE', and no group that is known here, as the EU, Africa or the OECD are:"
        " pick one from the list that appears while you type."
    )


@in_one_loop
async def test_for_a_group_of_which_no_list_is_kept_the_nearest_are_named(asker: Asker) -> None:
    assert await asker.refusal("figures", {"asylum": "NATO"}) == (
        "No list of the members of 'NATO' is kept here. The nearest: EU and EFTA, EU+ or OECD."
    )


@in_one_loop
async def test_nobody_is_displaced_from_a_group(asker: Asker) -> None:
    assert await asker.refusal("trend", {"measure": "displaced", "origin": "EU"}) == (
        "Internally displaced people are counted in the country that they are in, by no origin; leave out"
        " “origin” and name that country as “asylum”."
    )


@in_one_loop
async def test_who_is_compared_with_a_group_of_his_own_is_said_to_belong_to_it(asker: Asker) -> None:
    message = await asker.message("trend", {"measure": "applications", "asylum": "EU", "versus": "Germany"})

    assert "Compared with: Germany 113,216; Germany is part of the EU." in message["content"].splitlines()

"""What the first line of an answer to a sentence says: yes or no, who is first, how many years, how far."""

from __future__ import annotations

import pytest

from bot.preview.double import Payload
from tests.asking import Asker

in_one_loop = pytest.mark.asyncio(loop_scope="session")


async def ask(asker: Asker, question: str) -> Payload:
    return await asker.message("ask", {"question": question})


@in_one_loop
@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "Have applications in the US risen from 2023 to 2025?",
            "**That cannot be told**: new asylum applications in the USA numbered 1,176,051 in 2023 and **629,358",
        ),
        (
            "Did asylum applications in the US fall in 2025?",
            "**That cannot be told**: new asylum applications in the USA numbered 729,105 in January–June 2024 and",
        ),
        (
            "Did asylum applications worldwide fall in 2024?",
            "**That cannot be told**: new asylum applications worldwide numbered 3,580,371 persons and 357 cases",
        ),
        (
            "Was 2024 the record year for asylum applications in the USA?",
            "New asylum applications in the USA: **729,105** in January–June 2024.",
        ),
        (
            "Was 2023 the record year for asylum applications worldwide?",
            "New asylum applications worldwide: **3,580,371 persons and 357 cases** in 2023",
        ),
        (
            "How many refugees do the EU and Germany host together in 2024?",
            "Refugees living in the EU: **7,769,005** on 31 December 2024",
        ),
        (
            "Has the number of Cubans seeking asylum doubled since 2022?",
            (
                "**No**: new asylum applications from Cuba numbered **137,293 persons and 312 cases** in 2025, 29% fewer"
                " than in 2022 (194,642 persons and 101 cases), but across a break in the series."
            ),
        ),
        (
            "Did asylum applications in the EU rise from 2018 to 2023?",
            "**Yes**: new asylum applications in the EU numbered **1,034,892** in 2023, 75% more than in 2018 (591,569),",
        ),
        (
            "Were there more asylum applications in Germany in 2016 than in 2019?",
            "**Yes**: new asylum applications in Germany numbered **722,373** in 2016, 5.1 times as many as in 2019",
        ),
        (
            "Does Germany host exactly twice as many refugees as France?",
            "**No**: on 31 December 2025 refugees numbered **2,655,191** in Germany, 3.4 times as many as in France",
        ),
        (
            "Does Germany host at least twice as many refugees as France?",
            "**Yes**: on 31 December 2025 refugees numbered **2,655,191** in Germany, 3.4 times as many as in France",
        ),
        (
            "Does Germany host less than three times as many refugees as France?",
            "**No**: on 31 December 2025 refugees numbered **2,655,191** in Germany, 3.4 times as many as in France",
        ),
        (
            "Does Germany host three times as many refugees as France?",
            "**Yes**: on 31 December 2025 refugees numbered **2,655,191** in Germany, 3.4 times as many as in France",
        ),
        (
            "Did new asylum applications in Germany halve between 2023 and 2025?",
            "**Yes, more than that**: new asylum applications in Germany numbered **113,216** in 2025, 66% fewer than in 2023",
        ),
        (
            "Did new asylum applications in Germany fall by more than half between 2023 and 2025?",
            "**Yes**: new asylum applications in Germany numbered **113,216** in 2025, 66% fewer than in 2023",
        ),
        (
            "Are there more than twice as many refugees in Uganda as in 2015?",
            "**Yes**: refugees living in Uganda numbered **1,936,719** on 31 December 2025, 4.1 times as many",
        ),
        (
            "Are there twice as many refugees in Uganda as in 2015?",
            "**Yes, more than that**: refugees living in Uganda numbered **1,936,719** on 31 December 2025, 4.1 times",
        ),
        (
            "Were asylum applications in Germany higher in 2015 or 2018?",
            "**2015**: new asylum applications in Germany numbered 441,898.",
        ),
        (
            "Which year had the fewest asylum applications in Germany?",
            "**2007**: new asylum applications in Germany numbered 19,144, the lowest of 2007–2025.",
        ),
        ("Germany hosts the most refugees of any country.", "**Yes**. **Germany is first: 2,655,191**"),
        ("Does Turkey host the most refugees of any country?", "**No**: by refugees, Germany is first"),
        (
            "Were Sweden's applications in 2025 the lowest since 2006?",
            "**Yes**. New asylum applications in Sweden",
        ),
        ("Were Germany's applications in 2025 the lowest since 2012?", "**No**"),
        (
            "Does Turkey host more refugees than the whole EU?",
            "**No**: on 31 December 2025 refugees numbered **2,390,414** in Türkiye, 5,346,320 fewer than in the EU",
        ),
        (
            "Who hosts more refugees, Asia or Africa?",
            "**Africa**: on 31 December 2025 refugees numbered 10,466,679",
        ),
        (
            "Is more than 70% of refugees hosted in low income countries?",
            "**No**: refugees worldwide numbered 28,461,306 on 31 December 2025, among them 7,561,263 in low-income",
        ),
        ("Is every sixth refugee Syrian?", "**Yes**: Syria has **17.1%** of the total."),
        (
            "Have asylum applications in Germany risen every year since 2010?",
            "**No**: new asylum applications in Germany numbered **113,216** in 2025, 51% fewer than in 2024",
        ),
        (
            "Refugees in Chad have grown steadily since 2019.",
            "**Yes**: refugees living in Chad numbered **1,502,263** on 31 December 2025, 3.4 times as many",
        ),
        (
            "Have asylum applications in the US risen every year since 2020?",
            "New asylum applications in the USA: **629,358 persons and 282,594 cases** in 2025, not comparable",
        ),
        (
            "When did refugees in Uganda first exceed 1 million?",
            "**Above 1,000,000 in 2017–2025 (9 years)**, with 1,350,495 in 2017.",
        ),
        (
            "Have applications in Germany ever exceeded 500,000?",
            "**Yes**: above 500,000 in 2016, with 722,373.",
        ),
        (
            "When did asylum applications in the US pass one million?",
            "**Above 1,000,000 in 2023**, with 1,176,051; for years counted in part, or in cases, that cannot be told.",
        ),
        (
            "How many refugees are in Germany excluding Ukrainians?",
            "**1,481,999** without them, 55.8% of all: refugees living in Germany numbered 2,655,191 on 31 December",
        ),
        (
            "How many refugees live outside Europe?",
            "**19,566,439** without them, 68.7% of all: refugees worldwide numbered 28,461,306 on 31 December 2025,",
        ),
        (
            "Which country outside Africa hosts the most refugees?",
            "Refugees on 31 December 2025, largest countries of asylum, leaving out Africa: **Germany 2,655,191**,",
        ),
        (
            "Which country besides Germany got the most asylum applications in the EU in 2023?",
            (
                "New asylum applications in the EU in 2023, largest countries of asylum, leaving out Germany:"
                " **Spain 163,192**, Italy 130,547,"
            ),
        ),
        (
            "For how many years did France get above 100,000 asylum applications?",
            "**Above 100,000 in 2018–2019 and 2022–2025 (6 years)**, with",
        ),
        (
            "How many people claimed asylum per day in Spain in 2023?",
            "About **447 a day** on average, worked out: new asylum applications in Spain numbered 163,192 in 2023.",
        ),
        (
            "Is Uganda among the top five refugee hosts?",
            "**Yes**. **Uganda is third: 1,936,719**, of 167 countries of asylum",
        ),
        (
            "Is Pakistan one of the five largest hosts of refugees?",
            "**No**. **Pakistan is sixth: 1,159,038**, of 167 countries of asylum",
        ),
        (
            "Which year saw the biggest rise in asylum applications in Spain?",
            (
                "**2019**: new asylum applications in Spain numbered 55,650 in 2018 and 118,257 in 2019, the largest"
                " rise in number of 2006–2025."
            ),
        ),
        (
            "Was there a time when Sweden had more than 150,000 asylum applications?",
            "**Yes**: above 150,000 in 2015, with 156,330.",
        ),
        (
            "What was the lowest number of refugees worldwide?",
            "**1960**: refugees worldwide numbered 1,656,664, the lowest of 1951–2025.",
        ),
        (
            "How many people apply for asylum in the US every day?",
            "No figure per day is worked out: the year is partly in cases, or not whole.\nNew asylum applications",
        ),
        (
            "Is the number of refugees in Bangladesh the same as in 2017?",
            "Refugees living in Bangladesh: **1,178,038** on 31 December 2025, 26% more than on 31 December 2017",
        ),
        (
            "Do more than half of all refugees come from just three countries?",
            "**No**: the first 3 together have **45.4%** of the total.",
        ),
        (
            "Which countries host more refugees than Uganda?",
            "**Uganda is third: 1,936,719**, of 167 countries of asylum by refugees on 31 December 2025 (2024:",
        ),
        (
            "Did any country host more refugees than Turkey in 2019?",
            "**No**. **Türkiye is first: 3,579,531**, of 163 countries of asylum",
        ),
        (
            "Does any other country host more refugees than Uganda?",
            "**Yes**. **Uganda is third: 1,936,719**, of 167 countries of asylum",
        ),
        (
            "What was the range of asylum applications in Sweden 2010-2020?",
            "New asylum applications in Sweden numbered from **10,308** in 2020 (lowest) to **156,330** in 2015 (highest).",
        ),
        (
            "Which of Kenya, Uganda and Ethiopia hosts the most refugees?",
            "**Uganda**: on 31 December 2025 refugees numbered 1,936,719 in Uganda, 1,010,466 in Ethiopia and",
        ),
        (
            "Does Sweden host more refugees per head than Germany?",
            "**No**. Refugees living in Sweden: **14 per 1,000 inhabitants** (one in 74) on 31 December 2025",
        ),
        (
            "Who has more refugees per capita, Sweden or Germany?",
            "**Germany** has more per inhabitant.\nRefugees living in Sweden: **14 per 1,000",
        ),
        (
            "How many stateless people per 100,000 inhabitants are there in Latvia?",
            "**9,000 per 100,000 inhabitants**.\nStateless people in Latvia: **90 per 1,000",
        ),
        (
            "Did Germany receive more applications in 2016 than Sweden in 2015?",
            "**Yes**: new asylum applications numbered **722,373** in Germany in 2016, 566,043 more than in Sweden in",
        ),
        (
            "How many times as many refugees did Turkey host in 2020 as Germany did in 2015?",
            "**11.6 times as many**: refugees numbered 3,652,362 in Türkiye on 31 December 2020 and 316,098 in Germany",
        ),
        (
            "How many asylum applications did Germany and France get together from 2020 to 2022?",
            "**760,654** together: in 2020–2022 new asylum applications numbered 468,550 in Germany and 292,104 in",
        ),
        (
            "How many applications did the USA and Canada get together since 2015?",
            "New asylum applications in the USA: **3,369,359 persons and 627,278 cases in all** in 2015–2023 and 2025.",
        ),
        (
            "Did applications rise more in Italy than in Spain between 2019 and 2023?",
            "**Yes**: Italy moved by +95,678 against +44,935 in Spain.",
        ),
        (
            "Who took in fewer asylum seekers in 2023, Sweden, Denmark or Norway?",
            "**Denmark**: in 2023 new asylum applications numbered 2,335 in Denmark, 5,165 in Norway and 8,417 in Sweden",
        ),
        (
            "Is it true that the UK takes fewer refugees than France and Germany?",
            "**Yes**: on 31 December 2025 refugees numbered 581,072 in the United Kingdom, 788,419 in France and",
        ),
        (
            "Are there eight million Afghan refugees in Iran?",
            "**No, fewer**. Refugees from Afghanistan living in Iran: **758,339** on 31 December 2025.",
        ),
        (
            "Is Germany taking more refugees than all other EU countries combined?",
            "**No**: Germany has **34.3%** of the total.",
        ),
        ("Does Uganda host 40% of Africa's refugees?", "**No, less**: Uganda has **18.5%** of the total."),
        ("Is every second refugee in Europe Ukrainian?", "**No, more**: Ukraine has **55.9%** of the total."),
        (
            "Did claims in Germany fall by 30% in 2024?",
            "**Yes**: new asylum applications in Germany numbered",
        ),
        (
            "Did claims in Germany fall by 20% in 2024?",
            "**Yes, more than that**: new asylum applications in Germany",
        ),
        (
            "Has the backlog in Germany doubled in two years?",
            "**No**: people waiting for a decision in Germany numbered **297,503** on 31 December 2025, 18% fewer",
        ),
        ("Did UK asylum claims go up by a third in 2024?", "**No**: new asylum applications in the United"),
        (
            "How many fewer Syrian refugees are there than at the peak?",
            "**2021**: refugees from Syria numbered",
        ),
        (
            "Which EU countries hosted fewer refugees in 2025 than in 2020?",
            "Refugees living in the EU from 2020 to 2025, no falls, smallest rises by country of asylum:",
        ),
        (
            "Which countries host at most 100 refugees?",
            "**23 of 167 countries of asylum with a figure are at most",
        ),
        ("Does Uganda host 1.9 million refugees?", "**Yes**. Refugees living in Uganda: **1,936,719**"),
        (
            "Do a third of Syrian refugees live in Germany?",
            "**No, less**: Germany has **13.7%** of the total.",
        ),
        (
            "Do Germany and France host more than 10% of the world's refugees?",
            (
                "**Yes**: refugees worldwide numbered 28,461,306 on 31 December 2025, among them 2,655,191 in Germany"
                " and 788,419 in France, **12.1%**."
            ),
        ),
        (
            "Does Italy reject 90% of claims?",
            "**No, less**. Share of decisions on people in Italy that rejected",
        ),
        (
            "Are more than 8% of people in Lebanon refugees?",
            "**Yes**. Refugees living in Lebanon: **91 per 1,000",
        ),
        (
            "Do five countries host more than 40% of refugees?",
            "**No**: the first 5 together have **34.0%** of the total.",
        ),
        (
            "Were there over 30 million refugees ever?",
            "**Yes**: above 30,000,000 in 2023–2024, with 31,637,408",
        ),
        (
            "Did the number of refugees in Iran halve in 2025?",
            "**That cannot be told**: refugees living in Iran numbered **770,514** on 31 December 2025",
        ),
        ("Germany has more refugees than France, right?", "**Yes**: on 31 December 2025 refugees numbered"),
        (
            "How many times as many refugees does Germany host as France?",
            "**3.4 times as many**: on 31 December 2025 refugees numbered 2,655,191 in Germany and 788,419 in France.",
        ),
        (
            "How many people left Turkey for Syria in 2025?",
            "Refugees who returned to Syria from Türkiye: **556,009** in 2025",
        ),
        (
            "What share of the world's refugees come from Syria, Afghanistan and Ukraine together?",
            "**44.8%**: refugees worldwide numbered 28,461,306 on 31 December 2025, among them 4,865,764 from Syria,",
        ),
        (
            "What percentage of the world's refugees come from the top five countries?",
            "The first 5 together have **63.1%** of the total.",
        ),
        (
            "Where did Syrians apply in 2025 outside of Europe?",
            (
                "New asylum applications from Syria in 2025, largest countries of asylum, leaving out Europe:"
                " **Cyprus 929**, Canada 462, Nigeria 309, USA 251, Somalia 230."
            ),
        ),
        (
            "Which share of asylum applications in the EU did Germany get in 2015 versus 2025?",
            "Germany has **35.1%** of the total.\n**Germany is first: 441,898**",
        ),
        (
            "Share of Syrians among applications in Germany 2023 vs 2025",
            "Syria has **31.3%** of the total.\n**Syria is first: 102,930**",
        ),
        (
            "Refugees per 1,000 Swedes",
            "Refugees living in Sweden: **14 per 1,000 inhabitants**",
        ),
        (
            "Are most people waiting for a decision in the UK from Eritrea?",
            "**That cannot be told**: Eritrea has",
        ),
        (
            "Are most asylum applicants in Germany Turkish?",
            "**No**: Türkiye has",
        ),
        (
            "Have asylum applications risen in any EU country in 2025?",
            (
                "New asylum applications in the EU from 2024 to 2025, largest rises by country of asylum:"
                " **Latvia +674**, Hungary +86, Lithuania +44."
            ),
        ),
        (
            "How many Eritreans were recognised in the UK from 2015 to 2020?",
            (
                "People from Eritrea recognised as refugees in the United Kingdom: **7,012 persons and 1,965 cases in"
                " all** in 2015–2020."
            ),
        ),
    ],
)
async def test_years_thresholds_and_parts_are_told_in_the_first_line(
    asker: Asker, question: str, begins: str
) -> None:
    assert (await ask(asker, question))["content"].startswith(begins)


@in_one_loop
async def test_a_rate_has_the_one_beside_it_that_counts_the_other_protection(asker: Asker) -> None:
    said = (await ask(asker, "What was the recognition rate in Germany in 2023?"))["content"]

    assert said.startswith(
        "Share of decisions on people in Germany that recognised a refugee: **20.0%** in 2023"
    )
    assert "Or: Share of decisions on people in Germany that gave protection: **62.1%** in 2023" in said


@in_one_loop
async def test_a_people_most_of_whom_are_in_need_without_being_refugees_is_told_with_them(
    asker: Asker,
) -> None:
    told = (await ask(asker, "Are Venezuelans really refugees?"))["content"]

    assert told.startswith("**Yes**. Refugees from Venezuela: **417,010** on 31 December 2025.")
    assert "Other people in need of international protection from Venezuela: **6,042,706**" in told
    assert told.count("**Yes**") == 1

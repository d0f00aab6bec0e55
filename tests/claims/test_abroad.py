"""What German, French, Spanish and others say beside a number is judged, or said to stay open."""

from __future__ import annotations

import pytest

from bot.replies.check_verdicts import say_verdict
from bot.services import Services
from data.reading.check.verdicts import Verdict
from tests.claims.reading import TODAY
from tests.claims.test_beside import find

in_one_loop = pytest.mark.asyncio(loop_scope="session")

GERMANY = "2024 wurden in Deutschland 229.740 Asylanträge gestellt"
SPAIN = "En 2024, l'Espagne a reçu 167 342 demandes d'asile"
ESPANA = "En 2024 España recibió 167.342 solicitudes de asilo"


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # Where a number is said to have gone to.
        ("In Deutschland sank die Zahl der Asylanträge 2024 auf 229.740.", "right"),
        (
            "In Deutschland stieg die Zahl der Asylanträge 2024 auf 229.740.",
            "right, but not “stieg die Zahl der Asylanträge 2024 auf”",
        ),
        (
            "Die Zahl der Asylanträge in Deutschland ist 2024 auf 229.740 gestiegen.",
            "right, but not “auf 229.740 gestiegen”",
        ),
        ("Les demandes d'asile en Espagne ont chuté à 167 342 en 2024.", "right, but not “chuté à”"),
        ("Las solicitudes de asilo en España cayeron a 167.342 en 2024.", "right, but not “cayeron a”"),
        ("Las solicitudes de asilo en España subieron a 167.342 en 2024.", "right"),
        ("Le domande di asilo in Italia sono scese a 151.110 nel 2024.", "right, but not “scese a”"),
        (
            "Het aantal asielaanvragen in Duitsland steeg in 2024 naar 229.740.",
            "right, but not “steeg in 2024 naar”",
        ),
        ("Os pedidos de asilo na Espanha caíram para 167.342 em 2024.", "right, but not “caíram para”"),
        # By how much.
        (f"{GERMANY}, 30 Prozent weniger als im Vorjahr.", "right"),
        (f"{GERMANY}, 30 Prozent mehr als im Vorjahr.", "right, but not “30 Prozent mehr als im Vorjahr”"),
        (f"{GERMANY}, ein Plus von 12 Prozent.", "right, but not “ein Plus von 12 Prozent”"),
        (f"{GERMANY} (-30 Prozent gegenüber 2023).", "right"),
        (f"{SPAIN}, soit une hausse de 3 % par rapport à 2023.", "right"),
        (
            f"{SPAIN}, soit une hausse de 50 % par rapport à 2023.",
            "right, but not “hausse de 50 % par rapport à 2023”",
        ),
        (f"{SPAIN}, contre 163 192 en 2023, soit une baisse de 30 %.", "right, but not “baisse de 30 %”"),
        (
            f"{ESPANA}, un 50 % más que el año anterior.",
            "right, but not “50 % más que el año anterior”",
        ),
        (f"{GERMANY}, doppelt so viele wie 2023.", "right, but not “doppelt so viele wie 2023”"),
        (f"{SPAIN}, deux fois plus qu'en 2023.", "right, but not “deux fois plus qu'en 2023”"),
        (f"{ESPANA}, el doble que en 2023.", "right, but not “el doble que en 2023”"),
        (f"{ESPANA}, más que en 2023.", "right"),
        (f"{ESPANA}, menos que en 2023.", "right, but not “menos que en 2023”"),
        # Records.
        (f"{GERMANY}, so viele wie nie zuvor.", "right, but not “so viele wie nie zuvor”"),
        (f"{GERMANY}, die höchste Zahl seit 2015.", "right, but not “höchste Zahl seit 2015”"),
        (f"{GERMANY}, die niedrigste Zahl seit 2022.", "right"),
        (
            f"{GERMANY}, der höchste Stand seit zehn Jahren.",
            "right, but not “höchste Stand seit zehn Jahren”",
        ),
        (f"{GERMANY}, beinahe ein Rekord.", "right"),
        (f"{SPAIN}, un record.", "right"),
        (f"{SPAIN}, le niveau le plus élevé depuis 2015.", "right"),
        (f"{SPAIN}, le nombre le plus bas depuis 2015.", "right, but not “nombre le plus bas depuis 2015”"),
        (f"{ESPANA}, la cifra más alta de su historia.", "right"),
        (
            "En 2025 España recibió la cifra récord de 144.387 solicitudes de asilo.",
            "right, but not “récord”",
        ),
        # Ranks, other countries and shares.
        (
            "Deutschland war 2024 mit 229.740 Asylanträgen das wichtigste Aufnahmeland der Welt.",
            "right, but not “das wichtigste Aufnahmeland”",
        ),
        ("Deutschland war 2024 mit 229.740 Asylanträgen das drittwichtigste Zielland.", "right"),
        ("Mit 76.765 Anträgen war Syrien 2024 in Deutschland das wichtigste Herkunftsland.", "right"),
        (f"{SPAIN}, deuxième pays d'accueil de l'UE.", "right"),
        (f"{SPAIN}, premier pays d'accueil de l'UE.", "right, but not “premier pays d'accueil”"),
        (
            "España fue en 2024, con 167.342 solicitudes de asilo, el segundo país de acogida de la UE.",
            "right",
        ),
        (f"{ESPANA}, más que Italia.", "right"),
        (f"{ESPANA}, más que Alemania.", "right, but not “más que Alemania”"),
        (f"{GERMANY}, weniger als in Frankreich.", "right, but not “weniger als in Frankreich”"),
        (f"{GERMANY}, ein Drittel davon aus Syrien.", "right"),
        (f"{GERMANY}, die Hälfte davon aus Syrien.", "right, but not “die Hälfte davon aus Syrien”"),
        (f"{SPAIN}, la plupart de Syrie.", "right, but not “la plupart de Syrie”"),
        # What nobody judges is said to stay open.
        (f"{GERMANY}, die höchste Zahl in der EU.", "only the number is right; “höchste Zahl” stays open"),
        (
            f"{GERMANY}, doppelt so viele wie in Frankreich.",
            "only the number is right; “doppelt so viele” stays open",
        ),
        (
            f"{GERMANY}, die meisten aus Syrien.",
            "only the number is right; “die meisten aus Syrien” stays open",
        ),
        (f"{SPAIN}, soit le double de la France.", "only the number is right; “le double” stays open"),
        (
            f"{SPAIN}, soit 50 000 de plus qu'en 2023.",
            "only the number is right; “50 000 de plus” stays open",
        ),
        (
            f"{GERMANY}, das waren 144.387 weniger.",
            "only the number is right; “144.387 weniger” stays open",
        ),
        (
            "Die Zahl von 229.740 Asylanträgen in Deutschland 2024 ist falsch.",
            "only the number is right; “ist falsch” stays open",
        ),
        (
            "In 2024 Germany received not 229,740 but 350,000 asylum applications.",
            "only the number is right; “not 229,740 but” stays open",
        ),
        (
            "España encabeza la lista en 2024 con 167.342 solicitudes de asilo.",
            "only the number is right; “encabeza” stays open",
        ),
        (
            "La cifra de 167.342 solicitudes de asilo en España en 2024 supone un fuerte aumento.",
            "only the number is right; “aumento” stays open",
        ),
    ],
)
async def test_what_is_said_of_a_number_is_judged_in_any_language(
    services: Services, text: str, verdict: str
) -> None:
    assert say_verdict(await find(services, text)) == verdict


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Die Zahl der Asylanträge in Deutschland hat sich 2024 verdoppelt.", Verdict.NOT_FOUND),
        ("Die Asylanträge in Deutschland sind 2024 gegenüber 2023 gestiegen.", Verdict.NOT_FOUND),
        ("Die Asylanträge in Deutschland sind 2024 um 30 Prozent gesunken.", Verdict.MATCHES),
        ("Die Zahl der Asylanträge in Deutschland war 2024 so hoch wie nie.", Verdict.NOT_FOUND),
        ("Les demandes d'asile en Espagne ont doublé en 2024.", Verdict.NOT_FOUND),
        ("Las solicitudes de asilo en España cayeron un 50 % en 2024.", Verdict.NOT_FOUND),
        ("Il y a eu moins de demandes d'asile en Allemagne en 2024 qu'en 2023.", Verdict.MATCHES),
        ("Hubo más solicitudes de asilo en Alemania en 2024 que en 2023.", Verdict.NOT_FOUND),
        (
            "Die Zahl der Asylanträge in Deutschland stieg 2024 im Vergleich zum Vorjahr.",
            Verdict.NOT_FOUND,
        ),
        ("Uganda beherbergt mehr Flüchtlinge als jedes andere Land in Afrika.", Verdict.MATCHES),
        ("Colombia es el país con más desplazados internos del mundo.", Verdict.NOT_FOUND),
        ("Drei von zehn Asylanträgen in Deutschland wurden 2024 von Syrern gestellt.", Verdict.MATCHES),
        # So it is with repeat applications, as offices count.
        (
            "Le nombre de demandes d'asile en France a augmenté de 27,2 % entre 2021 et 2022.",
            Verdict.UNCHECKED,
        ),
        ("Asylum applications in France rose by 27.2% between 2021 and 2022.", Verdict.UNCHECKED),
    ],
)
async def test_what_is_said_without_a_number_is_judged_in_any_language(
    services: Services, text: str, verdict: Verdict
) -> None:
    assert (await find(services, text)).verdict == verdict


@in_one_loop
@pytest.mark.parametrize(
    "text",
    [
        "Die Zahl der Asylanträge in Deutschland ging von 329.104 (2023) auf 229.740 (2024) zurück.",
        "Le nombre de demandes d'asile en Allemagne est passé de 329 104 en 2023 à 229 740 en 2024.",
        "Las solicitudes de asilo en Alemania pasaron de 329.104 en 2023 a 229.740 en 2024.",
    ],
)
async def test_both_numbers_of_a_change_are_judged_and_its_direction(services: Services, text: str) -> None:
    before, after = (await services.answers.check(text, TODAY, services.countries)).findings

    assert (before.verdict, after.verdict) == (Verdict.MATCHES, Verdict.MATCHES)
    assert [each.holds for each in after.compared] == [True]


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # The first figure is what the text goes on with, not that of the year it is set beside.
        (
            "En 2024, l'Espagne a reçu 167 342 demandes d'asile, contre 163 192 en 2023. Soit une hausse de 3 %.",
            Verdict.MATCHES,
        ),
        # Nobody can tell of which country that is said.
        (
            "Das Land verzeichnete 2024 doppelt so viele Asylanträge wie im Vorjahr. In Österreich gibt es Streit.",
            Verdict.UNCHECKED,
        ),
    ],
)
async def test_a_change_is_held_against_what_the_text_goes_on_with(
    services: Services, text: str, verdict: Verdict
) -> None:
    found = (await services.answers.check(text, TODAY, services.countries)).findings

    assert found[-1].verdict == verdict


@in_one_loop
async def test_by_how_much_something_rose_is_judged_or_named_as_not_judged(services: Services) -> None:
    text = "L'an dernier, les demandes d'asile des Moldaves aux Fidji ont augmenté de 31 %."
    check = await services.answers.check(text, TODAY, services.countries)

    told = [each.claim.number for each in check.findings] + [each.number for each in check.unjudged]
    assert told == ["31 %"]

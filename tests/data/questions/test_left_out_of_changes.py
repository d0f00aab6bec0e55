"""Who is left out of a ranking by change is named, with the reason: held against UNHCR's own tables."""

from __future__ import annotations

import functools
import random
from collections import defaultdict
from collections.abc import Iterator

import pytest

from bot.chat.composition import compose
from bot.services import Services
from data.countries.groups import members, read_groups
from data.errors import Unanswerable
from data.measures import FORMULAS
from data.model import Counts, Measure, Nature, Order, Place, RankBy, Role, Unit
from data.questions.ranking import MIN_GROWN
from data.questions.top import AskTop, Top
from data.store.rollups import COUNTS
from tests.published import read_published
from tests.releases import NOW, needs_release_folders, release_folder

in_one_loop = pytest.mark.asyncio(loop_scope="session")
FIRST, LAST = 2012, 2025
SAMPLES, MANY, PARTS = 60, 500, 12
Sums = dict[tuple[str, str], list[int | None]]
"""What is published of countries of one side, by their code and unit, added up over the other side."""

MEASURES = [of for of in Measure if of.nature is not Nature.RATE]


@functools.cache
def read_pairs() -> dict[int, dict[tuple[str, str], list[tuple[str, int, int]]]]:
    """Read by year and pair each unit, which of the counts it is, and how many."""
    found: dict[int, dict[tuple[str, str], list[tuple[str, int, int]]]] = defaultdict(dict)
    for (origin, asylum, year, unit), which, count in read_published(release_folder(NOW), FIRST):
        if which < len(COUNTS):
            found[year].setdefault((origin, asylum), []).append((unit, which, count))
    return found


@functools.cache
def add_up(side: int, year: int, within: tuple[str | None, str | None]) -> Sums:
    """Add up a year by the countries of a side; `within` are the groups on either side, None is everybody."""
    origins, hosts = (None if code is None else members(code, year) for code in within)
    found: Sums = defaultdict(lambda: [None] * len(COUNTS))
    for pair, counts in read_pairs()[year].items():
        if (origins is None or pair[0] in origins) and (hosts is None or pair[1] in hosts):
            for unit, which, count in counts:
                sums = found[pair[side], unit]
                sums[which] = (sums[which] or 0) + count
    return found


def value(of: Measure, sums: Sums, code: str, unit: Unit) -> float | None:
    return FORMULAS[of](Counts(*sums[code, unit.value])) if (code, unit.value) in sums else None


def sample(services: Services, chance: random.Random) -> Iterator[AskTop]:
    groups = [None, *read_groups().values()]
    while True:
        of, role = chance.choice(MEASURES), chance.choice([*Role])
        if role not in of.row.sides:
            continue
        place = Place(*(chance.choice(groups) if side in of.row.sides else None for side in Role))
        year, back = chance.randint(FIRST + 1, LAST), chance.choice([None, 1, 3])
        since = max(FIRST, year - back) if back else None
        by = chance.choice([RankBy.CHANGE, RankBy.PERCENT])
        yield AskTop(of, role, place, year, since, by, chance.choice([*Order]))


@needs_release_folders
@in_one_loop
@pytest.mark.parametrize(
    ("samples", "seed"),
    [(SAMPLES, 60), *(pytest.param(MANY, seed, marks=pytest.mark.proof) for seed in range(PARTS))],
)
async def test_who_is_left_out_of_a_ranking_by_change_is_named_with_the_reason(
    services: Services, samples: int, seed: int
) -> None:
    """Measures, groups, sides and years by chance; with the proofs a hundred times as many."""
    told = named = 0
    for asked in sample(services, random.Random(seed)):
        if told == samples:
            break
        try:
            found = await services.answers.answer(asked)
        except Unanswerable:
            continue
        assert isinstance(found, Top)
        told += 1
        first, last = found.years
        side = [*Role].index(asked.role)
        codes = (
            None if asked.place.origin is None else asked.place.origin.code,
            None if asked.place.asylum is None else asked.place.asylum.code,
        )
        before, after = (add_up(side, year, codes) for year in (first, last))
        own = codes[side]
        apart = {each.country.code for each in found.apart}
        ranked = 0
        for code in {code for code, _ in (*before, *after)}:
            country = services.countries.by_code(code)
            if country is None or not country.is_country or (own and code not in members(own, last)):
                continue
            then, now = (value(asked.measure, sums, code, Unit.PERSONS) for sums in (before, after))
            in_cases = [value(asked.measure, sums, code, Unit.CASES) for sums in (before, after)]
            base = in_cases[0] if then is None else then
            if asked.by is RankBy.PERCENT and (base or 0) < MIN_GROWN:
                continue  # which the reply says of all
            if code in apart:
                named += 1
            elif then is not None and now is not None:
                ranked += 1
            else:
                assert not any((then, now, *in_cases)), (asked, country)
        assert ranked == found.countries, asked
        reply = await compose(services, asked)
        words = "\n".join((reply.account, *reply.caveats))
        missing = [each.country.name for each in found.apart if each.country.name not in words]
        assert not missing, (asked, missing)
    assert named > samples

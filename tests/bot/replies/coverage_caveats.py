"""What figures stand for and where series break: each caveat on it, and its sentence."""

from __future__ import annotations

from data import caveats as c
from data.coverage import Break, CoverageKind, Remark
from data.model import Extent, Measure, Unit
from tests.data.countries.atlases import atlas

USA = atlas().find("USA")

ON_COVERAGE: list[tuple[c.Caveat, str]] = [
    (
        c.PartialYear((Measure.APPLICATIONS,), USA, 2024, Extent(2024, 6), Unit.PERSONS),
        "UNHCR has the USA's 2024 applications for January–June only, so they compare with no other year.",
    ),
    (
        c.PartialYear((Measure.PENDING,), USA, 2024, Extent(2024, 6), Unit.PERSONS),
        "UNHCR has the USA's 2024 claims waiting for a decision as of 30 June only, so they compare with no other year.",
    ),
    (
        c.PartialYear(
            (Measure.PENDING, Measure.APPLICATIONS, Measure.DECISIONS),
            USA,
            2024,
            Extent(2022),
            Unit.PERSONS,
        ),
        (
            "UNHCR has the USA's 2024 applications and decisions for 2022 only, claims waiting for a decision as of"
            " 31 December 2022, so they compare with no other year."
        ),
    ),
    (
        c.PartialYear((Measure.RECOGNITION_RATE,), USA, 2025, Extent(2025, 9), Unit.CASES),
        (
            "UNHCR has the USA's 2025 decisions in cases for January–September only, so they compare with no"
            " other year."
        ),
    ),
    (
        c.SmallParts(Measure.PENDING, 2024, (USA, USA, USA, USA, USA, USA, USA), 0.0083),
        (
            "Some figures stop before the end of 2024, 0.8% of all pending claims together: USA, USA, USA, USA,"
            " USA, 2 more."
        ),
    ),
    (
        c.PartInTotal(((Measure.PENDING, 147_909, 0.817),), USA, 2024, Extent(2024, 6), Unit.PERSONS),
        (
            "In the 2024 total, the USA's 147,909 (81.7%) are of 30 June only, so that total compares with no"
            " other year."
        ),
    ),
    (
        c.PartInTotal(((Measure.RECOGNITION_RATE, 356_662, 0.82),), USA, 2025, Extent(2025, 9), Unit.CASES),
        (
            "In the 2025 total, the USA's 356,662 decisions in cases (82.0% of all cases) are of January–September only."
        ),
    ),
    (
        c.SeriesBreak(Measure.DECISIONS, Break(USA, 2021, CoverageKind.PERSONS_FOR_CASES)),
        (
            "Since 2021 the USA counts decisions in persons that were partly in cases before, so 2021 does not"
            " compare with 2020."
        ),
    ),
    (
        c.SeriesBreak(Measure.PENDING, Break(USA, 2024, CoverageKind.RECLASSIFIED, None, 0.1, 108_300)),
        (
            "Since 2024 the claims in the USA (10.0% of the total) include 108,300 people who were not"
            " among them before, so 2024 does not compare with 2023."
        ),
    ),
    (
        c.SeriesBreak(Measure.REFUGEES, Break(USA, 2024, CoverageKind.MOVED_OUT, figure=1_200_000)),
        (
            "Since 2024 the refugees in the USA leave out 1,200,000 people who were among them before, so"
            " 2024 does not compare with 2023."
        ),
    ),
    (
        c.SeriesBreak(Measure.STATELESS, Break(USA, 2024, CoverageKind.RECOUNTED, share=0.2)),
        (
            "Since 2024 the stateless people in the USA (20.0% of the total) are from another source or"
            " estimated anew, so 2024 does not compare with 2023."
        ),
    ),
    (
        c.PartialYear((Measure.REFUGEES, Measure.NATURALISED), USA, 2024, Extent(2024, 6), Unit.PERSONS),
        (
            "UNHCR has the USA's 2024 refugees who were naturalised for January–June only, refugees as of"
            " 30 June, so they compare with no other year."
        ),
    ),
    (
        c.SeriesBreak(Measure.PENDING, Break(USA, 2022, CoverageKind.LAPSED_CLOSED, figure=72_200)),
        (
            "In 2022 the USA closed the files of some 72,200 people whose permits had lapsed, so 2022 does not"
            " compare with 2021."
        ),
    ),
    (
        c.SeriesBreak(Measure.REFUGEES, Break(USA, 2024, CoverageKind.SAID_TO_BE_EARLIER)),
        (
            "UNHCR calls the USA's 2024 refugees those of the end of an earlier year, though they differ from"
            " that year's, so they compare with no other year."
        ),
    ),
    (
        c.SeriesBreak(Measure.DECISIONS, Break(USA, 2024, CoverageKind.REVIEWS_ONLY)),
        (
            "Of the USA's 2024 applications and decisions UNHCR has appeals and reviews only, without first"
            " instances, so they compare with no other year."
        ),
    ),
    (
        c.NotOneSeries(
            Measure.APPLICATIONS,
            (
                Break(USA, 2021, CoverageKind.PERSONS_FOR_CASES, share=0.12),
                Break(USA, 2024, CoverageKind.PARTIAL, Extent(2024, 6), 0.239),
            ),
        ),
        "Not one series: 2021 USA persons instead of cases (12.0%); 2024 USA January–June only (23.9%).",
    ),
    *(
        (
            Remark(
                USA,
                2024,
                kind,
                1.5 if kind is CoverageKind.PERSONS_PER_CASE else 3_900,
                (Measure.PENDING, Measure.REFUGEES),
            ),
            sentence,
        )
        for kind, sentence in (
            (
                CoverageKind.PERSONS_PER_CASE,
                (
                    "UNHCR notes for 2024: where the USA reported cases, each stood for 1.5 persons on average"
                    " over all origins together."
                ),
            ),
            (
                CoverageKind.MAX_AT_RISK,
                (
                    "UNHCR notes for 2024: in the USA only asylum-seekers at acute risk are registered; some"
                    " 3,900 others are not counted."
                ),
            ),
            (
                CoverageKind.ESTIMATED,
                (
                    "UNHCR notes for 2024: the figures on claims waiting for a decision and refugees for the USA"
                    " are estimates."
                ),
            ),
        )
    ),
]

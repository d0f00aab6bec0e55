"""Files that are sent hold the figures that are answered."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.preview.double import Payload
from bot.services import Services
from tests.asking import Asker, asking, buttons, read_csv
from tests.double import until
from tests.releases import MID

in_one_loop = pytest.mark.asyncio(loop_scope="session")


def read_file(asker: Asker, message: Payload) -> list[dict[str, Any]]:
    """The figures of the one file of a message, in whichever format."""
    (attachment,) = message["attachments"]
    data, name = asker.file(attachment), attachment["filename"]
    if name.endswith(".csv"):
        return [dict(row) for row in read_csv(data)]
    if name.endswith(".json"):
        return list(json.loads(data)["figures"])
    header, *rows = load_workbook(io.BytesIO(data))["Figures"].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def values(rows: list[dict[str, Any]], key: str) -> dict[tuple[Any, str], float]:
    return {
        (str(row[key]), row["unit"]): float(row["value"]) for row in rows if row["value"] not in (None, "")
    }


@in_one_loop
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
async def test_every_format_has_the_stock_of_every_year(asker: Asker, form: str) -> None:
    message = await asker.message("export", {"format": form, "origin": "China"})
    rows = read_file(asker, message)
    found = values(rows, "year")

    assert message["attachments"][0]["filename"] == f"asylum-pending-from-China-by-year-2000-2025.{form}"
    assert found["2024", "persons"] == 180_960
    assert sum(found[str(year), "persons"] for year in range(2013, 2026)) == 1_250_803
    assert "by year: **26 figures**" in message["content"]
    assert {row["covers"] for row in rows if str(row["year"]) == "2025"} == {"31 December 2025"}
    assert message["embeds"][0]["description"].startswith("Mind: ")
    assert "Global Trends 2025, corrected (25 Jun 2026)" in message["embeds"][0]["footer"]["text"]


@in_one_loop
async def test_each_file_says_where_it_is_from_and_how_to_ask_again(asker: Asker) -> None:
    options = {"measure": "decisions", "asylum": "Canada", "as_of": MID.isoformat()}
    query = f"/asylum export measure:decisions by:year asylum:Canada as_of:{MID}"
    for form in ("csv", "xlsx", "json"):
        message = await asker.message("export", {"format": form, **options})
        data = asker.file(message["attachments"][0])
        if form == "xlsx":
            text = str(
                [list(row) for row in load_workbook(io.BytesIO(data))["About"].iter_rows(values_only=True)]
            )
        else:
            text = data.decode("utf-8-sig")
        assert f"{query} format:{form}" in text
        for said in (
            "UNHCR Refugee Population Statistics Database",
            "CC BY 4.0",
            "Mid-Year Trends 2025 (10 Nov 2025)",
        ):
            assert said in text
        assert "January–June" in message["embeds"][0]["description"]


@in_one_loop
@pytest.mark.parametrize(
    ("by", "side", "place"), [("asylum", "asylum", {"origin": "China"}), ("origin", "origin", {})]
)
async def test_the_lines_of_an_export_sum_up_to_the_total(
    asker: Asker, by: str, side: str, place: dict[str, str]
) -> None:
    options = {"format": "json", "measure": "applications", "from": 2024, **place}
    lines = read_file(asker, await asker.message("export", {**options, "by": by}))
    totals = read_file(asker, await asker.message("export", options))

    for year in (2024, 2025):
        for unit in ("persons", "cases"):
            summed = sum(row["value"] for row in lines if (row["year"], row["unit"]) == (year, unit))
            whole = sum(row["value"] or 0 for row in totals if (row["year"], row["unit"]) == (year, unit))
            assert summed == whole
    assert len({row[side] for row in lines}) > 20


@in_one_loop
async def test_pairs_sum_up_to_the_world(asker: Asker) -> None:
    options = {"format": "csv", "from": 2025, "measure": "pending"}
    pairs = read_file(asker, await asker.message("export", {**options, "by": "pair"}))

    assert sum(int(row["value"]) for row in pairs) == 8_998_097
    assert not any(row["origin"] == "all" or row["asylum"] == "all" for row in pairs)


@in_one_loop
async def test_the_export_button_gives_what_the_answer_says_to_whoever_presses(asker: Asker) -> None:
    message = await asker.message("decisions", {"origin": "China", "from": 2020})
    before = asker.public()
    offered = await asker.double.click(message, buttons(message)["Export"], user=asker.double.reader)
    assert offered.reply
    assert list(buttons(offered.reply)) == ["CSV", "Excel (XLSX)", "JSON"]
    csv_rows = read_file(asker, (await asker.csv(message)).reply or {})

    for label in buttons(offered.reply):
        pressed = await asker.double.click(
            offered.reply, buttons(offered.reply)[label], user=asker.double.reader
        )
        assert pressed.reply
        assert pressed.ephemeral
        rows = read_file(asker, pressed.reply)
        assert values(rows, "measure") == pytest.approx(values(csv_rows, "measure"))
        assert len(rows) == len(csv_rows)
    assert asker.public() == before


@in_one_loop
async def test_a_file_too_large_for_discord_comes_in_parts_with_a_sentence(
    services: Services,
) -> None:
    async with asking(services, attachment_limit=2_000_000) as asker:
        before = set(asker.public())
        it = await asker.ask("export", {"format": "csv", "by": "pair", "from": 2020})
        assert it.reply
        said = re.search(r"too large for Discord, so there are (\d+);", it.reply["content"])
        assert said

        def parts() -> list[Payload]:
            everything = [m for channel in asker.double.messages.values() for m in channel.values()]
            return sorted(
                (m for m in everything if m["id"] not in before and m["attachments"]),
                key=lambda m: int(m["id"]),
            )

        await until(lambda: len(parts()) == int(said[1]))
        names = [m["attachments"][0]["filename"] for m in parts()]
        assert names == [
            f"asylum-pending-by-pair-2020-2025-part-{n}-of-{len(names)}.csv" for n in range(1, len(names) + 1)
        ]
        rows = [
            row
            for part in parts()
            for row in csv.DictReader(
                io.StringIO(asker.file(part["attachments"][0]).decode("utf-8-sig"), newline="")
            )
        ]
        assert f"**{len(rows):,} figures**" in it.reply["content"]

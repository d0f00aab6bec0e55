"""Messages as plain text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.preview.transcript import plain, transcript

PICTURE = "http://127.0.0.1/cdn/attachments/1/2/chart.png"
TABLE = "http://127.0.0.1/cdn/attachments/1/3/figures.csv"
CHART = {
    "url": PICTURE,
    "filename": "chart.png",
    "size": 35_000,
    "content_type": "image/png",
    "description": "Line chart: pending claims of Chinese, 2013 to 2025",
}
CSV = {"url": TABLE, "filename": "figures.csv", "size": 12_400, "content_type": "text/csv"}


def message(**parts: Any) -> dict[str, Any]:
    return {"content": "", "embeds": [], "components": [], "attachments": [], "flags": 0, **parts}


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**178,725** claims were *pending*", "178,725 claims were pending"),
        ("## Pending claims\n-# UNHCR, CC BY 4.0", "Pending claims\nUNHCR, CC BY 4.0"),
        ("__June__ ~~2025~~ ||secret|| ***all***", "June 2025 secret all"),
        ("the option as_of, 2 * 3 * 4, snake_case_name", "the option as_of, 2 * 3 * 4, snake_case_name"),
        ("[the source](https://unhcr.org/x)", "the source (https://unhcr.org/x)"),
        ("<https://unhcr.org>", "https://unhcr.org"),
        ("write `as_of:**June**`", "write as_of:**June**"),
        ("```\nyear  claims\n2025  99,716\n```", "year  claims\n2025  99,716"),
        ("```py\nx = '*a*'\n```", "x = '*a*'"),
        (r"\*not bold\* \_x\_", "*not bold* _x_"),
        ("since <t:1782345600:D>", "since 25 Jun 2026, 00:00 UTC"),
        ("<:flag:123> </asylum trend:456>", ":flag: /asylum trend"),
        ("> quoted\n- an item\n1. another", "> quoted\n- an item\n1. another"),
    ],
)
def test_marks_go_and_words_stay(markdown: str, text: str) -> None:
    assert plain(markdown) == text


def test_an_embed_reads_from_title_to_footer_with_its_picture_in_words() -> None:
    embed = {
        "author": {"name": "Asylum figures"},
        "title": "China, 2025",
        "description": "**99,716** claims were pending.",
        "fields": [{"name": "Rank", "value": "3rd"}, {"name": "Hosts", "value": "USA 80,000\nJapan 1,000"}],
        "image": {"url": PICTURE},
        "footer": {"text": "UNHCR · CC BY 4.0"},
    }
    assert transcript(message(content="99,716", embeds=[embed], attachments=[CHART, CSV])) == (
        "99,716\n"
        "\n"
        "Asylum figures\n"
        "China, 2025\n"
        "\n"
        "99,716 claims were pending.\n"
        "\n"
        "Rank: 3rd\n"
        "Hosts:\n"
        "USA 80,000\n"
        "Japan 1,000\n"
        "\n"
        "[picture: Line chart: pending claims of Chinese, 2013 to 2025]\n"
        "\n"
        "UNHCR · CC BY 4.0\n"
        "\n"
        "[file: figures.csv, 12 kB]"
    )


def test_components_read_in_their_order_and_nothing_twice() -> None:
    button = {"type": 2, "label": "Table", "custom_id": "t"}
    off = {"type": 2, "label": "CSV", "custom_id": "c", "disabled": True}
    source = {"type": 2, "label": "Source", "url": "https://unhcr.org"}
    thumbnail = {"type": 11, "media": {"url": "https://cdn/flag%20x.png"}, "description": None}
    box = {
        "type": 17,
        "components": [
            {"type": 9, "components": [{"type": 10, "content": "## China"}], "accessory": thumbnail},
            {"type": 14},
            {"type": 12, "items": [{"media": {"url": PICTURE}, "description": "A rising line"}]},
            {"type": 13, "file": {"url": TABLE}},
            {"type": 1, "components": [button, off, source]},
        ],
    }
    assert transcript(message(components=[box], attachments=[CHART, CSV])) == (
        "China\n"
        "[picture: flag x.png]\n"
        "\n"
        "[picture: A rising line]\n"
        "\n"
        "[file: figures.csv, 12 kB]\n"
        "\n"
        "[Table] [CSV, off] [Source: https://unhcr.org]"
    )


def test_a_select_shows_its_choice_or_the_first_of_many() -> None:
    labels = [{"label": f"Country {i}"} for i in range(7)]
    select: dict[str, Any] = {"type": 3, "placeholder": "Another country", "options": labels}
    chosen = {"type": 3, "options": [{"label": "Linear"}, {"label": "Log", "default": True}]}
    rows = [
        {"type": 1, "components": [control]}
        for control in (select, chosen, {"type": 8, "placeholder": "Channel"})
    ]
    assert transcript(message(components=rows)) == (
        "[Another country ▾ Country 0, Country 1, Country 2, Country 3, Country 4, … 7 in all]\n"
        "[choose ▾ Log]\n"
        "[Channel ▾]"
    )


def test_who_sees_a_message_and_whether_it_is_finished_is_said() -> None:
    assert transcript(message(content="No.", flags=64)) == "(only you see this)\n\nNo."
    assert transcript(message(flags=128)) == "(thinking …)"


def test_mentions_go_by_name_where_the_name_is_known() -> None:
    names = {"21": "#alerts", "31": "@data-desk"}
    assert (
        transcript(message(content="<@&31> in <#21> and <#99>"), names) == "@data-desk in #alerts and <#99>"
    )


@pytest.mark.parametrize(("size", "said"), [(9, "9 bytes"), (1_499, "1 kB"), (2_345_678, "2.3 MB")])
def test_sizes_are_round(size: int, said: str) -> None:
    assert transcript(message(attachments=[{**CSV, "size": size}])) == f"[file: figures.csv, {said}]"


@settings(deadline=None)
@given(st.text(st.sampled_from("`*_~|#->[](): \\\n<>@0ab\0"), max_size=60))
def test_no_text_breaks_it(markdown: str) -> None:
    assert "\0" not in plain(markdown)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["C"], exclude_characters="`"), max_size=60))
def test_code_stays_as_it_was_written(code: str) -> None:
    assert plain(f"```\n{code}\n```") == code

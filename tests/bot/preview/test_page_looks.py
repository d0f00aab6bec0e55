from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot.preview

STATIC = Path(bot.preview.__file__).parent / "static"
FILES = sorted(STATIC.iterdir())
THEMES = ("dark", "light")
BACKGROUNDS = ("page", "side", "over", "private")
TEXT_ON = {
    "text": (*BACKGROUNDS, "deep", "raised", "pick"),
    "strong": (*BACKGROUNDS, "deep", "raised", "pick", "secondary", "secondary-over"),
    "muted": (*BACKGROUNDS, "deep", "raised", "pick"),
    "link": (*BACKGROUNDS, "raised"),
    "bad": (*BACKGROUNDS, "deep"),
    "mention": ("mention-back",),
    "on-colour": ("primary", "primary-over", "success", "success-over", "danger", "danger-over"),
}


def colours(theme: str) -> dict[str, str]:
    css = (STATIC / "theme.css").read_text("utf-8")
    found: dict[str, str] = {}
    for selector in (":root", f'[data-theme="{theme}"]'):
        block = css.partition(f"{selector} {{")[2].partition("}")[0]
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read_on_everything_it_stands_on(theme: str) -> None:
    colour = colours(theme)
    faint = {
        f"{text} on {back}": round(contrast(colour[text], colour[back]), 2)
        for text, backs in TEXT_ON.items()
        for back in backs
        if contrast(colour[text], colour[back]) < 4.5
    }

    assert faint == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_ring_is_seen_on_every_background(theme: str) -> None:
    colour = colours(theme)

    assert min(contrast(colour["focus"], colour[back]) for back in (*BACKGROUNDS, "deep", "raised")) >= 3


def test_both_themes_have_the_same_colours() -> None:
    assert colours("dark").keys() == colours("light").keys()


def test_every_colour_that_is_used_is_one_of_the_theme_s() -> None:
    known = set(re.findall(r"--([\w-]+):", (STATIC / "theme.css").read_text("utf-8"))) | {"bar"}

    for path in STATIC.glob("*.css"):
        assert set(re.findall(r"var\(--([\w-]+)", path.read_text("utf-8"))) <= known, path.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_of_the_page_fetches_anything_from_elsewhere(path: Path) -> None:
    source = path.read_text("utf-8")
    fetched = re.findall(r"""(?:src|href|url|from|import)\s*[=(]?\s*["'(]+((?:https?:)?//[^"')]+)""", source)

    assert fetched == []
    assert "innerHTML" not in source
    assert "insertAdjacentHTML" not in source
    assert "eval(" not in source


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_every_script_imports_files_and_names_that_exist(path: Path) -> None:
    for names, target in re.findall(r'import \{([^}]+)\} from "\./([\w.]+)"', path.read_text("utf-8")):
        exported = re.findall(
            r"export (?:async )?(?:function|class|const) (\w+)", (STATIC / target).read_text("utf-8")
        )
        assert {n.strip() for n in names.split(",") if n.strip()} <= set(exported), target


def test_the_page_names_every_script_and_style_it_has_or_a_script_imports_it() -> None:
    text = "".join(path.read_text("utf-8") for path in FILES)

    assert [p.name for p in FILES if p.suffix in {".js", ".css"} and f"/{p.name}" not in text] == []


def test_the_page_says_what_it_is() -> None:
    shown = re.sub(r"<[^>]+>", "", (STATIC / "index.html").read_text("utf-8"))

    said = re.sub(r"\s+", " ", shown)
    assert "Preview: a small Discord on your own machine. Nothing leaves it." in said
    assert "Add DISCORD_TOKEN to .env to go live." in said

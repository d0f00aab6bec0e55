"""Names are folded once for each language, and all of them before anybody types where that is wished."""

from __future__ import annotations

import pytest

from data.countries import letters, table
from tests.data.countries.atlases import atlas


@pytest.fixture
def folded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that are folded from here on, where no language was folded before."""
    names: list[str] = []

    def fold(name: str) -> str:
        names.append(name)
        return letters.fold(name)

    monkeypatch.setattr(table, "fold", fold)
    table._index.cache_clear()
    return names


def test_once_prepared_the_first_suggestion_in_any_language_folds_nothing_more(folded: list[str]) -> None:
    spoken = atlas().table.languages
    spoken.prepare()
    assert set(folded) == {name for locale in spoken.lines for name in spoken.names(locale).values()}

    folded.clear()
    for locale in (*spoken.lines, "de-AT", "en-US", "tlh"):
        assert atlas().suggest("syr", locale)
    assert folded == []


def test_unprepared_the_first_suggestion_folds_its_own_language_alone(folded: list[str]) -> None:
    spoken = atlas().table.languages

    atlas().suggest("syr", "de")
    assert folded == list(spoken.names("de").values())
    atlas().suggest("sud", "de-AT")
    assert folded == list(spoken.names("de").values())

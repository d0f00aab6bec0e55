"""One page for all tests, as loading fonts is the slow part."""

from __future__ import annotations

import pytest

from bot.charts.page import Page


@pytest.fixture(scope="session")
def page() -> Page:
    return Page()

"""A PostgreSQL for the tests of shared state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgresql import ABSENT, find_initdb, run_postgresql


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """The address of a server that is this process's own."""
    if find_initdb() is None:
        pytest.skip(ABSENT)
    with run_postgresql() as address:
        yield address

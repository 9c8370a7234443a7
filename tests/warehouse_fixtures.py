"""The fixture `warehouse`: the same tests on SQLite, always, and on PostgreSQL, where one can be reached.

CIVICGAUGE_TEST_POSTGRES names another server than the usual postgresql://postgres@127.0.0.1:5432/postgres. With
CI=true a server that cannot be reached is a failure: nothing may be skipped there.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from civicgauge.warehouse import Warehouse

POSTGRES = os.environ.get("CIVICGAUGE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


@cache
def _postgres_problem() -> str | None:
    try:
        psycopg.connect(POSTGRES, connect_timeout=5).close()
    except psycopg.Error as error:
        return f"no PostgreSQL to test with: {str(error).splitlines()[0]}"
    return None


def fresh_postgres(template: str = "template1") -> Iterator[str]:
    """The address of a new database, dropped afterwards; skips (in CI: fails) without a server."""
    if problem := _postgres_problem():
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(problem, pytrace=False)
        pytest.skip(problem)
    name = f"civicgauge_test_{uuid.uuid4().hex}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield sa.make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def upgraded_postgres() -> Iterator[str]:
    """The name of an upgraded, empty database to copy: quicker than an upgrade for each test."""
    for url in fresh_postgres():
        with Warehouse(url) as made:
            made.upgrade()
        yield str(sa.make_url(url).database)


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A PostgreSQL database of the test's own: empty, or upgraded where the test asks for a `warehouse`."""
    upgraded = "warehouse" in request.fixturenames
    yield from fresh_postgres(request.getfixturevalue("upgraded_postgres") if upgraded else "template1")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'home' / 'warehouse.sqlite'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def warehouse_url(request: pytest.FixtureRequest) -> str:
    """An address where no warehouse is yet, on both databases in turn."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def warehouse(warehouse_url: str) -> Iterator[Warehouse]:
    """An upgraded, empty warehouse, on both databases in turn."""
    with Warehouse(warehouse_url) as made:
        made.upgrade()
        yield made

"""A changed byte in any kind of file, a changed cell, an altered signature: each is found, and named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from civicgauge.pipeline import purging
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import proving
from civicgauge.pipeline.withdrawn import Scope
from civicgauge.review import digests
from tests.conftest import IN_FULL
from tests.editions import world
from tests.editions.world import CITY, DAY, ID, INDICATOR, at
from tests.homes import home_at

KINDS = (
    "results/*/*/*/indicators.parquet",
    "results/*/*/*/parts.parquet",
    "results/*/*/*/checks.parquet",
    "results/*/*/*/failing_rows.parquet",
    "results/*/*/*/manifest.json",
    "catalog/*/*/*/datasets.parquet",
    "catalog/*/*/*/known.parquet",
    "catalog/*/*/*/rows.json.gz",
    "catalog/*/*/*/city.json",
    "catalog/*/*/*/manifest.json",
    "raw/*/*/*/*/catalog-0001.json.gz",
    "raw/*/*/*/*/ids.json.gz",
    "raw/*/*/*/*/manifest.json",
    "links/*/*/*/*/looks.json.gz",
    "links/*/*/*/*/manifest.json",
    "pulls/*/*/*/*/*/manifest.json",
    "rows/*/*/*/*/*/rows.parquet",
    "rows/*/*/*/*/*/manifest.json",
    "kept/*/*/*/[0-9a-f]*.json",
)


def verified(context: Context, today: date = date(2026, 9, 1)) -> proving.Verified:
    return proving.verified(context, ID, today)


@pytest.fixture(scope="module")
def shared(frozen_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A copy that every test leaves as it was."""
    home = tmp_path_factory.mktemp("verify") / "home"
    shutil.copytree(frozen_home, home)
    with home_at(home) as context:
        yield context


def turned(body: bytes) -> bytes:
    """The same with one bit turned in the middle."""
    middle = len(body) // 2
    return body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]


@contextmanager
def other_bytes(path: Path) -> Iterator[None]:
    """A file with one bit turned in its middle."""
    body = path.read_bytes()
    path.write_bytes(turned(body))
    yield
    path.write_bytes(body)


def cited(context: Context) -> set[str]:
    """The files that the edition rests on: those of its list that counts, and the list."""
    lake = Path(context.settings.lake)
    (city,) = world.rows(context, "edition_city")
    (mark,) = lake.glob(f"kept/{CITY}/*/{ID}/{city['evidence_digest']}.json")
    return {*json.loads(mark.read_bytes()), str(mark.relative_to(lake))}


def test_changed_bytes_in_every_kind_of_file_are_each_found_and_named(frozen: Context) -> None:
    lake, listed = Path(frozen.settings.lake), cited(frozen)
    changed = set()
    for kind in KINDS[:-1]:  # the list itself tells where to look
        path = next(path for path in sorted(lake.glob(kind)) if str(path.relative_to(lake)) in listed)
        path.write_bytes(turned(path.read_bytes()))
        changed.add(str(path.relative_to(lake)))
    found = verified(frozen).findings
    assert changed <= {f"{each.folder}/{each.file}" for each in found}
    assert {(each.edition_id, each.city_id) for each in found} == {(ID, CITY)}
    assert len(found) == len(changed)


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_byte_is_found_and_named(shared: Context, kind: str) -> None:
    lake, listed = Path(shared.settings.lake), cited(shared)
    files = [path for path in sorted(lake.glob(kind)) if str(path.relative_to(lake)) in listed]
    assert files, kind
    for path in files:
        with other_bytes(path):
            found = verified(shared)
        folder, _, name = str(path.relative_to(lake)).rpartition("/")
        assert (ID, CITY, folder, name) in {(f.edition_id, f.city_id, f.folder, f.file) for f in found.findings}, path
        assert len(found.findings) == 1, found.findings
        assert found.withdrawn == []


def test_every_file_behind_the_numbers_is_of_one_of_these_kinds(shared: Context) -> None:
    """So that a new kind of file is tried, too. Other files of a catalogue are read by the same code."""
    lake = Path(shared.settings.lake)
    kinds = {str(path.relative_to(lake)) for kind in KINDS for path in lake.glob(kind)}
    others = {path.rpartition("/")[2] for path in cited(shared) - kinds}
    tables = {"columns", "resources", "landed_columns", "landed_tables"}
    assert verified(shared).findings == []  # none of the changes is left
    assert others <= {*(f"{name}.parquet" for name in tables), "links.json.gz", "row_history.json.gz", "status.json.gz"}


def test_a_file_that_is_gone_is_missing_and_ends_nothing(frozen: Context) -> None:
    lake = Path(frozen.settings.lake)
    (city,) = world.rows(frozen, "edition_city")
    (lake / city["results_attempt"] / "indicators.parquet").unlink()
    shutil.rmtree(lake / city["catalog_attempt"])
    found = verified(frozen)
    told = {(f.folder, f.file, f.told) for f in found.findings}
    assert (city["results_attempt"], "indicators.parquet", "is missing") in told
    assert (city["catalog_attempt"], "manifest.json", "is missing") in told
    assert (city["catalog_attempt"], "datasets.parquet", "is missing") in told


# ---------------------------------------------------------------- the warehouse


@contextmanager
def other_cell(context: Context, table: str, column: str, value: object, where: str = "1=1") -> Iterator[None]:
    """A cell that somebody changed in the database itself."""
    with context.warehouse() as warehouse:
        with warehouse.engine.connect() as connection:
            before = connection.execute(sa.text(f'SELECT "{column}" FROM "{table}" WHERE {where}')).scalar_one()
            assert before != value
        change = sa.text(f'UPDATE "{table}" SET "{column}" = :value WHERE {where}')
        with warehouse.engine.begin() as connection:
            connection.execute(change, {"value": value})
        yield
        with warehouse.engine.begin() as connection:
            connection.execute(change, {"value": before})


ONE = f"indicator_id = '{INDICATOR}'"
CELLS: tuple[tuple[str, str, Any, str, str], ...] = (
    ("edition_value", "value", 0.99, ONE, f"{INDICATOR} (version 1) is not what its digest says"),
    ("edition_value", "decided_value", 0.99, ONE, "another decided_value"),
    ("edition_value", "n_unknown", 0, ONE, "another n_unknown"),
    ("edition_value", "reason", "a reason", ONE, "another reason"),
    ("edition_value", "decisions", "[]", ONE, "is not what its digest says"),
    ("edition_value", "run_id", "another", ONE, "another run_id"),
    ("edition_value", "row_digest", "0" * 64, ONE, "is not what its digest says"),
    ("edition_city", "name", "Elsewhere", "1=1", "its cities and values are not those of its content digest"),
    ("edition_city", "publication", "private", "1=1", "is not the row that was shown to the city"),
    ("edition_city", "outcome", "partial", "1=1", "another outcome"),
    ("edition_city", "evidence_digest", "0" * 64, "1=1", "is missing or changed: the list of the files"),
    ("edition", "title", "Another", "1=1", "its title is not what the audit says: Another, not First half of 2026"),
    ("edition", "keep_until", "2027-01-01", "1=1", "its keep_until is not what the audit says"),
    ("edition", "preview_until", "2026-07-02", "1=1", "its preview_until is not what the audit says"),
    ("edition", "state", "preview", "1=1", "its state is not what the audit says: preview, not frozen"),
    ("edition", "content_digest", "0" * 64, "1=1", "its content_digest is not what the audit says"),
    ("edition_signature", "name", "Eve Example", "number = 2", "signature 2 is not the one that was given"),
    ("edition_signature", "content_digest", "0" * 64, "number = 2", "it is signed by 1 of 2 people"),
    ("dispute", "claim", "nothing", "1=1", f"{ID}-d1 is not what the audit says"),
    ("dispute", "answer", "nothing", "1=1", f"{ID}-d1 is not what the audit says"),
    ("erratum", "new_value", 0.5, "1=1", f"{ID}-e1 is not the one that was made"),
)


@pytest.mark.parametrize(("table", "column", "value", "where", "told"), CELLS if IN_FULL else CELLS[::4])
def test_a_changed_cell_is_found_and_named(
    shared: Context, table: str, column: str, value: object, where: str, told: str
) -> None:
    with other_cell(shared, table, column, value, where):
        found = verified(shared)
    assert any(told in each.told for each in found.findings), found.findings
    assert {each.edition_id for each in found.findings} == {ID}
    if table in ("edition_value", "edition_city", "erratum"):
        assert CITY in {each.city_id for each in found.findings}


def test_a_number_that_is_changed_with_all_its_digests_differs_from_the_lake(frozen: Context) -> None:
    row = world.number(frozen) | {"decided_value": 0.99}
    with frozen.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        where = {name: row[name] for name in ("edition_id", "city_id", "indicator_id", "indicator_version")}
        changed = {"decided_value": 0.99, "row_digest": digests.row_digest(row)}
        desk.change("edition_value", changed, **where)
        (edition,) = desk.rows("edition")
        content = digests.content_digest(edition, desk.rows("edition_city"), desk.rows("edition_value"))
        desk.change("edition", {"content_digest": content}, edition_id=ID)
        desk.change("edition_signature", {"content_digest": content}, edition_id=ID, number=[2, 3])
    told = {(f.folder, f.file, f.told) for f in verified(frozen).findings}
    (city,) = world.rows(frozen, "edition_city")
    number = (city["decided_attempt"], "indicators.parquet", f"{INDICATOR}: the warehouse has another decided_value")
    assert number in told
    assert any("its content_digest is not what the audit says" in each[2] for each in told)
    assert ("warehouse", "edition_signature", "signature 2 is not the one that was given") in told


@pytest.mark.parametrize("table", ["edition_signature", "erratum", "edition_value", "edition_city"])
def test_a_row_that_is_gone_is_missed(frozen: Context, table: str) -> None:
    with frozen.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        here = {"edition_signature": {"number": 3}, "edition_city": {"city_id": CITY}}
        desk.remove(table, **here.get(table, {"indicator_id": INDICATOR}))
    found = {each.told for each in verified(frozen).findings}
    assert {
        "edition_signature": "signature 3 is gone",
        "erratum": f"{ID}-e1 is gone",
        "edition_city": "is gone",
        "edition_value": f"{INDICATOR} (version 1) is missing",
    }[table] in found


# ---------------------------------------------------------------- what a city withdraws


def test_what_a_city_withdrew_is_told_and_is_no_damage(frozen: Context) -> None:
    (entry,) = frozen.city(CITY).datasets
    scope = Scope(CITY, entry.portal, entry.id)
    world.contested(frozen, at(2, month=8), claim=f"{entry.id} is not ours")
    world.corrected(frozen, at(3, month=8), reason=f"{entry.id} was counted twice", given=world.given(0.85))
    purging.purge(frozen, scope, "data steward", "asked by the city", at(5, month=8))
    found = verified(frozen)
    assert found.findings == []
    assert {each.told for each in found.withdrawn} == {f"withdrawn by {scope.key}"}
    gone = {each.folder.partition("/")[0] for each in found.withdrawn}
    assert {"rows", "pulls", "raw", "catalog", "results"} <= gone
    assert found.measured_again == 0  # nothing is measured from what is left
    told = [row["claim"] for row in world.rows(frozen, "dispute")]
    told += [row["reason"] for table in ("erratum", "audit") for row in world.rows(frozen, table) if row["reason"]]
    assert not [words for words in told if entry.id in words]

    lake = Path(frozen.settings.lake)
    (city,) = world.rows(frozen, "edition_city")
    for name in ("parts.parquet", "indicators.parquet"):  # rewritten, and untouched
        (path,) = [p for p in (lake / city["results_attempt"]).iterdir() if p.name.startswith(name)]
        with other_bytes(path):
            told = {(f.folder, f.file) for f in verified(frozen).findings}
        assert told == {(city["results_attempt"], name)}


def test_a_whole_city_may_withdraw(frozen: Context) -> None:
    purging.purge(frozen, Scope(CITY), "data steward", "asked by the city", at(5, month=8))
    found = verified(frozen)
    assert found.findings == []
    assert found.withdrawn
    assert found.edition["as_of"] == DAY

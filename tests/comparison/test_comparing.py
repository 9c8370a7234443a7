"""The comparison from a warehouse: who sees what, which days, and by how many questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from civicgauge.comparison import COLUMNS, STRIP_COLUMNS
from civicgauge.errors import ConfigurationError
from civicgauge.model import Status
from civicgauge.pipeline.comparing import changes_of_peers, compare
from civicgauge.pipeline.context import Context
from tests.comparison.made_up import DAY, SHARE, Town, cohort_file, settle, share, towns
from tests.homes import home_at

Rows = list[dict[str, Any]]


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """An empty home."""
    with home_at(tmp_path / "home") as made:
        yield made


def of(rows: Rows, city_id: str, group: str | None = None) -> dict[str, Any]:
    """The row of a city's share."""
    found = [
        r for r in rows if (r["city_id"], r["indicator_id"]) == (city_id, SHARE) and group in (None, r["group_id"])
    ]
    assert len(found) == 1
    return found[0]


def test_rows_hold_the_columns_that_are_told_of_them(context: Context) -> None:
    settle(context, towns(11))
    rows, strips = compare(context, "public")
    assert len(rows) == 22  # the share and the size of each
    assert all(list(row) == [name for name, *_ in COLUMNS] for row in rows)
    assert all(list(row) == [name for name, *_ in STRIP_COLUMNS] for row in strips)
    for columns, found in ((COLUMNS, rows), (STRIP_COLUMNS, strips)):
        key = [name for name, _, is_key, _ in columns if is_key]
        assert len({tuple(row[name] for name in key) for row in found}) == len(found)
        kinds = {"text": str, "integer": int, "number": (int, float), "date": date}
        for name, kind, _, _ in columns:
            assert all(row[name] is None or isinstance(row[name], kinds[kind]) for row in found), name
    row = of(rows, "town-00")
    assert (row["day"], row["n_peers"], row["median"]) == (DAY, 10, pytest.approx(0.55))
    assert row["group_title"] == "250,000 to 499,999 people; socrata; 100 to 299 datasets"


def test_the_bands_are_those_of_the_warehouse(context: Context) -> None:
    settle(context, [replace(town, own=share(0.7, band="most")) for town in towns(6)])
    row = of(compare(context, "public")[0], "town-00")
    assert row["band"] == "most"
    assert json.loads(row["bands"])["most"] == 5


def test_public_sees_private_and_shared_cities_nowhere(context: Context) -> None:
    public = towns(6)
    settle(context, public)
    alone = compare(context, "public")
    settle(context, [*towns(5, "private", publication="private"), *towns(4, "shared", publication="shared_with_city")])
    assert compare(context, "public") == alone
    rows, strips = compare(context, "city")
    assert {row["city_id"] for row in rows} == {*(t.id for t in public), *(f"shared-{n:02}" for n in range(4))}
    assert {strip["peer_id"] for strip in strips} == {t.id for t in public}
    assert of(rows, "shared-00")["n_peers"] == 6
    rows, strips = compare(context, "staff")
    assert of(rows, "town-00")["n_peers"] == 14
    assert {strip["peer_id"] for strip in strips} >= {"private-00", "shared-00"}


def test_ten_private_cities_enter_the_public_numbers_without_names(context: Context) -> None:
    settle(context, [*towns(6), *towns(10, "private", publication="private")])
    rows, strips = compare(context, "public")
    assert of(rows, "town-00")["n_readable"] == 15
    assert "private" not in json.dumps([rows, strips], default=str)


def test_a_city_whose_file_is_gone_is_private(context: Context) -> None:
    settle(context, [*towns(6), Town("lost", has_file=False)])
    rows, strips = compare(context, "public")
    assert of(rows, "town-00")["n_peers"] == 5
    assert "lost" not in json.dumps([rows, strips], default=str)
    lost = of(compare(context, "staff")[0], "lost")
    assert (lost["group_id"], lost["n_peers"]) == ("any/any/any", 6)


def test_a_city_made_private_in_its_file_is_so_at_once(context: Context) -> None:
    settle(context, towns(7))
    path = context.settings.cities / "town-06.yml"
    path.write_text(path.read_text().replace("publication: public", "publication: private"))
    rows, strips = compare(context, "public")
    assert of(rows, "town-00")["n_peers"] == 5
    assert "town-06" not in json.dumps([rows, strips], default=str)


def test_the_newest_day_of_each_city_not_after_the_date(context: Context) -> None:
    early = DAY - timedelta(days=7)
    settle(context, [replace(town, day=early, value=0.1) for town in towns(6)])
    settle(context, towns(6)[:3])
    rows, strips = compare(context, "public")
    assert {row["city_id"]: row["day"] for row in rows if row["day"] == early}.keys() == {
        "town-03",
        "town-04",
        "town-05",
    }
    assert {(s["peer_id"], s["peer_day"]) for s in strips if s["city_id"] == "town-05"} >= {
        ("town-00", DAY),
        ("town-03", early),
    }
    rows, _ = compare(context, "public", early.isoformat())
    assert {row["day"] for row in rows} == {early}
    assert {row["value"] for row in rows if row["indicator_id"] == SHARE} == {0.1}
    assert compare(context, "public", (early - timedelta(days=1)).isoformat()) == ([], [])


def test_a_city_left_unread_for_long_is_counted_as_such(context: Context) -> None:
    settle(context, [*towns(6), Town("old", day=DAY - timedelta(days=46))])
    rows, _ = compare(context, "public")
    assert (of(rows, "town-00")["n_peers"], of(rows, "town-00")["n_older"]) == (5, 1)
    assert (of(rows, "old")["n_peers"], of(rows, "old")["n_older"]) == (0, 6)


def test_versions_of_one_day_are_compared_each_with_its_own(context: Context) -> None:
    newer = [replace(t, more=[share(0.2, indicator_version=2)]) for t in towns(7)]
    settle(context, [*newer, *towns(3, "other")])
    rows, _ = compare(context, "public", city_ids=["town-00"])
    found = {r["indicator_version"]: r for r in rows if r["indicator_id"] == SHARE}
    assert (found[1]["n_readable"], found[1]["n_other_version"]) == (9, 0)
    assert (found[2]["n_readable"], found[2]["n_other_version"]) == (6, 3)


def test_a_platform_that_hides_is_known_by_its_cities(context: Context) -> None:
    hidden = share(None, 0.0, 1.0, status=Status.NOT_MEASURED, reason="hidden_by_platform")
    on_ckan = towns(5, "ckan", kinds=["ckan"], own=hidden)
    settle(context, [Town("town"), *towns(3), *on_ckan])
    row = of(compare(context, "public")[0], "town")
    assert (row["platform_only"], row["n_peers"]) == ("socrata", 3)
    assert "On ckan: " in row["sentence"]
    assert of(compare(context, "public")[0], "ckan-00")["reason"] == "hidden_by_platform"


def test_staff_get_each_city_in_its_cohorts_too(context: Context, tmp_path: Path) -> None:
    settle(context, towns(12))
    mine = {"id": "mine", "title": "Mine", "cities": [f"town-{n:02}" for n in range(7)]}
    path = cohort_file(tmp_path, {"cohorts": [mine]})
    staff = Context(replace(context.settings, cohorts=path))
    rows, strips = compare(staff, "staff")
    assert of(rows, "town-00", "cohort.mine")["n_peers"] == 6
    assert of(rows, "town-00", "250k-500k/socrata/100-299")["n_peers"] == 11
    assert not [row for row in rows if row["group_id"] == "cohort.mine" and row["city_id"] == "town-11"]
    for audience in ("public", "city"):
        assert compare(staff, audience) == compare(context, audience)
        assert "mine" not in json.dumps(compare(staff, audience), default=str).lower()
        with pytest.raises(ConfigurationError, match="for staff alone"):
            compare(staff, audience, cohort_id="mine")
    rows, strips = compare(staff, "staff", city_ids=["town-11"], cohort_id="mine")
    assert {row["group_id"] for row in rows} == {"cohort.mine"}
    assert {s["peer_id"] for s in strips} == set(mine["cities"])


def test_what_changed_in_the_peer_set(context: Context) -> None:
    early = DAY - timedelta(days=60)
    settle(context, [replace(town, day=early) for town in towns(12)])
    settle(context, [*towns(12)[1:], Town("joined", 0.9), *towns(9, "x", publication="private")])
    found = changes_of_peers(context, "public", "town-05", early.isoformat(), DAY.isoformat())
    change = next(each for each in found if each.indicator_id == SHARE)
    assert (change.joined, change.left, change.n_common) == (("joined",), ("town-00",), 10)
    assert change.moved_by_peer_set == pytest.approx((change.median_after or 0) - (change.median_before or 0))
    assert changes_of_peers(context, "public", "joined", early.isoformat(), DAY.isoformat()) == []
    assert changes_of_peers(context, "public", "x-00", early.isoformat(), DAY.isoformat()) == []


def test_the_values_are_asked_for_once_for_each_day(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [DAY, DAY - timedelta(days=3)]
    settle(context, [replace(town, day=days[n % 2]) for n, town in enumerate(towns(12))])
    asked: list[str] = []

    @sa.event.listens_for(sa.Engine, "before_cursor_execute")
    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    try:
        compare(context, "public")
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", count)
    assert sum("FROM indicator_value" in statement for statement in asked) == len(days)

"""How the demo's rows are made, and what each kind of defect does to them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from civicgauge.demo import recipes
from civicgauge.demo.defects import Defect, Table, apply, as_lines
from civicgauge.demo.rows import rows
from civicgauge.demo.state import Column

NOON = datetime.fromisoformat("2026-06-30T12:00:00+00:00")
BOX = {"west": -11.0, "south": 20.0, "east": -10.0, "north": 21.0}


def column(name: str, kind: str = "Text", how: str = "", choices: tuple[str, ...] = ()) -> Column:
    return Column(name, name, kind, "", choices, how)


REQUESTS = [
    column("id", how="id R-{:05}"),
    column("opened", "Calendar date", "event"),
    column("closed", "Calendar date", "after opened, 1 to 100 hours"),
    column("due", "Calendar date", "after opened, 20 to 30 days, day, may lie ahead"),
    column("began", "Calendar date", "before opened, 1 to 5 minutes"),
    column("state", how="ended by closed", choices=("Open", "Held", "Closed")),
    column("ward", "Number", "1 to 7"),
    column("amount", "Number", "10.00 to 90000.00, empty 20%"),
    column("year", "Number", "year -1"),
    column("where", how="street"),
    column("place", "Point", "empty 0%"),
]


def made(count: int = 200, newest: datetime = NOON) -> list[dict[str, Any]]:
    names = [c.name for c in REQUESTS]
    return [dict(zip(names, row, strict=True)) for row in rows("seed", REQUESTS, count, newest, pace=6, bounds=BOX)]


# ---------------------------------------------------------------- rows


def test_cells_follow_their_recipes() -> None:
    found, now = made(), NOON.replace(tzinfo=None)
    assert [r["opened"] for r in found] == sorted((r["opened"] for r in found), reverse=True)
    assert now - timedelta(days=51) < min(r["opened"] for r in found) <= max(r["opened"] for r in found) <= now
    closed = [r for r in found if r["closed"]]
    assert all(timedelta(hours=1) <= r["closed"] - r["opened"] <= timedelta(hours=100) for r in closed)
    assert all(r["closed"] <= now for r in closed)
    assert {r["state"] for r in closed} == {"Closed"}
    assert {r["state"] for r in found if not r["closed"]} == {"Open", "Held"}
    assert any(r["due"] > now for r in found)
    assert {(r["due"].hour, r["due"].minute) for r in found} == {(0, 0)}
    assert all(r["began"] < r["opened"] for r in found)
    assert {r["ward"] for r in found} == set(range(1, 8))
    amounts = [r["amount"] for r in found if r["amount"] is not None]
    assert 20 < len(found) - len(amounts) < 60
    assert all(10 <= a <= 90_000 and round(a, 2) == a for a in amounts)
    assert sorted(amounts)[len(amounts) // 2] < 10_000, "amounts are mostly small"
    assert {r["year"] for r in found} == {2025}
    assert all(re.fullmatch(r"\d+ [A-Z]\w+ (Street|Avenue|Road)", r["where"]) for r in found)
    assert all(-11 < lon < -10 and 20 < lat < 21 for lon, lat in (r["place"] for r in found))
    assert len({r["place"] for r in found}) == len({r["id"] for r in found}) == 200


def test_rows_stay_when_the_date_moves_on() -> None:
    before, after = made(), made(newest=NOON + timedelta(days=1))
    assert [r["id"] for r in after[4:]] == [r["id"] for r in before[:-4]]
    for old, new in zip(before[:-4], after[4:], strict=True):
        assert {name for name in old if old[name] != new[name]} <= {"closed", "state"}, "some are closed meanwhile"
    assert made() == before
    assert len(made(0)) == 0


@pytest.mark.parametrize("how", ["sometimes", "after opened", "1 till 7", "empty", "id"])
def test_words_that_are_no_recipe(how: str) -> None:
    with pytest.raises(ValueError, match=r"recipe|say how long"):
        recipes.parse(how)
    with pytest.raises(ValueError, match="no column 'later'"):
        rows("seed", [column("a", "Calendar date", "after later, 1 to 2 days")], 1, NOON)


# ---------------------------------------------------------------- defects


def struck(*told: dict[str, Any], count: int = 40) -> tuple[Table, list[list[Any]]]:
    """A table with those defects, and its rows without them."""
    whole = rows("seed", REQUESTS, count, NOON, pace=6, bounds=BOX)
    return apply(Table(list(REQUESTS), [list(r) for r in whole]), [Defect.from_yaml(t) for t in told]), whole


def changed(table: Table, whole: list[list[Any]], name: str) -> list[tuple[Any, Any]]:
    at = [c.name for c in REQUESTS].index(name)
    return [(old[at], new[at]) for old, new in zip(whole, table.rows, strict=True) if old[at] != new[at]]


@pytest.mark.parametrize(
    ("told", "name", "count"),
    [
        ({"kind": "written", "column": "where", "value": "NULL", "rows": 3}, "where", 3),
        ({"kind": "written", "column": "where", "share": 0.5}, "where", 20),
        ({"kind": "written", "column": "place", "value": [0, 0]}, "place", 40),
        ({"kind": "written", "column": "opened", "value": date(1900, 1, 1), "rows": 2}, "opened", 2),
        ({"kind": "repeated", "column": "id", "rows": 4}, "id", 4),
        ({"kind": "moved", "column": "closed", "days": -30, "rows": 5}, "closed", 5),
        ({"kind": "scaled", "column": "ward", "by": 1000, "rows": 6}, "ward", 6),
        ({"kind": "minus_lost", "column": "place", "rows": 7}, "place", 7),
    ],
)
def test_defects_of_cells_strike_as_many_as_they_say(told: dict[str, Any], name: str, count: int) -> None:
    table, whole = struck(told)
    assert len(changed(table, whole, name)) == count
    assert all(not changed(table, whole, c.name) for c in REQUESTS if c.name != name)
    assert struck(told)[0].rows == table.rows


def test_values_that_defects_write() -> None:
    table, whole = struck({"kind": "written", "column": "where", "value": "person{n}@example.com", "rows": 2})
    assert [new for _, new in changed(table, whole, "where")] == ["person1@example.com", "person2@example.com"]
    table, whole = struck({"kind": "written", "column": "opened", "value": date(1900, 1, 1), "rows": 1})
    assert changed(table, whole, "opened")[0][1] == datetime(1900, 1, 1)
    table, whole = struck({"kind": "scaled", "column": "amount", "by": -1, "rows": 3})
    assert all(new == -old for old, new in changed(table, whole, "amount"))


def test_defects_of_rows() -> None:
    table, whole = struck({"kind": "rows_repeated", "rows": 4})
    assert (len(table.rows), len({tuple(r) for r in table.rows})) == (44, 40)
    assert struck({"kind": "rows_lost", "rows": 7})[0].rows == whole[:7]
    table, _ = struck({"kind": "ends_early", "rows": 6})
    assert (table.rows, table.unstated) == (whole[:34], 6)
    table, _ = struck({"kind": "newest_lost", "column": "opened", "days": 5})
    assert table.rows == whole[20:]


def test_defects_of_columns() -> None:
    table, whole = struck(
        {"kind": "column_lost", "column": "ward"},
        {"kind": "column_added", "name": "Join Tmp", "value": "{n}"},
        {"kind": "header", "column": "year", "name": ""},
    )
    names = [c.name for c in table.columns]
    assert names == ["id", "opened", "closed", "due", "began", "state", "amount", "", "where", "place", "Join Tmp"]
    assert table.rows[2] == [*whole[2][:6], *whole[2][7:], "3"]
    assert table.columns[-1].field == "join_tmp"


def test_defects_of_files() -> None:
    lines = ["a;b\r\n", *(f"{n};Café\r\n" for n in range(6)), "7;plain\r\n"]
    told = [Defect("ragged", rows=1, value="more"), Defect("other_encoding", rows=2)]
    found = as_lines(lines, told, "utf-8", ";").split(b"\r\n")
    assert sum(line.count(b";") == 2 for line in found) == 1
    assert sum(b"Caf\xe9" in line for line in found) == 2
    assert sum(b"Caf\xc3\xa9" in line for line in found) == 4
    assert as_lines(lines, [], "cp1252", ";") == "".join(lines).encode("cp1252")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": "sabotage"}, "no kind of defect"),
        ({"column": "ward"}, "no kind of defect"),
        ({"kind": "written", "colum": "ward"}, "knows no colum"),
        ({"kind": "written", "column": "wards"}, "no column 'wards'"),
        ({"kind": "written", "column": "ward", "rows": 41}, "41 rows wanted, 40 can have it"),
        ({"kind": "scaled", "column": "where", "rows": 1}, "1 rows wanted, 0 can have it"),
    ],
)
def test_defects_that_cannot_be_planted(told: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        struck(told)

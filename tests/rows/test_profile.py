"""Profiles of landed tables: what plain Python counts, whatever the values; one bad statistic spoils no other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicgauge.landed import LandedTable, Statistic
from civicgauge.rows.kept import plain
from civicgauge.rows.profile import BUILTIN, MOST_DAYS, SCHEMA, Profile, missing, profile
from tests.rows.profiled import Values, landed

NAN = math.nan


def profiled(
    folder: Path,
    *columns: Values,
    more: Sequence[Statistic] = (),
    roles: Mapping[str, str] | None = None,
    **options: Any,
) -> Profile:
    path, table = landed(folder, *columns)
    return counted(path, table, more=more, roles=roles, **options)


def counted(
    path: Path,
    table: LandedTable,
    *,
    more: Sequence[Statistic] = (),
    roles: Mapping[str, str] | None = None,
    **options: Any,
) -> Profile:
    wanted = missing([*BUILTIN, *more], Profile(), roles or {}, key=options.get("key"))
    return profile(path, table, wanted, roles or {}, **options)


# ---------------------------------------------------------------- against plain Python

TEXTS = st.none() | st.sampled_from(["", " ", "N/A", "none", "a", "b", "é", "A"]) | st.text("abc \t", max_size=3)
FLOATS = st.none() | st.floats() | st.sampled_from([0.0, -999.0, 1e308, -1e308])
DAYS = st.none() | st.dates() | st.sampled_from([date(1900, 1, 1), date(9999, 12, 31), date(2024, 2, 29)])
DEGREES = st.floats(-400, 400) | st.just(0.0)
POINTS = st.none() | st.builds(lambda lon, lat: {"lon": lon, "lat": lat}, DEGREES, DEGREES)
ROWS = st.lists(st.tuples(TEXTS, FLOATS, DAYS, POINTS, st.booleans()), max_size=25)


@settings(max_examples=60)
@given(ROWS)
def test_statistics_are_what_plain_python_counts(rows: list[tuple[Any, ...]]) -> None:
    def received(value: Any, dirty: bool) -> str | None:
        return str(value) if value is not None else "dirty" if dirty else None

    texts = [row[0] for row in rows]
    numbers, days, points = ([row[n] for row in rows] for n in (1, 2, 3))
    told = [[received(row[n], row[4]) for row in rows] for n in (1, 2, 3)]
    with TemporaryDirectory() as folder:
        found = profiled(
            Path(folder),
            Values("t", "text", texts),
            Values("n", "number", told[0], numbers),
            Values("d", "date", told[1], days),
            Values("p", "point", told[2], points),
            key="t",
        )
    assert found.errors == {}
    filled = [text for text in texts if text and text.strip()]
    assert found.columns["t"] == {
        "filled_count": len(filled),
        "placeholder_count": sum(text.strip().lower() in ("n/a", "none") for text in filled),
        "distinct_count": len(set(filled)),
    }
    finite = [n for n in numbers if n is not None and math.isfinite(n)]
    dirty = [sum(text == "dirty" for text in column) for column in told]
    number = found.columns["n"]
    mean = number.pop("mean_number")
    summed = [n for n in finite if abs(n) < 1e290]
    assert mean == (pytest.approx(math.fsum(summed) / len(summed), rel=1e-6, abs=1e270) if summed else None)
    assert number == {
        "filled_count": len([t for t in told[0] if t]),
        "placeholder_count": sum(n == -999 for n in numbers),
        "unparsed_count": dirty[0],
        "distinct_count": len({t for t in told[0] if t}),
        "lowest_number": min(finite, default=None),
        "highest_number": max(finite, default=None),
    }
    known = [day for day in days if day]
    assert found.day_counts == {"d": Counter(known)}
    assert [found.columns["d"][n] for n in ("lowest_day", "newest_day", "placeholder_count", "unparsed_count")] == [
        min(known, default=None),
        max(known, default=None),
        sum(day in (date(1, 1, 1), date(1900, 1, 1), date(9999, 12, 31)) for day in known),
        dirty[1],
    ]
    placed = [(p["lon"], p["lat"]) for p in points if p]
    assert found.columns["p"]["unplaced_count"] == sum(
        (lon == 0 and lat == 0) or abs(lat) > 90 or abs(lon) > 180 for lon, lat in placed
    )
    received_rows = list(zip(texts, *told, strict=True))
    keys = [text.strip(" ") for text in texts if text and text.strip(" ")]
    assert found.table == {
        "rows_count": len(rows),
        "duplicate_rows_count": len(rows) - len(set(received_rows)),
        "duplicate_keys_count": len(keys) - len(set(keys)),
        "empty_keys_count": len(rows) - len(keys),
        "cells_count": 4 * len(rows),
        "cells_filled_count": sum(int(c["filled_count"]) for c in found.columns.values()),  # type: ignore[arg-type]
    }


# ---------------------------------------------------------------- odd values and names


def test_infinite_and_impossible_values_are_no_extremes(tmp_path: Path) -> None:
    days = pa.array([2**62, -(2**62), 0, 253402300799_000_000, -62135596800_000_000], pa.int64()).cast(
        pa.timestamp("us")
    )
    found = profiled(
        tmp_path,
        Values("n", "money", list("abcde"), [NAN, math.inf, -math.inf, 3.5, None]),
        Values("d", "date_time", list("abcde"), days),
        Values("i", "instant", list("abcde"), days.cast(pa.timestamp("us", tz="UTC"))),
    )
    assert found.errors == {}
    assert [found.columns["n"][n] for n in ("lowest_number", "highest_number", "mean_number")] == [3.5, 3.5, 3.5]
    for name in ("d", "i"):
        assert found.day_counts[name] == {date(1, 1, 1): 1, date(1970, 1, 1): 1, date(9999, 12, 31): 1}
        assert (found.columns[name]["lowest_day"], found.columns[name]["newest_day"]) == (date(1, 1, 1), date.max)


def test_instants_are_counted_by_their_day_in_utc(tmp_path: Path) -> None:
    late = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)
    found = profiled(tmp_path, Values("i", "instant", ["a", "b"], [late, late + timedelta(minutes=2)]))
    assert found.day_counts == {"i": {date(2026, 3, 1): 1, date(2026, 3, 2): 1}}


NAMES = ['a "quoted"', "it's", "a, b", "a.b", "select", "landed", "Größe", "x" * 300, "{text}", "a--b", "*", "count(*)"]


def test_any_name_of_a_column_will_do(tmp_path: Path) -> None:
    columns = [Values(name, "number", ["1", "x"], [1.0, None]) for name in NAMES]
    points = [Values(f"{name} at", "point", ["(0, 0)", None], [{"lon": 0, "lat": 0}, None]) for name in NAMES]
    role = Statistic("both_count", "table", "count({a} + {b})")
    found = profiled(tmp_path, *columns, *points, more=[role], roles={"a": NAMES[0], "b": "{text}"}, key=NAMES[1])
    assert found.errors == {}
    assert found.table["both_count"] == 1
    assert all(found.columns[name]["unparsed_count"] == 1 for name in NAMES)
    assert all(found.columns[f"{name} at"]["unplaced_count"] == 1 for name in NAMES)


def test_a_path_with_signs_of_a_pattern_is_one_file(tmp_path: Path) -> None:
    folder = tmp_path / "it's [a] *"
    folder.mkdir()
    found = profiled(folder, Values("a", "text", ["1", "1"]))
    assert found.table["duplicate_rows_count"] == 1
    assert [path.name for path in folder.iterdir()] == ["rows.parquet"], "nothing is left beside the rows"


def test_a_table_without_rows(tmp_path: Path) -> None:
    found = profiled(tmp_path, Values("a", "text", []), Values("d", "date", [], []), key="a")
    assert found.errors == {}
    assert found.table == {
        "rows_count": 0,
        "duplicate_rows_count": 0,
        "duplicate_keys_count": 0,
        "empty_keys_count": 0,
        "cells_count": 0,
        "cells_filled_count": 0,
    }
    assert (found.columns["a"]["filled_count"], found.columns["d"]["newest_day"]) == (0, None)
    assert found.day_counts == {"d": {}}


def test_without_a_key_nothing_is_said_of_keys(tmp_path: Path) -> None:
    for key in (None, "gone"):
        table = profiled(tmp_path, Values("a", "text", ["1", "1"]), key=key).table
        assert (table["duplicate_keys_count"], table["empty_keys_count"]) == (None, None)


def test_different_values_are_exact_while_they_are_few_and_close_when_many(tmp_path: Path) -> None:
    texts = [str(n % 9_000) for n in range(120_000)]
    found = profiled(tmp_path, Values("few", "text", texts), Values("many", "text", [str(n) for n in range(120_000)]))
    assert found.columns["few"]["distinct_count"] == 9_000
    assert found.columns["many"]["distinct_count"] == pytest.approx(120_000, rel=0.2)


def test_the_newest_days_are_kept_and_the_cut_is_told(tmp_path: Path) -> None:
    first = date(1900, 1, 1)
    days = [first + timedelta(days=n) for n in range(MOST_DAYS + 3)]
    found = profiled(
        tmp_path,
        Values("d", "date", [str(d) for d in days], days),
        Values("e", "date", ["1"] * len(days), [first] * len(days)),
    )
    assert list(found.day_counts["d"]) == days[:2:-1]
    assert found.cut_days == {"d": days[3]}
    assert found.day_counts["e"] == {first: len(days)}


# ---------------------------------------------------------------- statistics of checks

GOOD = Statistic("total", "table", "sum({amount})")
BAD = [
    Statistic("not_sql", "table", "count(* FROM"),
    Statistic("no_function", "table", "nothing_such({amount})"),
    Statistic("no_aggregate", "table", "{amount} + 1"),
    Statistic("two_values", "table", "count(*), 1"),
    Statistic("more_columns", "table", "1), (2"),
    Statistic("comment", "table", "count(*) -- all"),
    Statistic("fails_on_a_value", "column", "sum(CAST({text} AS INTEGER))", ("text",)),
    Statistic("wrong_type", "column", "sum(CAST({column} AS DATE) - DATE '2020-01-01')"),
    Statistic("reads_files", "table", "(SELECT count(*) FROM read_text('/etc/hostname'))"),
]


def test_one_bad_statistic_spoils_no_other(tmp_path: Path) -> None:
    columns = (
        Values("t", "text", ["1", "x"]),
        Values("digits", "text", ["1", "2"]),
        Values("amount", "number", ["1", "2"], [1.0, 2.0]),
        Values("d", "date", ["2020-01-02", "2020-01-03"], [date(2020, 1, 2), date(2020, 1, 3)]),
    )
    roles = {"amount": "amount"}
    path, table = landed(tmp_path, *columns)
    alone = counted(path, table, more=[GOOD], roles=roles)
    found = counted(path, table, more=[*BAD, GOOD], roles=roles)
    assert alone.errors == {}
    assert set(found.errors) == {statistic.name for statistic in BAD} - {"comment", "two_values"}
    assert found.errors["fails_on_a_value"].startswith("t: Conversion Error"), "the column that it failed in is named"
    assert found.table["comment"] == 2
    assert found.columns["digits"]["fails_on_a_value"] == 3
    assert found.columns["t"]["fails_on_a_value"] is None
    assert found.columns["d"]["wrong_type"] == 3
    for name, value in alone.table.items():
        assert found.table[name] == value
    for name, values in alone.columns.items():
        assert {key: found.columns[name][key] for key in values} == values
    again = missing([*BUILTIN, *BAD, GOOD], found, roles, key=None)
    assert {s.name for s in again} == set(found.errors), "what failed is tried again, and nothing else"


def test_a_statistic_of_a_role_that_no_column_has_is_null_and_not_asked_again(tmp_path: Path) -> None:
    lost = [Statistic("of_table", "table", "count({lost})"), Statistic("of_column", "column", "count({text} = {lost})")]
    found = profiled(tmp_path, Values("a", "text", ["1"]), more=lost)
    assert (found.table["of_table"], found.columns["a"]["of_column"], found.errors) == (None, None, {})
    assert missing([*BUILTIN, *lost], found, {}, key=None) == []
    assert missing([*BUILTIN, *lost], found, {"lost": "a"}, key=None) == lost


def test_values_of_any_kind_become_plain(tmp_path: Path) -> None:
    odd = {
        "whole": ("sum(CAST({n} AS INTEGER))", 3),
        "decimal": ("sum(CAST({n} AS DECIMAL(9, 2)))", 3),
        "fraction": ("max(CAST(1.25 AS DECIMAL(9, 2)))", 1.25),
        "huge": ("sum(CAST(1e30 AS HUGEINT))", 2e30),
        "nothing": ("max(CAST('nan' AS DOUBLE))", None),
        "flag": ("bool_and({n} > 0)", True),
        "list": ("list({n} ORDER BY {n})", "[1.0, 2.0]"),
        "time": ("max(TIMESTAMP '2020-01-02 23:00:00')", date(2020, 1, 2)),
        "instant": ("max(TIMESTAMPTZ '2020-01-02 23:00:00+00')", date(2020, 1, 2)),
        "late": ("max(DATE '20000-01-01')", "20000-01-01"),
    }
    statistics = [Statistic(name, "table", sql) for name, (sql, _) in odd.items()]
    found = profiled(tmp_path, Values("n", "number", ["1", "2"], [1.0, 2.0]), more=statistics, roles={"n": "n"})
    assert found.errors == {}
    assert {name: found.table[name] for name in odd} == {name: value for name, (_, value) in odd.items()}
    assert isinstance(found.table["flag"], bool)


# ---------------------------------------------------------------- kept and added to

VALUES = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text() | st.dates()
)
NAMED = st.dictionaries(st.text(max_size=5), VALUES, max_size=4)
COUNTS = st.dictionaries(st.dates(), st.integers(0, 2**40), max_size=3)
PROFILES = st.builds(
    Profile,
    table=NAMED,
    columns=st.dictionaries(st.text(max_size=5), NAMED.filter(bool), max_size=3),
    day_counts=st.dictionaries(st.text(max_size=5), COUNTS, max_size=3),
    cut_days=st.dictionaries(st.text(max_size=5), st.dates(), max_size=2),
    digests=st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
)


@given(PROFILES)
def test_a_profile_comes_back_from_its_rows(found: Profile) -> None:
    kept = pa.Table.from_pylist(found.as_rows(), schema=SCHEMA).to_pylist()
    assert Profile.from_rows(kept) == found


def test_a_later_statistic_is_added_and_a_changed_one_replaced(tmp_path: Path) -> None:
    path, table = landed(tmp_path, Values("a", "text", ["1", "22"]))
    first = Statistic("longest", "column", "max(strlen({text}))")
    changed, new = (
        Statistic("longest", "column", "min(strlen({text}))"),
        Statistic("rows_twice", "table", "2 * count(*)"),
    )
    stored = Profile.from_rows(counted(path, table, more=[first]).as_rows())
    wanted = missing([*BUILTIN, changed, new], stored, {}, key="a")
    assert {s.name for s in wanted} == {"longest", "rows_twice", "duplicate_keys_count"}
    merged = stored.merged(profile(path, table, wanted, {}, key="a"))
    assert (merged.columns["a"]["longest"], merged.table["rows_twice"], merged.table["duplicate_keys_count"]) == (
        1,
        4,
        0,
    )
    assert merged.table["rows_count"] == 2
    assert missing([*BUILTIN, changed, new], merged, {}, key="a") == []


@given(st.floats() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False))
def test_numbers_are_finite_and_fit_their_column(value: Any) -> None:
    kept = plain(value)
    assert kept is None or math.isfinite(kept)  # type: ignore[arg-type]
    assert not isinstance(kept, int) or -(2**63) <= kept < 2**63

"""What is said of columns that came, went, or changed their name or type."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from civicgauge.landed import ColumnType, LandedColumn, LandedTable
from civicgauge.rows.drift import drift

Told = tuple[str, str, ColumnType]  # name, header, type


def _table(*told: Told) -> LandedTable:
    columns = tuple(
        LandedColumn(name, header, type_, "portal", "", name, position)
        for position, (name, header, type_) in enumerate(told, 1)
    )
    return LandedTable(columns, rows_count=0, format_id="csv", encoding="utf-8")


def _drift(before: list[Told], after: list[Told]) -> list[tuple[str | None, ...]]:
    return [tuple(change.values()) for change in drift(_table(*before), _table(*after))]


ID: Told = ("id", "ID", "number")
WARD: Told = ("ward", "Ward", "text")
COST: Told = ("cost", "Cost", "money")


def test_nothing_changed() -> None:
    assert _drift([ID, WARD], [ID, WARD]) == []


def test_order_alone_is_no_change() -> None:
    assert _drift([ID, WARD], [WARD, ID]) == []


def test_added_and_removed_with_their_types() -> None:
    assert _drift([ID, COST], [ID, WARD]) == [
        ("added", "ward", None, "text"),
        ("removed", "cost", "money", None),
    ]


def test_retyped() -> None:
    assert _drift([ID, WARD], [ID, ("ward", "Ward", "number")]) == [("retyped", "ward", "text", "number")]


def test_renamed_with_a_like_header_wherever_it_stands() -> None:
    assert _drift([("permit_num", "Permit Num", "text"), ID], [ID, ("permit_number", "Permit Number", "text")]) == [
        ("renamed", "permit_number", "Permit Num", "Permit Number")
    ]


def test_renamed_in_its_place_though_less_alike() -> None:
    before, after = ("zip", "Zip", "text"), ("zip_code", "Zip Code", "text")
    assert _drift([ID, before, WARD], [ID, after, WARD]) == [("renamed", "zip_code", "Zip", "Zip Code")]
    assert [change[0] for change in _drift([ID, before, WARD], [ID, WARD, after])] == ["added", "removed"]


def test_another_type_is_another_column() -> None:
    assert [c[0] for c in _drift([WARD], [("wards", "Wards", "number")])] == ["added", "removed"]


def test_the_amount_of_another_year_is_another_column() -> None:
    before, after = ("amount_2025", "Amount 2025", "money"), ("amount_2026", "Amount 2026", "money")
    assert [c[0] for c in _drift([ID, before], [ID, after])] == ["added", "removed"]


def test_another_header_over_the_same_field() -> None:
    assert _drift([WARD], [("ward", "Council ward", "text")]) == [("renamed", "ward", "Ward", "Council ward")]
    assert _drift([WARD], [("ward", "Ward ", "text")]) == []


def test_two_renamed_at_once_find_their_own() -> None:
    before: list[Told] = [ID, ("start_date", "Start Date", "date"), ("close_date", "Close Date", "date")]
    after: list[Told] = [ID, ("date_started", "Start Date (UTC)", "date"), ("date_closed", "Close Date (UTC)", "date")]
    assert _drift(before, after) == [
        ("renamed", "date_started", "Start Date", "Start Date (UTC)"),
        ("renamed", "date_closed", "Close Date", "Close Date (UTC)"),
    ]


_columns = st.lists(
    st.tuples(st.text("abc ", min_size=1, max_size=6), st.sampled_from(["text", "number"])),
    max_size=8,
    unique_by=lambda told: told[0],
).map(lambda told: [(name, name.upper(), type_) for name, type_ in told])


@given(_columns, _columns)
def test_every_column_is_accounted_for_once(before: list[Told], after: list[Told]) -> None:
    found = drift(_table(*before), _table(*after))
    kinds = [change["kind"] for change in found]
    names, names_now = {c[0] for c in before}, {c[0] for c in after}
    renamed = sum(1 for c in found if c["kind"] == "renamed")
    assert kinds.count("added") + renamed == len(names_now - names)
    assert kinds.count("removed") + renamed == len(names - names_now)
    assert drift(_table(*before), _table(*before)) == []

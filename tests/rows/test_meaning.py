"""Columns take their roles by meaning, in whatever way a city writes their names."""

from __future__ import annotations

import gzip
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.landed import LandedColumn
from civicgauge.rows.family import DATES
from civicgauge.rows.meaning import (
    Candidate,
    candidates,
    event_column,
    families,
    is_no_event,
    missing_in_words,
    missing_roles,
    resolve,
)
from civicgauge.rows.names import plain
from civicgauge.rows.proposals import declared_type
from tests.recordings import FOLDER, needs_recordings
from tests.rows.styles import NO_EVENTS, STYLES, Style, column

EIGHT = {
    *("service_requests", "building_permits", "business_licences", "crime_incidents"),
    *("budget", "expenditures", "contracts", "employee_salaries"),
}


def columns_of(style: Style) -> list[LandedColumn]:
    return [column(name, kind, at) for at, (name, kind, _) in enumerate(style, 1)]


def test_the_eight_kinds_of_table_are_there() -> None:
    assert set(families()) >= EIGHT


@pytest.mark.parametrize(("family", "style"), STYLES)
def test_each_column_takes_the_role_that_it_means(family: str, style: str) -> None:
    told = STYLES[family, style]
    found = {name: role for role, name in resolve(families()[family], columns_of(told)).items()}
    assert found == {name: role for name, _, role in told if role}


@pytest.mark.parametrize(("family", "style"), STYLES)
def test_nothing_that_is_required_is_missing(family: str, style: str) -> None:
    roles = resolve(families()[family], columns_of(STYLES[family, style]))
    assert missing_roles(families()[family], roles) == ()


@pytest.mark.parametrize("family", sorted(EIGHT))
@pytest.mark.parametrize("name", NO_EVENTS)
def test_no_event_is_when_something_runs_out_is_planned_or_was_edited(family: str, name: str) -> None:
    assert is_no_event(name)
    for named in (column(name, "date"), column("date", "date", header=name), column(name, "date", header="Date")):
        assert event_column(families()[family], resolve(families()[family], [named])) is None


def test_an_event_is_the_preferred_of_those_that_are_there() -> None:
    crime = families()["crime_incidents"]
    both = [column("date_occurred", "date"), column("date_reported", "date", 2)]
    assert event_column(crime, resolve(crime, both)) == "date_reported"
    assert event_column(crime, resolve(crime, both[:1])) == "date_occurred"
    assert event_column(crime, {}) is None


def test_a_column_of_another_type_cannot_take_the_role_and_is_named() -> None:
    family = families()["expenditures"]
    columns = [column("vendor"), column("amount", "money"), column("fund"), column("check_date", "text")]
    roles = resolve(family, columns)
    assert missing_roles(family, roles) == ("paid_at or fiscal_year",)
    assert missing_in_words(family, candidates(columns), roles) == "paid_at or fiscal_year (check_date is text)"


def test_a_column_of_unknown_type_may_take_any_role() -> None:
    from civicgauge.rows.meaning import assign

    assert assign(families()["expenditures"], [Candidate("d", ("Check Date",), None)]) == {"paid_at": "d"}


def test_the_header_counts_as_much_as_the_name() -> None:
    roles = resolve(families()["service_requests"], [column("field_3", "date", header="Date Opened")])
    assert roles == {"opened_at": "field_3"}


def test_a_better_name_wins_over_an_earlier_column() -> None:
    family = families()["service_requests"]
    roles = resolve(family, [column("id"), column("sr_number", position=2)])
    assert roles["request_id"] == "sr_number"


@given(st.data())
def test_each_column_takes_one_role_at_most_and_of_its_type(data: st.DataObject) -> None:
    family = data.draw(st.sampled_from(sorted(families().values(), key=lambda f: f.id)))
    pool = sorted({(name, kind) for style in STYLES.values() for name, kind, _ in style})
    drawn = data.draw(st.lists(st.sampled_from(pool), max_size=25, unique_by=lambda pair: pair[0]))
    columns = [column(name, kind, at) for at, (name, kind) in enumerate(drawn, 1)]
    roles = resolve(family, columns)
    types = {c.name: c.type for c in columns}
    assert len(set(roles.values())) == len(roles)
    assert all(not family.roles[r].types or types[c] in family.roles[r].types for r, c in roles.items())
    assert all(types[roles[r]] in DATES for r in family.events if r in roles)
    assert set(missing_roles(family, roles)) <= set(missing_roles(family, {}))


@given(st.lists(st.from_regex(r"[a-z]{2,9}", fullmatch=True), min_size=1, max_size=5))
def test_names_in_every_style_are_one(words: list[str]) -> None:
    camel = "".join(word.capitalize() for word in words)
    styles = {" ".join(words), "_".join(words), "-".join(words).upper(), " ".join(words).title(), camel}
    assert len({plain(style) for style in styles}) == 1


@given(st.text())
def test_any_name_has_a_form_and_no_name_raises(name: str) -> None:
    form = plain(name)
    assert form == " ".join(form.split())
    assert len(form) < 2_000
    resolve(families()["budget"], [column(name or "c")])


def test_long_and_odd_names_take_no_time() -> None:
    names = ["a " * 5_000, "request " * 2_000, "date" * 3_000, "fund\x00name", "'; DROP TABLE x; --", "\u202e", "١٢٣"]
    began = time.monotonic()
    for family in families().values():
        resolve(family, [column(name, "date", at) for at, name in enumerate(names, 1)])
    assert time.monotonic() - began < 5


# ---------------------------------------------------------------- on a recorded portal

RECORDED: dict[str, tuple[str, dict[str, str]]] = {
    "e968-fnk9": ("service_requests", {"opened_at": "date_initiated", "closed_at": "date_time_closed"}),
    "k7eh-65x3": ("service_requests", {"opened_at": "created_date", "closed_at": "completed_at"}),
    "v7br-pci3": ("building_permits", {"permit_number": "permitnum", "issued_at": "issueddate"}),
    "eypk-ats6": ("business_licences", {"issued_at": "issue_date", "starts_at": "business_startdate"}),
    "jvkg-79ss": ("crime_incidents", {"occurred_at": "date_incident", "case_number": "case_number"}),
    "6tnv-v5ia": ("budget", {"approved_amount": "fy_approved", "actual_amount": "thru_fy_actuals"}),
    "4xcm-j4rx": ("budget", {"approved_amount": "approved_amount", "revised_amount": "amended"}),
    "dswu-uwj7": ("expenditures", {"paid_at": "payment_date", "amount": "payment_total"}),
    "tdq7-y7yk": ("expenditures", {"paid_at": "invoice_date", "amount": "distribution_amount"}),
    "uips-daya": ("contracts", {"contract_number": "po_number", "ends_at": "expiration_date"}),
}


@needs_recordings
@pytest.mark.parametrize("dataset", RECORDED)
def test_columns_of_a_recorded_portal(dataset: str) -> None:
    family, expected = RECORDED[dataset]
    with gzip.open(FOLDER / "chattanooga" / "views" / f"{dataset}.json.gz") as stream:
        told = json.load(stream)["columns"]
    columns = [
        column(c["fieldName"], declared_type(c["dataTypeName"]) or "text", at, header=c["name"])
        for at, c in enumerate(told, 1)
    ]
    roles = resolve(families()[family], columns)
    assert expected.items() <= roles.items()
    assert event_column(families()[family], roles) in {roles.get(role) for role in families()[family].events} | {None}


@needs_recordings
def test_an_expiry_column_is_never_the_event() -> None:
    with gzip.open(FOLDER / "chattanooga" / "views" / "uips-daya.json.gz") as stream:
        told = json.load(stream)["columns"]
    columns = [column(c["fieldName"], "date", header=c["name"]) for c in told]
    assert event_column(families()["contracts"], resolve(families()["contracts"], columns)) is None

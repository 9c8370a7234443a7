"""What is proposed for pulling: well-known kinds of table on real catalogues, and nothing that only sounds alike."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.rows.meaning import families
from civicgauge.rows.proposals import Entry, declared_type, propose
from tests.recordings import FOLDER, needs_recordings
from tests.rows.styles import STYLES

_WORDS = {"text": "Text", "number": "Number", "money": "Number", "point": "Point", "boolean": "Checkbox"}


def entry(dataset_id: str = "aaaa-0001", title: str = "", *, style: tuple[str, str] | None = None, **more) -> Entry:
    columns = None
    if style is not None:
        columns = tuple((name, name, _WORDS.get(kind, "Calendar date")) for name, kind, _ in STYLES[style])
    return Entry("main", dataset_id, title, columns=columns, **more)


def test_a_title_with_columns_behind_it_says_why() -> None:
    (found,) = propose([entry(title="Check Register", style=("expenditures", "payments"), page_views_total=1200)])
    assert (found.family, found.missing) == ("expenditures", ())
    assert dict(found.roles)["paid_at"] == "Check Date"
    assert found.reason.startswith("Expenditures (checkbook) by its title and its columns; payee is Payee, amount is")
    assert found.reason.endswith("1,200 views")


@pytest.mark.parametrize("style", STYLES)
def test_columns_alone_find_no_other_family(style: tuple[str, str]) -> None:
    assert {p.family for p in propose([entry(title="Layer 0", style=style)])} <= {style[0]}


def test_what_is_missing_is_named_with_the_column_that_would_do() -> None:
    columns = (("vendor", "Vendor", "Text"), ("amount", "Amount", "Number"), ("check_date", "Check Date", "Text"))
    (found,) = propose([Entry("main", "a", "Vendor Payments", columns=(*columns, ("fund", "Fund", "Text")))])
    assert found.missing == ("paid_at or fiscal_year",)
    assert "not seen: paid_at or fiscal_year (check_date is text)" in found.reason


@pytest.mark.parametrize(
    "title",
    ["311 Call Volume", "311 Website Availability", "Public Input on the Budget", "Building Permit Inspections",
     "Parking Permit Zones", "Police Stations", "NIBRS Codes", "Crimes by Block", "Arrests", "Sex Offenders",
     "Median Household Income", "Employee Demographics", "Employee Overtime", "Debarred Contractors",
     "Public Chauffeur Licenses", "Dog Licenses", "Lobbyist Expenditures", "Electric Vehicle Charging"],
)  # fmt: skip
def test_titles_that_only_sound_alike(title: str) -> None:
    assert propose([entry(title=title)]) == []


def test_a_title_without_its_columns_is_not_enough() -> None:
    columns = (("year", "Year", "Number"), ("share", "Share", "Number"))
    assert propose([Entry("main", "a", "Crime", columns=columns)]) == []
    assert propose([Entry("main", "a", "Service Requests", ("311",), columns=columns)]) == []


def test_a_tag_needs_all_that_is_required() -> None:
    whole = STYLES["crime_incidents", "in words"]
    columns = tuple((name, name, _WORDS.get(kind, "Calendar date")) for name, kind, _ in whole)
    assert [p.family for p in propose([Entry("main", "a", "Public Safety", ("crime",), columns)])] == [
        "crime_incidents"
    ]
    assert propose([Entry("main", "a", "Public Safety", ("crime",), columns[1:])]) == []


def test_a_catalogue_without_columns_is_told_by_titles_alone() -> None:
    (found,) = propose([entry(title="Contratos vigentes")])
    assert (found.family, found.roles) == ("contracts", ())
    assert "lists no columns" in found.reason


def test_what_goes_on_comes_before_what_is_over_and_few_are_shown() -> None:
    style = ("service_requests", "in words")
    told = {
        "311 Service Requests - Historical": 9_000,
        "311 Service Requests 2019": 8_000,
        "311 Service Requests 2021": 10,
        "311 Service Requests 2010 to Present": 20,
        "311 Service Requests": 15,
    }
    entries = [entry(f"id-{n}", t, style=style, page_views_total=v) for n, (t, v) in enumerate(told.items())]
    assert [p.title for p in propose(entries, most_viewed=0)] == [
        "311 Service Requests 2010 to Present",
        "311 Service Requests",
        "311 Service Requests 2021",
    ]
    everything = propose(entries, per_family=None, most_viewed=0)
    assert [p.title for p in everything][3:] == ["311 Service Requests 2019", "311 Service Requests - Historical"]
    assert "number 5 of 5 such datasets" in everything[-1].reason


def test_what_is_looked_at_most_is_proposed_without_a_family() -> None:
    entries = [entry(f"id-{n}", f"Trees {n}", page_views_total=n) for n in range(8)]
    assert [(p.title, p.family) for p in propose(entries, most_viewed=2)] == [("Trees 7", None), ("Trees 6", None)]
    assert propose([entry(title="Trees")]) == []


def test_what_cannot_be_pulled_is_not_proposed() -> None:
    assert propose([entry(title="Contracts", is_eligible=False, page_views_total=9)]) == []


@given(st.lists(st.tuples(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4)), max_size=4))
def test_any_catalogue_is_read(told: list[tuple[str, list[str]]]) -> None:
    entries = [
        Entry("main", str(n), title, tuple(names), tuple((name, name, name) for name in names), n, None)
        for n, (title, names) in enumerate(told)
    ]
    found = propose(entries)
    assert len({p.dataset_id for p in found}) == len(found)
    assert {p.family for p in found} <= {None, *families()}


# ---------------------------------------------------------------- recorded catalogues

COUNTS = {
    "chattanooga": {
        "service_requests": 8,
        "building_permits": 6,
        "budget": 6,
        "crime_incidents": 3,
        "expenditures": 3,
        "business_licences": 1,
        "contracts": 1,
    },
    "kansas-city": {
        "crime_incidents": 8,
        "building_permits": 4,
        "budget": 3,
        "business_licences": 2,
        "expenditures": 2,
        "service_requests": 1,
    },
    "chicago": {
        "service_requests": 13,
        "budget": 10,
        "crime_incidents": 2,
        "building_permits": 1,
        "business_licences": 1,
        "contracts": 1,
        "employee_salaries": 1,
        "expenditures": 1,
    },
}


def recorded(portal: str) -> Iterator[Entry]:
    with gzip.open(FOLDER / portal / "catalog.jsonl.gz") as lines:
        for told in map(json.loads, lines):
            kept = told["resource"]
            columns = zip(kept["columns_field_name"], kept["columns_name"], kept["columns_datatype"], strict=True)
            yield Entry(
                portal,
                kept["id"],
                kept["name"],
                tuple(told["classification"]["domain_tags"]),
                tuple(c for c in columns if not c[0].startswith(":")),
                kept["page_views"]["page_views_total"],
                kept["download_count"],
            )


@needs_recordings
@pytest.mark.parametrize("portal", COUNTS)
def test_families_of_recorded_catalogues(portal: str) -> None:
    """Every one of these was looked at by a person: each is what its family says."""
    found = propose(recorded(portal), per_family=None, most_viewed=0)
    assert Counter(p.family for p in found) == COUNTS[portal]


@needs_recordings
def test_types_of_recorded_catalogues_are_known() -> None:
    words = {word for portal in COUNTS for e in recorded(portal) for _, _, word in e.columns or ()}
    assert {word for word in words if declared_type(word) is None} <= {"Photo", "Document", "Blob", "Dataset link"}

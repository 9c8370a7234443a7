"""What a landed row says of its contents: subjects, years, documents, and the columns that break it down."""

from __future__ import annotations

from datetime import timedelta

from civicgauge.landing.history import unseen_rows
from civicgauge.model import Column, DatasetKind
from tests.landing.entries import entry, landed, resource, row_of

WARD = Column("ward", "Ward", "Number", None)
SEX = Column("sex", "Sex", "Text", None)
SHAPE = Column("the_geom", "the_geom", "MultiPolygon", None)
SYSTEM = Column(":@computed_region", "Zip Codes", "Number", None, is_system=True)


def test_a_title_gives_subjects_and_a_year() -> None:
    row = row_of(entry(title="FY 2024-2025 Budget and Vendor Payments"))
    assert (row["subjects"], row["newest_year"]) == ("budget expenditure procurement_payment", 2025)
    assert (row_of(entry())["subjects"], row_of(entry())["newest_year"]) == ("", None)


def test_a_budget_may_be_of_the_next_year_and_not_of_one_after_it() -> None:
    """The day is in June 2026."""
    assert row_of(entry(title="Budget 2027"))["newest_year"] == 2027
    assert row_of(entry(title="Budget 2028"))["newest_year"] is None


def test_columns_are_counted_by_what_they_break_down_and_the_systems_are_not() -> None:
    row = row_of(entry(columns=(WARD, SEX, SHAPE, SYSTEM, Column("n", "Count", "Number", None))))
    assert (row["place_columns_count"], row["people_columns_count"]) == (2, 1)


def test_a_table_without_listed_columns_is_unknown_and_one_without_such_columns_is_a_no() -> None:
    for columns in (None, (), (SYSTEM,)):
        row = row_of(entry(columns=columns))
        assert (row["place_columns_count"], row["people_columns_count"]) == (None, None)
    row = row_of(entry(columns=(Column("n", "Count", "Number", None),)))
    assert (row["place_columns_count"], row["people_columns_count"]) == (0, 0)


def test_where_the_catalogue_shows_no_attachments_only_a_word_of_them_counts() -> None:
    """Socrata keeps attachments elsewhere: none seen is not none there."""
    assert row_of(entry(lists_documents=False))["documentation_count"] is None
    spoken = entry(lists_documents=False, description="The data dictionary is attached.")
    assert row_of(spoken)["documentation_count"] == 1


def test_where_it_lists_every_resource_none_is_none() -> None:
    data = resource("r1", title="Data")
    assert row_of(entry(resources=(data,)))["documentation_count"] == 0
    dictionary = resource("r2", title="Data dictionary", url="https://data.example.org/d.xlsx", declared_format="XLSX")
    readme = resource("r3", title="Readme", url="https://data.example.org/readme.txt", declared_format="TXT")
    assert row_of(entry(resources=(data, dictionary, readme)))["documentation_count"] == 2


def test_the_rows_win_for_years_and_the_catalogue_for_columns() -> None:
    told = {"is_chosen": True, "newest_year": 2022, "place_columns_count": 5, "people_columns_count": 5}
    row = row_of(entry("a", title="Budget 2026", columns=(WARD, SEX)), chosen={"a": told})
    assert (row["newest_year"], row["place_columns_count"], row["people_columns_count"]) == (2022, 1, 1)
    row = row_of(entry("a", title="Budget 2026", columns=None), chosen={"a": told | {"newest_year": None}})
    assert (row["newest_year"], row["place_columns_count"], row["people_columns_count"]) == (2026, 5, 5)


def test_what_nobody_pulls_says_nothing_of_rows() -> None:
    row = row_of(entry())
    assert (row["is_chosen"], row["pull_outcome"], row["cells_count"]) == (False, None, None)


def test_a_dataset_that_is_not_seen_keeps_its_subjects_and_nothing_else() -> None:
    budget = entry("a", title="Budget 2026", columns=(WARD,), kind=DatasetKind.TABLE)
    first = landed(budget, entry("b"))
    (row,) = unseen_rows(first.known[:1], "socrata", "portal_not_read")
    assert (row["subjects"], row["is_observed"], row["freshness_reason"]) == ("budget", False, "portal_not_read")
    assert (row["newest_year"], row["place_columns_count"], row["documentation_count"]) == (None, None, None)
    later = landed(entry("b"), known=first.known, days=1)
    missing = next(row for row in later.datasets if row["dataset_id"] == "a")
    assert (missing["subjects"], missing["freshness_reason"]) == ("budget", "missing_from_catalogue")
    assert later.known[1]["last_seen"] + timedelta(days=1) == later.known[0]["last_seen"]

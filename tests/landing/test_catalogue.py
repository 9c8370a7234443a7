"""Entries of a day become rows: what counts, what is late, what was added, found and removed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from civicgauge.landing import tables
from civicgauge.landing.catalogue import land_portal
from civicgauge.landing.history import Events, events_of, unseen_rows
from civicgauge.model import DatasetKind
from civicgauge.pipeline.parquet import to_parquet
from tests.landing.entries import AS_OF, DAY, days_ago, entry, landed, reading, resource, row_of

MONTHLY = (("Update_Frequency", "Monthly"),)


def test_rows_fit_their_schemas_and_system_columns_never_count() -> None:
    from civicgauge.model import Column

    columns = (
        Column("a", "A", "Text", "What a is"),
        Column(":@computed_region_x", "R", "Number", None, is_system=True),
    )
    found = landed(entry(columns=columns, resources=(resource(),)))
    for name, schema in {**tables.SCHEMAS, "known": tables.KNOWN}.items():
        assert to_parquet(getattr(found, name), schema)
        assert all(set(row) <= set(schema.names) for row in getattr(found, name))
    assert set(found.datasets[0]) == set(tables.DATASETS.names)
    assert (found.datasets[0]["columns_count"], len(found.columns)) == (1, 1)


def test_a_description_that_repeats_the_name_is_none() -> None:
    row = row_of(entry())
    assert (row["columns_count"], row["columns_described"]) == (2, 1)


def test_derived_views_are_kept_with_a_reason_and_not_counted() -> None:
    row = row_of(entry(kind=DatasetKind.DERIVED_VIEW, platform_kind="filter"))
    assert (row["is_counted"], row["exclusion_reason"]) == (False, "derived_view")


def test_a_federated_entry_is_undecided() -> None:
    row = row_of(entry(is_native=False, source_domain="data.county.example.org"))
    assert (row["is_counted"], row["ownership"], row["exclusion_reason"]) == (None, "unknown", "ownership_undecided")


# ---------------------------------------------------------------- freshness


@pytest.mark.parametrize(
    ("age", "status"), [(2, "fresh"), (31, "fresh"), (40, "due"), (55, "overdue"), (200, "delinquent"), (0, "fresh")]
)
def test_a_monthly_promise_by_the_ladder(age: int, status: str) -> None:
    row = row_of(entry(data_updated_at=days_ago(age)))
    assert (row["age_days"], row["freshness_status"], row["period_class"]) == (age, status, "monthly")


def test_an_edit_of_the_description_makes_nothing_fresh() -> None:
    row = row_of(entry(touched_at=days_ago(0), data_updated_at=days_ago(400)))
    assert row["freshness_status"] == "delinquent"
    assert row["cycles_late"] == pytest.approx((400 - 31) / 31, abs=1e-3)


@pytest.mark.parametrize(
    ("given", "status", "reason"),
    [
        ({"custom_fields": ()}, "unknown", "undeclared"),
        ({"custom_fields": (("Update_Frequency", "As needed"),)}, "unknown", "untestable"),
        ({"custom_fields": (("Update_Frequency", "whenever"),)}, "unknown", "unmapped"),
        ({"custom_fields": (("Update_Frequency", "Historical"),)}, "not_applicable", "declared_historical"),
        ({"data_updated_at": None}, "unknown", "no_data_date"),
        ({"data_updated_at": None, "kind": DatasetKind.LINK}, "unknown", "link_shows_no_data_date"),
        ({"title": "Street trees (Historical)"}, "unknown", "conflict_historical_label"),
    ],
)
def test_what_cannot_be_judged_says_why(given: dict, status: str, reason: str) -> None:
    row = row_of(entry(**given))
    assert (row["freshness_status"], row["freshness_reason"], row["cycles_late"]) == (status, reason, None)


def test_editions_are_judged_once_by_the_edition_now_due() -> None:
    editions = [
        entry(
            f"aaaa-{year}",
            title=f"Adopted budget {year}",
            data_updated_at=days_ago(1500),
            custom_fields=(("Update_Frequency", "Annually"),),
        )
        for year in (2023, 2024, 2025)
    ]
    on_time = {row["dataset_id"]: row["freshness_status"] for row in landed(*editions).datasets}
    assert on_time == {"aaaa-2023": "not_applicable", "aaaa-2024": "not_applicable", "aaaa-2025": "fresh"}
    later = landed(*editions, days=700).datasets[2]
    assert (later["freshness_status"], later["age_basis"]) == ("delinquent", "series_edition")
    assert later["freshness_evidence"] == "881 days since the period of the newest edition ended"


def test_a_promise_loosened_while_late_keeps_its_old_period_for_a_year() -> None:
    late = {"data_updated_at": days_ago(90)}
    first = landed(entry(**late))
    for fields in [
        (),
        (("Update_Frequency", "As needed"),),
        (("Update_Frequency", "Annually"),),
        (("Update_Frequency", "Historical"),),
    ]:
        row = row_of(entry(custom_fields=fields, **late), days=1, known=first.known)
        assert (row["freshness_status"], row["expected_period_days"], row["promise_changed"]) == (
            "delinquent",
            31,
            True,
        )
    second = landed(entry(custom_fields=(), **late), days=1, known=first.known)
    after = row_of(entry(custom_fields=(), **late), days=380, known=second.known)
    assert (after["promise_changed"], after["freshness_reason"]) == (False, "undeclared")


def test_a_promise_changed_while_on_time_counts_at_once() -> None:
    first = landed(entry())
    row = row_of(entry(custom_fields=(("Update_Frequency", "Annually"),)), days=1, known=first.known)
    assert (row["expected_period_days"], row["promise_changed"]) == (366, False)


def test_historical_data_that_change_are_not_historical() -> None:
    historical = (("Update_Frequency", "Historical"),)
    first = landed(entry(custom_fields=historical, data_updated_at=days_ago(50)))
    same = landed(entry(custom_fields=historical, data_updated_at=days_ago(50)), days=1, known=first.known)
    assert same.datasets[0]["period_source"] == "not_periodic"
    row = row_of(entry(custom_fields=historical, data_updated_at=days_ago(1)), days=2, known=same.known)
    assert (row["period_source"], row["freshness_status"]) == ("untestable", "unknown")


# ---------------------------------------------------------------- the date of a package


def test_formats_of_one_thing_go_by_the_newest() -> None:
    parts = (
        resource("a", title="Trees.csv", data_updated_at=days_ago(3)),
        resource(
            "b",
            title="Trees.json",
            declared_format="JSON",
            url="https://x.example.org/t.json",
            data_updated_at=days_ago(300),
        ),
    )
    row = row_of(entry(data_updated_at=None, resources=parts))
    assert (row["age_days"], row["age_basis"]) == (3, "newest_resource")


def test_parts_of_one_whole_go_by_the_oldest_current_one() -> None:
    parts = tuple(
        resource(n, title=f"{n}.csv", data_updated_at=days_ago(age)) for n, age in (("stops", 3), ("routes", 300))
    )
    row = row_of(entry(data_updated_at=None, resources=parts))
    assert (row["age_days"], row["age_basis"]) == (300, "oldest_part")


def test_an_undated_part_makes_the_whole_unknown() -> None:
    parts = (resource("a", title="stops.csv", data_updated_at=days_ago(3)), resource("b", title="routes.csv"))
    assert row_of(entry(data_updated_at=None, resources=parts))["freshness_reason"] == "no_data_date"


def test_editions_archives_and_dictionaries_do_not_age_a_package() -> None:
    parts = (
        resource("a", title="Permits 2026", data_updated_at=days_ago(2)),
        resource("b", title="Permits 2019", data_updated_at=days_ago(2000)),
        resource("c", title="Permits (archived)", data_updated_at=days_ago(2000)),
        resource(
            "d",
            title="Data dictionary",
            declared_format="PDF",
            url="https://x.example.org/d.pdf",
            data_updated_at=days_ago(2000),
        ),
    )
    row = row_of(entry(data_updated_at=None, resources=parts))
    assert (row["age_days"], row["freshness_status"]) == (2, "fresh")


# ---------------------------------------------------------------- over days


def events(today, result, since=AS_OF) -> Events | None:
    return events_of(today, result.datasets, result.known, since)


def test_added_goes_by_the_portals_own_date_and_an_old_entry_seen_first_is_found() -> None:
    first = landed(entry("aaaa-0001"))
    new, old = entry("aaaa-0002", created_at=AS_OF + timedelta(hours=3)), entry("aaaa-0003", created_at=days_ago(500))
    today = reading([entry("aaaa-0001"), new, old], days=1, known=first.known)
    assert events(today, land_portal(today)) == Events(("aaaa-0002",), ("aaaa-0003",), (), DAY)
    assert events(today, land_portal(today), None) is None


def test_removed_needs_the_portals_own_no_and_is_told_once() -> None:
    first = landed(entry("aaaa-0001"), entry("aaaa-0002"), entry("aaaa-0003"))
    absent = {"aaaa-0002": {"answer": "gone"}, "aaaa-0003": {"answer": "silent"}}
    today = reading([entry("aaaa-0001")], days=1, known=first.known, absent=absent)
    second = land_portal(today)
    assert events(today, second).removed == ("aaaa-0002",)
    assert {row["dataset_id"]: row["presence"] for row in second.known} == {
        "aaaa-0001": "present",
        "aaaa-0002": "removed",
        "aaaa-0003": "missing",
    }
    back = [entry("aaaa-0001"), entry("aaaa-0003")]
    tomorrow = reading(back, days=2, known=second.known, absent={"aaaa-0002": {"answer": "gone"}})
    third = land_portal(tomorrow)
    assert events(tomorrow, third, AS_OF + timedelta(days=1)) == Events((), (), (), DAY + timedelta(days=1))
    assert {row["dataset_id"]: row["first_seen"] for row in third.known}["aaaa-0003"] == DAY
    again = reading([*back, entry("aaaa-0002")], days=3, known=third.known)
    assert events(again, land_portal(again)).found == ("aaaa-0002",)


def test_an_entry_missing_from_the_catalogue_stays_among_the_unknown_until_the_portal_denies_it() -> None:
    first = landed(entry("aaaa-0001"), entry("aaaa-0002"), entry("aaaa-0003", kind=DatasetKind.DERIVED_VIEW))
    today = landed(entry("aaaa-0001"), days=1, known=first.known)
    (row,) = [row for row in today.datasets if not row["is_observed"]]
    assert (row["dataset_id"], row["is_counted"], row["freshness_reason"]) == (
        "aaaa-0002",
        True,
        "missing_from_catalogue",
    )
    assert set(row) == set(tables.DATASETS.names)
    later = landed(entry("aaaa-0001"), days=2, known=today.known, absent={"aaaa-0002": {"answer": "gone"}})
    assert [row["dataset_id"] for row in later.datasets] == ["aaaa-0001"]


def test_a_portal_that_was_not_read_leaves_identities_and_no_facts() -> None:
    (row,) = unseen_rows(landed(entry()).datasets, "socrata", "portal_not_read")
    assert (row["dataset_id"], row["is_counted"], row["is_observed"]) == ("aaaa-0001", True, False)
    assert (row["freshness_reason"], row["portal_kind"]) == ("portal_not_read", "socrata")
    assert row["age_days"] is row["declared_frequency"] is row["licence_class"] is row["columns_count"] is None


def test_equal_facts_have_equal_digests_and_view_counts_do_not_matter() -> None:
    same = [row_of(entry(page_views_total=n))["input_digest"] for n in (1, 2)]
    assert same[0] == same[1] != row_of(entry(title="Other"))["input_digest"]


# ---------------------------------------------------------------- games played over days


LATE = {"data_updated_at": days_ago(90)}


def test_a_late_dataset_renamed_into_a_series_is_still_late() -> None:
    first = landed(entry(**LATE), entry("aaaa-0002", title="Trees 2024"), entry("aaaa-0003", title="Trees 2025"))
    for title in ("Trees 2019", "Trees 2031"):
        row = row_of(entry(title=title, **LATE), *_others(), days=1, known=first.known)
        assert (row["freshness_status"], row["series_role"]) == ("delinquent", None)


def _others():
    return entry("aaaa-0002", title="Trees 2024"), entry("aaaa-0003", title="Trees 2025")


def test_editions_that_are_taken_away_do_not_lengthen_the_promise() -> None:
    yearly = {"custom_fields": (("Update_Frequency", "Annually"),), "data_updated_at": days_ago(1500)}
    few = [entry(f"aaaa-{year}", title=f"Budget {year}", **yearly) for year in (2015, 2019)]
    newest = landed(*few).datasets[1]
    assert (newest["freshness_status"], newest["expected_period_days"]) == ("delinquent", 366)


def test_editions_of_the_same_newest_period_are_both_current() -> None:
    twins = [entry(f"aaaa-{n}", title=t) for n, t in enumerate(["Budget 2026", "Budget 2026", "Budget 2025"])]
    assert [row["series_role"] for row in landed(*twins).datasets] == ["current", "current", "superseded"]


def test_a_date_hidden_for_a_day_does_not_launder_a_looser_promise() -> None:
    weekly = (("Update_Frequency", "Weekly"),)
    first = landed(entry(custom_fields=weekly, **LATE))
    for hidden in ({"data_updated_at": None}, {"title": "Street trees (Historical)", **LATE}):
        second = landed(entry(custom_fields=weekly, **hidden), days=1, known=first.known)
        assert second.datasets[0]["freshness_status"] == "unknown"
        row = row_of(entry(custom_fields=(("Update_Frequency", "Annually"),), **LATE), days=2, known=second.known)
        assert (row["freshness_status"], row["expected_period_days"]) == ("delinquent", 7)


def test_a_dataset_turned_into_a_view_stays_undecided_for_a_year() -> None:
    first = landed(entry(**LATE))
    view = entry(kind=DatasetKind.DERIVED_VIEW, platform_kind="filter", **LATE)
    second = landed(view, days=1, known=first.known)
    row = second.datasets[0]
    assert (row["is_counted"], row["exclusion_reason"]) == (None, "turned_into_no_dataset")
    assert landed(view, days=300, known=second.known).datasets[0]["is_counted"] is None
    assert landed(view, days=400, known=second.known).datasets[0]["is_counted"] is False


def test_data_from_the_future_are_not_fresh() -> None:
    row = row_of(entry(data_updated_at=AS_OF + timedelta(days=400)))
    assert (row["freshness_status"], row["freshness_reason"], row["age_days"]) == ("unknown", "data_date_in_future", 0)

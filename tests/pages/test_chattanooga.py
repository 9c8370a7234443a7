"""Chattanooga's published facts on its recording: what is reproduced, and each difference with its reason."""

from __future__ import annotations

from collections import Counter

from tests.pages import chattanooga
from tests.pages.recorded import FACTS
from tests.recordings import needs_recordings

pytestmark = needs_recordings

PUBLISHED = {fact["key"]: fact["published"] for fact in FACTS["counts"]}


def test_the_published_counts_come_out_of_our_reader_and_landing() -> None:
    ours = chattanooga.counts()
    assert ours == {fact["key"]: fact["ours"] for fact in FACTS["counts"]}
    same = {key for key, count in ours.items() if count == PUBLISHED[key]}
    assert set(ours) - same == {"columns", "columns_described"}


def test_the_columns_that_are_not_counted_are_the_platform_s_own() -> None:
    told, ours = chattanooga.column_differences(), chattanooga.counts()
    assert told == FACTS["differences"]
    assert PUBLISHED["columns"] - ours["columns"] == told["computed_region"] + told["other"]
    missing = PUBLISHED["columns_described"] - ours["columns_described"]
    assert missing == told["computed_region_described"] + told["repeats_name"]
    assert f"{100 * PUBLISHED['columns_described'] / PUBLISHED['columns']:.1f}" == "10.6"


def test_the_metadata_files_themselves_give_the_published_column_counts() -> None:
    of_datasets = [view["columns"] for view in chattanooga.views().values() if view["assetType"] == "dataset"]
    assert sum(map(len, of_datasets)) == PUBLISHED["columns"]
    described = sum(bool(column.get("description")) for columns in of_datasets for column in columns)
    assert described == PUBLISHED["columns_described"]


def test_the_declared_frequencies_are_the_published_ones_in_the_field_that_was_counted() -> None:
    ours = chattanooga.frequencies()
    assert ours == {
        word: {key: count for key, count in tally.items() if key != "published"}
        for word, tally in FACTS["frequencies"].items()
    }
    assert {word: tally["same_field"] for word, tally in ours.items()} == {
        word: tally["published"] for word, tally in FACTS["frequencies"].items()
    }


def test_both_on_time_rules_on_the_same_entries_agree_or_differ_as_the_page_says() -> None:
    assert chattanooga.on_time() == {kind["key"]: kind["entries"] for kind in FACTS["on_time"]}
    assert chattanooga.ok_by_future_date() == FACTS["ok_by_future_date"]
    assert FACTS["day"].isoformat() == chattanooga.DAY


def test_each_kind_of_difference_has_the_cause_that_the_page_gives() -> None:
    kinds: dict[str, list[chattanooga.Compared]] = {}
    for one in chattanooga.compared():
        kinds.setdefault(chattanooga.kind_of(one), []).append(one)
    now = chattanooga.now()
    assert all(one.newest and one.newest > now for one in kinds["newest_date_in_future"] + kinds["both_on_time"])
    assert all(one.row["data_updated_at"].year == 2021 for one in kinds["newest_date_in_future"])
    for one in kinds["rows_old_though_changed"]:
        assert one.newest is not None
        assert one.row["kind"] == "derived_view"
        assert one.newest < now - chattanooga.SLACK[one.word]
        assert (now.date() - one.row["data_updated_at"].date()).days <= 2
    told = {key: Counter(one.row["freshness_status"] for one in found) for key, found in kinds.items()}
    assert told["rows_not_recorded"] == {"due": 18, "delinquent": 44}
    assert told["no_date_column_and_late"] == {"delinquent": 9}
    assert told["rows_old_though_changed"] == {"due": 6}


def test_most_of_what_the_city_s_rule_looks_at_are_filters() -> None:
    by_word = Counter((one.word, bool(one.row["is_counted"])) for one in chattanooga.compared())
    assert (by_word["Daily", True], by_word["Daily", False]) == (25, 63)

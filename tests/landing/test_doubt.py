"""A crawl is doubted before a city is (DESIGN rule 8)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from civicgauge.landing.doubt import PastCrawl, ask_for, base_of, differs, judge_crawl
from civicgauge.model import Presence


def ids(count: int, start: int = 0) -> frozenset[str]:
    return frozenset(f"id-{i:04d}" for i in range(start, start + count))


def accepted(count: int, *, new_base: bool = False) -> PastCrawl:
    return PastCrawl(count, is_accepted=True, is_new_base=new_base, ids=ids(count))


def held(count: int, start: int = 0) -> PastCrawl:
    return PastCrawl(count, is_accepted=False, is_new_base=False, ids=ids(count, start))


def gone(count: int) -> dict[str, Presence]:
    return dict.fromkeys(ids(count, 9000), Presence.GONE)


def test_the_first_crawl_is_the_base() -> None:
    verdict = judge_crawl(ids(3), [], None, {}, {})
    assert (verdict.state, verdict.is_new_base) == ("accepted", True)


def test_within_five_entries_or_five_percent_either_way_is_accepted() -> None:
    past = [accepted(90)]
    assert [judge_crawl(ids(n), past, None, {}, {}).state for n in (84, 85, 95, 96)] == [
        "held",
        "accepted",
        "accepted",
        "held",
    ]
    large = [accepted(1000)]
    assert [judge_crawl(ids(n), large, None, {}, {}).state for n in (949, 950, 1050, 1051)] == [
        "held",
        "accepted",
        "accepted",
        "held",
    ]


def test_the_base_is_the_median_of_the_last_seven_accepted_and_held_ones_do_not_count() -> None:
    past = [held(4), *(accepted(n) for n in (100, 101, 99, 100, 250, 100, 100)), accepted(10)]
    assert base_of(past) == 100
    assert base_of([accepted(200), accepted(190, new_base=True), accepted(10)]) == 195


def test_three_growing_crawls_that_agree_make_a_new_base_and_two_do_not() -> None:
    assert judge_crawl(ids(190), [held(190), accepted(95)], None, {}, {}).state == "held"
    verdict = judge_crawl(ids(191), [held(190), held(190), accepted(95)], None, {}, {})
    assert (verdict.state, verdict.is_new_base) == ("accepted", True)
    assert judge_crawl(ids(190), [held(190), held(114), accepted(95)], None, {}, {}).state == "held"


def test_crawls_of_equal_size_with_other_entries_do_not_agree() -> None:
    assert judge_crawl(ids(190, 500), [held(190), held(190), accepted(95)], None, {}, {}).state == "held"


def test_an_unstable_index_that_agrees_with_itself_does_not_shrink_a_city() -> None:
    past = [held(4), held(4), accepted(95)]
    silent = dict.fromkeys(ids(40, 100), Presence.SILENT)
    assert judge_crawl(ids(4), past, None, silent, {}).state == "held"
    assert judge_crawl(ids(4), past, None, {}, {}).state == "held"


def test_a_smaller_city_is_believed_where_the_portal_itself_says_that_entries_are_gone() -> None:
    past = [held(50), held(50), accepted(95)]
    assert judge_crawl(ids(50), past, None, gone(45), {}).state == "accepted"
    still_there = gone(44) | {"x": Presence.PRESENT}
    assert judge_crawl(ids(50), past, None, still_there, {}).state == "held"


def test_new_entries_that_the_portal_denies_are_not_believed() -> None:
    past = [held(190), held(190), accepted(95)]
    assert judge_crawl(ids(190), past, None, {}, {"id-0100": Presence.GONE}).state == "held"


@given(st.lists(st.text(max_size=5), max_size=200), st.integers(1, 50))
def test_who_is_asked_is_a_bounded_stable_sample(candidates: list[str], limit: int) -> None:
    asked = ask_for(candidates, limit)
    assert len(asked) == min(limit, len(set(candidates)))
    assert set(asked) <= set(candidates)
    assert asked == ask_for(list(reversed(candidates)), limit)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_crawl_like_its_base_is_never_held(count: int, base: int) -> None:
    verdict = judge_crawl(ids(count), [accepted(base)], None, {}, {})
    assert (verdict.state == "held") == differs(count, base)


def test_as_many_entries_but_others_are_doubted() -> None:
    past = [accepted(90)]
    assert judge_crawl(ids(90, 11), past, ids(90), {}, {}).state == "held"
    assert judge_crawl(ids(90, 10), past, ids(90), {}, {}).state == "accepted"

"""What a killed act, or an edition that is over, leaves in the lake; and what a second look that day leaves."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from civicgauge.lake import new_id
from civicgauge.pipeline import keeping
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import editions, evidence, marks, proving, taking
from tests.editions import world
from tests.editions.test_edition_keeping import tidied
from tests.editions.world import CITY, DAY, ID, at

NOW = datetime.now(UTC)


def taken(context: Context) -> None:
    """Take the city for the edition, and be killed before the warehouse hears of it."""
    with context.warehouse() as warehouse:
        taking.take(context, warehouse, ID, DAY, CITY)


def test_a_mark_of_an_edition_that_never_came_to_be_goes_after_a_day(observed: Context) -> None:
    taken(observed)
    keeping.keep_day(observed.lake, CITY, str(DAY), "a-report", at(2))
    tidied(observed, NOW + timedelta(hours=20))
    assert observed.lake.folders(f"kept/{CITY}/{DAY}") == [ID, "a-report"]
    tidied(observed, NOW + timedelta(days=2))
    assert observed.lake.folders(f"kept/{CITY}/{DAY}") == ["a-report"]


def test_what_is_being_taken_stays_however_long_ago_the_edition_was_opened(observed: Context) -> None:
    world.opened(observed, as_of=date(2026, 6, 29))  # months ago, by its own word
    taken(observed)
    tidied(observed, NOW + timedelta(hours=1))
    assert keeping.kept_days(observed.lake, CITY) == {str(DAY)}
    with observed.warehouse() as warehouse:
        assert marks.release(observed.lake, warehouse, NOW + timedelta(days=2), lambda *_: True) == 1


@pytest.mark.parametrize("days", [0, 60])
def test_values_as_decided_of_an_edition_that_was_given_up_go_with_its_mark(observed: Context, days: int) -> None:
    lake = observed.lake
    before = {stage: lake.folders(f"{stage}/{CITY}/{DAY}") for stage in ("catalog", "results")}
    world.in_force(observed)
    world.opened(observed)
    (city,) = world.rows(observed, "edition_city")
    assert lake.manifest(city["decided_attempt"]) is not None
    editions.abandoned(observed, ID, "programme lead", "another will be made", at(2))
    for more in (days, 60, 61):
        tidied(observed, NOW + timedelta(days=more))
    assert lake.folders(f"kept/{CITY}/{DAY}") == []
    assert {stage: lake.folders(f"{stage}/{CITY}/{DAY}") for stage in before} == before


def test_two_acts_at_once_lose_neither_list(observed: Context) -> None:
    lists = [{f"results/{number}/manifest.json": "0" * 64} for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda listed: evidence.keep(observed.lake, CITY, DAY, ID, listed), lists))
    assert [evidence.kept(observed.lake, CITY, DAY, ID, digest) for digest in kept] == [(each, []) for each in lists]


def test_rows_that_an_edition_took_stay_when_the_day_is_pulled_again(observed: Context) -> None:
    lake = observed.lake
    world.opened(observed)
    (entry,) = observed.city(CITY).datasets
    found = lake.last_committed(f"pulls/{CITY}/{entry.portal}/{DAY}/{entry.id}")
    assert found is not None
    folder, pull = found
    (part,) = pull["resources"]
    old = lake.manifest(part["rows"])
    assert old is not None
    version = f"{part['rows'].rpartition('/')[0]}/{new_id(datetime.now(UTC))}"
    lake.commit(version, {"rows.parquet": b"other rows"}, {**old, "fetched_at": "2026-12-31T23:59:00+00:00"})
    again = {**pull, "resources": [{**part, "rows": version}]}
    lake.commit(f"{folder.rpartition('/')[0]}/{new_id(datetime.now(UTC))}", {}, again)
    assert keeping.prune_rows(lake, 1, keeping.kept_rows(lake)) == 0
    assert proving.verified(observed, ID, date(2026, 7, 2)).findings == []

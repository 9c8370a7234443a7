"""Who sees which city, by every method: the table of viewers and publications is the contract of all pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from civicgauge.pipeline.showing import PUBLIC, STAFF, Asked, NotShown, Shown, Viewer
from tests.pipeline.showing.conftest import BEFORE, DAY, FALLS, PORT, World

NOBODYS, OWN, OTHERS = Viewer("city"), Viewer("city", frozenset({FALLS})), Viewer("city", frozenset({PORT}))
FORGED = Viewer("public", frozenset({FALLS}))  # own cities count only for who came as a city
ELSEWHERE = Viewer("staff", only_cities=frozenset({PORT}))  # who may read the other city's DAG alone, in Airflow
EVERYBODY = (PUBLIC, NOBODYS, OTHERS, FORGED, OWN, STAFF)
VIEWERS = (*EVERYBODY, ELSEWHERE)
INDICATOR = "licence_stated_share"

# by (the file, what was committed): who sees the city
SEEN = {
    ("public", "public"): EVERYBODY,
    ("private", "public"): (STAFF,),
    ("public", "private"): (STAFF,),
    ("private", "private"): (STAFF,),
    ("shared_with_city", "shared_with_city"): (OWN, STAFF),
    ("public", "shared_with_city"): (OWN, STAFF),
    ("shared_with_city", "public"): (OWN, STAFF),
    ("shared_with_city", "private"): (STAFF,),
    (None, "public"): (STAFF,),
    ("unreadable", "public"): (STAFF,),
}


def listed(shown: Shown, viewer: Viewer) -> dict[str, bool]:
    """By method, whether the city is in a list."""
    health = shown.health(viewer, Asked())
    indicator = shown.indicator(viewer, INDICATOR, Asked())
    dots = [*indicator.dots, *indicator.rows]
    beside = shown.indicator(viewer, INDICATOR, Asked(), city_id=PORT)
    return {
        "cities": FALLS in {row.city.city_id for row in shown.cities(viewer, Asked()).rows},
        "cities by words": bool(shown.cities(viewer, Asked(words="alder")).rows),
        "cities by a number": FALLS in {r.city.city_id for r in shown.cities(viewer, Asked(sort=INDICATOR)).rows},
        "cities then": FALLS in {row.city.city_id for row in shown.cities(viewer, Asked(), str(BEFORE)).rows},
        "indicator": FALLS in {dot.city.city_id for dot in dots if dot.city},
        "attempts": FALLS in {run.city.city_id for run in (*health.recent, *health.suspect)},
        "counts of health": sum(health.outcomes.values()) == 2,
        "not beside": FALLS not in {dot.city.city_id for dot in beside.dots if dot.city},  # two cities are no group
    }


def asked_singly(shown: Shown, viewer: Viewer, dataset: tuple[str, str]) -> dict[str, Callable[[], Any]]:
    """By method, what gives the city or raises."""
    return {
        "city": lambda: shown.city(viewer, FALLS),
        "city then": lambda: shown.city(viewer, FALLS, str(BEFORE)),
        "datasets": lambda: shown.datasets(viewer, FALLS, Asked()),
        "dataset": lambda: shown.dataset(viewer, FALLS, *dataset),
        "dataset pages": lambda: list(shown.dataset_pages(viewer, FALLS)),
        "indicator of it": lambda: shown.indicator(viewer, INDICATOR, Asked(), city_id=FALLS),
        "indicator here": lambda: shown.indicator(viewer, INDICATOR, Asked(filters={"here": FALLS})),
        "task": lambda: shown.resolve_task(viewer, f"observe__{FALLS}", None, "snapshot", 0),
    }


def gives(ask: Callable[[], Any]) -> bool:
    try:
        ask()
    except NotShown:
        return False
    return True


@pytest.mark.parametrize(("file", "committed"), SEEN)
def test_a_city_is_seen_by_whom_it_is_for(world: World, file: str | None, committed: str) -> None:
    path = world.context.settings.cities / f"{FALLS}.yml"
    if file is None:
        path.unlink()
    else:
        world.file(FALLS, publication=file)
    with world.changed() as (connection, tables):
        city = tables["city"]
        connection.execute(sa.update(city).where(city.c.city_id == FALLS).values(publication=committed))
    shown = world.shown()
    line = shown.datasets(STAFF, FALLS, Asked()).rows[0]
    for viewer in VIEWERS:
        expected = viewer in SEEN[file, committed]
        found = listed(shown, viewer)
        assert found.pop("not beside")
        assert found == dict.fromkeys(found, expected), viewer
        singly = {
            name: gives(ask) for name, ask in asked_singly(shown, viewer, (line.portal_id, line.dataset_id)).items()
        }
        assert singly == dict.fromkeys(singly, expected), viewer
    portals = {each.city.city_id for each in shown.health(STAFF, Asked()).portals}
    assert (FALLS in portals) == (file not in (None, "unreadable"))  # where it lies is said by its file alone
    shown.close()


def _refused(shown: Shown, viewer: Viewer, city_id: str, dataset_id: str) -> list[str]:
    """What is said of a city by every method that refuses it."""
    told = []
    for ask in (
        lambda: shown.city(viewer, city_id),
        lambda: shown.city(viewer, city_id, "1999-01-01"),
        lambda: shown.dataset(viewer, city_id, "main", dataset_id),
        lambda: shown.indicator(viewer, INDICATOR, Asked(), city_id=city_id),
    ):
        with pytest.raises(NotShown) as caught:
            ask()
        told.append(str(caught.value).replace(city_id, "X"))
    return told


def test_what_is_hidden_and_what_is_not_there_are_refused_alike(world: World) -> None:
    """Nobody can tell a private city, dataset or date from one that there never was."""
    world.file(FALLS, publication="private")
    shown = world.shown()
    line = shown.datasets(STAFF, FALLS, Asked()).rows[0]
    for viewer in (PUBLIC, OTHERS):
        told = [_refused(shown, viewer, *which) for which in ((FALLS, line.dataset_id), ("us-xx-nowhere", "none"))]
        assert told[0] == told[1]
    for ask in (
        lambda: shown.city(PUBLIC, PORT, "1999-01-01"),
        lambda: shown.dataset(PUBLIC, PORT, "main", "none"),
        lambda: shown.dataset(PUBLIC, PORT, "main", "~" + "0" * 32),
        lambda: shown.indicator(PUBLIC, "no_such_share", Asked()),
        lambda: shown.indicator(PUBLIC, INDICATOR, Asked(), group="cohort.secret"),
        lambda: shown.check("no_such_check"),
        lambda: shown.standard("no-such-standard"),
        lambda: shown.resolve_task(STAFF, "publish"),
    ):
        with pytest.raises(NotShown):
            ask()


def test_a_city_made_private_is_gone_within_a_second(world: World) -> None:
    """The same door, left open: first by the file, then by what is committed."""
    seconds = [100.0]
    shown = world.shown()
    shown._base.seeing.clock = lambda: seconds[0]

    def sees() -> list[bool]:
        asks = asked_singly(shown, PUBLIC, ("main", "none"))
        return [listed(shown, PUBLIC)["cities"], gives(asks["city"]), gives(asks["indicator of it"])]

    assert sees() == [True] * 3
    world.file(FALLS, publication="private")
    seconds[0] += 1.0
    assert sees() == [False] * 3
    world.file(FALLS, publication="public")
    seconds[0] += 1.0
    assert sees() == [True] * 3
    with world.changed() as (connection, tables):
        city, run = tables["city"], tables["run"]
        connection.execute(sa.update(city).where(city.c.city_id == FALLS).values(publication="private"))
        row = dict(connection.execute(sa.select(run).where(run.c.city_id == FALLS, run.c.day == DAY)).mappings().one())
        connection.execute(sa.update(run).where(run.c.run_id == row["run_id"]).values(is_current=False))
        connection.execute(sa.insert(run).values({**row, "run_id": "again", "is_current": True}))
    seconds[0] += 1.0
    assert sees() == [False] * 3


def test_a_database_that_fails_hides_no_change(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A city made private while the warehouse is down is private when it is back."""
    seconds = [100.0]
    shown = world.shown()
    seeing = shown._base.seeing
    seeing.clock = lambda: seconds[0]
    assert FALLS in seeing.public()
    world.file(FALLS, publication="private")
    seconds[0] += 1.0
    with monkeypatch.context() as patch:
        patch.setattr("civicgauge.warehouse.shownrows.ShownRows.cities", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            seeing.public()
    seconds[0] += 1.0
    assert FALLS not in seeing.public()

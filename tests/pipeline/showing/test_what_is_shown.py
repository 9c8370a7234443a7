"""What the forms hold: the day asked for, nothing in doubt, nothing that is for staff alone, and quickly found."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from civicgauge.errors import ConfigurationError, WarehouseBusy, WarehouseOutOfDate
from civicgauge.pipeline import mending
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.feedback import feedback
from civicgauge.pipeline.showing import PUBLIC, STAFF, Asked, NotShown, Shown, Viewer, texts
from civicgauge.pipeline.showing.addresses import slug
from civicgauge.pipeline.showing.steps import GONE
from tests.pipeline.showing.conftest import BEFORE, DAY, DOUBTED, FALLS, NOW, PORT, World, copy_day

OWN = Viewer("city", frozenset({FALLS}))
INDICATOR = "licence_stated_share"
AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
INCIDENT = {
    "city_id": FALLS, "portal_id": "main", "field": "", "subject": "main", "rule_version": 1, "severity": "warning",
    "since": BEFORE, "opened_at": AT, "last_seen_at": AT, "occurrences": 1, "is_baseline": False, "is_flapping": False,
    "is_silent": False, "opened_on": BEFORE, "last_seen_on": DAY, "failed_days": 2, "passed_days": 0,
    "reopened_on": "[]",
}  # fmt: skip


def pages(shown: Shown, viewer: Viewer) -> list[Any]:
    return list(shown.dataset_pages(viewer, FALLS))


def test_a_city_page_holds_its_day_and_how_it_came_there(world: World) -> None:
    with world.changed() as (connection, tables):
        value = tables["indicator_value"]
        other = value.c.city_id == FALLS, value.c.day == BEFORE, value.c.indicator_id == INDICATOR
        connection.execute(
            sa.update(value).where(*other).values(value=0.25, indicator_version=value.c.indicator_version)
        )
        aged = value.c.city_id == FALLS, value.c.day == BEFORE, value.c.indicator_id == "datasets_counted_count"
        connection.execute(sa.update(value).where(*aged).values(indicator_version=99))
        for weeks in (1, 51, 60):
            copy_day(connection, tables, DAY - timedelta(weeks=weeks))
        copy_day(connection, tables, DAY + timedelta(days=1), outcome="suspect")
    shown = world.shown()
    page = shown.city(PUBLIC, FALLS)
    values = {each.indicator_id: each for each in page.values}
    assert (page.city.day, page.city.outcome, page.days[:2]) == (DAY, "complete", (DAY, BEFORE))
    assert (values[INDICATOR].previous_day, values[INDICATOR].previous_value) == (BEFORE, 0.25)
    assert values["datasets_counted_count"].previous_day is None  # another version is not compared
    days = [point.day for point in page.history[INDICATOR]]
    assert days == sorted(days)
    # one of each ISO week (the day before is of the same), nothing older than twelve months, nothing in doubt
    assert days == [DAY - timedelta(weeks=51), DAY - timedelta(weeks=1), DAY]
    assert [each.indicator_id for each in page.values[:2]] == ["promises_changed_late_count", "promises_fresh_share"]
    assert {each.standard for each in page.criteria} <= set(page.standard_sentences)
    assert all(each.stance in ("in_line", "differs", "not_observed") for each in page.criteria)
    assert shown.city(PUBLIC, FALLS, "2026-06-29T12:00:00-05:00").city.day == BEFORE
    assert shown.city(PUBLIC, FALLS, str(DOUBTED)).city.day == DAY
    row = next(each for each in shown.cities(PUBLIC, Asked()).rows if each.city.city_id == FALLS)
    ours = [each for each in page.criteria if each.standard == "what-works-cities-2022" and each.basis != "attested"]
    assert (row.n_differs, row.n_not_observed) == tuple(
        sum(each.stance == stance for each in ours) for stance in ("differs", "not_observed")
    )
    assert row.n_datasets == values["datasets_counted_count"].value
    suspect = shown.health(PUBLIC, Asked()).suspect
    assert {(run.city.city_id, run.day) for run in suspect} == {(FALLS, DOUBTED), (PORT, DOUBTED)}


def test_criteria_are_counted_by_all_standards_that_hold_on_the_citys_own_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two publishers' standards may hold on one day; and cities' newest days may lie on either side of a change."""
    ours = texts.standards()
    monkeypatch.setattr(texts, "standards", lambda: {**ours, "other-1": ours["what-works-cities-2022"]})
    old = date(2022, 7, 1)
    with world.changed() as (connection, tables):
        evidence = tables["criterion_evidence"]
        rows = [dict(row) for row in connection.execute(sa.select(evidence).where(evidence.c.day == DAY)).mappings()]
        of_falls = [row | {"standard": "other-1"} for row in rows if row["city_id"] == FALLS]
        copy_day(connection, tables, old)
        for name in ("run", "criterion_evidence"):
            table = tables[name]
            connection.execute(sa.delete(table).where(table.c.city_id == PORT, table.c.day != old))
        connection.execute(sa.insert(evidence), [row for row in of_falls if row["basis"] != "attested"][:2])
        told = [row for row in rows if row["basis"] != "attested"]
    new, before = (f"what-works-cities-{year}" for year in (2022, 2018))
    expected = {FALLS: 2 + sum((r["city_id"], r["standard"]) == (FALLS, new) for r in told),
                PORT: sum((r["city_id"], r["standard"]) == (PORT, before) for r in told)}  # fmt: skip
    found = {row.city.city_id: row.n_in_line + row.n_differs + row.n_not_observed
             for row in world.shown().cities(PUBLIC, Asked()).rows}  # fmt: skip
    assert found == expected


def test_what_is_no_date_is_said_to_be_none(world: World) -> None:
    shown = world.shown()
    for text in ("yesterday", "2026-13-01", "2026-06-30T25:00", "9999-99-99", "٢٠٢٦-٠٦-٣٠x", "0" * 5000,
                 "0001-01-01T00:00:00Z", "0001-01-05", "9999-12-31T23:00:00Z"):  # fmt: skip
        for ask in _methods(shown, text):
            with pytest.raises(ConfigurationError, match=r"as_of: .* is no date"):
                ask()
    with pytest.raises(ConfigurationError):  # whichever city it is asked of
        shown.city(PUBLIC, "us-xx-nowhere", "yesterday")


def _some(found: list[Any]) -> list[Any]:
    """A page with a profile, and two without."""
    return sorted(found, key=lambda page: not page.profile)[:: len(found) // 2]


def _methods(shown: Shown, as_of: str | None) -> list[Callable[[], Any]]:
    return [
        lambda: shown.cities(PUBLIC, Asked(), as_of),
        lambda: shown.cities(STAFF, Asked(sort=INDICATOR, words="a"), as_of),
        lambda: shown.city(PUBLIC, FALLS, as_of),
        lambda: shown.city(STAFF, PORT, as_of),
        lambda: shown.datasets(PUBLIC, FALLS, Asked(), as_of),
        lambda: shown.dataset(PUBLIC, FALLS, "main", "k7qw-3fzn", as_of),
        lambda: list(shown.dataset_pages(OWN, FALLS, as_of)),
        lambda: shown.indicator(PUBLIC, INDICATOR, Asked(), as_of),
        lambda: shown.indicator(STAFF, INDICATOR, Asked(), as_of, city_id=FALLS),
        lambda: shown.health(STAFF, Asked(), as_of),
    ]


def test_what_is_for_staff_and_for_the_city_itself(world: World) -> None:
    with world.changed() as (connection, tables):
        kinds = {
            "open": {}, "snoozed": {"state": "snoozed"}, "private": {"is_private": True}, "ops": {"audience": "ops"},
            "pending": {"state": "pending", "opened_on": None}, "later": {"opened_on": DAY + timedelta(days=1)},
            "old": {"state": "resolved", "resolved_on": DAY - timedelta(days=40)},
        }  # fmt: skip
        for key, how in kinds.items():
            row = {"incident_key": key, "dataset_id": "k7qw-3fzn", "rule_id": "licence_open", "audience": "city",
                   "state": "open", "is_private": False, **INCIDENT, **how}  # fmt: skip
            connection.execute(sa.insert(tables["incident"]).values(row))
        run = tables["run"]
        here = run.c.city_id == FALLS, run.c.day == DAY
        connection.execute(sa.update(run).where(*here).values(problem="secret words", notes='["aside"]'))
    shown = world.shown()
    for viewer, private, rows in ((PUBLIC, 0, False), (Viewer("city", frozenset({PORT})), 0, False), (OWN, 0, True),
                                  (STAFF, 2, True)):  # fmt: skip
        found = pages(shown, viewer)
        results = [each for page in found for each in page.results]
        assert sum(each.is_private for each in results) == private
        assert any(each.failing_rows for each in results) is rows
        seen = {each.incident_key for each in shown.city(viewer, FALLS).incidents}
        assert seen == ({"open", "snoozed", "private", "ops", "pending"} if viewer is STAFF else {"open", "snoozed"})
        assert {each.incident_key for page in found for each in page.incidents} == seen
        lines = {line.dataset_id: line for line in shown.datasets(viewer, FALLS, Asked()).rows}
        for page in found:  # the lists count what the pages list
            outcomes = [each.outcome for each in page.results]
            assert (lines[page.line.dataset_id].n_failed, page.line.n_failed) == (outcomes.count("failed"),) * 2
        for page in _some(found):
            assert page == shown.dataset(viewer, FALLS, page.line.portal_id, page.line.dataset_id)
        told = repr((shown.city(viewer, FALLS), shown.health(viewer, Asked()), found))
        assert ("secret words" in repr(shown.city(viewer, FALLS).run)) is (viewer is STAFF)
        assert ("aside" in told) is (viewer is STAFF)
        assert ("secret words" in repr(shown.health(viewer, Asked()).recent)) is (viewer in (OWN, STAFF))
        outbox = shown.health(viewer, Asked())
        assert (outbox.outbox is None, outbox.holds is None) == (viewer is not STAFF,) * 2


def test_a_day_that_the_warehouse_holds_no_more_is_read_from_the_lake(world: World) -> None:
    shown = world.shown()
    viewers = (PUBLIC, OWN, STAFF)
    before = [(pages(shown, viewer), shown.datasets(viewer, FALLS, Asked()).rows) for viewer in viewers]
    with world.changed() as (connection, tables):
        for name in ("dataset_day", "check_result"):
            connection.execute(sa.delete(tables[name]))
    shown = world.shown()
    for viewer, (old, lines) in zip(viewers, before, strict=True):
        found = pages(shown, viewer)
        for one, other in zip(found, old, strict=True):
            assert (one.line, one.results, one.profile, one.versions) == (
                other.line, other.results, other.profile, other.versions)  # fmt: skip
            names = one.state.keys() & other.state.keys() - {"is_observed"}
            assert {name: one.state[name] for name in names} == {name: other.state[name] for name in names}
        for one in _some(found):
            assert one == shown.dataset(viewer, FALLS, one.line.portal_id, one.line.dataset_id)
        assert shown.datasets(viewer, FALLS, Asked()).rows == lines
    assert shown.city(PUBLIC, FALLS).next_steps


def test_what_would_help_most_is_found_once_and_kept(world: World, tmp_path: Any) -> None:
    """The same as the report says; kept by publishing; told to be gone where its evidence is."""
    settings = replace(world.context.settings, lake=str(tmp_path / "lake"))
    shutil.copytree(world.context.settings.lake, settings.lake)
    world = World(Context(settings))
    with world.context.warehouse() as warehouse:
        run = warehouse.current_run(FALLS, DAY)
        runs = [each for each in warehouse.runs(current_only=True) if each.day == DAY]
    assert run is not None
    assert run.results_attempt is not None
    kept = tmp_path / "lake" / run.results_attempt / mending.FILE
    kept.unlink(missing_ok=True)
    assert mending.keep_found(world.context, runs) >= 1
    assert mending.keep_found(world.context, runs) == 0
    text = kept.read_text(encoding="utf-8")
    report = feedback(world.context, FALLS, DAY, 20)
    assert not any(each.title in text for item in report.items for each in item.concerned)  # ids, counts, keys
    page = world.shown().city(PUBLIC, FALLS)
    assert [(m.indicator_id, m.n_concerned, m.n_known, m.steps, m.promise) for m in page.next_steps] == [
        (i.indicator.id, i.n_concerned, i.n_known, i.steps, i.promise) for i in report.items
    ]
    for mend, item in zip(page.next_steps, report.items, strict=True):
        assert [(d.dataset_id, d.title, d.seen) for d in mend.datasets] == [
            (each.dataset_id, each.title, each.observed) for each in item.concerned
        ]
    kept.write_text(text.replace('"form": 1', '"form": 0').replace("n_concerned", "n_other"), encoding="utf-8")
    assert world.shown().city(PUBLIC, FALLS).next_steps == page.next_steps  # of another form: found anew
    kept.unlink()
    shutil.rmtree(tmp_path / "lake" / (run.catalog_attempt or ""))
    gone = world.shown().city(PUBLIC, FALLS)
    assert (gone.next_steps, gone.no_steps) == ((), GONE)
    assert gone.values
    with world.changed() as (connection, tables):
        connection.execute(sa.delete(tables["dataset_day"]))
    with pytest.raises(NotShown):
        world.shown().datasets(PUBLIC, FALLS, Asked())


def test_lists_are_searched_narrowed_and_cut(world: World) -> None:
    shown = world.shown()
    every = shown.datasets(STAFF, FALLS, Asked(size=500))
    counted = [(line.is_counted is False, -line.n_failed, -line.n_unknown) for line in every.rows]
    assert counted == sorted(counted)
    cut = [shown.datasets(STAFF, FALLS, Asked(page=page, size=10)) for page in (1, 2, 3, 99)]
    assert [each.range.page for each in cut] == [1, 2, 3, 3]
    assert (*cut[0].rows, *cut[1].rows, *cut[2].rows) == every.rows
    for name, values in every.filters.items():
        parts = [shown.datasets(STAFF, FALLS, Asked(filters={name: value}, size=500)).range.count for value in values]
        assert sum(parts) >= every.range.count - 3, name
    found = shown.datasets(STAFF, FALLS, Asked(words="WATER breaks")).rows
    assert [line.title for line in found] == ["Water Main Breaks"]
    with world.changed() as (connection, tables):  # ids that are no plain words are named by their digest
        hostile = '../"><script>'
        for name in ("dataset", "dataset_day", "check_result"):
            table = tables[name]
            here = table.c.city_id == FALLS, table.c.dataset_id == found[0].dataset_id
            connection.execute(sa.update(table).where(*here).values(dataset_id=hostile))
    page = shown.dataset(PUBLIC, FALLS, "main", slug(hostile))
    assert (page.line.dataset_id, page.line.title) == (hostile, "Water Main Breaks")


def test_a_dataset_that_left_shows_its_last_day(world: World) -> None:
    with world.changed() as (connection, tables):
        for name in ("dataset_day", "check_result"):
            table = tables[name]
            connection.execute(sa.delete(table).where(table.c.day == DAY, table.c.dataset_id == "k7qw-3fzn"))
        table = tables["dataset"]
        gone = {"last_seen": BEFORE, "presence": "removed", "removed_on": DAY}
        connection.execute(sa.update(table).where(table.c.dataset_id == "k7qw-3fzn").values(gone))
    page = world.shown().dataset(PUBLIC, FALLS, "main", "k7qw-3fzn")
    assert (page.day, page.presence, page.removed_on) == (BEFORE, "removed", DAY)
    assert page.results


def test_health_tells_what_is_missing_and_where_a_task_leads(world: World) -> None:
    with world.changed() as (connection, tables):
        run = tables["run"]
        here = run.c.city_id == FALLS, run.c.day == DAY
        connection.execute(sa.update(run).where(*here).values(airflow_dag_id="d", airflow_run_id="manual__1"))
        told = {"outcome": "not_measured", "problem": "main: PortalBusy: no", "method_version": "1"}
        times = {"day": DOUBTED, "started_at": AT, "ended_at": datetime(2100, 1, 1, tzinfo=UTC)}
        failed = {"run_id": "failed", "city_id": PORT, "is_current": False, "config_digest": "x", **told, **times}
        connection.execute(sa.insert(run).values(failed))
    shown = world.shown()
    health = shown.health(STAFF, Asked())
    assert [each.city_id for each in health.missing_today] == [FALLS, PORT]  # of July 1, at noon
    assert world.shown(lambda: datetime(2026, 7, 1, 7, tzinfo=UTC)).health(STAFF, Asked()).missing_today == ()
    assert dict(health.outcomes) == {"complete": 1, "not_measured": 1}
    assert [(each.city.city_id, each.state, each.problem) for each in health.portals] == [
        (PORT, "unread", "main: PortalBusy: no"), (FALLS, "read", None)]  # fmt: skip
    assert all(each.last_snapshot and each.entries for each in health.portals)
    assert shown.health(PUBLIC, Asked(filters={"state": "unread"})).portals[0].problem is None
    assert health.recent[0].run_id == "failed"
    task = shown.resolve_task(STAFF, f"observe__{FALLS}", "manual__1", "pull", 1)
    assert (task.city_id, task.day, task.is_shown, task.portal_id) == (FALLS, DAY, True, "main")
    chosen = world.context.city(FALLS).datasets
    assert task.dataset_id == chosen[1].id
    beyond = shown.resolve_task(STAFF, f"observe__{FALLS}", "other", "pull", len(chosen))
    assert (beyond.day, beyond.dataset_id) == (None, None)


def test_cities_that_may_not_be_named_stand_in_quantiles_alone(world: World) -> None:
    hidden = [f"obscura-{n:02d}" for n in range(12)]
    with world.changed() as (connection, tables):
        for name in ("city", "run", "indicator_value"):
            table = tables[name]
            chosen = sa.select(table).where(table.c.city_id == FALLS)
            rows = [dict(row) for row in connection.execute(chosen).mappings()]
            for number, city_id in enumerate(hidden):
                more = {"city_id": city_id} | ({"name": city_id, "publication": "private"} if name == "city" else {})
                for row in rows:
                    run = {"run_id": f"{row['run_id']}.{city_id}"} if "run_id" in row else {}
                    number_of = {"value": number / 20} if row.get("indicator_id") == INDICATOR else {}
                    connection.execute(sa.insert(table).values({**row, **more, **run, **number_of}))
    shown = world.shown()
    for viewer in (PUBLIC, OWN):
        page = shown.indicator(viewer, INDICATOR, Asked(), city_id=FALLS, group="any/any/any")
        assert "obscura" not in repr(page)
        assert page.quantiles is not None  # of the twelve and the one that is named
        assert [dot.city.city_id for dot in page.dots if dot.city] == [FALLS]
        everyone = shown.indicator(viewer, INDICATOR, Asked())
        assert everyone.quantiles is None  # they are of those who are shown
        assert "obscura" not in repr((everyone, shown.cities(viewer, Asked()), shown.health(viewer, Asked())))
    assert len(shown.indicator(STAFF, INDICATOR, Asked()).dots) == 14
    bounds = [dot.low for dot in shown.indicator(STAFF, INDICATOR, Asked()).rows]
    assert bounds == sorted(bounds, reverse=True)


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_nothing_scans_a_large_table(world: World) -> None:
    """As SQLite plans it without statistics, which is how a warehouse stands after its upgrade."""
    shown = world.shown()
    asked: list[tuple[str, Any]] = []
    engine = shown._base.warehouse.engine
    sa.event.listen(engine, "before_cursor_execute", lambda _c, _k, text, given, *_: asked.append((text, given)))
    for ask in (*_methods(shown, None), *_methods(shown, str(BEFORE)), shown.state):
        ask()
    shown.dataset(PUBLIC, FALLS, "main", shown.datasets(PUBLIC, FALLS, Asked()).rows[0].dataset_id)
    plans = set()
    with engine.connect() as connection:
        for text, given in asked:
            if text.startswith("SELECT"):
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given)
                plans |= {(row[3], text) for row in rows}
    small = r"SCAN (city|cursor|hold|decision|civicgauge_schema_version|run USING .*ended_at)"
    scans = [(plan, text) for plan, text in plans if plan.startswith("SCAN") and not re.match(small, plan)]
    assert scans == []
    wide = [(plan, text) for plan, text in plans if re.search(r"SEARCH (check_result|dataset_day) .*\(day=\?\)$", plan)]
    assert wide == []  # by the day alone it would be every city's


def test_many_ask_at_once_and_a_database_that_restarts_is_found_again(world: World) -> None:
    shown = world.shown()
    asks = [lambda: shown.cities(PUBLIC, Asked()), lambda: shown.city(OWN, FALLS), lambda: pages(shown, OWN),
            lambda: shown.indicator(PUBLIC, INDICATOR, Asked()), lambda: shown.health(STAFF, Asked())]  # fmt: skip
    alone = [ask() for ask in asks]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda ask: ask(), asks * 3))
    assert together == alone * 3
    if world.url.startswith("postgres"):
        with sa.create_engine(sa.make_url(world.url).set(drivername="postgresql+psycopg")).connect() as other:
            cut = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
            )
            other.exec_driver_sql(f"{cut} pg_backend_pid()")
        assert shown.city(OWN, FALLS) == alone[1]
    shown.close()


def test_many_who_wait_for_a_warehouse_that_does_not_answer_wait_together(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one after another: each would wait ten seconds for a connection."""
    shown, seconds, asked = world.shown(), [100.0], list[float]()
    shown._base.seeing.clock = lambda: seconds[0]

    def state(_: Any) -> str:
        asked.append(seconds[0])
        time.sleep(0.3)
        seconds[0] += 10
        raise WarehouseBusy("no answer")

    with monkeypatch.context() as patch:
        patch.setattr("civicgauge.warehouse.shownrows.ShownRows.state", state)
        with ThreadPoolExecutor(8) as pool:
            found = [pool.submit(shown.cities, PUBLIC, Asked()) for _ in range(8)]
            assert {str(each.exception()) for each in found} == {"no answer"}
        assert asked == [100.0]
    with pytest.raises(WarehouseBusy):
        shown.cities(PUBLIC, Asked())
    seconds[0] += 1
    assert shown.cities(PUBLIC, Asked()).rows


def test_the_state_changes_with_what_is_shown_and_with_nothing_else(world: World) -> None:
    seconds = [100.0]
    shown = world.shown()
    shown._base.seeing.clock = lambda: seconds[0]

    def state() -> str:
        seconds[0] += 1.0
        return shown.state()

    first = state()
    shown.city(PUBLIC, FALLS)
    assert state() == first
    world.file(PORT, population=61_481)
    second = state()
    with world.changed() as (connection, tables):
        row = {"incident_key": "k", "number": 1, "city_id": FALLS, "episode": 1, "kind": "opened", "day": DAY, "at": AT,
               "by": "civicgauge", "details": "{}"}  # fmt: skip
        connection.execute(sa.insert(tables["incident_event"]).values(row))
    third = state()
    with world.changed() as (connection, tables):
        copy_day(connection, tables, date(2026, 7, 2), ended_at=NOW)
    assert len({first, second, third, state()}) == 4


def test_a_warehouse_that_is_not_ready_says_what_to_do(tmp_path: Any, world: World) -> None:
    world.shown().check_ready()
    nowhere = Context(replace(world.context.settings, warehouse=f"sqlite:///{tmp_path / 'none.sqlite'}"))
    for ask in (lambda s: s.check_ready(), lambda s: s.cities(PUBLIC, Asked()), lambda s: s.city(PUBLIC, FALLS)):
        with pytest.raises(WarehouseOutOfDate, match="civicgauge db upgrade"):
            ask(Shown(nowhere))
    down = Context(replace(world.context.settings, warehouse="postgresql://postgres@127.0.0.1:9/none"))
    with pytest.raises(ConfigurationError, match="cannot be opened"):
        Shown(down).cities(PUBLIC, Asked())

"""Decisions within the daily pipeline, on both databases: rows beside the measured ones, and what becomes of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import yaml

from civicgauge.cli import work
from civicgauge.lake import Lake
from civicgauge.model import IndicatorValue
from civicgauge.pipeline import committing, judging, keeping, observing, purging, verifying
from civicgauge.pipeline.context import utc_now
from civicgauge.pipeline.reviewing import deciding, reconfigured, relanding
from civicgauge.pipeline.reviewing.deciding import Word
from civicgauge.pipeline.withdrawn import Scope
from civicgauge.review.decisions import Asked
from tests.conftest import IN_FULL
from tests.homes import tables
from tests.pipeline.conftest import Demo, demo

from .worlds import ALDER, AT, DAY, FIRST, ZEROS

__all__ = ["demo"]

UNDECIDED = "l4xs-9pdu"
STEWARD, LEAD = "data steward", "programme lead"
Row = dict[str, Any]


def agreed(demo: Demo, dataset_id: str = UNDECIDED, decided: str = "own", **more: str) -> str:
    """A decision that two people agreed on."""
    told = {"portal_id": "main", "field": "ownership", "evidence_url": "", "valid_from": str(FIRST), "valid_until": ""}
    asked = Asked(city_id=ALDER, dataset_id=dataset_id, decided=decided, reason="its page says so", by=STEWARD,
                  evidence_digest=ZEROS, **{**told, **more})  # fmt: skip
    made = deciding.propose(demo.context, asked, AT)
    deciding.second(demo.context, made["decision_id"], Word(LEAD, AT))
    return str(made["decision_id"])


def decided_rows(demo: Demo, day: date = DAY) -> dict[str, Row]:
    with demo.context.warehouse() as warehouse:
        return {row["indicator_id"]: row for row in warehouse.rows("decided_value", city_ids=[ALDER], day=day)}


def measured(demo: Demo, day: date = DAY) -> dict[str, IndicatorValue]:
    with demo.context.warehouse() as warehouse:
        return {value.indicator_id: value for value in warehouse.indicator_values(ALDER, day)}


def acts(demo: Demo, action: str) -> list[Row]:
    with demo.context.warehouse() as warehouse:
        assert warehouse.reviews.broken_link() is None
        return warehouse.reviews.rows("audit", action=action)


def without_decided(demo: Demo) -> dict[str, list[Row]]:
    return {name: rows for name, rows in tables(demo.context).items() if name != "decided_value"}


def test_numbers_as_decided_stand_beside_the_measured_ones(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    demo.observe(ALDER)
    before = without_decided(demo)
    assert decided_rows(demo) == {}
    key = agreed(demo)
    demo.observe(ALDER)  # once more the same day
    assert without_decided(demo) == before
    rows, values = decided_rows(demo), measured(demo)
    assert 5 < len(rows) < len(values)  # those alone that differ
    assert rows["datasets_counted_count"]["value"] == (values["datasets_counted_count"].value or 0) + 1
    assert {row["decisions"] for row in rows.values()} == {json.dumps([key])}
    for indicator_id, row in rows.items():
        names = ("value", "n_unknown", "value_low", "value_high", "numerator", "denominator", "reason", "band")
        assert any(row[name] != getattr(values[indicator_id], name) for name in names), indicator_id

    found = verifying.verify(demo.context, DAY)
    assert (found.missing, found.orphans) == ((), 0)
    if IN_FULL:
        _again(demo, monkeypatch)
    _let_go(demo, key)


def _again(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before its commit, and run again; replayed."""
    as_it_is = tables(demo.context)
    with monkeypatch.context() as patched:
        patched.setattr(committing, "_columns_of", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            demo.observe(ALDER)
    assert tables(demo.context) == as_it_is
    for _ in range(2):
        observing.replay(demo.context, [ALDER], DAY, DAY)
        assert tables(demo.context) == as_it_is


def _let_go(demo: Demo, key: str) -> None:
    """Ended before the day: its rows go with the next attempt, and its folders with the attempt that named them."""
    with demo.context.warehouse() as warehouse:
        run = warehouse.current_run(ALDER, DAY)
        lake = demo.context.lake
        named = judging.manifest_of(demo.context, str(run and run.results_attempt))["decided"]
    catalog = judging.manifest_of(demo.context, named)["catalog"]
    deciding.end(demo.context, key, Word(STEWARD, AT, "the page was changed"), FIRST)
    observing.replay(demo.context, [ALDER], DAY, DAY)
    assert decided_rows(demo) == {}
    with demo.context.warehouse() as warehouse:
        for days in (10, 40):  # what no run names goes after a week, what was replaced after a month
            keeping.prune_attempts(demo.context, warehouse, utc_now() + timedelta(days=days))
    assert [lake.manifest(folder) for folder in (named, catalog)] == [None, None]
    assert verifying.verify(demo.context, DAY).orphans == 0


def change_file(demo: Demo, **changes: Any) -> None:
    path = demo.context.settings.cities / f"{ALDER}.yml"
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**told, **changes}, sort_keys=False), encoding="utf-8")


def test_what_a_changed_file_moved_by_itself(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    demo.observe(ALDER, as_of=str(FIRST))
    counted = measured(demo, FIRST)[COUNTED].value or 0
    contact = {"email": "open@alder.example", "role": "open_data", "consent": "2026-01-01"}
    change_file(demo, own={"link_hosts": ["county.example"], "publishers": ["Alder County GIS"]}, contacts=[contact])
    demo.portals.change("alder-falls", "add", "b4us-st0p", title="Bus Stops")  # what the portal changes is in both
    demo.observe(ALDER)
    (row,) = acts(demo, reconfigured.ACTION)
    details, now = json.loads(row["details"]), measured(demo)
    assert (row["by"], row["city_id"], row["subject"]) == ("civicgauge", ALDER, str(DAY))
    assert details["keys"] == ["own.link_hosts", "own.publishers"]
    assert "@" not in row["details"]
    old, new = (details["moved"][SHARE][name]["n_unknown"] for name in ("from", "to"))
    assert old - new == 2  # the entries that nobody had decided
    assert details["moved"][COUNTED]["from"]["value"] == counted + 1  # the stops are the portal's doing
    for indicator_id, told in details["moved"].items():
        assert told["from"] != told["to"]
        assert told["to"]["value"] == now[indicator_id].value
    assert len(demo.context.lake.folders(f"catalog/{ALDER}/{DAY}")) == 1  # nothing of it is left

    change_file(demo, name="Alder Falls, anew", contacts=[])
    demo.observe(ALDER)
    assert len(acts(demo, reconfigured.ACTION)) == 1  # a name moves no number
    _not_apart(demo, monkeypatch)


COUNTED, SHARE = "datasets_counted_count", "promises_kept_share"


def _not_apart(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was not kept, and a fault of our own: both are said, and neither is raised."""
    with demo.context.warehouse() as warehouse:
        run = warehouse.current_run(ALDER, DAY)
    assert run is not None
    other, values = replace(run, config_digest="other"), list(measured(demo).values())
    assert reconfigured.acts(demo.context, run, values) == []  # the same file
    with monkeypatch.context() as patched:
        patched.setattr(relanding, "kept_city", lambda *_: None)
        assert reconfigured.acts(demo.context, other, values) == []  # no number of the day is replaced by another
        moved = [replace(value, value=9.0) if value.indicator_id == COUNTED else value for value in values]
        (act,) = reconfigured.acts(demo.context, other, moved)
    assert "cannot be told apart" in str(act.reason)
    assert set(act.details or {}) == {"day", "config_digest", "moved"}
    assert list((act.details or {})["moved"]) == [COUNTED]
    with monkeypatch.context() as patched:
        patched.setattr(reconfigured, "_last", lambda *_: 1 / 0)
        (act,) = reconfigured.acts(demo.context, other, values)
    assert "by a fault of our own" in str(act.reason)


def test_what_is_withdrawn_takes_its_decisions_and_their_words(demo: Demo) -> None:
    demo.observe(ALDER)
    agreed(demo)
    agreed(demo, "o8rh-4wmf")
    purging.purge(demo.context, Scope(ALDER, "main", UNDECIDED), STEWARD, "asked by the city", AT)
    with demo.context.warehouse() as warehouse:
        assert [row["dataset_id"] for row in warehouse.reviews.rows("decision")] == ["o8rh-4wmf"]
    proposed, seconded = acts(demo, "decision.proposed"), acts(demo, "decision.seconded")
    assert [row["details"] is None for row in (*proposed, *seconded)] == [True, False, True, False]
    (withdrawn,) = acts(demo, "evidence.withdrawn")
    assert (withdrawn["by"], withdrawn["reason"]) == (STEWARD, "asked by the city")
    demo.observe(ALDER)
    assert decided_rows(demo)
    with demo.context.warehouse() as warehouse:
        run = warehouse.current_run(ALDER, DAY)
    named = judging.manifest_of(demo.context, str(run and run.results_attempt))["decided"]
    demo.context.lake.remove(judging.manifest_of(demo.context, named)["catalog"])
    (missing,) = verifying.verify(demo.context, DAY).missing
    assert f"catalog/{ALDER}" in missing


def test_a_crawl_is_accepted_with_a_row_in_the_audit(demo: Demo) -> None:
    lake: Lake = demo.context.lake
    folder = f"raw/{ALDER}/main/{DAY}/s"
    lake.commit(folder, {}, {"verdict": {"state": "held", "reason": "40 entries less than usual"}})
    assert work.accept(ALDER, "main", str(DAY), by="operator", reason="they were merged, says ops@alder.example") == 0
    (row,) = acts(demo, "crawl.accepted")
    assert (row["by"], row["city_id"], row["subject"]) == ("operator", ALDER, f"main {DAY}")
    assert row["reason"] == "they were merged, says (address left out)"
    assert json.loads(row["details"])["held"] == "40 entries less than usual"
    assert (lake.read_json(folder, "accepted.json") or {})["by"] == "operator"

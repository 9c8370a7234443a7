"""Decisions within the daily pipeline, on both databases: rows beside the measured ones, and what becomes of them."""

from __future__ import annotations

import json
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

    as_it_is = tables(demo.context)
    with monkeypatch.context() as patched:  # killed before its commit, and run again
        patched.setattr(committing, "_columns_of", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            demo.observe(ALDER)
    assert tables(demo.context) == as_it_is
    if demo.warehouse_url.startswith("sqlite"):
        observing.replay(demo.context, [ALDER], DAY, DAY)
        assert tables(demo.context) == as_it_is
    assert verifying.verify(demo.context, DAY).missing == ()

    _let_go(demo, key)


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


def test_folders_as_decided_are_no_orphans_while_they_are_cited(demo: Demo) -> None:
    demo.observe(ALDER)
    agreed(demo)
    demo.observe(ALDER)
    found = verifying.verify(demo.context, DAY)
    assert (found.missing, found.orphans) == ((), 0)
    with demo.context.warehouse() as warehouse:
        run = warehouse.current_run(ALDER, DAY)
        keeping.prune_attempts(demo.context, warehouse, utc_now() + timedelta(days=40))
    named = judging.manifest_of(demo.context, str(run and run.results_attempt))["decided"]
    assert judging.read_values(demo.context, named)
    demo.context.lake.remove(judging.manifest_of(demo.context, named)["catalog"])
    (missing,) = verifying.verify(demo.context, DAY).missing
    assert "catalog/" in missing


def change_file(demo: Demo, **changes: Any) -> None:
    path = demo.context.settings.cities / f"{ALDER}.yml"
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**told, **changes}, sort_keys=False), encoding="utf-8")


def test_what_a_changed_file_moved_by_itself(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    demo.observe(ALDER, as_of=str(FIRST))
    contact = {"email": "open@alder.example", "role": "open_data", "consent": "2026-01-01"}
    change_file(demo, name="Alder Falls, anew", contacts=[contact])
    demo.portals.change("alder-falls", "delete", "q4tf-6ncb")  # what the portal changes is in both
    demo.observe(ALDER)
    assert acts(demo, reconfigured.ACTION) == []  # a name moves no number

    change_file(demo, own={"link_hosts": ["county.alder.example"], "publishers": ["Alder County GIS"]}, contacts=[])
    before, folders = measured(demo), demo.context.lake.folders(f"catalog/{ALDER}/{DAY}")
    demo.observe(ALDER)
    (row,) = acts(demo, reconfigured.ACTION)
    details, now = json.loads(row["details"]), measured(demo)
    assert (row["by"], row["city_id"], row["subject"]) == ("civicgauge", ALDER, str(DAY))
    assert details["keys"] == ["own.link_hosts", "own.publishers"]
    assert "@" not in row["details"]
    moved = {i for i, value in now.items() if any(getattr(value, n) != getattr(before[i], n) for n in NUMBERS)}
    assert moved == set(details["moved"])
    for indicator_id, told in details["moved"].items():
        assert told["from"]["n_unknown"] == before[indicator_id].n_unknown
        assert told["to"]["value"] == now[indicator_id].value
    assert len(demo.context.lake.folders(f"catalog/{ALDER}/{DAY}")) == len(folders) + 1  # nothing of it is left

    demo.observe(ALDER)
    assert len(acts(demo, reconfigured.ACTION)) == 1  # the same file again
    _not_apart(demo, monkeypatch)


NUMBERS = ("value", "status", "n_unknown", "value_low", "value_high")


def _not_apart(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was not kept, and a fault of our own: both are said, and neither makes a day red."""
    with monkeypatch.context() as patched:
        patched.setattr(relanding, "kept_city", lambda *_: None)
        change_file(demo, own={})
        assert demo.observe(ALDER)[ALDER].outcome == "complete"
    row = acts(demo, reconfigured.ACTION)[-1]
    assert "cannot be told apart" in row["reason"]
    assert set(json.loads(row["details"])) == {"day", "config_digest", "moved"}

    with monkeypatch.context() as patched:
        patched.setattr(reconfigured, "_as_before", lambda *_: 1 / 0)
        change_file(demo, own={"publishers": ["Alder County GIS"]})
        assert demo.observe(ALDER)[ALDER].outcome == "complete"
    assert "by a fault of our own" in acts(demo, reconfigured.ACTION)[-1]["reason"]


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

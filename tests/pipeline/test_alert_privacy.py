"""Findings about personal data: who hears of them, in which words, and who does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from civicgauge import pipeline
from civicgauge.alerts.forms import DayFacts, Finding, State
from civicgauge.cli import alerts
from civicgauge.model import City, RunRecord
from civicgauge.pipeline.alerting import operations, running
from civicgauge.pipeline.alerting.previewing import preview
from civicgauge.pipeline.alerting.records import incident_row
from civicgauge.pipeline.alerting.source import Stored
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.exporting.reading import scope_of, tables_of
from civicgauge.pipeline.words import NOTICE
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.incidents import Decided
from tests.answers.world import CITY, HELD, HERE, INCIDENTS, LATE, NOW, PRIVATE, TITLES, TODAY, incident
from tests.homes import home_at
from tests.warehouse import days

AT = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
CONTACTS = """contacts:
  - {email: data@springvale.example, role: open_data, cadence: daily, consent: 2026-01-15}
  - {email: second@springvale.example, role: open_data, cadence: daily, consent: 2026-01-15}
  - {email: lead@springvale.example, role: escalation, consent: 2026-01-15}
  - {email: left@springvale.example, role: mayor, consent: 2099-01-15}
  - {email: privacy@springvale.example, role: privacy, consent: 2026-01-15}
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Context]:
    """A city with a point that is late, and one about personal data that was there at first sight."""
    with home_at(tmp_path / "home") as context:
        (context.settings.cities / f"{HERE}.yml").write_text(CITY.format(id=HERE, name="Springvale") + CONTACTS)
        rows = [days.dataset_row(i, TODAY, title=title) for i, title in TITLES.items()]
        record = days.run(f"run-{HERE}", TODAY, city_id=HERE)
        with context.warehouse() as warehouse:
            warehouse.commit(days.city_day(record, list(TITLES), datasets=rows))
            with warehouse.alerts.desk(HERE) as desk:
                desk.move(Decided(HERE, TODAY, TODAY, record.run_id, NOW, b""))
        yield context


def keep(context: Context, *names: str) -> None:
    """Write these incidents, opened today; those about personal data as ones of first sight."""
    found = [replace(INCIDENTS[name], is_baseline=name in (PRIVATE, HELD), opened_on=TODAY) for name in names]
    with context.warehouse() as warehouse, warehouse.alerts.desk(HERE) as desk:
        rows = [incident_row(each, opened_at=NOW, last_seen_at=NOW, resolved_at=None) for each in found]
        desk.save_incidents(rows)


def told(context: Context, at: datetime) -> list[tuple[str, str, str]]:
    """(address, kind, text) of what is queued in one turn."""
    with context.warehouse() as warehouse:
        turn = running.turn_with(Stored(context), warehouse, context.settings, at)
        queued = {each.notification_id for each in turn.queued}
        by_id = {row["contact_id"]: row["address"] for row in warehouse.alerts.contacts(HERE)}
        return [
            (
                by_id[row["contact_id"]],
                row["kind"],
                warehouse.alerts.content(row["notification_id"])["rendered"]["text"],
            )
            for row in warehouse.alerts.notifications()
            if row["notification_id"] in queued
        ]


def test_the_privacy_contact_alone_is_told_and_says_so(home: Context) -> None:
    keep(home, HELD)
    assert told(home, AT) == []
    keep(home, PRIVATE)
    ((address, kind, text),) = told(home, AT + timedelta(minutes=15))
    assert (address, kind) == ("privacy@springvale.example", "privacy")
    assert "Crashes since 2019" in text
    assert "Nobody else was sent this." in text


def test_a_digest_names_those_who_are_sent_it_too_and_nobody_else(home: Context) -> None:
    assert told(home, AT) == []
    keep(home, LATE, HELD)
    found = told(home, AT + timedelta(days=1))
    assert [(address, kind) for address, kind, _ in sorted(found)] == [
        ("data@springvale.example", "digest"),
        ("second@springvale.example", "digest"),
    ]
    for _, _, text in found:
        assert "Also sent to: open data." in text
        assert "personal data" not in text


def test_operators_hear_of_personal_data_only_that_something_waits(home: Context) -> None:
    """Their lines go to rooms, into Airflow's log and its XComs."""
    disputed = replace(incident(rule_id="personal_data_absent", dataset_id="budg-0001"), is_private=True)
    disputed = replace(disputed, state=State.DISPUTED, dispute="test-data", field="callback_number")
    keep(home, HELD, LATE)
    with home.warehouse() as warehouse:
        with warehouse.alerts.desk(HERE) as desk:
            desk.save_incidents([incident_row(disputed, opened_at=NOW, last_seen_at=NOW, resolved_at=None)])
        lines = "\n".join(operations.look(Stored(home), warehouse, home.settings, AT))
    assert f"since {TODAY}: {INCIDENTS[HELD].incident_key}\n" in lines
    assert f"{disputed.incident_key}: test-data" in lines
    for word in ("permit-01", "budg-0001", "callback_number"):
        assert word not in lines


def test_a_message_to_operators_is_harmless_and_says_what_it_is() -> None:
    told = operations.rendered_of("a run failed", ["a run failed", "  - main: \u202egpj.exe\x07 <b>", "x" * 9000])
    assert told.blocks == (("a run failed", ("a run failed", "  - main: gpj.exe <b>", "x" * 1999 + "…")),)
    assert "  - main: gpj.exe &lt;b&gt;" in told.html
    assert NOTICE in told.text
    assert NOTICE in told.html


def test_what_portals_say_moves_no_terminal_and_turns_no_question(
    home: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J\u202egpj.exe\n```\n[bold]" + "x" * 9000
    loud = replace(incident(), observed=hostile)
    hold = {"hold_id": "hold-1", "opened_at": NOW, "state": "open", "reason": "many", "cities_count": 1,
            "openings_count": 1, "days": [TODAY], "about": "news",
            "decided_at": None, "decided_by": None, "decided_reason": None}  # fmt: skip
    with home.warehouse() as warehouse:
        with warehouse.alerts.desk(HERE) as desk:
            desk.save_incidents([incident_row(loud, opened_at=NOW, last_seen_at=NOW, resolved_at=None)])
        warehouse.alerts.save_hold(hold)
    alerts.incidents(None, every=False, ops=False, as_json=False)
    printed = capsys.readouterr().out
    assert "gpj.exe" in printed
    assert "[bold]" in printed
    asked = pipeline.open_hold()
    assert asked is not None
    (line,) = asked["lines"]
    for shown in (printed, line):
        assert not set("\x1b\x07\u202e") & set(shown)
    assert len(line) <= 600
    assert line.isprintable()


class Days(Stored):
    """Two days of one city that find a late dataset and a sign of personal data, new on the second day."""

    def runs(self, warehouse: Warehouse, city_id: str, since: date | None = None) -> list[RunRecord]:
        return [days.run(f"run-{n}", TODAY + timedelta(days=n), city_id=city_id) for n in (0, 1, 2)]

    def facts(self, city: City, run: RunRecord) -> DayFacts:
        verdict = "passed" if run.day == TODAY else "failed"
        rules = ("update_on_time", "personal_data_absent")
        found = tuple(Finding("main", "permit-01", rule, verdict) for rule in rules)
        return DayFacts(city.id, run.day, True, found, frozenset(), run.started_at)


def test_a_preview_says_nothing_of_personal_data(home: Context) -> None:
    """It shows what cities would be told, and of that they are told nothing before a person looked."""
    source = Days(home)
    with home.warehouse() as warehouse:
        found = list(preview(source, warehouse, home.city(HERE), TODAY, TODAY + timedelta(days=5)))
    assert [each.incident.rule_id for each in found if each.incident] == ["update_on_time"]
    assert "personal_data_absent" in source.checks


@pytest.mark.parametrize(("audience", "n_private"), [("public", 0), ("city", 0), ("staff", 2)])
def test_tables_for_others_hold_no_finding_about_personal_data_and_no_address(
    home: Context, audience: str, n_private: int
) -> None:
    file = home.settings.cities / f"{HERE}.yml"
    file.write_text(file.read_text().replace("publication: private", "publication: public"))
    keep(home, PRIVATE, HELD, LATE)
    told(home, AT)
    with home.warehouse() as warehouse:
        record = days.run("again", TODAY, city_id=HERE)
        warehouse.commit(days.city_day(record, list(TITLES)))
        scope = scope_of(home, warehouse, None, audience)
        tables = {
            table.name: [row for batch in table.batches() for row in batch]
            for table in tables_of(home, warehouse, scope, audience, history=False)
        }
    rules = [rule for row in tables["incident"] for rule in row if rule in ("update_on_time", "personal_data_absent")]
    assert sorted(rules) == ["personal_data_absent"] * n_private + ["update_on_time"]
    assert ("incident_event" in tables) == ("notification" in tables) == (audience == "staff")
    assert not {"contact", "message", "answer", "notification_item"} & set(tables)
    assert "springvale.example" not in repr(tables).replace("data.us-mo-springvale.example", "")

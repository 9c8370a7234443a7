"""Letters as the demo cities could get them: the texts are those of the real checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import yaml

from civicgauge.alerts.forms import Notice, Severity, State, incident_key
from civicgauge.alerts.letters import Case, Entry, Letter, Recipient, StillOpen
from civicgauge.pipeline.words import NOTICE

EXPECTATIONS = Path(__file__).resolve().parents[2] / "expectations"
DAY = date(2026, 3, 3)
PORTAL = "data.alderfalls.example"
OURS = "https://civicgauge.example.org"
CONTACT = "observations@civicgauge.example.org"
RUN = "alder-falls-2026-03-03-1"

DATASETS = {
    "k7qw-3fzn": "Service Requests to 311",
    "r2hd-9kvc": "Restaurant Inspections",
    "w9jb-46pe": "Building Permits",
    "b3vu-7rwa": "Business Licences",
    "d8yk-f2mq": "Adopted Budget",
    "c5wg-8qtm": "Contracts and Purchase Orders",
    "h3nd-7vse": "Street Closures",
    "j4ky-9gwr": "Crime Incidents",
    "q4tf-6ncb": "Parks and Facilities",
    "t6cn-e5gs": "Employee Salaries",
}


def case(dataset: str, rule: str, notice: Notice = Notice.OPENED, **more) -> Case:
    """One incident of Alder Falls; `links=False` as where no public address is set."""
    key = incident_key("demo-alder-falls", "main", dataset, rule, more.get("column", ""))
    has_links = more.pop("links", True)
    actions = ("view", "fixed", "acknowledge", "snooze", "dispute")
    facts = {
        "severity": Severity.ERROR,
        "portal_title": PORTAL,
        "portal_kind": "socrata",
        "dataset_title": DATASETS[dataset],
        "permalink": f"https://{PORTAL}/d/{dataset}",
        "column": "",
        "since": DAY - timedelta(days=9),
        "last_ok_on": DAY - timedelta(days=10),
        "observed": "delinquent: 40 days since the data changed",
        "expected": "an update at least every day",
        "checked_at": datetime(2026, 3, 3, 12, 4, tzinfo=UTC),
        "evidence_url": f"https://{PORTAL}/api/views/{dataset}.json",
        "run_id": RUN,
        "links": {name: f"{OURS}/a/{key}/{name}?t={'x9Kq' * 11}" for name in actions} if has_links else {},
    }
    return Case(incident_key=key, notice=notice, **(facts | more))


def entry(rule: str, *cases: Case, n_cases: int = 0, **more) -> Entry:
    """An entry with the texts that stand in the check's own file."""
    (path,) = EXPECTATIONS.glob(f"*/{rule}.yml")
    told = yaml.safe_load(path.read_text())
    facts = {
        "rule_version": told["version"],
        "notice": cases[0].notice,
        "severity": min((each.severity for each in cases), key=lambda which: which.rank),
        "title": told["title"],
        "question": told["question"],
        "why": told["why"],
        "criteria": tuple(f"{each['standard']}: {each['criterion']}" for each in told["serves"]),
        "steps": {kind: tuple(steps) for kind, steps in told["fix"].items()},
        "mended_when": "Our check finds it in order on two days in a row; on the next one, where you told us.",
    }
    return Entry(rule_id=rule, cases=cases, n_cases=n_cases or len(cases), **(facts | more))


def letter(kind: str = "digest", language: str = "en", **more) -> Letter:
    """A letter to the open data lead of Alder Falls."""
    recipient = Recipient(
        contact_id="c1",
        city_id="demo-alder-falls",
        channel="mail",
        address="opendata@alderfalls.example",
        role="open_data",
        language=language,
        time_zone="America/Chicago",
    )
    pages = {name: f"{OURS}/c/{name}?t={'b7Rd' * 11}" for name in ("list", "cadence", "unsubscribe", "feedback")}
    facts = {"others_told": ("data_owner", "mayors_office"), "links": pages, "contact": CONTACT}
    return Letter(kind=kind, recipient=recipient, city_name="Alder Falls", day=DAY, **(facts | more))


def late(notice: Notice = Notice.OPENED, **more) -> Entry:
    """Building permits that are late."""
    return entry("update_on_time", case("w9jb-46pe", "update_on_time", notice, **more))


def broken_links(notice: Notice = Notice.OPENED) -> Entry:
    """Dead links in seven datasets, of which five are shown."""
    seen = "1 of 3 links broken since 2026-02-26: 404"
    shown = ("r2hd-9kvc", "d8yk-f2mq", "c5wg-8qtm", "b3vu-7rwa", "q4tf-6ncb")
    cases = [
        case(
            each,
            "links_work",
            notice,
            severity=Severity.WARNING,
            observed=seen,
            expected="every link answers with what it promises",
            since=date(2026, 2, 26),
            last_ok_on=date(2026, 2, 25),
        )
        for each in shown
    ]
    return entry("links_work", *cases, n_cases=7)


def mended(days: int = 12, notice: Notice = Notice.RESOLVED, dataset: str = "b3vu-7rwa", **more) -> Entry:
    """A table that had no rows for some days."""
    ended = {"ended_on": DAY - timedelta(days=1), "since": DAY - timedelta(days=days + 1), "state": State.RESOLVED}
    seen = {"observed": "1 of 1 table without a row", "expected": "at least one row", "severity": Severity.CRITICAL}
    return entry("rows_present", case(dataset, "rows_present", notice, **(ended | seen | more)))


def empty_table(**more) -> Entry:
    """A table that lost its rows."""
    seen = {"observed": "1 of 1 table without a row", "expected": "at least one row", "severity": Severity.CRITICAL}
    since = {"since": DAY - timedelta(days=1), "last_ok_on": DAY - timedelta(days=2)}
    return entry("rows_present", case("k7qw-3fzn", "rows_present", **(seen | since | more)))


def still(dataset: str, title: str, days: int, **more) -> StillOpen:
    """A line of what is still open."""
    facts = {"severity": Severity.WARNING, "state": State.OPEN}
    return StillOpen(
        rule_title=title,
        dataset_title=DATASETS[dataset],
        permalink=f"https://{PORTAL}/d/{dataset}",
        since=DAY - timedelta(days=days),
        **(facts | more),
    )


def digest(language: str = "en") -> Letter:
    """Everything that a digest may hold."""
    reminder = replace(late(), notice=Notice.REMINDER)
    reminded = case(
        "r2hd-9kvc",
        "update_on_time",
        Notice.REMINDER,
        since=DAY - timedelta(days=44),
        last_ok_on=None,
        observed="delinquent: 75 days since the data changed",
        expected="an update at least every 31 days",
    )
    return letter(
        language=language,
        asks=(late(), broken_links()),
        reminders=(replace(reminder, cases=(reminded,)),),
        ended=(
            mended(),
            mended(47, Notice.CLOSED, "h3nd-7vse", ended_reason="dataset_gone"),
        ),
        still_open=(
            still("d8yk-f2mq", "Columns are described", 75, state=State.ACKNOWLEDGED, until=DAY + timedelta(days=9)),
            still("c5wg-8qtm", "The licence is stated", 61, state=State.DISPUTED),
            still("t6cn-e5gs", "The description says what the data is", 33),
            still("j4ky-9gwr", "Data is updated as promised", 20, state=State.FIX_CLAIMED, severity=Severity.ERROR),
        ),
        n_still_open=6,
        n_asks_left=2,
    )


def week(language: str = "en") -> Letter:
    """A digest of an ordinary week."""
    links = broken_links()
    return replace(
        digest(language),
        asks=(late(), replace(links, cases=links.cases[:2], n_cases=2)),
        reminders=(),
        ended=(mended(),),
        n_still_open=4,
        n_asks_left=0,
    )


def privacy(language: str = "en", observed: str = "phone") -> Letter:
    """A column that may hold telephone numbers."""
    found = case(
        "k7qw-3fzn",
        "personal_data_absent",
        severity=Severity.CRITICAL,
        column="callback_number",
        observed=observed,
        expected="no column that looks like personal data",
        last_ok_on=None,
        since=DAY - timedelta(days=1),
    )
    return letter("privacy", language, asks=(entry("personal_data_absent", found),), others_told=())


def samples(language: str = "en") -> dict[str, Letter]:
    """One of each kind, and a digest in which all was mended; `digest` holds more than these."""
    from tests.alerts.editionletters import editions

    return {
        "digest": week(language),
        "critical": letter("critical", language, asks=(empty_table(),)),
        "resolved": letter(language=language, ended=(mended(),)),
        "baseline": letter(
            "baseline",
            language,
            baseline_points=(
                ("Datasets updated as often as promised", 6, 20),
                ("Datasets with an open licence", 7, 20),
                ("Datasets whose columns are all described", 12, 18),
                ("Datasets that name somebody to write to", 9, 20),
            ),
        ),
        "privacy": privacy(language),
        "answer": letter(
            "answer",
            language,
            answers=(late(Notice.STILL_FAILING), mended(12, Notice.CONFIRMED)),
        ),
        **editions(language),
    }


__all__ = ["CONTACT", "DAY", "NOTICE", "broken_links", "case", "digest", "empty_table", "entry", "late", "letter"]
__all__ += ["mended", "privacy", "samples", "still"]

"""What is read before a message is opened, or by programs: its subject, headers, facts and blocks."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from civicgauge.alerts.channels import Parcel, slack, teams
from civicgauge.alerts.channels.atom import _entry
from civicgauge.alerts.forms import Notice, Severity
from civicgauge.alerts.letters import Letter, Rendered
from civicgauge.alerts.message import render
from tests.alerts.letters import CONTACT, NOTICE, OURS, broken_links, digest, empty_table, late, letter, mended, samples
from tests.alerts.sendings import NOW


def told(given: Letter) -> Rendered:
    return render(given, notice=NOTICE)


@pytest.mark.parametrize(
    ("given", "subject"),
    [
        (digest(), "Alder Falls: 8 new, 1 reminder, 6 still open, 1 mended, 1 closed"),
        (
            letter(asks=(late(),)),
            "[error] Building Permits: delinquent: 40 days since the data changed – Alder Falls",
        ),
        (
            letter(asks=(late(observed="x" * 90),)),
            "[error] Building Permits: not found in order: Data is updated as promised – Alder Falls",
        ),
        (letter(asks=(late(),), n_still_open=3), "Alder Falls: 1 new, 3 still open"),
        (letter(ended=(mended(),)), "[mended] Business Licences: mended after 12 days – Alder Falls"),
        (letter(ended=(mended(), mended(40, dataset="d8yk-f2mq"))), "[mended] Alder Falls: 2 mended"),
        (
            letter("critical", asks=(empty_table(),)),
            "[critical] Service Requests to 311: 1 of 1 table without a row – Alder Falls",
        ),
        (
            letter("critical", asks=(empty_table(), replace(late(), severity=Severity.CRITICAL))),
            "[critical] Alder Falls: 2 points need you now",
        ),
        (
            letter("answer", answers=(late(Notice.STILL_FAILING),)),
            "[error] Building Permits: we looked again: not mended yet – Alder Falls",
        ),
        (letter(), "Alder Falls: nothing new"),
        (letter(language="es", asks=(late(), broken_links())), "Alder Falls: 8 nuevos"),
        (letter(language="es-MX", ended=(mended(1),)), "[resuelto] Business Licences: resuelto después de 1 día – "),
    ],
)
def test_subjects(given: Letter, subject: str) -> None:
    assert told(given).subject.startswith(subject)


def test_headers() -> None:
    headers = told(digest()).headers
    address = digest().links["unsubscribe"]
    assert headers["List-Unsubscribe"].startswith(f"<{address}>, <mailto:{CONTACT}?subject=unsubscribe")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Id"] == "civicgauge alerts for Alder Falls <demo-alder-falls.alerts.civicgauge.invalid>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["X-Auto-Response-Suppress"] == "All"
    assert headers["X-Civicgauge-Severity"] == "error"
    assert headers["X-Civicgauge-Kind"] == "digest"
    named = render(replace(digest(), city_name="San José"), notice=NOTICE, list_id_host="lists.example.org")
    assert named.headers["List-Id"] == "civicgauge alerts for San Jose <demo-alder-falls.alerts.lists.example.org>"


def test_only_https_is_one_click() -> None:
    plain = told(letter(links={"unsubscribe": "http://127.0.0.1:8080/u"}, contact=""))
    assert not {"List-Unsubscribe", "List-Unsubscribe-Post"} & set(plain.headers)


def test_facts_are_plain_json_and_references_go_through() -> None:
    rendered = render(digest(), notice=NOTICE, references=("<a@civicgauge.invalid>",))
    assert rendered.references == ("<a@civicgauge.invalid>",)
    facts = json.loads(json.dumps(rendered.facts))
    assert (facts["city_id"], facts["kind"], facts["day"]) == ("demo-alder-falls", "digest", "2026-03-03")
    assert len(facts["points"]) == 9
    assert facts["points"][0] == {
        "incident_key": late().cases[0].incident_key,
        "notice": "opened",
        "severity": "error",
        "rule_id": "update_on_time",
        "rule_version": 1,
        "portal": "data.alderfalls.example",
        "dataset": "Building Permits",
        "permalink": "https://data.alderfalls.example/d/w9jb-46pe",
        "column": "",
        "since": "2026-02-22",
        "observed": "delinquent: 40 days since the data changed",
        "expected": "an update at least every day",
    }


def test_blocks_are_for_chat() -> None:
    blocks = told(letter(asks=(late(),))).blocks
    headings = [heading for heading, _ in blocks]
    assert headings[1] == "[error · new] Building Permits: delinquent: 40 days since the data changed"
    assert all(lines and all(lines) for _, lines in blocks)
    several = repr(told(letter(asks=(broken_links(),))).blocks)
    assert all(each.dataset_title in several for each in broken_links().cases)


@pytest.mark.parametrize("kind", ["digest", "critical", "resolved", "baseline", "privacy", "answer", "at first sight"])
def test_rooms_and_feeds_get_no_link_that_acts_for_the_recipient(kind: str) -> None:
    """Many read them, and whoever holds a signed link answers as the contact, or unsubscribes it."""
    given = samples()[kind] if kind != "at first sight" else letter(asks=(late(),), n_first_seen=2)
    rendered = told(given)
    assert OURS in rendered.text
    post = Parcel("n1", "<n1@civicgauge.example>", "digest", NOW, given.recipient, rendered)
    feed = ET.tostring(_entry(post, NOTICE), encoding="unicode")
    for shown in (str(slack.payload(post, NOTICE)), str(teams.payload(post, NOTICE)), feed, repr(rendered.facts)):
        assert OURS not in shown
    for shown in (str(slack.payload(post, NOTICE)), str(teams.payload(post, NOTICE)), feed):
        assert shown.count(NOTICE) == 1
        assert "See every open point" not in shown

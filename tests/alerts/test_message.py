"""The message of a letter: everything that a person needs stands in it, whatever is known and in whatever language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from civicgauge.alerts.forms import Notice
from civicgauge.alerts.letters import Letter, Rendered
from civicgauge.alerts.message import render
from tests.alerts.letters import (
    CONTACT,
    NOTICE,
    broken_links,
    case,
    digest,
    entry,
    late,
    letter,
    mended,
    privacy,
    samples,
)
from tests.alerts.markup import Markup

LIVE = {"what", "why", "where", "since", "observed", "expected", "evidence", "reference", "decided", "bears", "rule"}
ENDED = {"what", "where", "observed", "evidence", "reference", "rule"}
ABOUT = {"told", "silence", "wrong", "reason", "unsubscribe", "person"}
LISTS = {
    Notice.REMINDER: "reminders",
    Notice.RESOLVED: "ended",
    Notice.CLOSED: "ended",
    Notice.CONFIRMED: "answers",
    Notice.STILL_FAILING: "answers",
}


def told(given: Letter) -> Rendered:
    return render(given, notice=NOTICE)


def of(kind: str, notice: Notice, language: str, known: str) -> Letter:
    """A letter with one entry; `known` says how much is known: everything, nothing, or everything but our address."""
    given = late(notice) if notice not in (Notice.RESOLVED, Notice.CLOSED, Notice.CONFIRMED) else mended(notice=notice)
    if known == "nothing":
        bare = replace(
            given.cases[0],
            **dict.fromkeys(("observed", "expected", "dataset_title", "permalink", "evidence_url", "column"), ""),
            **dict.fromkeys(("portal_title", "portal_kind", "run_id"), ""),
            last_ok_on=None,
            ended_on=None,
            ended_reason=None,
            links={},
        )
        given = replace(given, why="", question="", criteria=(), steps={}, mended_when="", cases=(bare,))
    if known == "no address":
        given = replace(given, cases=(replace(given.cases[0], links={}),))
    bare = {} if known == "everything" else {"links": {}, "others_told": ()}
    bare |= {"contact": "", "next_look": "", "cadence": ""} if known == "nothing" else {}
    return letter(kind, language, **{LISTS.get(notice, "asks"): (given,)}, **bare)


@pytest.mark.parametrize("known", ["everything", "nothing", "no address"])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("notice", list(Notice))
@pytest.mark.parametrize("kind", ["digest", "critical", "answer", "privacy"])
def test_no_part_is_empty(kind: str, notice: Notice, language: str, known: str) -> None:
    rendered = told(of(kind, notice, language, known))
    markup = Markup(rendered.html)
    parts = {part for part, _, _ in markup.rows}
    has_ended = notice in (Notice.RESOLVED, Notice.CLOSED, Notice.CONFIRMED)
    outcome = {"closed"} if notice is Notice.CLOSED else {"mended"}
    assert parts >= ABOUT | (ENDED | outcome if has_ended else LIVE)
    assert has_ended or known == "everything" or "answer" in parts  # then it says how to answer without a link
    whole = " ".join(rendered.text.split())
    for part, label, said in markup.rows:
        assert label
        assert said, part
        assert label in whole
        assert said.split()[-1] in whole
    assert all(text for tag, text in markup.texts if tag in ("h1", "h2", "h3", "h4", "p", "li", "div", "a", "title"))
    assert has_ended or "<ol" in rendered.html  # numbered steps
    assert "None" not in whole
    assert not re.search(r"%\(\w+\)|\(\)|: ?;|  ", whole)


def test_the_kinds_of_personal_data_are_told_and_nothing_else_of_the_evidence() -> None:
    """The evidence as the shipped check writes it; a column's name may be a value, where a file lacks its header."""
    seen = "2 of 9 columns may contain personal data: Jane Doe (phone), box (email) and 3 more"
    rendered = told(privacy(observed=seen))
    said = "may contain personal data (e-mail addresses and telephone numbers)"
    assert said in rendered.subject
    assert said in " ".join(rendered.text.split())
    assert "Jane Doe" not in rendered.text + rendered.html + repr(rendered.blocks) + repr(rendered.facts)


def test_a_privacy_contact_is_promised_no_digest() -> None:
    assert "digest" in told(samples()["critical"]).text
    assert "digest" not in told(samples()["privacy"]).text


@pytest.mark.parametrize("language", ["en", "es", "xx", ""])
@pytest.mark.parametrize("kind", ["digest", "critical", "resolved", "baseline", "privacy", "answer"])
def test_every_sample_says_what_this_is_and_what_it_is_not(kind: str, language: str) -> None:
    rendered = told(samples(language)[kind])
    markup = Markup(rendered.html)
    assert ("lang", "es" if language == "es" else "en") in markup.attributes
    notice = "Observaciones automáticas" if language == "es" else "Automated observations of public portals; not an"
    assert notice in rendered.html
    assert notice in " ".join(rendered.text.split())
    said = " ".join([rendered.subject, rendered.text, rendered.html]).lower()
    for word in ("certified", "meets", "fails", "non-compliant"):
        assert word not in said
    assert "<img" not in rendered.html
    assert "url(" not in rendered.html
    assert "@media (prefers-color-scheme: dark)" in rendered.html
    assert all(href.startswith(("https://", "mailto:")) for href in markup.links)


def test_text_is_wrapped_and_its_links_are_whole() -> None:
    rendered = told(digest())
    for line in rendered.text.splitlines():
        assert len(line) <= 72 or line.strip().startswith("https://"), line
    for entry_ in (*digest().asks, *digest().reminders):
        for each in entry_.cases:
            assert each.permalink in rendered.text
            assert each.links["view"] in rendered.text
            assert each.links["view"] in rendered.html
            is_one = len(entry_.cases) == 1  # several have a page each, which holds the other answers
            assert all((each.links[name] in rendered.text) == is_one for name in ("fixed", "snooze", "dispute"))


def test_a_digest_goes_from_what_is_asked_to_what_is_open() -> None:
    rendered = told(digest())
    headings = [text for tag, text in Markup(rendered.html).texts if tag == "h2"]
    assert headings == [
        "Needs action",
        "Reminders",
        "Mended or closed since the last message",
        "Still open",
        "About this message",
    ]
    assert "2 more wait for the next message." in rendered.html
    assert "mended after 12 days" in rendered.html
    assert "The portal itself says that the dataset is no longer there." in rendered.html
    table = rendered.html.partition("Where and what")[2]
    assert table.index("Adopted Budget") < table.index("Contracts") < table.index("Crime Incidents")
    assert "and 2 more" in table  # six are open, four are listed


def test_what_closed_is_not_praised() -> None:
    closed = told(letter(ended=(mended(notice=Notice.CLOSED, ended_reason="rule_changed"),)))
    assert "Thank you" not in closed.text
    assert "We changed the rule" in " ".join(closed.text.split())
    assert closed.subject == "[closed] Business Licences: closed after 12 days – Alder Falls"


def test_many_cases_of_one_rule_are_one_entry() -> None:
    rendered = told(letter(asks=(broken_links(),)))
    assert rendered.text.count("Why it matters") == 1
    assert "and 2 more" in rendered.text
    assert rendered.text.count("Observed:") == 5
    assert rendered.text.count("every link answers with what it promises") == 1
    assert "[warning · new]" in rendered.text


def test_steps_say_for_which_platform_they_are() -> None:
    both = entry(
        "update_on_time",
        case("w9jb-46pe", "update_on_time"),
        case("k7qw-3fzn", "update_on_time", portal_kind="ckan", portal_title="ckan.alderfalls.example"),
    )
    rendered = told(letter(asks=(both,)))
    assert "How to mend it on Socrata" in rendered.html
    assert "How to mend it on CKAN" in rendered.html
    assert "datastore_upsert" in rendered.html
    assert "datastore_upsert" not in told(letter(asks=(late(),))).html


def test_without_a_public_address_it_says_how_to_answer() -> None:
    given = late(links=False)
    rendered = told(letter(asks=(given,), links={}))
    key = given.cases[0].incident_key
    said = " ".join(rendered.text.split())
    assert f"To answer, write to {CONTACT} and name the reference {key}." in said
    assert f"mailto:{CONTACT}?subject={key}" in rendered.html
    assert f"Write “unsubscribe” to {CONTACT}." in said
    assert "List-Unsubscribe-Post" not in rendered.headers
    assert rendered.headers["List-Unsubscribe"] == f"<mailto:{CONTACT}?subject=unsubscribe%20demo-alder-falls>"


def test_a_baseline_asks_nothing() -> None:
    rendered = told(samples()["baseline"])
    said = " ".join(rendered.text.split())
    assert rendered.subject == "Alder Falls: what we saw at first sight – a feedback report, nothing to answer"
    assert "6 of 20 not found in order" in said
    assert "There are no reminders, unless you accept a date" in said
    assert "What gets mended is told too, with thanks." in said
    assert "I mended it" not in said
    assert told(letter("baseline")).text.count("Nothing that can be seen from outside needs mending.") == 1


SECRET = "078-05-1120"


@pytest.mark.parametrize("observed", [f"ssn: {SECRET}", SECRET, f"{SECRET} in 3 cells", "phone"])
def test_a_message_on_personal_data_never_shows_a_value(observed: str) -> None:
    given = privacy(observed=observed)
    cases = (replace(given.asks[0].cases[0], expected=SECRET, evidence_url=f"https://x.example/?q={SECRET}"),)
    rendered = told(replace(given, asks=(replace(given.asks[0], cases=cases),)))
    everything = repr(rendered)
    assert SECRET not in everything
    assert "may contain personal data" in rendered.subject
    assert "callback_number" in rendered.text
    assert rendered.subject.startswith("[critical] Service Requests to 311: may contain personal data")


def test_long_times_are_said_in_plain_words() -> None:
    said = told(letter(asks=(late(since=date(2025, 12, 18)),))).text
    assert "December 18, 2025 (75 days (about 2 months))" not in said
    assert "December 18, 2025 (75 days, about 2 months)" in " ".join(said.split())
    assert "about 3 years" in " ".join(told(letter(asks=(late(since=date(2023, 3, 3)),))).text.split())

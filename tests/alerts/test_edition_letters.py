"""Letters about an edition: what they say of each news, without links, with hostile words, and when there is much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from civicgauge.alerts.editions import Contested, Figure, News
from civicgauge.alerts.letters import Rendered
from civicgauge.alerts.message import render
from civicgauge.alerts.message.figures import figure
from civicgauge.alerts.message.limits import LARGEST_BYTES
from civicgauge.alerts.message.words import in_language
from tests.alerts.editionletters import DISPUTES, ERRATUM, ID, LINKS, edition
from tests.alerts.letters import NOTICE, OURS

SCRIPT = "<script>alert(1)</script> \u202e=1+1 {{7*7}}"


def told(which: News, **more: object) -> Rendered:
    return render(edition(which, **more), notice=NOTICE)


def plain(rendered: Rendered) -> str:
    return " ".join(rendered.text.replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("which", "words"),
    [
        (News.PREVIEW, ["until the end of March 17, 2026", "46 numbers", "For 6 of them", "now 62.0 % before 81.0 %"]),
        (News.REMINDER, ["We have not heard from your city so far.", "nothing is to be done", "March 17, 2026"]),
        (News.DECIDED, ["[upheld]", "[not upheld]", "It now holds: 62.0 %", "you can appeal for 4 years", f"{ID}-d1"]),
        (News.FROZEN, ["signed by two people and frozen on March 23, 2026", "Appeals until: March 2, 2030"]),
        (News.ERRATUM, ["Before: 62.0 %", "Now: 50.0 %", "Why: Counted twice.", "You can appeal until March 2, 2030."]),
    ],
)
def test_each_news_says_what_it_is_and_what_can_be_done(which: News, words: list[str]) -> None:
    rendered = told(which)
    assert [each for each in words if each not in plain(rendered)] == []
    assert all(link in rendered.text and link in rendered.html for link in LINKS.values())


def test_without_links_it_says_whom_to_write_to() -> None:
    rendered = told(News.PREVIEW, links={})
    assert f"write to observations@civicgauge.example.org and name the reference {ID}" in plain(rendered)
    closed = told(News.DECIDED, links={}, is_open=False)
    assert "name the reference" not in plain(closed)  # the preview is over, and nothing is frozen yet


@pytest.mark.parametrize("which", News)
def test_rooms_and_feeds_get_no_link_that_acts_and_no_number_before_it_is_frozen(which: News) -> None:
    rendered = told(which)
    said = str(rendered.blocks)
    assert OURS not in said
    assert ("62.0" in said) is (which is News.ERRATUM)
    assert rendered.facts["edition"]["news"] == which
    assert bool(rendered.facts["edition"]["errata"]) is (which is News.ERRATUM)


def test_hostile_words_stay_words() -> None:
    dispute = replace(DISPUTES[0], claim=SCRIPT, answer=SCRIPT, about=SCRIPT)
    erratum = replace(ERRATUM, reason=SCRIPT, title=SCRIPT)
    letters = told(News.DECIDED, disputes=(dispute,), title=SCRIPT), told(News.ERRATUM, errata=(erratum,), title=SCRIPT)
    for rendered in letters:
        assert "<script" not in rendered.html
        assert "&lt;script&gt;alert(1)" in rendered.html
        assert "\u202e" not in rendered.text + rendered.html + rendered.subject + str(rendered.facts)


def test_a_hundred_decisions_are_one_message_that_a_mail_program_shows_whole() -> None:
    many = tuple(Contested(f"{ID}-d{n}", "A number", "x" * 500, False, False, "y" * 500) for n in range(100))
    rendered = told(News.DECIDED, disputes=many)
    assert len(rendered.html) + len(rendered.text) < LARGEST_BYTES
    assert "more are not shown here" in plain(rendered)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (Figure(0.625, "share", "ok"), "62.5 %"),
        (Figure(1, "days", "ok"), "1 day"),
        (Figure(1234.5, "days", "ok"), "1,234.5 days"),
        (Figure(1, "years", "ok"), "1 year"),
        (Figure(0.5, "cycles", "ok"), "0.50"),
        (Figure(12, "datasets", "ok"), "12"),
        (Figure(None, "share", "insufficient", 0.0, 1.0), "too much is unknown"),
        (Figure(None, "share", "insufficient", 0.2, 1.0), "too much is unknown: at least 20.0 %"),
        (Figure(None, "share", "insufficient", 0.0, 0.5), "too much is unknown: at most 50.0 %"),
        (Figure(None, "share", "not_applicable"), "applies to nothing in your city"),
        (Figure(None, "share", "error"), "no value, by a fault of our own"),
    ],
)
def test_a_number_in_words(number: Figure, words: str) -> None:
    assert figure(in_language("en"), number).replace("\u00a0", " ") == words

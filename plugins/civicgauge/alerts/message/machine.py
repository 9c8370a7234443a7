"""What is read without a mail program: blocks for rooms and feeds, and facts for other programs.

Rooms and feeds have many readers: no signed link stands in either, for whoever holds one acts as the contact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from civicgauge import clean
from civicgauge.alerts.letters import Case, Entry, Letter
from civicgauge.alerts.message import editions
from civicgauge.alerts.message.view import EntryView, Page, Section, Text

_MOST_BLOCKS = 12  # chat channels cut long messages; the mail and the page hold everything
_MOST_FACTS = 250
_PARTS = ("where", "since", "observed", "expected", "mended", "closed", "evidence", "reference", "answer")
_OF_EDITIONS = ("until", "next", "old", "new")  # what was said and answered is the city's own matter


def blocks(page: Page, letter: Letter) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(heading, lines) of each entry and of the tables, without the letter's signed links.

    The notice is none of them: each channel adds it itself.
    """
    plain = _Plain(letter)
    found = [(page.title, tuple(plain.line(text) for text in page.lead))]
    shown = (section for section in page.sections if section.part not in editions.SECRET_PARTS)
    found += [block for section in shown for block in _of_section(section, plain)]
    return tuple(found[:_MOST_BLOCKS])


class _Plain:
    """Texts with the addresses behind them, but for those that act for the letter's recipient."""

    def __init__(self, letter: Letter) -> None:
        entries = (*letter.asks, *letter.answers, *letter.reminders, *letter.ended)
        cases = (case for entry in entries for case in entry.cases)
        about = letter.edition.links if letter.edition else {}
        links = (letter.links, about, *(case.links for case in cases))
        self._own = frozenset(clean.address(link) for each in links for link in each.values())

    def line(self, text: Text) -> str:
        is_shown = text.href.startswith("http") and text.href not in self._own
        return f"{text.text} ({text.href})" if is_shown else text.text

    def lines(self, texts: Iterable[Text]) -> tuple[str, ...]:
        """Without those that are a link of the recipient's."""
        return tuple(self.line(text) for text in texts if not text.href or text.href not in self._own)


def _of_section(section: Section, plain: _Plain) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in section.entries:
        yield _heading(entry), tuple(_of_entry(entry, plain))
    if not section.entries:
        rows = section.table.lines if section.table else ()
        listed = (" – ".join(plain.line(text) for cell in row for text in cell) for row in rows[:10])
        after = (section.after,) if section.after else ()
        yield section.heading, (*plain.lines(section.intro), *listed, *after)


def _heading(entry: EntryView) -> str:
    said = "; ".join(text.text for text in entry.saying)
    return f"[{entry.badge}] {entry.heading.text}{said and f': {said}'}"


def _of_entry(entry: EntryView, plain: _Plain) -> Iterator[str]:
    for row in entry.before:
        if row.part in _OF_EDITIONS:
            yield f"{row.label}: {' – '.join(plain.line(text) for text in row.values)}"
    for case in entry.cases:
        if case.title:
            yield plain.line(case.title)
        for row in case.rows:
            if row.part in _PARTS:
                yield f"{row.label}: {' – '.join(plain.line(text) for text in row.values)}"
    if entry.more:
        yield entry.more


def facts(letter: Letter) -> dict[str, Any]:
    """Plain JSON: which points of which rules, and what was seen; of personal data only that there may be some."""
    entries = (*letter.asks, *letter.answers, *letter.reminders, *letter.ended)
    pairs = ((entry, case) for entry in entries for case in entry.cases)
    points = [_point(letter, entry, case) for entry, case in islice(pairs, _MOST_FACTS)]
    told = {
        "city_id": letter.recipient.city_id,
        "kind": letter.kind,
        "day": letter.day.isoformat(),
        "points": points,
    }
    return told | ({"edition": editions.facts(letter.edition)} if letter.edition else {})


def _point(letter: Letter, entry: Entry, case: Case) -> dict[str, Any]:
    is_private = letter.kind == "privacy"
    return {
        "incident_key": clean.line(case.incident_key, 40),
        "notice": str(case.notice),
        "severity": str(case.severity),
        "rule_id": clean.line(entry.rule_id, 60),
        "rule_version": entry.rule_version,
        "portal": clean.line(case.portal_title, 200),
        "dataset": clean.line(case.dataset_title, 200),
        "permalink": clean.address(case.permalink),
        "column": clean.line(case.column, 200),
        "since": case.since.isoformat(),
        "observed": "may contain personal data" if is_private else clean.line(case.observed, 400),
        "expected": "no column that may contain personal data" if is_private else clean.line(case.expected, 400),
    }

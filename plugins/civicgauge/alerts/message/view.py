"""The contract between what a message says and its templates: sections, entries, cases, rows of texts.

Every text in here is harmless and in the reader's language; text and HTML say the same because both show this.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A text on a line of its own. `lang` where it is not the message's; `is_portals` where a portal wrote it."""

    text: str
    href: str = ""
    lang: str = ""
    is_portals: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the anatomy: `part` names it for programs and tests, `label` for people."""

    part: str
    label: str
    values: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered steps on one kind of platform."""

    heading: str
    steps: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """One incident; without a `title`, the entry's heading names it. One with a title is one among several: shorter."""

    title: Text | None
    rows: tuple[Row, ...]
    answers: tuple[Text, ...]  # links, the first is the main one


@dataclass(frozen=True, slots=True)
class EntryView:
    """Cases of one rule. `tone` is the severity, or `mended`, or `closed`: it chooses the colour.

    The rows of its rule stand `before` the cases and `after` the steps.
    """

    tone: str
    has_ended: bool
    badge: str
    heading: Text
    saying: tuple[Text, ...]
    before: tuple[Row, ...]
    cases: tuple[CaseView, ...]
    more: str
    steps: tuple[Steps, ...]
    after: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts with its headings."""

    headings: tuple[str, ...]
    lines: tuple[tuple[tuple[Text, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the message under a heading."""

    part: str
    heading: str
    intro: tuple[Text, ...] = ()
    entries: tuple[EntryView, ...] = ()
    table: Table | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The whole message."""

    language: str
    subject: str
    title: str
    lead: tuple[Text, ...]
    sections: tuple[Section, ...]
    about_heading: str
    about: tuple[Row, ...]
    notice: Text

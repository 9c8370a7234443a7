"""A letter as a page: its lead, its sections in the order in which they matter, and what stands below every message."""

from __future__ import annotations

from collections.abc import Iterator

from civicgauge import clean
from civicgauge.alerts.editions import EditionNews
from civicgauge.alerts.forms import Notice
from civicgauge.alerts.letters import Entry, Letter
from civicgauge.alerts.message import about, editions, tables
from civicgauge.alerts.message.entries import entry_view
from civicgauge.alerts.message.limits import Limits
from civicgauge.alerts.message.subject import counted, subject
from civicgauge.alerts.message.view import Page, Section, Text
from civicgauge.alerts.message.words import SOURCE, in_language
from civicgauge.alerts.message.writing import Writing
from civicgauge.errors import CivicgaugeError


def page(letter: Letter, notice: str, limits: Limits) -> Page:
    """Everything that is said, at most as much as `limits` allows; `notice` stands at its end."""
    writing = Writing(letter, in_language(letter.recipient.language), limits)
    notice = clean.line(notice, 400)
    translated = writing.words.known(notice)
    is_foreign = translated is None and writing.words.language != SOURCE
    return Page(
        language=writing.words.language,
        subject=subject(writing),
        title=_title(writing),
        lead=tuple(_lead(writing)),
        sections=tuple(_sections(writing)),
        about_heading=writing.words.say("About this message"),
        about=tuple(about.rows(writing)),
        notice=Text(translated or notice, lang=SOURCE if is_foreign else ""),
    )


def _title(writing: Writing) -> str:
    say, city = writing.words.say, writing.city
    match writing.letter.kind:
        case "digest":
            return say("%(city)s: news of your open data", city=city)
        case "critical":
            return say("%(city)s: open data that needs you now", city=city)
        case "privacy":
            return say("%(city)s: a table may contain personal data", city=city)
        case "answer":
            return say("%(city)s: we looked again", city=city)
        case "baseline":
            return say("%(city)s: what we saw at first sight", city=city)
        case "edition":
            return editions.title(writing, _edition(writing.letter))


def _lead(writing: Writing) -> Iterator[Text]:
    letter, words = writing.letter, writing.words
    day = words.date(letter.day)
    match letter.kind:
        case "baseline":
            yield Text(
                words.say(
                    "On %(day)s we looked at the open data of %(city)s for the first time. This is a feedback report: "
                    "there is nothing to answer.",
                    day=day,
                    city=writing.city,
                )
            )
        case "privacy":
            yield Text(
                words.say(
                    "As of %(day)s, names of columns or the form of a few values suggest that a public table may "
                    "contain personal data. It is a suspicion and says nothing about anybody; no value is kept or "
                    "shown here. Please look at it soon, and do not forward this message further than needed.",
                    day=day,
                )
            )
        case "edition":
            yield editions.lead(writing, _edition(letter))
        case _:
            parts = counted(letter, words)
            said = words.say("nothing new") if not parts else "; ".join(parts)
            yield Text(words.say("As of %(day)s: %(news)s.", day=day, news=said))
    if letter.n_first_seen:
        yield Text(
            words.plural(
                "%(n)s point was noticed at first sight. It stands in the feedback report; nothing is asked.",
                "%(n)s points were noticed at first sight. They stand in the feedback report; nothing is asked.",
                letter.n_first_seen,
            ),
            href=writing.own(letter.links, "feedback"),
        )
    if words.language != SOURCE and _has_entries(letter):
        yield Text(words.say("Titles, questions, reasons and steps come from our rules, which are written in English."))


def _edition(letter: Letter) -> EditionNews:
    """What a letter of the kind edition tells; CivicgaugeError where it tells nothing: a fault of ours."""
    if letter.edition is None:
        raise CivicgaugeError("a letter about an edition that names none")
    return letter.edition


def _has_entries(letter: Letter) -> bool:
    return bool(letter.asks or letter.answers or letter.reminders or letter.ended or letter.baseline_points)


def _sections(writing: Writing) -> Iterator[Section]:
    letter = writing.letter
    say = writing.words.say
    if letter.kind == "baseline":
        yield from tables.baseline(writing)
    if letter.edition:
        yield from editions.sections(writing, letter.edition)
    if letter.asks:
        yield _asks(writing)
    if letter.answers:
        yield _section(writing, "answers", say("What you told us"), letter.answers)
    if letter.reminders:
        intro = say("We told you of these before, and they are still open.")
        yield _section(writing, "reminders", say("Reminders"), letter.reminders, intro)
    if letter.ended:
        yield _ended(writing)
    if letter.still_open or letter.n_still_open:
        yield tables.still_open(writing)


def _asks(writing: Writing) -> Section:
    letter, words = writing.letter, writing.words
    intro = {
        "critical": words.say("This is told at once, because data is gone, wrong, or cannot be used at all."),
        "privacy": words.say("Only the people named below hear of this. It goes into no indicator and on no page."),
    }.get(letter.kind, words.say("These are new, back, or worse than before. The steps say how to mend each."))
    section = _section(writing, "asks", words.say("Needs action"), letter.asks, intro)
    if not letter.n_asks_left:
        return section
    waiting = words.plural(
        "%(n)s more waits for the next message.", "%(n)s more wait for the next message.", letter.n_asks_left
    )
    return Section(section.part, section.heading, section.intro, section.entries, None, f"{waiting} {section.after}")


def _ended(writing: Writing) -> Section:
    ended, say = writing.letter.ended, writing.words.say
    has_mended = any(entry.notice is not Notice.CLOSED for entry in ended)
    has_closed = any(entry.notice is Notice.CLOSED for entry in ended)
    if has_mended and has_closed:
        heading = say("Mended or closed since the last message")
    else:
        heading = say("Mended since the last message") if has_mended else say("Closed since the last message")
    intro = say("Thank you for what was mended.") if has_mended else say("Nothing is asked of you here any more.")
    return _section(writing, "ended", heading, ended, intro)


def _section(writing: Writing, part: str, heading: str, entries: tuple[Entry, ...], intro: str = "") -> Section:
    most = writing.limits.asks if part == "asks" else writing.limits.others
    shown = entries[:most]
    left = sum(max(entry.n_cases, len(entry.cases)) for entry in entries[most:])
    after = (
        writing.words.plural(
            "%(n)s more is not shown here, for length.", "%(n)s more are not shown here, for length.", left
        )
        if left
        else ""
    )
    return Section(
        part,
        heading,
        intro=(Text(intro),) if intro else (),
        entries=tuple(entry_view(writing, entry) for entry in shown),
        after=after,
    )

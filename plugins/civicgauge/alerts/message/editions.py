"""What a message about an edition says: its preview, the reminder, what was decided, that it is frozen, its errata."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from civicgauge import clean
from civicgauge.alerts.editions import EditionNews, News
from civicgauge.alerts.message import editioncards, figures
from civicgauge.alerts.message.view import EntryView, Section, Text
from civicgauge.alerts.message.writing import Writing

SECRET_PARTS = frozenset({"differs", "without"})
"""Sections that hold numbers which nobody else sees before they are frozen."""


def title(writing: Writing, news: EditionNews) -> str:
    """The message's own heading."""
    say, city = writing.words.say, writing.city
    match news.news:
        case News.PREVIEW:
            return say("%(city)s: a preview of your numbers", city=city)
        case News.REMINDER:
            return say("%(city)s: the preview of your numbers ends soon", city=city)
        case News.DECIDED:
            return say("%(city)s: what you contested is decided", city=city)
        case News.FROZEN:
            return say("%(city)s: an edition with your numbers is frozen", city=city)
        case News.ERRATUM:
            return say("%(city)s: a number of an edition is corrected", city=city)


def subject(writing: Writing, news: EditionNews) -> str:
    """The subject: the city, the edition, and the day where there is one to keep."""
    words = writing.words
    told = {"city": writing.city, "edition": clean.line(news.title, 60)}
    day = words.date(news.until)
    match news.news:
        case News.PREVIEW:
            return words.say("%(city)s: look through your numbers of “%(edition)s” until %(day)s", day=day, **told)
        case News.REMINDER:
            return words.say("[reminder] %(city)s: the preview of “%(edition)s” ends on %(day)s", day=day, **told)
        case News.DECIDED:
            return words.say("%(city)s: what you contested in “%(edition)s” is decided", **told)
        case News.FROZEN:
            return words.say("%(city)s: “%(edition)s” is frozen", **told)
        case News.ERRATUM:
            return words.say("%(city)s: a number of “%(edition)s” is corrected", **told)


def lead(writing: Writing, news: EditionNews) -> Text:
    """The first sentence: what happened, and what can be done."""
    words = writing.words
    told = {"edition": clean.line(news.title, 160), "city": writing.city}
    day = words.date(news.until)
    match news.news:
        case News.PREVIEW:
            said = words.say(
                "“%(edition)s” is an edition: numbers of many cities that people look through, sign and freeze, so "
                "that they can be cited. Before that you can look through those of %(city)s and contest what is wrong, "
                "until the end of %(day)s.",
                day=day,
                **told,
            )
        case News.REMINDER:
            said = words.say(
                "You can look through the numbers of %(city)s in “%(edition)s” and contest what is wrong until the end "
                "of %(day)s. We have not heard from your city so far. Where all is right, nothing is to be done.",
                day=day,
                **told,
            )
        case News.DECIDED:
            said = words.say("A person looked into what %(city)s contested in “%(edition)s”.", **told)
        case News.FROZEN:
            frozen = words.date(news.frozen_on) if news.frozen_on else ""
            said = words.say(
                "“%(edition)s” was signed by two people and frozen on %(frozen)s. Its numbers of %(city)s stay as they "
                "are; what turns out to be wrong is corrected by an erratum beside them.",
                frozen=frozen,
                **told,
            )
        case News.ERRATUM:
            said = words.say(
                "A number of %(city)s in “%(edition)s” was corrected. The old and the new one stand side by side.",
                **told,
            )
    return Text(said)


def sections(writing: Writing, news: EditionNews) -> Iterator[Section]:
    """What follows: cards with what there is to do, and the numbers that are worth a look."""
    say = writing.words.say
    match news.news:
        case News.DECIDED:
            cards = [editioncards.decided(writing, news, each) for each in news.disputes]
            yield _several(writing, "decided", say("What was decided"), cards)
        case News.ERRATUM:
            cards = [editioncards.corrected(writing, news, each) for each in news.errata]
            yield _several(writing, "errata", say("What is corrected"), cards)
        case _:
            yield Section("edition", say("The edition"), entries=(editioncards.card(writing, news),))
    if news.differs:
        yield figures.differing(writing, news)
    if news.without:
        yield figures.without(writing, news)


def _several(writing: Writing, part: str, heading: str, entries: Sequence[EntryView]) -> Section:
    shown = entries[: writing.limits.others]
    left = len(entries) - len(shown)
    after = (
        writing.words.plural(
            "%(n)s more is not shown here, for length.", "%(n)s more are not shown here, for length.", left
        )
        if left
        else ""
    )
    return Section(part, heading, entries=tuple(shown), after=after)


def facts(news: EditionNews) -> dict[str, object]:
    """Plain JSON: which edition, what of it, and the numbers that everybody with the edition sees."""
    return {
        "edition_id": clean.line(news.edition_id, 60),
        "news": str(news.news),
        "ids": [clean.line(each, 80) for each in news.ids],
        "until": news.until.isoformat(),
        "n_values": news.n_values,
        "errata": [
            {
                "erratum_id": clean.line(each.erratum_id, 80),
                "number": clean.line(each.title, 200),
                "old": each.old.value,
                "old_status": each.old.status,
                "new": each.new.value,
                "new_status": each.new.status,
            }
            for each in news.errata
        ],
    }

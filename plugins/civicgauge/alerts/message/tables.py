"""The two tables of messages: what is still open, and what was seen at first sight."""

from __future__ import annotations

from collections.abc import Iterator

from civicgauge import clean
from civicgauge.alerts.letters import StillOpen
from civicgauge.alerts.message import phrases
from civicgauge.alerts.message.view import Section, Table, Text
from civicgauge.alerts.message.writing import Writing


def still_open(writing: Writing) -> Section:
    """What was told before and is open, oldest first; what does not fit is counted."""
    letter, words = writing.letter, writing.words
    points = sorted(letter.still_open, key=lambda point: point.since)[: writing.limits.lines]
    total = max(letter.n_still_open, len(letter.still_open))
    left = total - len(points)
    after = words.plural("and %(n)s more", "and %(n)s more", left) if left else ""
    every = writing.own(letter.links, "list")
    intro = Text(words.say("Told before, oldest first. Nothing new is asked."), "")
    seen = (Text(words.say("See every open point"), every),) if every else ()
    table = Table(
        (words.say("Where and what"), words.say("Since"), words.say("State")),
        tuple(_line(writing, point) for point in points),
    )
    heading = words.say("Still open")
    return Section("still_open", heading, (intro, *seen), table=table if points else None, after=after)


def _line(writing: Writing, point: StillOpen) -> tuple[tuple[Text, ...], ...]:
    words = writing.words
    age = words.days(max((writing.letter.day - point.since).days, 0))
    return (
        (
            Text(
                clean.line(point.dataset_title, writing.limits.title) or words.say("The portal as a whole"),
                writing.address(point.permalink),
                is_portals=True,
            ),
            writing.rules(point.rule_title, writing.limits.title),
        ),
        (Text(words.date(point.since)), Text(age)),
        (Text(phrases.severity(words, point.severity)), Text(phrases.state(words, point))),
    )


def _share(writing: Writing, n: int, known: int) -> Text:
    words = writing.words
    return Text(words.say("%(n)s of %(all)s not found in order", n=words.number(n), all=words.number(known)))


def baseline(writing: Writing) -> Iterator[Section]:
    """What was seen at first sight, and that nothing is asked."""
    letter, words = writing.letter, writing.words
    points = letter.baseline_points[: writing.limits.lines]
    left = len(letter.baseline_points) - len(points)
    if points:
        yield Section(
            "points",
            words.say("What would help the users of your data most"),
            intro=(Text(words.say("Of the datasets that we know, so many were not found in order:")),),
            table=Table(
                (words.say("What"), words.say("Datasets")),
                tuple(
                    (
                        (writing.rules(title, writing.limits.title),),
                        (_share(writing, n, known),),
                    )
                    for title, n, known in points
                ),
            ),
            after=words.plural("and %(n)s more", "and %(n)s more", left) if left else "",
        )
    else:
        yield Section(
            "points",
            words.say("What we saw"),
            intro=(Text(words.say("Nothing that can be seen from outside needs mending.")),),
        )
    report = writing.own(letter.links, "feedback")
    said = (
        words.say(
            "Nothing is asked of you. These points were there when we first looked, so you get no alerts about them."
        ),
        words.say("There are no reminders, unless you accept a date by which a point will be mended."),
        words.say("From now on you hear only of what is new. What gets mended is told too, with thanks."),
    )
    link = (Text(words.say("The feedback report, with where and how to mend it"), report),) if report else ()
    yield Section("next", words.say("What happens now"), intro=(*(Text(each) for each in said), *link))

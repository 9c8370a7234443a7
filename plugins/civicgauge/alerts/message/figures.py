"""Numbers of an edition in words, and the two tables of those that are worth a look."""

from __future__ import annotations

from babel.numbers import format_decimal

from civicgauge import clean
from civicgauge.alerts.editions import EditionNews, Figure, Line
from civicgauge.alerts.message.view import Section, Table, Text
from civicgauge.alerts.message.words import Words
from civicgauge.alerts.message.writing import Writing

_DIGITS = {"share": "#,##0.0", "cycles": "#,##0.00"}


def differing(writing: Writing, news: EditionNews) -> Section:
    """The numbers that are farthest from those of the last edition."""
    words = writing.words
    last = clean.line(news.last_title, 80)
    return Section(
        "differs",
        words.say("What differs most from your last edition"),
        intro=(Text(words.say("Compared with “%(edition)s”, by numbers of the same method.", edition=last)),),
        table=Table(
            (words.say("Number"), words.say("In this edition"), words.say("In the last one")),
            tuple(_compared(writing, line) for line in news.differs[: writing.limits.lines]),
        ),
    )


def _compared(writing: Writing, line: Line) -> tuple[tuple[Text, ...], ...]:
    words = writing.words
    before = figure(words, line.before) if line.before else words.say("none")
    return (
        (writing.rules(line.title, writing.limits.title),),
        (Text(words.say("now %(number)s", number=figure(words, line.now))),),
        (Text(words.say("before %(number)s", number=before)),),
    )


def without(writing: Writing, news: EditionNews) -> Section:
    """The numbers that have no value, and why."""
    words = writing.words
    shown = news.without[: writing.limits.lines]
    left = news.n_without - len(shown)
    return Section(
        "without",
        words.say("Where there is no value"),
        intro=(Text(words.say("Evidence that you can point us to may change that.")),),
        table=Table(
            (words.say("Number"), words.say("Why")),
            tuple(
                ((writing.rules(line.title, writing.limits.title),), (Text(figure(words, line.now)),)) for line in shown
            ),
        ),
        after=words.plural("and %(n)s more", "and %(n)s more", left) if left > 0 else "",
    )


def figure(words: Words, number: Figure) -> str:
    """A number in words: with its bounds where too much is unknown, and why there is none where there is none."""
    match number.status:
        case "ok" if number.value is not None:
            return _measure(words, number.value, number.unit)
        case "insufficient":
            return _bounds(words, number)
        case "not_measured":
            return words.say("could not be measured")
        case "not_applicable":
            return words.say("applies to nothing in your city")
        case _:
            return words.say("no value, by a fault of our own")


def _bounds(words: Words, number: Figure) -> str:
    is_any = number.unit == "share" and number.high == 1
    low = _measure(words, number.low, number.unit) if number.low else None  # that it is at least 0 says nothing
    high = None if number.high is None or is_any else _measure(words, number.high, number.unit)
    if low and high:
        return words.say("too much is unknown: between %(low)s and %(high)s", low=low, high=high)
    if low:
        return words.say("too much is unknown: at least %(low)s", low=low)
    return words.say("too much is unknown: at most %(high)s", high=high) if high else words.say("too much is unknown")


def _measure(words: Words, value: float, unit: str) -> str:
    scaled = 100 * value if unit == "share" else value
    said = format_decimal(scaled, format=_DIGITS.get(unit, "#,##0.##"), locale=words.locale)
    match unit:
        case "share":
            return f"{said}\u00a0%"
        case "days":
            one, many = words.say("%(number)s day", number=said), words.say("%(number)s days", number=said)
            return one if value == 1 else many
        case "years":
            one, many = words.say("%(number)s year", number=said), words.say("%(number)s years", number=said)
            return one if value == 1 else many
        case _:
            return said

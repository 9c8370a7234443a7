"""The cards of a message about an edition: itself, a dispute that was decided, a number that was corrected."""

from __future__ import annotations

from collections.abc import Iterator

from civicgauge import clean
from civicgauge.alerts.editions import Contested, Corrected, EditionNews
from civicgauge.alerts.message import figures
from civicgauge.alerts.message.view import CaseView, EntryView, Row, Text
from civicgauge.alerts.message.writing import Writing


def card(writing: Writing, news: EditionNews) -> EntryView:
    """The edition: what it holds, who sees it, until when what can be done."""
    words = writing.words
    if news.is_secret:
        badge, tone = words.say("private to your city and our staff"), "warning"
        main = words.say("See your numbers")
    else:
        badge, tone = words.say("frozen"), "mended"
        main = words.say("See it")
    return _entry(
        badge,
        tone,
        Text(clean.line(news.title, writing.limits.title), is_portals=True),
        tuple(_rows(writing, news)),
        _answers(writing, news, main),
    )


def _rows(writing: Writing, news: EditionNews) -> Iterator[Row]:
    words = writing.words
    day = words.date(news.until)
    yield _holds(writing, news)
    if news.is_secret:
        secret = words.say("Only your city and our staff see these numbers before they are frozen.")
        yield Row("seen", words.say("Who sees it"), (Text(secret),))
        spans = words.say("It began at least ten working days before that.")
        yield Row("until", words.say("Last day"), (Text(day), Text(spans)))
        yield Row("next", words.say("What happens next"), tuple(Text(each) for each in _next(writing)))
    else:
        seen = (
            words.say("Everybody, as your city's pages.")
            if news.is_public
            else words.say("Your city and our staff, as your city's pages.")
        )
        yield Row("seen", words.say("Who sees it"), (Text(seen),))
        yield Row("until", words.say("Appeals until"), (Text(day),))
    yield from _by_hand(writing, news)


def _holds(writing: Writing, news: EditionNews) -> Row:
    words = writing.words
    said = words.plural(
        "%(n)s number, from what we saw on %(day)s",
        "%(n)s numbers, from what we saw on %(day)s",
        news.n_values,
        day=words.date(news.measured_on),
    )
    lacking = words.plural(
        "For %(n)s of them there is no value.", "For %(n)s of them there is no value.", news.n_without
    )
    return Row("holds", words.say("What it holds"), (Text(said), *((Text(lacking),) if news.n_without else ())))


def _next(writing: Writing) -> Iterator[str]:
    say = writing.words.say
    yield say("What you contest is looked into by a person and decided before the edition is frozen; we tell you how.")
    yield say("Then two people sign it, and it is frozen. Where you contest nothing, nothing is to be done.")


def _by_hand(writing: Writing, news: EditionNews) -> Iterator[Row]:
    """How to contest where there are no links."""
    if news.is_open and not writing.own(news.links, "contest"):
        yield Row("contest", writing.words.say("To contest it"), (writing.write_to(news.edition_id),))


def _answers(writing: Writing, news: EditionNews, main: str) -> tuple[Text, ...]:
    say = writing.words.say
    contest = say("Contest a number") if news.is_secret else say("Appeal")
    offered = ((main, "page"), (contest, "contest"))
    return tuple(Text(label, address) for label, which in offered if (address := writing.own(news.links, which)))


def _entry(badge: str, tone: str, heading: Text, rows: tuple[Row, ...], answers: tuple[Text, ...] = ()) -> EntryView:
    case = CaseView(None, (), answers)
    return EntryView(tone, False, badge, heading, (), rows, (case,), "", (), ())  # noqa: FBT003 - has_ended


# ---------------------------------------------------------------- what was decided, what is corrected


def decided(writing: Writing, news: EditionNews, dispute: Contested) -> EntryView:
    """What the city said, our answer, and what follows from it."""
    words = writing.words
    badge = words.say("upheld") if dispute.is_upheld else words.say("not upheld")
    about = clean.line(dispute.about, writing.limits.title) or words.say("The edition as a whole")
    rows = [
        Row("said", words.say("You said"), (_quoted(writing, dispute.claim),)),
        Row("why", words.say("Our answer"), (_quoted(writing, dispute.answer),)),
    ]
    if dispute.is_upheld:
        rows.append(Row("changed", words.say("What changes"), tuple(_changes(writing, dispute))))
    rows.append(Row("next", words.say("If you disagree"), (Text(_appeal(writing, news)),)))
    rows.append(Row("reference", words.say("Reference"), (Text(clean.line(dispute.dispute_id, 80)),)))
    rows += _by_hand(writing, news)
    tone = "mended" if dispute.is_upheld else "closed"
    return _entry(badge, tone, Text(about), tuple(rows), _answers(writing, news, words.say("See your numbers")))


def _changes(writing: Writing, dispute: Contested) -> Iterator[Text]:
    say = writing.words.say
    if dispute.is_appeal:
        yield Text(say("The number is corrected by an erratum, which you are told of as well."))
        return
    yield Text(say("Your city's numbers were taken into the edition anew."))
    if dispute.now is not None:
        yield Text(say("It now holds: %(number)s", number=figures.figure(writing.words, dispute.now)))


def _appeal(writing: Writing, news: EditionNews) -> str:
    words = writing.words
    if news.is_secret:
        return words.plural(
            "Once the edition is frozen, you can appeal for %(n)s year.",
            "Once the edition is frozen, you can appeal for %(n)s years.",
            news.appeal_years,
        )
    return words.say("You can appeal until %(day)s.", day=words.date(news.until))


def corrected(writing: Writing, news: EditionNews, erratum: Corrected) -> EntryView:
    """The old number and the new one, and why."""
    words = writing.words
    rows = (
        Row("old", words.say("Before"), (Text(figures.figure(words, erratum.old)),)),
        Row("new", words.say("Now"), (Text(figures.figure(words, erratum.new)),)),
        Row("why", words.say("Why"), (_quoted(writing, erratum.reason),)),
        Row("next", words.say("If you disagree"), (Text(_appeal(writing, news)),)),
        Row("reference", words.say("Reference"), (Text(clean.line(erratum.erratum_id, 80)),)),
        *_by_hand(writing, news),
    )
    heading = writing.rules(erratum.title, writing.limits.title)
    return _entry(words.say("corrected"), "warning", heading, rows, _answers(writing, news, words.say("See it")))


def _quoted(writing: Writing, said: str) -> Text:
    """What a person wrote, in whichever language."""
    return Text(clean.line(said, 2 * writing.limits.text) or writing.words.say("not said"), is_portals=True)

"""One case as a person reads it: where, since when, the evidence, its reference, and how to answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from civicgauge import clean
from civicgauge.alerts.forms import Notice
from civicgauge.alerts.letters import Case
from civicgauge.alerts.message import phrases
from civicgauge.alerts.message.view import CaseView, Row, Text
from civicgauge.alerts.message.writing import Writing

ANSWERS = ("fixed", "view", "acknowledge", "snooze", "dispute")
FOLDED = ("view",)  # where several stand together; the page behind it holds the other answers


def lasted(writing: Writing, case: Case) -> int:
    """Days from the first on which it was so to the one on which it ended, or of which the letter speaks."""
    return max(((case.ended_on or writing.letter.day) - case.since).days, 0)


def dataset(writing: Writing, case: Case) -> Text:
    """Its title, linked to where the portal shows it."""
    return Text(writing.title(case), writing.address(case.permalink), is_portals=True)


def case_view(writing: Writing, case: Case, *, is_named: bool) -> CaseView:
    """One case; where the entry's heading names it (`is_named`), it needs no title of its own.

    One among several is shorter: what the rule expects of all stands once, in the entry.
    """
    has_ended = phrases.has_ended(case.notice)
    rows = _ended_case(writing, case) if has_ended else _live_case(writing, case, is_named=is_named)
    offered = ("view",) if has_ended else ANSWERS if is_named else FOLDED
    answers = tuple(_answers(writing, case, offered)) or tuple(_answers(writing, case, () if has_ended else ANSWERS))
    if not has_ended and not answers:
        rows = (*rows, Row("answer", writing.words.say("Answer"), (writing.write_to(case.incident_key),)))
    return CaseView(None if is_named else dataset(writing, case), tuple(rows), answers)


def expected(writing: Writing, cases: tuple[Case, ...]) -> Row:
    """What is expected of these cases; what is expected of several stands once."""
    texts = dict.fromkeys(writing.expected(case) for case in cases)
    return Row("expected", writing.words.say("Expected"), tuple(texts))


def _live_case(writing: Writing, case: Case, *, is_named: bool) -> tuple[Row, ...]:
    say = writing.words.say
    since = tuple(_since(writing, case))
    return (
        _where(writing, case),
        Row("since", say("Since"), since if is_named else (Text(" – ".join(text.text for text in since)),)),
        Row("observed", say("Observed"), (writing.observed(case),)),
        *((expected(writing, (case,)),) if is_named else ()),
        _evidence(writing, case),
        _reference(writing, case),
    )


def _ended_case(writing: Writing, case: Case) -> tuple[Row, ...]:
    words = writing.words
    if case.notice is Notice.CLOSED:
        outcome = Row("closed", words.say("Closed"), (Text(_closed(writing, case)),))
    else:
        outcome = Row("mended", words.say("Mended"), (Text(_mended(writing, case)),))
    return (
        _where(writing, case),
        outcome,
        Row("observed", words.say("It was about"), (writing.observed(case),)),
        _evidence(writing, case),
        _reference(writing, case),
    )


def _mended(writing: Writing, case: Case) -> str:
    words = writing.words
    return words.say(
        "Found in order on %(day)s. It had lasted %(time)s, since %(since)s.",
        day=words.date(_ended_on(writing, case)),
        time=words.days(lasted(writing, case)),
        since=words.date(case.since),
    )


def _closed(writing: Writing, case: Case) -> str:
    words = writing.words
    return words.say(
        "Closed on %(day)s, %(time)s after it was first seen; it was not seen mended. %(reason)s",
        day=words.date(_ended_on(writing, case)),
        time=words.days(lasted(writing, case)),
        reason=phrases.ended(words, clean.line(case.ended_reason or "", 120)),
    )


def _ended_on(writing: Writing, case: Case) -> date:
    return case.ended_on or writing.letter.day


def _where(writing: Writing, case: Case) -> Row:
    say = writing.words.say
    portal = clean.line(case.portal_title, writing.limits.title) or say("the city's portal")
    kind = phrases.platform(clean.line(case.portal_kind, 40)) or say("platform not known")
    column = clean.line(case.column, writing.limits.title)
    return Row(
        "where",
        say("Where"),
        (
            Text(f"{writing.city} · {portal} ({kind})"),
            Text(say("Column: %(column)s", column=column), is_portals=True)
            if column
            else Text(say("The dataset as a whole")),
        ),
    )


def _since(writing: Writing, case: Case) -> Iterator[Text]:
    words = writing.words
    yield Text(
        words.say("%(day)s (%(time)s)", day=words.date(case.since), time=words.days(lasted(writing, case))),
    )
    if case.last_ok_on:
        yield Text(words.say("Last seen in order on %(day)s.", day=words.date(case.last_ok_on)))
    else:
        yield Text(words.say("Not seen in order since we began to look."))


def _evidence(writing: Writing, case: Case) -> Row:
    words = writing.words
    checked = words.moment(case.checked_at, writing.letter.recipient.time_zone)
    run = clean.line(case.run_id, min(80, writing.limits.text)) or words.say("not recorded")
    # what a portal shows of a suspicion may be the very values: the dataset's own page is enough to find them
    address = "" if writing.is_private else writing.address(case.evidence_url)
    address = address or writing.address(case.permalink)
    shown = (
        Text(words.say("What the portal itself shows"), address)
        if address
        else Text(words.say("The portal shows no page for this."))
    )
    return Row(
        "evidence",
        words.say("Evidence"),
        (shown, Text(words.say("Checked %(moment)s; run %(run)s.", moment=checked, run=run))),
    )


def _reference(writing: Writing, case: Case) -> Row:
    say = writing.words.say
    return Row("reference", say("Reference"), (Text(clean.line(case.incident_key, 40) or say("none")),))


def _answers(writing: Writing, case: Case, offered: tuple[str, ...]) -> Iterator[Text]:
    say = writing.words.say
    has_ended = phrases.has_ended(case.notice)
    labels = {
        "fixed": say("I mended it: look again"),
        "view": say("See it") if has_ended else say("See it and answer"),
        "acknowledge": say("We know: no reminders for 30 days"),
        "snooze": say("Remind me later"),
        "dispute": say("You are wrong about this"),
    }
    for which in offered:
        address = writing.own(case.links, which)
        if address:
            yield Text(labels[which], address)

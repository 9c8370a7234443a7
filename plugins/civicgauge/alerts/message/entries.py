"""One entry: cases of one rule, with what the rule asks, why, on which criterion it bears, and the steps."""

from __future__ import annotations

from collections.abc import Iterator

from civicgauge import clean
from civicgauge.alerts.forms import Notice
from civicgauge.alerts.letters import Case, Entry
from civicgauge.alerts.message import phrases
from civicgauge.alerts.message.cases import case_view, dataset, expected, lasted
from civicgauge.alerts.message.view import EntryView, Row, Steps, Text
from civicgauge.alerts.message.writing import Writing


def entry_view(writing: Writing, entry: Entry) -> EntryView:
    """One entry: its worst cases, and once the texts of its rule."""
    words = writing.words
    shown = entry.cases[: writing.limits.cases]
    n_more = max(entry.n_cases, len(entry.cases)) - len(shown)
    is_single = len(shown) == 1 and n_more == 0
    has_ended = phrases.has_ended(entry.notice)
    return EntryView(
        tone=_tone(entry),
        has_ended=has_ended,
        badge=phrases.badge(words, entry),
        heading=dataset(writing, shown[0]) if is_single else writing.rules(entry.title, writing.limits.title),
        saying=tuple(_saying(writing, entry, shown[0] if is_single else None)),
        before=tuple(_before(writing, entry, () if is_single else shown)),
        cases=tuple(case_view(writing, case, is_named=is_single) for case in shown),
        more=words.plural("and %(n)s more", "and %(n)s more", n_more) if n_more else "",
        after=tuple(_after(writing, entry)),
        steps=() if has_ended else tuple(_steps(writing, entry, shown)),
    )


def _tone(entry: Entry) -> str:
    if entry.notice is Notice.CLOSED:
        return "closed"
    return "mended" if phrases.has_ended(entry.notice) else str(entry.severity)


def _saying(writing: Writing, entry: Entry, case: Case | None) -> Iterator[Text]:
    words, n = writing.words, max(entry.n_cases, len(entry.cases))
    match entry.notice:
        case Notice.RESOLVED | Notice.CONFIRMED if case:
            yield Text(words.say("mended after %(time)s", time=words.days(lasted(writing, case))))
        case Notice.CLOSED if case:
            yield Text(words.say("closed after %(time)s", time=words.days(lasted(writing, case))))
        case Notice.RESOLVED | Notice.CONFIRMED:
            yield Text(words.plural("%(n)s place mended", "%(n)s places mended", n))
        case Notice.CLOSED:
            yield Text(words.plural("%(n)s place closed", "%(n)s places closed", n))
        case _ if case:
            yield writing.headline(entry, case)
        case _:
            yield Text(words.plural("not found in order in %(n)s place", "not found in order in %(n)s places", n))


def _before(writing: Writing, entry: Entry, folded: tuple[Case, ...]) -> Iterator[Row]:
    yield _what(writing, entry)
    if not phrases.has_ended(entry.notice):
        why = writing.rules(entry.why or entry.question or entry.title, 2 * writing.limits.text)
        yield Row("why", writing.words.say("Why it matters"), (why,))
        if folded:
            yield expected(writing, folded)


def _after(writing: Writing, entry: Entry) -> Iterator[Row]:
    say = writing.words.say
    if not phrases.has_ended(entry.notice):
        yield Row("decided", say("Mended when"), tuple(_decided(writing, entry)))
        criteria = tuple(
            writing.rules(criterion, min(160, writing.limits.text))
            for criterion in entry.criteria[:4]
            if criterion.strip()
        )
        yield Row("bears", say("Bears on"), criteria or (Text(say("No published criterion that we know of.")),))
    yield _rule(writing, entry)


def _decided(writing: Writing, entry: Entry) -> Iterator[Text]:
    say = writing.words.say
    if entry.mended_when.strip():
        yield writing.rules(entry.mended_when)
    else:
        yield Text(say("When our check finds it in order on two days in a row."))
    next_look = clean.line(writing.letter.next_look, min(80, writing.limits.text))
    looks = writing.words.known(next_look) or next_look or say("with the next observation")
    yield Text(say("We look next: %(when)s.", when=looks))


def _what(writing: Writing, entry: Entry) -> Row:
    say = writing.words.say
    match entry.notice:
        case Notice.CLOSED:
            answer = say("This is no longer asked of you.")
        case Notice.RESOLVED | Notice.CONFIRMED:
            answer = say("Our check now finds it so.")
        case Notice.STILL_FAILING:
            answer = say("We looked again, and our check did not find it so yet.")
        case _:
            answer = say("Our check did not find it so.")
    question = writing.rules(entry.question or entry.title or entry.rule_id, min(240, writing.limits.text))
    return Row("what", say("What we asked"), (question, Text(answer)))


def _rule(writing: Writing, entry: Entry) -> Row:
    words = writing.words
    said = words.say(
        "%(severity)s (%(meaning)s); rule %(rule)s, version %(version)s",
        severity=phrases.severity(words, entry.severity),
        meaning=phrases.meaning(words, entry.severity),
        rule=clean.line(entry.rule_id, 60),
        version=entry.rule_version,
    )
    return Row("rule", words.say("Severity"), (Text(said),))


def _steps(writing: Writing, entry: Entry, shown: tuple[Case, ...]) -> Iterator[Steps]:
    say = writing.words.say
    for kind in list(dict.fromkeys(case.portal_kind for case in shown))[: writing.limits.platforms]:
        name = phrases.platform(clean.line(kind, 40)) or say("this platform")
        written = tuple(writing.rules(step) for step in entry.steps.get(kind, ()) if step.strip())
        left = len(written) - writing.limits.steps
        if left > 0:
            written = (*written[: writing.limits.steps], Text(say("More steps stand in the rule's own text.")))
        none = Text(say("No steps are written for this platform yet. Ask us, and a person helps."))
        yield Steps(say("How to mend it on %(platform)s", platform=name), written or (none,))

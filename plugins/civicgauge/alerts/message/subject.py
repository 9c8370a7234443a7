"""The subject: counts for a digest, plain words for a single point; always one line, never longer than mail shows."""

from __future__ import annotations

from civicgauge import clean
from civicgauge.alerts.forms import Notice
from civicgauge.alerts.letters import Case, Entry, Letter
from civicgauge.alerts.message import editions, phrases
from civicgauge.alerts.message.cases import lasted
from civicgauge.alerts.message.words import Words
from civicgauge.alerts.message.writing import Writing

LONGEST = 180
_TITLE = 60


def counted(letter: Letter, words: Words) -> tuple[str, ...]:
    """How many of each kind of news; only what there is."""
    told = [(entry.notice, max(entry.n_cases, len(entry.cases))) for entry in _news(letter)]
    return phrases.counts(words, told, max(letter.n_still_open, len(letter.still_open)))


def subject(writing: Writing) -> str:
    """The subject of the letter."""
    words, letter = writing.words, writing.letter
    if letter.kind == "baseline":
        text = words.say(
            "%(city)s: what we saw at first sight – a feedback report, nothing to answer", city=writing.city
        )
    elif letter.edition is not None:
        text = editions.subject(writing, letter.edition)
    elif (single := _single(letter)) is not None:
        text = _of_one(writing, *single)
    else:
        text = _of_many(writing)
    return clean.line(text, LONGEST)


def _news(letter: Letter) -> tuple[Entry, ...]:
    return (*letter.asks, *letter.answers, *letter.reminders, *letter.ended)


def _single(letter: Letter) -> tuple[Entry, Case] | None:
    """The only news, where there is exactly one and nothing else is open or waits."""
    news = _news(letter)
    is_one = len(news) == 1 and len(news[0].cases) == 1 and news[0].n_cases <= 1
    return (news[0], news[0].cases[0]) if is_one and not (letter.n_asks_left or _n_open(letter)) else None


def _n_open(letter: Letter) -> int:
    """What else stands open in the message; a message at once or an answer speaks of its own points alone."""
    return max(letter.n_still_open, len(letter.still_open)) if letter.kind == "digest" else 0


def _of_one(writing: Writing, entry: Entry, case: Case) -> str:
    words = writing.words
    if phrases.has_ended(entry.notice):
        time = words.days(lasted(writing, case))
        is_closed = entry.notice is Notice.CLOSED
        said = (
            words.say("closed after %(time)s", time=time)
            if is_closed
            else words.say("mended after %(time)s", time=time)
        )
    elif entry.notice is Notice.STILL_FAILING:
        said = words.say("we looked again: not mended yet")
    else:
        said = writing.headline(entry, case).text
    return words.say(
        "[%(tag)s] %(title)s: %(said)s – %(city)s",
        tag=_tag(words, entry),
        title=clean.line(writing.title(case), _TITLE),
        said=said,
        city=writing.city,
    )


def _tag(words: Words, entry: Entry) -> str:
    if entry.notice is Notice.CLOSED:
        return words.say("closed")
    return words.say("mended") if phrases.has_ended(entry.notice) else phrases.severity(words, entry.severity)


def _of_many(writing: Writing) -> str:
    letter, words, city = writing.letter, writing.words, writing.city
    if letter.kind in ("critical", "privacy") and letter.asks:
        n = sum(max(entry.n_cases, len(entry.cases)) for entry in letter.asks)
        tag = phrases.severity(words, min((entry.severity for entry in letter.asks), key=lambda which: which.rank))
        if letter.kind == "privacy":
            return words.plural(
                "[%(tag)s] %(city)s: %(n)s column may contain personal data",
                "[%(tag)s] %(city)s: %(n)s columns may contain personal data",
                n,
                tag=tag,
                city=city,
            )
        return words.plural(
            "[%(tag)s] %(city)s: %(n)s point needs you now",
            "[%(tag)s] %(city)s: %(n)s points need you now",
            n,
            tag=tag,
            city=city,
        )
    news = words.say("nothing new") if not (parts := counted(letter, words)) else ", ".join(parts)
    said = words.say("%(city)s: %(news)s", city=city, news=news)
    is_over = letter.ended and len(_news(letter)) == len(letter.ended) and not _n_open(letter)
    if not is_over:
        return said
    is_closed = all(entry.notice is Notice.CLOSED for entry in letter.ended)
    return f"[{words.say('closed')}] {said}" if is_closed else f"[{words.say('mended')}] {said}"

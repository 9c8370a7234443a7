"""What stands below every message: who else was told, how to silence it, to disagree, to leave, to reach a person."""

from __future__ import annotations

from collections.abc import Iterator

from civicgauge import clean
from civicgauge.alerts.editions import News
from civicgauge.alerts.message import phrases
from civicgauge.alerts.message.view import Row, Text
from civicgauge.alerts.message.writing import Writing


def rows(writing: Writing) -> Iterator[Row]:
    """Every row has something to say, whatever is set or not."""
    say = writing.words.say
    yield Row("told", say("Who else knows"), (Text(_told(writing)),))
    every = writing.own(writing.letter.links, "pages")
    if every and writing.letter.kind != "privacy":
        yield Row("pages", say("To see it all"), (Text(say("Every number of your city, day by day"), every),))
    yield Row("silence", say("To silence it"), tuple(_silence(writing)))
    yield Row("wrong", say("If we are wrong"), (Text(_wrong(writing)),))
    yield Row("reason", say("Why you get this"), tuple(_reason(writing)))
    yield Row("unsubscribe", say("To get no more"), (_unsubscribe(writing),))
    yield Row("person", say("A person"), (writing.person(),))


def _told(writing: Writing) -> str:
    words = writing.words
    roles = [phrases.role(words, clean.line(role, 60)) for role in writing.letter.others_told[:8] if role.strip()]
    if not roles:
        return words.say("Nobody else was sent this.")
    return words.say("Also sent to: %(roles)s.", roles=words.joined(roles))


def _has_answers(writing: Writing) -> bool:
    entries = (*writing.letter.asks, *writing.letter.reminders, *writing.letter.answers)
    return any(writing.own(case.links, "snooze") for entry in entries for case in entry.cases)


def _silence(writing: Writing) -> Iterator[Text]:
    say = writing.words.say
    if writing.letter.edition is not None:
        yield Text(_once(writing))
        return
    if writing.letter.kind == "baseline":
        yield Text(say("This report comes once. There is nothing to silence."))
        return
    letter = writing.letter
    if not (letter.asks or letter.reminders or letter.answers):
        yield Text(say("Nothing is asked of you here, so there is nothing to silence."))
    elif _has_answers(writing):
        yield Text(
            say("Use the links beside a point: they stop reminders for 30 days, or until a day that you choose.")
        )
    else:
        yield writing.person()
        yield Text(say("Name the reference of the point, and say why and until when it has to wait (at most 90 days)."))
    every = writing.own(writing.letter.links, "list")
    if every:
        yield Text(say("All points of your city"), every)


def _once(writing: Writing) -> str:
    say, edition = writing.words.say, writing.letter.edition
    if edition is not None and edition.news is News.PREVIEW:
        return say("This comes once, and one reminder three working days before the end, unless you contest something.")
    return say("This comes once. There is nothing to silence.")


def _wrong(writing: Writing) -> str:
    say = writing.words.say
    if writing.letter.edition is not None:
        return say(
            "Contest it, with the address of your evidence where there is one. A person decides, and both what you say "
            "and the answer are kept."
        )
    if writing.letter.kind == "baseline":
        return say("Tell us what you see, with the address of the dataset. You get the evidence behind the number.")
    return say(
        "Tell us, with the reference of the point: the data is a test, it is mended already, the rule does not apply, "
        "or we cannot see how you do it. What you say stands beside the point until staff have settled it."
    )


def _reason(writing: Writing) -> Iterator[Text]:
    words, letter = writing.words, writing.letter
    role = phrases.role(words, clean.line(letter.recipient.role, 60)) or words.say("contact")
    yield Text(
        words.say("You stand in our list for the open data of %(city)s (%(role)s).", city=writing.city, role=role)
    )
    if letter.kind == "privacy":  # it comes when a person let it go out, and no digest holds it
        return
    if letter.edition is not None:
        yield Text(words.say("An edition is told when there is news of it, at any cadence."))
        return
    yield Text(phrases.cadence(words, letter.cadence))
    cadence = writing.own(letter.links, "cadence")
    if cadence:
        yield Text(words.say("Change how often"), cadence)
    else:
        yield Text(words.say("To change how often, write to us."))


def _unsubscribe(writing: Writing) -> Text:
    say = writing.words.say
    address = writing.own(writing.letter.links, "unsubscribe")
    if address:
        return Text(say("Unsubscribe with one click"), address)
    mail = clean.mail_address(writing.contact)
    if writing.contact:
        return Text(
            say("Write “unsubscribe” to %(contact)s.", contact=writing.contact),
            f"mailto:{mail}?subject=unsubscribe" if mail else "",
        )
    return Text(say("Answer this message with “unsubscribe”."))

"""What all parts of a message need at hand: the letter, its words, how much is shown, and harmless texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from civicgauge import clean
from civicgauge.alerts.letters import Case, Entry, Letter
from civicgauge.alerts.message import phrases
from civicgauge.alerts.message.limits import Limits
from civicgauge.alerts.message.view import Text
from civicgauge.alerts.message.words import SOURCE, Words

SHORT = 64  # an observation up to here says it better than the rule's title


@dataclass(frozen=True, slots=True)
class Writing:
    """A letter on its way to a page."""

    letter: Letter
    words: Words
    limits: Limits

    @property
    def is_private(self) -> bool:
        """It speaks of personal data: no evidence is repeated, only that there may be some."""
        return self.letter.kind == "privacy"

    @property
    def city(self) -> str:
        """The city's name."""
        return clean.line(self.letter.city_name, 60) or clean.line(self.letter.recipient.city_id, 60)

    @property
    def contact(self) -> str:
        """Where to write to a person; '' where nothing is set."""
        return clean.line(self.letter.contact, 200)

    def rules(self, text: str, limit: int | None = None) -> Text:
        """A text from a rule's file: English, and marked as such where the message is not."""
        lang = "" if self.words.language == SOURCE else SOURCE
        return Text(clean.line(text, limit or self.limits.text), lang=lang)

    def title(self, case: Case) -> str:
        """The dataset's title, or what stands for one."""
        return clean.line(case.dataset_title, self.limits.title) or self.words.say("The portal as a whole")

    def observed(self, case: Case) -> Text:
        """What was seen; never the evidence itself where it may be personal."""
        if self.is_private:
            return Text(phrases.personal(self.words, case.observed))
        said = clean.line(case.observed, self.limits.text)
        return self._seen(said) if said else Text(self.words.say("Not found as expected."))

    def expected(self, case: Case) -> Text:
        """What the rule expects."""
        if self.is_private:
            return Text(self.words.say("no column that may contain personal data"))
        said = clean.line(case.expected, self.limits.text)
        return self._seen(said) if said else Text(self.words.say("As the question above says."))

    def _seen(self, said: str) -> Text:
        return Text(said, lang="" if self.words.language == SOURCE else SOURCE, is_portals=True)

    def headline(self, entry: Entry, case: Case) -> Text:
        """What is wrong in a few words: the observation where it is short, else the rule's title, denied."""
        seen = self.observed(case)
        if self.is_private or (case.observed and len(seen.text) <= SHORT):
            return seen
        title = clean.line(entry.title, SHORT)
        return Text(self.words.say("not found in order: %(title)s", title=title), is_portals=True)

    def address(self, text: str) -> str:
        """A portal's address, where it may be linked."""
        return clean.address(text, self.limits.address)

    def own(self, links: Mapping[str, str], which: str) -> str:
        """An address of ours; '' where no public address is set."""
        return clean.address(links.get(which, ""))

    def person(self) -> Text:
        """Where a person reads what is written."""
        if not self.contact:
            return Text(self.words.say("Answer this message."))
        mail = clean.mail_address(self.contact)
        return Text(
            self.words.say("Write to %(contact)s.", contact=self.contact),
            href=f"mailto:{mail}" if mail else clean.address(self.contact),
        )

    def write_to(self, reference: str) -> Text:
        """How to answer where there are no links: to whom, and with which reference."""
        key = clean.line(reference, 40)
        if not self.contact:
            return Text(self.words.say("To answer, answer this message and name the reference %(key)s.", key=key))
        mail = clean.mail_address(self.contact)
        return Text(
            self.words.say(
                "To answer, write to %(contact)s and name the reference %(key)s.", contact=self.contact, key=key
            ),
            href=f"mailto:{mail}?subject={key}" if mail and key.isalnum() and key.isascii() else "",
        )

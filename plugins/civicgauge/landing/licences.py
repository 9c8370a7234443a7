"""What a dataset's licence is, and whether it is open by the Open Definition's list (DESIGN rule 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from civicgauge.errors import ConfigurationError
from civicgauge.landing.vocabulary import fold, invert, read_vocabulary, words
from civicgauge.model import LicenceStatement

LicenceClass = Literal["open", "not_open", "terms_unread", "doubtful", "unrecognised", "none"]
LicenceSource = Literal["dataset", "portal", "decision"]
_CLASSES = ("open", "not_open", "terms_unread", "doubtful", "none")
_LONG = 500


@dataclass(frozen=True, slots=True)
class Licence:
    """`text` is what the portal writes; `licence_id` None where unrecognised or none; `source` None for none."""

    text: str | None
    licence_id: str | None
    licence_class: LicenceClass
    source: LicenceSource | None
    vocabulary_version: int


@dataclass(frozen=True)
class LicenceWords:
    """The alias file: names in words and addresses, to ids, and the class of each id."""

    version: int
    names: Mapping[str, str]
    addresses: Mapping[str, str]
    classes: Mapping[str, LicenceClass]
    knowingly_unrecognised: frozenset[str]

    def licence_id(self, text: str) -> str | None:
        """The id behind an id, a name or an address; None where it is none that is known."""
        text = text.strip()[:_LONG]
        return self.names.get(words(text)) or self._by_address(text)

    def _by_address(self, text: str) -> str | None:
        if "/" not in text:
            return None
        parts = address_form(text).split("/")
        tries = ("/".join(parts[:n]) for n in range(len(parts), 1, -1))
        return next((self.addresses[t] for t in tries if t in self.addresses), None)


def address_form(text: str) -> str:
    """An address for comparison: no scheme, no `www.`, no query, no fragment, no slash at the end.

    >>> address_form("https://www.opendatacommons.org/licenses/by/1-0/?x")
    'opendatacommons.org/licenses/by/1-0'
    """
    bare = re.sub(r"^(?:https?:)?//", "", fold(text))
    return re.split(r"[?#]", bare.removeprefix("www."))[0].rstrip("/")


@cache
def licence_words() -> LicenceWords:
    """The vocabulary in `vocabulary/licences.yml`; ConfigurationError names what is wrong with it."""
    return build(read_vocabulary("licences"))


def build(content: Mapping[str, Any]) -> LicenceWords:
    """The same from a mapping that was read."""
    entries = content["licences"]
    ids = [entry["id"] for entry in entries]
    wrong = [e["id"] for e in entries if e["class"] not in _CLASSES or ids.count(e["id"]) > 1]
    if wrong:
        raise ConfigurationError(f"licences.yml: class unknown or id given twice: {', '.join(wrong)}")
    return LicenceWords(
        version=content["version"],
        names=invert("licences", {e["id"]: e.get("aliases", []) for e in entries}, words),
        addresses=invert("licences", {e["id"]: e.get("addresses", []) for e in entries}, address_form),
        classes={e["id"]: cast("LicenceClass", e["class"]) for e in entries},
        knowingly_unrecognised=frozenset(words(t) for t in content["knowingly_unrecognised"]),
    )


def resolve_licence(
    key: str | None, text: str | None, url: str | None, statement: LicenceStatement | None = None
) -> Licence:
    """The licence of a dataset by the portal's id, then its title, then its address.

    The first of the three that is recognised counts; where all that is said is "not specified", it is `none`. A
    portal-wide `statement` that staff have read fills only `none`, with source `portal`; whether its text is still
    the one that was read (`sha256`) is for the caller to see to, and to pass None where it is not. Never raises.
    """
    vocabulary = licence_words()
    given = [value.strip() for value in (key, text, url) if value and value.strip()]
    shown = next((v.strip() for v in (text, key, url) if v and v.strip()), None)
    found = [vocabulary.licence_id(value) for value in given]
    stated = next((i for i in found if i is not None and vocabulary.classes[i] != "none"), None)
    if stated is not None:
        return Licence(shown, stated, vocabulary.classes[stated], "dataset", vocabulary.version)
    if None in found:
        return Licence(shown, None, "unrecognised", "dataset", vocabulary.version)
    if statement is None:
        return Licence(shown, None, "none", None, vocabulary.version)
    inherited = vocabulary.licence_id(statement.licence_id)
    licence_class = vocabulary.classes[inherited] if inherited else "unrecognised"
    return Licence(statement.licence_id, inherited, licence_class, "portal", vocabulary.version)

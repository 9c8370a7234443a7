"""The vocabulary of update frequencies, loaded once: which fields say it, and what their values mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from civicgauge.errors import ConfigurationError
from civicgauge.landing.iso8601 import longest_days
from civicgauge.landing.vocabulary import fold, invert, read_vocabulary, words

NO_PERIOD = ("undeclared", "untestable", "not_periodic")
_LIST = re.compile(r"^\[\s*(['\"])(.*)\1\s*\]$", re.DOTALL)
_MANY = 400  # characters; longer texts are no frequency


def value_form(text: str) -> str:
    """A value for comparison: folded, a list of one taken out of its brackets, no punctuation at its end.

    >>> value_form("['Jährlich.']")
    'jahrlich'
    """
    inner = _LIST.match(text.strip())
    return fold(inner.group(2) if inner else text).rstrip(".;:,!?- ")


def field_form(name: str, portal_kind: str) -> str:
    """A field's name for comparison: words with one space between; Socrata's set and key keep a slash between.

    >>> field_form("Update-Frequency_Period", "socrata")
    'update frequency / period'
    """
    if portal_kind == "socrata" and "_" in name:
        head, _, tail = name.partition("_")
        return f"{words(head)} / {words(tail)}"
    return words(name)


@dataclass(frozen=True)
class FieldNames:
    """Where the publishing frequency and the data-change frequency lie; patterns, the preferred first."""

    publishing: tuple[re.Pattern[str], ...] = ()
    data_change: tuple[re.Pattern[str], ...] = ()

    def __add__(self, other: FieldNames) -> FieldNames:
        return FieldNames(self.publishing + other.publishing, self.data_change + other.data_change)


@dataclass(frozen=True)
class CodeList:
    """Codes that count only behind an address or in one field."""

    meanings: Mapping[str, str]
    address: re.Pattern[str] | None
    field: str | None

    def meaning(self, text: str, field: str) -> str | None:
        """What the code means, or None where the text is no code of this list."""
        match = self.address.fullmatch(text.strip()) if self.address else None
        if match:
            return self.meanings.get(fold(match.group(1)))
        return self.meanings.get(fold(text)) if self.field == field else None


@dataclass(frozen=True)
class Ambiguity:
    """A word of two readings: what it means where one of `also_said` is said beside it, or on these portals."""

    means: str
    also_said: frozenset[str]
    portals: frozenset[str]


@dataclass(frozen=True)
class FrequencyWords:
    """The whole file, checked."""

    version: int
    periods: Mapping[str, tuple[float, float]]
    portal_fields: Mapping[str, FieldNames]
    kind_fields: Mapping[str, FieldNames]
    all_fields: FieldNames
    prefixes: tuple[re.Pattern[str], ...]
    meanings: Mapping[str, str]
    ambiguous: Mapping[str, Ambiguity]
    code_lists: tuple[CodeList, ...]
    knowingly_unmapped: frozenset[str]

    def fields(self, portal_domain: str, portal_kind: str) -> FieldNames:
        """The fields of a portal: its own first, then those of its kind, then the general patterns."""
        own = self.portal_fields.get(portal_domain.casefold(), FieldNames())
        return own + self.kind_fields.get(portal_kind, FieldNames()) + self.all_fields

    def meaning(self, text: str, field: str = "") -> str | None:
        """The period's name, one of NO_PERIOD, or None; by code, then the whole value, then without its prefix."""
        if len(text) > _MANY:
            return None
        for codes in self.code_lists:
            if found := codes.meaning(text, field):
                return found
        form = value_form(text)
        if not form:
            return "undeclared"
        shorter = (form[match.end() :] for prefix in self.prefixes if (match := prefix.match(form)))
        return next((self.meanings[f] for f in (form, *shorter) if f in self.meanings), None)

    def settled(self, meaning: str, portal_domain: str, portal_values: Iterable[str]) -> str:
        """An ambiguous word's reading on this portal, where its name or the other values of its field settle it."""
        word = self.ambiguous.get(meaning)
        if word is None:
            return meaning
        if portal_domain.casefold() in word.portals:
            return word.means
        beside = any(longest_days(v) is not None or self.meaning(v) in word.also_said for v in portal_values)
        return word.means if beside else meaning


@cache
def frequency_words() -> FrequencyWords:
    """The vocabulary in `vocabulary/frequencies.yml`; ConfigurationError names everything that is wrong with it."""
    return build(read_vocabulary("frequencies"))


def build(content: Mapping[str, Any]) -> FrequencyWords:
    """The same from a mapping that was read."""
    periods = {name: (float(days[0]), float(days[-1])) for name, days in content["periods"].items()}
    meanings = invert("frequencies", {**content["spellings"], **content["not_a_period"]}, value_form)
    lists = {name: invert("frequencies", groups) for name, groups in content["codes"].items()}
    _check_names(periods, [meanings, *lists.values()])
    fields = content["fields"]
    return FrequencyWords(
        version=content["version"],
        periods=periods,
        portal_fields={host: _exact(host, names) for host, names in fields["portals"].items()},
        kind_fields={kind: _patterns(names) for kind, names in fields["kinds"].items()},
        all_fields=_patterns(fields["all"]),
        prefixes=tuple(re.compile(p) for p in content["prefixes"]),
        meanings=meanings,
        ambiguous={
            name: Ambiguity(rule["means"], frozenset(rule["also_said"]), frozenset(rule["portals"]))
            for name, rule in content["ambiguous"].items()
        },
        code_lists=tuple(
            CodeList(lists[c["list"]], re.compile(c["address"]) if "address" in c else None, c.get("field"))
            for c in content["code_lists"]
        ),
        knowingly_unmapped=frozenset(value_form(t) for t in content["knowingly_unmapped"]),
    )


def _check_names(periods: Mapping[str, object], tables: Iterable[Mapping[str, str]]) -> None:
    unknown = {m for table in tables for m in table.values()} - set(periods) - set(NO_PERIOD)
    if unknown:
        raise ConfigurationError(f"frequencies.yml names periods without a length: {', '.join(sorted(unknown))}")


def _patterns(names: Mapping[str, list[str]]) -> FieldNames:
    return FieldNames(*(tuple(re.compile(p) for p in names.get(k, ())) for k in ("publishing", "data_change")))


def _exact(host: str, names: Mapping[str, list[str]]) -> FieldNames:
    """A portal's own names, as patterns of their compared form in either kind of portal."""

    def form(name: str) -> re.Pattern[str]:
        forms = {field_form(name, "socrata"), field_form(name, "")}
        return re.compile("|".join(rf"^{re.escape(f)}$" for f in sorted(forms)))

    if not host or host != host.casefold():
        raise ConfigurationError(f"frequencies.yml: the portal {host!r} is to be given in small letters")
    return FieldNames(*(tuple(form(n) for n in names.get(k, ())) for k in ("publishing", "data_change")))

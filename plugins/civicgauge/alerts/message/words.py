"""One language's words: gettext catalogues read from their .po files, dates and numbers by Babel.

English stands in the code and the templates. A language without a catalogue is English, dates and all.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone_name
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.units import format_unit

LOCALES = Path(__file__).parent / "locales"
SOURCE = "en"
_DAYS_IN_DAYS, _DAYS_IN_MONTHS = 60, 730  # up to here a duration is plain in days; up to here, in months


def mark(message: str) -> str:
    """The same text, found by `make messages`: for words that are looked up later by `Words.known`."""
    return message


class Words:
    """What is said in one language. `language` is that of the catalogue, which `lang` attributes name."""

    def __init__(self, asked: str) -> None:
        self.language, self.locale = _language(asked)
        self.translations = _translations(self.language)

    def say(self, message: str, **values: object) -> str:
        """The message in this language, with its values."""
        said = self.translations.gettext(message)
        return said % values if values else said

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The form for n; `%(n)s` is n, written as this language writes numbers."""
        return self.translations.ngettext(one, many, n) % {"n": self.number(n), **values}

    def known(self, text: str) -> str | None:
        """The text in this language, where it is one of ours; None where it stays as it is."""
        if not text or self.language == SOURCE:
            return None
        said = self.translations.gettext(text)
        return None if said == text else said

    def number(self, n: int) -> str:
        """A whole number."""
        return format_decimal(n, locale=self.locale)

    def date(self, day: date) -> str:
        """A day with the month's name, so that nobody takes it for the other order."""
        return format_date(day, format="long", locale=self.locale)

    def moment(self, at: datetime, zone: str) -> str:
        """Day and time at the reader's place, with the zone's name."""
        there = at.astimezone(ZoneInfo(zone))
        name = get_timezone_name(there, width="short", locale=self.locale)
        if name[:1] in "+-":  # where a language has no short name for the zone
            name = get_timezone_name(there, width="long", locale=self.locale)
        time = format_time(there, format="short", locale=self.locale).replace("\u202f", " ")  # old mail shows a box
        return f"{self.date(there.date())}, {time} ({name})"

    def days(self, n: int) -> str:
        """How long, in plain words: in days, and about how many months or years where it is many."""
        exact = format_unit(n, "duration-day", length="long", locale=self.locale)
        if n < _DAYS_IN_DAYS:
            return exact
        unit, length = ("duration-month", 30.44) if n < _DAYS_IN_MONTHS else ("duration-year", 365.25)
        return self.say(
            "%(days)s, about %(rounded)s",
            days=exact,
            rounded=format_unit(round(n / length), unit, length="long", locale=self.locale),
        )

    def joined(self, texts: Sequence[str]) -> str:
        """A list with its commas and its "and"."""
        return format_list(list(texts), locale=self.locale)


@cache
def in_language(asked: str) -> Words:
    """The words of `es`, `es-MX`, ...; English where there is no catalogue for it."""
    return Words(asked)


def _language(asked: str) -> tuple[str, Locale]:
    try:
        locale = Locale.parse(asked.replace("-", "_"))
    except (UnknownLocaleError, ValueError):  # "xx", "klingon", "": there is no catalogue for it either
        return SOURCE, Locale(SOURCE)
    has_words = locale.language == SOURCE or (LOCALES / locale.language / "messages.po").is_file()
    return (locale.language, locale) if has_words else (SOURCE, Locale(SOURCE))


@cache
def _translations(language: str) -> gettext.NullTranslations:
    if language == SOURCE:
        return gettext.NullTranslations()
    with (LOCALES / language / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)

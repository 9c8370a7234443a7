"""What a page is asked: who looks, where, which date, and which part of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from civicgauge import clean
from civicgauge.errors import ConfigurationError
from civicgauge.pages.here import Here
from civicgauge.pipeline.days import moment_of
from civicgauge.pipeline.showing.forms import Asked, NotShown, Viewer

if TYPE_CHECKING:
    from civicgauge.pipeline.showing import Shown

PAGE_SIZE = 50
_LONGEST_WORDS, _LAST_PAGE = 200, 100_000
_PART = re.compile(r"[A-Za-z0-9~][A-Za-z0-9_.~-]{0,119}")


class BadQuestion(ValueError):
    """A date, a page or a filter that cannot be read. `name`: which; the message says what would be right."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class Ask:
    """One request for a page. `shown` is where forms come from (a `Shown`)."""

    shown: Shown
    viewer: Viewer
    here: Here

    @property
    def as_of(self) -> str | None:
        """The date asked for; BadQuestion where it is none."""
        said = self.here.as_of
        try:
            return said if said is None else _checked(said)
        except ConfigurationError:
            words = f"“{clean.line(said or '', 40)}” is no date. Write it like 2026-06-30."
            raise BadQuestion("as_of", words) from None

    def listed(self, filters: Sequence[str] = (), sorts: Sequence[str] | None = (), size: int = PAGE_SIZE) -> Asked:
        """The part of a list that is asked for; BadQuestion for a page or an order that there is not.

        `sorts` None: any name may be asked for, such as an indicator's id, and the form decides.
        """
        query = self.here.query
        chosen = {name: clean.line(query[name], _LONGEST_WORDS) for name in filters if query.get(name)}
        sort = query.get("sort", "")
        if sort and not (sort.isidentifier() if sorts is None else sort in sorts):
            raise BadQuestion("sort", f"The list cannot be sorted by “{clean.line(sort, 40)}”.")
        words = clean.line(query.get("words", ""), _LONGEST_WORDS)
        return Asked(words, chosen, sort, _page(query), size)


def part(text: str) -> str:
    """A part of a path as ids may be; NotShown for anything else, so that no database is asked for it."""
    if not _PART.fullmatch(text):
        raise NotShown(text)
    return text


def permitted(chosen: Mapping[str, str] | None, choices: Mapping[str, Sequence[str]]) -> None:
    """BadQuestion for a filter whose value is none of its choices."""
    for name, value in (chosen or {}).items():
        if value not in choices.get(name, ()):
            raise BadQuestion(name, f"“{clean.line(value, 40)}” is none of the choices for “{name}”.")


def _checked(text: str) -> str:
    moment_of(text, ZoneInfo("UTC"), "as_of")
    return text


def _page(query: Mapping[str, str]) -> int:
    said = query.get("page", "1")
    if not (said.isascii() and said.isdecimal() and len(said) < 10 and 1 <= int(said) <= _LAST_PAGE):
        raise BadQuestion("page", f"“{clean.line(said, 40)}” is no page. Pages are counted from 1.")
    return int(said)

"""Which datasets are worth pulling: the well-known kinds of table, and what is looked at most. Never pulled unasked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from civicgauge.landed import ColumnType
from civicgauge.rows.meaning import (
    Candidate,
    Family,
    assign,
    families,
    missing_in_words,
    missing_roles,
    wrongly_typed,
)
from civicgauge.rows.names import plain

_PER_FAMILY, _MOST_VIEWED = 3, 5
_MANY = 5  # columns named in a reason

# Titles, in their compared form, of what lies behind: a closed table, a trial, an edition of a past year.
_BEHIND = re.compile(r"\b(historic(al)?|archived?|deprecated|superseded|old|tests?|draft|staging|copy|view based on)\b")
_GOES_ON = re.compile(r"\b(to present|present|current)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ALWAYS = 9999

# The platforms' words for types, in small letters and without spaces; any other word is not known here.
_TYPES: dict[str, ColumnType] = {
    **dict.fromkeys(("text", "url", "html", "email", "phone"), "text"),
    **dict.fromkeys(("number", "double", "numeric", "int", "int2", "int4", "int8", "float4", "float8"), "number"),
    **dict.fromkeys(("calendardate", "calendar_date", "timestamp"), "date_time"),
    **dict.fromkeys(("date", "fixed_timestamp", "fixedtimestamp", "timestamptz"), "instant"),
    **dict.fromkeys(("checkbox", "bool", "boolean"), "boolean"),
    **dict.fromkeys(("point", "location"), "point"),
    **dict.fromkeys(("polygon", "multipolygon", "line", "multiline", "multipoint"), "geometry"),
    "money": "money",
    "percent": "percent",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A dataset of the catalogue as a proposal looks at it.

    `columns` are (field name, header, the platform's word for the type); None where the catalogue lists none.
    `is_eligible` is false for what does not count or cannot be pulled. Views and downloads are None where not told.
    """

    portal_id: str
    dataset_id: str
    title: str
    keywords: tuple[str, ...] = ()
    columns: tuple[tuple[str, str, str], ...] | None = None
    page_views_total: int | None = None
    download_count: int | None = None
    is_eligible: bool = True

    @property
    def attention(self) -> tuple[int, int]:
        """How much it is looked at: views, then downloads."""
        return self.page_views_total or 0, self.download_count or 0

    @property
    def edition(self) -> tuple[bool, int]:
        """Whether its title says that it goes on, and the last year that it names (9999: none, or up to now)."""
        title = plain(self.title)
        years = [] if _GOES_ON.search(title) else [int(year) for year in _YEAR.findall(title)]
        return not _BEHIND.search(title), max(years, default=_ALWAYS)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A dataset that may be named in the city file, and why. `family` None: only because it is looked at much.

    `roles` are the columns by meaning, as far as the catalogue shows them; `missing` what the family requires and the
    catalogue does not show.
    """

    portal_id: str
    dataset_id: str
    title: str
    family: str | None
    reason: str
    roles: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    family: Family
    by: tuple[str, ...]  # title, tag, columns
    roles: dict[str, str]
    missing: tuple[str, ...]
    missing_in_words: str

    @property
    def rank(self) -> tuple[int, int, int]:
        """Among families that all fit: by what tells, by how little is missing, by how much is there."""
        weight = {"title": 2, "tag": 1, "columns": 2}
        return sum(weight[b] for b in self.by), -len(self.missing), len(self.roles)


def propose(
    entries: Iterable[Entry], *, per_family: int | None = _PER_FAMILY, most_viewed: int = _MOST_VIEWED
) -> list[Proposal]:
    """What to name in the city file: of each family the datasets that are looked at most, then what is looked at most.

    A family is found by a word of the title or a tag, held against the columns, or by its columns alone. `per_family`
    limits the datasets of a family (None: all); what its title calls historical, a test or a past year's comes last.
    """
    looked_at = sorted((e for e in entries if e.is_eligible), key=lambda e: (*(-n for n in e.attention), e.dataset_id))
    eligible = sorted(looked_at, key=lambda e: e.edition, reverse=True)
    found: dict[str, list[tuple[Entry, _Match]]] = defaultdict(list)
    for entry in eligible:
        if (match := _best(entry)) is not None:
            found[match.family.id].append((entry, match))
    proposals = [p for name in sorted(found) for p in _of_family(found[name], per_family)]
    named = {(p.portal_id, p.dataset_id) for p in proposals}
    return proposals + _most_viewed(looked_at, named, most_viewed)


def _of_family(matches: Sequence[tuple[Entry, _Match]], limit: int | None) -> list[Proposal]:
    return [
        Proposal(
            portal_id=entry.portal_id,
            dataset_id=entry.dataset_id,
            title=entry.title,
            family=match.family.id,
            reason=_reason(entry, match, place, len(matches)),
            roles=tuple(match.roles.items()),
            missing=match.missing,
        )
        for place, (entry, match) in enumerate(matches[:limit], 1)
    ]


def _most_viewed(looked_at: Sequence[Entry], named: set[tuple[str, str]], limit: int) -> list[Proposal]:
    """The first in attention that no family took; none where a portal tells neither views nor downloads."""
    top = [e for e in looked_at if any(e.attention)][:limit]
    return [
        Proposal(e.portal_id, e.dataset_id, e.title, None, f"one of the {len(top)} most looked at: {_attention(e)}")
        for e in top
        if (e.portal_id, e.dataset_id) not in named
    ]


def _best(entry: Entry) -> _Match | None:
    """The family that the dataset belongs to, if any."""
    matches = [m for family in families().values() if (m := _match(entry, family)) is not None]
    return max(matches, key=lambda m: m.rank, default=None)


def _match(entry: Entry, family: Family) -> _Match | None:
    """What speaks for the family; None where it is too little.

    A title needs half of what is required behind it, a tag alone or the columns alone need all of it.
    """
    title, told = plain(entry.title), family.recognise
    if told.is_ruled_out(title):
        return None
    by = ["title"] if told.in_title(title) else []
    if entry.columns is None:
        return _Match(family, ("title",), {}, (), "") if by else None
    names = [name for field, header, _ in entry.columns for name in (field, header)]
    by += ["tag"] if told.in_tags(entry.keywords) else []
    by += ["columns"] if told.in_columns(names) else []
    if not by:
        return None
    columns = [Candidate(field, (field, header), declared_type(word)) for field, header, word in entry.columns]
    roles = assign(family, columns)
    missing = missing_roles(family, roles)
    found = {*roles, *wrongly_typed(family, columns, roles)}
    allowed = len(family.required) // 2 if "title" in by else 0
    if len(missing_roles(family, found)) > allowed:
        return None
    return _Match(family, tuple(by), roles, missing, missing_in_words(family, columns, roles))


def declared_type(word: str) -> ColumnType | None:
    """The type that a platform's word promises; None for words that are not known.

    >>> declared_type("Calendar date"), declared_type("int4"), declared_type("jsonb")
    ('date_time', 'number', None)
    """
    return _TYPES.get(word.casefold().replace(" ", ""))


def _reason(entry: Entry, match: _Match, place: int, of: int) -> str:
    """Why, in words."""
    by = {"title": "its title", "tag": "a tag", "columns": "its columns"}
    parts = [f"{match.family.title} by {' and '.join(by[b] for b in match.by)}"]
    if entry.columns is None:
        parts.append("the catalogue lists no columns, so what they are is not known before it is pulled")
    else:
        shown = [f"{role} is {column}" for role, column in match.roles.items()]
        parts.append(", ".join(shown[:_MANY]) + (f" and {len(shown) - _MANY} more" if len(shown) > _MANY else ""))
    parts += [f"not seen: {match.missing_in_words}"] if match.missing else []
    if of > 1:
        parts.append(f"number {place} of {of} such datasets")
    if any(entry.attention):
        parts.append(_attention(entry))
    return "; ".join(part for part in parts if part)


def _attention(entry: Entry) -> str:
    views, downloads = entry.attention
    return f"{views:,} views" if views else f"{downloads:,} downloads"

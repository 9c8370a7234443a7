"""What the columns of well-known kinds of city tables mean, whatever a city calls them. The kinds: `families/`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from civicgauge.landed import ColumnType, LandedColumn
from civicgauge.rows.family import Family, Role, families
from civicgauge.rows.names import plain

__all__ = [
    "Candidate",
    "Family",
    "assign",
    "event_column",
    "families",
    "is_no_event",
    "missing_in_words",
    "missing_roles",
    "resolve",
    "wrongly_typed",
]

# Whatever a family's patterns say, none of these is when something happened (DESIGN rule 2).
_NO_EVENT = re.compile(
    r"expir|vencim|caduc|ablauf|updat|modif|edited|refresh|extract|project(ed|ion)|schedul|estimat|anticipat|planned"
    r"|\b(end|ends|ended|ending|due|through|until|next|renew\w*|load|loaded|as of)\b|year ?end|due ?(date|at|on)$"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column that may take a role: its key, all its names, and its type (None: not known)."""

    key: str
    names: tuple[str, ...]
    type: ColumnType | None


def candidates(columns: Iterable[LandedColumn]) -> list[Candidate]:
    """Landed columns as candidates, by their names in the table and in the file."""
    return [Candidate(c.name, (c.name, c.header), c.type) for c in columns]


def resolve(family: Family, columns: Sequence[LandedColumn]) -> dict[str, str]:
    """The column that has each role, by name; roles without one are left out.

    Each column takes one role at most: every role's first pattern is tried before any role's second, roles and
    columns in their order. A column of another type than the role allows cannot take it.
    """
    return assign(family, candidates(columns))


def assign(family: Family, columns: Sequence[Candidate]) -> dict[str, str]:
    """The same for candidates; one of unknown type may take any role."""
    taken: dict[str, str] = {}
    for _, role, column in _matches(family, columns):
        if role not in taken and column.key not in taken.values() and _fits(family.roles[role], column):
            taken[role] = column.key
    return {role: taken[role] for role in family.roles if role in taken}


def _matches(family: Family, columns: Sequence[Candidate]) -> list[tuple[int, str, Candidate]]:
    """(rank of the pattern, role, column) of every column whose name fits, the best first."""
    named = [(column, {plain(name) for name in column.names if name}) for column in columns]
    found = [
        (rank, role, column)
        for role, meaning in family.roles.items()
        for rank, pattern in enumerate(meaning.patterns)
        for column, names in named
        if any(pattern.fullmatch(name) for name in names)
        and not (role in family.events and any(_NO_EVENT.search(name) for name in names))
    ]
    return sorted(found, key=lambda match: match[0])


def _fits(role: Role, column: Candidate) -> bool:
    return column.type is None or not role.types or column.type in role.types


def is_no_event(name: str) -> bool:
    """Whether a name says that its dates are not when something happened: expiry, planning, an edit, a period's end."""
    return bool(_NO_EVENT.search(plain(name)))


def event_column(family: Family, roles: Mapping[str, str]) -> str | None:
    """The column that says when something happened, of the roles that were resolved; None where none does."""
    return next((roles[role] for role in family.events if role in roles), None)


def missing_roles(family: Family, roles: Collection[str]) -> tuple[str, ...]:
    """What is required and was not found, such as `opened_at` or `annual_salary or hourly_rate`."""
    return tuple(" or ".join(group) for group in family.required_groups if not set(group) & set(roles))


def missing_in_words(family: Family, columns: Sequence[Candidate], roles: Mapping[str, str]) -> str:
    """The same as a text, with the column that would do but for its type: `paid_at (check_date is text)`."""
    odd = {role: f" ({key} is {kind})" for role, (key, kind) in wrongly_typed(family, columns, roles).items()}
    groups = [group for group in family.required_groups if not set(group) & set(roles)]
    return ", ".join(" or ".join(group) + next((odd[r] for r in group if r in odd), "") for group in groups)


def wrongly_typed(family: Family, columns: Sequence[Candidate], roles: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Roles that only miss for a column's type: {role: (column, its type)}, such as a date published as text."""
    left = [c for c in columns if c.key not in roles.values()]
    found: dict[str, tuple[str, str]] = {}
    for _, role, column in _matches(family, left):
        if role not in roles and not _fits(family.roles[role], column):
            found.setdefault(role, (column.key, str(column.type)))
    return found

"""The form of a family's file, and the loading of all of them: `families/<id>.yml`, one kind of table each.

A family says how its tables are recognised and which columns they are made of; a column's meaning there is its *role*.
Patterns are compared with names in the form of `names.plain`; `families/_shared.yml` says how they are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from civicgauge.errors import ConfigurationError
from civicgauge.landed import ColumnType
from civicgauge.rows.names import name_pattern, plain, title_pattern
from civicgauge.yamlfile import Loaded, Problem, read_model

FOLDER = Path(__file__).parent / "families"
SHARED = "_shared"
DATES: frozenset[ColumnType] = frozenset({"date", "date_time", "instant"})

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, Field(min_length=3)]
Patterns = tuple[str, ...]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _compiled(patterns: Patterns) -> tuple[re.Pattern[str], ...]:
    return tuple(name_pattern(pattern) for pattern in patterns)


class Role(_Form):
    """What a column of a family holds: patterns of its whole name, the preferred first, and its types (none: any)."""

    means: Text
    names: Annotated[Patterns, Field(min_length=1)]
    types: tuple[ColumnType, ...] = ()

    @field_validator("names")
    @classmethod
    def _patterns(cls, names: Patterns) -> Patterns:
        _compiled(names)
        return names

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The patterns, ready."""
        return _compiled(self.names)


class Recognise(_Form):
    """How a table of the family is known: by words of its title, by a tag, or by columns that must all be there.

    Patterns of titles find whole words, those of tags and columns must fit as a whole. `never` in a title rules it out.
    """

    title: Annotated[Patterns, Field(min_length=1)]
    never: Patterns = ()
    tags: Patterns = ()
    columns: Patterns = ()

    @field_validator("tags", "columns")
    @classmethod
    def _name_patterns(cls, patterns: Patterns) -> Patterns:
        _compiled(patterns)
        return patterns

    @field_validator("title", "never")
    @classmethod
    def _title_patterns(cls, patterns: Patterns) -> Patterns:
        for pattern in patterns:
            title_pattern(pattern)
        return patterns

    def in_title(self, title: str) -> bool:
        """Whether the title speaks of this family and of nothing that rules it out."""
        return _finds(self.title, title) and not self.is_ruled_out(title)

    def is_ruled_out(self, title: str) -> bool:
        """Whether the title says that the table is something else."""
        return _finds(self.never, title)

    def in_tags(self, tags: Iterable[str]) -> bool:
        """Whether a tag is one of the family's, as a whole."""
        return any(p.fullmatch(plain(tag)) for tag in tags for p in _compiled(self.tags))

    def in_columns(self, names: Iterable[str]) -> bool:
        """Whether for each pattern a column is there; false where the family names none."""
        found = {plain(name) for name in names}
        return bool(self.columns) and all(any(p.fullmatch(n) for n in found) for p in _compiled(self.columns))


def _finds(patterns: Patterns, title: str) -> bool:
    return any(title_pattern(pattern).search(plain(title)) for pattern in patterns)


class Shared(_Form):
    """Roles that several families use, `families/_shared.yml`."""

    roles: dict[Id, Role]


class Family(_Form):
    """One kind of table.

    `required` lists roles, or lists of roles any of which will do; `events` the roles that say when something happened,
    the preferred first; `published` the roles that tell of persons and are published on purpose.
    """

    id: Id
    version: Annotated[int, Field(ge=1)]
    title: Text
    one_row_is: Text
    recognise: Recognise
    roles: dict[Id, Role]
    shared: tuple[Id, ...] = ()
    required: Annotated[tuple[Id | tuple[Id, ...], ...], Field(min_length=1)]
    events: tuple[Id, ...] = ()
    published: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _roles_exist(self) -> Self:
        known = {*self.roles, *self.shared}
        groups = {"required": self.required_groups, "events": (self.events,), "published": (self.published,)}
        for at, names in groups.items():
            for name in (n for group in names for n in group if n not in known):
                raise ValueError(f"{at}: {name!r} is none of the roles {', '.join(sorted(known))}")
        for name in self.events:
            if name in self.roles and not (self.roles[name].types and DATES.issuperset(self.roles[name].types)):
                raise ValueError(f"events: the role {name!r} must have types, and only {', '.join(sorted(DATES))}")
        return self

    @property
    def required_groups(self) -> tuple[tuple[str, ...], ...]:
        """What is required, each as the roles any of which will do."""
        return tuple((need,) if isinstance(need, str) else need for need in self.required)


@cache
def families() -> dict[str, Family]:
    """Every family of `families/` by id; ConfigurationError with every problem of every file, each with its place."""
    return load_families(FOLDER)


def load_families(folder: Path) -> dict[str, Family]:
    """The same from a folder: `_shared.yml`, and one file a family, named by its id."""
    shared = read_model(folder / f"{SHARED}.yml", Shared)
    paths = sorted(p for p in folder.glob("*.yml") if p.stem != SHARED)
    read = [(path, read_model(path, Family)) for path in paths]
    common = shared.model.roles if shared.model else {}
    problems = [*shared.problems, *(p for path, loaded in read for p in _problems(path, loaded, common))]
    if problems:
        raise ConfigurationError(f"{folder}: families that cannot be used:", tuple(str(p) for p in sorted(problems)))
    found = (loaded.model for _, loaded in read if loaded.model)
    return {f.id: f.model_copy(update={"roles": {**f.roles, **{r: common[r] for r in f.shared}}}) for f in found}


def _problems(path: Path, loaded: Loaded[Family], common: Mapping[str, Role]) -> Iterator[Problem]:
    yield from loaded.problems
    if loaded.model is None:
        return
    if loaded.model.id != path.stem:
        yield loaded.marks.problem(("id",), f"is {loaded.model.id!r} in a file called {path.name}; make them the same")
    for at, role in enumerate(loaded.model.shared):
        if role not in common:
            yield loaded.marks.problem(("shared", at), f"{role!r} is none of the roles of {SHARED}.yml")
        elif role in loaded.model.roles:
            yield loaded.marks.problem(("shared", at), f"{role!r} is given under `roles` too")

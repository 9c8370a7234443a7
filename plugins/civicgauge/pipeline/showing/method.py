"""The method and the standards as pages show them: versions of everything, and what of a standard can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from civicgauge.bearings import Bearing
from civicgauge.criteria import Criterion, Standard, signal_sentence, standards
from civicgauge.landing import vocabulary
from civicgauge.pipeline.columns import checks_of
from civicgauge.pipeline.context import method_version
from civicgauge.pipeline.showing import texts
from civicgauge.pipeline.showing.forms import NotShown
from civicgauge.pipeline.words import REASONS, STATUSES
from civicgauge.rows.family import families

_OWN = texts.OWN_STANDARD


@dataclass(frozen=True, slots=True)
class BearingLine:
    """A number that bears on a criterion: from where on it speaks for or against a city, where it decides at all."""

    indicator_id: str
    title: str
    unit: str
    direction: str
    in_line: float | None
    differs: float | None


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion as its standard's page lists it. `observable`: automatic, partial or none."""

    code: str
    practice: str
    name: str
    asks: str
    attest: str
    observable: str
    link_check: bool
    known: bool
    numbers: tuple[BearingLine, ...]


@dataclass(frozen=True, slots=True)
class StandardPage:
    """One version of a standard; `sentence` says how much of it a portal can show at all."""

    name: str
    standard: str
    version: str
    valid_from: date
    valid_to: date | None
    disclaimer: str
    sentence: str
    sources: tuple[str, ...]
    unknowns: tuple[str, ...]
    criteria_count: int
    unlisted_count: int
    criteria: tuple[CriterionLine, ...]


@dataclass(frozen=True, slots=True)
class Versioned:
    """Something of the method that carries a version: only equal versions are compared."""

    kind: str
    name: str
    title: str
    version: str
    note: str


@dataclass(frozen=True, slots=True)
class MethodPage:
    """What everything rests on. `statuses` and `reasons` say why a number may be missing; `standards` are names."""

    method_version: str
    versions: tuple[Versioned, ...]
    statuses: Mapping[str, str]
    reasons: Mapping[str, str]
    standards: tuple[tuple[str, str], ...]


def standard(name: str) -> StandardPage:
    """A standard by its file's name; NotShown where there is none."""
    found = standards().get(name)
    if found is None:
        raise NotShown(name)
    return StandardPage(
        name=name,
        standard=found.standard,
        version=found.version,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        disclaimer=found.disclaimer,
        sentence=signal_sentence(found),
        sources=found.sources,
        unknowns=found.unknowns,
        criteria_count=found.criteria_count,
        unlisted_count=found.unlisted_count,
        criteria=tuple(
            _line(name, found, practice.name, criterion)
            for practice in found.practices
            for criterion in practice.criteria
        ),
    )


def standard_names() -> tuple[tuple[str, str], ...]:
    """(name, words) of every standard, the newest first."""
    found = sorted(standards().items(), key=lambda each: each[1].valid_from, reverse=True)
    return tuple((name, f"{each.standard} {each.version}") for name, each in found)


def _line(name: str, of: Standard, practice: str, criterion: Criterion) -> CriterionLine:
    code = criterion.code if name == _OWN else criterion.like if of.like_standard == _OWN else None
    return CriterionLine(
        code=criterion.code,
        practice=practice,
        name=criterion.name,
        asks=criterion.asks,
        attest=criterion.attest,
        observable=criterion.observable,
        link_check=criterion.link_check,
        known=criterion.known,
        numbers=tuple(_bearings(code)) if code else (),
    )


def _bearings(code: str) -> Iterator[BearingLine]:
    """Those that decide first."""
    found = [(bearing, each) for each in texts.indicators().values() for bearing in each.bearings]
    for bearing, each in sorted(found, key=lambda pair: not pair[0].decides):
        if bearing.criterion == code:
            yield BearingLine(each.id, each.title, each.unit, each.direction, *_limits(bearing))


def _limits(bearing: Bearing) -> tuple[float | None, float | None]:
    return (bearing.rule.in_line, bearing.rule.differs) if bearing.rule else (None, None)


def method(expectations: Path) -> MethodPage:
    """The method as this version of civicgauge has it."""
    return MethodPage(
        method_version=method_version(),
        versions=tuple(_versions(expectations)),
        statuses=STATUSES,
        reasons=REASONS,
        standards=standard_names(),
    )


def _versions(expectations: Path) -> Iterator[Versioned]:
    for name, found in standards().items():
        until = f"in force from {found.valid_from}" + (f" to {found.valid_to}" if found.valid_to else "")
        yield Versioned("standard", name, found.standard, found.version, until)
    for each in texts.indicators().values():
        note = " ".join(f"Version {number}: {said}" for number, said in sorted(each.version_notes.items()))
        yield Versioned("indicator", each.id, each.title, str(each.version), note)
    for check in checks_of(expectations):
        yield Versioned("check", check.id, check.title, str(check.version), "")
    yield from _vocabularies()
    for name, kind in families().items():
        yield Versioned("kind of table", name, kind.title, str(kind.version), "")


@cache
def _vocabularies() -> tuple[Versioned, ...]:
    """They come with this version of civicgauge, and are long to read."""
    names = sorted(path.stem for path in Path(vocabulary.__file__).parent.glob("*.yml"))
    versions = ((name, str(vocabulary.read_vocabulary(name)["version"])) for name in names)
    return tuple(Versioned("vocabulary", name, f"Words for {name}", version, "") for name, version in versions)

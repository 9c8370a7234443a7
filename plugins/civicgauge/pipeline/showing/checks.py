"""A check's file as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from civicgauge.pipeline.showing import texts
from civicgauge.pipeline.showing.forms import Check, NotShown
from civicgauge.quality import form
from civicgauge.quality.conditions import Condition


def checks(expectations: Path) -> tuple[Check, ...]:
    """Every check, by id; the same for everyone."""
    files = {path.stem: path for path in expectations.rglob("*.yml")}
    return tuple(_told(each, expectations, files[each.id]) for each in texts.checks(expectations).values())


def check(expectations: Path, check_id: str) -> Check:
    """One check; NotShown where there is none."""
    found = texts.checks(expectations).get(check_id)
    if found is None:
        raise NotShown(check_id)
    return _told(found, expectations, next(expectations.rglob(f"{found.id}.yml")))


def _told(of: form.Check, expectations: Path, path: Path) -> Check:
    place = path.relative_to(expectations)
    return Check(
        check_id=of.id,
        version=of.version,
        where=place.parts[0] if len(place.parts) > 1 else "",
        title=of.title,
        why=of.why,
        severity=of.severity,
        table=of.table,
        applies="; ".join(f"{_condition(each)} (else: {_words(each.otherwise)})" for each in of.applies),
        needs=tuple(_condition(each) for each in of.needs),
        expectation="; ".join(_expectation(each) for each in (of.expectation, *of.also)),
        fix=of.fix,
        serves=tuple(each.model_dump() for each in of.serves),
        indicators=tuple((i.id, i.title) for i in texts.indicators().values() if of.id in i.checks),
        notes=tuple(_notes(of)),
        cases={outcome: n for outcome in get_args(form.Expected) if (n := len(of.cases.of(outcome)))},
        file=f"expectations/{place.as_posix()}",
    )


def _notes(of: form.Check) -> Iterator[str]:
    yield of.question
    if of.private:
        yield "What it finds may speak of personal data: it is for staff alone until a person releases it."
    if of.failing_rows:
        yield "The keys of a few failing rows are shown to the city itself and to staff."
    if of.alert.mended:
        yield f"Counts as mended: {of.alert.mended}"
    for outcome, why in of.no_case.items():
        yield f"No case that is {_words(outcome)}: {why}"


def _condition(of: Condition) -> str:
    """A condition in words, such as `kind is table or geo`."""
    name = of.column
    if of.among is not None:
        return f"{name} is {_either(of.among)}"
    if of.not_among is not None:
        return f"{name} is not {_either(of.not_among)}"
    if of.matches is not None:
        return f"{name} matches {of.matches}"
    bounds = (("at least", of.at_least), ("at most", of.at_most))
    return f"{name} is {' and '.join(f'{word} {n:g}' for word, n in bounds if n is not None) or 'known'}"


def _either(values: tuple[Any, ...]) -> str:
    said = ("null" if each is None else str(each).lower() if isinstance(each, bool) else str(each) for each in values)
    return " or ".join(said)


def _expectation(of: form.Expectation) -> str:
    told: Mapping[str, Any] = of.kwargs
    return f"{of.type}({', '.join(f'{name}={value!r}' for name, value in told.items())})"


def _words(name: str) -> str:
    return name.replace("_", " ")

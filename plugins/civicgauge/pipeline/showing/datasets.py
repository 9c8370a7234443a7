"""A city's datasets on its day, those with most to mend first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from civicgauge.errors import LakeDamaged
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.evidence import Evidence
from civicgauge.pipeline.showing.forms import Asked, DatasetLine, DatasetsPage, NotShown, Viewer
from civicgauge.pipeline.showing.lines import key_of, line_of
from civicgauge.pipeline.showing.lists import Fields, choices, chosen, holds_words, part

_COUNTED = {True: "yes", False: "no", None: "undecided"}


def _checks(line: DatasetLine) -> list[str]:
    words = [word for word, count in (("failed", line.n_failed), ("unknown", line.n_unknown)) if count]
    return words or ["neither"]


_FIELDS: Fields = {
    "portal": lambda line: [line.portal_id],
    "kind": lambda line: [line.kind] if line.kind else [],
    "counted": lambda line: [_COUNTED[line.is_counted]],
    "freshness": lambda line: [line.freshness_status] if line.freshness_status else [],
    "licence": lambda line: [line.licence_class] if line.licence_class else [],
    "checks": _checks,
}
_SORTS: dict[str, Any] = {
    "title": lambda line: line.title.casefold(),
    "age": lambda line: (line.age_days is None, -(line.age_days or 0)),
    "unknown": lambda line: -line.n_unknown,
}


def datasets(base: Base, viewer: Viewer, city_id: str, asked: Asked, as_of: str | None) -> DatasetsPage:
    """See `Shown.datasets`."""
    known, run = base.measured_city(viewer, city_id, as_of)
    lines = lines_of(Evidence(base, run, viewer.audience == "staff"))
    found = [each for each in chosen(lines, asked, _FIELDS) if holds_words(asked, each.title, each.dataset_id)]
    rows, place = part(sorted(found, key=_SORTS[asked.sort]) if asked.sort in _SORTS else found, asked)
    return DatasetsPage(known.line(run), tuple(rows), place, asked, choices(lines, _FIELDS))


def lines_of(evidence: Evidence) -> Sequence[DatasetLine]:
    """Every dataset of the day, those with most to mend first; kept for a minute: a page is followed by the next."""
    run, minute = evidence.run, int(evidence.base.seeing.clock() // 60)
    key = ("lines", run["run_id"], run["ended_at"], evidence.with_private, minute)
    return evidence.base.kept.lists.get(key, lambda: _lines(evidence))


def _lines(evidence: Evidence) -> Sequence[DatasetLine]:
    try:
        counts = evidence.counts()
        lines = [line_of(row, counts.get(key_of(row))) for row in evidence.days()]
    except LakeDamaged as error:
        raise NotShown(str(error)) from error
    return sorted(lines, key=_most_to_mend)


def _most_to_mend(line: DatasetLine) -> tuple[bool, int, int, str, str, str]:
    more = (-line.n_failed, -line.n_unknown)
    return line.is_counted is False, *more, line.title.casefold(), line.portal_id, line.dataset_id

"""A dataset on a day: its state, what was checked, the versions that landed, and what their columns hold in counts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from civicgauge.errors import LakeDamaged
from civicgauge.pipeline.showing import decisions, texts
from civicgauge.pipeline.showing.addresses import slug
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.evidence import Evidence
from civicgauge.pipeline.showing.forms import DatasetPage, DecisionLine, NotShown, Result, Version, Viewer
from civicgauge.pipeline.showing.incidents import incident_rows, told
from civicgauge.pipeline.showing.lines import Key, key_of, line_of
from civicgauge.pipeline.showing.profiles import Profiles
from civicgauge.pipeline.showing.seeing import Known, sees_rows
from civicgauge.quality.form import Check

Row = Mapping[str, Any]
_PULL_DAYS = 14
_OUTCOMES = ("failed", "errored", "unknown", "passed", "not_applicable")


def dataset(base: Base, viewer: Viewer, city_id: str, key: Key, as_of: str | None) -> DatasetPage:
    """See `Shown.dataset`."""
    known, run = base.measured_city(viewer, city_id, as_of)
    key = _named(base, city_id, key)
    identity = next(iter(base.datasets.identities(city_id, [key])), None)
    try:
        found = _seen(base, viewer, run, key)
        if found is None and identity is not None and identity["last_seen"] < run["day"]:  # what is gone shows its last
            last = base.rows.newest_runs(identity["last_seen"] + timedelta(days=1), [city_id]).get(city_id)
            found = _seen(base, viewer, last, key) if last else None
        if found is None:
            raise NotShown(f"{city_id}/{key}")
        evidence, row = found
        return _Pages(base, viewer, known, evidence).page(row, identity)
    except LakeDamaged as error:
        raise NotShown(str(error)) from error


def dataset_pages(base: Base, viewer: Viewer, city_id: str, as_of: str | None) -> Iterator[DatasetPage]:
    """See `Shown.dataset_pages`."""
    known, run = base.measured_city(viewer, city_id, as_of)
    evidence = Evidence(base, run, viewer.audience == "staff")
    pages = _Pages(base, viewer, known, evidence)
    identities = {key_of(row): row for row in base.datasets.identities(city_id)}
    try:
        for row in evidence.days():
            yield pages.page(row, identities.get(key_of(row)))
    except LakeDamaged as error:
        raise NotShown(str(error)) from error


def _named(base: Base, city_id: str, key: Key) -> Key:
    """The dataset of an id, or of its slug; ids that are no plain words are in addresses by their digest alone."""
    portal_id, text = key
    if not text.startswith("~"):
        return key
    slugs = (each for each in base.datasets.ids(city_id, portal_id) if slug(each) == text)
    return portal_id, next(slugs, text)


def _seen(base: Base, viewer: Viewer, run: Row, key: Key) -> tuple[Evidence, Row] | None:
    evidence = Evidence(base, run, viewer.audience == "staff", key)
    row = next(iter(evidence.days()), None)
    return None if row is None else (evidence, row)


@dataclass(frozen=True)
class _Pages:
    """Pages of one city and day. All is asked for once: of one dataset where the evidence is of one, else of all."""

    base: Base
    viewer: Viewer
    known: Known
    evidence: Evidence

    def page(self, row: Row, identity: Row | None) -> DatasetPage:
        """The page of a row of the day; `identity` is its row of `dataset`."""
        key, run, who = key_of(row), self.evidence.run, identity or {}
        results = self._results.get(key, ())
        return DatasetPage(
            city=self.known.line(run),
            line=line_of(row, _counts(results)),
            day=row["day"],
            as_of=row["as_of"],
            state={name: value for name, value in row.items() if name != "run_id"},
            results=tuple(self._result(each, key) for each in sorted(results, key=_order)),
            versions=tuple(_version(each) for each in self._landings.get(key, ()) if self._is_known_by_then(each)),
            pulls=tuple(self._pulls.get(key, ())),
            profile=self._profiles.of(key),
            incidents=told(self.base, self._incidents.get(key, ())),
            first_seen=who.get("first_seen") or row["first_seen"] or row["day"],
            last_seen=who.get("last_seen") or row["day"],
            presence=who.get("presence"),
            removed_on=who.get("removed_on"),
            observation=self._observation(row),
            decisions=tuple(each for each in self._decisions if _is_on(each, key)),
        )

    @cached_property
    def _keys(self) -> list[Key] | None:
        return None if self.evidence.key is None else [self.evidence.key]

    @cached_property
    def _results(self) -> Mapping[Key, Sequence[Row]]:
        return _by_key(self.evidence.results())

    @cached_property
    def _landings(self) -> Mapping[Key, Sequence[Row]]:
        return _by_key(self.base.datasets.landings(self.known.city_id, self._keys))

    @cached_property
    def _pulls(self) -> Mapping[Key, Sequence[Row]]:
        day: date = self.evidence.run["day"]
        shown = self.base.rows.shown_runs(self.known.city_id, (day - timedelta(days=_PULL_DAYS - 1), day))
        rows = self.base.datasets.pulls(self.known.city_id, [each["day"] for each in shown], self._keys)
        return _by_key({name: value for name, value in row.items() if name != "run_id"} for row in rows)

    @cached_property
    def _incidents(self) -> Mapping[Key, Sequence[Row]]:
        return _by_key(incident_rows(self.base, self.viewer, self.known, self.evidence.run["day"]))

    @cached_property
    def _decisions(self) -> Sequence[DecisionLine]:
        return decisions.holding(self.base, self.known.city_id, self.evidence.run["day"])

    @cached_property
    def _profiles(self) -> Profiles:
        return Profiles(self.base, self.evidence.run, self.evidence.key)

    @cached_property
    def _failing(self) -> Mapping[tuple[str, str, str], tuple[str, ...]]:
        return self.evidence.failing_rows() if sees_rows(self.viewer, self.known) else {}

    @cached_property
    def _checks(self) -> Mapping[str, Check]:
        return texts.checks(self.base.context.settings.expectations)

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        return {portal.id: portal.kind for portal in self.known.file.portals} if self.known.file else {}

    def _is_known_by_then(self, landing: Row) -> bool:
        ended = self.evidence.run["ended_at"]
        return bool(landing["fetched_at"] <= ended)

    def _result(self, row: Row, key: Key) -> Result:
        check = self._checks.get(row["check_id"])
        return Result(
            check_id=row["check_id"],
            check_version=row["check_version"],
            title=check.title if check else row["check_id"],
            subject=row["subject"],
            outcome=row["outcome"],
            observed=row["observed"],
            expected=row["expected"],
            failed_count=row["failed_count"],
            checked_count=row["checked_count"],
            reason=row["reason"],
            severity=row["severity"],
            steps=tuple(check.fix.get(self._kinds.get(row["portal_id"], ""), ())) if check else (),
            is_private=row["is_private"],
            failing_rows=self._failing.get((*key, row["check_id"]), ()) if row["outcome"] == "failed" else (),
        )

    def _observation(self, row: Row) -> dict[str, str]:
        run = self.evidence.run
        found = {
            "run_id": run["run_id"],
            "outcome": run["outcome"],
            "method_version": run["method_version"],
            "input_digest": row["input_digest"],
        }
        lake = {"catalog_attempt": run["catalog_attempt"], "results_attempt": run["results_attempt"]}
        more = lake if self.viewer.audience == "staff" else {}
        return {name: str(value) for name, value in (found | more).items() if value is not None}


def _is_on(decision: DecisionLine, key: Key) -> bool:
    """Whether a decision is on the entry, on its portal or on the whole city."""
    return decision.portal_id in ("", key[0]) and decision.dataset_id in ("", key[1])


def _by_key(rows: Iterable[Row]) -> Mapping[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[key_of(row)].append(row)
    return found


def _counts(results: Iterable[Row]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for row in results:
        found[row["outcome"]] += 1
    return found


def _order(row: Row) -> tuple[int, str, str]:
    return _OUTCOMES.index(row["outcome"]), row["check_id"], row["subject"]


def _version(row: Row) -> Version:
    return Version(
        resource_id=row["resource_id"],
        version=row["version"],
        fetched_at=row["fetched_at"],
        source_url=row["source_url"],
        rows_count=row["rows_count"],
        columns_count=row["columns_count"],
        bytes_count=row["bytes_count"],
        sha256=row["sha256"],
        problem=row["problem"],
        changes=None if row["schema_changes"] is None else tuple(json.loads(row["schema_changes"])),
    )

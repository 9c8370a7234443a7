"""What would help most, as a city's page says it: texts looked up now for what was found when the day was published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from civicgauge.errors import LakeDamaged
from civicgauge.indicators import Indicator
from civicgauge.pipeline.feedback import promise_of, steps_of
from civicgauge.pipeline.mending import Found, Mending, mending_of
from civicgauge.pipeline.showing import texts
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import Mend
from civicgauge.pipeline.showing.lines import Key, key_of, line_of
from civicgauge.quality.form import Check

Row = Mapping[str, Any]
GONE = "The evidence behind this day is no longer kept; what would help most can no longer be told."
_MOST_SEEN = 2


@dataclass(frozen=True)
class Steps:
    """What would help most; `why_none` where it cannot be told any more."""

    mends: tuple[Mend, ...] = ()
    n_more: int = 0
    why_none: str | None = None


def next_steps(base: Base, run: Row) -> Steps:
    """Of a shown run: nothing that is private is in it, whoever looks."""
    results, catalog = run["results_attempt"], run["catalog_attempt"]
    if not (results and catalog):
        return Steps(why_none=GONE)
    try:
        found: Mending = base.kept.small.get(("mending", results), lambda: mending_of(base.context, results, catalog))
    except LakeDamaged:
        return Steps(why_none=GONE)
    known = [each for each in found.found if each.indicator_id in texts.indicators()]
    keys = {key for each in known for key in (*each.datasets, *each.slower)}
    rows = _rows(base, run, keys)
    seen = _seen(base, run, known)
    checks = texts.checks(base.context.settings.expectations)
    mends = tuple(_mend(texts.indicators()[each.indicator_id], each, rows, seen, checks) for each in known)
    return Steps(mends, found.n_more)


def _rows(base: Base, run: Row, keys: set[Key]) -> Mapping[Key, Row]:
    """Of these datasets the day's rows; who they are alone where the warehouse holds the day no more."""
    blank = {"kind": None, "declared_frequency": None, "expected_period_days": None, "observed_period_days": None}
    identities = {key_of(row): {**blank, **row} for row in base.datasets.identities(run["city_id"], keys)}
    return identities | {key_of(row): row for row in base.datasets.days(run["city_id"], run["day"], keys)}


def _seen(base: Base, run: Row, found: list[Found]) -> dict[Key, list[Row]]:
    """By dataset, the failed checks of those indicators."""
    keys = {key for each in found for key in each.datasets}
    ids = {check_id for each in found for check_id in texts.indicators()[each.indicator_id].checks}
    by: dict[Key, list[Row]] = defaultdict(list)
    for row in base.datasets.results(run["city_id"], run["day"], keys, with_private=False, check_ids=ids):
        if row["outcome"] == "failed":
            by[key_of(row)].append(row)
    return by


def _mend(
    indicator: Indicator,
    found: Found,
    rows: Mapping[Key, Row],
    failed: Mapping[Key, list[Row]],
    checks: Mapping[str, Check],
) -> Mend:
    def seen(key: Key) -> str | None:
        told = [r["observed"] for r in failed.get(key, ()) if r["check_id"] in indicator.checks and r["observed"]]
        return "; ".join(told[:_MOST_SEEN]) or None

    return Mend(
        indicator_id=indicator.id,
        title=indicator.title,
        gain=indicator.gain,
        effort=indicator.effort,
        benefit=indicator.benefit,
        n_concerned=found.n_concerned,
        n_known=found.n_known,
        datasets=tuple(line_of(rows[key], seen=seen(key)) for key in found.datasets if key in rows),
        steps={kind: steps_of(indicator, kind, checks.get(word or "")) for kind, word in found.advised.items()},
        promise=tuple(told for key in found.slower if key in rows and (told := promise_of(rows[key]))),
    )

"""Late datasets that look recent, because only their description was edited (DESIGN rule 2)."""

from __future__ import annotations

from datetime import datetime

from civicgauge.bearings import informs
from civicgauge.indicators import Evidence, Figure, Indicator, Leader, Results, Row
from civicgauge.indicators._arithmetic import checked, observed, share
from civicgauge.indicators._bands import SHARE_LESS
from civicgauge.indicators._sources import PROMISE
from civicgauge.model import Outcome

_CHECK = "update_on_time"
_on_time = checked(_CHECK)


def _seems_fresh(row: Row, results: Results, as_of: datetime) -> Outcome:
    """Late by the date of its data, and touched within its own period."""
    outcome = _on_time(row, results)
    if outcome is Outcome.PASSED:
        return observed(row, Outcome.FAILED)
    if outcome is not Outcome.FAILED:
        return outcome
    if row["touched_at"] is None or row["expected_period_days"] is None:
        return Outcome.UNKNOWN
    is_recent = (as_of - row["touched_at"]).total_seconds() <= row["expected_period_days"] * 86_400
    return observed(row, Outcome.PASSED if is_recent else Outcome.FAILED)


def _share(evidence: Evidence) -> Figure:
    return share(lambda row, results: _seems_fresh(row, results, evidence.as_of))(evidence)


INDICATORS = (
    Indicator(
        id="touched_not_changed_share",
        version=1,
        title="Touched, not changed",
        question="How many datasets look recent although their data are late?",
        unit="share",
        direction="lower_is_better",
        formula="Datasets whose data are late by the check of the promise while the entry itself was edited within "
        "the promised period, divided by the datasets that are kept up. A dataset whose promise cannot be tested, or "
        "that shows no date, is unknown.",
        sources=PROMISE,
        checks=(_CHECK,),
        bearings=informs("OD3"),
        gaming="Hiding the date of the last edit, or taking the promise back, makes a late dataset unknown, which "
        "lowers no upper bound. A job that writes the same rows again would take it out; rows that are only dated anew "
        "are a number of their own.",
        gain="People do not take an edited description for new data.",
        benefit=2,
        effort=1,
        advice="When you edit the entry of a late dataset, say in its description how old the data are.",
        leader=Leader(
            ask="Have the portal show when the data were renewed, not when a description was edited.",
            why="A new date on old data misleads whoever relies on it.",
            who="the open-data team",
        ),
        arithmetic=_share,
        bands=SHARE_LESS,
    ),
)

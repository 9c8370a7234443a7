"""Promises kept, with the share that is fresh and the share that can be tested beside it (DESIGN rules 3 and 4)."""

from __future__ import annotations

from civicgauge.indicators import Indicator, Results, Row
from civicgauge.indicators._arithmetic import checked, observed, share
from civicgauge.indicators._sources import PROMISE
from civicgauge.model import Outcome

_CHECK = "update_on_time"
_on_time = checked(_CHECK)


def _is_fresh(row: Row, results: Results) -> Outcome:
    """Fresh, among the datasets that the check judges: late is not fresh, and what the check cannot tell is unknown."""
    outcome = _on_time(row, results)
    if outcome is not Outcome.PASSED:
        return outcome
    return {"fresh": Outcome.PASSED, "due": Outcome.FAILED}.get(row["freshness_status"], Outcome.UNKNOWN)


def _is_testable(row: Row, results: Results) -> Outcome:
    """Whether the check could come to a verdict. Not able to is a plain no; only our own error is unknown."""
    result = results.get(_CHECK)
    if result is None or result.outcome is Outcome.ERRORED:
        return Outcome.UNKNOWN
    if result.outcome in (Outcome.PASSED, Outcome.FAILED):
        return observed(row, Outcome.PASSED)
    return observed(row, Outcome.FAILED if result.outcome is Outcome.UNKNOWN else Outcome.NOT_APPLICABLE)


_KEPT = Indicator(
    id="promises_kept_share",
    version=1,
    title="Promises kept",
    question="How many of the datasets that are kept up are as recent as the city says they are?",
    unit="share",
    direction="higher_is_better",
    formula="Datasets whose status is fresh or due, divided by all datasets that are not marked as historical and not "
    "replaced by a newer edition. A dataset without a frequency that can be tested, or without a date of its data, is "
    "unknown: it widens the bounds and never counts as kept. Ages are whole calendar days in the city's time zone; "
    "periods use their longest calendar length; the ladder from fresh to delinquent is the published one of the "
    "Humanitarian Data Exchange, with one day of grace.",
    sources=PROMISE,
    checks=(_CHECK,),
    criteria=("OD3",),
    gaming="Clearing a frequency, calling it as needed, or hiding a date makes the dataset unknown: the lower bound "
    "does not rise, and lists sort by the lower bound. A promise that is loosened while late keeps its old period "
    "for twelve months. Editing a description does not move the date of the data. A job that touches the data "
    "without changing it cannot be told from an update by the catalogue alone.",
    advice="Begin with the datasets that are late by most cycles. If a dataset is updated more seldom than promised, "
    "say the true frequency. If it is no longer updated, say so in its frequency and its description.",
    arithmetic=share(_on_time),
)

_FRESH = Indicator(
    id="promises_fresh_share",
    version=1,
    title="Fresh",
    question="How many of the datasets that are kept up are within their own period today?",
    unit="share",
    direction="higher_is_better",
    formula="Datasets whose status is fresh, divided by the same datasets as in promises kept. Due, overdue and "
    "delinquent are not fresh. Stands beside promises kept, which also counts those that are due.",
    sources=PROMISE,
    checks=(_CHECK,),
    criteria=("OD3",),
    gaming="The same as for promises kept: what is cleared or hidden becomes unknown and cannot raise the lower bound.",
    advice="Datasets that are due now are the ones that will be late next. Look at them before they are.",
    arithmetic=share(_is_fresh),
)

_TESTABLE = Indicator(
    id="promises_testable_share",
    version=1,
    title="Promises that can be tested",
    question="For how many datasets can anyone tell whether the city's promise is kept?",
    unit="share",
    direction="higher_is_better",
    formula="Datasets for which the check of the promise came to a verdict, kept or not, divided by all datasets "
    "that are not marked as historical and not replaced by a newer edition. As needed, irregular, no frequency, a "
    "frequency that is not in the vocabulary, and no date of the data all mean: cannot be tested. Unknown are only "
    "datasets of undecided ownership, those of a portal that was not read today, and those where our own check broke.",
    sources=PROMISE,
    checks=(_CHECK,),
    criteria=("OD3",),
    gaming="Declaring a frequency for everything raises this number, and puts every one of those promises to the "
    "test in promises kept. Marking datasets as historical takes them out only while their data do not change.",
    advice="Give each dataset that is kept up a frequency with a number in it, such as weekly or every two months. "
    "If a spelling of yours is not recognised, tell us: the vocabulary is a file that anyone can add to.",
    arithmetic=share(_is_testable),
)

INDICATORS = (_KEPT, _FRESH, _TESTABLE)

"""How the promise of a dataset is judged: shared by the indicators that rest on it (DESIGN rules 3 and 4)."""

from __future__ import annotations

from civicgauge.indicators._arithmetic import checked, observed
from civicgauge.indicators._form import Results, Row
from civicgauge.model import Outcome

CHECK = "update_on_time"
on_time = checked(CHECK)


def is_fresh(row: Row, results: Results) -> Outcome:
    """Fresh, among the datasets that the check judges: late is not fresh, and what the check cannot tell is unknown."""
    outcome = on_time(row, results)
    if outcome is not Outcome.PASSED:
        return outcome
    return {"fresh": Outcome.PASSED, "due": Outcome.FAILED}.get(row["freshness_status"], Outcome.UNKNOWN)


def is_testable(row: Row, results: Results) -> Outcome:
    """Whether the check could come to a verdict. Not able to is a plain no; only our own error is unknown."""
    result = results.get(CHECK)
    if result is None or result.outcome is Outcome.ERRORED:
        return Outcome.UNKNOWN
    if result.outcome in (Outcome.PASSED, Outcome.FAILED):
        return observed(row, Outcome.PASSED)
    return observed(row, Outcome.FAILED if result.outcome is Outcome.UNKNOWN else Outcome.NOT_APPLICABLE)

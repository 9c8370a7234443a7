"""Promises loosened or removed while the data were late (DESIGN rule 3)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Leader, Results, Row
from civicgauge.indicators._arithmetic import count_of, observed
from civicgauge.indicators._events import once_compared
from civicgauge.indicators._sources import PROMISE
from civicgauge.model import Outcome


def _is_changed(row: Row, _results: Results) -> Outcome:
    return observed(row, Outcome.PASSED if row["promise_changed"] else Outcome.FAILED)


INDICATORS = (
    Indicator(
        id="promises_changed_late_count",
        version=1,
        title="Promises changed while late",
        question="How many promises were loosened or taken back while the data were late?",
        unit="datasets",
        direction="lower_is_better",
        formula="Datasets whose declared frequency was made slower, untestable or removed while they were overdue or "
        "delinquent, in the past twelve months and not accepted by staff. For that long the older promise stays in "
        "force. Not measured on the first day, when no earlier promise is known.",
        sources=PROMISE,
        checks=(),
        bearings=informs("OD3"),
        gaming="Waiting with the change until the data are fresh is honest and does not count. A frequency cleared "
        "before we first looked would not be seen. Making the dataset private would take it from here to the datasets "
        "missing.",
        gain="People can trust that a promise is not bent when it is broken.",
        benefit=2,
        effort=1,
        advice="Say publicly why the promise was changed, and ask for the change to be accepted.",
        leader=Leader(
            ask="Ask that a promise is changed before it is missed, with the reason written beside it.",
            why="A promise that is loosened once it is broken tells people to trust none.",
            who="the departments that own the data",
        ),
        arithmetic=once_compared(count_of(_is_changed)),
    ),
)

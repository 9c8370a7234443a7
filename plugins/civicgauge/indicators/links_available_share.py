"""How much of the last 30 days the links of datasets were there, on average over the datasets (DESIGN rule 7)."""

from __future__ import annotations

from fractions import Fraction

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Leader, Results, Row
from civicgauge.indicators._arithmetic import MOST_UNKNOWN, Piece, ratio
from civicgauge.indicators._bands import SHARE
from civicgauge.indicators._links import LINKS

_UNKNOWN = Piece(Fraction(0), Fraction(1))


def _piece(row: Row, _results: Results) -> Piece | None:
    """The available share of a dataset's checks; what a check could not tell counts either way in the bounds.

    Unknown where no check told anything, or more than 30 % told nothing.
    """
    if not row["is_observed"] or row["links_count"] is None:
        return _UNKNOWN
    if not row["links_count"]:
        return None
    ok, broken, unknown = (row[f"links_{state}_checks_count"] or 0 for state in ("ok", "broken", "unknown"))
    total = ok + broken + unknown
    if not ok + broken or unknown > MOST_UNKNOWN * total:
        return _UNKNOWN
    return Piece(Fraction(ok, total), Fraction(unknown, total), shown=Fraction(ok, ok + broken))


INDICATORS = (
    Indicator(
        id="links_available_share",
        version=1,
        title="Links available over 30 days",
        question="How much of the last 30 days were the datasets' links to other hosts there?",
        unit="share",
        direction="higher_is_better",
        formula="For each dataset with links to other hosts, over the last 30 days and all its links: days on which "
        "the check found the link there, divided by days on which it was found there or broken. Then the mean over the "
        "datasets, each weighing the same. Days on which a check could not tell widen the bounds; where they are more "
        "than 30 % of a dataset's, or it was never checked, the dataset is unknown.",
        sources=LINKS,
        checks=(),
        bearings=informs("OD3"),
        gaming="Refusing our requests instead of being absent moves days from broken to unknown: the value may rise, "
        "the lower bound does not, and a refusal that persists is broken. A link that was removed or given another "
        "address keeps its past, and each day since it was removed while broken is unknown.",
        gain="People can rely on the address being there tomorrow.",
        benefit=2,
        effort=2,
        advice="A share a little below 100 % is a server with outages: ask those who run it. A share near 0 % is an "
        "address that nobody has opened for a while.",
        leader=Leader(
            ask="Have published files kept where they can be reached every day.",
            why="Nobody can build on an address that answers on some days alone.",
            who="IT, with the open-data team",
        ),
        arithmetic=ratio(_piece),
        bands=SHARE,
    ),
)

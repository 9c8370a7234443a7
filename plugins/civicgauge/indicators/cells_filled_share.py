"""How much of the chosen datasets' cells holds anything."""

from __future__ import annotations

from fractions import Fraction

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Results, Row
from civicgauge.indicators._arithmetic import Piece, ratio
from civicgauge.indicators._sources import ROWS


def _filled(row: Row, _results: Results) -> Piece | None:
    """The filled share of a chosen dataset's cells; unknown where its rows have not landed, or are none."""
    if not row["is_chosen"]:
        return None
    cells, filled = row["cells_count"], row["cells_filled_count"]
    if not row["is_observed"] or not cells or filled is None:
        return Piece(Fraction(0), Fraction(1))
    return Piece(Fraction(filled, cells), Fraction(0))


INDICATORS = (
    Indicator(
        id="cells_filled_share",
        version=1,
        title="Cells filled",
        question="How much of the chosen datasets' cells holds anything, on average over the datasets?",
        unit="share",
        direction="neutral",
        formula="For each chosen dataset, the cells with more than blanks divided by rows times columns; then the mean "
        "over the datasets, each weighing the same. System columns never count. Many columns are rightly empty in many "
        "rows, so that more is not better by itself: the number is for comparing a city with itself.",
        sources=ROWS,
        checks=(),
        bearings=informs("DM4"),
        gaming="Writing N/A into empty cells would raise it: the check on placeholders shows that. Hence it is judged "
        "by nobody, and has no better end.",
        gain="People find in the columns what their headings promise.",
        benefit=1,
        effort=2,
        advice="Where a column is always empty, remove it; where it is empty by mistake, mend the load.",
        arithmetic=ratio(_filled),
    ),
)

"""How much of their columns datasets describe, each dataset weighing the same (DESIGN rule 10)."""

from __future__ import annotations

from fractions import Fraction

from civicgauge.bearings import decides, informs
from civicgauge.indicators import Indicator, Leader, Results, Row
from civicgauge.indicators._arithmetic import Piece, checked, ratio
from civicgauge.indicators._bands import SHARE
from civicgauge.model import Outcome

_CHECK = "columns_described"
_outcome = checked(_CHECK)
_UNKNOWN = Piece(Fraction(0), Fraction(1))
_HIDDEN = Piece(Fraction(0), Fraction(1), hidden=True)


def _piece(row: Row, results: Results) -> Piece | None:
    """The described share of a dataset's columns.

    Where the catalogue lists no columns it is unknown, also for files and links: they may well have columns, unless
    they are known not to be data that a machine reads. A dataset listed with none at all has nothing to describe,
    unless it is a table or a map; then hiding them exempts nothing.
    """
    outcome = _outcome(row, results)
    if outcome in (Outcome.PASSED, Outcome.FAILED):
        result = results[_CHECK]
        total = result.checked_count
        return Piece(Fraction(total - result.failed_count, total), Fraction(0)) if total else _UNKNOWN
    if not row["is_observed"]:
        return _UNKNOWN
    if not row["has_columns_in_catalogue"]:
        return None if row["is_machine_readable"] is False else _HIDDEN
    if not row["columns_count"]:
        return _UNKNOWN if row["kind"] in ("table", "geo") else None
    return None if outcome is Outcome.NOT_APPLICABLE else _UNKNOWN


INDICATORS = (
    Indicator(
        id="columns_described_share",
        version=1,
        title="Columns described",
        question="How much of a dataset's columns is explained, on average over the datasets?",
        unit="share",
        direction="higher_is_better",
        formula="For each dataset, the columns with a description divided by its columns; then the mean over the "
        "datasets, so that one table with 258 columns weighs no more than a table with five. A description that only "
        "repeats the name of the column is none. System columns never count. A dataset whose columns the catalogue "
        "does not list is unknown, anything from 0 to 100 %; one that is known not to be machine-readable is left out.",
        sources={
            "socrata": "`resource.columns_name`, `columns_field_name` and `columns_description`; columns whose field "
            "name begins with a colon are the system's. Files and links have none in the catalogue: unknown.",
            "ckan": "The catalogue lists no columns. Not measured until they are read from the DataStore.",
        },
        checks=(_CHECK,),
        bearings=(decides("OD2", in_line=0.8, differs=0.3), *informs("DM4")),
        gaming="Repeating names as descriptions does not count. A table that hides its columns becomes unknown, "
        "which cannot raise the lower bound. Dropping columns that nobody described would raise the number and harm "
        "the data; the number of columns per dataset is in the tables.",
        gain="People can use a table without asking anyone what its columns mean.",
        benefit=3,
        effort=2,
        advice="Begin with the datasets that are used most. A data dictionary as a file is good; the same words in the "
        "portal's column descriptions reach more people.",
        leader=Leader(
            ask="Have the columns of the most used datasets explained in plain words.",
            why="People must guess what a column means, or ask the office that made it.",
            who="those who know each table, with the open-data team",
        ),
        arithmetic=ratio(_piece),
        bands=SHARE,
        is_about_showing=True,
    ),
)

"""Data dictionaries: documents that explain the columns, or descriptions of all of them (DESIGN rule 10)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Leader, Results, Row
from civicgauge.indicators._arithmetic import observed, share
from civicgauge.indicators._bands import SHARE
from civicgauge.model import Outcome


def _is_explained(row: Row, _results: Results) -> Outcome:
    """A document, or every column described; unknown where the catalogue shows no attachments, or no columns.

    Where nobody can tell whether a program can read the dataset, it may or may not be asked for: unknown, so that
    hiding the format of a document does not bring it in.
    """
    if row["is_machine_readable"] is False and row["is_observed"]:
        return Outcome.NOT_APPLICABLE
    if row["is_machine_readable"] is None:
        return Outcome.UNKNOWN
    if row["documentation_count"] or (row["columns_count"] and row["columns_described"] == row["columns_count"]):
        return observed(row, Outcome.PASSED)
    may_be_described = row["kind"] in ("table", "geo") and not row["columns_count"]
    return observed(row, Outcome.UNKNOWN if row["documentation_count"] is None or may_be_described else Outcome.FAILED)


INDICATORS = (
    Indicator(
        id="dictionary_share",
        version=1,
        title="Data dictionaries",
        question="How many datasets come with an explanation of all their columns?",
        unit="share",
        direction="higher_is_better",
        formula="Datasets with a document that explains them (a resource recognised as a dictionary, readme or "
        "schema; any PDF or text document beside data; a description that speaks of a dictionary), or with a "
        "description for every column, divided by the datasets that programs can read. A dataset without any is "
        "unknown on a platform whose catalogue does not show attached documents, and where the portal holds a table "
        "whose columns the catalogue does not list. One whose format nobody recognises is unknown too.",
        sources={
            "socrata": "`resource.columns_description`; words such as data dictionary in `resource.description`. "
            "Attachments do not stand in the Discovery API: unknown.",
            "ckan": "Resources of the package that are documents by title or format; words such as data dictionary in "
            "`notes`. The DataStore's data dictionary does not stand in the catalogue: unknown.",
        },
        checks=(),
        bearings=informs("OD2", "DM4"),
        gaming="An empty document, or a description that only says there is a dictionary, would count; a person who "
        "opens it sees that. So would dropping the columns that nobody described. Hiding the columns, or the format, "
        "makes the dataset unknown. The described share of the columns stands beside this.",
        gain="People can use a table without guessing what a code or a column means.",
        benefit=3,
        effort=2,
        advice="Attach one table with a line for each column: name, meaning, unit, codes. The same words in the "
        "column descriptions reach more people.",
        leader=Leader(
            ask="Have a list of columns and codes published beside each table.",
            why="A code without its key can be read by nobody outside the office.",
            who="those who know each table, with the open-data team",
        ),
        arithmetic=share(_is_explained),
        bands=SHARE,
        steps={
            "socrata": "Open the dataset, choose Edit, then Edit Metadata; add the dictionary under Attachments, and "
            "describe each column under Column Information.",
            "ckan": "Add the dictionary as a resource called Data dictionary, or fill in the DataStore's own data "
            "dictionary.",
        },
        is_about_showing=True,
    ),
)

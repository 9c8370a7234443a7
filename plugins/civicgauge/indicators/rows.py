"""What the rows of the chosen datasets are worth: sound, filled, as recent as the portal says."""

from __future__ import annotations

from fractions import Fraction

from civicgauge.indicators import Indicator, Results, Row
from civicgauge.indicators._arithmetic import Judge, Piece, checked, ratio, share
from civicgauge.model import Outcome

REQUIRED = (
    "rows_present",
    "rows_not_collapsed",
    "rows_as_stated",
    "rows_not_ragged",
    "rows_not_repeated",
    "columns_promised_present",
    "encoding_sound",
    "values_fit_type",
    "keys_filled",
    "keys_unique",
)
_NEWEST = "newest_event_keeps_up"
_SOURCES = {
    "socrata": "The rows of the bulk export (`rows.csv`), or of SODA where there is none; the portal's own count and "
    "columns from SODA and `/api/views`.",
    "ckan": "The rows of the DataStore's dump with its own count and fields, else the file behind the resource.",
}


def of_chosen(judge: Judge) -> Judge:
    """The judge, for the datasets that the city file chooses; of the others no rows are known, and none are asked."""
    return lambda row, results: judge(row, results) if row["is_chosen"] else Outcome.NOT_APPLICABLE


def _sound(row: Row, results: Results) -> Outcome:
    """Failed if a required check failed; else unknown if one could not be judged; passed if any applies."""
    outcomes = {checked(check)(row, results) for check in REQUIRED}
    order = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED)
    return next((outcome for outcome in order if outcome in outcomes), Outcome.NOT_APPLICABLE)


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
        id="rows_sound_share",
        version=1,
        title="Rows sound",
        question="How many of the chosen datasets have rows that pass every required check?",
        unit="share",
        direction="higher_is_better",
        formula="Chosen datasets whose rows fail none of the required checks, divided by all chosen datasets. Required "
        "are: that there are rows, no fewer than usual and as many as the portal states; that the listed columns are "
        "there; that rows are whole, written in one encoding and not repeated; that values are what their column "
        "claims; that keys, where one is named, are filled and unique. A check that does not apply is passed over. A "
        "dataset of which one required check is unknown, and none failed, is unknown.",
        sources=_SOURCES,
        checks=REQUIRED,
        criteria=("DM4",),
        gaming="Which datasets are chosen is written in the city file, by those who measure; a chosen dataset that "
        "disappears, or whose rows cannot be read, is unknown and raises no lower bound. Removing rows that fail shows "
        "as rows that collapsed.",
        advice="Begin with findings in the datasets that are used most; each check says what to do on your platform.",
        arithmetic=share(of_chosen(_sound)),
    ),
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
        sources=_SOURCES,
        checks=(),
        criteria=("DM4",),
        gaming="Writing N/A into empty cells would raise it: the check on placeholders shows that. Hence it is judged "
        "by nobody, and has no better end.",
        advice="Where a column is always empty, remove it; where it is empty by mistake, mend the load.",
        arithmetic=ratio(_filled),
    ),
    Indicator(
        id="rows_recent_share",
        version=1,
        title="Rows as recent as stated",
        question="In how many of the chosen datasets are the rows as recent as the portal's own date says?",
        unit="share",
        direction="higher_is_better",
        formula="Chosen datasets whose newest event is at most a year older than the day on which the portal says that "
        "the data changed, divided by the chosen datasets that have rows. The column of events is named by the city "
        "file or by the dataset's family; where there is none, or the portal gives no date, the dataset is unknown.",
        sources=_SOURCES,
        checks=(_NEWEST,),
        criteria=("OD3", "DM4"),
        gaming="A load that writes the same rows again every night is what this finds. Dates after tomorrow are no "
        "events. Emptying the column of events makes the dataset fail another check and this one unknown.",
        advice="Find out why the load leaves newer records out; if there are none, say that the dataset is historical.",
        arithmetic=share(of_chosen(checked(_NEWEST))),
    ),
)

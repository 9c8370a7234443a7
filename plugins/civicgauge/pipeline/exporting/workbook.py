"""`civicgauge.xlsx`: the same rows as the files, laid out for reading. No formulas, links or macros are in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from civicgauge import __version__
from civicgauge.criteria import standards
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.exporting import _as_they_are as as_they_are
from civicgauge.pipeline.exporting import _criteria as criteria
from civicgauge.pipeline.exporting import _judged as judged
from civicgauge.pipeline.exporting import _tables
from civicgauge.pipeline.exporting._mending import MEND, to_mend
from civicgauge.pipeline.exporting._scores import CHANGES, SCORECARD, changes, scorecard
from civicgauge.pipeline.exporting._sheet import Book, for_print, height
from civicgauge.pipeline.exporting.about import About
from civicgauge.pipeline.exporting.reading import indicator_texts
from civicgauge.pipeline.words import NOTICE, STATUSES

_INTERVAL = (
    "The lowest and the highest value over every completion of what is unknown. A wide interval means that little "
    "could be seen, not that the city does badly. 'no limit': nothing bounds it."
)
_READ = (
    ("value", "The number. Empty where the status is not ok: unknown is never shown as a zero."),
    ("from, to", _INTERVAL),
    ("unknown", "How many of the things that apply could not be judged."),
    *((f"status {word}", f"{said}.") for word, said in STATUSES.items()),
    (
        "decided",
        "It stands beside what was measured and changes none of it: sheets editions, errata and decisions.",
    ),
    ("versions", "Only equal versions of an indicator are compared. A changed rule is not a city getting worse."),
    ("criteria", "Where an indicator bears on a criterion, it is modelled on public descriptions of that criterion."),
    ("no score", "There is no total and no level: each number stands for itself."),
)


def write(path: Path, context: Context, folder: Path, about: About) -> None:
    """Write the workbook from the Parquet files that lie in `folder`."""
    book = Book(str(path))
    names = {row["city_id"]: row["name"] for row in _tables.rows(folder, "city", ["city_id", "name"])}
    _read_me(book, folder, names, about)
    book.table("scorecard", SCORECARD, scorecard(folder, names), whole_in="v_indicator_latest.csv")
    as_they_are.long(book, folder, names)
    as_they_are.wide(book, folder, names)
    criteria.sheet(book, folder, names, about)
    book.table("changes", CHANGES, changes(folder, names), whole_in="v_indicator_change.csv")
    book.table("datasets to mend", MEND, to_mend(context, folder, names), whole_in="check_result.csv")
    judged.editions(book, folder, names)
    judged.errata(book, folder, names)
    judged.decisions(book, folder, names)
    as_they_are.dictionary(book, folder)
    book.close()


# ---------------------------------------------------------------- read me


def _read_me(book: Book, folder: Path, names: dict[str, str], about: About) -> None:
    sheet = book.workbook.add_worksheet("read me")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    for_print(sheet)
    rows: list[tuple[Any, Any, str]] = [
        ("civicgauge: what was observed", None, "title"),
        (NOTICE, None, "notice"),
        (None, None, "text"),
        ("For", f"audience: {about.audience}", "bold"),
        ("At", about.as_of or "the newest shown day of each city", "bold"),
        ("Made by", f"civicgauge {__version__}, warehouse {about.schema_version}", "bold"),
        ("Indicators", f"{len(indicator_texts())}; see the sheets scorecard and dictionary", "bold"),
        ("Standards", "; ".join(_of_standards()), "bold"),
        (None, None, "text"),
        ("How to read it", None, "bold"),
        *((word, said, "wrapped") for word, said in _READ),
        (None, None, "text"),
        ("City", "Day, and how whole it is", "bold"),
        *((names[city_id], said, "wrapped") for city_id, said in _days(folder, names)),
    ]
    for at, (left, right, how) in enumerate(rows):
        sheet.set_row(at, height([(str(right or ""), 100.0)]) if how != "title" else None)
        book.write(sheet, at, 0, left, how)
        book.write(sheet, at, 1, right, "wrapped")


def _of_standards() -> Iterator[str]:
    for standard in standards().values():
        seen = sum(criterion.observable != "none" for criterion in standard.criteria)
        yield (
            f"{standard.standard} {standard.version}: {seen} of {standard.criteria_count} criteria have anything that "
            "a portal shows; the others only people can attest"
        )


def _days(folder: Path, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    found = {row["city_id"]: row for row in _tables.rows(folder, "v_city_scorecard")}
    for city_id in sorted(names, key=lambda each: (names[each], each)):
        row = found.get(city_id)
        partial = ", a portal was not read" if row and row["outcome"] == "partial" else ""
        yield city_id, f"{row['day']}{partial}" if row else "no day that is shown"

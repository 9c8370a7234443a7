"""Tables to take away: CSV, Parquet, one workbook, one SQLite file and a data package, for one audience at one date.

The same names and columns as in SQL. Everything is streamed: memory does not grow with the rows.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from zoneinfo import ZoneInfo

from civicgauge.pipeline.context import Context
from civicgauge.pipeline.days import moment_of
from civicgauge.pipeline.exporting import package, workbook
from civicgauge.pipeline.exporting._folder import Folder
from civicgauge.pipeline.exporting._sinks import Columnar
from civicgauge.pipeline.exporting._sqlite import Beside
from civicgauge.pipeline.exporting.about import About
from civicgauge.pipeline.exporting.reading import HISTORY, Table, scope_of, shown_to, tables_of

WORKBOOK, SQLITE, DESCRIPTOR = "civicgauge.xlsx", "civicgauge.sqlite", "datapackage.json"


def export(
    context: Context, folder: Path, as_of: str | None, audience: str, *, history: bool = False
) -> dict[str, int]:
    """Write every table into `folder`, in every format; returns rows by table.

    Days after `as_of` are left out; `dataset_day` and `check_result` hold the newest shown day of each city, with
    `history` their past too, as `<table>_history.parquet`. Suspect days are shown in `run` alone, findings that may
    speak of personal data to staff alone (DESIGN rule 13). A file replaces its older self only when whole; what an
    earlier export left there beside is removed. Raises ConfigurationError for a folder with files that are not ours.
    """
    if as_of:
        moment_of(as_of, ZoneInfo("UTC"))  # refused before anything is written
    with context.warehouse() as warehouse:
        target, scope = Folder(folder), scope_of(context, warehouse, as_of, audience)
        tables = list(tables_of(context, warehouse, scope, audience, history=history))
        about = About(audience, as_of, scope, warehouse.current_version() or "")
        with target.replacing(SQLITE) as file, Beside(file) as together:
            counts = {}
            for table in tables:
                counts[table.name] = _write(target, table)
                if not table.parquet_only:
                    together.add(table.name, table.columns, folder / f"{table.name}.parquet")
            with target.replacing(WORKBOOK) as path:
                workbook.write(path, context, folder, about)
        with target.replacing(DESCRIPTOR) as path:
            package.write(path, folder, tables, about)
        target.finish()
    return counts


def _write(target: Folder, table: Table) -> int:
    """One table into its own files; returns how many rows there were."""
    count = 0
    with ExitStack() as files:
        parquet = files.enter_context(target.replacing(f"{table.name}.parquet"))
        text = None if table.parquet_only else files.enter_context(target.replacing(f"{table.name}.csv"))
        columnar = files.enter_context(Columnar(table, parquet, text))
        for rows in table.batches():
            columnar.write(rows)
            count += len(rows)
    return count


__all__ = ["DESCRIPTOR", "HISTORY", "SQLITE", "WORKBOOK", "export", "shown_to"]

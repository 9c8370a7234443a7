"""The warehouse as the rest of civicgauge sees it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from civicgauge.errors import CivicgaugeError
from civicgauge.model import IndicatorValue, RunRecord
from civicgauge.warehouse import commit, extracts, purge, reader_role, readers, retention, revisions, schema
from civicgauge.warehouse.audit import Act
from civicgauge.warehouse.cityday import SHOWN, CityDay, Row
from civicgauge.warehouse.engine import open_engine, parse_url, shown
from civicgauge.warehouse.extracts import Batch, Scope
from civicgauge.warehouse.incidents import Alerts
from civicgauge.warehouse.outbox import Outbox
from civicgauge.warehouse.readers import Choice, ColumnInfo, newest_versions
from civicgauge.warehouse.reviews import Reviews
from civicgauge.warehouse.shownreviews import ShownReviews
from civicgauge.warehouse.shownrows import ShownRows
from civicgauge.warehouse.shownsets import ShownDatasets
from civicgauge.warehouse.tables import CURSOR, EXPORTED, RUN, SCHEMA, tables_in
from civicgauge.warehouse.values import plain_row
from civicgauge.warehouse.viewform import IndicatorText, View
from civicgauge.warehouse.views import views_in


class Warehouse:
    """One warehouse, on SQLite or PostgreSQL; connects when first used. Open it in the process that uses it.

    Any method may raise ConfigurationError (it cannot be opened or used), WarehouseOutOfDate (its schema is another),
    WarehouseBusy (locked or lost; worth another try) or CivicgaugeError (a value that does not fit: our own fault).
    After an error nothing is half-written, and no message holds a password.
    """

    def __init__(self, url: str) -> None:
        """`url` is an SQLAlchemy address: sqlite:////path, postgresql://..., postgres://... (always by psycopg 3)."""
        self._engine = open_engine(parse_url(url))
        known = tables_in(SCHEMA if self.dialect == "postgresql" else None)
        self._tables = {table.name: table for table in known.sorted_tables}

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @property
    def place(self) -> str:
        """The address for people, without its password."""
        return shown(self._engine.url)

    @property
    def engine(self) -> sa.Engine:
        """The engine itself, for tests and for tools that look at the database."""
        return self._engine

    # ------------------------------------------------------------ schema

    def upgrade(self, indicators: Sequence[IndicatorText] = ()) -> None:
        """Create or bring up to date; safe at any number of processes at once.

        The views are renewed where they differ; without `indicators` the wide one, which has a column for each, is
        left as it is.
        """
        schema.upgrade(self._engine, views_in(self._tables, self.dialect, indicators), keeps_wide=not indicators)

    def grant_reader(self, name: str) -> bool:
        """Let a PostgreSQL role read everything, private cities too, and change nothing; True where it was made."""
        return reader_role.grant(self._engine, name)

    def check(self) -> None:
        """None when usable; WarehouseOutOfDate names `civicgauge db upgrade` otherwise. Creates nothing."""
        schema.check(self._engine)

    def current_version(self) -> str | None:
        """The schema's version; None where there is no warehouse yet."""
        return schema.current_version(self._engine)

    # ------------------------------------------------------------ writing

    def commit(self, day: CityDay) -> bool:
        """Load one attempt at a city's day in one transaction under the (city, day) lock.

        The day's rows in dataset_day, check_result and indicator_value are replaced, the run becomes the current one,
        and the city's row is renewed. `dataset` is brought forward by complete and partial runs: first_seen and
        last_seen widen, everything else changes only when the day is not older than the row's state_day.

        A suspect attempt leaves `dataset` alone and never replaces a complete or partial one; an attempt that is
        not_measured or failed replaces nothing: of these only the run's row is written, not current. Returns whether
        the day's rows are now this attempt's.
        """
        return commit.commit_day(self._engine, self._tables, day)

    def record_run(self, run: RunRecord) -> None:
        """Write just the run's row; it does not become current. A committed run can be renewed with its own outcome."""
        commit.record(self._engine, self._tables, run)

    # ------------------------------------------------------------ reading

    def current_run(self, city_id: str, day: date) -> RunRecord | None:
        """The attempt whose rows the day holds, a suspect one too; None where nothing was committed."""
        return readers.current_run(self._engine, self._tables[RUN.name], city_id, day)

    def last_current_run(self, city_id: str, before: date, outcomes: Collection[str] = SHOWN) -> RunRecord | None:
        """The current run of the newest day before `before` whose outcome is one of `outcomes`."""
        return readers.last_current_run(self._engine, self._tables[RUN.name], city_id, before, outcomes)

    def latest_day(self, city_id: str) -> date | None:
        """The newest day whose current run is complete or partial."""
        run = readers.last_current_run(self._engine, self._tables[RUN.name], city_id, None, SHOWN)
        return run.day if run else None

    def runs(
        self,
        city_id: str | None = None,
        *,
        current_only: bool = False,
        since: date | None = None,
        ended_since: datetime | None = None,
    ) -> list[RunRecord]:
        """Attempts by city, day and start; `current_only` leaves out those that were replaced or wrote nothing.

        `since` is their first day, `ended_since` the time from which on they ended.
        """
        choice: dict[str, Any] = {"current_only": current_only, "since": since, "ended_since": ended_since}
        return readers.runs(self._engine, self._tables[RUN.name], city_id, **choice)

    def iter_rows(
        self,
        table: str,
        *,
        city_ids: Collection[str] | None = None,
        day: date | None = None,
        days: tuple[date, date] | None = None,
        shown_only: bool = True,
    ) -> Iterator[Row]:
        """Rows of a table in key order, fetched in batches from one state of the warehouse.

        `days` is first and last, both included. `shown_only` leaves out days whose current run is suspect (the table
        `run` always shows all). CivicgaugeError for an unknown table, and for a day where the table has none.
        """
        choice = Choice(city_ids, day, days, shown_only)
        return readers.stream(self._engine, self._table(table), self._tables[RUN.name], choice)

    def rows(
        self,
        table: str,
        *,
        city_ids: Collection[str] | None = None,
        day: date | None = None,
        days: tuple[date, date] | None = None,
        shown_only: bool = True,
    ) -> list[Row]:
        """The same as `iter_rows`, all at once."""
        return list(self.iter_rows(table, city_ids=city_ids, day=day, days=days, shown_only=shown_only))

    def extract(self, table: str, scope: Scope, *, size: int, chosen_day_only: bool = False) -> Iterator[Batch]:
        """A table's rows within the scope, in key order, `size` at a time, in plain words (see `extracts`)."""
        statement = extracts.of_table(
            self._table(table), self._tables[RUN.name], scope, chosen_day_only=chosen_day_only
        )
        return extracts.stream(self._engine, statement, size)

    def views(self, indicators: Sequence[IndicatorText], scope: Scope | None = None) -> tuple[View, ...]:
        """The views, over the days of the scope alone where one is given."""
        if scope is None:
            return views_in(self._tables, self.dialect, indicators)
        return views_in(self._tables, self.dialect, indicators, scope.narrows, scope.settles)

    def extract_view(self, view: View, *, size: int) -> Iterator[Batch]:
        """The rows of one of `views`, as `extract` gives them."""
        return extracts.stream(self._engine, view.ordered, size)

    def indicator_values(self, city_id: str, day: date, *, shown_only: bool = True) -> list[IndicatorValue]:
        """A city's values of one day, the newest version of each indicator; none for a suspect day unless asked for."""
        rows = self.iter_rows("indicator_value", city_ids=[city_id], day=day, shown_only=shown_only)
        return [readers.indicator_value(row) for row in newest_versions(rows)]

    def values_as_known(self, city_id: str, day: date, known_at: datetime) -> list[Row]:
        """Rows of `indicator_value` of a day as they stood at `known_at`, by indicator and version."""
        return revisions.as_known(self._engine, self._tables, city_id, day, known_at)

    def versions(self, city_ids: Collection[str]) -> dict[tuple[str, int], tuple[date, date, int]]:
        """Of each (indicator id, version): first and last shown day of these cities, and how many city-days hold it."""
        return readers.versions(self._engine, self._tables["indicator_value"], self._tables[RUN.name], city_ids)

    def table_names(self) -> tuple[str, ...]:
        """The tables that are exported."""
        return EXPORTED

    def columns(self, table: str) -> tuple[ColumnInfo, ...]:
        """The columns of a table, in the order in which rows hold them."""
        return readers.columns_of(self._table(table))

    def comment(self, table: str) -> str:
        """What a table holds."""
        return self._table(table).comment or ""

    def _table(self, name: str) -> sa.Table:
        if name not in self._tables:
            raise CivicgaugeError(f"{name!r} is not a table of the warehouse; there are {', '.join(EXPORTED)}")
        return self._tables[name]

    @property
    def shown(self) -> ShownRows:
        """Rows for pages: cities and their numbers."""
        return ShownRows(self._engine, self._tables)

    @property
    def shown_datasets(self) -> ShownDatasets:
        """Rows for pages: datasets and what was checked of them."""
        return ShownDatasets(self._engine, self._tables)

    @property
    def shown_reviews(self) -> ShownReviews:
        """Rows for pages: what people judged."""
        return ShownReviews(self._engine, self._tables)

    # ------------------------------------------------------------ alerts

    @property
    def alerts(self) -> Alerts:
        """Incidents, their events, and what was told of them."""
        return Alerts(self._engine, self._tables)

    @property
    def outbox(self) -> Outbox:
        """The messages that wait, and what became of them."""
        return Outbox(self._engine, self._tables)

    # ------------------------------------------------------------ what people judged

    @property
    def reviews(self) -> Reviews:
        """Editions, decisions, attestations, effects and the audit."""
        return Reviews(self._engine, self._tables)

    # ------------------------------------------------------------ cursors

    def cursor(self, name: str) -> str | None:
        """Where a job has got to, in its own words; None before its first time."""
        return readers.cursor_value(self._engine, self._tables[CURSOR.name], name)

    def set_cursor(self, name: str, value: str, *, at: datetime | None = None) -> None:
        """Move a job's mark; `at` is the time of it, where the job knows one."""
        row = plain_row(CURSOR, {"name": name, "value": value, "updated_at": at})
        commit.write_cursor(self._engine, self._tables[CURSOR.name], row)

    # ------------------------------------------------------------ what is old

    def prune(self, limit_of: Callable[[str], date], is_kept: Callable[[str, date], bool]) -> int:
        """Remove rows of single datasets of days before each city's limit, but for kept days; returns city-days."""
        return retention.prune(self._engine, self._tables, limit_of, is_kept)

    def first_day(self, table: str) -> date | None:
        """The oldest day of which a table holds rows."""
        return retention.first_day(self._engine, self._table(table))

    def replaced_runs(self, ended_before: datetime) -> list[RunRecord]:
        """Attempts that were replaced, ended before that time, and name files in the lake."""
        return retention.replaced_runs(self._engine, self._tables[RUN.name], ended_before)

    def forget_attempts(self, run_id: str) -> None:
        """Let a replaced attempt's row name no files any more."""
        retention.forget_attempts(self._engine, self._tables[RUN.name], run_id)

    # ------------------------------------------------------------ what is withdrawn

    def withdrawn_counts(self, key: purge.Key) -> dict[str, int]:
        """How many rows of each table, and how many messages, speak of what a city withdraws."""
        return purge.counts(self._engine, self._tables, key)

    def withdraw(self, key: purge.Key, notice: str, act: Act) -> None:
        """Remove them; `notice` takes the place of what was written about it. May be repeated; noted each time."""
        purge.purge(self._engine, self._tables, key, notice, act)
        purge.blank_problems(self._engine, self._tables[RUN.name], key, notice)

    def remark(self, city_id: str, days: Collection[date], notice: str) -> None:
        """Add a remark to the current runs of these days, once."""
        purge.remark(self._engine, self._tables[RUN.name], city_id, days, notice)

    def scrub(self) -> None:
        """Let nothing that was removed stay in the file of a local warehouse; takes its time where that is large."""
        purge.scrub(self._engine)

    # ------------------------------------------------------------ end

    def dispose(self) -> None:
        """Close every connection; the warehouse can be used again and reconnects."""
        self._engine.dispose()

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.dispose()

"""Rows: the versions that were landed, each day's pulls, and which check results are private.

This file is history: it stays as it is, whatever becomes of `civicgauge.warehouse.tables`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TEXT, _WHOLE = sa.Text(), sa.BigInteger()
_TIME = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Make `landing` and `pull`; results of before are about catalogues alone, so that none of them is private."""
    schema = "civicgauge" if op.get_bind().dialect.name == "postgresql" else None
    private: sa.Column[bool] = sa.Column(
        "is_private",
        sa.Boolean(),
        nullable=False,
        server_default=sa.false(),
        comment="may speak of personal data: for staff alone, held until a person releases it",
    )
    op.add_column("check_result", private, schema=schema)
    if schema:  # SQLite keeps no comments
        said = "data_updated, newest_resource, oldest_part, series_edition or newest_event"
        op.alter_column("dataset_day", "age_basis", comment=said, schema=schema)
    _landing(schema)
    _pull(schema)


def _landing(schema: str | None) -> None:
    op.create_table(
        "landing",
        sa.Column("city_id", _KEY, nullable=False, comment="the city"),
        sa.Column("portal_id", _KEY, nullable=False, comment="the portal's id in the city file"),
        sa.Column("dataset_id", _KEY, nullable=False, comment="the portal's own id of the entry"),
        sa.Column(
            "resource_id",
            _KEY,
            nullable=False,
            comment="the resource; the dataset's own id where a dataset is one table",
        ),
        sa.Column(
            "version",
            _KEY,
            nullable=False,
            comment="the version of the rows: made from the digest of what was received",
        ),
        sa.Column("fetched_at", _TIME, nullable=False, comment="when the version was first received"),
        sa.Column("source_url", _TEXT, nullable=False, comment="the address that it came from"),
        sa.Column("rows_count", _WHOLE, comment="rows landed"),
        sa.Column("columns_count", _WHOLE, comment="columns landed, system columns apart"),
        sa.Column("bytes_count", _WHOLE, nullable=False, comment="bytes received, unpacked from their transfer"),
        sa.Column("sha256", _TEXT, nullable=False, comment="digest of the bytes received"),
        sa.Column("problem", _TEXT, comment="why its rows could not be landed, where they could not"),
        sa.Column("format_id", _TEXT, comment="what the file really was: csv, json, geojson, xlsx, ..."),
        sa.Column("encoding", _TEXT, comment="the encoding of its text"),
        sa.Column("oddities", _TEXT, comment="what was odd, counted: a JSON object of numbers"),
        sa.Column(
            "schema_changes",
            _TEXT,
            comment="what changed against the version before: a JSON list; null for the first",
        ),
        sa.PrimaryKeyConstraint("city_id", "portal_id", "dataset_id", "resource_id", "version", name="pk_landing"),
        schema=schema,
        comment="One row per version of a resource's rows that was ever landed.",
        sqlite_with_rowid=False,
    )


def _pull(schema: str | None) -> None:
    op.create_table(
        "pull",
        sa.Column("day", sa.Date(), nullable=False, comment="local date of the city"),
        sa.Column("city_id", _KEY, nullable=False, comment="the city"),
        sa.Column("portal_id", _KEY, nullable=False, comment="the portal's id in the city file"),
        sa.Column("dataset_id", _KEY, nullable=False, comment="the portal's own id of the entry"),
        sa.Column("resource_id", _KEY, nullable=False, comment="the resource; '' where it did not come to one"),
        sa.Column("version", _TEXT, comment="the version that holds on this day; null where there is none"),
        sa.Column(
            "outcome",
            _TEXT,
            nullable=False,
            comment="against the last observed day: changed, unchanged, touched_unchanged or failed",
        ),
        sa.Column("problem", _TEXT, comment="why it failed, or what was odd"),
        sa.Column("stated_rows_count", _WHOLE, comment="rows that the portal itself counts"),
        sa.Column("run_id", _TEXT, nullable=False, comment="the run that wrote the row"),
        sa.PrimaryKeyConstraint("day", "city_id", "portal_id", "dataset_id", "resource_id", name="pk_pull"),
        schema=schema,
        comment="One row per resource of a chosen dataset and day: what asking for its rows came to.",
        sqlite_with_rowid=False,
    )

"""Evidence by criterion, revisions of values, and what a value is in words.

This file is history: it stays as it is, whatever becomes of `civicgauge.warehouse.tables`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TEXT, _WHOLE, _DAY = sa.Text(), sa.BigInteger(), sa.Date()
_NUMBER: sa.Double[float] = sa.Double()
_TIME = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

_Kind = sa.types.TypeEngine[Any]


def upgrade() -> None:
    """Add three columns to `indicator_value`; make `indicator_revision` and `criterion_evidence`."""
    schema = "civicgauge" if op.get_bind().dialect.name == "postgresql" else None
    for name, kind, comment in (
        ("band", _TEXT, "the value in words, where its whole interval lies within one band"),
        ("evidence", _TEXT, "the datasets that decide it, where few do: portal/dataset, separated by commas"),
        ("recorded_at", _TIME, "when the row was computed; null for rows of before this was kept"),
    ):
        op.add_column("indicator_value", sa.Column(name, kind, nullable=True, comment=comment), schema=schema)
    _revision(schema)
    _criterion_evidence(schema)


def _must(name: str, kind: _Kind, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, comment=comment)


def _may(name: str, kind: _Kind, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True, comment=comment)


def _revision(schema: str | None) -> None:
    op.create_table(
        "indicator_revision",
        _must("day", _DAY, "local date of the city"),
        _must("city_id", _KEY, "the city"),
        _must("indicator_id", _KEY, "the indicator's id"),
        _must("indicator_version", _WHOLE, "the indicator's version"),
        _must("run_id", _KEY, "the run that had written the row"),
        _must("as_of", _TIME, "the instant that the value spoke of"),
        _may("value", _NUMBER, "the number that stood; null where the status was not ok"),
        _must("unit", _TEXT, "the unit of the value and its bounds"),
        _must("status", _TEXT, "ok, insufficient, not_measured, not_applicable or error"),
        _may("numerator", _NUMBER, "numerator of a share"),
        _may("denominator", _NUMBER, "all that applied, unknown included"),
        _must("n_unknown", _WHOLE, "how many of those that applied could not be judged"),
        _may("value_low", _NUMBER, "lowest value over every completion of the unknowns"),
        _may("value_high", _NUMBER, "highest value over every completion of the unknowns"),
        _must("direction", _TEXT, "higher_is_better, lower_is_better or neutral"),
        _must("input_digest", _TEXT, "digest of what the value was computed from"),
        _may("reason", _TEXT, "why there was no value"),
        _may("band", _TEXT, "the value in words"),
        _may("evidence", _TEXT, "the datasets that decided it"),
        _may("recorded_at", _TIME, "when the row was computed"),
        _must("replaced_at", _TIME, "until when the row stood"),
        _must("replaced_by", _TEXT, "the run that replaced it"),
        sa.PrimaryKeyConstraint(
            "day", "city_id", "indicator_id", "indicator_version", "run_id", name="pk_indicator_revision"
        ),
        schema=schema,
        comment="One row per value that a later attempt replaced by another: what was known before.",
        sqlite_with_rowid=False,
    )


def _criterion_evidence(schema: str | None) -> None:
    op.create_table(
        "criterion_evidence",
        _must("day", _DAY, "local date of the city"),
        _must("city_id", _KEY, "the city"),
        _must("standard", _KEY, "the standard's id: the name of its file"),
        _must("standard_version", _KEY, "its version"),
        _must("criterion", _KEY, "the criterion's code"),
        _must("stance", _TEXT, "in_line, differs or not_observed, by the numbers alone"),
        _must(
            "basis",
            _TEXT,
            "automatic (nearly all can be seen), partial (a part), attested (only people can tell)",
        ),
        _must("evidence", _TEXT, "the indicators behind it: a JSON list with value, bounds, version and rule of each"),
        _may("expires_at", _DAY, "the last day on which the attestation holds"),
        _may("attested_stance", _TEXT, "in_line or differs, as people attest it; null where nobody has"),
        _may("attested_by", _TEXT, "the role of who attests"),
        _may("attested_on", _DAY, "when"),
        _may("attested_url", _TEXT, "where the proof lies"),
        _must("run_id", _TEXT, "the run that wrote the row"),
        sa.PrimaryKeyConstraint(
            "day", "city_id", "standard", "standard_version", "criterion", name="pk_criterion_evidence"
        ),
        schema=schema,
        comment="One row per criterion of a standard, city and day: what the indicators say of it. Not an assessment.",
        sqlite_with_rowid=False,
    )

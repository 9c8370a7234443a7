"""What people judge: editions, decisions, attestations, effects of programmes, and the audit, which only grows.

This file is history: it stays as it is, whatever becomes of `civicgauge.warehouse.review_tables`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TEXT, _WHOLE, _DAY = sa.Text(), sa.BigInteger(), sa.Date()
_NUMBER: sa.Double[float] = sa.Double()
_TIME = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

_Kind = sa.types.TypeEngine[Any]


def upgrade() -> None:
    """Make the tables, and what keeps the audit from being changed."""
    schema = "civicgauge" if op.get_bind().dialect.name == "postgresql" else None
    for make in (
        _edition,
        _edition_city,
        _edition_value,
        _edition_signature,
        _dispute,
        _erratum,
        _decision,
        _decided_value,
        _attestation,
        _effect_plan,
        _effect_look,
        _effect_result,
        _audit,
    ):
        make(schema)
    _contradictions(schema)
    _guard(schema)
    if schema:  # SQLite has no comments
        said = "digest, critical, baseline, answer, privacy, edition or ops"
        op.alter_column("notification", "kind", comment=said, schema=schema)


def _key(name: str, kind: _Kind, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, comment=comment, primary_key=True, autoincrement=False)


def _must(name: str, kind: _Kind, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, comment=comment)


def _may(name: str, kind: _Kind, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True, comment=comment)


def _table(schema: str | None, name: str, comment: str, *columns: sa.Column[Any]) -> None:
    keys = [column.name for column in columns if column.primary_key]
    for column in columns:
        column.primary_key = False
    op.create_table(
        name,
        *columns,
        sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"),
        schema=schema,
        comment=comment,
        sqlite_with_rowid=False,
    )


def _edition(schema: str | None) -> None:
    _table(
        schema,
        "edition",
        "One row per edition: numbers of many cities that people looked through, signed and froze.",
        _key("edition_id", _KEY, "its id, such as 2026-h2"),
        _must("title", _TEXT, "its title"),
        _must("as_of", _DAY, "of each city the newest shown day up to this one is taken"),
        _must("state", _TEXT, "draft, preview, frozen or abandoned"),
        _must("opened_at", _TIME, "when it was opened"),
        _must("opened_by", _TEXT, "the role of who opened it"),
        _may("preview_from", _DAY, "the first day on which cities could look"),
        _may("preview_until", _DAY, "the last of the ten working days"),
        _may("frozen_at", _TIME, "when it was frozen"),
        _may("frozen_by", _TEXT, "the role of who froze it"),
        _may("content_digest", _TEXT, "digest of all its cities and values: what is signed; null in a draft"),
        _may("keep_until", _DAY, "so long its evidence stays: the end of the time for appeals"),
        _must("method_version", _TEXT, "version of the method that took it"),
    )


def _edition_city(schema: str | None) -> None:
    _table(
        schema,
        "edition_city",
        "One row per city of an edition: which day, run and files its numbers are from.",
        _key("edition_id", _KEY, "the edition"),
        _key("city_id", _KEY, "the city"),
        _must("name", _TEXT, "the city's name then"),
        _must("publication", _TEXT, "private, shared_with_city or public, as it stood then"),
        _may("measured_on", _DAY, "the local day of the city that was taken; null: it had none"),
        _may("as_of", _TIME, "the instant that the numbers speak of"),
        _may("run_id", _TEXT, "the run"),
        _may("outcome", _TEXT, "complete or partial"),
        _may("catalog_attempt", _TEXT, "the folder of the landed catalogue in the lake"),
        _may("results_attempt", _TEXT, "the folder of the values in the lake"),
        _may("decided_attempt", _TEXT, "the folder of the values as decided; null where no decision touches the city"),
        _may("evidence_digest", _TEXT, "digest of the digests of every file behind the numbers"),
        _may("problem", _TEXT, "why the city has no numbers in it"),
    )


def _edition_value(schema: str | None) -> None:
    _table(
        schema,
        "edition_value",
        "One row per number of an edition, copied: as measured, and as decided where decisions change it.",
        _key("edition_id", _KEY, "the edition"),
        _key("city_id", _KEY, "the city"),
        _key("indicator_id", _KEY, "the indicator's id"),
        _key("indicator_version", _WHOLE, "the indicator's version"),
        _must("measured_on", _DAY, "the local day of the city"),
        _must("as_of", _TIME, "the instant that the value speaks of"),
        _may("value", _NUMBER, "the number as measured; null where the status is not ok"),
        _must("unit", _TEXT, "the unit of the value and its bounds"),
        _must("status", _TEXT, "ok, insufficient, not_measured, not_applicable or error"),
        _may("numerator", _NUMBER, "numerator of a share"),
        _may("denominator", _NUMBER, "all that applies, unknown included"),
        _must("n_unknown", _WHOLE, "how many of those that apply could not be judged"),
        _may("value_low", _NUMBER, "lowest value over every completion of the unknowns; null: unbounded"),
        _may("value_high", _NUMBER, "highest value over every completion of the unknowns; null: unbounded"),
        _must("direction", _TEXT, "higher_is_better, lower_is_better or neutral"),
        _must("input_digest", _TEXT, "digest of what the value was computed from"),
        _may("reason", _TEXT, "why there is no value"),
        _may("band", _TEXT, "the value in words"),
        _may("evidence", _TEXT, "the datasets that decide it"),
        _must("run_id", _TEXT, "the run that measured it"),
        _may("decided_value", _NUMBER, "the number as decided"),
        _may("decided_status", _TEXT, "the status as decided; null: no decision changes the number"),
        _may("decided_n_unknown", _WHOLE, "the unknowns as decided"),
        _may("decided_low", _NUMBER, "the low bound as decided"),
        _may("decided_high", _NUMBER, "the high bound as decided"),
        _may("decisions", _TEXT, "the ids of the decisions behind it: a JSON list"),
        _must("row_digest", _TEXT, "digest of the row's own words and numbers"),
    )


def _edition_signature(schema: str | None) -> None:
    _table(
        schema,
        "edition_signature",
        "One row per signature under an edition, by a named person; for staff alone.",
        _key("edition_id", _KEY, "the edition"),
        _key("number", _WHOLE, "1, 2, 3 within the edition"),
        _must("name", _TEXT, "the person's name"),
        _must("role", _TEXT, "the person's role"),
        _must("signed_at", _TIME, "when"),
        _must("content_digest", _TEXT, "what was signed; of other content than the edition's it no longer counts"),
    )


def _dispute(schema: str | None) -> None:
    _table(
        schema,
        "dispute",
        "One row per time that a city contested an edition: in its preview, or by an appeal after it.",
        _key("dispute_id", _KEY, "its id"),
        _must("edition_id", _KEY, "the edition"),
        _must("city_id", _KEY, "the city"),
        _must("portal_id", _KEY, "the portal; '' where none is meant"),
        _must("dataset_id", _KEY, "the entry; '' where none is meant"),
        _may("indicator_id", _TEXT, "the number that is contested"),
        _must("phase", _TEXT, "preview or appeal"),
        _must("claim", _TEXT, "what the city says"),
        _may("evidence_url", _TEXT, "where the city's evidence lies"),
        _may("evidence_digest", _TEXT, "digest of the evidence as it was read"),
        _must("made_at", _TIME, "when"),
        _must("by", _TEXT, "the role of who contests"),
        _must("state", _TEXT, "open, upheld, rejected or withdrawn"),
        _may("decided_at", _TIME, "when it was decided"),
        _may("decided_by", _TEXT, "the role of who decided"),
        _may("answer", _TEXT, "why it was decided so"),
        _may("decision_id", _TEXT, "the decision that it led to, or reopened"),
    )


def _erratum(schema: str | None) -> None:
    _table(
        schema,
        "erratum",
        "One row per number of a frozen edition that was corrected afterwards; the edition's own row stays.",
        _key("erratum_id", _KEY, "its id"),
        _must("edition_id", _KEY, "the edition"),
        _must("city_id", _KEY, "the city"),
        _must("indicator_id", _KEY, "the indicator"),
        _must("indicator_version", _WHOLE, "its version"),
        _may("old_value", _NUMBER, "the number as it stood, with earlier errata"),
        _must("old_status", _TEXT, "its status"),
        _may("old_low", _NUMBER, "its low bound"),
        _may("old_high", _NUMBER, "its high bound"),
        _may("new_value", _NUMBER, "the number as corrected"),
        _must("new_status", _TEXT, "its status"),
        _may("new_low", _NUMBER, "its low bound"),
        _may("new_high", _NUMBER, "its high bound"),
        _must("reason", _TEXT, "why"),
        _may("evidence_attempt", _TEXT, "the folder in the lake that the new number is from"),
        _may("evidence_digest", _TEXT, "digest of the evidence"),
        _may("dispute_id", _TEXT, "the appeal that led to it"),
        _must("made_at", _TIME, "when"),
        _must("by", _TEXT, "the role of who corrected"),
        _must("second_by", _TEXT, "the role of the second person"),
    )


def _decision(schema: str | None) -> None:
    _table(
        schema,
        "decision",
        "One row per decision by staff on what no rule can know; beside what was measured, never in it.",
        _key("decision_id", _KEY, "its id"),
        _must("city_id", _KEY, "the city"),
        _must("portal_id", _KEY, "the portal; '' where the whole city is meant"),
        _must("dataset_id", _KEY, "the entry; '' where none is meant"),
        _must("field", _KEY, "ownership, licence_id, series_edition, event_column or promise_accepted"),
        _may("measured", _TEXT, "what was measured when it was decided"),
        _must("decided", _TEXT, "what was decided"),
        _must("reason", _TEXT, "why"),
        _may("evidence_url", _TEXT, "where the evidence lies"),
        _must("evidence_digest", _TEXT, "digest of the evidence as it was read"),
        _must("by", _TEXT, "the role of who decided"),
        _may("second_by", _TEXT, "the role of the second person; null: it waits for one"),
        _must("valid_from", _DAY, "the first day on which it holds"),
        _may("valid_until", _DAY, "the last; null: until it is ended"),
        _must("state", _TEXT, "proposed, in_force, refused, reopened or ended"),
        _must("made_at", _TIME, "when it was proposed"),
        _may("seconded_at", _TIME, "when the second person agreed or refused"),
        _may("replaces", _TEXT, "the decision that it takes the place of"),
    )


def _decided_value(schema: str | None) -> None:
    _table(
        schema,
        "decided_value",
        "One row per number that decisions change, beside the measured one of that day.",
        _key("day", _DAY, "local date of the city"),
        _key("city_id", _KEY, "the city"),
        _key("indicator_id", _KEY, "the indicator's id"),
        _key("indicator_version", _WHOLE, "the indicator's version"),
        _may("value", _NUMBER, "the number as decided; null where the status is not ok"),
        _must("unit", _TEXT, "the unit of the value and its bounds"),
        _must("status", _TEXT, "ok, insufficient, not_measured, not_applicable or error"),
        _may("numerator", _NUMBER, "numerator of a share"),
        _may("denominator", _NUMBER, "all that applies, unknown included"),
        _must("n_unknown", _WHOLE, "how many of those that apply could not be judged"),
        _may("value_low", _NUMBER, "lowest value over every completion of the unknowns; null: unbounded"),
        _may("value_high", _NUMBER, "highest value over every completion of the unknowns; null: unbounded"),
        _must("direction", _TEXT, "higher_is_better, lower_is_better or neutral"),
        _may("reason", _TEXT, "why there is no value"),
        _may("band", _TEXT, "the value in words"),
        _must("decisions", _TEXT, "the ids of the decisions that held on the day: a JSON list"),
        _must("run_id", _TEXT, "the run that wrote the row"),
    )


def _attestation(schema: str | None) -> None:
    _table(
        schema,
        "attestation",
        "One row per thing that people attest of a criterion; a second person approves it.",
        _key("attestation_id", _KEY, "its id"),
        _must("city_id", _KEY, "the city"),
        _must("standard", _KEY, "the standard's id: the name of its file"),
        _must("criterion", _KEY, "the criterion's code"),
        _must("stance", _TEXT, "in_line or differs"),
        _may("statement", _TEXT, "what is attested, in words"),
        _must("by", _TEXT, "the role of who attests"),
        _must("said_on", _DAY, "the day on which it was said"),
        _must("valid_until", _DAY, "the last day on which it holds"),
        _may("evidence_url", _TEXT, "where the proof lies"),
        _may("evidence_digest", _TEXT, "digest of the proof as it was read"),
        _may("evidence_bytes", _WHOLE, "length of the proof; null where only its digest was given"),
        _must("source", _TEXT, "file, command or form"),
        _must("state", _TEXT, "proposed, approved, refused or withdrawn"),
        _must("made_at", _TIME, "when it was entered"),
        _may("second_by", _TEXT, "the role of the second person"),
        _may("seconded_at", _TIME, "when the second person approved or refused"),
        _may("answer", _TEXT, "why it was refused or withdrawn"),
    )


def _contradictions(schema: str | None) -> None:
    """Add to `criterion_evidence` whether the numbers and what is attested say the opposite."""
    flag: sa.Column[bool] = sa.Column(
        "is_contradicted",
        sa.Boolean(),
        nullable=True,
        comment="whether the numbers and what is attested say the opposite; null where nothing is attested",
    )
    op.add_column("criterion_evidence", flag, schema=schema)
    table = sa.table("criterion_evidence", *map(sa.column, ("stance", "attested_stance", flag.name)), schema=schema)
    table.c[flag.name].type = sa.Boolean()
    opposite = sa.and_(table.c.stance != "not_observed", table.c.stance != table.c.attested_stance)
    told = sa.update(table).where(table.c.attested_stance.is_not(None))
    op.execute(told.values({flag.name: sa.case((opposite, sa.true()), else_=sa.false())}))
    if schema:
        until = "the last day on which the attestation holds; without attested_stance it has ended"
        op.alter_column("criterion_evidence", "expires_at", comment=until, schema=schema)


def _effect_plan(schema: str | None) -> None:
    _table(
        schema,
        "effect_plan",
        "One row per registered question on a programme's effect: written down before its later data are read.",
        _key("plan_id", _KEY, "its id"),
        _must("city_id", _KEY, "the city"),
        _must("programme", _TEXT, "the programme"),
        _must("outcome", _TEXT, "what is looked at, in words"),
        _must("source", _TEXT, "where the series is from: a JSON object"),
        _must("unit", _TEXT, "the unit of the outcome"),
        _must("frequency", _TEXT, "day, week, month, quarter or year"),
        _must("first_on", _DAY, "the first day of the window"),
        _must("starts_on", _DAY, "the day on which the programme began"),
        _must("last_on", _DAY, "the last day of the window"),
        _must("direction", _TEXT, "higher_is_better or lower_is_better"),
        _must("band_low", _NUMBER, "below this a difference is of practical size"),
        _must("band_high", _NUMBER, "above this too"),
        _must("comparison", _TEXT, "the comparison series: a JSON list"),
        _must("spec", _TEXT, "the plan as registered: a JSON object"),
        _must("digest", _TEXT, "digest of the plan as registered"),
        _must("registered_at", _TIME, "when"),
        _must("registered_by", _TEXT, "the role of who registered it"),
        _must("series_tried", _WHOLE, "series of the programme tried up to then, this one too"),
    )


def _effect_look(schema: str | None) -> None:
    _table(
        schema,
        "effect_look",
        "One row per series of a programme that somebody looked at: they are counted.",
        _key("look_id", _KEY, "its id"),
        _must("city_id", _KEY, "the city"),
        _must("programme", _TEXT, "the programme"),
        _must("series_digest", _TEXT, "digest of which series it was"),
        _must("looked_at", _TIME, "when"),
        _must("by", _TEXT, "the role of who looked"),
    )


def _effect_result(schema: str | None) -> None:
    _table(
        schema,
        "effect_result",
        "One row per time that a registered question was answered.",
        _key("plan_id", _KEY, "the plan"),
        _key("number", _WHOLE, "1, 2, 3 within the plan"),
        _must("city_id", _KEY, "the city"),
        _must("verdict", _TEXT, "one of the four verdicts, in words"),
        _must("reason", _TEXT, "why, in words"),
        _may("estimate", _NUMBER, "the mean difference from the counterfactual over the window after the start"),
        _may("estimate_low", _NUMBER, "the low end of its 95 % interval"),
        _may("estimate_high", _NUMBER, "the high end"),
        _must("n_before", _WHOLE, "points before the start"),
        _must("n_after", _WHOLE, "points from the start on"),
        _must("details", _TEXT, "level, slope, autocorrelation, placebo dates, the controlled variant: a JSON object"),
        _must("series_digest", _TEXT, "digest of the series that was read"),
        _must("series_tried", _WHOLE, "series of the programme that were tried up to then"),
        _must("answered_at", _TIME, "when"),
        _must("by", _TEXT, "the role of who asked"),
        _must("method_version", _TEXT, "version of the method"),
    )


def _audit(schema: str | None) -> None:
    _table(
        schema,
        "audit",
        "One row per act of a person, and per change of a city file that moved a number. Only ever added to.",
        _key("number", _WHOLE, "1, 2, 3 in the order in which they happened"),
        _must("at", _TIME, "when"),
        _must("by", _TEXT, "the role of who did it; civicgauge where nobody did"),
        _must("action", _TEXT, "what was done: decision.proposed, edition.signed, hold.released, ..."),
        _must("city_id", _KEY, "the city; '' where none is meant"),
        _must("subject", _TEXT, "on what: an id"),
        _may("reason", _TEXT, "why; null where it was withdrawn"),
        _may("details", _TEXT, "what else is known: a JSON object; null where it was withdrawn"),
        _must("words_digest", _TEXT, "digest of reason and details as they were written"),
        _must("previous_digest", _TEXT, "the digest of the row before; '' for the first"),
        _must("digest", _TEXT, "digest of this row and of the one before it"),
    )


_FIXED = ("number", "at", "by", "action", "city_id", "subject", "words_digest", "previous_digest", "digest")
_WORDS = ("reason", "details")  # may be taken out, where a city withdraws what they speak of
_NEVER = "the audit is only ever added to"


def _guard(schema: str | None) -> None:
    """No row of the audit goes or changes, but that its words may be taken out."""
    if schema is None:
        fixed = [f'NEW."{name}" IS NOT OLD."{name}"' for name in _FIXED]
        words = [f"(NEW.{name} IS NOT NULL AND NEW.{name} IS NOT OLD.{name})" for name in _WORDS]
        wrong = " OR ".join(fixed + words)
        for event, when in (("DELETE", ""), ("UPDATE", f"WHEN {wrong}")):
            op.execute(
                f"CREATE TRIGGER audit_no_{event.lower()} BEFORE {event} ON audit {when} "
                f"BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END"
            )
        return
    fixed = [f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in _FIXED]
    words = [f"(NEW.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})" for name in _WORDS]
    wrong = " OR ".join(fixed + words)
    op.execute(
        f"CREATE OR REPLACE FUNCTION {schema}.audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_NEVER}'; END $$"
    )
    refuse = f"EXECUTE FUNCTION {schema}.audit_refuse()"
    op.execute(f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON {schema}.audit FOR EACH ROW {refuse}")
    op.execute(f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON {schema}.audit FOR EACH ROW WHEN ({wrong}) {refuse}")
    op.execute(f"CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {schema}.audit FOR EACH STATEMENT {refuse}")

"""What can be said of a row before Great Expectations sees it: that the check does not apply, or that it is unknown.

Great Expectations passes a null in one place and fails it in another, so no null of a column it looks at ever reaches
it, save where the expectation is about nulls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from civicgauge.model import Outcome
from civicgauge.quality.conditions import Applies, Condition, Needs
from civicgauge.quality.form import ABOUT_NULLS, Check, Expectation

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome, and the reason where it is neither passed nor failed."""

    outcome: Outcome
    reason: str | None = None


WEIGHT = {
    outcome: weight
    for weight, outcome in enumerate(
        (Outcome.ERRORED, Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED, Outcome.NOT_APPLICABLE)
    )
}
PASSED, FAILED = Verdict(Outcome.PASSED), Verdict(Outcome.FAILED)


def decide_dataset(dataset: Row) -> Verdict | None:
    """What holds for every check on this dataset, whatever it asks; None when it must be looked at.

    A dataset that is not counted is no subject of checks. One that was not seen today is unknown, for landing's reason.
    """
    missing = [column for column in ("is_counted", "is_observed") if column not in dataset]
    if missing:
        return Verdict(Outcome.ERRORED, f"missing_column:{missing[0]}")
    if _is_among(dataset["is_counted"], (False,)):
        return Verdict(Outcome.NOT_APPLICABLE, "not_counted")
    if not _is_among(dataset["is_observed"], (True,)):
        return Verdict(Outcome.UNKNOWN, str(dataset.get("freshness_reason") or "portal_not_read"))
    return None


def decide_row(check: Check, row: Row) -> Verdict | None:
    """What the check's own conditions say of one row of its table; None when expectations have to judge it."""
    if check.is_landed and (verdict := decide_landed(check, row)):
        return verdict
    missing = sorted(column for column in check.columns if column not in row)
    if missing:
        return Verdict(Outcome.ERRORED, f"missing_column:{missing[0]}")
    return _applies(check.applies, row) or _needs(check.needs, row)


def decide_landed(check: Check, row: Row) -> Verdict | None:
    """What holds for a row of landed tables, or of their columns, before the check's own conditions.

    Not applicable to a table of another family, or to a column of a type that its statistics cannot be asked of;
    unknown where the rows have not landed.
    """
    if check.family is not None and row.get("family") != check.family:
        return Verdict(Outcome.NOT_APPLICABLE, "no_family" if is_null(row.get("family")) else "other_family")
    if "is_landed" in row and not _is_among(row["is_landed"], (True,)):
        return Verdict(Outcome.UNKNOWN, str(row.get("unread_reason") or "not_landed"))
    if check.types and "type" in row and not _is_among(row["type"], check.types):
        return Verdict(Outcome.NOT_APPLICABLE, "other_type")
    return None


def incomplete(expectation: Expectation, row: Row) -> Verdict | None:
    """Unknown where a column that the expectation looks at is null, save where it is about nulls; else None."""
    if expectation.type in ABOUT_NULLS:
        return None
    nulls = [column for column in expectation.columns if is_null(row[column])]
    return Verdict(Outcome.UNKNOWN, f"{nulls[0]}_not_known") if nulls else None


def weigh(verdicts: Sequence[Verdict]) -> Verdict:
    """What all of them come to: the first of errored, failed, unknown, passed, not applicable that is among them."""
    return min(verdicts, key=lambda verdict: WEIGHT[verdict.outcome])


def decide_without_parts(check: Check, dataset: Row) -> Verdict:
    """What a check on parts says of a dataset of which its table holds none."""
    rule = check.parts_missing
    if rule and all(condition.column in dataset and holds(condition, dataset) for condition in rule.when):
        return Verdict(Outcome(rule.outcome), rule.reason)
    return Verdict(Outcome.NOT_APPLICABLE, "no_parts")


def holds(condition: Condition, row: Row) -> bool:
    """Whether the value is as the condition says; where it says nothing of values, whether it is known."""
    value = row[condition.column]
    if condition.among is not None:
        return _is_among(value, condition.among)
    if condition.not_among is not None:
        return not _is_among(value, condition.not_among)
    if condition.matches is not None:
        return isinstance(value, str) and bool(condition.pattern.search(value))
    if condition.is_bounded:
        return _is_within(value, condition)
    return not is_null(value)


def is_null(value: object) -> bool:
    """None, NaN, NaT or NA: not known."""
    if value is None:
        return True
    try:
        return bool(value != value)  # noqa: PLR0124 - true of NaN and NaT alone
    except (TypeError, ValueError):  # NA refuses to be a bool; an array is a value
        return type(value).__name__ == "NAType"


def _applies(conditions: Iterable[Applies], row: Row) -> Verdict | None:
    for condition in conditions:
        # Whether a null is one of `in` or within bounds cannot be known, unless the file counts null among them.
        if is_null(row[condition.column]) and not _speaks_of_nulls(condition):
            return Verdict(Outcome.UNKNOWN, f"{condition.column}_not_known")
        if not holds(condition, row):
            return Verdict(Outcome.NOT_APPLICABLE, condition.otherwise)
    return None


def _needs(conditions: Iterable[Needs], row: Row) -> Verdict | None:
    for condition in conditions:
        if is_null(row[condition.column]) or not holds(condition, row):
            return Verdict(Outcome.UNKNOWN, _why(condition, row))
    return None


def _why(condition: Needs, row: Row) -> str:
    stated = row[condition.otherwise_column] if condition.otherwise_column else None
    if isinstance(stated, str) and stated:
        return stated
    # `otherwise` beside a list of values is the reason for those values; a null there has another one.
    unlisted_null = condition.is_decisive and is_null(row[condition.column])
    return condition.otherwise if condition.otherwise and not unlisted_null else f"{condition.column}_not_known"


def _speaks_of_nulls(condition: Condition) -> bool:
    return condition.not_among is not None or (condition.among is not None and None in condition.among)


def _is_within(value: object, condition: Condition) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    low, high = condition.at_least, condition.at_most
    return (low is None or value >= low) and (high is None or value <= high)


def _is_among(value: object, options: Iterable[object]) -> bool:
    """Whether the value equals an option of its own kind: 1 is not true, and any sort of null is null."""
    if is_null(value):
        return any(option is None for option in options)
    return any(_same(value, option) for option in options)


def _same(value: object, option: object) -> bool:
    if isinstance(value, bool) != isinstance(option, bool) or isinstance(value, str) != isinstance(option, str):
        return False
    try:
        return bool(value == option)
    except (TypeError, ValueError):  # arrays and the like equal no option
        return False

"""From verdicts to results: one per dataset and check, with the words a person reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from civicgauge.model import CheckResult, Outcome
from civicgauge.quality.decide import WEIGHT, Row, Verdict, is_null
from civicgauge.quality.form import Check

PLACEHOLDER = re.compile(r"\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}")
COUNTS = frozenset({"failed_count", "checked_count"})  # what the texts of a check on parts may name
MOST_NAMES = 5
MOST_CHARACTERS = 80
_NAMED_BY = {
    "resources": ("title", "resource_id"),
    "columns": ("field_name", "name"),
    "landed_tables": ("title", "resource_id"),
    "landed_columns": ("field_name", "header"),
}


def whole_result(check: Check, dataset: Row, verdict: Verdict) -> CheckResult:
    """The result of a check on the dataset itself, or of one that holds for all its parts at once."""
    judged = verdict.outcome in (Outcome.PASSED, Outcome.FAILED)
    words = (fill(check.observed, dataset), fill(check.expected, dataset)) if judged else (None, None)
    return _result(check, dataset, verdict, (int(verdict.outcome is Outcome.FAILED), int(judged)), words)


def parts_result(check: Check, dataset: Row, parts: Sequence[tuple[Row, Verdict]]) -> CheckResult:
    """One result for all parts of a dataset.

    Errored if any part is; else failed if any failed, unknown if any is unknown, passed if any passed, not applicable.
    `checked_count` counts the parts that were judged. The names of at most five failing parts are shown, each with what
    the check's `detail` says of it; no values. Of a landed table that is its dataset's only one, the detail is all.
    """
    tally = Counter(verdict.outcome for _, verdict in parts)
    failed, checked = tally[Outcome.FAILED], tally[Outcome.FAILED] + tally[Outcome.PASSED]
    outcome = min(tally, key=WEIGHT.__getitem__)
    verdict = Verdict(outcome, _commonest_reason(outcome, parts))
    if outcome not in (Outcome.PASSED, Outcome.FAILED):
        return _result(check, dataset, verdict, (failed, checked), (None, None))
    counts: dict[str, object] = {"failed_count": failed, "checked_count": checked}
    names = [_named(check, row) for row, found in parts if found.outcome is Outcome.FAILED]
    observed = fill(check.observed, counts) + _listed(names)
    if check.detail and check.table == "landed_tables" and len(parts) == 1:
        observed = fill(check.detail, parts[0][0])
    words = (observed, fill(check.expected, counts))
    return _result(check, dataset, verdict, (failed, checked), words)


def fill(template: str, values: Mapping[str, object]) -> str:
    """The text with `{column}` filled in, and `{column|one|many}` by the number in the column."""

    def word(match: re.Match[str]) -> str:
        value = values.get(match.group(1))
        if match.group(2) is None:
            return shown(value)
        return match.group(2) if value == 1 else match.group(3)

    return PLACEHOLDER.sub(word, template)


def placeholders(text: str) -> tuple[str, ...]:
    """The names in a text such as "{age_days} {age_days|day|days}"; "" for a brace that is part of none."""
    names = tuple(match.group(1) for match in PLACEHOLDER.finditer(text))
    return (*names, "") if re.search(r"[{}]", PLACEHOLDER.sub("", text)) else names


def shown(value: object) -> str:
    """A value as people read it: whole numbers without a point, times as dates, text on one line and cut."""
    if is_null(value):
        return "not found"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}" if not value.is_integer() or abs(value) >= 1e15 else str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return _one_line(str(value))


def part_name(table: str, row: Row) -> str:
    """What a part is called: a resource by its title, else its id; a column by its field name, else its name."""
    named = [row.get(column) for column in _NAMED_BY[table]]
    return next((_one_line(str(name)) for name in named if not is_null(name) and str(name).strip()), "(no name)")


def _named(check: Check, row: Row) -> str:
    name = part_name(check.table, row)
    return f"{name} ({fill(check.detail, row)})" if check.detail else name


def _one_line(text: str) -> str:
    # Fields of portals are hostile input: control characters and megabytes stay out of every table and mail.
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * MOST_CHARACTERS]).split())
    return line if len(line) <= MOST_CHARACTERS else line[: MOST_CHARACTERS - 1] + "…"


def _listed(names: Sequence[str]) -> str:
    if not names:
        return ""
    more = len(names) - MOST_NAMES
    return ": " + ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _commonest_reason(outcome: Outcome, parts: Sequence[tuple[Row, Verdict]]) -> str | None:
    reasons = Counter(verdict.reason for _, verdict in parts if verdict.outcome is outcome and verdict.reason)
    return min(reasons, key=lambda reason: (-reasons[reason], reason)) if reasons else None


def _result(
    check: Check, dataset: Row, verdict: Verdict, counts: tuple[int, int], words: tuple[str | None, str | None]
) -> CheckResult:
    return CheckResult(
        portal_id=str(dataset["portal_id"]),
        dataset_id=str(dataset["dataset_id"]),
        subject="",  # the dataset itself, also where its parts were looked at
        check_id=check.id,
        check_version=check.version,
        outcome=verdict.outcome,
        observed=words[0],
        expected=words[1],
        failed_count=counts[0],
        checked_count=counts[1],
        reason=verdict.reason,
        severity=check.severity,
        is_private=check.private,
    )

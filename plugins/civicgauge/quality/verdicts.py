"""For each check its verdict on each row: what can be decided without Great Expectations, then what it says."""

from __future__ import annotations

from collections.abc import Sequence

from civicgauge.quality import engine
from civicgauge.quality.decide import Row, Verdict, decide_row, incomplete, weigh
from civicgauge.quality.form import Check


def verdicts_on(checks: Sequence[Check], rows: Sequence[Row]) -> list[list[Verdict]]:
    """For each check the verdict on each row: its own conditions first, then nulls, then Great Expectations."""
    settled = [[decide_row(check, row) for row in rows] for check in checks]
    known: dict[str, dict[int, Verdict]] = {}
    asked: dict[str, list[int]] = {}
    for check, found in zip(checks, settled, strict=True):
        open_rows = [n for n, verdict in enumerate(found) if verdict is None]
        for question in check.questions:
            nulls = {n: incomplete(question.expectation, rows[n]) for n in open_rows}
            known[question.key] = {n: verdict for n, verdict in nulls.items() if verdict}
            asked[question.key] = [n for n, verdict in nulls.items() if verdict is None]
    # No question without rows: Great Expectations calls an empty table a success.
    questions = [question for check in checks for question in check.questions if asked[question.key]]
    for key, answers in engine.ask(questions, rows, asked).items():
        known[key] |= answers
    return [
        [verdict or weigh([known[question.key][n] for question in check.questions]) for n, verdict in enumerate(found)]
        for check, found in zip(checks, settled, strict=True)
    ]

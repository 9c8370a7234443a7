"""Judging the datasets that the city file chooses, whose rows are pulled."""

from __future__ import annotations

from civicgauge.indicators._arithmetic import Judge
from civicgauge.model import Outcome


def of_chosen(judge: Judge) -> Judge:
    """The judge, for the datasets that the city file chooses; of the others no rows are known, and none are asked."""
    return lambda row, results: judge(row, results) if row["is_chosen"] else Outcome.NOT_APPLICABLE

"""What is withdrawn while a run is under way does not come back by that run."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from civicgauge.pipeline import gathering, purging
from civicgauge.pipeline.withdrawn import Scope
from tests.homes import tables
from tests.pipeline.conftest import CITIES, Demo

CITY, DATASET = CITIES[0], "k7qw-3fzn"


@pytest.mark.parametrize("warehouse_url", ["sqlite"], indirect=True)
def test_a_purge_between_landing_and_commit_is_not_undone(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    def ids() -> set[str]:
        told = tables(demo.context)
        return {row["dataset_id"] for name in ("dataset", "dataset_day") for row in told[name]}

    demo.observe(CITY)
    assert DATASET in ids()
    real = gathering.warehouse_rows

    def meanwhile(*what: Any) -> Any:
        """The last file that is read before the transaction; what was read before it is of before the purge."""
        read = real(*what)
        purging.purge(demo.context, Scope(CITY, "main", DATASET), "steward", "asked", datetime(2026, 7, 1, tzinfo=UTC))
        return read

    monkeypatch.setattr(gathering, "warehouse_rows", meanwhile)
    result = demo.observe(CITY)[CITY]
    monkeypatch.undo()
    assert (result.outcome, result.exit_code) == ("failed", 2)
    assert "was withdrawn after it was landed" in result.problems["pipeline"]
    assert DATASET not in ids()
    again = demo.observe(CITY)[CITY]
    assert (again.outcome, again.problems) == ("complete", {})
    assert DATASET not in ids()

"""An entry that is known to be no entry of the city's is no subject of checks: what was open of it ends."""

from __future__ import annotations

import pytest

from civicgauge.pipeline.alerting.source import Stored
from tests.pipeline.conftest import CITIES, Demo


@pytest.mark.slow
def test_alerts_hear_that_an_entry_does_not_count_and_nothing_of_one_that_is_undecided(demo: Demo) -> None:
    demo.observe(CITIES[0], as_of="2026-06-28")
    source = Stored(demo.context)
    with demo.context.warehouse() as warehouse:
        counts = {row["dataset_id"]: row["is_counted"] for row in warehouse.rows("dataset", city_ids=[CITIES[0]])}
        (run,) = source.runs(warehouse, CITIES[0])
    facts = source.facts(source.cities[CITIES[0]], run)
    verdicts = {each: {f.verdict for f in facts.findings if f.dataset_id == each} for each in counts}
    assert {counts[each] for each in counts} == {True, False, None}
    for dataset_id, is_counted in counts.items():
        if is_counted is None:
            assert verdicts[dataset_id] == set(), dataset_id
        elif not is_counted:
            assert verdicts[dataset_id] == {"not_applicable"}, dataset_id
    assert any("failed" in verdicts[each] for each, is_counted in counts.items() if is_counted)

"""From landed tables to check results: what can be decided without Great Expectations, then what it says of the rest.

Only `civicgauge.quality.engine` imports great_expectations, when it is first asked something.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from civicgauge.errors import CivicgaugeError
from civicgauge.model import CheckResult
from civicgauge.quality import engine
from civicgauge.quality.decide import Row, Verdict, decide_dataset, decide_without_parts
from civicgauge.quality.form import Check
from civicgauge.quality.judge_landed import Key, judge_landed, key_of
from civicgauge.quality.report import parts_result, whole_result
from civicgauge.quality.verdicts import verdicts_on

Tables = Mapping[str, Sequence[Row]]


def judge(checks: Sequence[Check], tables: Tables) -> list[CheckResult]:
    """One result for every dataset and check, ordered by (portal_id, dataset_id, check_id).

    `tables` holds the rows of "datasets", "resources" and "columns" as landed, and of "landed_tables" and
    "landed_columns" (with the statistics of the checks) where rows were pulled: checks on those two speak only of
    datasets that have a row in "landed_tables". CivicgaugeError when the tables do not fit together: a dataset that
    stands there twice, or a part of a dataset that is not there.
    """
    datasets = _by_key(tables.get("datasets", ()))
    results: list[CheckResult] = []
    for table in ("datasets", "resources", "columns"):
        wanted = [check for check in checks if check.table == table]
        if wanted:
            results += _judge_table(wanted, table, datasets, tables.get(table, ()))
    rows, columns = tables.get("landed_tables", ()), tables.get("landed_columns", ())
    results += judge_landed([check for check in checks if check.is_landed], datasets, rows, columns)
    return sorted(results, key=lambda r: (r.portal_id, r.dataset_id, r.check_id))


def unusable(checks: Sequence[Check]) -> dict[str, str]:
    """What Great Expectations says against the expectations of a check, by check id; empty when all can be used."""
    problems = {check.id: [engine.build(question)[1] for question in check.questions] for check in checks}
    return {id_: "; ".join(filter(None, found)) for id_, found in problems.items() if any(found)}


def _by_key(rows: Sequence[Row]) -> dict[Key, Row]:
    found = {key_of(row): row for row in rows}
    if len(found) != len(rows):
        raise CivicgaugeError(f"datasets: {len(rows) - len(found)} rows repeat a (portal_id, dataset_id)")
    return found


def _judge_table(
    checks: Sequence[Check], table: str, datasets: Mapping[Key, Row], rows: Sequence[Row]
) -> list[CheckResult]:
    strays = {key_of(row) for row in rows} - datasets.keys()
    if strays:
        raise CivicgaugeError(f"{table}: {len(strays)} datasets are not in datasets, such as {min(strays)}")
    settled = {key: decide_dataset(dataset) for key, dataset in datasets.items()}
    by_portal: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if settled[key_of(row)] is None:
            by_portal[str(row["portal_id"])].append(row)
    decided = [(datasets[key], verdict) for key, verdict in settled.items() if verdict]
    results = [whole_result(check, dataset, verdict) for dataset, verdict in decided for check in checks]
    for portal in sorted({key[0] for key, verdict in settled.items() if verdict is None}):
        mine = {key: row for key, row in datasets.items() if key[0] == portal and settled[key] is None}
        results += _judge_portal(checks, mine, by_portal[portal])
    return results


def _judge_portal(checks: Sequence[Check], datasets: Mapping[Key, Row], rows: Sequence[Row]) -> list[CheckResult]:
    parts: dict[Key, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        parts[key_of(row)].append(number)
    results = []
    for check, verdicts in zip(checks, verdicts_on(checks, rows), strict=True):
        for key, dataset in datasets.items():
            results.append(_one(check, dataset, [(rows[n], verdicts[n]) for n in parts[key]]))
    return results


def _one(check: Check, dataset: Row, parts: Sequence[tuple[Row, Verdict]]) -> CheckResult:
    if check.table == "datasets":
        return whole_result(check, dataset, parts[0][1])
    if not parts:
        return whole_result(check, dataset, decide_without_parts(check, dataset))
    return parts_result(check, dataset, parts)

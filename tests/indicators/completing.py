"""All that is unknown of a dataset settled at random: what the bounds must hold, whatever comes to light."""

from __future__ import annotations

import random
from typing import Any

from tests.indicators.cities import CLASSES, DAY, result
from tests.indicators.dressing import (
    CHECKS,
    LINK_CHECKS,
    PERIOD_DAYS,
    ROW_CHECKS,
    SUBJECTS,
    Dataset,
    Results,
    Row,
    dataset_of,
    judge,
    moment,
    on_time_of,
    rejudge_columns,
    set_age,
    set_columns,
)

from civicgauge.model import Outcome

_SETTLED = (Outcome.PASSED, Outcome.FAILED, Outcome.NOT_APPLICABLE)


def completed(dataset: Dataset, chance: random.Random, *, also_not_shown: bool) -> Dataset:
    """The same dataset, everything of it known.

    `also_not_shown` settles also what was looked at and is not shown (a promise, a date, the terms of use); for the
    numbers that ask whether it is shown that is no unknown, and stays as it is.
    """
    made, results = dict(dataset[0]), dict(dataset[1])
    if not made["is_observed"]:
        return completed(_seen_after_all(made, chance), chance, also_not_shown=also_not_shown)
    if made["is_counted"] is None:
        made["is_counted"] = chance.choice([True, False])
    _settle_format(made, results, chance)
    _settle_rows(made, chance)
    _settle_links(made, chance)
    if also_not_shown:
        _settle_promise(made, results, chance)
        _settle_subject(made, chance)
        if made["licence_class"] not in ("open", "not_open"):
            made["licence_class"] = chance.choice(["open", "not_open"])
    for check in CHECKS:
        said = results[check].outcome if check in results else None
        if said in _SETTLED or (check in ROW_CHECKS and not made["is_chosen"]):
            continue
        if check == "update_on_time":
            results[check] = result(made, check, on_time_of(made))
        else:
            results[check] = result(made, check, chance.choice(["passed", "failed"]))
    return made, results


def _seen_after_all(old: Row, chance: random.Random) -> Dataset:
    """Anything may come to light of a dataset that is not seen; what the city file says of it stands."""
    while True:
        made, results = dataset_of(int(old["dataset_id"][1:]), chance)
        if made["is_observed"] and bool(made["is_chosen"]) == bool(old["is_chosen"]):
            return made | {"is_counted": old["is_counted"]}, results


def _settle_format(made: Row, results: Results, chance: random.Random) -> None:
    if made["is_machine_readable"] is None:
        is_read = made["is_machine_readable"] = chance.choice([True, made["place_columns_count"] is not None])
        if results.get("machine_readable") and results["machine_readable"].outcome is Outcome.UNKNOWN:
            results["machine_readable"] = result(made, "machine_readable", "passed" if is_read else "failed")
    has_none = made["documentation_count"] == 0 and made["kind"] not in ("table", "geo")
    if made["documentation_count"] is None:
        made["documentation_count"] = chance.choice([0, 1])
    is_listed = made["has_columns_in_catalogue"] and (made["columns_count"] or made["kind"] not in ("table", "geo"))
    if made["is_machine_readable"] and not is_listed:
        known = {key: made[key] for key in ("place_columns_count", "people_columns_count") if made[key] is not None}
        made |= {"has_columns_in_catalogue": True, "columns_count": chance.randint(1, 5)}
        set_columns(made, chance)
        made |= known | (
            {"columns_described": 0} if has_none else {}
        )  # where could a portal describe a file's columns?
    said = results.get("columns_described")
    if said is None or said.outcome not in (Outcome.PASSED, Outcome.FAILED):
        rejudge_columns(made, results)


def _settle_rows(made: Row, chance: random.Random) -> None:
    if made["is_chosen"] and made["pull_outcome"] in ("first", "failed"):
        made["pull_outcome"] = chance.choice(["changed", "unchanged", "touched_unchanged"])
    if made["is_chosen"] and not made["cells_count"]:
        made["cells_count"], made["cells_filled_count"] = 10, chance.randint(0, 10)


def _settle_links(made: Row, chance: random.Random) -> None:
    """Each check that could not tell found the link there or broken; one that was never checked has ten to come."""
    ok, broken, unknown = (made[name] for name in LINK_CHECKS)
    if made["links_count"] and not ok + broken:
        unknown = 10
    found = chance.randint(0, unknown)
    made |= dict(zip(LINK_CHECKS, (ok + found, broken + unknown - found, 0), strict=True))


def _settle_promise(made: Row, results: Results, chance: random.Random) -> None:
    if made["touched_at"] is None:
        made["touched_at"] = moment(chance.choice([0, 5000]))
    if made["freshness_status"] == "not_applicable":
        return
    if made["says_historical"] and chance.random() < 0.5:
        made["period_source"] = "not_periodic"
    elif made["period_class"] is None:
        made |= {"period_source": "declared", "period_class": chance.choice(CLASSES)}
        made["expected_period_days"] = PERIOD_DAYS[made["period_class"]]
    made["says_historical"] = False
    if made["age_days"] is None:
        set_age(made, chance.choice([0, 40, 600, 10_000]))
    judge(made)
    said: Any = results.get("update_on_time")
    if said is None or said.outcome is not Outcome.ERRORED:
        results["update_on_time"] = result(made, "update_on_time", on_time_of(made))


def _settle_subject(made: Row, chance: random.Random) -> None:
    """A dataset may be about more than its title says."""
    if chance.random() < 0.3:
        made["subjects"] = f"{made['subjects']} {chance.choice(SUBJECTS)}".strip()
    if made["newest_year"] is None:
        made["newest_year"] = DAY.year - chance.choice([0, 7])
    if made["age_days"] is None:
        made["age_days"] = chance.choice([0, 400])

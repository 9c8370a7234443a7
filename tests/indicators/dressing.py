"""Random cities whose rows and check results agree, as landing and the checks would leave them: for property tests.

A dataset is made from a seed, so that a failing city is a short list of numbers.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from tests.indicators.cities import CLASSES, DAY, result, row

from civicgauge.indicators import discover
from civicgauge.landing.vocabulary import read_vocabulary
from civicgauge.model import CheckResult

PERIOD_DAYS = dict(zip(CLASSES, (1, 7, 31, 92, 366, 800), strict=True))
SUBJECTS = tuple(read_vocabulary("subjects")["subjects"])
CHECKS = sorted({check for indicator in discover() for check in indicator.checks})
WRITTEN_CHECKS = ("title_informative", "description_present", "keywords_present", "publisher_named")
ROW_CHECKS = tuple(
    sorted({c for i in discover() if i.id in ("rows_sound_share", "rows_recent_share") for c in i.checks})
)
LICENCE_CHECKS = {
    "open": ("passed", "passed"),
    "not_open": ("passed", "failed"),
    "none": ("failed", "failed"),
    "unrecognised": ("passed", "unknown"),
    "terms_unread": ("passed", "unknown"),
    "doubtful": ("passed", "unknown"),
}
"""What licence_stated and licence_open say of each class."""

Row = dict[str, Any]
Results = dict[str, CheckResult]
Dataset = tuple[Row, Results]
City = list[Dataset]

LINK_CHECKS = tuple(f"links_{state}_checks_count" for state in ("ok", "broken", "unknown"))
_PROMISES = (*CLASSES, "daily", "weekly", "undeclared", "untestable", "unmapped", "not_periodic")
_YES = {True: "passed", False: "failed"}


def moment(days_ago: float) -> datetime:
    """Noon of the day that lies so many days before the day of the tests."""
    return datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC) - timedelta(days=days_ago)


def dataset_of(number: int, chance: random.Random) -> Dataset:
    """A dataset seen today, or one that was seen earlier."""
    made = row(dataset_id=f"d{number}", is_counted=chance.choice([True, True, True, None, False]))
    _describe(made, chance)
    _add_columns(made, chance)
    _promise(made, chance)
    _choose(made, chance)
    _link(made, chance)
    results = {check: result(made, check, outcome) for check, outcome in _outcomes(made, chance).items()}
    _judge_columns(made, results)
    for check in list(results):
        if chance.random() < 0.03:
            results[check] = result(made, check, "errored")
        elif chance.random() < 0.03:
            del results[check]
    return unseen((made, results)) if chance.random() < 0.15 else (made, results)


def unseen(dataset: Dataset) -> Dataset:
    """The dataset as it is carried on while the catalogue does not hold it: its identity, every other fact unknown."""
    made, results = dataset
    kept = ("portal_id", "portal_kind", "dataset_id", "title", "kind", "is_counted", "subjects", "is_chosen")
    old = dict.fromkeys(made) | {key: made[key] for key in kept}
    old |= {"is_observed": False, "freshness_status": "unknown", "freshness_reason": "missing_from_catalogue"}
    if made["is_chosen"]:
        old["pull_outcome"] = "failed"
    return old, {check: result(old, check, "unknown") for check in results}


def _describe(made: Row, chance: random.Random) -> None:
    is_ckan = chance.random() < 0.4
    made |= {
        "portal_kind": "ckan" if is_ckan else "socrata",
        "kind": chance.choice(["table", "table", "file"] if is_ckan else ["table", "table", "geo", "file", "link"]),
        "licence_class": chance.choice(list(LICENCE_CHECKS)),
        "contact_state": chance.choice(["well_formed", "well_formed", "malformed", "absent", None]),
        "documentation_count": chance.choice([0, 0, 1, 2] if is_ckan else [None, None, 1]),
        "subjects": " ".join(chance.sample(SUBJECTS, chance.choice([0, 0, 1, 1, 2, 3]))),
        "newest_year": chance.choice([None, DAY.year - 4, DAY.year - 1, DAY.year, DAY.year + 1]),
        "page_views_total": None if is_ckan else chance.choice([0, 12]),
        "observed_period_days": chance.choice([None, None, 7.0]),
        "promise_changed": chance.random() < 0.1,
    }


def _add_columns(made: Row, chance: random.Random) -> None:
    """Tables and maps of Socrata list theirs; nothing else does."""
    is_native = made["kind"] in ("table", "geo")
    made["is_machine_readable"] = True if is_native else chance.choice([True, False, None])
    made["has_columns_in_catalogue"] = made["portal_kind"] == "socrata" and is_native and chance.random() < 0.9
    if made["has_columns_in_catalogue"]:
        made["columns_count"] = chance.randint(0, 5)
        set_columns(made, chance)


def set_columns(made: Row, chance: random.Random) -> None:
    """Say of the columns how many are described and how many break the table down; of none nothing is known."""
    count = made["columns_count"]
    made["columns_described"] = chance.choice([0, count, chance.randint(0, count)])
    made["place_columns_count"] = chance.randint(0, min(2, count)) if count else None
    made["people_columns_count"] = chance.randint(0, min(2, count)) if count else None


def _promise(made: Row, chance: random.Random) -> None:
    promise = chance.choice(_PROMISES)
    made["period_source"] = "declared" if promise in PERIOD_DAYS else promise
    made["period_class"] = promise if promise in PERIOD_DAYS else None
    made["expected_period_days"] = PERIOD_DAYS.get(promise)
    made["series_role"] = chance.choice([None, None, None, "current", "superseded"])
    made["says_historical"] = chance.random() < 0.15
    late, period = chance.choice([0, 0, 1, 3, 6, 40]) / 4, PERIOD_DAYS.get(promise, 100)
    set_age(made, chance.choice([None, int(period * (1 + late)), int(period * (1 + late))]))
    made["touched_at"] = chance.choice([None, moment(0), moment(0), moment(40), moment(1000)])


def set_age(made: Row, age: int | None) -> None:
    """Write the date of the data, its age, and the verdict that follows from it and from the promise."""
    made |= {"age_days": age, "data_updated_at": None if age is None else moment(age), "age_basis": "data_updated"}
    judge(made)


def judge(made: Row) -> None:
    """The verdict on the promise, in landing's own order of reasons."""
    made["cycles_late"] = None
    if made["series_role"] == "superseded" or made["period_source"] == "not_periodic":
        made["freshness_status"] = "not_applicable"
    elif made["period_source"] != "declared" or made["says_historical"] or made["age_days"] is None:
        made["freshness_status"] = "unknown"
    else:
        made["cycles_late"] = cycles = max(0.0, made["age_days"] / made["expected_period_days"] - 1)
        made["freshness_status"] = "fresh" if cycles == 0 else "due" if cycles <= 1 else "overdue"


def on_time_of(made: Mapping[str, Any]) -> str:
    """What the check of the promise says of the verdict."""
    status = made["freshness_status"]
    return {"fresh": "passed", "due": "passed", "overdue": "failed", "delinquent": "failed"}.get(status, status)


def _choose(made: Row, chance: random.Random) -> None:
    made["is_chosen"] = chance.random() < 0.5
    if not made["is_chosen"]:
        return
    made["pull_outcome"] = chance.choice(["first", "changed", "unchanged", "touched_unchanged", "failed"])
    if made["pull_outcome"] != "failed":
        made["cells_count"] = chance.choice([0, 4, 1000])
        made["cells_filled_count"] = chance.randint(0, made["cells_count"])
        if made["place_columns_count"] is None and made["is_machine_readable"] is not False:
            made["place_columns_count"], made["people_columns_count"] = chance.randint(0, 1), chance.randint(0, 1)


def _link(made: Row, chance: random.Random) -> None:
    """How often the links to other hosts were found there; most datasets have none."""
    checks = chance.choice([None, None, (0, 0, 1), (1, 0, 0), (0, 3, 0), (20, 10, 0), (20, 7, 3), (5, 5, 20)])
    made["links_count"] = 1 if checks else 0
    made |= dict(zip(LINK_CHECKS, checks or (0, 0, 0), strict=True))


def _outcomes(made: Row, chance: random.Random) -> dict[str, str]:
    """The outcome of every check but that on columns, as the facts of the row have it."""
    stated, is_open = LICENCE_CHECKS[made["licence_class"]]
    is_read = made["is_machine_readable"]
    found = {
        "licence_stated": stated,
        "licence_open": is_open,
        "contact_usable": contact_outcome(made),
        "machine_readable": "unknown" if is_read is None else _YES[is_read],
        "frequency_declared": "failed" if made["period_source"] == "undeclared" else "passed",
        "update_on_time": on_time_of(made),
        "links_work": chance.choice(["passed", "failed", "unknown"]) if made["links_count"] else "not_applicable",
    }
    found |= {check: chance.choice(["passed", "failed"]) for check in WRITTEN_CHECKS}
    if made["is_chosen"]:
        could_read = made["pull_outcome"] != "failed"
        found |= {check: _row_outcome(chance, could_read=could_read) for check in ROW_CHECKS}
    return found


def _row_outcome(chance: random.Random, *, could_read: bool) -> str:
    """Of rows that were not read every check is unknown, also one that may not apply."""
    outcomes = ["passed"] * 8 + ["failed", "unknown", "not_applicable"]
    return chance.choice(outcomes) if could_read else "unknown"


def contact_outcome(made: Mapping[str, Any]) -> str:
    """What the check of the contact says of its state."""
    return "unknown" if made["contact_state"] is None else _YES[made["contact_state"] == "well_formed"]


def _judge_columns(made: Row, results: Results) -> None:
    """The check on columns: over those that the catalogue lists."""
    if count := made["columns_count"]:
        missing = count - made["columns_described"]
        results["columns_described"] = result(made, "columns_described", _YES[not missing], (missing, count))
    elif made["has_columns_in_catalogue"] or made["is_machine_readable"] is False:
        results["columns_described"] = result(made, "columns_described", "not_applicable")
    else:
        results["columns_described"] = result(made, "columns_described", "unknown")


def rejudge_columns(made: Row, results: Results) -> None:
    """The same anew, after the columns of the row were changed."""
    results.pop("columns_described", None)
    _judge_columns(made, results)


def city_of(seeds: Sequence[int]) -> City:
    """One dataset for each seed."""
    return [dataset_of(number, random.Random(seed)) for number, seed in enumerate(seeds)]


SEED = st.integers(0, 2**32 - 1)
CITIES = st.lists(SEED, max_size=8).map(city_of)
SEEDS = SEED.map(random.Random)

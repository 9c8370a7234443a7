"""Random cities; all that is unknown of them settled at random; what is bad in them hidden: for the property tests."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from tests.indicators.cities import CLASSES, result, row

from civicgauge.indicators import discover
from civicgauge.model import CheckResult, Outcome

CHECKS = sorted({check for indicator in discover() for check in indicator.checks} | {"frequency_declared"})
PROMISES = (*CLASSES, "daily", "weekly", "undeclared", "untestable", "unmapped", "not_periodic")
OUTCOMES = ("passed", "passed", "failed", "failed", "unknown", "not_applicable", "errored", "missing")

CHECKED = tuple(f"links_{state}_checks_count" for state in ("ok", "broken", "unknown"))

Dataset = tuple[dict[str, Any], dict[str, CheckResult]]
City = list[Dataset]

FACTS = st.fixed_dictionaries(
    {
        "is_counted": st.sampled_from([True, True, True, None, False]),
        "is_observed": st.sampled_from([True, True, True, True, False]),
        "promise": st.sampled_from(PROMISES),
        "superseded": st.sampled_from([False, False, False, False, True]),
        "labelled": st.sampled_from([False, False, False, False, True]),
        "dated": st.sampled_from([True, True, True, False]),
        "quarters_late": st.integers(0, 12),
        "outcomes": st.lists(
            st.sampled_from(OUTCOMES),
            min_size=len(CHECKS), max_size=len(CHECKS),
        ),
        "columns": st.integers(0, 5),
        "has_columns": st.booleans(),
        "is_chosen": st.booleans(),
        "cells": st.sampled_from([None, (0, 0), (4, 0), (4, 3), (1000, 1000)]),
        "link_checks": st.sampled_from([None, (0, 0, 1), (1, 0, 0), (0, 3, 0), (20, 10, 0), (20, 7, 3), (5, 5, 20)]),
    }
)  # fmt: skip


def _dataset(number: int, facts: dict[str, Any]) -> Dataset:
    """A dataset whose row and results agree with one another, as landing and checks would leave them."""
    periodic, observed = facts["promise"] in CLASSES, facts["is_observed"]
    judged = periodic and facts["dated"] and observed and not facts["labelled"]
    cycles = facts["quarters_late"] / 4 if judged else None
    applies = facts["promise"] != "not_periodic" and not facts["superseded"]
    verdict = ("passed" if cycles <= 1 else "failed") if cycles is not None else "unknown"
    outcomes = dict(zip(CHECKS, facts["outcomes"], strict=True))
    if outcomes["update_on_time"] != "errored":
        outcomes["update_on_time"] = verdict if applies else "not_applicable"
    outcomes["frequency_declared"] = "failed" if facts["promise"] == "undeclared" else "passed"
    made = row(
        dataset_id=f"d{number}",
        is_counted=facts["is_counted"],
        is_observed=observed,
        period_source="declared" if periodic else facts["promise"],
        period_class=facts["promise"] if periodic else None,
        says_historical=facts["labelled"],
        series_role="superseded" if facts["superseded"] else None,
        data_updated_at=facts["dated"] or None,
        touched_at=facts["dated"] or None,
        cycles_late=cycles,
        freshness_status=_freshness(cycles) if applies else "not_applicable",
        contact_state=None if outcomes.get("contact_usable") == "unknown" else "absent",
        columns_count=facts["columns"] if facts["has_columns"] else None,
        has_columns_in_catalogue=facts["has_columns"],
        is_chosen=facts["is_chosen"],
        cells_count=(facts["cells"] or (None, None))[0],
        cells_filled_count=(facts["cells"] or (None, None))[1],
        **_links(facts["link_checks"] if observed else None, observed=observed),
    )
    if facts["link_checks"] is None and observed:
        outcomes["links_work"] = "not_applicable"
    elif outcomes["links_work"] in ("not_applicable", "missing"):
        outcomes["links_work"] = "unknown"
    return made, {
        check: _outcome(made, check, outcome if observed or outcome == "not_applicable" else "unknown")
        for check, outcome in outcomes.items()
        if outcome != "missing"
    }


def _links(checks: tuple[int, int, int] | None, *, observed: bool) -> dict[str, Any]:
    """The columns about links: none where there are none, null where the portal was not read."""
    counts = dict(zip(CHECKED, checks or ((0, 0, 0) if observed else (None,) * 3), strict=True))
    return {"links_count": (1 if checks else 0) if observed else None, **counts}


def _freshness(cycles: float | None) -> str:
    return "unknown" if cycles is None else "fresh" if cycles == 0 else "due" if cycles <= 1 else "overdue"


def _outcome(made: dict[str, Any], check: str, outcome: str) -> CheckResult:
    columns = max(1, made["columns_count"] or 1) if check == "columns_described" else 1
    return result(made, check, outcome, ((columns + 1) // 2 if outcome == "failed" else 0, columns))


CITIES = st.lists(FACTS, max_size=8).map(lambda city: [_dataset(i, facts) for i, facts in enumerate(city)])
SEEDS = st.integers(0, 10**6).map(random.Random)


def completed(dataset: Dataset, chance: random.Random, *, promises: bool) -> Dataset:
    """The same dataset with all that is unknown of it settled at random; `promises`: also the verdicts on promises."""
    old, results = dict(dataset[0]), dict(dataset[1])
    if old["is_counted"] is None:
        old["is_counted"] = chance.choice([True, False])
    if not old["is_observed"]:
        old["touched_at"] = chance.choice([True, None])
    if old["period_source"] != "not_periodic" and old["period_class"] is None:
        old["period_class"] = chance.choice(CLASSES)
    if promises and old["says_historical"] and chance.random() < 0.5:
        old["period_source"] = "not_periodic"
        results["update_on_time"] = result(old, "update_on_time", "not_applicable")
    if not old["cells_count"] or not old["is_observed"]:
        old["cells_count"], old["cells_filled_count"] = 10, chance.randint(0, 10)
    _settle_links(old, chance)
    old["says_historical"] = False
    if old["cycles_late"] is None:
        old["cycles_late"] = chance.choice([0.0, 0.5, 3.0, 1000.0])
    for check in CHECKS:
        said = results[check].outcome if check in results else None
        if said in (Outcome.PASSED, Outcome.FAILED, Outcome.NOT_APPLICABLE) and check != "columns_described":
            continue
        if check == "columns_described":
            results[check] = _described(old, chance, said) or results[check]
        elif check == "update_on_time":
            results[check] = _kept(old, chance, said, promises=promises)
        else:
            results[check] = result(old, check, chance.choice(["passed", "failed"]))
    return old | {"is_observed": True}, results


def _settle_links(made: dict[str, Any], chance: random.Random) -> None:
    """Each check that could not tell was one or the other; a dataset that was not seen has some link."""
    if made["links_count"] is None:
        made |= {"links_count": 1} | dict(zip(CHECKED, (0, 0, 10), strict=True))
    ok, broken, unknown = (made[name] for name in CHECKED)
    found = chance.randint(0, unknown)
    made |= dict(zip(CHECKED, (ok + found, broken + unknown - found, 0), strict=True))


def _described(made: dict[str, Any], chance: random.Random, said: Outcome | None) -> CheckResult | None:
    """A settled result, or None where the given one is already known."""
    has_columns = made["is_observed"] and made["has_columns_in_catalogue"] and made["columns_count"]
    if said in (Outcome.PASSED, Outcome.FAILED) or (said is Outcome.NOT_APPLICABLE and has_columns):
        return None
    columns = chance.randint(1, 6)
    failed = chance.randint(0, columns)
    return result(made, "columns_described", "failed" if failed else "passed", (failed, columns))


def _kept(made: dict[str, Any], chance: random.Random, said: Outcome | None, *, promises: bool) -> CheckResult:
    """A settled verdict on the promise; without `promises`, what could not be told by looking stays untold."""
    could_not_tell = made["is_observed"] and said is Outcome.UNKNOWN
    choices = ["passed", "failed"] if promises else ["unknown"] if could_not_tell else ["passed", "failed", "unknown"]
    outcome = chance.choice(choices)
    made["freshness_status"] = chance.choice(["fresh", "due"]) if outcome == "passed" else "overdue"
    return result(made, "update_on_time", outcome)


def hidden(dataset: Dataset, chance: random.Random) -> Dataset:
    """The dataset as a city would dress it: late ones relabelled, cleared or undated, failed checks made unknowable."""
    made, results = dict(dataset[0]), dict(dataset[1])
    if chance.random() < 0.3:
        made["cells_count"] = made["cells_filled_count"] = None
    if made["links_broken_checks_count"] and chance.random() < 0.5:  # 403 instead of 404, on some days or all
        turned = chance.randint(1, made["links_broken_checks_count"])
        made["links_broken_checks_count"] -= turned
        made["links_unknown_checks_count"] += turned
    for check, found in dataset[1].items():
        may_hide = found.outcome is Outcome.FAILED and check not in ("update_on_time", "frequency_declared")
        if may_hide and chance.random() < 0.5:
            results[check] = replace(found, outcome=Outcome.UNKNOWN)
            if check == "contact_usable":
                made["contact_state"] = None
            if check == "columns_described" and chance.random() < 0.7:
                made["has_columns_in_catalogue"], made["columns_count"] = chance.choice([(False, None), (True, 0)])
                results.pop(check)
    on_time = results.get("update_on_time")
    if made["is_observed"] and on_time and on_time.outcome is Outcome.FAILED and chance.random() < 0.7:
        results["update_on_time"] = replace(on_time, outcome=Outcome.UNKNOWN)
        made["cycles_late"], made["freshness_status"] = None, "unknown"
        chance.choice(_DISGUISES)(made, results)
    return made, results


def _as_needed(made: dict[str, Any], _results: dict[str, CheckResult]) -> None:
    made["period_source"], made["period_class"] = "untestable", None


def _cleared(made: dict[str, Any], results: dict[str, CheckResult]) -> None:
    made["period_source"], made["period_class"] = "undeclared", None
    results["frequency_declared"] = result(made, "frequency_declared", "failed")


def _labelled_historical(made: dict[str, Any], _results: dict[str, CheckResult]) -> None:
    made["says_historical"] = True


def _undated(made: dict[str, Any], _results: dict[str, CheckResult]) -> None:
    made["data_updated_at"] = None


def _undated_wholly(made: dict[str, Any], _results: dict[str, CheckResult]) -> None:
    made["data_updated_at"] = made["touched_at"] = None


Disguise = Callable[[dict[str, Any], dict[str, CheckResult]], None]
_DISGUISES: list[Disguise] = [_as_needed, _cleared, _labelled_historical, _undated, _undated_wholly]

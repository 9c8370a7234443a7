"""The evidence behind a number: which datasets brought what to it."""

from __future__ import annotations

from typing import Any

from tests.indicators.cities import evidence, result, row

from civicgauge.indicators import Measured, discover

INDICATORS = {indicator.id: indicator for indicator in discover()}


def _measured(indicator_id: str, *facts: dict[str, Any], **checks: list[str]) -> Measured:
    """The indicator over datasets a, b, c, ...; `checks` gives each check's outcomes, dataset by dataset."""
    made = [row(dataset_id="abcdefgh"[number]) | given for number, given in enumerate(facts)]
    said = [{c: _result(each, c, outcomes[n]) for c, outcomes in checks.items()} for n, each in enumerate(made)]
    return INDICATORS[indicator_id].measured(evidence(list(zip(made, said, strict=True))))


def _result(facts: dict[str, Any], check: str, said: str) -> Any:
    outcome, _, parts = said.partition(", ")
    failed, _, of = parts.partition(" of ")
    return result(facts, check, outcome, (int(failed), int(of)) if parts else (0, 1))


def _told(measured: Measured) -> dict[str, tuple[str, float | None]]:
    assert all(part.portal_id == "main" for part in measured.parts)
    return {part.dataset_id: (part.verdict, part.value) for part in measured.parts}


def test_a_share_names_who_passed_who_failed_and_who_is_unknown_or_undecided() -> None:
    found = _measured(
        "licence_stated_share",
        {}, {}, {}, {"is_counted": None}, {"is_counted": False}, {"is_observed": False},
        licence_stated=["passed", "failed", "unknown", "passed", "failed", "passed"],
    )  # fmt: skip
    assert _told(found) == {
        "a": ("passed", 1),
        "b": ("failed", 0),
        "c": ("unknown", None),
        "d": ("undecided", 1),
        "f": ("unknown", None),
    }


def test_what_does_not_apply_is_no_evidence() -> None:
    assert _told(_measured("promises_kept_share", {}, update_on_time=["not_applicable"])) == {}


def test_a_mean_of_shares_gives_each_datasets_own_share() -> None:
    listed = {"has_columns_in_catalogue": True, "columns_count": 4}
    found = _measured(
        "columns_described_share", listed, listed, listed, {"has_columns_in_catalogue": False},
        columns_described=["failed, 1 of 4", "passed, 0 of 4", "failed, 4 of 4", "unknown"],
    )  # fmt: skip
    assert _told(found) == {"a": ("partly", 0.75), "b": ("passed", 1), "c": ("failed", 0), "d": ("unknown", None)}


def test_a_dataset_with_parts_that_failed_is_named_as_failed_also_where_others_are_unknown() -> None:
    """Five fields: one that is known to be empty is worth mending whether the contact is hidden or not."""
    every = ("title_informative", "description_present", "keywords_present", "publisher_named", "contact_usable")
    found = _measured(
        "metadata_publisher_filled_share", {}, {}, {}, {},
        **dict.fromkeys(every[:3], ["passed"] * 4),
        publisher_named=["passed", "failed", "failed", "passed"],
        contact_usable=["passed", "passed", "unknown", "unknown"],
    )  # fmt: skip
    assert _told(found) == {
        "a": ("passed", 1),
        "b": ("partly", 0.8),
        "c": ("partly", None),
        "d": ("unknown", None),
    }


def test_a_count_names_those_that_were_counted_and_those_that_may_be() -> None:
    changed = {"promise_changed": True}
    found = _measured("promises_changed_late_count", changed, {}, changed | {"is_counted": None}, {"is_counted": None})
    assert _told(found) == {"a": ("passed", None), "c": ("undecided", None)}


def test_a_median_names_who_is_late_and_by_how_much() -> None:
    monthly = {"period_class": "monthly", "period_source": "declared"}
    found = _measured(
        "cycles_late_median_monthly",
        monthly | {"cycles_late": 0.0}, monthly | {"cycles_late": 2.5}, monthly,
        {"period_source": "undeclared"}, monthly | {"cycles_late": 1.0, "is_counted": None},
        {"period_class": "weekly", "period_source": "declared", "cycles_late": 9.0},
    )  # fmt: skip
    assert _told(found) == {
        "a": ("passed", 0.0),
        "b": ("failed", 2.5),
        "c": ("unknown", None),
        "d": ("unknown", None),
        "e": ("undecided", 1.0),
    }


def test_the_newest_is_named_in_the_value_itself() -> None:
    about = {"subjects": "performance"}
    found = _measured(
        "performance_age_days",
        about | {"age_days": 40}, about | {"age_days": 12}, about | {"age_days": 12}, about,
        about | {"age_days": 1, "is_counted": None}, {"subjects": "budget", "age_days": 0},
    )  # fmt: skip
    assert found.value.evidence == "main/b, main/c"
    assert _told(found) == {
        "a": ("passed", 40),
        "b": ("passed", 12),
        "c": ("passed", 12),
        "d": ("unknown", None),
        "e": ("undecided", 1),
    }


def test_kinds_name_the_datasets_that_show_them_and_those_that_stand_still() -> None:
    found = _measured(
        "procurement_stages_count",
        {"subjects": "procurement_tender", "age_days": 5}, {"subjects": "procurement_award", "age_days": 900},
        {"subjects": "procurement_plan"}, {"subjects": "procurement_plan", "age_days": 5, "is_counted": None},
    )  # fmt: skip
    assert found.value.evidence == "main/a"
    assert (found.value.value_low, found.value.value_high) == (1, 5)
    assert _told(found) == {
        "a": ("passed", 1),
        "b": ("failed", 0),
        "c": ("unknown", None),
        "d": ("undecided", 1),
    }


def test_at_most_five_of_the_newest_are_named() -> None:
    same = [{"subjects": "usage", "age_days": 3}] * 8
    assert _measured("usage_published_age_days", *same).value.evidence == ", ".join(f"main/{each}" for each in "abcde")

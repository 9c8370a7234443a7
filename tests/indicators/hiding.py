"""The ways in which a city can hide, relabel or clear a fact: each takes a dataset as it is and dresses it.

They do with any dataset, good or bad, what landing would make of the change. What they never do is bring in a new
fact: a superseded edition that is renamed and has a promise and a date is a dataset that is judged, not one hidden.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from tests.indicators.cities import result
from tests.indicators.dressing import (
    LICENCE_CHECKS,
    LINK_CHECKS,
    ROW_CHECKS,
    WRITTEN_CHECKS,
    Dataset,
    Results,
    Row,
    contact_outcome,
    judge,
    on_time_of,
    rejudge_columns,
    set_age,
    unseen,
)

from civicgauge.model import Outcome

_KNOWN = (Outcome.PASSED, Outcome.FAILED)
Change = Callable[[Row, Results, random.Random], None]


def _say(made: Row, results: Results, check: str, outcome: str) -> None:
    """Write the check's new outcome; one that broke or never ran stays so."""
    if check in results and results[check].outcome is not Outcome.ERRORED:
        results[check] = result(made, check, outcome)


def _rejudge(made: Row, results: Results) -> None:
    judge(made)
    _say(made, results, "update_on_time", on_time_of(made))


def _say_as_needed(made: Row, results: Results, _chance: random.Random) -> None:
    if made["period_source"] in ("declared", "not_periodic"):
        made |= {"period_source": "untestable", "period_class": None, "expected_period_days": None}
        _rejudge(made, results)


def _clear_frequency(made: Row, results: Results, _chance: random.Random) -> None:
    made |= {"period_source": "undeclared", "period_class": None, "expected_period_days": None}
    _say(made, results, "frequency_declared", "failed")
    _rejudge(made, results)


def _misspell_frequency(made: Row, results: Results, _chance: random.Random) -> None:
    if made["period_source"] in ("declared", "not_periodic", "untestable"):
        made |= {"period_source": "unmapped", "period_class": None, "expected_period_days": None}
        _rejudge(made, results)


def _label_historical(made: Row, results: Results, _chance: random.Random) -> None:
    made["says_historical"] = True
    _rejudge(made, results)


def _clear_data_date(made: Row, results: Results, _chance: random.Random) -> None:
    set_age(made, None)
    _say(made, results, "update_on_time", on_time_of(made))


def _clear_touched(made: Row, _results: Results, _chance: random.Random) -> None:
    made["touched_at"] = None


def _clear_all_dates(made: Row, results: Results, chance: random.Random) -> None:
    _clear_data_date(made, results, chance)
    _clear_touched(made, results, chance)


def _rename(made: Row, results: Results, _chance: random.Random) -> None:
    """A title that says nothing: no subject, no year, no part of a series; the new entry is judged by its own date."""
    made |= {"subjects": "", "newest_year": None}
    as_itself = made | {"series_role": None}
    judge(as_itself)
    if made["series_role"] == "superseded" and as_itself["freshness_status"] not in ("unknown", "not_applicable"):
        return
    made["series_role"] = None
    _rejudge(made, results)


def _clear_licence(made: Row, results: Results, _chance: random.Random) -> None:
    _set_licence(made, results, "none")


def _obscure_licence(made: Row, results: Results, _chance: random.Random) -> None:
    if made["licence_class"] != "none":
        _set_licence(made, results, "unrecognised")


def _set_licence(made: Row, results: Results, licence_class: str) -> None:
    made["licence_class"] = licence_class
    for check, outcome in zip(("licence_stated", "licence_open"), LICENCE_CHECKS[licence_class], strict=True):
        _say(made, results, check, outcome)


def _clear_contact(made: Row, results: Results, _chance: random.Random) -> None:
    if made["contact_state"] is not None:
        made["contact_state"] = "absent"
        _say(made, results, "contact_usable", "failed")


def _hide_contact(made: Row, results: Results, _chance: random.Random) -> None:
    made["contact_state"] = None
    _say(made, results, "contact_usable", contact_outcome(made))


def _hide_columns(made: Row, results: Results, chance: random.Random) -> None:
    """The catalogue lists none any more, or a table without any."""
    if not made["has_columns_in_catalogue"]:
        return
    count = chance.choice([None, 0])
    made |= {"has_columns_in_catalogue": count is not None, "columns_count": count, "columns_described": count}
    made |= {"place_columns_count": None, "people_columns_count": None}
    rejudge_columns(made, results)


def _clear_column_descriptions(made: Row, results: Results, _chance: random.Random) -> None:
    if made["columns_count"]:
        made["columns_described"] = 0
        rejudge_columns(made, results)


def _clear_documents(made: Row, _results: Results, _chance: random.Random) -> None:
    made["documentation_count"] = 0 if made["portal_kind"] == "ckan" else None


def _obscure_format(made: Row, results: Results, _chance: random.Random) -> None:
    """A format that nobody recognises, and an address that shows none; what the portal holds itself it serves."""
    if made["kind"] in ("file", "link"):
        made["is_machine_readable"] = None
        _say(made, results, "machine_readable", "unknown")
        rejudge_columns(made, results)


def _withhold_rows(made: Row, results: Results, _chance: random.Random) -> None:
    if not made["is_chosen"]:
        return
    made |= {"pull_outcome": "failed", "cells_count": None, "cells_filled_count": None, "newest_year": None}
    if not made["columns_count"]:
        made |= {"place_columns_count": None, "people_columns_count": None}
    for check in ROW_CHECKS:
        _say(made, results, check, "unknown")


def _spoil_one_row_check(made: Row, results: Results, chance: random.Random) -> None:
    """What one check needs of the rows is taken away, such as the column of events."""
    check = chance.choice(ROW_CHECKS)
    if check in results and results[check].outcome in _KNOWN:
        results[check] = result(made, check, "unknown")


def _refuse_link_checks(made: Row, results: Results, chance: random.Random) -> None:
    """A refusal in place of an answer, on some of the days or on all."""
    if not made["links_count"]:
        return
    turned = [chance.randint(0, made[name]) for name in LINK_CHECKS[:2]]
    for name, days in zip(LINK_CHECKS[:2], turned, strict=True):
        made[name] -= days
    made[LINK_CHECKS[2]] += sum(turned)
    _say(made, results, "links_work", "unknown")


def _clear_words(made: Row, results: Results, chance: random.Random) -> None:
    _say(made, results, chance.choice(WRITTEN_CHECKS), "failed")


def _hide_use(made: Row, _results: Results, _chance: random.Random) -> None:
    made["page_views_total"] = made["download_count"] = None


def _hide_owner(made: Row, _results: Results, _chance: random.Random) -> None:
    if made["is_counted"]:
        made["is_counted"] = None


def _make_private(made: Row, results: Results, _chance: random.Random) -> None:
    old, said = unseen((dict(made), dict(results)))
    made.update(old)
    results.clear()
    results.update(said)


CHANGES: Mapping[str, Change] = {
    change.__name__.strip("_"): change
    for change in (
        _say_as_needed, _clear_frequency, _misspell_frequency, _label_historical, _clear_data_date, _clear_touched,
        _clear_all_dates, _rename, _clear_licence, _obscure_licence, _clear_contact, _hide_contact, _hide_columns,
        _clear_column_descriptions, _clear_documents, _obscure_format, _withhold_rows, _spoil_one_row_check,
        _refuse_link_checks, _clear_words, _hide_use, _hide_owner, _make_private,
    )
}  # fmt: skip
"""By name: what a city can do to what is seen of one dataset."""


def changed(dataset: Dataset, change: str, chance: random.Random) -> Dataset:
    """The dataset after one of `CHANGES`; what is not seen today cannot be dressed any further."""
    made, results = dict(dataset[0]), dict(dataset[1])
    if made["is_observed"]:
        CHANGES[change](made, results, chance)
    return made, results

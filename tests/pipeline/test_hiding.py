"""The whole path under games: what a city hides, relabels or clears raises no lower bound of any indicator."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from civicgauge import indicators
from civicgauge.landing import tables
from civicgauge.landing.catalogue import Landed, land_portal
from civicgauge.landing.linkage import Known
from civicgauge.links import Verdict, after_check
from civicgauge.model import Dataset, DatasetKind, IndicatorValue
from civicgauge.quality.checks import load_checks
from civicgauge.quality.judge import judge
from civicgauge.settings import shipped
from tests.landing.entries import AS_OF, days_ago, entry, reading, resource

COLUMNS = {name: frozenset(schema.names) for name, schema in tables.SCHEMAS.items()}
FREQUENCIES = ["Daily", "Weekly", "Monthly", "Monthly", "Quarterly", "Annually", "As needed", "Bi-weekly"]


def as_needed(dataset: Dataset) -> Dataset:
    return replace(dataset, custom_fields=(("Update_Frequency", "As needed"),))


def cleared(dataset: Dataset) -> Dataset:
    return replace(dataset, custom_fields=())


def unreadable(dataset: Dataset) -> Dataset:
    return replace(dataset, custom_fields=(("Update_Frequency", "when the moon is right"),))


def undated(dataset: Dataset) -> Dataset:
    return replace(dataset, data_updated_at=None)


def touched(dataset: Dataset) -> Dataset:
    return replace(dataset, touched_at=AS_OF)


GAMES: list[Callable[[Dataset], Dataset]] = [as_needed, cleared, unreadable, undated, touched]


def catalogue(seed: int) -> list[Dataset]:
    """Thirty datasets, a third of them late, some without a frequency, a date or a licence."""
    chance = random.Random(seed)
    made = []
    for number in range(30):
        fields = (("Update_Frequency", chance.choice(FREQUENCIES)),) if chance.random() < 0.9 else ()
        age = chance.choice([0, 1, 20, 40, 100, 400, 900])
        updated = None if chance.random() < 0.05 else days_ago(age)
        licence = chance.choice([None, "Public Domain", "See Terms of Use"])
        made.append(
            entry(
                f"aaaa-{number:04d}",
                title=f"Dataset of kind {number}",
                custom_fields=fields,
                data_updated_at=updated,
                licence_text=licence,
            )
        )
    return made


def values_of(landed: Landed) -> dict[str, IndicatorValue]:
    rows: dict[str, list[dict[str, Any]]] = {name: getattr(landed, name) for name in tables.SCHEMAS}
    results: dict[tuple[str, str], dict[str, Any]] = {}
    for result in judge(load_checks(shipped("expectations"), COLUMNS), rows):
        results.setdefault((result.portal_id, result.dataset_id), {})[result.check_id] = result
    events = indicators.CatalogueEvents(added=0, found=0, removed=0, since=AS_OF.date() - timedelta(days=1))
    evidence = indicators.Evidence("us-xx-test", AS_OF.date(), AS_OF, tuple(landed.datasets), results, events)
    return {value.indicator_id: value for value in indicators.measure(evidence)}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("game", GAMES)
def test_a_game_played_on_late_datasets_raises_no_lower_bound(game: Callable[[Dataset], Dataset], seed: int) -> None:
    datasets = catalogue(seed)
    honest = land_portal(reading(datasets))
    late = {row["dataset_id"] for row in honest.datasets if row["freshness_status"] in {"overdue", "delinquent"}}
    assert late
    played = land_portal(reading([game(d) if d.dataset_id in late else d for d in datasets]))
    before, after = values_of(honest), values_of(played)
    for key, value in before.items():
        if value.value_low is None:
            continue
        assert after[key].value_low <= value.value_low + 1e-12, key
        if value.direction == "lower_is_better" and after[key].value_high is not None:
            assert value.value_high is not None, key
            assert after[key].value_high >= value.value_high - 1e-12, key
    if game is not touched:
        assert after["promises_kept_share"].n_unknown > before["promises_kept_share"].n_unknown


@pytest.mark.slow
@pytest.mark.parametrize(
    "game", [as_needed, cleared, unreadable, lambda d: replace(d, custom_fields=(("Update_Frequency", "Historical"),))]
)
def test_a_promise_taken_back_while_late_changes_nothing_for_a_year(game: Callable[[Dataset], Dataset]) -> None:
    datasets = catalogue(7)
    first = land_portal(reading(datasets))
    late = {row["dataset_id"] for row in first.datasets if row["freshness_status"] in {"overdue", "delinquent"}}
    honest = values_of(land_portal(reading(datasets, days=1, known=first.known)))
    played = [game(d) if d.dataset_id in late else d for d in datasets]
    after = values_of(land_portal(reading(played, days=1, known=first.known)))
    for key in ("promises_kept_share", "promises_fresh_share", "promises_testable_share"):
        assert (after[key].numerator, after[key].denominator) == (honest[key].numerator, honest[key].denominator)


# ---------------------------------------------------------------- links

LINKS = ("links_working_share", "links_available_share")


def linked(number: int) -> Dataset:
    """A dataset of two links to other hosts."""
    parts = (resource(f"{number}-{n}", url=f"https://files.town.org/{number}-{n}.csv", is_link=True) for n in range(2))
    return entry(f"aaaa-{number:04d}", title=f"Files {number}", kind=DatasetKind.FILE, resources=tuple(parts))


def checked(broken: int, verdict: Verdict, days: int) -> Known:
    """What is known after so many days on which the second link of the first `broken` datasets said this."""
    records: dict[str, Any] = {}
    for day in range(days):
        for address in (f"https://files.town.org/{number}-{n}.csv" for number in range(10) for n in range(2)):
            is_bad = int(address[23:-6]) < broken and address.endswith("-1.csv")
            at = AS_OF + timedelta(days=day)
            records[address] = after_check(records.get(address), verdict if is_bad else Verdict("ok"), at, at.date())
    return Known(records)


def without_the_second(dataset: Dataset) -> Dataset:
    return replace(dataset, resources=dataset.resources[:1])


def with_the_second_cleared(dataset: Dataset) -> Dataset:
    return replace(dataset, resources=(dataset.resources[0], replace(dataset.resources[1], url=None)))


def with_the_second_at_home(dataset: Dataset) -> Dataset:
    home = replace(dataset.resources[1], url="https://data.example.org/")
    return replace(dataset, resources=(dataset.resources[0], home))


@pytest.mark.slow
@pytest.mark.parametrize("game", [without_the_second, with_the_second_cleared, with_the_second_at_home])
def test_hiding_a_broken_link_raises_no_lower_bound(game: Callable[[Dataset], Dataset]) -> None:
    datasets, known = [linked(number) for number in range(10)], checked(3, Verdict("broken", "404"), 4)
    first = land_portal(reading(datasets, days=3, links=known))
    honest = values_of(first)
    assert (honest[LINKS[0]].value, honest[LINKS[1]].value_low) == (0.7, 0.85)
    hiding = [game(d) if number < 3 else d for number, d in enumerate(datasets)]
    after = values_of(land_portal(reading(hiding, days=4, links=Known(known.records, first.links))))
    for key in LINKS:
        assert after[key].value_low <= honest[key].value_low, key


@pytest.mark.slow
def test_refusing_instead_of_being_absent_raises_no_lower_bound_and_is_broken_in_the_end() -> None:
    datasets = [linked(number) for number in range(10)]
    for days, numerator in ((3, 7), (4, 7)):
        found = [checked(3, verdict, days) for verdict in (Verdict("broken", "404"), Verdict("unknown", "403"))]
        honest, refusing = (values_of(land_portal(reading(datasets, days=days - 1, links=known))) for known in found)
        for key in LINKS:
            assert refusing[key].value_low <= honest[key].value_low, key
        assert (refusing[LINKS[0]].numerator, refusing[LINKS[0]].n_unknown) == (numerator, 3 if days == 3 else 0)

"""A city in an edition: every number as measured, as decided and as corrected, with what decides it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from civicgauge.pipeline.showing import decisions, texts
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.editions import (
    Counts,
    citation,
    dispute,
    erratum,
    is_of_itself,
    line,
    sees,
)
from civicgauge.pipeline.showing.forms import Decided, NotShown, Viewer
from civicgauge.pipeline.showing.judged import DatasetNamed, EditionCityPage, EditionValue, ErratumLine
from civicgauge.pipeline.words import why

Row = Mapping[str, Any]


def edition_city(base: Base, viewer: Viewer, edition_id: str, city_id: str) -> EditionCityPage:
    """See `Shown.edition_city`."""
    row = base.reviews.edition(edition_id)
    city = next(iter(base.reviews.edition_cities([edition_id], city_id)), None)
    if row is None or city is None or not sees(base, viewer, row, city):
        raise NotShown(f"{edition_id}/{city_id}")
    values = base.reviews.edition_values(edition_id, city_id)
    names = {city_id: city["name"]}
    of_itself = is_of_itself(base, viewer, city_id)
    is_staff = viewer.audience == "staff"
    ids = {each for value in values for each in texts.ids_in(value["decisions"])}
    return EditionCityPage(
        edition=line(base, row, Counts.read(base, is_staff=is_staff), [city]),
        city_id=city_id,
        name=city["name"],
        publication=city["publication"],
        measured_on=city["measured_on"],
        as_of=city["as_of"],
        outcome=city["outcome"],
        run_id=city["run_id"],
        evidence_digest=city["evidence_digest"],
        problem=city["problem"] if of_itself else None,
        values=_values(
            base,
            city_id,
            values,
            [erratum(e, names) for e in base.reviews.errata(edition_id, city_id)],
            with_unknown=is_staff,
        ),
        decisions=decisions.named(base, viewer, ids),
        disputes=tuple(dispute(d, names) for d in base.reviews.disputes(edition_id, city_id)) if of_itself else (),
        is_own=of_itself,
        citation=citation(row),
    )


def _values(
    base: Base, city_id: str, rows: Sequence[Row], errata: Iterable[ErratumLine], *, with_unknown: bool
) -> tuple[EditionValue, ...]:
    """In reading order. `with_unknown`: with the ids of datasets that are known no more, as the city withdrew them."""
    corrected: dict[tuple[str, int], list[ErratumLine]] = defaultdict(list)
    for each in errata:
        corrected[each.indicator_id, each.version].append(each)
    keys = {key for row in rows for key in _keys(row)}
    titles = {
        (each["portal_id"], each["dataset_id"]): each["title"] or each["dataset_id"]
        for each in (base.datasets.identities(city_id, keys) if keys else ())
    }
    placed = sorted(rows, key=lambda row: (texts.place_of(row["indicator_id"]), row["indicator_id"]))
    return tuple(
        EditionValue(
            value=texts.value_of(row, decided=_decided(row)),
            errata=tuple(corrected[row["indicator_id"], row["indicator_version"]]),
            datasets=tuple(DatasetNamed(*key, titles.get(key)) for key in _keys(row) if key in titles or with_unknown),
            row_digest=row["row_digest"],
        )
        for row in placed
    )


def _decided(row: Row) -> Decided | None:
    """What decisions made of the number; None where they change it not."""
    if row["decided_status"] is None:
        return None
    return Decided(
        status=row["decided_status"],
        value=row["decided_value"],
        low=row["decided_low"],
        high=row["decided_high"],
        n_unknown=row["decided_n_unknown"] or 0,
        why=why(row["decided_status"], None),
        decisions=texts.ids_in(row["decisions"]),
    )


def _keys(row: Row) -> list[tuple[str, str]]:
    """The entries that decide a number, as `indicator_value.evidence` names them: portal/dataset, by commas."""
    named = (each.partition("/") for each in (row["evidence"] or "").split(", ") if each)
    return [(portal_id, dataset_id) for portal_id, _, dataset_id in named]

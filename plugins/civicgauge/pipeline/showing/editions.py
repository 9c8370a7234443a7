"""Editions as pages show them: the list, and one with its cities; who may see which of them.

Before it is frozen an edition is for staff alone, and in its preview each city's own page for that city as well.
Afterwards a city in it is seen by whom it was for then, and by whom it is for now: the stricter counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from civicgauge.pipeline.showing import texts
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import Asked, NotShown, Viewer
from civicgauge.pipeline.showing.judged import (
    DisputeLine,
    EditionCityLine,
    EditionLine,
    EditionPage,
    EditionsPage,
    ErratumLine,
    Preview,
    SignatureLine,
)
from civicgauge.pipeline.showing.lists import Fields, choices, chosen, holds_words, part
from civicgauge.pipeline.showing.seeing import is_own

Row = Mapping[str, Any]
FROZEN = ("frozen",)
SIGNATURES = 2
_FIELDS: Fields = {"state": lambda line: [line.state]}
_KEPT = (
    *("edition_id", "title", "state", "as_of", "opened_at", "opened_by", "preview_from", "preview_until"),
    *("frozen_at", "frozen_by", "content_digest", "keep_until", "method_version"),
)
_OF_DISPUTE = (
    *("dispute_id", "city_id", "portal_id", "dataset_id", "indicator_id", "phase", "claim", "evidence_url", "made_at"),
    *("by", "state", "decided_at", "decided_by", "answer", "decision_id"),
)
_OF_ERRATUM = (
    *("erratum_id", "city_id", "indicator_id", "old_status", "old_value", "old_low", "old_high", "new_status"),
    *("new_value", "new_low", "new_high", "reason", "evidence_digest", "made_at", "by", "second_by"),
)


def editions(base: Base, viewer: Viewer, asked: Asked) -> EditionsPage:
    """See `Shown.editions`."""
    is_staff = viewer.audience == "staff"
    rows, cities = _listed(base, viewer)
    counts = Counts.read(base, is_staff=is_staff)
    every = [
        line(base, row, counts, [each for each in cities[row["edition_id"]] if sees(base, viewer, row, each)])
        for row in rows
    ]
    found = [each for each in chosen(every, asked, _FIELDS) if holds_words(asked, each.title, each.edition_id)]
    shown, place = part(found, asked)
    previews = () if is_staff else tuple(_previews(base, viewer))
    return EditionsPage(tuple(shown), previews, place, asked, choices(every, _FIELDS))


def edition(base: Base, viewer: Viewer, edition_id: str, asked: Asked) -> EditionPage:
    """See `Shown.edition`."""
    row = base.reviews.edition(edition_id)
    is_staff = viewer.audience == "staff"
    every = base.reviews.edition_cities([edition_id])
    if row is None or not _is_told(base, viewer, row, every):
        raise NotShown(edition_id)
    cities = [each for each in every if sees(base, viewer, row, each)]
    told = line(base, row, Counts.read(base, is_staff=is_staff), cities)
    names = {each["city_id"]: each["name"] for each in cities}
    errata = tuple(erratum(each, names) for each in base.reviews.errata(edition_id) if each["city_id"] in names)
    lines = _cities(base, edition_id, cities, errata, with_problem=is_staff)
    found = [each for each in lines if holds_words(asked, each.name, each.city_id)]
    shown, place = part(sorted(found, key=lambda each: (each.name.casefold(), each.city_id)), asked)
    disputes = base.reviews.disputes(edition_id) if is_staff else []
    return EditionPage(
        edition=told,
        cities=tuple(shown),
        range=place,
        asked=asked,
        statuses=dict(sum((Counter(each.statuses) for each in lines), Counter())),
        signatures=tuple(_signatures(base, row, with_names=is_staff)),
        errata=errata,
        disputes=tuple(dispute(each, names) for each in disputes if each["city_id"] in names),
        citation=citation(row),
    )


def edition_parts(base: Base, viewer: Viewer) -> list[dict[str, str]]:
    """The ids of the editions that the viewer may see."""
    return [{"edition_id": row["edition_id"]} for row in _listed(base, viewer)[0]]


def edition_city_parts(base: Base, viewer: Viewer) -> list[dict[str, str]]:
    """The ids of the editions and of the cities in them that the viewer may see."""
    rows = {row["edition_id"]: row for row in base.reviews.editions()}
    cities = base.reviews.edition_cities(rows)
    return [
        {"edition_id": each["edition_id"], "city_id": each["city_id"]}
        for each in cities
        if sees(base, viewer, rows[each["edition_id"]], each)
    ]


# ---------------------------------------------------------------- who sees what


def sees(base: Base, viewer: Viewer, edition: Row, city: Row) -> bool:
    """Whether a city in an edition is for the viewer: frozen as the city is shown, in a preview for itself."""
    if viewer.audience == "staff":
        return viewer.only_cities is None or city["city_id"] in viewer.only_cities
    known = base.seeing.visible(viewer).get(city["city_id"])
    if known is None or city["publication"] == "private":
        return False
    of_itself = is_own(viewer, known)
    if edition["state"] in FROZEN:
        return of_itself or (city["publication"] == "public" and known.publication == "public")
    return edition["state"] == "preview" and of_itself


def _is_told(base: Base, viewer: Viewer, edition: Row, cities: Iterable[Row]) -> bool:
    """Whether an edition is for the viewer at all: frozen, with a city that was public then, or that they see."""
    if viewer.audience == "staff":
        return True
    is_theirs = any(each["publication"] == "public" or sees(base, viewer, edition, each) for each in cities)
    return edition["state"] in FROZEN and is_theirs


def _listed(base: Base, viewer: Viewer) -> tuple[list[Row], Mapping[str, list[Row]]]:
    """The editions that are for the viewer, and the cities of each."""
    rows = base.reviews.editions(None if viewer.audience == "staff" else FROZEN)
    cities = _by_edition(base.reviews.edition_cities([row["edition_id"] for row in rows]))
    return [row for row in rows if _is_told(base, viewer, row, cities[row["edition_id"]])], cities


def is_of_itself(base: Base, viewer: Viewer, city_id: str) -> bool:
    """Whether staff looks, or the city itself: what it contests is for these."""
    known = base.seeing.everyone().get(city_id)
    return viewer.audience == "staff" or (known is not None and is_own(viewer, known))


def _previews(base: Base, viewer: Viewer) -> Iterator[Preview]:
    if not viewer.own_cities:
        return
    running = {row["edition_id"]: row for row in base.reviews.editions(("preview",))}
    for city_id in sorted(viewer.own_cities):
        for each in base.reviews.edition_cities(running, city_id):
            row = running[each["edition_id"]]
            if sees(base, viewer, row, each):
                until = row["preview_until"]
                yield Preview(row["edition_id"], row["title"], city_id, each["name"], until, days_left(base, row))


# ---------------------------------------------------------------- lines


@dataclass(frozen=True)
class Counts:
    """Errata by edition and city; for staff also signatures under what an edition now holds, and open disputes."""

    errata: Mapping[tuple[str, str], int]
    signed: Mapping[str, int] | None
    open: Mapping[tuple[str, str], int] | None

    @classmethod
    def read(cls, base: Base, *, is_staff: bool) -> Counts:
        """As the warehouse has them."""
        errata = base.reviews.tallies("erratum")
        if not is_staff:
            return cls(errata, None, None)
        return cls(errata, base.reviews.signed(), base.reviews.tallies("dispute", state="open"))


def line(base: Base, row: Row, counts: Counts, cities: Iterable[Row]) -> EditionLine:
    """A row of `edition`; `cities` are those in it that the viewer may see."""
    edition_id, left = row["edition_id"], days_left(base, row)
    keys = [(edition_id, each["city_id"]) for each in cities]
    signed = None if counts.signed is None else counts.signed.get(edition_id, 0)
    is_open = None if counts.open is None else sum(counts.open.get(key, 0) for key in keys)
    return EditionLine(
        **{name: row[name] for name in _KEPT},
        days_left=left,
        n_cities=len(keys),
        n_errata=sum(counts.errata.get(key, 0) for key in keys),
        n_signatures=signed,
        n_open=is_open,
        missing=tuple(_missing(row, left, signed, is_open)) if signed is not None and is_open is not None else (),
    )


def days_left(base: Base, row: Row) -> int | None:
    """Days of a preview after today, 0 on its last; below zero it is over. None outside a preview."""
    until: date | None = row["preview_until"]
    return (until - base.now().date()).days if row["state"] == "preview" and until else None


def _missing(row: Row, left: int | None, signed: int, n_open: int) -> Iterator[str]:
    """What the next step waits for, in words."""
    if row["state"] == "draft":
        yield "The preview has not begun: no city has seen it."
    if row["state"] != "preview":
        return
    if left is not None and left >= 0:
        yield f"The preview runs until {row['preview_until']}."
    if n_open:
        yield f"{n_open} {'dispute waits' if n_open == 1 else 'disputes wait'} for an answer."
    if signed < SIGNATURES:
        yield f"{signed} of {SIGNATURES} signatures are under what it now holds."


def _cities(
    base: Base, edition_id: str, cities: Iterable[Row], errata: Iterable[ErratumLine], *, with_problem: bool
) -> list[EditionCityLine]:
    statuses: dict[str, dict[str, int]] = defaultdict(dict)
    decided: Counter[str] = Counter()
    for row in base.reviews.edition_counts(edition_id):
        statuses[row["city_id"]][row["status"]] = row["count"]
        decided[row["city_id"]] += row["decided"]
    corrected = Counter(each.city_id for each in errata)
    return [
        EditionCityLine(
            city_id=row["city_id"],
            name=row["name"],
            publication=row["publication"],
            measured_on=row["measured_on"],
            outcome=row["outcome"],
            statuses=statuses[row["city_id"]],
            n_decided=decided[row["city_id"]],
            n_errata=corrected[row["city_id"]],
            problem=row["problem"] if with_problem else None,
        )
        for row in cities
    ]


def _signatures(base: Base, row: Row, *, with_names: bool) -> Iterator[SignatureLine]:
    for each in base.reviews.signatures(row["edition_id"]):
        is_valid = each["content_digest"] == row["content_digest"]
        if is_valid or with_names:  # one under other content is part of how it came about, for staff
            name = each["name"] if with_names else None
            yield SignatureLine(each["number"], name, each["role"], each["signed_at"], is_valid)


def dispute(row: Row, names: Mapping[str, str]) -> DisputeLine:
    """A row of `dispute`; `names` of cities."""
    return DisputeLine(
        **{name: row[name] for name in _OF_DISPUTE},
        city_name=names.get(row["city_id"], row["city_id"]),
        title=_title(row["indicator_id"]),
    )


def erratum(row: Row, names: Mapping[str, str]) -> ErratumLine:
    """A row of `erratum`; `names` of cities."""
    told = texts.indicators().get(row["indicator_id"])
    return ErratumLine(
        **{name: row[name] for name in _OF_ERRATUM},
        city_name=names.get(row["city_id"], row["city_id"]),
        version=row["indicator_version"],
        title=_title(row["indicator_id"]) or row["indicator_id"],
        unit=told.unit if told else "",
    )


def _title(indicator_id: str | None) -> str | None:
    told = texts.indicators().get(indicator_id or "")
    return told.title if told else indicator_id


def citation(row: Row) -> str | None:
    """How to cite a frozen edition; None for another."""
    if row["state"] not in FROZEN or row["frozen_at"] is None:
        return None
    return (
        f"civicgauge, “{row['title']}”, edition {row['edition_id']}, frozen on {row['frozen_at'].date()}, "
        f"method version {row['method_version']}. Content digest SHA-256 {row['content_digest']}."
    )


def _by_edition(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["edition_id"]].append(row)
    return found

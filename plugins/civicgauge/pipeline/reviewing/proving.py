"""Whether an edition is still what was signed: every digest computed again, from the lake and from the warehouse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from civicgauge import indicators
from civicgauge.errors import LakeDamaged
from civicgauge.model import IndicatorValue
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.judging import evidence_of, manifest_of, read_values
from civicgauge.pipeline.reviewing import evidence, records, taking
from civicgauge.pipeline.reviewing.editions import edition_of
from civicgauge.pipeline.reviewing.errata import errata_of
from civicgauge.pipeline.reviewing.records import Finding
from civicgauge.review.editions import State
from civicgauge.warehouse.audit import WITHDRAWN
from civicgauge.warehouse.reviews import Reviews

Row = dict[str, Any]
_NUMBER = ("value", "status", "numerator", "denominator", "n_unknown", "value_low", "value_high")
_COPIED = tuple(each.name for each in fields(IndicatorValue))
_WAREHOUSE = "warehouse"


@dataclass
class Verified:
    """What was looked at. `findings` are what is not as it was signed; `withdrawn` what a city took out since.

    `let_go`: cities whose evidence is past its time; `measured_again`: numbers computed once more from the evidence.
    """

    edition: Row
    cities: int = 0
    files: int = 0
    numbers: int = 0
    measured_again: int = 0
    let_go: int = 0
    findings: list[Finding] = field(default_factory=list)
    withdrawn: list[Finding] = field(default_factory=list)


def verified(context: Context, edition_id: str, today: date) -> Verified:
    """Look through an edition: its rows, signatures and errata, and every file behind every city's numbers."""
    with context.warehouse() as warehouse:
        reviews = warehouse.reviews
        edition = edition_of(reviews, edition_id)
        found = Verified(edition)
        found.findings += records.findings(reviews, edition)
        cities = reviews.rows("edition_city", edition_id=edition_id)
        errata = errata_of(reviews, edition_id)
        told = frozenset(row["subject"] for row in reviews.rows("audit", action=WITHDRAWN))
        look = _Look(context, found, told, is_past=_is_past(edition, today))
        for city in cities:
            if city["measured_on"] is not None:
                found.cities += 1
                look.at_city(city, _values(reviews, city))
                look.at_errata(city, [each for each in errata if each["city_id"] == city["city_id"]])
    return found


def _is_past(edition: Row, today: date) -> bool:
    """Whether nothing need be kept of what stands behind it."""
    return edition["state"] == State.ABANDONED or (edition["keep_until"] is not None and edition["keep_until"] < today)


def _values(reviews: Reviews, city: Row) -> list[Row]:
    return reviews.rows("edition_value", edition_id=city["edition_id"], city_id=city["city_id"])


class _Look:
    """One looking through the lake; what it finds goes into `found`."""

    def __init__(self, context: Context, found: Verified, told: frozenset[str], *, is_past: bool) -> None:
        self._context, self._found, self._is_past = context, found, is_past
        self._withdrawals = told
        self._let_go: set[str] = set()
        self._seen: set[tuple[str, str, str]] = set()

    def at_city(self, city: Row, values: Sequence[Row]) -> None:
        """The evidence of a city, and its numbers read and measured again from it."""
        if self._at_evidence(city, city["evidence_digest"]):
            return
        found = self._found
        found.numbers += len(values) + sum(row["decided_status"] is not None for row in values)
        before = len(found.findings) + len(found.withdrawn)
        self._tell(city, self._compared(city, values))
        if before == len(found.findings) + len(found.withdrawn) and not self._is_touched(city):
            self._tell(city, self._measured_again(city, values))

    def _at_evidence(self, city: Row, digest: str) -> bool:
        """Look through the files of a list; whether they were let go, all of them."""
        lake, day = self._context.lake, city["measured_on"]
        listed, looks = evidence.kept(lake, city["city_id"], day, city["edition_id"], digest)
        if looks and self._is_past:
            self._let_go.add(city["city_id"])
            self._found.let_go = len(self._let_go)
            return True
        looks += evidence.look(lake, city["city_id"], listed, self._withdrawals)
        self._found.files += len(listed)
        for each in looks:
            if (city["city_id"], each.folder, each.file) in self._seen:
                continue
            self._seen.add((city["city_id"], each.folder, each.file))
            told = Finding(city["edition_id"], city["city_id"], each.folder, each.file, each.told)
            (self._found.withdrawn if each.tombstone else self._found.findings).append(told)
        return False

    def _is_touched(self, city: Row) -> bool:
        """Whether any file behind the city is not what it was: then nothing is measured from it."""
        every = (*self._found.findings, *self._found.withdrawn)
        return any(each.city_id == city["city_id"] and each.folder != _WAREHOUSE for each in every)

    def _tell(self, city: Row, told: Iterator[tuple[str, str, str]]) -> None:
        try:
            self._found.findings += [Finding(city["edition_id"], city["city_id"], *each) for each in told]
        except LakeDamaged as error:  # a file of the evidence is told already, and what is in it cannot be compared
            if not self._is_touched(city):
                place = (city["edition_id"], city["city_id"], city["results_attempt"] or "")
                self._found.findings.append(Finding(*place, "", str(error)))

    def _compared(self, city: Row, values: Sequence[Row]) -> Iterator[tuple[str, str, str]]:
        """The numbers of the warehouse beside those of the lake."""
        context, folder, decided = self._context, city["results_attempt"], city["decided_attempt"]
        measured = read_values(context, folder)
        as_decided = read_values(context, decided) if decided else []
        held = {(row["indicator_id"], row["indicator_version"]): row for row in values}
        for value in measured:
            key = (value.indicator_id, value.indicator_version)
            if key not in held:
                yield _WAREHOUSE, "edition_value", f"{key[0]} (version {key[1]}) is missing"
            elif told := _differing(held[key], value, city):
                yield folder, "indicators.parquet", f"{key[0]}: the warehouse has another {', '.join(told)}"
        for key in sorted(held.keys() - {(v.indicator_id, v.indicator_version) for v in measured}):
            yield folder, "indicators.parquet", f"{key[0]} (version {key[1]}) is in the warehouse alone"
        for key, row in held.items():
            beside = taking.of_key(as_decided, key) if decided else None
            if told := _decided_differing(row, beside):
                yield (
                    decided or _WAREHOUSE,
                    "indicators.parquet",
                    f"{key[0]}: the warehouse has another {', '.join(told)}",
                )
        if not self._is_touched(city):
            yield from _of_day(context, city)

    def _measured_again(self, city: Row, values: Sequence[Row]) -> Iterator[tuple[str, str, str]]:
        """The numbers computed once more, where today's version of the indicator is theirs."""
        current = {each.id: each.version for each in indicators.discover()}
        rows = {r["indicator_id"]: r for r in values if current.get(r["indicator_id"]) == r["indicator_version"]}
        for folder, columns in self._folders(city):
            checks = manifest_of(self._context, folder)["checks"]
            for value in indicators.measure(evidence_of(self._context, city["city_id"], city["measured_on"], checks)):
                row = rows.get(value.indicator_id)
                if row is None or row[columns["status"]] is None:
                    continue
                self._found.measured_again += 1
                if told := [name for name, column in columns.items() if row[column] != _plain(value, name)]:
                    yield (
                        folder,
                        "indicators.parquet",
                        (f"{value.indicator_id}: measured again from its evidence it has another {', '.join(told)}"),
                    )

    def _folders(self, city: Row) -> Iterator[tuple[str, Mapping[str, str]]]:
        yield city["results_attempt"], {name: name for name in _NUMBER}
        if city["decided_attempt"]:
            yield city["decided_attempt"], {name: column for column, name in taking.DECIDED.items()}

    def at_errata(self, city: Row, errata: Sequence[Row]) -> None:
        """The evidence of corrected numbers, and the numbers in it."""
        for each in errata:
            if each["evidence_attempt"] is None or self._at_evidence(city, each["evidence_digest"]):
                continue
            self._tell({**city, "results_attempt": each["evidence_attempt"]}, self._corrected(each))

    def _corrected(self, erratum: Row) -> Iterator[tuple[str, str, str]]:
        folder = erratum["evidence_attempt"]
        key = (erratum["indicator_id"], erratum["indicator_version"])
        value = taking.of_key(read_values(self._context, folder), key)
        names = {"new_value": "value", "new_status": "status", "new_low": "value_low", "new_high": "value_high"}
        if value is None or any(erratum[column] != _plain(value, name) for column, name in names.items()):
            yield folder, "indicators.parquet", f"{key[0]}: the warehouse has another number in {erratum['erratum_id']}"


def _plain(value: IndicatorValue, name: str) -> Any:
    found = getattr(value, name)
    return str(found) if name == "status" else found


def _differing(row: Row, value: IndicatorValue, city: Row) -> list[str]:
    told = [name for name in _COPIED if row[name] != _plain(value, name)]
    return told + [name for name in ("measured_on", "as_of", "run_id") if row[name] != city[name]]


def _decided_differing(row: Row, beside: IndicatorValue | None) -> list[str]:
    """What of a row's decided columns is not what the folder of the values as decided says."""
    is_other = beside is not None and any(row[name] != _plain(beside, name) for name in taking.DECIDED.values())
    if beside is not None and is_other:
        return [column for column, name in taking.DECIDED.items() if row[column] != _plain(beside, name)]
    return [column for column in (*taking.DECIDED, "decisions") if row[column] is not None]


def _of_day(context: Context, city: Row) -> Iterator[tuple[str, str, str]]:
    """What the city's row says of its day beside what the manifests say."""
    folder = city["results_attempt"]
    told = manifest_of(context, folder)
    landed = manifest_of(context, told["catalog"])
    said = {
        "measured_on": told["day"],
        "catalog_attempt": told["catalog"],
        "outcome": landed["outcome"],
        "as_of": landed["as_of"],
    }
    held = {name: city[name].isoformat() if name in ("measured_on", "as_of") else city[name] for name in said}
    if other := [name for name in said if said[name] != held[name]]:
        yield folder, "manifest.json", f"the warehouse has another {', '.join(other)} of the city"

"""The assess stage: what a city's numbers say of the criteria of each standard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from civicgauge.city import Document
from civicgauge.criteria import standards
from civicgauge.criteria.assess import CriterionEvidence, DocumentLook, Observation, assess
from civicgauge.indicators import discover
from civicgauge.linked import Record
from civicgauge.model import City, IndicatorValue
from civicgauge.pipeline import linkhistory
from civicgauge.pipeline.context import Context
from civicgauge.review.attesting import Standing, contradicts


def evidence_of(
    attested: Mapping[str, Standing], values: Iterable[IndicatorValue], documents: Iterable[DocumentLook] = ()
) -> dict[str, list[CriterionEvidence]]:
    """By standard (the name of its file): every listed criterion, with the numbers behind it.

    `attested`: by standard, what people attest on the day (`reviewing.attestations.holding`).
    """
    measured = {(value.indicator_id, value.indicator_version): value for value in values}
    observed: dict[str, list[Observation]] = defaultdict(list)
    for indicator in discover():
        value = measured.get((indicator.id, indicator.version))
        for bearing in indicator.bearings if value is not None else ():
            observed[bearing.criterion].append(Observation(value, bearing))  # type: ignore[arg-type]
    looks, nothing = tuple(documents), Standing({}, {})
    found = {}
    for name, standard in standards().items():
        said = attested.get(name, nothing)
        found[name] = assess(name, standard, observed, said.held, looks, said.lapsed)
    return found


def is_contradicted(each: CriterionEvidence) -> bool | None:
    """Whether the numbers and what is attested say the opposite; None where nothing is attested."""
    return contradicts(each.stance, each.attestation.stance) if each.attestation else None


def row_of(each: CriterionEvidence) -> dict[str, object]:
    """A row of `criterion_evidence` but for the columns that come from the run."""
    return each.row() | {"is_contradicted": is_contradicted(each)}


def documents_of(context: Context, city: City, catalog: str | None) -> list[DocumentLook]:
    """What is known of the addresses of the city's documents, by the landed catalogue of a day."""
    manifest = context.lake.manifest(catalog) if catalog else None
    known = linkhistory.read(context.lake, catalog, manifest) if catalog and manifest else {}
    records = known[city.portals[0].id].records if city.portals[0].id in known else {}
    return [_look(document, records.get(str(document.url)), city) for document in city.documents]


def _look(document: Document, record: Record | None, city: City) -> DocumentLook:
    told = (document.criterion, document.title, str(document.url))
    if record is None:
        return DocumentLook(*told, None, None, None, None)
    ok = record.last_ok
    days = [moment.astimezone(city.zone).date() if moment else None for moment in (record.since, ok, record.checked_at)]
    return DocumentLook(*told, record.state, *days)


def rows(
    attested: Mapping[str, Standing], values: Iterable[IndicatorValue], documents: Iterable[DocumentLook]
) -> list[dict[str, object]]:
    """The same as rows of `criterion_evidence`."""
    return [row_of(each) for found in evidence_of(attested, values, documents).values() for each in found]

"""How many stages of procurement are open data (a plan, tenders, awards, contracts, payments)."""

from __future__ import annotations

from civicgauge.bearings import decides
from civicgauge.indicators import Indicator, Row
from civicgauge.indicators._newest import seen
from civicgauge.indicators._sources import SUBJECTS

_STAGES = tuple(f"procurement_{stage}" for stage in ("plan", "tender", "award", "contract", "payment"))
_A_YEAR_DAYS = 366


def _is_recent(row: Row) -> bool | None:
    """Changed within a year; None where it has no date.

    Whatever was promised: were late tables left out, taking the promise back would bring them in.
    """
    return None if row["age_days"] is None else bool(row["age_days"] <= _A_YEAR_DAYS)


INDICATORS = (
    Indicator(
        id="procurement_stages_count",
        version=1,
        title="Stages of procurement published",
        question="Of the five stages of a purchase, how many can be followed in data that changed within a year?",
        unit="stages",
        direction="higher_is_better",
        formula="Stages (plan, tender, award, contract, payment) with at least one of the city's own datasets whose "
        "data changed within 366 days, by the portal's own date. Out of five; one dataset may show several stages. "
        "Whether its promise is kept is a number of its own. What a dataset is about is read off its title, by a "
        "vocabulary file; what is not recognised, or stands on another site, may be there all the same, so that "
        "nothing found is not a no.",
        sources=SUBJECTS,
        checks=(),
        bearings=(decides("RDC7", in_line=3, differs=0),),
        gaming="A title that names a stage would count whatever the rows say, and so would a job that writes the same "
        "rows again. Editing the entry does not move the date of its data, and taking a promise back changes nothing "
        "here.",
        gain="People can follow a purchase from the plan to the payment, and vendors can compete.",
        benefit=3,
        effort=3,
        advice="Begin with contracts and payments, which the ledger holds already; then publish tenders and who won "
        "them.",
        arithmetic=seen(_STAGES, _is_recent),
        steps={
            "socrata": "Publish one dataset for each stage, with the contract's number in each so that they can be "
            "joined.",
            "ckan": "Publish one package for each stage, with the contract's number in each so that they can be "
            "joined.",
        },
    ),
)

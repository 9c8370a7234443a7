"""Licences: stated by the dataset, and open by themselves (DESIGN rule 5). Inheritance is a third number, not these."""

from __future__ import annotations

from collections.abc import Mapping

from civicgauge.indicators import Indicator
from civicgauge.indicators._arithmetic import checked, share

_SOURCES: Mapping[str, str] = {
    "socrata": "`metadata.license`, which the catalogue leaves out where a dataset has none, else a custom field for "
    "it. A statement on the portal's terms page is not read here.",
    "ckan": "`license_id`, `license_title` and `license_url` of the package. A statement for the whole portal is not "
    "read here.",
}

_STATED = Indicator(
    id="licence_stated_share",
    version=1,
    title="Licence stated",
    question="How many datasets say by themselves under which licence they may be used?",
    unit="share",
    direction="higher_is_better",
    formula="Datasets that state a licence, in any words, divided by all datasets. A statement for the whole portal "
    "does not count here: a copy of the dataset does not carry it along.",
    sources=_SOURCES,
    checks=("licence_stated",),
    criteria=("OD3",),
    gaming="Any words in the field count as stated; whether they are an open licence is a number of its own beside "
    "this.",
    advice="Set a licence for each dataset, from the portal's list. Setting a default for new datasets is usually one "
    "change by the administrator.",
    arithmetic=share(checked("licence_stated")),
)

_OPEN = Indicator(
    id="licence_open_share",
    version=1,
    title="Licence open",
    question="How many datasets state by themselves a licence that lets anyone use them?",
    unit="share",
    direction="higher_is_better",
    formula="Datasets whose own licence conforms to the Open Definition, divided by all datasets. No licence is not "
    "open. A licence that we do not recognise, terms that nobody has read for us, and a federal mark on a city's "
    "data are unknown.",
    sources=_SOURCES,
    checks=("licence_open",),
    criteria=("OD3",),
    gaming="Writing something that cannot be recognised makes the dataset unknown: the lower bound does not rise.",
    advice="Public domain marks (CC0, PDDL) and CC BY are recognised everywhere. Use the exact name from the "
    "portal's list.",
    arithmetic=share(checked("licence_open")),
)

INDICATORS = (_STATED, _OPEN)

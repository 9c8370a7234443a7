"""Standards add up, and what checks and indicators cite exists in them."""

from __future__ import annotations

import re

from civicgauge.criteria import standards
from civicgauge.indicators import discover
from civicgauge.landing.tables import SCHEMAS
from civicgauge.quality.checks import load_checks
from civicgauge.settings import shipped

STANDARD = "What Works Cities"


def names() -> dict[str, str]:
    return {c.code: c.name for c in standards()["what-works-cities-2022"].criteria}


def test_the_standard_has_its_43_criteria_in_8_practices_of_which_11_show_on_a_portal() -> None:
    standard = standards()["what-works-cities-2022"]
    assert (len(standard.criteria), len(standard.practices)) == (43, 8)
    observable = {c.code for c in standard.criteria if c.observable != "none"}
    assert observable == {"OD2", "OD3", "OD4", "DM2", "DM4", "DM8", "PA3", "PA4", "BF1", "BF2", "RDC7"}
    assert [c.code for c in standard.criteria if c.observable == "automatic"] == ["OD3"]


def test_every_code_that_an_indicator_names_exists() -> None:
    assert {code for indicator in discover() for code in indicator.criteria} <= set(names())


def test_every_criterion_that_a_check_cites_exists_by_that_name() -> None:
    columns = {name: frozenset(schema.names) for name, schema in SCHEMAS.items()}
    cited = [
        c for check in load_checks(shipped("expectations"), columns) for c in check.serves if STANDARD in c.standard
    ]
    assert cited
    for citation in cited:
        code, _, name = citation.criterion.partition(" ")
        assert re.fullmatch(r"[A-Z]+\d+", code)
        assert names()[code].casefold() == name.casefold()


def test_no_word_of_a_standard_says_that_a_city_meets_or_fails() -> None:
    texts = [
        text
        for standard in standards().values()
        for text in (*standard.unknowns, *(t for c in standard.criteria for t in (c.name, c.asks, c.attest)))
    ]
    assert not [text for text in texts if re.search(r"\b(certified|meets|fails|non-compliant)\b", text, re.IGNORECASE)]

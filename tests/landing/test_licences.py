"""Licences: by id, then title, then address; what a portal-wide statement fills."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.errors import ConfigurationError
from civicgauge.landing.licences import build, licence_words, resolve_licence
from civicgauge.landing.vocabulary import read_vocabulary
from civicgauge.model import LicenceStatement

STATEMENT = LicenceStatement.model_validate(
    {"url": "https://city.example/terms", "licence_id": "PDDL-1.0", "read_by": "staff", "read_on": date(2026, 1, 15)}
)
WHERE = "http://www.opendefinition.org/licenses/"


@pytest.mark.parametrize(
    ("key", "title", "url", "licence_id", "licence_class"),
    [
        ("odc-odbl", "Open Data Commons Open Database License (ODbL)", WHERE + "odc-odbl", "ODbL-1.0", "open"),
        (None, "Open Data Commons Open Database License", None, "ODbL-1.0", "open"),
        ("cc-by", "Creative Commons Atribuição", WHERE + "cc-by", "CC-BY", "open"),
        ("CC-BY-4.0", "CC-BY-4.0", None, "CC-BY-4.0", "open"), ("cc-zero", None, None, "CC0-1.0", "open"),
        (None, "Licença e Dedicação ao Domínio Público do Open Data Commons (PDDL)", None, "PDDL-1.0", "open"),
        (None, "Outra (Aberta)", None, "other-open", "open"),
        (None, "Outra (Domínio Público)", None, "other-pd", "open"),
        ("PUBLIC_DOMAIN", None, None, "other-pd", "open"), (None, "Public Domain", None, "other-pd", "open"),
        (None, "Creative Commons Attribution 3.0 Unported", None, "CC-BY-3.0", "open"),
        (None, "Creative Commons 1.0 Universal (Public Domain Dedication)", None, "CC0-1.0", "open"),
        ("uk-ogl", None, None, "uk-ogl", "open"), ("OGL-CA-2.0", None, None, "OGL-Canada-2.0", "open"),
        (None, None, "https://creativecommons.org/licenses/by/3.0/br/deed.pt", "CC-BY-3.0", "open"),
        (None, None, "http://creativecommons.org/licenses/by/4.0", "CC-BY-4.0", "open"),
        (None, None, "creativecommons.org/licenses/by-nc-sa/2.0/", "CC-BY-NC-SA", "not_open"),
        (None, "http://opendatacommons.org/licenses/odbl/1.0/", None, "ODbL-1.0", "open"),
        ("special", "City's own", "https://opendatacommons.org/licenses/by/1-0/#x", "ODC-BY-1.0", "open"),
        ("cc-nc", "Creative Commons Non-Commercial (Any)", None, "CC-BY-NC", "not_open"),
        ("other-closed", "Other (Not Open)", None, "other-closed", "not_open"),
        ("SEE_TERMS_OF_USE", None, None, "SEE_TERMS_OF_USE", "terms_unread"),
        (None, "See Terms of Use", None, "SEE_TERMS_OF_USE", "terms_unread"),
        ("USGOV_WORKS", None, None, "USGOV_WORKS", "doubtful"),
        (None, "Public Domain U.S. Government", None, "USGOV_WORKS", "doubtful"),
        (None, None, "https://www.usa.gov/government-works", "USGOV_WORKS", "doubtful"),
        ("gfdl", None, None, "GFDL", "doubtful"),
        ("open-government-licence-toronto", None, None, None, "unrecognised"),
        (None, "Licence of the moon", None, None, "unrecognised"),
        ("notspecified", "License of the moon", None, None, "unrecognised"),
        (None, None, "https://city.example/licences/by/4.0", None, "unrecognised"),
    ],
)  # fmt: skip
def test_licences(
    key: str | None, title: str | None, url: str | None, licence_id: str | None, licence_class: str
) -> None:
    licence = resolve_licence(key, title, url, STATEMENT)
    assert (licence.licence_id, licence.licence_class, licence.source) == (licence_id, licence_class, "dataset")


@pytest.mark.parametrize(
    ("key", "title"), [(None, None), ("", " "), ("notspecified", "License not specified"), (None, "None")]
)
def test_none_is_filled_by_the_statement_alone(key: str | None, title: str | None) -> None:
    nothing = resolve_licence(key, title, None, None)
    assert (nothing.licence_id, nothing.licence_class, nothing.source) == (None, "none", None)
    filled = resolve_licence(key, title, None, STATEMENT)
    assert (filled.licence_id, filled.licence_class, filled.source) == ("PDDL-1.0", "open", "portal")


def test_a_statement_that_is_not_recognised_stays_unknown() -> None:
    odd = STATEMENT.model_copy(update={"licence_id": "our-own"})
    licence = resolve_licence(None, None, None, odd)
    assert (licence.licence_id, licence.licence_class, licence.source) == (None, "unrecognised", "portal")


@given(*[st.none() | st.text()] * 3)
def test_no_text_raises(key: str | None, title: str | None, url: str | None) -> None:
    licence = resolve_licence(key, title, url, None)
    assert (licence.licence_id is None) == (licence.licence_class in ("unrecognised", "none"))


def test_what_is_left_unrecognised_on_purpose_is_unrecognised() -> None:
    for name in licence_words().knowingly_unrecognised:
        assert resolve_licence(name, None, None).licence_class == "unrecognised"


def test_a_broken_file_is_refused() -> None:
    content = read_vocabulary("licences")
    content["licences"].append({"id": "X", "class": "open", "aliases": ["ODBL"]})
    with pytest.raises(ConfigurationError, match="'ODBL' is given"):
        build(content)
    content["licences"][-1] = {"id": "X", "class": "openish"}
    with pytest.raises(ConfigurationError, match="class unknown or id given twice: X"):
        build(content)

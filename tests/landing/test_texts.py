"""Titles, descriptions and addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.landing.texts import (
    is_identifier_title,
    is_public_address,
    mentions_dictionary,
    repeats,
    says_historical,
)


def test_a_description_that_repeats_the_name() -> None:
    assert repeats("zip_code", "ZIP Code")
    assert repeats("Ano de referência.", "ano de Referencia")
    assert not repeats("The ZIP code of the address", "ZIP Code")
    assert not repeats("", "")
    assert not repeats(None, "x")
    assert not repeats("...", "---")


@pytest.mark.parametrize(
    "title",
    ["6bdc-2tyi", "jbhd-xs43", "layer_0", "2019", "20180621", "data.csv", "My permits 2020.xlsx", "tbl_prm",
     "GIS_PRCL_v2",
              "1f2e3d4c-0000-1111-2222-333344445555", "---"]
)  # fmt: skip
def test_titles_that_are_identifiers(title: str) -> None:
    assert is_identifier_title(title)


@pytest.mark.parametrize(
    "title",
    ["Crimes", "Crime_Data", "Open-Data", "311 Service Requests", "Parks", "COVID-19", "Area 51 layer_0", "", None],
)
def test_titles_of_words(title: str | None) -> None:
    assert not is_identifier_title(title)


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("311 Service Requests - Alley Lights Out - Historical", ""),
        ("Lobbyist Data - Historical - Lobbyist Registry - 2010", ""),
        ("Life Safety Evaluations (Deprecated 2015)", ""), ("Parks - Locations (deprecated November 2016)", ""),
        ("Vehicle Incidents - Historical", ""), ("[ARCHIVED] Permits", ""), ("Archived: Permits", ""),
        ("Permits (no longer updated)", ""),
        ("Permits - Retired", ""), ("Permits – Discontinued", ""),
        ("Beach Swim Advisories", "Water quality. This dataset is historical-only."),
        ("Calls", "Please note that this data is no longer updated as E911 has updated the terms of service."),
        ("Cases", "This is an archived dataset & will no longer be updated."), ("X", "OUTDATED. See http://bit.ly/x"),
        ("X", "This dataset will not be updated further due to changes."),
        ("X", "This dataset is only for historical reference."),
        ("X", "As described, this dataset has been replaced by another."),
        ("X", "This dataset is being retained for historical reference."),
    ],
)  # fmt: skip
def test_what_says_that_it_is_finished(title: str, description: str) -> None:
    assert says_historical(title, description)


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Historical Landmarks", "Landmarks of historical interest."), ("Chattanooga Historic Red Lining", ""),
        ("Retired Teachers", ""),
        ("Chicago Traffic Tracker - Historical Congestion Estimates by Region - 2018-Current", ""),
        ("Landmarks - Historical Districts", ""),
        ("Discontinued Bus Stops", ""), ("Archived Photographs Index", ""), (None, None),
        ("Building Violations", "These data are historical in nature and should not be relied upon."),
        ("COVID", "As of April 1 MODHSS is no longer providing tests. Some columns will no longer be updated."),
        ("Schools", "* Data set is no longer being updated when data set for next year is created"),
        ("311", "This dataset will be maintained as an archive dataset after the system is no longer in use."),
        ("Movies", "This list is a one-time upload and cancellations will not be updated."),
        ("Tanks", "imported from the historic Department of Environment database"),
        ("Calls", "This data is not updated in real time."),
    ],
)  # fmt: skip
def test_what_only_sounds_finished(title: str | None, description: str | None) -> None:
    assert not says_historical(title, description)


@pytest.mark.parametrize(
    ("url", "scheme", "is_wellformed", "is_public"),
    [
        ("https://data.city.example/d/1?x=1", "https", True, True),
        ("http://internal.chattadata.org/x", "http", True, True),
        ("ftp://ftp.city.gov/x.zip", "ftp", True, True), ("https://dados.gov.br/süd", "https", True, True),
        ("https://straße.de/x", "https", True, True),
        ("https://ckanadmin0.intra.prod-toronto.ca/datastore/dump/1", "https", True, False),
        ("http://localhost:5000/x", "http", True, False),
        ("http://127.0.0.1/x", "http", True, False), ("http://10.1.2.3/x", "http", True, False),
        ("http://[::1]/x", "http", True, False),
        ("http://8.8.8.8/x", "http", True, True), ("http://server/share", "http", True, False),
        ("https://gis.city.local/x", "https", True, False),
        ("https://app.internal/x", "https", True, False), ("http://2130706433/", "http", True, False),
        ("http://192.168.1/", "http", True, False),
        ("https://data.city.example/a b.csv", "https", False, None),
        ("javascript:alert(1)", "javascript", False, None), ("www.city.gov/x", None, False, None),
        ("http://", "http", False, None), ("http://[broken", None, False, None),
        ("http://a..b/x", "http", False, None), ("http://x:port/", None, False, None),
        ("", None, False, None), (None, None, False, None),
    ],
)  # fmt: skip
def test_addresses(url: str | None, scheme: str | None, is_wellformed: bool, is_public: bool | None) -> None:
    assert is_public_address(url) == (scheme, is_wellformed, is_public)


@given(st.none() | st.text(), st.none() | st.text())
def test_no_text_raises(one: str | None, other: str | None) -> None:
    address = is_public_address(one)
    assert (address.is_public is not None) == address.is_wellformed
    assert repeats(one, other) == repeats(other, one)
    assert isinstance(says_historical(one, other), bool)
    assert isinstance(is_identifier_title(one), bool)


@pytest.mark.timeout(5)
def test_a_megabyte_is_read_in_no_time() -> None:
    for text in ("this dataset is " * 70_000, " - " * 300_000, "(" * 1_000_000, "2020 " * 200_000):
        says_historical(text, text)
        is_identifier_title(text)
        repeats(text, text)


@pytest.mark.parametrize(
    "description",
    ["See the Data Dictionary attached.", "The code book explains each field.", "Codebook: below", "RECORD LAYOUT",
     "Veja o dicionário de dados.", "Consulte el diccionario de datos", "Dictionnaire des données", "Datenkatalog"],
)  # fmt: skip
def test_a_description_that_speaks_of_a_dictionary(description: str) -> None:
    assert mentions_dictionary(description)


@pytest.mark.parametrize(
    "description", ["A dictionary of street names", "The data.", "metadata dictionaryless", "", None]
)
def test_a_description_that_does_not(description: str | None) -> None:
    assert not mentions_dictionary(description)


@given(st.text(max_size=3000))
def test_any_description_may_be_asked_for_a_dictionary(text: str) -> None:
    assert mentions_dictionary(text) in (True, False)
    assert mentions_dictionary(f"{text[:1000]} Data dictionary") is True


def test_a_dictionary_far_down_a_description_of_a_megabyte_is_not_read() -> None:
    assert not mentions_dictionary("word " * 200_000 + "data dictionary")

"""Series of titles that differ by a period, and the age of the edition that should be there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.landing.series import group_series, series_key


@pytest.mark.parametrize(
    ("title", "key", "start", "end", "spacing"),
    [
        ("KCPD Crime Data 2019", "kcpd crime data {}", "2019-01-01", "2019-12-31", "year"),
        ("Budget - 2012 Budget Ordinance", "budget - {} budget ordinance", "2012-01-01", "2012-12-31", "year"),
        ("Energy Use (2015)", "energy use ({})", "2015-01-01", "2015-12-31", "year"),
        ("dados_2019.csv", "dados {}.csv", "2019-01-01", "2019-12-31", "year"),
        ("FY19 Fires", "{+} fires", "2018-07-01", "2019-12-31", "fiscal_year"),
        ("Budget FY2020", "budget {+}", "2019-07-01", "2020-12-31", "fiscal_year"),
        ("FY 2019-20 Budget", "{+} budget", "2019-07-01", "2020-12-31", "fiscal_year"),
        ("Report (2013-2014)", "report ({+})", "2013-07-01", "2014-12-31", "fiscal_year"),
        ("Schools 2019/20", "schools {+}", "2019-07-01", "2020-12-31", "fiscal_year"),
        ("Schools SY1920", "schools {+}", "2019-07-01", "2020-12-31", "fiscal_year"),
        ("Schools SY2021", "schools {+}", "2020-07-01", "2021-12-31", "fiscal_year"),
        ("Q1 2020 Spending", "{/} spending", "2020-01-01", "2020-03-31", "quarter"),
        ("Spending 2020 Q4", "spending {/}", "2020-10-01", "2020-12-31", "quarter"),
        ("Gastos 1º trimestre de 2020", "gastos {/}", "2020-01-01", "2020-03-31", "quarter"),
        ("Trips January 2020", "trips {-}", "2020-01-01", "2020-01-31", "month"),
        ("Trips 2020-02", "trips {-}", "2020-02-01", "2020-02-29", "month"),
        ("Relatório de Viagens - Março 2022", "relatorio de viagens - {-}", "2022-03-01", "2022-03-31", "month"),
        ("Viagens dezembro de 2021", "viagens {-}", "2021-12-01", "2021-12-31", "month"),
        ("Viajes enero 2020", "viajes {-}", "2020-01-01", "2020-01-31", "month"),
    ],
)  # fmt: skip
def test_labels(title: str, key: str, start: str, end: str, spacing: str) -> None:
    label = series_key(title)
    assert label == (key, date.fromisoformat(start), date.fromisoformat(end), spacing)


@pytest.mark.parametrize(
    "title",
    ["311 Service Requests", "2010 Census Population", "Census Tracts - 2010",
     "Crimes by Type by 2000 Block - 2008 to 2014", "Crimes, 2000 Block",
     "Vision 2030 projects", "Crimes - 2001 to Present", "Flu Shot Locations - 2014 - Present",
     "Boundaries - Wards (2023-)", "Permits 2010-2016",
     "TIF Programming - 2017-2021", "Parks (deprecated November 2016)", "Street Cuts Since Oct 2020",
     "Lei 10.559/2002", "20180621 Daily Report",
     "SRAG 2021 e 2022", "[2017 a 2021] Bolsas", "Data 2011-12", "1º semestre 2020", "PIAC Projects FY2007 to FY2017",
     "Sales FY 2008-2018",
     "Commuting Data - ACS 2017", "COVID-19 Cases", "Sweeping - 2015 - April-May", "$2000 grants", ""],
)  # fmt: skip
def test_titles_without_a_label(title: str) -> None:
    assert series_key(title) is None


def test_roles_of_a_recorded_series() -> None:
    titles = {"a": "KCPD Crime Data 2014", "b": "KCPD Crime Data 2022", "c": "KCPD Crime Data 2021",
              "d": "KCPD Crime Data 2010 Final",
              "e": "2017 Tracts - Income", "f": "2017 Tracts - Households", "g": "2019", "h": "2020",
              "i": "2010 Census Population"}  # fmt: skip
    roles = group_series(titles)
    assert {k: r.role for k, r in roles.items()} == {"a": "superseded", "b": "current", "c": "superseded"}
    assert (roles["b"].label_end, roles["b"].key) == (date(2022, 12, 31), "kcpd crime data {}")


def test_a_label_given_to_two_entries_alone_is_no_series() -> None:
    assert group_series({"a": "Crime 2019", "b": "crime  2019"}) == {}
    both = group_series({"a": "Crime 2019", "b": "crime 2019", "c": "Crime 2018"})
    assert {k: r.role for k, r in both.items()} == {"a": "current", "b": "current", "c": "superseded"}


WORDS = st.sampled_from(
    [
        "Crime",
        "Budget -",
        "{} Permits",
        "FY19",
        "2019",
        "2020",
        "Q1 2020",
        "January 2020",
        "2019-2020",
        "(2018)",
        "março 2020",
        "to",
        "Final",
    ]
)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.lists(WORDS, max_size=4).map(" ".join) | st.text()))
def test_the_editions_of_the_newest_period_and_no_others_are_current(titles: dict[str, str]) -> None:
    roles = group_series(titles)
    for key in {r.key for r in roles.values()}:
        members = [r for r in roles.values() if r.key == key]
        current = [r for r in members if r.role == "current"]
        newest = max(r.label_end for r in members)
        assert current == [r for r in members if r.label_end == newest]
        assert len({r.label_end for r in members}) > 1


@given(st.text())
def test_no_title_raises(title: str) -> None:
    label = series_key(title)
    assert label is None or label.label_start <= label.label_end

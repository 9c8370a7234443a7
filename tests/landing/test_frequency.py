"""Declared frequencies: every spelling of the vocabulary's sources, ISO 8601, ambiguous words, and no text raises."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.landing.frequency import Frequency, class_of, frequency_values, resolve_frequency
from civicgauge.landing.frequency_words import frequency_words, value_form
from tests.recordings import FOLDER, NAMES, about, needs_recordings


def stated(text: str, field: str = "frequency", domain: str = "city.example", kind: str = "ckan") -> Frequency:
    return resolve_frequency([(field, text)], domain, kind)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Daily ", 1), ("Updated Daily", 1), ("Data are updated daily.", 1), ("Data is updated daily", 1),
        ("Hourly", 1),
        ("Every hour between 7:30 am and 7:30pm", 1), ("Data are updated every 15 minutes", 1), ("Weekdays", 1),
        ("Data are updated Monday - Friday", 1), ("more than daily", 1), ("daily/nightly", 1), ("Real-time", 1),
        ("Em tempo real", 1), ("Diária", 1), ("Diario", 1), ("Diariamente", 1), ("taeglich", 1), ("täglich", 1),
        ("Several times per day", 1), ("Multiple Times per Hour", 1), ("Daily - Multiple", 1), ("dailyonce", 1),
        ("Twice weekly", 3.5), ("Semiweekly", 3.5), ("threeTimesAWeek", 2.3333), ("Weekly - Once", 7), ("Semanal", 7),
        ("woechentlich", 7), ("Fortnightly", 14), ("fortnighly", 14), ("Quinzenal", 15), ("Twice a month", 16),
        ("Semimonthly", 16), ("threeTimesAMonth", 11), ("Monthly", 31), ("mensal", 31), ("monatlich", 31),
        ("Mensal, a partir da segunda quinzena do mês", 31), ("Every two months", 62), ("Bimestral", 62),
        ("Every 3 months", 92), ("Trimestralmente", 92), ("quartalsweise", 92), ("Triannually", 123),
        ("Quadrimestral", 123),
        ("Three times a year", 123), ("2 to 4 times per year", 184), ("Bi-Annually", 184), ("Semi-annually", 184),
        ("Data is updated biannually", 184), ("biannual", 184), ("Semestral", 184), ("halbjaehrlich", 184),
        ("Annually", 366), ("Yearly", 366), ("Anual", 366), ("['jaehrlich']", 366), ("annuelle", 366),
        ("Data are updated at least annually.", 366), ("Data are updated annually or as changes occur.", 366),
        ("Biennial", 731), ("Every 2 years", 731), ("Every four years", 1461), ("Decennial", 3653),
        ("every 10 years", 3653),
        ("http://publications.europa.eu/resource/authority/frequency/BIWEEKLY", 14),
        ("http://publications.europa.eu/resource/authority/frequency/ANNUAL_2", 184),
        ("http://publications.europa.eu/resource/authority/frequency/12HRS", 1),
        ("http://purl.org/cld/freq/bimonthly", 62), ("R/P1Y", 366), ("R/P0,5M", 16), ("R/PT1S", 1), ("P1M", 31),
    ],
)  # fmt: skip
def test_period_of_a_spelling(text: str, days: float) -> None:
    frequency = stated(text)
    assert (frequency.source, frequency.period_days, frequency.period_days_min) == ("declared", days, days)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("", "undeclared"), ("  ", "undeclared"), ("To be determined.", "undeclared"), ("None", "undeclared"),
        ("Unknown", "undeclared"), ("Not Specified", "undeclared"), ("-", "undeclared"),
        ("As Needed", "untestable"), ("Data is updated as needed", "untestable"),
        ("Updated as necessary", "untestable"),
        ("Updated as new data becomes available", "untestable"), ("Não Regular", "untestable"),
        ("Eleição", "untestable"),
        ("Sob demanda/necessidade", "untestable"), ("sporadisch oder unregelmaessig", "untestable"),
        ("Monthly or Data are updated as needed", "untestable"), ("Daily (in season)", "untestable"),
        ("http://publications.europa.eu/resource/authority/frequency/IRREG", "untestable"), ("irregular", "untestable"),
        ("Historical (no longer updated)", "not_periodic"), ("Once.", "not_periodic"),
        ("Historical-Only", "not_periodic"),
        ("Data was updated daily before becoming historical", "not_periodic"),
        ("Data is no longer updated", "not_periodic"),
        ("Will not be Refreshed", "not_periodic"), ("notPlanned", "not_periodic"), ("One-time, static", "not_periodic"),
        ("R/P", "unmapped"), ("R/PT", "unmapped"), ("R/P0D", "unmapped"), ("7", "unmapped"),
        ("every full moon", "unmapped"),
        ("not daily", "unmapped"), ("daily except when not", "unmapped"), ("Data was updated daily", "unmapped"),
    ],
)  # fmt: skip
def test_texts_without_a_period(text: str, source: str) -> None:
    frequency = stated(text)
    assert (frequency.source, frequency.period_days, frequency.period_class) == (source, None, None)


@pytest.mark.parametrize(("code", "days"), [("1", 1), ("7", 7), ("30", 31), ("90", 92), ("365", 366), ("730", 731)])
def test_numbers_are_days_only_in_their_own_field(code: str, days: float) -> None:
    assert stated(code, "data_update_frequency").period_days == days
    assert stated(code).source == "unmapped"
    assert stated("-2", "data_update_frequency").source == "untestable"
    assert stated("-1", "data_update_frequency").source == "not_periodic"


@pytest.mark.parametrize(
    ("text", "fast", "slow"), [("Bi-Weekly", 3.5, 14), ("bimonthly", 16, 62), ("Quinzenal/Trimestral", 15, 92)]
)
def test_ambiguous_words_stay_a_range(text: str, fast: float, slow: float) -> None:
    frequency = stated(text)
    assert (frequency.period_days_min, frequency.period_days, frequency.source) == (fast, slow, "declared")


def test_ambiguous_words_are_settled_by_the_portal_or_by_the_words_beside_them() -> None:
    assert stated("biweekly", "refresh_rate", "open.toronto.ca").period_days_min == 14
    beside = [frozenset({"bi-weekly", "Semiweekly"}), frozenset({"R/P1M"}), frozenset({"Twice a week"})]
    for values in beside:
        assert resolve_frequency([("frequency", "bi-weekly")], "x.example", "ckan", values).period_days_min == 14
    unsettled = resolve_frequency(
        [("frequency", "bi-weekly")], "x.example", "ckan", frozenset({"bi-weekly", "Monthly"})
    )
    assert unsettled.period_days_min == 3.5


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("Internal_How-often-are-data-values-updated?", "socrata"), ("Update-Frequency_Period", "socrata"),
        ("Metadata_Frequency", "socrata"), ("Publishing-Details_Publishing-frequency", "socrata"),
        ("Dataset-Summary_Posting-Frequency", "socrata"), ("Committed-Update-Frequency_Refresh-rate", "socrata"),
        ("Common-Core_Update-Frequency", "socrata"), ("Time/Date_Update-Frequency", "socrata"),
        ("accrual_periodicity", "ckan"), ("accrualPeriodicity", "ckan"), ("refresh_rate", "ckan"),
        ("update_cadence", "ckan"),
        ("updateInterval", "ckan"), ("frequency", "ckan"), ("Frequência de atualização", "ckan"),
        ("Periodicidade", "ckan"),
        ("Periodicidade de atualização\xa0", "ckan"), ("Periodicidade de atualização\t", "ckan"),
        ("Periodocidade de atualização", "ckan"), ("Frequencial de atualização", "ckan"),
        ("Periodicidade Atualização", "ckan"),
        ("Frequência de Atualização:", "ckan"), ("Frequência de Atualização dos Dados", "ckan"),
        ("frecuencia de actualización", "ckan"), ("fréquence de mise à jour", "ckan"),
        ("Aktualisierungsintervall", "ckan"),
    ],
)  # fmt: skip
def test_fields_that_state_a_frequency(field: str, kind: str) -> None:
    frequency = stated("R/P1W", field, kind=kind)
    assert (frequency.field, frequency.period_days) == (field, 7)


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("Metadata_Time-Period", "socrata"), ("Última Atualização", "ckan"), ("last_refreshed", "ckan"),
        ("timeRange", "ckan"),
        ("Data de atualização dos dados", "ckan"), ("Granularidade temporal", "ckan"), ("dateLastUpdated", "ckan"),
        ("Metadata_Last-Updated-Date-via-Automated-Load", "socrata"), ("radio frequency band", "ckan"),
    ],
)  # fmt: skip
def test_fields_that_state_none(field: str, kind: str) -> None:
    frequency = stated("Daily", field, kind=kind)
    assert (frequency.field, frequency.source) == (None, "undeclared")


def test_publishing_comes_before_data_change_and_both_are_kept() -> None:
    fields = [("frequency_data_change", "Daily"), ("frequency_publishing", "Monthly")]
    both = resolve_frequency(fields, "data.wprdc.org", "ckan")
    assert (both.text, both.field, both.data_change_text, both.period_days) == (
        "Monthly",
        "frequency_publishing",
        "Daily",
        31,
    )
    alone = resolve_frequency([("Publishing-Details_Data-change-frequency", "Weekly")], "x.example", "socrata")
    assert (alone.text, alone.data_change_text, alone.period_days) == ("Weekly", "Weekly", 7)
    empty = resolve_frequency([("frequency_publishing", " "), fields[0]], "data.wprdc.org", "ckan")
    assert (empty.text, empty.period_days) == ("Daily", 1)


def test_a_field_that_says_nothing_gives_way_to_one_that_does() -> None:
    fields = [
        ("Internal_How-often-are-data-values-updated?", "To be determined"),
        ("Update-Frequency_Period", "Yearly"),
    ]
    assert resolve_frequency(fields, "www.chattadata.org", "socrata").period_days == 366
    only = resolve_frequency(fields[:1], "www.chattadata.org", "socrata")
    assert (only.text, only.source) == ("To be determined", "undeclared")


@pytest.mark.parametrize(
    ("days", "name"),
    [(None, None), (1, "daily"), (6.9, "daily"), (7, "weekly"), (14, "weekly"), (15, "monthly"), (62, "monthly"),
     (92, "quarterly"), (123, "quarterly"), (184, "yearly"), (366, "yearly"), (731, "longer")],
)  # fmt: skip
def test_period_classes(days: float | None, name: str | None) -> None:
    assert class_of(days) == name


# ---------------------------------------------------------------- the file itself, and any text


@given(st.text(), st.text(), st.sampled_from(["socrata", "ckan", "other"]))
def test_no_text_raises(field: str, value: str, kind: str) -> None:
    frequency = resolve_frequency([(field, value), ("frequency", value)], "city.example", kind)
    assert frequency.source in ("declared", "unmapped", "undeclared", "untestable", "not_periodic")
    assert (frequency.period_days is not None) == (frequency.source == "declared")
    assert frequency.vocabulary_version >= 1


@given(st.sampled_from(sorted(frequency_words().meanings)), st.sampled_from(["", " ", ".", " .", "\xa0"]))
def test_every_spelling_survives_case_space_and_full_stops(spelling: str, tail: str) -> None:
    assert stated(f" {spelling.upper()}{tail}").source != "unmapped"


def _fields(entry: dict[str, object], kind: str) -> list[tuple[str, str]]:
    if kind == "socrata":
        listed = entry["classification"]["domain_metadata"]  # type: ignore[index]
        return [(pair["key"], pair["value"]) for pair in listed]
    extras = [(pair["key"], str(pair["value"])) for pair in entry.get("extras") or []]  # type: ignore[attr-defined]
    return extras + [(key, str(value)) for key, value in entry.items() if isinstance(value, str | int | list)]


@needs_recordings
@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_the_recordings_is_mapped_or_known_to_be_unmapped(name: str) -> None:
    portal = about(name)
    strange: set[str] = set()
    for catalogue in [FOLDER / name / "catalog.jsonl.gz", *(FOLDER / name).glob("history/*.jsonl.gz")]:
        with gzip.open(catalogue, "rt") as lines:
            for line in lines:
                fields = _fields(json.loads(line), portal["kind"])
                values = frequency_values(fields, portal["host"], portal["kind"])
                strange |= {v for f, v in values if stated(v, f, portal["host"], portal["kind"]).source == "unmapped"}
    assert {value_form(v) for v in strange} <= frequency_words().knowingly_unmapped

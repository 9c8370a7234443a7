"""Charts: whatever the numbers and texts, well-formed, inside their box, small, and said in words."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicgauge.pages import charts, phrases
from civicgauge.pages.charts.badge import tone_of
from civicgauge.pipeline.showing.forms import Value
from tests.webpages import made_up

DAY = date(2026, 11, 29)
NUMBERS = st.one_of(st.none(), st.floats(), st.floats(0, 1), st.floats(0, 500))
UNITS = st.sampled_from(["share", "datasets", "cycles", "days", "years", "stages", "signals"])
TEXTS = st.text(max_size=300) | st.sampled_from(['"><script>alert(1)</script>', "\u202egpj.exe", "a\x00b\x0bc\ufffe"])
FEW = settings(max_examples=60, deadline=None)


@dataclass(frozen=True)
class Dot:
    value: float | None
    low: float | None = None
    high: float | None = None
    is_here: bool = False


@dataclass(frozen=True)
class Point:
    day: date
    value: float | None
    low: float | None = None
    high: float | None = None
    version: int = 1


def drawn(svg):
    """The chart as a tree, after what holds for each: an image with words, no id, no number that is none."""
    root = ElementTree.fromstring(svg)
    local = [re.sub(r"{.*}", "", each.tag) for each in root.iter()]
    assert root.get("role") == "img"
    assert local[1:3] == ["title", "desc"]
    assert root[0].text
    assert root[1].text
    assert "script" not in local
    assert not any(each.get("id") for each in root.iter())
    places = [v for each in root.iter() for k, v in each.attrib.items() if k in PLACES or k == "d"]
    assert not re.search(r"nan|inf|e[+-]?\d", " ".join(places))
    return root


PLACES = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height"}


def inside(root, width=100.0):
    """Every place across lies in the box: of `width`, or in percent; of stretched layers in 0 to 1000."""
    for layer in [root, *[each for each in root if each.tag == "svg"]]:
        wide = float(layer.get("viewBox", f"0 0 {width} 0").split()[2])
        for each in layer:
            across = [float(v.rstrip("%")) for k, v in each.attrib.items() if k in ("x", "x1", "x2", "cx")]
            across += [float(v) for v in re.findall(r"[ML]([\d.-]+) ", each.get("d", ""))]
            across += [float(v) for v in re.findall(r"H([\d.-]+)", each.get("d", ""))]
            assert all(-0.1 <= place <= wide + 0.1 for place in across), each.attrib


@FEW
@given(NUMBERS, NUMBERS, NUMBERS, UNITS, st.lists(NUMBERS, max_size=4))
def test_a_bar_of_any_numbers(value, low, high, unit, bands):
    svg = charts.interval_bar(value, low, high, unit, "higher_is_better", bands)
    inside(drawn(svg))
    assert len(svg) < 1_300


@FEW
@given(st.lists(st.tuples(st.integers(0, 900), NUMBERS, NUMBERS, NUMBERS, st.integers(1, 3)), max_size=60), UNITS)
def test_a_history_of_any_numbers(rows, unit):
    root = drawn(charts.history([Point(DAY + timedelta(days=d), *rest) for d, *rest in rows], unit))
    inside(root)


@FEW
@given(st.lists(st.builds(Dot, NUMBERS, NUMBERS, NUMBERS, st.booleans()), max_size=30), TEXTS, UNITS, st.booleans())
def test_a_strip_of_any_numbers(dots, name, unit, has_quantiles):
    spread = {"p25": 0.2, "median": float("nan"), "p75": 0.7} if has_quantiles else None
    inside(drawn(charts.strip(dots, spread, name, unit)))


@FEW
@given(st.lists(st.builds(Dot, NUMBERS, NUMBERS, NUMBERS, st.booleans()), max_size=30), UNITS, st.booleans())
def test_a_nameless_spread_of_any_numbers(dots, unit, has_quantiles):
    known = {"p25": 0.2, "median": 0.4, "p75": float("inf") if len(dots) % 2 else 0.7} if has_quantiles else None
    inside(drawn(charts.spread(dots, known, unit)), 300)


@FEW
@given(st.lists(st.none() | st.dates(), min_size=3, max_size=3), st.dates(), NUMBERS)
def test_ages_of_any_dates(dates, as_of, period):
    inside(drawn(charts.ages(*dates, as_of, period)))


@FEW
@given(TEXTS, TEXTS)
def test_a_badge_of_any_words(label, message):
    root = ElementTree.fromstring(charts.badge(label, message, "plain"))
    assert [re.sub(r"{.*}", "", each.tag) for each in root.iter()].count("text") == 2


def test_an_end_without_bound_is_open_and_a_number_without_bounds_has_none():
    closed, above = (charts.interval_bar(0.5, 0.4, high, "share", "neutral") for high in (0.9, None))
    assert "at least 40 %" in above
    assert "between 40 % and 90 %" in closed
    assert ("l4 4-4 4" in above, "l4 4-4 4" in closed) == (True, False)
    alone = charts.interval_bar(3, None, None, "datasets", "neutral")
    assert "chart-range" not in alone
    assert "chart-value" in alone
    assert "chart-value" not in charts.interval_bar(None, 0.2, 0.9, "share", "neutral")


def test_a_history_has_gaps_and_does_not_join_what_two_methods_found():
    days = [DAY + timedelta(days=7 * n) for n in range(8)]
    points = [Point(day, 0.5 + n / 50, 0.4, 0.9, 1 if n < 4 else 2) for n, day in enumerate(days)]
    root = drawn(charts.history(points, "share"))
    lines = next(each.get("d") for each in root if each.get("class") == "chart-path")
    assert lines.count("M") == 2
    assert [each.text for each in root if each.tag == "text"] == ["v2", "64 %"]
    assert "version 2" in root[1].text
    holey = [*points[:2], Point(days[2], None), *points[3:4]]
    lines = next(each.get("d") for each in drawn(charts.history(holey, "share")) if each.get("class") == "chart-path")
    assert lines.count("M") == 2


@pytest.mark.parametrize("count", [5, 400, 1_000, 5_000])
def test_a_strip_of_many_stays_small_and_hides_none_of_few(count):
    dots = [Dot(n % 97 / 97, n % 97 / 120, min(1, n % 97 / 80), is_here=n == 3) for n in range(count)]
    svg = charts.strip(dots, {"p25": 0.2, "median": 0.5, "p75": 0.7}, "Springfield", "share")
    assert len(svg) < 30_000
    assert f"{count} of {count} cities have a value" in svg
    if count == 5:
        same = [Dot(0.5)] * 6
        path = next(
            e.get("d") for e in drawn(charts.strip(same, None, None, "share"))[2] if e.get("class") == "chart-dots"
        )
        assert len(set(path.split("M"))) == 7  # an empty one before the first, and six lanes


def test_a_nameless_spread_of_many_stays_small_and_says_where_one_stands():
    dots = [Dot(n / 999, is_here=n == 3) for n in range(1000)]
    svg = charts.spread(dots, {"p25": 0.25, "median": 0.5, "p75": 0.75}, "share")
    assert len(svg) < 20_000
    assert "999 cities without names from 0 % to 100 %" in svg
    assert "Half of them lie below 50 %. You are here: 0.3 %." in svg
    assert "you are here" not in charts.spread(dots[4:], None, "share")


def test_the_period_is_shaded_and_a_date_ahead_says_so():
    svg = charts.ages(DAY, DAY - timedelta(days=40), DAY + timedelta(days=3), DAY, 31)
    assert "Data updated: 40 days ago" in svg
    assert "3 days ahead" in svg
    assert "chart-promise" in svg
    assert "chart-promise" not in charts.ages(None, None, None, DAY, None)


def test_a_badge_turns_grey_after_45_days():
    assert [tone_of(DAY - timedelta(days=n), DAY) for n in (45, 46)] == ["plain", "old"]
    assert charts.badge("a", "b", "plain") != charts.badge("a", "b", "old")


def test_numbers_are_short_and_never_rounded_up_to_all():
    shown = [charts.number(0.99996, "share"), charts.number(0.0001, "share"), charts.number(1, "days")]
    assert shown == ["99.9 %", "0.1 %", "1 day"]
    assert [charts.number(n, "datasets") for n in (12, 12_345, 2_500_000, float("nan"))] == ["12", "12.3k", "2.5M", "–"]
    assert [charts.number(n, "datasets") for n in (999_499, 999_600, 999_600_000)] == ["999k", "1M", "1G"]


def test_how_much_is_known_is_said_to_the_last_dataset():
    share = made_up.filled(Value, made_up.plain, numerator=123_456.0, denominator=1_234_567.0, n_unknown=3)
    assert phrases.known(share) == "123,456 of 1,234,564 known, 3 unknown"
    few = made_up.filled(Value, made_up.plain, numerator=1.5, denominator=7.0, n_unknown=0)
    assert phrases.known(few) == "1.50 of 7 known"

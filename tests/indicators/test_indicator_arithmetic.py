"""The bounds are the exact extremes: compared with every completion of small cities, one by one."""

from __future__ import annotations

import math
import statistics
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.indicators.cities import evidence, row

from civicgauge.indicators import Figure, Results, Row
from civicgauge.indicators._arithmetic import Piece, ratio
from civicgauge.indicators._median import Member, median

_LARGE = 1e9  # stands for a lateness without limit

# (own, passed, failed, unknown) parts of each dataset; one part each makes a plain share
PARTS = st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)).filter(lambda p: any(p[1:]))
ONE_PART = st.tuples(st.booleans(), st.sampled_from([(1, 0, 0), (0, 1, 0), (0, 0, 1)])).map(lambda p: (p[0], *p[1]))
MEMBERS = st.tuples(st.booleans(), st.one_of(st.none(), st.sampled_from([0.0, 0.25, 1.0, 2.5, 7.0])))


def _share(parts: list[tuple[bool, int, int, int]]) -> Figure:
    def cut(facts: Row, _results: Results) -> Piece:
        _own, passed, failed, unknown = parts[int(facts["dataset_id"])]
        return Piece(Fraction(passed), Fraction(unknown), Fraction(passed + failed + unknown))

    return ratio(cut)(_city([own for own, *_ in parts]))


def _city(owns: list[bool]):
    return evidence([(row(dataset_id=str(i), is_counted=True if own else None), {}) for i, own in enumerate(owns)])


def _every_share(parts: list[tuple[bool, int, int, int]]) -> list[Fraction]:
    """The share of every completion: each undecided dataset in or out, each unknown part passed or failed."""
    choices = []
    for own, passed, failed, unknown in parts:
        inside = [(passed + extra, passed + failed + unknown) for extra in range(unknown + 1)]
        choices.append(inside if own else [*inside, (0, 0)])
    sums = ((sum(p for p, _ in choice), sum(t for _, t in choice)) for choice in product(*choices))
    return [Fraction(passed, total) for passed, total in sums if total]


@given(st.one_of(st.lists(ONE_PART, min_size=1, max_size=6), st.lists(PARTS, min_size=1, max_size=5)))
@settings(max_examples=150, deadline=None)
def test_the_bounds_of_a_share_are_its_exact_extremes(parts: list[tuple[bool, int, int, int]]) -> None:
    figure, every = _share(parts), _every_share(parts)
    assert (figure.low, figure.high) == (float(min(every)), float(max(every)))


@given(st.lists(MEMBERS, min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_the_bounds_of_a_median_are_its_exact_extremes(members: list[tuple[bool, float | None]]) -> None:
    city = _city([own for own, _ in members])
    figure = median(lambda facts, _: Member(members[int(facts["dataset_id"])][1], facts["is_counted"] is True))(city)
    options = []
    for own, value in members:
        inside: list[float | None] = [0.0, _LARGE] if value is None else [value]
        options.append(inside if own else [*inside, None])
    taken = ([v for v in choice if v is not None] for choice in product(*options))
    every = [statistics.median(values) for values in taken if values]
    assert figure.low == min(every)
    assert (math.inf if figure.high is None else figure.high) == (math.inf if max(every) > 100 else max(every))


def test_the_letters_of_the_documented_formula() -> None:
    """k=3 f=2 u=1, up=1 uf=1 uu=1: low 3/(3+2+1+1+1), high (3+1+1+1)/(3+2+1+1+1)."""
    own = [(True, 1, 0, 0)] * 3 + [(True, 0, 1, 0)] * 2 + [(True, 0, 0, 1)]
    figure = _share([*own, (False, 1, 0, 0), (False, 0, 1, 0), (False, 0, 0, 1)])
    assert (figure.low, figure.high) == (3 / 8, 6 / 8)
    assert (figure.numerator, figure.denominator, figure.n_unknown, figure.value) == (3, 9, 4, None)


def test_three_unknown_of_ten_are_still_shown_and_four_are_not() -> None:
    shown = _share([(True, 1, 0, 0)] * 7 + [(True, 0, 0, 1)] * 3)
    hidden = _share([(True, 1, 0, 0)] * 6 + [(True, 0, 0, 1)] * 4)
    assert (shown.value, shown.status, hidden.value, hidden.status) == (1.0, "ok", None, "insufficient")


def test_a_large_city_is_measured_in_no_time() -> None:
    parts = [(i % 3 > 0, i % 400, 3, i % 5) for i in range(6000)]
    members = [(i % 3 > 0, float(i % 97)) for i in range(6000)]
    assert _share(parts).low is not None
    found = median(lambda facts, _: Member(members[int(facts["dataset_id"])][1], facts["is_counted"] is True))
    assert found(_city([own for own, _ in members])).low is not None

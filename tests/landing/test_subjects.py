"""What a title says a dataset is about, and by what its columns break it down: every pattern of both vocabularies.

Titles and columns are those of real portals where one was recorded.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from civicgauge.errors import ConfigurationError
from civicgauge.landing import subjects
from civicgauge.landing.subjects import breaks_down, columns_by, newest_year, subjects_of
from civicgauge.landing.vocabulary import parse_vocabulary, read_vocabulary, words
from civicgauge.model import Column

EXAMPLES = yaml.safe_load((Path(__file__).parent / "vocabulary_examples.yml").read_text(encoding="utf-8"))
SUBJECTS, BREAKDOWNS = EXAMPLES["subjects"], EXAMPLES["breakdowns"]


def _patterns(name: str, group: str, key: str) -> list[str]:
    return list(read_vocabulary(name)[name][group].get(key) or ())


def _finds_any(pattern: str, texts: list[str]) -> bool:
    return any(re.search(pattern, words(text)) for text in texts)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_pattern_of_a_subject_finds_a_title_and_leaves_others(subject: str) -> None:
    found, not_found = SUBJECTS[subject]["found"], SUBJECTS[subject]["not_found"]
    assert [title for title in found if subject not in subjects_of(title)] == []
    assert [title for title in not_found if subject in subjects_of(title)] == []
    patterns = _patterns("subjects", subject, "titles")
    assert [pattern for pattern in patterns if not _finds_any(rf"\b(?:{pattern})\b", found)] == []
    for never in _patterns("subjects", subject, "never"):
        kept_out = [title for title in not_found if _finds_any(rf"\b(?:{never})\b", [title])]
        assert _finds_any(rf"\b(?:{'|'.join(patterns)})\b", kept_out), f"no title that {never} keeps out"


@pytest.mark.parametrize("breakdown", BREAKDOWNS)
def test_each_pattern_of_a_breakdown_finds_a_column_and_leaves_others(breakdown: subjects.Breakdown) -> None:
    found, not_found = BREAKDOWNS[breakdown]["found"], BREAKDOWNS[breakdown]["not_found"]
    assert [name for name in found if not breaks_down(breakdown, name, "text")] == []
    assert [name for name in not_found if breaks_down(breakdown, name, "text")] == []
    patterns = _patterns("breakdowns", breakdown, "names")
    assert [p for p in patterns if not _finds_any(rf"^(?:{p})\b|\b(?:{p})$", found)] == []
    assert [n for n in _patterns("breakdowns", breakdown, "never") if not _finds_any(rf"\b(?:{n})\b", not_found)] == []
    for datatype in _patterns("breakdowns", breakdown, "types"):
        assert breaks_down(breakdown, "anything", datatype.title())


def test_examples_are_given_for_every_subject_and_breakdown() -> None:
    assert set(SUBJECTS) == set(read_vocabulary("subjects")["subjects"])
    assert set(BREAKDOWNS) == set(read_vocabulary("breakdowns")["breakdowns"])


def test_one_title_may_be_about_several_subjects_in_the_order_of_the_file() -> None:
    assert subjects_of("Vendor Payments Calendar Year 2020") == ("expenditure", "procurement_payment")
    assert subjects_of("Contract Awards") == ("procurement_award", "procurement_contract")
    assert subjects_of("Street trees") == subjects_of("") == subjects_of(None) == ()


def test_columns_are_counted_by_name_and_by_type() -> None:
    columns = [
        Column("a", "Ward", "Number", None),
        Column("b", "Shape", "MultiPolygon", None),
        Column("c", "Sex", "Text", None),
    ]
    assert (columns_by("place", columns), columns_by("people", columns), columns_by("people", [])) == (2, 1, 0)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("FY 2021-2022 Line Item Budget", 2022),
        ("Budget - 2022 Budget Ordinance - Appropriations", 2022),
        ("Summary Of Goals And Objectives 2015-2020", 2020),
        ("FY19 Adopted Budget", 2019),
        ("Vision 2040 Budget 2024", 2024),  # after the last year that could be meant
        ("Vendor Payments Calendar Year 2011", 2011),
        ("Budget", None),
        ("Route 66 Budget", None),
        ("Budget 2099", None),
        ("", None),
        (None, None),
    ],
)
def test_the_newest_year_of_a_title(title: str | None, year: int | None) -> None:
    assert newest_year(title, 2027) == year


@given(st.one_of(st.none(), st.text(max_size=2000)), st.integers(1950, 2100))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_harm(text: str | None, last: int) -> None:
    assert set(subjects_of(text)) <= set(SUBJECTS)
    year = newest_year(text, last)
    assert year is None or 1949 <= year <= last
    for breakdown in ("place", "people"):
        assert breaks_down(breakdown, text or "", text or "") in (True, False)  # type: ignore[arg-type]


FRAGMENTS = sorted(
    {word for told in SUBJECTS.values() for titles in told.values() for t in titles for word in t.split()}
)


@given(st.lists(st.sampled_from([*FRAGMENTS, "2024", "-", "/", "of", "the"]), max_size=400).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_long_titles_out_of_the_vocabularys_own_words_are_read_fast(title: str) -> None:
    began = time.perf_counter()
    subjects_of(title)
    newest_year(title, 2027)
    breaks_down("place", title, "text")
    breaks_down("people", title, "text")
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize("title", ["data " * 20_000, "a" * 100_000, "(" * 50_000, "ai " * 30_000, "2019-" * 20_000])
def test_a_title_of_a_megabyte_takes_no_time(title: str) -> None:
    began = time.perf_counter()
    subjects_of(title)
    newest_year(title, 2027)
    breaks_down("people", title, title)
    assert time.perf_counter() - began < 0.5


def test_a_broken_pattern_is_named_with_its_subject(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = parse_vocabulary("subjects", 'version: 1\nsubjects: {budget: {titles: ["budget("]}}')
    monkeypatch.setattr(subjects, "read_vocabulary", lambda _name: broken)
    subjects._subjects.cache_clear()
    try:
        with pytest.raises(ConfigurationError, match=r"subjects\.yml: budget: a pattern cannot be used"):
            subjects_of("Budget")
    finally:
        subjects._subjects.cache_clear()

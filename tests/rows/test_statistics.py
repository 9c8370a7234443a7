"""How a statistic becomes SQL, what its digest is made of, and what counts as filled and as a word for nothing."""

from __future__ import annotations

import unicodedata

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.landed import ColumnType, LandedColumn, Statistic
from civicgauge.rows.statistics import BUILTIN, PLACEHOLDERS, render, render_reading, statistic_digest
from civicgauge.rows.unfiltered import unfiltered

BY_NAME = {statistic.name: statistic for statistic in BUILTIN}


def column(name: str, kind: ColumnType = "date") -> LandedColumn:
    received = name if kind in ("text", "geometry") else f"{name}__received"
    return LandedColumn(name, name.title(), kind, "inferred", "", received, 0)


COLUMNS = {c.name: c for c in (column("opened"), column("closed"), column('a "b"', "text"))}
ROLES = {"opened_at": "opened", "closed_at": "closed", "lost": "gone"}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("count({opened_at})", 'count("opened")'),
        ("count({opened_at.text})", 'count("opened__received")'),
        ("sum({opened_at} > {closed_at})", 'sum("opened" > "closed")'),
        ("count({not_known})", None),
        ("count({lost})", None),
        ("count({column})", None),  # a table has no column of its own
        (r"count_if({opened_at.text} ~ '^\d{4}-\d{2,}$')", r"""count_if("opened__received" ~ '^\d{4}-\d{2,}$')"""),
        ("count(*) FILTER (WHERE {opened_at} IS NULL)", 'count(CASE WHEN "opened" IS NULL THEN 1 END)'),
    ],
)
def test_roles_lead_to_columns(sql: str, expected: str | None) -> None:
    assert render(Statistic("s", "table", sql), COLUMNS, ROLES, None) == expected


def test_names_are_quoted_and_what_is_read_is_told() -> None:
    statistic = Statistic("s", "column", "count({column}) + count({text}) + count({opened_at.text})")
    rendered = render_reading(statistic, COLUMNS, ROLES, COLUMNS['a "b"'])
    assert rendered is not None
    assert rendered.sql == 'count("a ""b""") + count("a ""b""") + count("opened__received")'
    assert rendered.reads == {'a "b"', "opened__received"}


def test_a_digest_is_of_the_meaning() -> None:
    base = Statistic("s", "table", "count({opened_at}) - count({lost})")
    told = [
        statistic_digest(base, ROLES),
        statistic_digest(base, {**ROLES, "opened_at": "closed"}),
        statistic_digest(Statistic("s", "table", "count({opened_at})"), ROLES),
        statistic_digest(Statistic("t", "table", base.sql), ROLES),
        statistic_digest(Statistic("s", "column", base.sql), ROLES),
        statistic_digest(Statistic("s", "table", base.sql, ("text",)), ROLES),
    ]
    assert len(set(told)) == len(told)
    assert told[0] == statistic_digest(base, {**ROLES, "closed_at": "elsewhere"}), "of the roles that it speaks of"


def test_builtin_statistics_are_named_once() -> None:
    assert len(BY_NAME) == len(BUILTIN)


# ---------------------------------------------------------------- filled, and words for nothing


def counted(name: str, texts: list[str | None]) -> int:
    sql = render(BY_NAME[name], {}, {}, column("c", "text"))
    with duckdb.connect() as link:
        link.execute("CREATE TABLE t (c VARCHAR)")
        link.executemany("INSERT INTO t VALUES (?)", [[text] for text in texts])
        return int((link.execute(f"SELECT {sql} FROM t").fetchone() or (0,))[0])


def is_filled(text: str | None) -> bool:
    """Any character but blanks, controls, and what is not assigned (of which libraries know more every year)."""
    return any(c not in " \t\n\v\f\r" and unicodedata.category(c)[0] not in "ZC" for c in text or "")


@given(
    st.lists(
        st.none() | st.text(st.characters(exclude_categories=["Cn", "Cs"], max_codepoint=0x2FFF), max_size=4),
        max_size=30,
    )
)
def test_blank_texts_are_not_filled(texts: list[str | None]) -> None:
    assert counted("filled_count", [None, *texts]) == sum(map(is_filled, texts))


@pytest.mark.parametrize("text", ["", " ", "\t\r\n", "\u00a0", "\u200b", "\ufeff", "\u3000 ", "\x01"])
def test_what_cannot_be_seen_is_not_filled(text: str) -> None:
    assert counted("filled_count", [text, None, "a", " é", "~x", "0"]) == 4


@pytest.mark.parametrize("word", PLACEHOLDERS)
def test_words_for_nothing_in_any_case_and_between_blanks(word: str) -> None:
    assert counted("placeholder_count", [word, word.upper(), f" {word}\t", f"\u00a0{word}"]) == 4
    assert counted("placeholder_count", [f"{word}@", f"a {word}", None, ""]) == 0


def test_words_that_say_something_are_no_placeholders() -> None:
    said = ["No", "Nonesuch Street", "Testing", "0", "100", "X-ray", "2020-01-01", "unknown caller", "n/a n/a"]
    assert counted("placeholder_count", list(said)) == 0


# ---------------------------------------------------------------- filtered counts


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("count(*) FILTER (WHERE a > 1)", "count(CASE WHEN a > 1 THEN 1 END)"),
        ("COUNT( * )filter(where (a) IN (1, 2))", "count(CASE WHEN (a) IN (1, 2) THEN 1 END)"),
        ("count() FILTER (WHERE a)", "count(CASE WHEN a THEN 1 END)"),
        ("count(*) FILTER (WHERE b = ')')", "count(CASE WHEN b = ')' THEN 1 END)"),
        (
            "count(*) FILTER (WHERE b = 'it''s (' OR \"c)\" = 1) + 1",
            "count(CASE WHEN b = 'it''s (' OR \"c)\" = 1 THEN 1 END) + 1",
        ),
        (
            "count(*) FILTER (WHERE a) / (count(*) FILTER (WHERE b))",
            "count(CASE WHEN a THEN 1 END) / (count(CASE WHEN b THEN 1 END))",
        ),
        ("min(a) FILTER (WHERE b)", "min(a) FILTER (WHERE b)"),
        ("count(a) FILTER (WHERE b)", "count(a) FILTER (WHERE b)"),
        ("max('count(*) FILTER (WHERE a)')", "max('count(*) FILTER (WHERE a)')"),
        ("count(*) FILTER (WHERE (a", "count(*) FILTER (WHERE (a"),
    ],
)
def test_filtered_counts_become_counts_of_a_case(sql: str, expected: str) -> None:
    assert unfiltered(sql) == expected


CONDITIONS = st.recursive(
    st.sampled_from(["a > 1", "a IS NULL", "b = ')'", "b LIKE '%(''%'", '"c)" < a', "a IN (1, 2)", "NULL"]),
    lambda inner: st.builds("({} AND {})".format, inner, inner) | st.builds("NOT ({})".format, inner),
    max_leaves=6,
)


@given(CONDITIONS, CONDITIONS)
def test_both_ways_count_the_same(one: str, other: str) -> None:
    sql = f"count(*) FILTER (WHERE {one}) * 10 + count(*) FILTER (WHERE {other})"
    rows = "(VALUES (1, ')', 0), (2, '(''', 3), (NULL, 'x', 1), (5, NULL, NULL)) AS t(a, b, \"c)\")"
    with duckdb.connect() as link:
        assert "FILTER" not in unfiltered(sql)
        assert (
            link.execute(f"SELECT {sql} FROM {rows}").fetchall()
            == link.execute(f"SELECT {unfiltered(sql)} FROM {rows}").fetchall()
        )

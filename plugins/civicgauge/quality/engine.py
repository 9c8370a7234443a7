"""What Great Expectations is asked, and how its answers are read. The one place that imports it, when first used.

One validation per portal and table: each question sees its own rows through a row condition on a boolean column, or
all of them without one. Row conditions are sound with pandas 3 as long as that column is a plain bool without nulls,
which it is here. Each costs time by the number of columns, so questions about the same rows share one.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from civicgauge.model import Outcome
from civicgauge.quality.decide import FAILED, PASSED, Row, Verdict, is_null
from civicgauge.quality.form import COMPARING_ROWS, Question
from civicgauge.quality.remembering import configurations_once

ROW = "__row"
MOST_RUNS, MOST_HOPELESS = 100, 6  # while narrowing down the rows that make an expectation raise; about a second
_KIND = re.compile(r"^(?:\w+\.)*(\w*(?:Error|Exception))\b", re.MULTILINE)
_BRIEF: Any = "BOOLEAN_ONLY"
_BY_ROW: Any = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [ROW],
    "return_unexpected_index_query": False,
}

Asked = Mapping[str, Sequence[int]]
Masks = Mapping[str, str | None]  # by question: the boolean column of its rows; None: all of them


def ask(questions: Sequence[Question], rows: Sequence[Row], asked: Asked) -> dict[str, dict[int, Verdict]]:
    """The verdict on every row asked about, by question: one validation, and a second one for what failed."""
    if not questions:
        return {}
    answers: dict[str, dict[int, Verdict]] = {}
    for question in questions:
        if build(question)[1]:
            answers[question.key] = dict.fromkeys(asked[question.key], Verdict(Outcome.ERRORED, "expectation_unusable"))
    usable = [question for question in questions if question.key not in answers]
    frame, masks = _frame(usable, rows, asked)
    first = _validate(frame, masks, usable, asked, _BRIEF)
    failing = [question for question in usable if not first[question.key].problem and not first[question.key].success]
    said = first | _validate(frame, masks, failing, asked, _BY_ROW)
    for question in usable:
        if said[question.key].problem:
            answers[question.key] = _isolate(question, rows, asked[question.key])
        else:
            answers[question.key] = _verdicts(asked[question.key], said[question.key].rows)
    return answers


def _verdicts(numbers: Sequence[int], failed: frozenset[int]) -> dict[int, Verdict]:
    return {n: FAILED if n in failed else PASSED for n in numbers}


@dataclass(frozen=True, slots=True)
class _Said:
    """What came back for one question: `rows` only where it was asked by row; `problem` when it is no verdict."""

    success: bool = False
    rows: frozenset[int] = frozenset()
    problem: str | None = None


def _validate(frame: Any, masks: Masks, questions: Sequence[Question], asked: Asked, form: Any) -> dict[str, _Said]:
    """One validation of the frame; each question sees only its own rows, and their number is checked beside it."""
    expectations = []
    for question in questions:
        expectations += [
            build(question, mask=masks[question.key])[0],
            _row_count(question.key, len(asked[question.key]), masks[question.key]),
        ]
    found = _run(frame, expectations, form, [question.key for question in questions])
    return {key: _read(parts, form, len(asked[key])) for key, parts in found.items()}


def _run(frame: Any, expectations: Sequence[Any], form: Any, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The raw results by question and part (`verdict`, `count`); an exception in place of all when it raised."""
    import great_expectations as gx

    if not expectations:
        return {}
    try:
        suite = gx.ExpectationSuite(name="checks", expectations=list(expectations))
        with configurations_once():
            outcome = _definition().get_batch({"dataframe": frame}).validate(suite, result_format=form)
    except Exception as error:  # whatever it is: the rows are tried one by one, and the culprit is named
        return {key: {"raised": type(error).__name__} for key in ids}
    found: dict[str, dict[str, Any]] = {key: {} for key in ids}
    for result in outcome.results:
        meta = result.expectation_config.meta
        found[meta["question"]][meta["part"]] = result
    return found


def _read(found: Mapping[str, Any], form: Any, count: int) -> _Said:
    if "raised" in found:
        return _Said(problem=f"expectation_raised:{found['raised']}")
    verdict, counted = found.get("verdict"), found.get("count")
    if verdict is None or counted is None:
        return _Said(problem="no_answer")
    if problem := _raised(verdict.exception_info) or _raised(counted.exception_info):
        return _Said(problem=problem)
    if not counted.success:
        return _Said(problem="rows_differ")
    if form == _BRIEF:
        return _Said(bool(verdict.success))
    bad = frozenset(int(row[ROW]) for row in verdict.result.get("unexpected_index_list") or ())
    agree = verdict.result.get("element_count") == count and len(bad) == verdict.result.get("unexpected_count")
    return _Said(bool(verdict.success), bad, None if agree and bool(bad) != verdict.success else "rows_differ")


def _raised(info: Mapping[str, Any]) -> str | None:
    """The kind of exception inside a result: flat, or keyed by metric; its text may hold values and is left there."""
    for each in [info, *(part for part in info.values() if isinstance(part, Mapping))]:
        if each.get("raised_exception"):
            kinds = _KIND.findall(each.get("exception_traceback") or "")
            return f"expectation_raised:{kinds[0] if kinds else 'Exception'}"
    return None


def _isolate(question: Question, rows: Sequence[Row], numbers: Sequence[int]) -> dict[int, Verdict]:
    """Judge rows of which some make the expectation raise: only the culprits are errored.

    Rows whose values are of other types are set apart first, then each such group is split until the culprits stand
    alone. An expectation that compares rows with one another cannot be split.
    """
    verdicts: dict[int, Verdict] = {}
    for group in _by_types(question, rows, numbers):
        verdicts |= _split(question, rows, group)
    return verdicts


def _split(question: Question, rows: Sequence[Row], numbers: Sequence[int]) -> dict[int, Verdict]:
    """Halve until what raises stands alone. Where nothing but errors comes out, the file is wrong and not a cell:
    the rest is errored too after MOST_HOPELESS single rows, and in any case after MOST_RUNS runs."""
    verdicts: dict[int, Verdict] = {}
    waiting, runs, judged = [list(numbers)], 0, 0
    while waiting:
        group, runs = waiting.pop(), runs + 1
        asked = {question.key: group}
        frame, masks = _frame([question], rows, asked, only=group)
        said = _validate(frame, masks, [question], asked, _BY_ROW)[question.key]
        hopeless = runs >= MOST_RUNS or (not judged and len(verdicts) >= MOST_HOPELESS)
        if said.problem is None:
            verdicts |= _verdicts(group, said.rows)
            judged += len(group)
        elif hopeless or len(group) == 1 or question.expectation.type in COMPARING_ROWS:
            verdicts |= dict.fromkeys(group, Verdict(Outcome.ERRORED, said.problem))
        else:
            waiting += [group[len(group) // 2 :], group[: len(group) // 2]]
    return verdicts


def _by_types(question: Question, rows: Sequence[Row], numbers: Sequence[int]) -> list[list[int]]:
    if question.expectation.type in COMPARING_ROWS:
        return [list(numbers)]
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in numbers:
        groups[tuple(_type_name(rows[number][column]) for column in question.expectation.columns)].append(number)
    return list(groups.values())


def _type_name(value: object) -> str:
    return f"{type(value).__name__}{' without zone' if isinstance(value, datetime) and value.tzinfo is None else ''}"


# ---------------------------------------------------------------- Great Expectations itself


@cache
def _definition() -> Any:
    """One ephemeral context and one batch definition for the whole process: a fresh one costs more than a check."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("rows").add_dataframe_asset("rows")
    return asset.add_batch_definition_whole_dataframe("all")


def build(question: Question, *, mask: str | None = None) -> tuple[Any, str | None]:
    """The expectation of a question, on the rows of `mask` if given; or None and what is wrong with it."""
    from great_expectations.expectations.registry import get_expectation_impl

    meta = {"question": question.key, "part": "verdict"}
    try:
        return get_expectation_impl(question.expectation.type)(
            **question.expectation.kwargs, **_filters(mask), meta=meta
        ), None
    except Exception as error:  # its own kinds are not public; the message says what is wrong
        lines = [line.strip() for line in str(error).splitlines()[1:]]
        return None, f"expectation_unusable: {'; '.join(lines) or type(error).__name__}"


def _row_count(key: str, count: int, mask: str | None) -> Any:
    from great_expectations.expectations import ExpectTableRowCountToEqual

    meta = {"question": key, "part": "count"}
    return ExpectTableRowCountToEqual(value=count, **_filters(mask), meta=meta)


def _filters(mask: str | None) -> dict[str, Any]:
    from great_expectations.expectations.row_conditions import Column

    return {} if mask is None else {"row_condition": Column(mask) == True}  # noqa: E712 - builds a condition


def _frame(
    questions: Sequence[Question], rows: Sequence[Row], asked: Asked, only: Sequence[int] | None = None
) -> tuple[Any, Masks]:
    """A pandas frame of the columns that the expectations look at, row numbers and masks; and each question's mask."""
    import pandas

    numbers = range(len(rows)) if only is None else only
    columns = sorted({column for question in questions for column in question.expectation.columns})
    data: dict[str, Any] = {ROW: list(numbers)}
    for column in columns:
        data[column] = _typed([rows[n].get(column) for n in numbers])
    masks: dict[str, str | None] = {}
    known: dict[frozenset[int], str | None] = {frozenset(numbers): None}
    for question in questions:
        wanted = frozenset(asked[question.key])
        if wanted not in known:
            known[wanted] = name = f"__ask_{len(known)}"
            data[name] = pandas.array([n in wanted for n in numbers], dtype=bool)
        masks[question.key] = known[wanted]
    return pandas.DataFrame(data), masks


def _typed(values: Sequence[object]) -> Any:
    """A column of the strictest type that holds every value; of mixed or unfit values, a column of objects."""
    import pandas

    known: list[Any] = [None if is_null(value) else value for value in values]
    try:
        return pandas.Series(known, dtype=_dtype({_type_name(value) for value in known if value is not None}))
    except (TypeError, ValueError, OverflowError):  # a number beyond 64 bits, text that is no Unicode
        return pandas.Series(known, dtype=object)


def _dtype(types: set[str]) -> Any:
    if types == {"int"}:
        return "Int64"
    if types in ({"float"}, {"int", "float"}):
        return "Float64"
    if types == {"datetime"}:
        return "datetime64[us, UTC]"
    return {"bool": "boolean", "str": "str"}.get(next(iter(types)), object) if len(types) == 1 else object

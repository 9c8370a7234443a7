"""A feedback report as Markdown: plain words, no blame, and a way to say that we are wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from civicgauge.pipeline.feedback import Concerned, Feedback, Item

_EFFORT = {1: "little", 2: "some", 3: "much"}
_BENEFIT = {1: "some", 2: "good", 3: "great"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~])")


def markdown(report: Feedback, contact: str | None, notice: str) -> str:
    """The whole report; `contact` is where disputes go, `notice` stands at its end."""
    return "\n".join(_lines(report, contact, notice)) + "\n"


def _lines(report: Feedback, contact: str | None, notice: str) -> Iterator[str]:
    yield f"# What would help the users of {_safe(report.city_name)}'s data most"
    yield ""
    yield f"As observed on {report.day}. Each point says what our checks did not find, where, and how to mend it."
    if not report.items:
        yield ""
        yield "Nothing that can be seen from outside needs mending."
    for number, item in enumerate(report.items, 1):
        yield from _item(number, item)
    if report.n_more:
        yield ""
        yield f"{report.n_more} more points are in the table `datasets to mend` of the export."
    yield from _unseen(report)
    yield ""
    yield "## If we are wrong"
    yield ""
    where = f"Write to {contact}" if contact else "Write to those who run this report"
    yield (
        f"{where}, with the reference of the point and the dataset's address, and say what you see. A dispute is "
        "answered with the evidence behind the number, and stands beside it until it is settled."
    )
    yield ""
    yield f"*{notice}*"


def _item(number: int, item: Item) -> Iterator[str]:
    indicator = item.indicator
    yield ""
    yield f"## {number}. {indicator.title}: {item.n_concerned} of {item.n_known} datasets"
    yield ""
    yield f"{indicator.gain} Benefit: {_BENEFIT[indicator.benefit]}. Effort: {_EFFORT[indicator.effort]}."
    yield ""
    yield "Our check did not find it in order here:" if item.n_concerned > 1 else "Our check did not find it in order:"
    yield ""
    for each in item.concerned:
        yield _concerned(each)
    if item.n_concerned > len(item.concerned):
        yield f"- and {item.n_concerned - len(item.concerned)} more"
    for kind, steps in item.steps.items():
        yield ""
        yield f"How to mend it on {kind}:" if len(item.steps) > 1 else "How to mend it:"
        yield ""
        yield from (f"{place}. {step}" for place, step in enumerate(steps, 1))
    if item.promise:
        yield ""
        yield (
            "Where the department cannot be faster, the promise can be corrected to the pace that was observed. This "
            "counts as a promise changed while late, and the older one stays in force for twelve months or until staff "
            "accept the change:"
        )
        yield ""
        yield from (f"- {_safe(line)}" for line in item.promise)
    yield ""
    yield f"Reference: `{indicator.id}` version {indicator.version}"


def _concerned(each: Concerned) -> str:
    seen = f" – {_safe(each.observed)}" if each.observed else ""
    address = f" (`{each.permalink}`)" if each.permalink and "`" not in each.permalink else ""
    return f"- **{_safe(each.title)}**{address}{seen}"


def _unseen(report: Feedback) -> Iterator[str]:
    if not report.unseen:
        return
    yield ""
    yield "## What we looked for and did not find"
    yield ""
    yield (
        "These may exist under another name or on another site. If so, tell us where; if not, they are what "
        "people ask for."
    )
    yield ""
    for indicator in report.unseen:
        steps = [indicator.steps[kind] for kind in report.platforms if kind in indicator.steps] or [indicator.advice]
        yield f"- {indicator.title}. {' '.join(steps)}"


def _safe(text: str) -> str:
    """A portal's words as plain text in Markdown: on one line, nothing that becomes a link, a heading or markup."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))[:300]

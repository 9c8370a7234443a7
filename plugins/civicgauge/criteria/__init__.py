"""Certification standards as data, one YAML file per version: the codes that checks and indicators cite.

Modelled on public descriptions, in our own words; not affiliated with any certification programme. A standard is a
vocabulary that citations are held to, and says of each criterion how much of it a portal can show at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from civicgauge.criteria.form import Criterion, Level, Practice, Standard
from civicgauge.errors import ConfigurationError
from civicgauge.yamlfile import Loaded, Problem, read_model

__all__ = [
    "Criterion",
    "Level",
    "Practice",
    "Standard",
    "link_check_count",
    "load_standards",
    "observable_count",
    "signal_sentence",
    "standards",
]


@cache
def standards() -> dict[str, Standard]:
    """Every shipped standard by file name; ConfigurationError with all problems, each with its place."""
    found, problems = load_standards(Path(__file__).parent)
    if problems:
        raise ConfigurationError("Standards that cannot be used:", tuple(str(problem) for problem in problems))
    return found


def load_standards(folder: Path) -> tuple[dict[str, Standard], list[Problem]]:
    """The standards of a folder (`*.yml`) by file name, and every problem with its place.

    Beside what each file must be by itself: `like` names a criterion that exists, and two versions of one standard are
    not in force on the same day. A file with a problem of its own is left out.
    """
    files = {path.stem: read_model(path, Standard) for path in sorted(folder.glob("*.yml"))}
    problems = [problem for loaded in files.values() for problem in loaded.problems]
    found = {name: loaded.model for name, loaded in files.items() if loaded.model is not None}
    for name in found:
        problems += _unlike(files[name], files)
        problems += _overlaps(name, files[name], found)
    return found, sorted(problems)


def observable_count(standard: Standard) -> int:
    """How many criteria have any signal on a portal, automatic or partial."""
    return sum(criterion.observable != "none" for criterion in standard.criteria)


def link_check_count(standard: Standard) -> int:
    """How many more have a public document whose address can be tried, and no other signal."""
    return sum(criterion.link_check and criterion.observable == "none" for criterion in standard.criteria)


def signal_sentence(standard: Standard) -> str:
    """How much of the standard a portal can show at all; to stand wherever its criteria are shown."""
    known = "are known to have" if standard.unlisted_count else "have"
    parts = [f"{observable_count(standard)} of {standard.criteria_count} criteria {known} any signal on a portal"]
    if links := link_check_count(standard):
        parts.append(f"of {links} more only the address of a public document can be tried")
    if standard.unlisted_count:
        parts.append(f"of {standard.unlisted_count} neither code nor name is publicly known")
    return "; ".join(parts) + ". The rest only people can attest."


def _unlike(loaded: Loaded[Standard], files: Mapping[str, Loaded[Standard]]) -> Iterator[Problem]:
    """What is wrong with `like` and `like_standard` of one file."""
    standard = loaded.model
    if standard is None or standard.like_standard is None:
        return
    other = files.get(standard.like_standard)
    if other is None or other is loaded:
        names = ", ".join(sorted(name for name, file in files.items() if file is not loaded)) or "none"
        yield loaded.marks.problem(("like_standard",), f"is no other standard of this folder; known: {names}")
        return
    codes = {criterion.code for criterion in other.model.criteria} if other.model else None
    for place, criterion in standard.placed():
        if criterion.like and codes is not None and criterion.like not in codes:
            message = f"{criterion.like} is no criterion of {standard.like_standard}"
            yield loaded.marks.problem((*place, "like"), message)


def _overlaps(name: str, loaded: Loaded[Standard], found: Mapping[str, Standard]) -> Iterator[Problem]:
    """Another version of the same standard that began earlier and has not ended when this one begins."""
    standard = found[name]
    for other_name, other in found.items():
        is_other = other_name != name and other.standard == standard.standard
        began = (other.valid_from, other_name) < (standard.valid_from, name)
        if is_other and began and (other.valid_to is None or other.valid_to >= standard.valid_from):
            message = f"{other_name}.yml is still in force on {standard.valid_from}; give it a valid_to before that day"
            yield loaded.marks.problem(("valid_from",), message)

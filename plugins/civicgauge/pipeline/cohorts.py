"""Staff's own cohorts: the file that CIVICGAUGE_COHORTS names, every error with its place."""

from __future__ import annotations

from pathlib import Path

from civicgauge import registry
from civicgauge.comparison.cohorts import HINTS, Cohort, CohortFile, complaints
from civicgauge.errors import ConfigurationError
from civicgauge.settings import Settings, shipped
from civicgauge.yamlfile import read_model, tidy
from civicgauge.yamlmarks import shown_path


def load_cohorts(settings: Settings) -> dict[str, Cohort]:
    """The cohorts by id; none where no file is named.

    ConfigurationError with every problem of the file, each as file:line:column.
    """
    if settings.cohorts is None:
        return {}
    loaded = read_model(settings.cohorts, CohortFile, hints=HINTS)
    problems = list(loaded.problems)
    if isinstance(loaded.data, dict):  # told together with the model's own complaints
        found = complaints(loaded.data, registry.city_ids(settings.cities))
        problems += [loaded.marks.problem(place, message) for place, message in found]
    if problems or loaded.model is None:
        raise ConfigurationError("Cohorts that cannot be used:", tuple(str(problem) for problem in tidy(problems)))
    return {cohort.id: cohort for cohort in loaded.model.cohorts}


def cohort(settings: Settings, cohort_id: str) -> Cohort:
    """The cohort of that id; ConfigurationError, with those there are, where there is none."""
    if settings.cohorts is None:
        raise ConfigurationError(f"--cohort {cohort_id}: no file of cohorts is named; set CIVICGAUGE_COHORTS to one")
    found = load_cohorts(settings)
    if cohort_id not in found:
        there = ", ".join(sorted(found)) or "none"
        raise ConfigurationError(f"{shown_path(settings.cohorts)}: no cohort {cohort_id!r}; there are {there}")
    return found[cohort_id]


def misplaced(settings: Settings) -> str | None:
    """A warning where the file lies inside the project, whose folder people share; None where it does not."""
    project = shipped("dags").parent
    if settings.cohorts is None or not settings.cohorts.resolve().is_relative_to(Path(project).resolve()):
        return None
    place = shown_path(settings.cohorts)
    return f"{place} lies inside the project's own folder; cohorts are for staff alone, keep the file outside of it"

"""Every configuration file and every definition, all errors at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized

from civicgauge.errors import CivicgaugeError, ConfigurationError
from civicgauge.model import City
from civicgauge.pipeline.context import Context
from civicgauge.yamlfile import Problem, read_model


def check(context: Context) -> tuple[list[str], dict[str, int]]:
    """(problems as file:line:column lines, how many of each thing were read); what cannot be read is not counted."""
    from civicgauge import indicators, registry
    from civicgauge.criteria import standards
    from civicgauge.pipeline.cohorts import load_cohorts
    from civicgauge.pipeline.columns import COLUMNS
    from civicgauge.portals import readers
    from civicgauge.quality.checks import load_checks
    from civicgauge.rows.meaning import families

    cities, found = registry.load_registry(context.settings.cities)
    problems, counts = [str(problem) for problem in found], {"cities": len(cities)}
    parts: dict[str, Callable[[], Sized]] = {
        "portal kinds": readers,
        "families": families,
        "checks": lambda: load_checks(context.settings.expectations, COLUMNS),
        "indicators": indicators.discover,
        "standards": standards,
        "cohorts": lambda: load_cohorts(context.settings),
    }
    for name, load in parts.items():
        try:
            counts[name] = len(load())
        except ConfigurationError as error:
            problems += error.problems or [str(error)]
        except CivicgaugeError as error:
            problems.append(str(error))
        except Exception as error:  # a file of somebody's own, found by its name, that cannot even be imported
            problems.append(f"{name}: {type(error).__name__}: {error}")
    if not problems:
        problems += indicators.unknown_criteria([c.code for c in standards()["what-works-cities-2022"].criteria])
        problems += [str(problem) for city in cities.values() for problem in _cited(context, city)]
    return problems, counts


def _cited(context: Context, city: City) -> Iterator[Problem]:
    """Attestations and documents of a city file that speak of what no standard has."""
    from civicgauge import registry
    from civicgauge.criteria import standards

    if not city.attestations and not city.documents:
        return
    marks = read_model(registry.city_file(context.settings.cities, city.id), City).marks
    for place, said in enumerate(city.attestations):
        standard = standards().get(said.standard)
        if standard is None:
            message = f"{said.standard!r} is no standard; known: {', '.join(standards())}"
            yield marks.problem(("attestations", place, "standard"), message)
        elif said.criterion not in {criterion.code for criterion in standard.criteria}:
            message = f"{said.criterion} is no criterion of {said.standard}"
            yield marks.problem(("attestations", place, "criterion"), message)
    codes = {criterion.code for criterion in standards()["what-works-cities-2022"].criteria}
    for place, document in enumerate(city.documents):
        if document.criterion not in codes:
            message = f"{document.criterion} is no criterion of what-works-cities-2022"
            yield marks.problem(("documents", place, "criterion"), message)

"""Every configuration file and every definition, all errors at once."""

from __future__ import annotations

from collections.abc import Callable, Sized

from civicgauge.errors import CivicgaugeError, ConfigurationError
from civicgauge.pipeline.context import Context


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
    return problems, counts

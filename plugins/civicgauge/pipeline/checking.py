"""Every configuration file and every definition, all errors at once."""

from __future__ import annotations

from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context


def check(context: Context) -> tuple[list[str], dict[str, int]]:
    """(problems as file:line:column lines, how many of each thing were read)."""
    from civicgauge import indicators, registry
    from civicgauge.landing.tables import SCHEMAS
    from civicgauge.portals import readers
    from civicgauge.quality.checks import load_checks

    cities, found = registry.load_registry(context.settings.cities)
    problems, counts = [str(problem) for problem in found], {"cities": len(cities), "portal kinds": len(readers())}
    try:
        columns = {name: frozenset(schema.names) for name, schema in SCHEMAS.items()}
        counts["checks"] = len(load_checks(context.settings.expectations, columns))
    except ConfigurationError as error:
        problems += error.problems or [str(error)]
    counts["indicators"] = len(indicators.discover())
    return problems, counts

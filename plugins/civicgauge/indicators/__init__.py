"""One number about one city, each with its bounds: the discovery, and the measuring of all.

A file of this folder (without a leading underscore) that defines `INDICATORS` adds indicators; nothing else is touched.
Everything here is arithmetic over what was landed and checked: no clock, no file, no network. The same evidence gives
the same values. What an indicator is stands in `_form.py`; the arithmetic, with its formulas, in `_arithmetic.py`,
`_median.py` and `_newest.py`.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import logging
import pkgutil
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from types import ModuleType

from civicgauge.errors import CivicgaugeError
from civicgauge.indicators._bands import Bands
from civicgauge.indicators._form import (
    CatalogueEvents,
    Direction,
    Evidence,
    Figure,
    Indicator,
    Leader,
    Measured,
    Part,
    Results,
    Row,
    Unit,
)
from civicgauge.model import IndicatorValue

__all__ = [
    "Bands",
    "CatalogueEvents",
    "Direction",
    "Evidence",
    "Figure",
    "Indicator",
    "Leader",
    "Measured",
    "Part",
    "Results",
    "Row",
    "Unit",
    "discover",
    "measure",
    "measured",
    "unknown_criteria",
]

_log = logging.getLogger(__name__)


def discover() -> tuple[Indicator, ...]:
    """Every indicator of this package's folders, sorted by file name, then in the order of the file's `INDICATORS`.

    Raises CivicgaugeError when a file defines no `INDICATORS` tuple, when two indicators share an id, and when one
    contradicts itself; the message names file and line.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    found = tuple(indicator for module in modules for indicator in _of_module(module))
    repeated = sorted(key for key, times in Counter(indicator.id for indicator in found).items() if times > 1)
    if repeated:
        raise CivicgaugeError(f"indicators: ids used more than once: {', '.join(repeated)}; rename all but one of each")
    if problems := [problem for module in modules for problem in _contradictions(module)]:
        raise CivicgaugeError("Indicators that contradict themselves:\n" + "\n".join(problems))
    return found


def _of_module(module: ModuleType) -> tuple[Indicator, ...]:
    indicators = getattr(module, "INDICATORS", None)
    if isinstance(indicators, tuple) and indicators and all(isinstance(each, Indicator) for each in indicators):
        return indicators
    raise CivicgaugeError(
        f"indicators/{module.__name__.rpartition('.')[2]}.py: INDICATORS must be a tuple of one or more Indicator; "
        "a helper that defines none needs a name with a leading underscore"
    )


def unknown_criteria(codes: Collection[str]) -> list[str]:
    """Bearings on criteria that the standard does not have, each with file and line of its indicator."""
    known = ", ".join(sorted(codes))
    return [
        f"{_place(indicator)}: {indicator.id}: bearings: {code} is no criterion of the standard; known: {known}"
        for indicator in discover()
        for code in indicator.criteria
        if code not in codes
    ]


def _place(indicator: Indicator) -> str:
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    holding = (module for module in modules if indicator in getattr(module, "INDICATORS", ()))
    return place_of(next(holding), indicator.id)


def _contradictions(module: ModuleType) -> Iterator[str]:
    for indicator in _of_module(module):
        for problem in indicator.problems():
            yield f"{place_of(module, indicator.id)}: {indicator.id}: {problem}"


def place_of(module: ModuleType, indicator_id: str) -> str:
    """`indicators/<file>:<line>` of the indicator: the line that states its id, else the first line."""
    stated = (
        node.value.lineno
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.keyword)
        and node.arg == "id"
        and isinstance(node.value, ast.Constant)
        and node.value.value == indicator_id
    )
    return f"indicators/{module.__name__.rpartition('.')[2]}.py:{next(stated, 1)}"


def measure(evidence: Evidence, indicators: Sequence[Indicator] | None = None) -> list[IndicatorValue]:
    """The values of all indicators (or of those given), in their order.

    One that raises gives status `error` and no number; its exception is logged and the others go on.
    """
    return [found.value for found in measured(evidence, indicators)]


def measured(evidence: Evidence, indicators: Sequence[Indicator] | None = None) -> list[Measured]:
    """The same, each with the datasets behind it."""
    return [_measured(indicator, evidence) for indicator in (discover() if indicators is None else indicators)]


def _measured(indicator: Indicator, evidence: Evidence) -> Measured:
    try:
        return indicator.measured(evidence)
    except Exception as error:  # one faulty indicator must not cost the city its other numbers
        _log.exception("indicator %s could not be measured for %s on %s", indicator.id, evidence.city_id, evidence.day)
        return Measured(indicator.failed(error))

"""Great Expectations told to build each expectation's configuration once for a validation.

It builds one anew whenever it asks for it, some sixty times for each expectation, which takes a quarter of the time of
a city's day; nothing changes an expectation while it is validated. Seen on great-expectations 1.24.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def configurations_once() -> Iterator[None]:
    """Within it an expectation has one configuration; afterwards all is as it was. For one thread at a time."""
    from great_expectations.expectations.expectation import Expectation

    anew = Expectation.configuration
    built: dict[int, tuple[Any, Any]] = {}  # with the expectation itself, so that its number stays its own

    def once(expectation: Any) -> Any:
        if id(expectation) not in built:
            built[id(expectation)] = expectation, anew.fget(expectation)
        return built[id(expectation)][1]

    Expectation.configuration = property(once)
    try:
        yield
    finally:
        Expectation.configuration = anew

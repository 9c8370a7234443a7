"""Within a validation an expectation has one configuration; before and after, Great Expectations is as it was."""

from __future__ import annotations

import great_expectations.expectations as gxe
import pytest
from great_expectations.expectations.expectation import Expectation

from civicgauge.quality.remembering import configurations_once


def test_each_expectation_has_one_configuration_of_its_own_and_the_same_as_ever() -> None:
    one, other = (gxe.ExpectColumnValuesToNotBeNull(column=name) for name in ("a", "b"))
    before = one.configuration.to_json_dict()
    with configurations_once():
        assert one.configuration is one.configuration
        assert one.configuration.to_json_dict() == before
        assert other.configuration.kwargs["column"] == "b"
    assert one.configuration is not one.configuration


def test_also_an_error_leaves_all_as_it_was() -> None:
    as_it_was = Expectation.configuration
    with pytest.raises(ZeroDivisionError), configurations_once():
        raise ZeroDivisionError
    assert Expectation.configuration is as_it_was

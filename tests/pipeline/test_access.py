"""On which terms a portal is asked: the city file, and the Airflow connection that it names."""

from __future__ import annotations

import json

import pytest

from civicgauge.errors import ConfigurationError
from civicgauge.model import Portal
from civicgauge.pipeline.access import Access, access_of
from civicgauge.pipeline.context import access_from_environment
from civicgauge.settings import Settings

TOKEN = "secret-of-the-portal"


def portal(rate: float = 2, kind: str = "socrata") -> Portal:
    """A portal whose file names a connection."""
    told = {"kind": kind, "url": "https://data.example.org", "requests_per_second": rate, "connection": "city"}
    return Portal.model_validate(told)


@pytest.mark.parametrize(("file", "connection", "rate"), [(2, 0.5, 0.5), (2, 20, 2), (2, None, 2), (0.5, "1.5", 0.5)])
def test_the_slower_of_file_and_connection_counts(file: float, connection: object, rate: float) -> None:
    access = access_of("city", "civicgauge_socrata", TOKEN, {"requests_per_second": connection}, "socrata")
    assert access.rate(portal(file)) == rate


def test_a_contact_of_the_connection_stands_in_the_user_agent() -> None:
    settings = Settings.from_environment({"CIVICGAUGE_CONTACT": "us@example.org"})
    own = access_of("city", "civicgauge_ckan", None, {"contact": "ckan@example.org"}, "ckan")
    assert "contact: ckan@example.org)" in own.user_agent(settings)
    assert "contact: us@example.org)" in Access().user_agent(settings)


@pytest.mark.parametrize("conn_type", ["smtp", "postgres", "aws", "slackwebhook"])
def test_the_secret_of_something_else_is_sent_to_no_portal(conn_type: str) -> None:
    with pytest.raises(ConfigurationError, match=f"is of type {conn_type}, which is no portal's") as caught:
        access_of("city", conn_type, TOKEN, {}, "socrata")
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("conn_type", ["http", "socrata", "", "generic"])
def test_a_connection_of_a_plain_type_gives_its_password_and_nothing_else(conn_type: str) -> None:
    odd = {"requests_per_second": "many", "contact": "ü"}
    assert access_of("city", conn_type, TOKEN, odd, "ckan") == Access(TOKEN)


def test_a_connection_for_another_kind_of_portal_is_an_error_that_says_so() -> None:
    with pytest.raises(ConfigurationError) as caught:
        access_of("city", "civicgauge_ckan", TOKEN, {}, "socrata")
    assert "connection city is of type civicgauge_ckan, and the portal is of kind socrata" in str(caught.value)
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("rate", ["fast", 0, -1, 51, float("nan"), [1], "1e9"])
def test_a_rate_that_is_none_is_an_error(rate: object) -> None:
    with pytest.raises(ConfigurationError, match="connection city: requests_per_second is no number above 0"):
        access_of("city", "civicgauge_ckan", TOKEN, {"requests_per_second": rate}, "ckan")


def test_a_contact_that_no_header_can_carry_is_an_error() -> None:
    with pytest.raises(ConfigurationError, match="connection city: contact holds characters"):
        access_of("city", "civicgauge_ckan", TOKEN, {"contact": "a\r\nX-Evil: 1"}, "ckan")


@pytest.mark.parametrize(
    ("told", "access"),
    [
        (f"socrata://:{TOKEN}@", Access(TOKEN)),
        (f"http://user:{TOKEN}@host.example/?requests_per_second=1", Access(TOKEN)),
        (json.dumps({"password": TOKEN}), Access(TOKEN)),
        (
            f"civicgauge-socrata://:{TOKEN}@?requests_per_second=1&contact=a%40b.example",
            Access(TOKEN, 1, "a@b.example"),
        ),
        (f"civicgauge_socrata://:{TOKEN}@?requests_per_second=1", Access(TOKEN, 1)),
        (json.dumps({"conn_type": "civicgauge_socrata", "extra": {"requests_per_second": 1}}), Access(None, 1)),
        ("", Access()),
    ],
)
def test_outside_a_task_the_environment_holds_it(told: str, access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_CITY", told)
    assert access_from_environment(portal()) == access
    assert TOKEN not in repr(access)


def test_nothing_is_looked_up_where_the_file_names_no_connection() -> None:
    assert access_from_environment(portal().model_copy(update={"connection": None})) == Access()

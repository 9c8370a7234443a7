"""Airflow's connections in the environment, as Airflow writes them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.alerts.channels import Connection
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.sending import connection_from_environment

URIS = {
    "smtp://alerts%40city.example:p%40ss%2Fword@mail.city.example:587/?timeout=20&disable_ssl=true": Connection(
        "x", "mail.city.example", 587, "alerts@city.example", "p@ss/word", "", {"timeout": "20", "disable_ssl": "true"}
    ),
    "slackwebhook://:T00%2FB00%2FXyZ@/?timeout=42": Connection("x", "", None, "", "T00/B00/XyZ", "", {"timeout": "42"}),
    "http://:whsec_AbC@https%3A%2F%2Fhooks.city.example%2FCivic": Connection(
        "x", "https://hooks.city.example/Civic", None, "", "whsec_AbC"
    ),
    "http://https://me:word@Hooks.city.example:8443/": Connection(
        "x", "https://Hooks.city.example", 8443, "me", "word"
    ),
    "http://hooks.city.example/https?__extra__=%7B%22path%22%3A+%22a%22%7D": Connection(
        "x", "hooks.city.example", None, schema="https", extra={"path": "a"}
    ),
    "smtp://[::1]:2525": Connection("x", "::1", 2525),
    "smtp://[::1]": Connection("x", "::1"),
    "smtp://": Connection("x"),
}


@pytest.mark.parametrize("uri", URIS)
def test_uris(uri: str) -> None:
    expected = replace(URIS[uri], conn_type=uri.partition("://")[0])
    assert connection_from_environment("x", {"AIRFLOW_CONN_X": uri}) == expected


@pytest.mark.parametrize("uri", [uri for uri in URIS if uri not in ("smtp://", "smtp://[::1]", "smtp://[::1]:2525")])
def test_airflow_reads_the_same(uri: str) -> None:
    from airflow.sdk import Connection as Theirs

    theirs = Theirs.from_uri(uri, "x")
    ours = connection_from_environment("x", {"AIRFLOW_CONN_X": uri})
    assert ours is not None
    assert (ours.port, ours.login, ours.password, ours.schema) == (
        theirs.port,
        theirs.login or "",
        theirs.password or "",
        theirs.schema or "",
    )
    assert ours.host.lower() == (theirs.host or "").lower()
    assert (ours.extra, ours.conn_type) == (theirs.extra_dejson, theirs.conn_type)


def test_json() -> None:
    told = {"conn_type": "smtp", "host": "mail.city.example", "port": "587", "login": "me", "password": "hush"}
    for extra in ({"timeout": 20}, '{"timeout": 20}'):
        found = connection_from_environment("mx", {"AIRFLOW_CONN_MX": json.dumps(told | {"extra": extra})})
        assert found == Connection("mx", "mail.city.example", 587, "me", "hush", "", {"timeout": 20}, conn_type="smtp")
    assert connection_from_environment("mx", {}) is None
    assert connection_from_environment("mx", {"AIRFLOW_CONN_MX": " "}) is None


@pytest.mark.parametrize(
    "text",
    [
        '{"password": "hush"',
        '{"password": "hush", "port": "soon"}',
        '{"password": "hush", "port": 70000}',
        '{"password": "hush", "extra": "[]"}',
        '{"password": "hush", "extra": "{"}',
        "hush",
        "://hush",
        "smtp://hush:hush@h:hush",
        "smtp://[hush",
        "smtp://h?__extra__=hush",
    ],
)
def test_what_cannot_be_read_is_named_and_not_repeated(text: str) -> None:
    with pytest.raises(ConfigurationError, match="AIRFLOW_CONN_MX") as caught:
        connection_from_environment("mx", {"AIRFLOW_CONN_MX": text})
    assert "hush" not in str(caught.value)
    assert caught.value.__cause__ is None


@given(st.text())
def test_no_text_does_anything_else(text: str) -> None:
    try:
        found = connection_from_environment("mx", {"AIRFLOW_CONN_MX": text})
    except ConfigurationError as error:
        assert str(error).startswith("AIRFLOW_CONN_MX")  # noqa: PT017 - it need not be raised
    else:
        assert found is None or isinstance(found, Connection)

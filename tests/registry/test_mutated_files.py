"""Whatever is done to a city file: problems with a place, or a city; never another exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civicgauge.errors import ConfigurationError
from civicgauge.registry import load_city, load_registry

SOUND = """\
id: a
name: Kansas City
country: US
state: MO
geoid: "2938000"
population: 495327
time_zone: America/Chicago
holidays: [2026-01-01, 2026-12-25]
portals:
  - id: main
    kind: socrata
    url: https://data.kcmo.org
    requests_per_second: 2
datasets:
  - {portal: main, id: nfta-sjx6, family: service_requests}
own: {publishers: [KCMO], link_hosts: []}
licence_statement: {url: "https://data.kcmo.org/terms", licence_id: PDDL-1.0, read_by: staff, read_on: 2026-01-15}
contacts:
  - {email: opendata@kcmo.example, role: open_data, cadence: weekly, consent: 2026-01-15}
"""
PIECES = st.sampled_from(
    ["\t", ": ", "- ", "[", "]", "{", "}", "'", '"', "*a", "&a ", "!x ", "!!int x", "!!set {a}", "!!binary ?", "<<: {}",
     "null", "NO", "0644000", "2026-02-30", "1:30:00", ".nan", "1e400", "\x00", "\ud7ff", "\u2028", "\r", "---\n", "# ",
     "? ", "|\n", "%", "@", "\n", "  ", "9" * 5000, "[" * 60, "true: 1\n", "id: b\n", "[[1]]: 2\n", "=: x\n"]
) | st.text(max_size=6)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    text = SOUND
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 30)))
        text = text[:start] + draw(PIECES) + text[end:]
    body = text.encode(errors="surrogatepass")
    return body if draw(st.booleans()) else body.replace(b"a", draw(st.binary(max_size=2)), 1)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=mutated() | st.binary(max_size=200))
def test_no_change_to_a_file_raises_anything_else(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes(body)
    cities, problems = load_registry(tmp_path)
    assert (set(cities) == {"a"}) == (problems == [])
    lines = body.count(b"\n") + body.count(b"\r") + body.count("\u2028".encode()) + body.count("\u2029".encode()) + 2
    for problem in problems:
        assert 1 <= problem.line <= lines + body.count("\x85".encode())
        assert problem.column >= 1
        assert problem.message
        assert problem.field
    if problems:
        with pytest.raises(ConfigurationError):
            load_city(path)


def test_the_file_that_is_changed_is_sound(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(SOUND)
    assert load_city(tmp_path / "a.yml").name == "Kansas City"

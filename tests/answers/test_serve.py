"""`civicgauge serve`, in a process of its own."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from civicgauge.cli import main
from tests.answers.world import BASE, KEY, fill
from tests.homes import environment, home_at


def settings(home: Path) -> dict[str, str]:
    """What the app needs besides a home."""
    return environment(home) | {"CIVICGAUGE_PUBLIC_URL": BASE, "CIVICGAUGE_SIGNING_KEY": KEY}


@contextmanager
def serving(home: Path, *words: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """The command, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "civicgauge", "-v", "serve", "--port", str(port), *words],
        env=settings(home),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            for _ in range(300):
                try:
                    client.get("/")
                    break
                except httpx.TransportError:
                    assert process.poll() is None, process.stderr.read() if process.stderr else ""
                    time.sleep(0.1)
            yield client, process
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with cities, contacts and incidents."""
    with home_at(tmp_path / "home") as context:
        fill(context)
    return tmp_path / "home"


def test_it_serves_and_whoever_names_other_addresses_is_still_one_address(home: Path) -> None:
    with serving(home) as (client, process):
        codes = [client.get("/i/x", headers={"x-forwarded-for": f"192.0.2.{n}"}).status_code for n in range(70)]
        process.terminate()
        told = process.stderr.read() if process.stderr else ""
    assert set(codes) == {403, 429}
    assert codes.index(429) in (58, 59, 60)
    assert "Pages for the public at http://127.0.0.1:" in told
    assert "GET /i/- 403" in told
    assert "/i/x" not in told


def test_a_proxy_that_was_named_is_believed(home: Path) -> None:
    with serving(home, "--proxies", "127.0.0.1") as (client, _):
        codes = {client.get("/i/x", headers={"x-forwarded-for": f"192.0.2.{n}"}).status_code for n in range(70)}
    assert codes == {403}


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"CIVICGAUGE_PUBLIC_URL": BASE}, ["CIVICGAUGE_SIGNING_KEY: make one"]),
        ({"CIVICGAUGE_SIGNING_KEY": KEY}, ["CIVICGAUGE_PUBLIC_URL: such as"]),
        ({"CIVICGAUGE_PUBLIC_URL": BASE, "CIVICGAUGE_SIGNING_KEY": "short"}, ["at least 32 characters"]),
        ({"CIVICGAUGE_PUBLIC_URL": "answers", "CIVICGAUGE_SIGNING_KEY": KEY}, ["is no address"]),
    ],
)
def test_without_what_links_need_it_refuses(
    home: Path,
    missing: dict[str, str],
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in (environment(home) | missing).items():
        monkeypatch.setenv(name, value)
    said = refusal(monkeypatch, capsys)
    assert all(each in said for each in words)


def test_without_a_warehouse_it_refuses_and_names_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in settings(tmp_path / "nothing").items():
        monkeypatch.setenv(name, value)
    assert "civicgauge db upgrade" in refusal(monkeypatch, capsys)


def refusal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What `civicgauge serve` says on stderr when it ends with 2 at once."""
    level = logging.getLogger("civicgauge").level
    monkeypatch.setattr(sys, "argv", ["civicgauge", "serve"])
    with pytest.raises(SystemExit) as ended:
        main()
    logging.getLogger("civicgauge").setLevel(level)
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    return told.err

"""A copy of the project to add one file to, and what it is shown to work with."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.homes import environment

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Project:
    """A copy of what the recipes add to: the library, the DAGs with the registry, the checks."""

    root: Path
    home: Path

    def add(self, path: str, text: str) -> None:
        """The one new file."""
        assert not (self.root / path).exists()
        (self.root / path).write_text(text, encoding="utf-8")

    def command(self, *words: str, code: int = 0, cities: Path | None = None) -> str:
        """`civicgauge <words>` of the copy."""
        return self.run("-m", "civicgauge", *words, code=code, cities=cities)

    def run(self, *words: str, code: int = 0, cities: Path | None = None) -> str:
        """`python <words>` on the copy's library, with its own registry unless told another; what it printed."""
        env = self.environment() | ({"CIVICGAUGE_CITIES": str(cities)} if cities else {})
        done = subprocess.run(
            [sys.executable, *words], env=env, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == code, done.stderr + done.stdout
        return done.stdout if code == 0 else done.stderr + done.stdout

    def environment(self) -> dict[str, str]:
        """Settings of the copy: nothing but a home, so that cities and checks are those that lie in it."""
        own = {key: value for key, value in environment(self.home).items() if key != "CIVICGAUGE_CITIES"}
        return own | {"PYTHONPATH": str(self.root / "plugins"), "PYTHONDONTWRITEBYTECODE": "1"}

    def files(self) -> dict[str, str]:
        """Every file of the copy with its digest."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {str(p.relative_to(self.root)): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A copy of the project; afterwards it holds exactly one file more, and every other as it was."""
    for part in ("plugins", "dags", "expectations"):
        shutil.copytree(ROOT / part, tmp_path / "project" / part, ignore=shutil.ignore_patterns("__pycache__"))
    made = Project(tmp_path / "project", tmp_path / "home")
    before = made.files()
    where = made.run("-c", "import civicgauge; print(civicgauge.__file__)").strip()
    assert Path(where).is_relative_to(made.root)
    made.command("db", "upgrade")
    yield made
    after = made.files()
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A plain web server over a folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()

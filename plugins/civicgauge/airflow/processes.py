"""Airflow's processes for `make ui`: started one by one, watched, and all of them ended."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # Airflow requires it, and it has no types

from civicgauge.errors import CivicgaugeError

GRACE_SECONDS, _LOG_TAIL = 30, 30


class Components:
    """Airflow's processes. Each leads a session of its own: Ctrl-C then reaches us alone, and we end them in order."""

    def __init__(self, logs: Path, environment: Mapping[str, str]) -> None:
        self._logs, self._environment = logs, dict(environment)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._asked_to_end = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, _number: int, _frame: object) -> None:
        self._asked_to_end += 1

    @property
    def is_ending(self) -> bool:
        """Whether a signal asked for the end."""
        return self._asked_to_end > 0

    def start(self, module: str, *arguments: str) -> None:
        """Start `python -m module ...`, named by its first argument, which also names its log."""
        name = arguments[0]
        with (self._logs / f"{name}.log").open("wb") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", module, *arguments],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def run(self, module: str, *arguments: str) -> None:
        """Run `python -m module ...` to its end, or until a signal; CivicgaugeError with its log where it fails."""
        self.start(module, *arguments)
        process = self._running[arguments[0]]
        while process.poll() is None and not self.is_ending:
            time.sleep(0.1)
        if process.poll() is not None:
            del self._running[arguments[0]]
        if process.poll():
            raise CivicgaugeError(self._ended(arguments[0], process))

    def until(self, is_done: Callable[[], bool], seconds: float) -> bool:
        """Wait until `is_done`, or a signal, or for `seconds`; whether it was done.

        CivicgaugeError where a process ends by itself.
        """
        deadline = time.monotonic() + seconds
        while not (done := is_done()) and not self.is_ending and time.monotonic() < deadline:
            for name, process in self._running.items():
                if process.poll() is not None:
                    raise CivicgaugeError(self._ended(name, process))
            time.sleep(0.3)
        return done

    def end(self) -> None:
        """End every process and all that these started; running tasks first get time, unless a second signal comes."""
        so_far = self._asked_to_end
        below = [child for process in self._running.values() for child in _family(process.pid)]
        scheduler = [self._running.pop("scheduler")] if "scheduler" in self._running else []
        for processes in (scheduler, list(self._running.values())):  # a running task still talks to the API server
            for process in processes:
                process.terminate()
            deadline = time.monotonic() + GRACE_SECONDS
            while any(process.poll() is None for process in processes):
                if time.monotonic() > deadline or self._asked_to_end > so_far:
                    break
                time.sleep(0.1)
            for process in processes:
                below += _family(process.pid)
                process.kill()
                process.wait()
        _kill(below)

    def _ended(self, name: str, process: subprocess.Popen[bytes]) -> str:
        path = self._logs / f"{name}.log"
        tail = path.read_text(errors="replace").splitlines()[-_LOG_TAIL:]
        return "\n".join([*tail, f"Airflow's {name} ended with exit code {process.returncode}; its log: {path}"])


def _family(pid: int) -> list[psutil.Process]:
    """The processes below a process, in whatever group they are."""
    try:
        found: list[psutil.Process] = psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
    return found


def _kill(processes: list[psutil.Process]) -> None:
    """Kill those that are still there; psutil tells a process from a later one with its number."""
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=5)

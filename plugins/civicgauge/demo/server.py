"""Serve the demo portals: `python -m civicgauge.demo.server --as-of 2026-06-30 --port 9201 --cities DIR`."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

from civicgauge.demo import cities, ckan, control, elsewhere, socrata, wire
from civicgauge.demo.clock import Clock, Moment
from civicgauge.demo.faults import Faults
from civicgauge.demo.state import PortalState

_SPEAK = {"socrata": socrata.answer, "ckan": ckan.answer}
_CLOCK_SECONDS = 3600


class DemoPortals:
    """All demo portals, served from the moment this is made until `stop()` or the end of a `with`.

    `as_of`: an aware datetime, or a date (the end of that day in each portal's own zone). All answers depend on it
    alone, page views included. `port` 0 takes free ports; otherwise portals are counted up from it. `control` opens
    `POST /__demo__/faults`, `/__demo__/change` and `/__demo__/clock` on every portal. OSError where a port is taken.
    They listen on `host`, and call themselves `named` where others reach them by another name.
    """

    def __init__(
        self,
        as_of: Moment,
        control: bool = False,  # noqa: FBT001, FBT002
        port: int = 0,
        host: str = "127.0.0.1",
        named: str | None = None,
    ) -> None:
        self._host, self._named = host, named or host
        self._clock = Clock(as_of)
        self._control = control
        self._stopped = threading.Event()
        self._servers: list[wire.Server] = []
        self._portals: dict[str, PortalState] = {}
        self.urls: dict[str, str] = {}
        try:
            for name in cities.NAMES:
                self._open_city(name, port)
        except BaseException:
            self.stop()
            raise

    def _open_city(self, name: str, port: int) -> None:
        told = cities.load(name)
        for spec in told["portals"]:
            city = told["city"]
            state = PortalState(spec["key"], spec, ZoneInfo(city["time_zone"]), self._clock, city["bounds"])
            number = port + len(self._portals) if port else 0
            server = wire.start(state.kind, (self._host, number), self._answer(state), state.faults, self._stopped)
            self._servers.append(server)
            state.base_url = f"http://{self._named}:{server.server_address[1]}"
            self._portals[state.key], self.urls[state.key] = state, state.base_url

    def _answer(self, state: PortalState) -> Any:
        speak = _SPEAK[state.kind]

        def answer(call: wire.Call) -> wire.Reply:
            if self._control and call.path.startswith(control.PREFIX):
                return control.answer(state, call)
            return elsewhere.answer(call) or speak(state, call)

        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop serving; open connections are dropped. May be called twice."""
        self._stopped.set()
        while self._servers:
            server = self._servers.pop()
            server.shutdown()
            server.server_close()

    def set_as_of(self, as_of: Moment) -> None:
        """Move the clock forward: datasets that update themselves do, all others grow older."""
        self._clock.set(as_of)

    def faults(self, portal_key: str) -> Faults:
        """The faults of a portal, to add to and to clear."""
        return self._portals[portal_key].faults

    def change(self, portal_key: str, action: str, dataset_id: str = "", **values: Any) -> str:
        """Change a dataset while the portal runs; see `PortalState.change`."""
        return self._portals[portal_key].change(action, dataset_id, **values)

    def dataset_id(self, portal_key: str, title_or_name: str) -> str:
        """The id of the dataset with that title or CKAN name; KeyError where there is none."""
        for entry in self._portals[portal_key].entries.values():
            if title_or_name in (entry["title"], entry.get("name"), entry["id"]):
                return str(entry["id"])
        raise KeyError(f"{portal_key} has no dataset {title_or_name!r}")

    def write_cities(self, folder: Path) -> list[Path]:
        """Write the demo cities' files, with the real addresses, into `folder`; returns their paths."""
        return cities.write(Path(folder), self.urls)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or Ctrl-C; returns 0, or 2 for arguments that cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m civicgauge.demo.server", description="Serve the demo portals.")
    parser.add_argument("--as-of", help="a date, or a time with its zone; default: now, and it goes on")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine alone)")
    parser.add_argument("--name", help="the name by which others reach it, for the cities' files; default: the host")
    parser.add_argument(
        "--port", type=int, default=9201, help="the first portal's port; 0 for free ones (default: 9201)"
    )
    parser.add_argument("--cities", type=Path, help="write the demo cities' files into this folder")
    parser.add_argument(
        "--control", action="store_true", help="open POST /__demo__/faults, /__demo__/change, /__demo__/clock"
    )
    given = parser.parse_args(arguments)
    try:
        as_of = control.parse_moment(given.as_of) if given.as_of else datetime.now(UTC)
    except ValueError as error:
        parser.error(f"--as-of: {error}")
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    try:
        portals = DemoPortals(as_of, given.control, given.port, given.host, given.name)
    except OSError as error:
        parser.error(f"--port {given.port}: {error}; choose another port, or 0 for free ones")
    with portals:
        for key, url in portals.urls.items():
            print(f"{key}  {url}", flush=True)
        for path in portals.write_cities(given.cities) if given.cities else []:
            print(f"wrote {path}", flush=True)
        while not stop.wait(_CLOCK_SECONDS):
            if not given.as_of:
                portals.set_as_of(datetime.now(UTC))
    return 0


if __name__ == "__main__":
    sys.exit(main())

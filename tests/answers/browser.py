"""A headless Chromium by its own protocol: to open pages, press what is on them, and take pictures."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

NAMES = ("chromium", "chromium-browser", "google-chrome")
OFFLINE = ("--disable-background-networking", "--no-first-run", "--disable-sync", "--no-proxy-server")


def found() -> str | None:
    """The browser on PATH; None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass
class Browser:
    """One page."""

    connection: ClientConnection
    session: str = ""
    said: list[str] = field(default_factory=list)  # what the console and the policy complained of
    _last: int = 0

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask for something, and wait for the answer."""
        self._last += 1
        words = {"id": self._last, "method": method, "params": params}
        self.connection.send(json.dumps(words | ({"sessionId": self.session} if self.session else {})))
        while True:
            message = json.loads(self.connection.recv(timeout=30))
            self._hear(message)
            if message.get("id") == self._last:
                assert "error" not in message, message["error"]
                return dict(message["result"])

    def _hear(self, message: dict[str, Any]) -> None:
        if message.get("method") == "Log.entryAdded":
            self.said.append(message["params"]["entry"]["text"])
        if message.get("method") == "Runtime.consoleAPICalled":
            self.said.append(str(message["params"]["args"]))

    def _until_loaded(self) -> None:
        while True:
            message = json.loads(self.connection.recv(timeout=30))
            self._hear(message)
            if message.get("method") == "Page.loadEventFired":
                return

    def open(self, address: str) -> None:
        """Go to a page and wait until it is there."""
        self.call("Page.navigate", url=address)
        self._until_loaded()

    def run(self, script: str) -> Any:
        """What a script of the test comes to; the page itself may run none."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def press(self, selector: str) -> None:
        """Press a button and wait for the page that follows."""
        self.run(f"document.querySelector({json.dumps(selector)}).click()")
        self._until_loaded()

    def size(self, width: int, *, dark: bool = False) -> None:
        """How wide the window is, and whether its user likes it dark."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setScrollbarsHidden", hidden=True)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", features=scheme)

    def picture(self, path: Path) -> None:
        """The whole page as PNG."""
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser of its own, ended afterwards."""
    path = found()
    assert path, "no Chromium on PATH"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", *OFFLINE]
        process = subprocess.Popen(
            [path, *flags, f"--user-data-dir={folder}", "about:blank"],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "HOME": folder},
        )
        try:
            assert process.stderr is not None
            address = next(m[1] for line in process.stderr if (m := re.search(r"listening on (ws://\S+)", line)))
            with connect(address, max_size=None, proxy=None) as connection:
                page = Browser(connection)
                target = page.call("Target.createTarget", url="about:blank")["targetId"]
                page.session = page.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
                for name in ("Page", "Runtime", "Log"):
                    page.call(f"{name}.enable")
                yield page
        finally:
            process.terminate()
            process.wait(20)

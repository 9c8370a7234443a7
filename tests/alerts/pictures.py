"""Pictures of the sample letters, as a phone and a desk show them: `python -m tests.alerts.pictures DIR`.

Needs Chromium or Chrome on the PATH; it is started without a window and without the net. `pngquant`, where it is there,
makes the files small.
"""

from __future__ import annotations

import base64
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from civicgauge.alerts.message import render
from tests.alerts.letters import NOTICE, samples

WIDTHS = (390, 1000)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Browser:
    """A browser that is spoken to over two pipes, one JSON after another with a zero byte between (DevTools)."""

    def __init__(self, writes: BinaryIO, reads: BinaryIO) -> None:
        self._writes, self._reads, self._sent = writes, reads, 0
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask, and wait for the answer to it."""
        self._sent += 1
        asked: dict[str, Any] = {"id": self._sent, "method": method, "params": params}
        if hasattr(self, "_session"):
            asked["sessionId"] = self._session
        self._writes.write(json.dumps(asked).encode() + b"\0")
        self._writes.flush()
        while True:
            answer = json.loads(self._message())
            if answer.get("id") == self._sent:
                assert "error" not in answer, answer["error"]
                return answer["result"]

    def _message(self) -> bytes:
        found = bytearray()
        while (byte := self._reads.read(1)) != b"\0":
            assert byte, "the browser ended"
            found += byte
        return bytes(found)

    def picture(self, html: str, width: int, *, is_dark: bool = False) -> bytes:
        """A PNG of the whole page at that width."""
        screen = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
        self.call("Emulation.setDeviceMetricsOverride", **screen)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        frame = self.call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        self.call("Page.setDocumentContent", frameId=frame, html=html)
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        assert size["width"] <= width, f"wider than the screen: {size['width']} on {width} pixels"
        clip = {"x": 0, "y": 0, "width": width, "height": size["height"], "scale": 1}
        taken = self.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(taken["data"])


@contextmanager
def started() -> Iterator[Browser]:
    """A browser; SystemExit where there is none."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        sys.exit(f"no browser on the PATH (looked for {', '.join(BROWSERS)}): install chromium, then run this again")
    its_input, our_output = os.pipe()
    our_input, its_output = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        words = [found, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
        words += [f"--user-data-dir={folder}", "--proxy-server=127.0.0.1:9", "--remote-debugging-pipe"]
        line = f"exec {shlex.join(words)} 3<&{its_input} 4>&{its_output}"
        with subprocess.Popen(["bash", "-c", line], pass_fds=(its_input, its_output), stderr=subprocess.DEVNULL) as run:
            os.close(its_input)
            os.close(its_output)
            with os.fdopen(our_output, "wb") as writes, os.fdopen(our_input, "rb") as reads:
                try:
                    yield Browser(writes, reads)
                finally:
                    run.terminate()


def main(folder: Path) -> None:
    """Write `alert-<kind>[-es][-dark]-<width>.png` of every sample."""
    folder.mkdir(parents=True, exist_ok=True)
    with started() as browser:
        for language in ("en", "es"):
            for kind, letter in samples(language).items():
                html = render(letter, notice=NOTICE).html
                name = f"alert-{kind}" + ("" if language == "en" else f"-{language}")
                for width in WIDTHS:
                    _keep(folder / f"{name}-{width}.png", browser.picture(html, width))
                    _keep(folder / f"{name}-dark-{width}.png", browser.picture(html, width, is_dark=True))


def _keep(path: Path, png: bytes) -> None:
    path.write_bytes(png)
    if squeeze := shutil.which("pngquant"):
        subprocess.run([squeeze, "--force", "--ext=.png", "--nofs", "--speed=1", "16", str(path)], check=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.alerts.pictures DIR")
    main(Path(sys.argv[1]))

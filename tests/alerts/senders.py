"""Senders in processes of their own: `python -m tests.alerts.senders claim|send URL ...`.

`claim` claims everything it can and prints it. `send` is told `run NOW OWNER` and forks a sender for it, so that a
killed one costs a few milliseconds and not an interpreter's start.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from civicgauge.alerts.channels import Connection
from civicgauge.pipeline.sending import send_due
from civicgauge.warehouse import Warehouse
from tests.alerts.sendings import NOW, context

ROOT = Path(__file__).resolve().parents[2]


def start(*arguments: str) -> subprocess.Popen[str]:
    """One of these processes; it says `ready` when it is."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "plugins"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-m", "tests.alerts.senders", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ask(child: subprocess.Popen[str], words: str) -> None:
    """Tell it something."""
    assert child.stdin is not None
    child.stdin.write(f"{words}\n")
    child.stdin.flush()


def hear(child: subprocess.Popen[str]) -> str:
    """Its next line; fails with what it printed where it ended."""
    assert child.stdout is not None
    line = child.stdout.readline().strip()
    assert line, child.communicate()[1]
    return line


def _claim(url: str, owner: str) -> None:
    with Warehouse(url) as warehouse:
        _say("ready")
        sys.stdin.readline()
        while row := warehouse.outbox.claim(owner, NOW, 300):
            _say(row["notification_id"])


def _send(url: str, home: str, port: str) -> None:
    mail = Connection("mx", "127.0.0.1", int(port), extra={"disable_ssl": True, "disable_tls": True})
    opened = context(Path(home), url, smtp_connection="mx")
    send_due(opened, NOW, owner="warm", connection={"mx": mail}.get, limit=0)  # imports what a sender needs
    _say("ready")
    for line in sys.stdin:
        _, now, owner = line.split()
        pid = os.fork()
        if pid == 0:
            send_due(opened, datetime.fromisoformat(now), owner=owner, connection={"mx": mail}.get)
            os._exit(0)
        _say(str(pid))
        _say(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])))


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    {"claim": _claim, "send": _send}[sys.argv[1]](*sys.argv[2:])

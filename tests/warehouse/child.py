"""What the tests run in processes of its own: `python -m tests.warehouse.child WHAT URL [MORE...]`."""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from civicgauge.warehouse import Warehouse

from .days import MONDAY, city_day, run


def upgrade(url: str) -> None:
    """Upgrade at the moment when the parent says so."""
    with Warehouse(url) as warehouse:
        _ready()
        warehouse.upgrade()
        warehouse.check()


def commit_many(url: str, name: str, times: int) -> None:
    """Commit the shared Monday and days of its own, turn by turn."""
    with Warehouse(url) as warehouse:
        _ready()
        for turn in range(times):
            mark = f"{name}-{turn}"
            ids = [f"{mark}-{i}" for i in range(20)]
            warehouse.commit(city_day(run(mark), ids, datasets=[], input_digest=mark))
            own_day = MONDAY + timedelta(days=1 + int(name) * 100 + turn)
            warehouse.commit(city_day(run(f"{mark}-own", own_day), ("a", "b", f"only-{name}"), input_digest=mark))


def die_in_commit(url: str, statement: str) -> None:
    """Commit another Monday and kill this process just before the statement that begins so."""
    with Warehouse(url) as warehouse:

        def kill(_connection: Any, _cursor: Any, text: str, *_more: Any) -> None:
            if text.startswith(statement):
                os.kill(os.getpid(), signal.SIGKILL)

        sa.event.listen(warehouse.engine, "before_cursor_execute", kill)
        warehouse.commit(city_day(run("killed"), [f"new-{i}" for i in range(50)]))


def _ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    what, url, *more = sys.argv[1:]
    if what == "upgrade":
        upgrade(url)
    elif what == "commit":
        commit_many(url, more[0], int(more[1]))
    else:
        die_in_commit(url, more[0])

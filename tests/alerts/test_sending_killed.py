"""Senders killed at random moments: no message is lost, none is delivered twice; on both databases.

CI kills three, the full proof two hundred. The time of each killed sender lies beyond the lease of the one before.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from civicgauge.warehouse import Warehouse
from tests.alerts.postoffice import Inbox, smtp
from tests.alerts.senders import ask, hear, start
from tests.alerts.sendings import NOW, contact, queue
from tests.conftest import IN_FULL

pytestmark = pytest.mark.slow
KILLS, MESSAGES = (200, 1200) if IN_FULL else (3, 25)
LONGEST = 0.25  # seconds that a sender lives: time for none, some or many messages


def test_killed_senders_lose_no_message_and_deliver_none_twice(
    warehouse: Warehouse, warehouse_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [f"n{number:04}" for number in range(MESSAGES)]
    queue(warehouse, contact(), *ids)
    outbox, chance, at = warehouse.outbox, random.Random(), NOW
    killed, caught, begun = 0, Counter[str](), set[str]()
    with smtp(Inbox(seconds=0.002)) as inbox:
        senders = start("send", warehouse_url, str(tmp_path), str(inbox.port))
        assert hear(senders) == "ready"
        rounds = 0
        while killed < KILLS or set(outbox.counts()) & {"queued", "claimed", "sending"}:
            rounds += 1
            if killed < KILLS and outbox.counts().get("queued", 0) < 20:  # none is killed for want of work
                ids += (more := [f"m{rounds:04}-{number}" for number in range(40)])
                queue(warehouse, contact(), *more)
            at += timedelta(seconds=600)
            ask(senders, f"run {at.isoformat()} round-{rounds}")
            pid = int(hear(senders))
            if killed < KILLS:
                time.sleep(chance.uniform(0, LONGEST))
                os.kill(pid, signal.SIGKILL)
            ended = int(hear(senders))
            assert ended in (0, -signal.SIGKILL)
            if ended:
                killed += 1
                own = [each for each in warehouse.alerts.notifications() if each["lease_owner"] == f"round-{rounds}"]
                caught[own[0]["state"] if own else "between"] += 1
                begun |= {each["message_id"] for each in own if each["state"] == "sending"}
        senders.communicate(timeout=60)
    assert killed == KILLS
    states = {each["message_id"]: each["state"] for each in warehouse.alerts.notifications()}
    delivered = inbox.deliveries()
    assert set(states) == {f"<{each}@civicgauge.example>" for each in ids}
    assert set(states.values()) <= {"sent", "doubtful"}  # none is lost
    assert set(delivered) <= set(states)
    assert max(delivered.values()) == 1  # none comes twice, the doubtful ones neither
    assert {each for each, state in states.items() if state == "sent"} <= set(delivered)
    doubtful = [each for each, state in states.items() if state == "doubtful"]
    assert begun <= set(doubtful)  # more only where PostgreSQL committed after its client was gone
    assert len(doubtful) <= killed
    if not IN_FULL:
        return
    with capsys.disabled():
        print(
            f"\n{warehouse.dialect}: {killed} senders killed ({caught['between']} between messages, "
            f"{caught['claimed']} before the step, {caught['sending']} after it), {len(states)} messages: "
            f"{len(states) - len(doubtful)} sent, {len(doubtful)} doubtful of which "
            f"{sum(delivered[each] for each in doubtful)} were delivered, 0 lost, 0 twice"
        )

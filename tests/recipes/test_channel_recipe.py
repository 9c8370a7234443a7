"""An alert channel is one file: it is found, a contact can name it, and the sender sends by it."""

from __future__ import annotations

import pytest

from tests.recipes.conftest import Project

pytestmark = pytest.mark.slow

CHANNEL = '''\
"""A notice board: one line a message, for whoever passes by."""

from __future__ import annotations

from collections.abc import Callable

from civicgauge.alerts.channels._form import Channel, Parcel, Way


class BoardChannel(Channel):
    """A line that is there already is not written again."""

    id = "board"
    is_idempotent = True

    def check_address(self, address: str) -> str | None:
        """The name of the board."""
        return None if address.isalnum() else "is not the name of a board"

    def deliver(self, parcel: Parcel, way: Way, committing: Callable[[], None]) -> None:
        """Write the line."""
        line = f"{parcel.notification_id} {parcel.rendered.summary}\\n"
        board = way.outbox.parent / f"{parcel.recipient.address}.txt"
        committing()
        known = board.read_text() if board.exists() else ""
        if line not in known:
            board.write_text(known + line)


CHANNEL = BoardChannel()
'''
SEND = """
from datetime import UTC, date, datetime
from civicgauge.alerts.channels import channels
from civicgauge.alerts.letters import Recipient, Rendered
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.sending import pack, send_due

now = datetime(2026, 6, 30, 14, tzinfo=UTC)
context = Context.from_environment()
whom = Recipient("c1", "us-me-newtown", "board", "townhall", "open_data")
said = Rendered("Newtown: 1 point", "text", "<p>html</p>", "1 new, 0 still open")
note = dict(notification_id="n1", city_id=whom.city_id, contact_id="c1", channel="board", kind="digest", state="queued",
    day=now.date(), created_at=now, due_at=now, message_id="<n1@civicgauge.example>", attempts=0)
row = dict(contact_id="c1", city_id=whom.city_id, channel="board", address="townhall", role="open_data", language="en",
    cadence="daily", weekday=0, hour=9, time_zone="UTC", consent_on=date(2026, 1, 1), created_at=now, is_in_file=True)
with context.warehouse() as warehouse, warehouse.alerts.desk(whom.city_id) as desk:
    desk.save_contacts([row])
    desk.queue(note, [], pack(whom, said))
report = send_due(context, now, owner="recipe", connection=lambda name: None)
print(sorted(channels()), report.sent, report.problems)
"""


def test_an_alert_channel_is_one_file(project: Project) -> None:
    assert "'board'" not in project.run(
        "-c", "from civicgauge.alerts.channels import channels; print(sorted(channels()))"
    )
    project.add("plugins/civicgauge/alerts/channels/board.py", CHANNEL)
    told = project.run("-c", SEND)
    assert "'board'" in told
    assert told.endswith("] 1 []\n")  # one sent, no problems
    assert (project.home / "townhall.txt").read_text() == "n1 1 new, 0 still open\n"

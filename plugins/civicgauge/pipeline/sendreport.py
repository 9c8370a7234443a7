"""What one round of a sender did, for logs and operators."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field

from civicgauge.warehouse.cityday import Row

log = logging.getLogger("civicgauge.alerts")


@dataclass
class SendReport:
    """What one round did. `problems` are for operators: (message id, channel, what is wrong), without addresses."""

    sent: int = 0
    put_back: int = 0
    failed: int = 0
    dropped: int = 0
    bounced: int = 0  # of the failed
    unaddressed: int = 0  # of the failed: no consent yet, or an address that cannot be written to
    doubtful: int = 0  # now, or by a sender that is gone
    is_held: bool = False  # an operator's word is awaited; operators alone were told
    by_channel: Counter[str] = field(default_factory=Counter)  # what was sent
    problems: list[tuple[str, str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        """In words, what was none left out."""
        counts = {"put back": self.put_back, "failed": self.failed, "dropped": self.dropped, "in doubt": self.doubtful}
        told = [f"{self.sent} sent", *(f"{count} {what}" for what, count in counts.items() if count)]
        return ", ".join(told) + ("; the rest is held for an operator" if self.is_held else "")

    def settled(self, what: str, changed: bool) -> None:  # noqa: FBT001 - what the outbox said
        """Count what the outbox wrote down."""
        if changed:
            setattr(self, what, getattr(self, what) + 1)
        else:
            log.warning("a message was taken over by another sender before it was written down as %s", what)

    def tell(self, row: Row, problem: str) -> None:
        """Tell operators of a message's trouble."""
        log.warning("message %s (%s): %s", row["notification_id"], row["channel"], problem)
        self.problems.append((row["notification_id"], row["channel"], problem))

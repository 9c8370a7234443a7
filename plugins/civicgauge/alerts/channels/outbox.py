"""On disk: what would have been mailed lies in a folder, and nobody is told. The default without a mail server."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

from civicgauge.alerts.channels import _mailbox
from civicgauge.alerts.channels._form import Channel, DeliveryFailed, DeliveryRefused, Parcel, Way

_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{0,99}")


class OutboxChannel(Channel):
    """`<outbox>/<UTC day of the decision>/<id>.eml`, the HTML beside it to look at; each whole or not there at all."""

    id = "outbox"
    is_idempotent = True

    def check_address(self, address: str) -> str | None:
        """As for mail: what lies here could be sent."""
        return _mailbox.check_address(address)

    def deliver(self, parcel: Parcel, way: Way, committing: Callable[[], None]) -> None:
        """Write the two files; the same ones for the same message."""
        if not _PLAIN_ID.fullmatch(parcel.notification_id):
            raise DeliveryRefused("the message's id cannot be the name of a file")
        message = _mailbox.composed(parcel, way.mail_from).as_bytes()
        folder = way.outbox / parcel.created_at.astimezone(UTC).date().isoformat()
        committing()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # the message comes last: where it lies, all of it lies
            write_whole(folder / f"{parcel.notification_id}.html", parcel.rendered.html.encode("utf-8", "replace"))
            write_whole(folder / f"{parcel.notification_id}.eml", message)
        except OSError as error:
            raise DeliveryFailed(f"the outbox on disk cannot be written: {error.strerror}") from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole, with all of its content on disk, or not at all."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o640)  # noqa: PTH101 - a name from mkstemp
        os.replace(name, path)  # noqa: PTH105 - the same
    except BaseException:
        os.unlink(name)  # noqa: PTH108 - the same
        raise


CHANNEL = OutboxChannel()

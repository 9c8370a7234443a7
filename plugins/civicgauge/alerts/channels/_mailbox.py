"""What channels that speak e-mail share: addresses, and the composed message."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr

from civicgauge.alerts import mail
from civicgauge.alerts.channels._form import DeliveryRefused, Parcel, said
from civicgauge.errors import ConfigurationError

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
_HEADER = re.compile(r"[A-Za-z0-9\-]+")
_ADDRESS = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})*")


def check_address(address: str) -> str | None:
    """What keeps an e-mail address from being written to; None where nothing does.

    Only what no header and no SMTP command can take for anything else: one plain address, in ASCII.
    """
    if not address.isascii():
        return "is not in plain ASCII; write a domain of other letters in its xn-- form"
    local = address.rpartition("@")[0]
    if len(address) > 254 or len(local) > 64 or not _ADDRESS.fullmatch(address):
        return "is not one plain e-mail address"
    return None


def bare(sender: str) -> str:
    """The address in a From that may carry a name; DeliveryRefused where there is none."""
    found = parseaddr(sender)[1]
    if "\n" in sender or "\r" in sender or check_address(found):
        raise DeliveryRefused("CIVICGAUGE_MAIL_FROM (or the connection's from_email) is no e-mail address")
    return found


def composed(parcel: Parcel, sender: str) -> EmailMessage:
    """The message as it goes out; DeliveryRefused where a header would not stay on its line."""
    if problem := check_address(parcel.recipient.address):
        raise DeliveryRefused(f"the recipient's address {problem}")
    bare(sender)
    if odd := [name for name in parcel.rendered.headers if not _HEADER.fullmatch(name)]:
        raise DeliveryRefused(f"the message cannot be composed: {odd[0]!r} is no name of a header")
    try:
        return mail.compose(
            parcel.rendered,
            to=parcel.recipient.address,
            sender=sender,
            message_id=parcel.message_id,
            created_at=parcel.created_at,
        )
    except (MessageError, ValueError, ConfigurationError) as error:
        raise DeliveryRefused(f"the message cannot be composed: {said(str(error))}") from error

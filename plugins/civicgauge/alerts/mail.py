"""A rendered message as a mail: text and HTML, threaded, its headers as they are, safe for every server on the way."""

from __future__ import annotations

import re
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from civicgauge.alerts.letters import Rendered
from civicgauge.errors import ConfigurationError

MOST_REFERENCES = 20
_ENCODED_WORD = 75  # characters, RFC 2047
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9.-]{1,200}>")
_HEADER_NAME = re.compile(r"[A-Za-z0-9-]{1,60}")
_WRITTEN_HERE = frozenset(
    [
        "from",
        "to",
        "cc",
        "bcc",
        "sender",
        "reply-to",
        "subject",
        "date",
        "message-id",
        "in-reply-to",
        "references",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
    ]
)


class _MailPolicy(policy.EmailPolicy):
    """Long lines for headers that must stay as they are, and a subject that comes back as it was.

    Python's own width of 78 writes a long List-Unsubscribe as an encoded word, which mail programs ignore
    (python/cpython#85725). With 998 it writes a subject as one encoded word, longer than the 75 that RFC 2047 allows,
    and in either width it adds spaces where plain words and encoded ones meet: `Header`, which is older, does not.
    """

    def fold(self, name: str, value: str) -> str:
        if name.lower() != "subject":
            folded: str = super().fold(name, value)
            return folded
        if value.isascii() and "=?" not in value:
            return f"{name}: {value}{self.linesep}"
        words = Header(str(value), "utf-8", header_name=name, maxlinelen=_ENCODED_WORD)
        return f"{name}: {words.encode(linesep=self.linesep)}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() != "subject":
            folded: bytes = super().fold_binary(name, value)
            return folded
        return self.fold(name, value).encode("ascii")


# 7bit: a text beyond ASCII is written in quoted-printable or base64, so that no server need change what was signed
_POLICY = _MailPolicy(linesep="\r\n", max_line_length=998, cte_type="7bit", raise_on_defect=False)


def compose(rendered: Rendered, *, to: str, sender: str, message_id: str, created_at: datetime) -> EmailMessage:
    """The mail, ready to be sent. `to` and `sender` are one address each, `sender` perhaps with a name before it.

    Raises ConfigurationError for an address, a Message-ID or a header that a mail cannot carry; nothing is repaired,
    for an address that was changed reaches somebody else. `created_at` is aware and becomes the Date.
    """
    if created_at.tzinfo is None:
        raise ConfigurationError("a mail needs a time with its zone: created_at has none")
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _address(sender, "the sender's address")
    mail["To"] = _address(to, "the recipient's address")
    mail["Subject"] = _one_line(rendered.subject, "the subject")
    mail["Date"] = format_datetime(created_at)
    mail["Message-ID"] = _message_id(message_id)
    if rendered.references:
        before = tuple(_message_id(each) for each in rendered.references)
        mail["In-Reply-To"] = before[0]
        mail["References"] = " ".join((before[0], *before[1:][-(MOST_REFERENCES - 1) :]))
    for name, value in rendered.headers.items():
        if name.lower() in _WRITTEN_HERE or not _HEADER_NAME.fullmatch(name):
            raise ConfigurationError(f"a message may not set the header {name!r}")
        mail[name] = _one_line(value, f"the header {name}")
    mail.set_content(rendered.text)
    mail.add_alternative(rendered.html, subtype="html")
    return mail


def _one_line(value: str, what: str) -> str:
    if not value.strip() or any(ord(letter) < 32 or 0x7F <= ord(letter) <= 0x9F for letter in value):
        raise ConfigurationError(f"{what} is empty, or holds a line break or a control character: {value[:80]!r}")
    return value


def _message_id(value: str) -> str:
    if not _MESSAGE_ID.fullmatch(value):
        raise ConfigurationError(f"not a Message-ID, which looks like <name@host>: {value[:80]!r}")
    return value


def _address(value: str, what: str) -> Address:
    """One address with, at most, a name before it."""
    name, angle, rest = _one_line(value, what).rpartition("<")
    bare = rest.strip()
    if angle:
        if not bare.endswith(">"):
            raise ConfigurationError(f"{what} is no e-mail address: {value[:80]!r}")
        bare = bare[:-1]
    try:
        address = Address(display_name=name.strip().strip('"'), addr_spec=bare)
    except (MessageError, ValueError, IndexError) as error:
        raise ConfigurationError(f"{what} is no e-mail address: {value[:80]!r}") from error
    if not bare.isascii() or not address.username or "." not in address.domain or any(c in bare for c in ' <>,;"'):
        raise ConfigurationError(f"{what} is no e-mail address that every server takes: {value[:80]!r}")
    return address

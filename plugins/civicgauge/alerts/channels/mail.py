"""E-mail over SMTP, by an Airflow connection.

Connection: host, port, login, password; extras as those of Airflow's SMTP provider: `disable_ssl`, `disable_tls`,
`timeout`, `from_email`; and `ssl_ca_file`, a private authority's certificate. Port 465, or `disable_tls` alone, means
TLS from the first byte; otherwise STARTTLS, which a server must then offer; in clear only with both disabled.
Certificates are always verified.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from email.message import EmailMessage

from civicgauge.alerts.channels import _mailbox, _smtp
from civicgauge.alerts.channels._form import Channel, DeliveryFailed, Doubtful, Parcel, Way, said
from civicgauge.errors import ConfigurationError


class MailChannel(Channel):
    """One SMTP session for each message. A repeated message is a second mail: SMTP knows no ids."""

    id = "mail"
    is_idempotent = False

    def check_address(self, address: str) -> str | None:
        """One plain address, which no header or command can take for more."""
        return _mailbox.check_address(address)

    def deliver(self, parcel: Parcel, way: Way, committing: Callable[[], None]) -> None:
        """Log in, name sender and recipient, and only then say that the message comes."""
        if way.smtp_connection is None:
            raise ConfigurationError("no mail server is named; set CIVICGAUGE_SMTP_CONNECTION")
        connection = way.connection(way.smtp_connection)
        sender = connection.text("from_email") or way.mail_from
        message = _mailbox.composed(parcel, sender)
        from_, to = _mailbox.bare(sender), parcel.recipient.address
        with _smtp.session(connection, from_.rpartition("@")[2]) as server:
            takes_eight_bits = server.has_extn("8bitmime")
            options = ["BODY=8BITMIME"] if takes_eight_bits else []
            _smtp.expect(*server.mail(from_, options), _smtp.SENDER)
            _smtp.expect(*server.rcpt(to), _smtp.RECIPIENT)
            content = _as_bytes(message, takes_eight_bits=takes_eight_bits)
            committing()
            _data(server, content)


def _as_bytes(message: EmailMessage, *, takes_eight_bits: bool) -> bytes:
    policy = message.policy.clone(linesep="\r\n", cte_type="8bit" if takes_eight_bits else "7bit")
    return message.as_bytes(policy=policy)


def _data(server: smtplib.SMTP, content: bytes) -> None:
    """Send the message; a clear no is an error that says so, everything unclear is Doubtful."""
    try:
        code, reply = server.data(content)
    except smtplib.SMTPDataError as error:  # the server did not even want to hear it
        code, reply = error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else b""
        if not 400 <= code < 600:
            raise DeliveryFailed(f"the server answered DATA with {code} ({said(reply)})") from error
    except (smtplib.SMTPException, OSError) as error:
        why = type(error).__name__ if isinstance(error, smtplib.SMTPException) else error.strerror or str(error)
        raise Doubtful(f"the connection ended while the message was on its way ({said(why)})") from error
    if not (200 <= code < 300 or 400 <= code < 600):
        raise Doubtful(f"the server's answer to the message cannot be understood ({said(reply)})")
    _smtp.expect(code, reply, _smtp.MESSAGE)


CHANNEL = MailChannel()

"""An SMTP session up to the point where a message can be sent, and what a server's replies mean."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from civicgauge.alerts.channels._form import (
    Bounced,
    Connection,
    DeliveryFailed,
    DeliveryRefused,
    WayDown,
    WayRefused,
    said,
)
from civicgauge.errors import CivicgaugeError, ConfigurationError

SENDER, RECIPIENT, MESSAGE = "the sender", "the recipient", "the message"
_SESSION_SECONDS = 240  # below the sender's lease; one that sends a byte a minute must not hold it for ever
_STATUS = re.compile(rb"^\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
_NO_SUCH_BOX = frozenset({550, 551, 553, 556})
_ABOUT_US = re.compile(rb"relay|authenticat|spam|block|polic|reput|spf|dkim|dmarc|denied|not permitted|black", re.I)


@contextmanager
def session(connection: Connection, domain: str) -> Iterator[smtplib.SMTP]:
    """A server that knows us: connected, TLS as the connection says, logged in. Left politely, whatever happened.

    `domain` is who we say we are. DeliveryFailed where it cannot be reached or is busy; WayRefused where TLS or the
    login fails; ConfigurationError for a connection that cannot be used. What the body raises comes through, SMTP's
    own errors as DeliveryFailed.
    """
    name = domain if "." in domain else "[127.0.0.1]"
    watch = _Watch()
    down: type[DeliveryFailed] = WayDown
    try:
        server = _connected(connection, name, watch)
        try:
            _log_in(server, connection)
            down = DeliveryFailed  # from here on it may be this message that the server does not like
            yield server
        finally:
            _leave(server)
    except ssl.SSLCertVerificationError as error:
        raise WayRefused(f"the mail server's certificate cannot be trusted ({said(error.verify_message)})") from error
    except smtplib.SMTPException as error:
        raise down(f"the mail server ended the session ({type(error).__name__})") from error
    except OSError as error:
        raise down(f"the mail server could not be reached ({said(error.strerror or str(error))})") from error
    finally:
        watch.end()


def expect(code: int, reply: bytes, about: str) -> None:
    """Nothing for a yes; DeliveryFailed for not now, Bounced, WayRefused or DeliveryRefused for no."""
    if 200 <= code < 300:
        return
    raise _refusal(code, reply, about)


def _refusal(code: int, reply: bytes, about: str) -> CivicgaugeError:
    what = f"the mail server refused {about}: {code} {said(reply)}"
    if not 500 <= code < 600:
        return DeliveryFailed(what)
    if about == SENDER:
        return WayRefused(what)
    return Bounced(what) if _is_bounce(code, reply, about) else DeliveryRefused(what)


def _is_bounce(code: int, reply: bytes, about: str) -> bool:
    """Whether the recipient is no more. A refusal of ourselves must not cost everybody their place in the list."""
    if found := _STATUS.match(reply):
        subject, detail = int(found[2]), int(found[3])
        return subject == 1 or (subject == 2 and detail in (0, 1))  # a bad address; a box that is closed
    return about == RECIPIENT and code in _NO_SUCH_BOX and not _ABOUT_US.search(reply)


def _connected(connection: Connection, name: str, watch: _Watch) -> smtplib.SMTP:
    if not connection.host:
        raise ConfigurationError(f"connection {connection.conn_id}: no mail server's host is given")
    if connection.text("auth_type") not in ("", "basic"):
        raise ConfigurationError(f"connection {connection.conn_id}: only auth_type basic is known")
    no_ssl, no_tls = connection.flag("disable_ssl"), connection.flag("disable_tls")
    from_first_byte = not no_ssl and (connection.port == smtplib.SMTP_SSL_PORT or no_tls)
    port = connection.port or (smtplib.SMTP_SSL_PORT if from_first_byte else 587)
    timeout, is_plain = _timeout(connection), no_tls and not from_first_byte
    context = None if is_plain else _context(connection)
    if from_first_byte:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            connection.host, port, local_hostname=name, timeout=timeout, context=context
        )
    else:
        server = smtplib.SMTP(connection.host, port, local_hostname=name, timeout=timeout)
    watch.over(server)
    server.ehlo_or_helo_if_needed()
    if context is not None and not from_first_byte:
        _start_tls(server, context)
        watch.over(server)
    return server


def _start_tls(server: smtplib.SMTP, context: ssl.SSLContext) -> None:
    try:
        server.starttls(context=context)
    except smtplib.SMTPNotSupportedError as error:
        raise WayRefused("the mail server offers no STARTTLS; nothing is sent in clear") from error
    except smtplib.SMTPResponseException as error:
        raise WayRefused(f"the mail server refused STARTTLS: {error.smtp_code}") from error
    server.ehlo_or_helo_if_needed()


def _log_in(server: smtplib.SMTP, connection: Connection) -> None:
    if not connection.login:
        return
    try:
        server.login(connection.login, connection.password)
    except smtplib.SMTPResponseException as error:  # without the server's words: they may repeat the login
        kind = DeliveryFailed if 400 <= error.smtp_code < 500 else WayRefused
        raise kind(
            f"the mail server refused the login of connection {connection.conn_id}: {error.smtp_code}"
        ) from error
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPException as error:
        raise WayRefused(f"the mail server offers no login that connection {connection.conn_id} could use") from error


def _leave(server: smtplib.SMTP) -> None:
    """A goodbye, whose failure changes nothing of what was done."""
    with suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()


def _timeout(connection: Connection) -> float:
    text = connection.text("timeout") or "30"
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= _SESSION_SECONDS:
        raise ConfigurationError(f"connection {connection.conn_id}: timeout is not a number of seconds up to 240")
    return seconds


def _context(connection: Connection) -> ssl.SSLContext:
    """One that verifies; made where it is needed alone, for it takes a twentieth of a second."""
    if connection.text("ssl_context") not in ("", "default"):
        raise ConfigurationError(
            f"connection {connection.conn_id}: certificates are always verified; remove ssl_context, and name a "
            "private authority's certificate in ssl_ca_file"
        )
    file = connection.text("ssl_ca_file") or None
    try:
        return ssl.create_default_context(cafile=file)
    except OSError as error:
        raise ConfigurationError(f"connection {connection.conn_id}: ssl_ca_file cannot be read") from error


class _Watch:
    """Ends a session after so many seconds, whatever it waits for: time-outs count from byte to byte alone."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(_SESSION_SECONDS, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def over(self, server: smtplib.SMTP) -> None:
        """From now on this session's socket is the one to end."""
        self._socket = server.sock

    def end(self) -> None:
        """Nothing is watched any more."""
        self._timer.cancel()

    def _cut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):  # the other side closed it first
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # not TLS's own, under the reading thread

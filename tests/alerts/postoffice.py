"""Real servers on loopback: SMTP (aiosmtpd) in every mood, HTTP that takes posts, and certificates made on the spot."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

LOGIN, PASSWORD = "civicgauge", "correct horse battery staple"


@dataclass
class Inbox:
    """An aiosmtpd handler that keeps what it took. The replies are scripts: the last one is given again and again.

    No properties: aiosmtpd looks at every member at every connection.
    """

    rcpt: list[str] = field(default_factory=lambda: ["250 OK"])
    data: list[str] = field(default_factory=lambda: ["250 taken"])
    mail: list[str] = field(default_factory=lambda: ["250 OK"])
    seconds: float = 0.0
    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    tls: list[bool] = field(default_factory=list)
    logins: list[bool] = field(default_factory=list)
    cuts_after_taking: bool = False
    port: int = 0

    def messages(self) -> list[EmailMessage]:
        """What was taken, read by the standard library."""
        return [message_from_bytes(raw, policy=policy.default) for _, _, raw in self.taken]  # type: ignore[misc]

    def deliveries(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter(str(each["Message-ID"]) for each in self.messages())

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        reply = _next(self.mail)
        if reply.startswith("2"):
            envelope.mail_from = address
        return reply

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        reply = _next(self.rcpt)
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.seconds)
        reply = _next(self.data)
        if reply.startswith("2"):
            self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
            self.tls.append(server.transport.get_extra_info("ssl_object") is not None)
            self.logins.append(bool(session.authenticated))
        if self.cuts_after_taking:
            server.transport.abort()
        return reply


class CutsInTheMiddle(SMTP):
    """Asks for the message, takes a little of it, and is gone."""

    async def smtp_DATA(self, arg: str) -> None:
        await self.push("354 go ahead")
        await self._reader.read(40)
        self.transport.abort()


class SaysNothingClear(SMTP):
    """Takes the message, and answers with what is no reply of SMTP."""

    async def smtp_DATA(self, arg: str) -> None:
        await self.push("354 go ahead")
        while await self._reader.readline() != b".\r\n":
            pass
        await self.push("maybe later")


def _next(script: list[str]) -> str:
    return script.pop(0) if len(script) > 1 else script[0]


def _authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (LOGIN.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


@contextmanager
def smtp(
    inbox: Inbox, *, kind: type[SMTP] = SMTP, smtps: ssl.SSLContext | None = None, **terms: Any
) -> Iterator[Inbox]:
    """An SMTP server on a port of its own; `terms` are aiosmtpd's. `inbox.port` says where."""
    loop = asyncio.new_event_loop()

    def session() -> SMTP:
        return kind(inbox, loop=loop, hostname="mx.springfield.example", **terms)

    server = loop.run_until_complete(loop.create_server(session, "127.0.0.1", 0, ssl=smtps))
    inbox.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield inbox
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


AUTH: dict[str, Any] = {"authenticator": _authenticate, "auth_required": True, "auth_require_tls": True}


@dataclass(frozen=True)
class Papers:
    """A private authority's certificate, and a server that it vouches for under 127.0.0.1."""

    ca_file: Path
    server: ssl.SSLContext


def papers(folder: Path) -> Papers:
    """Make both; valid from yesterday until tomorrow."""
    folder.mkdir(parents=True, exist_ok=True)
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Springfield Test Authority")])
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mx.springfield.example")])
    ca = (
        _certificate(ca_name, ca_name, ca_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    leaf = (
        _certificate(name, ca_name, key)
        .add_extension(names, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(ca.public_bytes(pem))
    (folder / "leaf.pem").write_bytes(leaf.public_bytes(pem))
    form, unlocked = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "leaf.key").write_bytes(key.private_bytes(pem, form, unlocked))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "leaf.pem", folder / "leaf.key")
    return Papers(folder / "ca.pem", context)


def _certificate(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )


# ---------------------------------------------------------------- posts

Answer = Callable[["Hook"], None]


class Hook(BaseHTTPRequestHandler):
    """Keeps what is posted, and answers by the script."""

    server: Hooks

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.server.posts.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        script = self.server.script
        (script.pop(0) if len(script) > 1 else script[0])(self)

    do_GET = do_POST

    def say(self, status: int, body: bytes = b"ok", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


class Hooks(ThreadingHTTPServer):
    """A server of webhooks on loopback."""

    daemon_threads = True

    def __init__(self, *script: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Hook)
        self.script: list[Answer] = list(script) or [says(200)]
        self.posts: list[tuple[str, dict[str, str], bytes]] = []

    def url(self, path: str = "/services/T00/B00/verySecretWord") -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


def says(status: int, body: bytes = b"ok", **headers: str) -> Answer:
    """Answers with that."""
    return lambda hook: hook.say(status, body, **headers)


def cut(hook: Hook) -> None:
    """Closes the connection without a word."""
    hook.close_connection = True
    hook.connection.close()


@contextmanager
def hooks(*script: Answer) -> Iterator[Hooks]:
    """The server, running."""
    server = Hooks(*script)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""What the HTTP door does on the connection itself: refuse private peers, end a try in time.

The guard looks at the address that the socket is connected to, before any byte of the request or of TLS is sent.
So neither a name that resolves differently the second time, nor a redirect, nor sodapy gets round it.
"""

from __future__ import annotations

import socket
import threading
from contextvars import ContextVar, Token
from functools import partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from types import TracebackType
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.retry import Retry

from civicgauge.errors import HostNotAllowed, PortalUnreachable

SETTING = "CIVICGAUGE_ALLOW_PRIVATE_HOSTS"
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet: not private, loopback, link-local, reserved, multicast,
    unspecified or carrier-grade NAT, nor an IPv6 address that carries such an IPv4 address (mapped, 6to4, NAT64).

    ValueError when it is no IP address.
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        if (inner := ip.ipv4_mapped or ip.sixtofour or _nat64(ip)) is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def _nat64(ip: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None


class Guard:
    """Refuses peers that are not of the public internet, unless they are allowed."""

    def __init__(self, *, allow_private_hosts: bool) -> None:
        self._allow = allow_private_hosts

    def check(self, host: str, address: str) -> None:
        """HostNotAllowed when `address`, to which `host` leads, is not public."""
        if self._allow or is_public(address):
            return
        error = HostNotAllowed(
            f"{host} leads to {address}, a private, loopback or reserved address; nothing was sent. "
            f"Correct the address, or set {SETTING}=1 if this host is meant."
        )
        error.cause = "private_host"
        raise error

    def check_literal(self, host: str) -> None:
        """The same for a host that is written as an IP address, before connecting at all; names pass."""
        try:
            ip_address(host)
        except ValueError:
            return
        self.check(host, host)

    def check_behind_proxy(self, host: str, port: int) -> None:
        """Where the environment sets a proxy, the peer is the proxy, so what the name resolves to here is checked.

        This is weaker than the check on the connection: the proxy resolves the name again for itself.
        PortalUnreachable when the name cannot be resolved here.
        """
        if self._allow:
            return
        self.check_literal(host)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            found = []
        if not found:
            error = PortalUnreachable(
                f"The name {host} could not be resolved here, so it cannot be checked where the proxy would lead. "
                f"Try again later, or set {SETTING}=1 if your proxy itself refuses private addresses."
            )
            error.cause = "name_not_resolved"
            raise error
        for *_, peer in found:
            self.check(host, str(peer[0]))


class Deadline:
    """Ends one try after so many seconds, whatever it waits for, by shutting its connection down.

    A read time-out alone would let a server that sends one byte a minute hold a task for ever.
    """

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(max(seconds, 0.001), self._expire)
        self._timer.daemon = True
        self._reset: Token[Deadline | None] | None = None

    def __enter__(self) -> Deadline:
        self._reset = _DEADLINE.set(self)
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._timer.cancel()
        if self._reset is not None:
            _DEADLINE.reset(self._reset)

    def watch(self, sock: object) -> None:
        """From now on this is the socket to shut down."""
        inner = getattr(sock, "socket", sock)  # TLS through a TLS proxy wraps the socket once more
        self._socket = inner if isinstance(inner, socket.socket) else None
        if self.expired:
            self._expire()

    def _expire(self) -> None:
        self.expired = True
        if self._socket is None:
            return
        try:
            # Not SSLSocket.shutdown: it would take the TLS layer away under the thread that is reading.
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
        except OSError:
            self._socket = None  # the other side closed it first


_DEADLINE: ContextVar[Deadline | None] = ContextVar("civicgauge_deadline", default=None)


class _Guarded:
    """Mixed into urllib3's connections: the guard when connected, the deadline when waiting for an answer."""

    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._guard = guard

    def _new_conn(self) -> socket.socket:
        conn: Any = self
        if conn.proxy is not None:
            return super()._new_conn()  # type: ignore[misc,no-any-return]
        self._guard.check_literal(conn.host.strip("[]"))
        sock: socket.socket = super()._new_conn()  # type: ignore[misc]
        try:
            self._guard.check(conn.host, str(sock.getpeername()[0]))
        except BaseException:
            sock.close()
            raise
        return sock

    def getresponse(self) -> Any:
        if (deadline := _DEADLINE.get()) is not None:
            deadline.watch(self.sock)  # type: ignore[attr-defined]
        return super().getresponse()  # type: ignore[misc]


class _PlainConnection(_Guarded, HTTPConnection):
    """http:// with the guard."""


class _TlsConnection(_Guarded, HTTPSConnection):
    """https:// with the guard."""


class _PlainPool(HTTPConnectionPool):
    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ConnectionCls = partial(_PlainConnection, guard=guard)  # type: ignore[assignment]


class _TlsPool(HTTPSConnectionPool):
    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ConnectionCls = partial(_TlsConnection, guard=guard)  # type: ignore[assignment]


class GuardedTransport(HTTPAdapter):
    """requests' transport over guarded connections. It never retries: one place does that, `Web`."""

    def __init__(self, guard: Guard) -> None:
        self._pools = {"http": partial(_PlainPool, guard=guard), "https": partial(_TlsPool, guard=guard)}
        super().__init__(max_retries=Retry(0, read=False))

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        if not proxy.lower().startswith("socks"):  # SOCKS has connections of its own kind
            manager.pool_classes_by_scheme = self._pools
        return manager

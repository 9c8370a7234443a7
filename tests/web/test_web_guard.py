"""The HTTP door against real served HTTP: redirects, private peers, secrets, TLS, proxies, sodapy."""

from __future__ import annotations

import datetime as dt
import ipaddress
import logging
import ssl
import threading
import traceback
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sodapy import Socrata

from civicgauge._connection import is_public
from civicgauge._redaction import UNREADABLE, redact, redact_text
from civicgauge.errors import (
    AnswerUnreadable,
    CivicgaugeError,
    HostNotAllowed,
    PortalBusy,
    PortalRefused,
    PortalUnreachable,
)
from civicgauge.web import Limits

SECRET = "hush-4711"
TOKEN = ("X-App-Token", SECRET)
JSON = {"Content_Type": "application/json"}


def good(handler):
    handler.answer(200, b'{"a": 1}', **JSON)


def to(location, status=302):
    return lambda handler: handler.answer(status, Location=location)


# ---------------------------------------------------------------- redirects


def test_redirects_are_followed_and_the_last_address_is_recorded(server, web):
    server.play(to("/b?x=1", 301), path="/a")
    server.play(to(server.url("/c%20d"), 307), path="/b")
    server.play(good, path="/c%20d")
    answer = web.get(server.url("/a"))
    assert (answer.url, answer.attempts) == (server.url("/c%20d"), 1)


def test_a_signature_in_a_redirect_stays_whole_on_the_wire_and_out_of_the_record(server, web):
    server.play(to(f"/b?X-Amz-Signature={SECRET}&v=1"), path="/a")
    server.play(good, path="/b")
    answer = web.get(server.url("/a"))
    assert server.seen[-1][0] == f"/b?X-Amz-Signature={SECRET}&v=1"
    assert answer.url == server.url("/b?X-Amz-Signature=***&v=1")


def test_five_redirects_are_followed_and_a_loop_is_not(server, web):
    for n in range(5):
        server.play(to(f"/{n + 1}"), path=f"/{n}")
    server.play(good, path="/5")
    assert web.get(server.url("/0")).status == 200
    with pytest.raises(PortalRefused, match="more than 5"):
        web.get(server.play(to("/x")))
    assert len(server.seen) == 6 + 6


@pytest.mark.parametrize("target", ["ftp://files.example/x", "file:///etc/passwd", "javascript:1", "http://[::1"])
def test_a_redirect_to_anything_but_http_is_refused(server, web, target):
    with pytest.raises(HostNotAllowed):
        web.get(server.play(to(target)))
    assert len(server.seen) == 1


def test_a_redirect_to_another_host_leaves_token_and_login_behind(server, make_web):
    web = make_web(token=TOKEN, token_host="127.0.0.1")
    server.play(to(server.url("/b", host="localhost")), path="/a")
    server.play(to(server.url("/c")), path="/b")
    server.play(good, path="/c")
    web.get(server.url("/a"), headers={"Authorization": "Basic eDp5", "Cookie": "c=1", "X-Other": "kept"})
    first, away, back = (headers for _, headers in server.seen)
    assert (first["x-app-token"], first["authorization"]) == (SECRET, "Basic eDp5")
    assert not {"x-app-token", "authorization", "cookie"} & set(away)
    assert away["x-other"] == "kept"
    assert back["x-app-token"] == SECRET
    assert "authorization" not in back


def test_a_token_host_with_a_port_means_that_port_alone(server, make_web):
    server.play(good)
    make_web(token=TOKEN, token_host=server.authority).get(server.url())
    make_web(token=TOKEN, token_host="127.0.0.1:1").get(server.url())
    assert ["x-app-token" in headers for _, headers in server.seen] == [True, False]


# ---------------------------------------------------------------- the guard


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "127.1", "0x7f.1", "0.0.0.0", "[::1]"])
def test_a_loopback_peer_is_refused_before_anything_is_sent(server, make_web, time, host):
    server.play(good)
    if host == "[::1]":
        host = "[::ffff:127.0.0.1]"
    with pytest.raises(HostNotAllowed, match="CIVICGAUGE_ALLOW_PRIVATE_HOSTS") as caught:
        make_web(allow_private_hosts=False).get(server.url(host=host))
    assert urlsplit(server.url(host=host)).hostname in str(caught.value)
    assert server.seen == []
    assert time.slept == []


@pytest.mark.parametrize("url", ["http://[::1]:1/", "https://10.0.0.1/", "http://169.254.169.254/latest/meta-data/"])
def test_private_addresses_are_refused_without_a_connection(make_web, url):
    with pytest.raises(HostNotAllowed, match="nothing was sent"):
        make_web(allow_private_hosts=False).get(url)


def test_a_redirect_to_a_private_peer_is_refused(server, make_web, monkeypatch):
    """The first host counts as public here; the guard is real for the second."""
    from civicgauge import _connection

    monkeypatch.setattr(_connection, "is_public", lambda a: a == "127.0.0.1" or is_public(a))
    with pytest.raises(HostNotAllowed, match=r"127\.0\.0\.2"):
        make_web(allow_private_hosts=False).get(server.play(to(server.url(host="127.0.0.2"))))
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "url", ["ftp://x/", "file:///etc/passwd", "x", "", "http://", "http://a b/", "http://[::1", "http://h:99999/"]
)
def test_addresses_that_cannot_be_asked(web, url):
    with pytest.raises(HostNotAllowed):
        web.get(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "2001:db8::1",
        "fe80::1%eth0",
        "192.0.2.1",
    ],
)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "52.206.140.199", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_that_are_public(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_in_ipv6_clothes_is_judged_as_itself(address: ipaddress.IPv4Address):
    for dressed in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert is_public(dressed) == is_public(str(address))


def test_behind_a_proxy_the_resolved_addresses_are_checked(server, make_web, monkeypatch):
    monkeypatch.setenv("http_proxy", server.url(""))
    web = make_web(allow_private_hosts=False, limits=Limits(retries=0))
    for host in ("10.0.0.1", "localhost"):
        with pytest.raises(HostNotAllowed, match="CIVICGAUGE_ALLOW_PRIVATE_HOSTS"):
            web.get(f"http://{host}/x")
    with pytest.raises(PortalUnreachable, match="proxy"):
        web.get("http://portal.invalid/x")
    assert server.seen == []


def test_a_proxy_is_used_where_the_environment_sets_one(server, make_web, monkeypatch):
    monkeypatch.setenv("http_proxy", server.url(""))
    server.scripts["http://8.8.8.8/x"] = [good]
    answer = make_web(allow_private_hosts=False).get("http://8.8.8.8/x")
    assert (answer.status, server.seen[0][0]) == (200, "http://8.8.8.8/x")


# ---------------------------------------------------------------- TLS


@pytest.fixture
def tls_server(server, tmp_path, monkeypatch):
    """The server under a certificate of its own making; returns the path of that certificate."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - dt.timedelta(1)).not_valid_after(now + dt.timedelta(1))
    made = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    pem, key_pem = tmp_path / "cert.pem", tmp_path / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    key_pem.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key_pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    for variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(variable, raising=False)
    return str(pem)


def https(server, path="/x"):
    return f"https://{server.authority}{path}"


def test_an_untrusted_certificate_needs_a_person(server, web, tls_server, time):
    server.play(good)
    with pytest.raises(PortalRefused, match="certificate"):
        web.get(https(server))
    assert (server.seen, time.slept) == ([], [])


def test_a_look_tells_a_certificate_of_another_name_from_one_that_is_not_trusted(
    server, make_web, tls_server, monkeypatch
):
    server.play(good)

    def seen(web, url):
        return web.look(url, method="HEAD", seconds=5, headers={}).problem

    assert seen(make_web(), https(server)) == "certificate_not_trusted"
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", tls_server)
    assert seen(make_web(), https(server)) is None
    assert seen(make_web(), f"https://localhost:{server.server_port}/x") == "certificate_of_another_name"


def test_https_works_and_never_falls_back_to_http(server, make_web, tls_server, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", tls_server)
    web = make_web(token=TOKEN, token_host=server.authority)
    server.play(good)
    assert web.get(https(server)).status == 200
    assert server.seen[0][1]["x-app-token"] == SECRET
    server.play(to(f"http://{server.authority}/y"))
    with pytest.raises(PortalRefused, match="from https to http"):
        web.get(https(server))


def test_the_guard_comes_before_tls(server, make_web, tls_server):
    server.play(good)
    with pytest.raises(HostNotAllowed):
        make_web(allow_private_hosts=False).get(https(server))


def test_a_slow_drip_over_tls_ends_too(server, make_web, tls_server, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", tls_server)

    def drip(handler):
        handler.close_connection = True
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not handler.server.stop.wait(0.02):
            handler.wfile.write(b"x")

    with pytest.raises(CivicgaugeError, match=r"not complete after 0\.3 seconds"):
        make_web(Limits(total_timeout_seconds=0.3)).get(server.play(drip).replace("http:", "https:"))


def test_a_token_is_not_sent_in_clear_to_the_public_internet(server, make_web, monkeypatch):
    monkeypatch.setenv("http_proxy", server.url(""))
    server.scripts["http://8.8.8.8/x"] = [good]
    make_web(allow_private_hosts=False, token=TOKEN, token_host="8.8.8.8").get("http://8.8.8.8/x")
    assert "x-app-token" not in server.seen[0][1]


# ---------------------------------------------------------------- secrets


def scripts_that_fail(server):
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1"

    def echo(status):
        body = f'{{"message": "bad token {SECRET} in ?$$app_token={SECRET}"}}'.encode()
        return lambda h: h.answer(status, body, X_Echo=SECRET, **JSON)

    def broken(handler):
        handler.close_connection = True
        handler.wfile.write(cut)

    yield from (echo(403), echo(429), echo(200), echo(206), broken)
    yield to(f"ftp://u:{SECRET}@h/?token={SECRET}")
    yield to(f"http://u:{SECRET}@127.0.0.1:1/?token={SECRET}#access_token={SECRET}")
    yield to(f"http://u:{SECRET}@portal.invalid/")
    yield lambda h: h.answer(200, b"<html>", **JSON)


def test_a_secret_is_in_no_log_line_error_repr_or_record(server, make_web, caplog):
    caplog.set_level(logging.DEBUG)
    web = make_web(Limits(retries=1, connect_timeout_seconds=1), token=TOKEN, token_host="127.0.0.1")
    shown = [repr(web), repr(vars(web))]
    failures: list[CivicgaugeError] = []
    for script in scripts_that_fail(server):
        url = server.play(script).replace("//", f"//user:{SECRET}@")
        try:
            answer, _ = web.get_json(url, {"$$app_token": SECRET, "api_key": SECRET, "q": "kept"})
            shown.append(repr({**answer.headers, "url": answer.url}))
        except CivicgaugeError as error:
            failures.append(error)
            shown += [str(error), repr(error), "".join(traceback.format_exception(error))]
    assert len(failures) == 8
    assert not any(isinstance(error.__context__, OSError) for error in failures)
    assert any("q=kept" in record.getMessage() for record in caplog.records)
    assert any(record.name == "urllib3.connectionpool" for record in caplog.records)
    everything = "\n".join([*shown, caplog.text])
    assert SECRET not in everything
    assert "***@127.0.0.1" in everything


SAFE = st.text("abcXYZ019._~-é ", min_size=0, max_size=8)
SECRETS = st.text(st.characters(codec="utf-8", exclude_characters="*"), min_size=1, max_size=12).map(
    lambda t: "Zq7" + quote(t, safe="")
)
NAMES = st.sampled_from(
    [
        "$$app_token",
        "%24%24app_token",
        "app_token",
        "token",
        "TOKEN",
        "api_key",
        "access_token",
        "apikey",
        "sig",
        "X-Amz-Signature",
        "X-Amz-Security-Token",
        "password",
        "client_secret",
        "AWSAccessKeyId",
        "api%5Fkey",
    ]
)


@given(secret=SECRETS, name=NAMES, before=SAFE, after=SAFE, joiner=st.sampled_from("&;"), user=SAFE)
def test_redaction_hides_every_secret_and_nothing_else(secret, name, before, after, joiner, user):
    quoted_before, quoted_after = quote(before), quote(after)
    url = f"https://{quote(user)}:{secret}@data.example.org:8443/a/{quoted_before}?a={quoted_before}{joiner}{name}={secret}&z={quoted_after}#{secret}"
    shown = redact(url)
    assert secret not in shown
    host = "https://***@data.example.org:8443"
    assert shown == f"{host}/a/{quoted_before}?a={quoted_before}{joiner}{name}=***&z={quoted_after}"
    assert redact(shown) == shown
    assert secret not in redact_text(f"could not read {url.rpartition('#')[0]} (why)")


@given(path=SAFE, value=SAFE, name=st.sampled_from(["$limit", "q", "scroll_id", "domains", "keyword", "offset"]))
def test_an_address_without_secrets_is_left_as_it_is(path, value, name):
    url = f"https://data.example.org/{quote(path)}?{quote(name)}={quote(value)}&b"
    assert redact(url) == url


@given(st.text(max_size=60))
def test_redaction_never_fails_and_is_stable(text):
    once = redact(text)
    assert redact(once) == once


@pytest.mark.parametrize("url", [f"http://[::1/?token={SECRET}", f"http://u:{SECRET}/w@h/", f"u:{SECRET}@h/x"])
def test_an_address_that_cannot_be_read_is_not_shown(url):
    assert redact(url) == UNREADABLE


# ---------------------------------------------------------------- sodapy


def socrata(server, web, **options):
    adapter = web.session_adapter("http://", **options)
    return Socrata(server.authority, None, session_adapter=adapter, timeout=1)


def test_sodapy_works_through_the_door_with_retries_token_and_spacing(server, make_web, time):
    def rows(handler):
        handler.answer(200, b'[{"n": "1"}, {"n": "2"}]', **JSON)

    web = make_web(token=TOKEN, token_host=server.authority, requests_per_second=2.0)
    path = "/resource/abcd-1234.json"
    server.play(lambda h: h.answer(429, Retry_After="9"), lambda h: h.answer(202, b"[]", **JSON), rows, path=path)
    with socrata(server, web) as client:
        assert client.get("abcd-1234", limit=2) == [{"n": "1"}, {"n": "2"}]
    assert len(server.seen) == 3
    assert 9 in time.slept
    sent = server.seen[-1][1]
    assert (sent["x-app-token"], sent["user-agent"]) == (SECRET, "civicgauge/test (contact: test@example.org)")
    assert "limit=2" in server.seen[-1][0]
    assert web.get(server.url(path)).status == 200


def test_sodapy_reads_gzip_and_csv_and_follows_redirects(server, web):
    import gzip

    packed = gzip.compress(b'{"id": "abcd-1234"}')
    server.play(to("/b"), path="/api/views/abcd-1234.json")
    server.play(lambda h: h.answer(200, packed, Content_Encoding="gzip", **JSON), path="/b")
    server.play(lambda h: h.answer(200, b"n\r\n1\r\n", Content_Type="text/csv"), path="/resource/abcd-1234.csv")
    client = socrata(server, web)
    assert client.get_metadata("abcd-1234") == {"id": "abcd-1234"}
    assert client.get("abcd-1234", content_type="csv") == [["n"], ["1"]]


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (lambda h: h.answer(202, b"[]", **JSON), PortalBusy),
        (lambda h: h.answer(404, b'{"message": "gone"}', **JSON), PortalRefused),
        (lambda h: h.answer(200, b"<html>", Content_Type="text/html"), AnswerUnreadable),
        (lambda h: h.answer(200, b"<html>", **JSON), AnswerUnreadable),
        (lambda h: h.answer(200, b"[1,", **JSON), AnswerUnreadable),
        (lambda h: h.answer(200, b"[1]"), AnswerUnreadable),
        (to("ftp://x/"), HostNotAllowed),
    ],
)
def test_what_goes_wrong_under_sodapy_is_our_error(server, web, script, kind):
    server.play(script, path="/resource/abcd-1234.json")
    with pytest.raises(kind):
        socrata(server, web).get("abcd-1234")


def test_the_guard_stands_before_sodapy_and_nothing_is_written_to_portals(server, make_web, web):
    with pytest.raises(HostNotAllowed, match="CIVICGAUGE_ALLOW_PRIVATE_HOSTS"):
        socrata(server, make_web(allow_private_hosts=False)).get("abcd-1234")
    with pytest.raises(CivicgaugeError, match="only reads"):
        socrata(server, web).delete("abcd-1234")
    assert server.seen == []


def test_many_threads_share_one_door(server, web):
    server.play(good)
    results = []
    threads = [threading.Thread(target=lambda: results.append(web.get(server.url()).status)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [200] * 12

"""`civicgauge serve`: the pages, and what cities answer by signed links, by uvicorn."""

from __future__ import annotations

import ipaddress

import typer

from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context

_AT_ONCE = 100


def serve(
    host: str, port: int, proxies: str | None, audience: str = "public", *, is_behind_sign_in: bool = False
) -> int:
    """Serve until stopped; ConfigurationError where the settings are half done, or where the warehouse is not ready.

    `proxies`: addresses whose X-Forwarded-For is believed, with commas; nobody's by default, since whoever asks can
    write that header and pass for another. `audience` staff: everything is shown to whoever can reach the server, so
    that it listens on loopback alone, unless something before it signs people in.
    """
    import uvicorn

    from civicgauge.answers.together import LOOPBACK, create_site
    from civicgauge.pipeline.showing import PUBLIC, STAFF

    is_staff = audience == "staff"
    if is_staff and not is_behind_sign_in and not _is_loopback(host):
        raise ConfigurationError(
            f"--audience staff shows private cities to everyone who can reach {host}; listen on 127.0.0.1, or say "
            "--behind-sign-in where a web server before it signs people in"
        )
    context = Context.from_environment()
    only_here = LOOPBACK if is_staff and not is_behind_sign_in else None
    app, has_answers = create_site(context, STAFF if is_staff else PUBLIC, hosts=only_here)
    with context.warehouse():
        pass  # refuses now, by name, what would be a page of excuses for every visitor
    _say(host, port, audience, has_answers=has_answers)
    uvicorn.run(
        app,
        host=host,
        port=port,
        proxy_headers=proxies is not None,
        forwarded_allow_ips=proxies,
        access_log=False,  # its lines hold whole paths, and here a path can be a key; the app writes its own
        server_header=False,
        limit_concurrency=_AT_ONCE,
        log_level="info",
    )
    return 0


def _say(host: str, port: int, audience: str, *, has_answers: bool) -> None:
    place = f"[{host}]" if ":" in host else host
    seen_by = "staff" if audience == "staff" else "the public"
    typer.echo(f"Pages for {seen_by} at http://{place}:{port}/", err=True)
    if not has_answers:
        needs = "that needs CIVICGAUGE_PUBLIC_URL and CIVICGAUGE_SIGNING_KEY"
        typer.echo(f"Cities cannot answer here, and see nothing of their own: {needs}.", err=True)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

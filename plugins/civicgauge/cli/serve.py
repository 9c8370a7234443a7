"""`civicgauge serve`: the answers app, by uvicorn."""

from __future__ import annotations

from civicgauge.pipeline.context import Context

_AT_ONCE = 100


def serve(host: str, port: int, proxies: str | None) -> int:
    """Serve until stopped; ConfigurationError without PUBLIC_URL and SIGNING_KEY, or where the warehouse is not ready.

    `proxies`: addresses whose X-Forwarded-For is believed, with commas; nobody's by default, since whoever asks can
    write that header and pass for another.
    """
    import uvicorn

    from civicgauge.answers import create_app

    context = Context.from_environment()
    app = create_app(context)
    with context.warehouse():
        pass  # refuses now, by name, what would be a page of excuses for every visitor
    uvicorn.run(
        app,
        host=host,
        port=port,
        proxy_headers=proxies is not None,
        forwarded_allow_ips=proxies,
        access_log=False,  # its lines hold whole paths, and here a path is a key; the app writes its own
        server_header=False,
        limit_concurrency=_AT_ONCE,
        log_level="info",
    )
    return 0

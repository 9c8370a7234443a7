"""Portals write what they like: nothing of it becomes markup, a header, another direction, or a message too large."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from civicgauge.alerts.forms import Notice
from civicgauge.alerts.letters import Letter
from civicgauge.alerts.mail import compose
from civicgauge.alerts.message import render
from tests.alerts.letters import DAY, NOTICE, case, entry, late, letter, mended, still
from tests.alerts.markup import Markup
from tests.conftest import IN_FULL

UNITS = ["&", "🏛", "ab "] + (['"', "=", "\n", "\u0301a", "日", "https://x.example/"] if IN_FULL else [])
some = settings(max_examples=100 if IN_FULL else 25)
WHEN = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></tr></table><h1>You won</h1>",
    "a\r\nBcc: victim@example.org\r\n\r\nhello",
    "\u202egnp.exe\u202c \u2066x\u2069 \u200bzero\u200dwidth\ufeff",
    "{{ 7 * 7 }} {% raw %} %(city)s %s %d %",
    "مجموعة بيانات رخص البناء",
    "Zoë 日本語 🏛️ ñandú",
    "Z" + "\u0335" * 40 + "algo",
    "\ud800 lone \x00 nul \x1b[31m red \uffff",
    "&amp;&lt;b&gt; <!-- --> <![CDATA[ ]]> </style></title>",
    "x" * 5000,
]
hostile = st.one_of(st.sampled_from(EVIL), st.text(max_size=200), st.builds("".join, st.lists(st.sampled_from(EVIL))))


def filled(text: str) -> Letter:
    """A letter in which everything that comes from outside is that text, after one plain letter."""
    said = f"a{text}"
    names = ("portal_title", "dataset_title", "column", "observed", "expected", "run_id", "ended_reason")
    outside = dict.fromkeys(names, said)
    ask = late()
    shown = replace(ask, title=said, question=said, why=said, criteria=(said,), mended_when=said)
    shown = replace(shown, steps={"socrata": (said, said)}, cases=(replace(ask.cases[0], **outside),))
    over = mended(notice=Notice.CLOSED)
    over = replace(over, cases=(replace(over.cases[0], **outside),))
    line = replace(still("d8yk-f2mq", said, 40), dataset_title=said)
    roles = (said, said)
    whole = letter(asks=(shown,), ended=(over,), still_open=(line,), others_told=roles, next_look=said)
    return replace(whole, city_name=said, recipient=replace(whole.recipient, role=said))


CALM = Markup(render(filled("calm"), notice=NOTICE).html)


@some
@given(hostile)
def test_the_structure_is_that_of_harmless_text(text: str) -> None:
    rendered = render(filled(text), notice=NOTICE)
    assert Markup(rendered.html).tags == CALM.tags
    allowed = {name for name, _ in CALM.attributes}
    assert {name for name, _ in Markup(rendered.html).attributes} == allowed


@some
@given(hostile)
def test_nothing_hides_or_turns_what_follows(text: str) -> None:
    rendered = render(filled(text), notice=NOTICE)
    for shown in (rendered.subject, rendered.text, rendered.html, rendered.summary, repr(rendered.blocks)):
        left = {letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cf", "Cs")}
        assert left <= set("\n\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
    assert all(len(line) < 2000 for line in rendered.text.splitlines())


@some
@given(hostile)
@example("a\r\nBcc: victim@example.org")
def test_headers_stay_on_one_line_and_the_mail_can_be_read(text: str) -> None:
    given_ = filled(text)
    links = dict.fromkeys(("unsubscribe", "list", "cadence"), f"https://x.example.org/{text}")
    rendered = render(replace(given_, contact=text, links=links), notice=NOTICE, list_id_host=text)
    for value in (rendered.subject, rendered.summary, *rendered.headers.values()):
        assert value
        assert not set(value) & set("\r\n\x00")
    assert all(value.isascii() for value in rendered.headers.values())
    assert len(rendered.subject) <= 180
    mail = compose(rendered, to="a@example.org", sender="b@example.org", message_id="<1@example.org>", created_at=WHEN)
    back = message_from_bytes(mail.as_bytes(), policy=policy.strict)
    assert back["Subject"] == rendered.subject
    assert "Bcc" not in back
    assert {name: back[name] for name in rendered.headers} == dict(rendered.headers)


@some
@given(
    st.one_of(hostile, st.sampled_from(["javascript:alert(1)", "https://x.example@evil.example/", "//evil.example"]))
)
def test_only_plain_web_addresses_are_linked(text: str) -> None:
    ask = late()
    links = dict.fromkeys(("view", "fixed"), text)
    shown = replace(ask.cases[0], permalink=text, evidence_url=text, links=links)
    rendered = render(letter(asks=(replace(ask, cases=(shown,)),), links={"list": text}), notice=NOTICE)
    for href in Markup(rendered.html).links:
        assert href.startswith(("https://", "http://", "mailto:"))
        assert "@" not in href.removeprefix("mailto:") or href.startswith("mailto:")


def test_ordinary_letters_of_any_script_stay() -> None:
    for title in ("Permisos de construcción – Ñuñoa", "رخص البناء", "建築許可 2026", "Žižkov & Sons “A” <b>"):
        rendered = render(letter(asks=(late(dataset_title=title),)), notice=NOTICE)
        assert title in rendered.text
        assert title in rendered.subject
        assert title in {text for tag, text in Markup(rendered.html).texts if tag == "bdi"}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("kind", ["digest", "privacy", "baseline"])
def test_a_message_stays_small(kind: str, unit: str) -> None:
    """Mail programs cut a message at 102 KB: the whole mail stays under 100 KB, however much is put in."""
    huge = unit * (1_000_000 // len(unit))
    key = "k" * 20
    links = {name: f"https://civicgauge.example.org/{name}/{'t' * 400}" for name in ("view", "fixed", "snooze")}
    texts = dict.fromkeys(("portal_title", "dataset_title", "column", "observed", "expected", "run_id"), huge)
    address = "https://x.example/" + "&" * 850
    one = replace(case("w9jb-46pe", "update_on_time"), permalink=address, evidence_url=address, links=links, **texts)
    one = replace(one, incident_key=key)
    steps = dict.fromkeys(("socrata", "ckan", huge), (huge,) * 40)
    many = entry("update_on_time", *[one] * 50, n_cases=5000)
    many = replace(many, title=huge, question=huge, why=huge, criteria=(huge,) * 40, mended_when=huge, steps=steps)
    over = replace(many, notice=Notice.CLOSED, cases=tuple(replace(one, notice=Notice.CLOSED) for _ in range(50)))
    line = replace(still("d8yk-f2mq", huge, 40), dataset_title=huge, permalink=address)
    full = letter(
        kind,
        asks=(many,) * 30,
        answers=(many,) * 30,
        reminders=(many,) * 30,
        ended=(over,) * 30,
        still_open=(line,) * 500,
        n_still_open=9000,
        n_asks_left=70,
        baseline_points=((huge, 10**9, 10**9),) * 300,
        others_told=(huge,) * 40,
        next_look=huge,
        contact=huge,
    )
    rendered = render(replace(full, city_name=huge), notice=NOTICE)
    mail = compose(rendered, to="a@example.org", sender="b@example.org", message_id="<1@example.org>", created_at=WHEN)
    assert len(mail.as_bytes()) < 100_000
    assert len(repr(rendered.facts)) < 1_000_000
    assert Markup(rendered.html).texts
    if kind == "digest":
        assert "more" in rendered.text  # what is left out is counted


def test_an_ordinary_full_digest_is_not_shortened() -> None:
    """Five asks of five cases each, as a city with much to mend gets it."""
    rows = ("r2hd-9kvc", "d8yk-f2mq", "c5wg-8qtm", "b3vu-7rwa", "q4tf-6ncb")
    rules = ("update_on_time", "links_work", "rows_present", "licence_stated", "columns_described")
    asks = tuple(entry(rule, *[case(each, rule) for each in rows], n_cases=9) for rule in rules)
    rendered = render(letter(asks=asks, ended=(mended(),)), notice=NOTICE)
    assert rendered.text.count("Observed:") == 25
    assert "for length" not in rendered.text
    assert DAY.strftime("%B") in rendered.text

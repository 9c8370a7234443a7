"""Languages: every message is translated whole, placeholders and all, and English stands where nothing else does."""

from __future__ import annotations

import re

import pytest

from civicgauge.alerts.message import render
from tests.alerts import messages
from tests.alerts.letters import NOTICE, digest, late, letter, samples
from tests.alerts.markup import Markup

PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")


def test_there_is_spanish() -> None:
    assert "es" in messages.languages()


@pytest.mark.parametrize("language", messages.languages())
def test_a_catalogue_is_whole(language: str) -> None:
    """`make messages` brings a catalogue up to date, and names what waits for a translation."""
    said = {message.id: message for message in messages.template() if message.id}
    known = {message.id: message for message in messages.catalogue(language) if message.id}
    assert len(said) > 150  # templates and code were found
    assert set(known) == set(said)
    for key, message in known.items():
        forms = (message.string,) if isinstance(message.string, str) else message.string
        originals = (key,) if isinstance(key, str) else key
        assert not message.fuzzy, key
        assert all(form.strip() for form in forms), key
        wanted = sorted(PLACEHOLDER.findall(originals[-1]))
        assert all(sorted(PLACEHOLDER.findall(form)) == wanted for form in forms), key
    assert [error for message in known.values() for error in message.check(messages.catalogue(language))] == []


def test_the_notice_of_all_pages_is_translated() -> None:
    assert NOTICE in {message.id for message in messages.catalogue("es")}


def test_spanish_says_what_is_in_english() -> None:
    rendered = render(digest("es"), notice=NOTICE)
    markup = Markup(rendered.html)
    said = " ".join(rendered.text.split())
    assert "que están escritas en inglés" in said
    assert "3 de marzo de 2026" in said
    assert "Requiere su atención" in said
    assert "Was the data updated within the frequency that its entry states?" in markup.foreign
    assert any(text.startswith("Open the dataset page") for text in markup.foreign)
    assert ("lang", "en") in markup.attributes
    english = Markup(render(digest(), notice=NOTICE).html)
    assert [name for name, _ in english.attributes].count("lang") == 1  # of the document alone


@pytest.mark.parametrize("language", ["es", "es-MX", "es_US", "ES"])
def test_spanish_of_any_place_is_spanish(language: str) -> None:
    assert "Qué preguntamos" in render(letter(language=language, asks=(late(),)), notice=NOTICE).text


@pytest.mark.parametrize("language", ["xx", "klingon", "", "fr", "zh-Hant-TW", "../../etc", "en-GB"])
def test_other_languages_are_english(language: str) -> None:
    rendered = render(letter(language=language, asks=(late(),)), notice=NOTICE)
    assert "What we asked" in rendered.text
    assert '<html lang="en">' in rendered.html


@pytest.mark.parametrize("kind", sorted(samples()))
def test_no_english_of_ours_stands_in_spanish(kind: str) -> None:
    """What differs between the languages differs everywhere: labels and headings of the two share nothing but names."""
    english = Markup(render(samples("en")[kind], notice=NOTICE).html)
    spanish = Markup(render(samples("es")[kind], notice=NOTICE).html)
    assert len(english.rows) == len(spanish.rows) > 0
    labels = {label for _, label, _ in english.rows} & {label for _, label, _ in spanish.rows}
    assert labels == set()

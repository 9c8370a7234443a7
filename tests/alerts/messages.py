"""`make messages`: what is said in templates and code, found by Babel, into each language's catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from civicgauge.alerts.message.words import LOCALES

PACKAGE = LOCALES.parent
METHODS = [("templates/**.txt", "jinja2"), ("templates/**.html", "jinja2"), ("**.py", "python")]
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None, "mark": None, "plural": (1, 2)}


def languages() -> list[str]:
    """Those that have a catalogue."""
    return sorted(path.parent.name for path in LOCALES.glob("*/messages.po"))


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language stands."""
    return LOCALES / language / "messages.po"


def catalogue(language: str) -> Catalog:
    """The catalogue as it is."""
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def template() -> Catalog:
    """Every message that templates and code say today, with the files that say it."""
    found = Catalog(project="civicgauge", charset="utf-8", fuzzy=False)
    for name, message, comments, context in _extracted():
        found.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return found


def _extracted() -> Iterator[tuple]:
    templates = {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    by_pattern = {pattern: templates if method == "jinja2" else {} for pattern, method in METHODS}
    for name, _, message, comments, context in extract_from_dir(PACKAGE, METHODS, by_pattern, KEYWORDS):
        yield name, message, comments, context


def main() -> None:
    """Update every catalogue: what is new waits for its translation, what is gone goes."""
    for language in languages():
        known = catalogue(language)
        known.update(template(), no_fuzzy_matching=True, update_header_comment=False)
        known.obsolete.clear()
        with catalogue_path(language).open("wb") as file:
            file.write(HEADER.format(language=language, plurals=known.plural_forms).encode())
            write_po(file, known, omit_header=True, width=100, sort_output=True, include_lineno=False)
        missing = [message.id for message in known if message.id and not _is_said(message.string)]
        print(f"{language}: {len(known)} messages, {len(missing)} wait for a translation")
        for each in missing:
            print(f"  {each}")


def _is_said(string: str | tuple[str, ...]) -> bool:
    return bool(string) and all([string] if isinstance(string, str) else string)


if __name__ == "__main__":
    main()

"""Reading a message's HTML back, with the standard library's own parser: its tags, its texts, its addresses."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Markup(HTMLParser):
    """What stands in a document: `tags` in order, `rows` as (part, label, texts), `texts` by tag, `links`."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.rows: list[tuple[str, str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.foreign: list[str] = []
        self._open: list[tuple[str, list[str], dict[str, str | None]]] = []
        self.feed(html)
        self.close()
        assert not self._open, f"not closed: {[tag for tag, _, _ in self._open]}"

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.links += [value for name, value in attrs if name in ("href", "src", "background", "action")]
        if tag not in VOID:
            self._open.append((tag, [], dict(attrs)))

    def handle_endtag(self, tag):
        self.tags.append(f"/{tag}")
        opened, said, attributes = self._open.pop()
        assert opened == tag, f"{opened} closed by {tag}"
        text = " ".join("".join(said).split())
        self.texts.append((tag, text))
        if attributes.get("lang"):
            self.foreign.append(text)
        if tag == "th":
            self._label = text
        if tag == "span" and attributes.get("class") == "label":
            self._label = text
        if attributes.get("data-part"):
            said_there = text.removeprefix(self._label).strip()
            self.rows.append((attributes["data-part"], self._label.rstrip(":"), said_there))
        if self._open:
            self._open[-1][1].extend([" ", *said, " "] if tag in ("div", "p", "th", "td", "li", "h3") else said)

    def handle_data(self, data):
        if self._open:
            self._open[-1][1].append(data)

"""A page taken apart: what it links to, what it runs, which inputs bear a label."""

from __future__ import annotations

from html.parser import HTMLParser


class Page(HTMLParser):
    """Everything that the tests ask of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.unlabelled: list[dict[str, str]] = []
        self._open: list[str] = []
        self._inputs: list[tuple[dict[str, str], bool]] = []
        self._for: set[str] = set()
        self.feed(text)
        self.close()
        self.unlabelled = [found for found, inside in self._inputs if not inside and found.get("id") not in self._for]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag not in ("input", "meta", "link", "br", "img"):
            self._open.append(tag)
        if tag == "label" and "for" in found:
            self._for.add(found["for"])
        if tag in ("input", "textarea", "select") and found.get("type") != "hidden":
            self._inputs.append((found, "label" in self._open))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.words.append(data)

    @property
    def text(self) -> str:
        """What is read."""
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of that name."""
        return [found for name, found in self.tags if name == tag]

    @property
    def links(self) -> list[str]:
        """Where it leads."""
        return [found["href"] for found in self.all("a")]

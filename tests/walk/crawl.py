"""Every page that links lead to from a first one, by plain requests: what it is, and what is wrong with its answer."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx

from tests.answers.html import Page

Kind = Callable[[str], str]


@dataclass
class Crawled:
    """Addresses of pages by kind, in the order they were found; how many files were read; what was wrong."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    files: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def crawl(client: httpx.Client, start: str, kind: Kind, most: int) -> Crawled:
    """Follow every link to our own host from `start` (an absolute address); of each kind at most `most` are read."""
    host, crawled = urlsplit(start).netloc, Crawled()
    waiting, known, read = deque([(start, "the start")]), {start}, Counter[str]()
    while waiting:
        address, origin = waiting.popleft()
        told = kind(urlsplit(address).path) + ("?" if urlsplit(address).query else "")
        read[told] += 1
        if read[told] > most:
            continue
        for link in _read(client, address, told, crawled, origin):
            if urlsplit(link).netloc == host and link not in known:
                known.add(link)
                waiting.append((link, address))
    return crawled


def _read(client: httpx.Client, address: str, told: str, crawled: Crawled, origin: str) -> list[str]:
    answer = client.get(address)
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if answer.status_code != 200:
        crawled.wrong.append(f"{answer.status_code}: {address}, linked from {origin}")
        return []
    crawled.files[kind] += 1
    if kind == "text/html":
        crawled.pages.setdefault(told, []).append(address)
        return links(answer.text, str(answer.url))
    crawled.wrong += [f"{address}: {problem}" for problem in _of_file(kind, answer)]
    return []


def links(html: str, address: str) -> list[str]:
    """Where a page's links, forms, pictures and styles lead, without the part after #."""
    found = []
    for tag, attributes in Page(html).tags:
        name = "src" if tag in ("img", "script", "iframe") else "href" if tag in ("a", "link") else ""
        if attributes.get(name) and not attributes[name].startswith(("#", "data:")):
            found.append(urljoin(address, attributes[name]).partition("#")[0])
    return found


def _of_file(kind: str, answer: httpx.Response) -> list[str]:
    if kind == "application/pdf":
        return [] if answer.content.startswith(b"%PDF-") else ["is no PDF"]
    try:
        if kind == "application/json":
            json.loads(answer.text, parse_constant=_no_constant)
        if kind == "text/csv":
            rows = list(csv.reader(io.StringIO(answer.text), strict=True))
            return [] if rows and len({len(row) for row in rows}) == 1 else ["rows of different lengths"]
    except ValueError as error:
        return [f"cannot be read: {error}"]
    return [] if kind in ("application/json", "text/csv", "image/svg+xml", "text/css") else [f"is {kind}"]


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")

"""Links of a static page: one that leads to nothing that was written becomes plain words."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from posixpath import dirname, join, normpath
from urllib.parse import unquote

_LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#", re.IGNORECASE)


def without_dead(page: str, file: str, is_written: Callable[[str], bool]) -> str:
    """The page (HTML of ours, at the path `file`) whose relative links lead only to files that there are."""
    folder = dirname(file)

    def kept(found: re.Match[str]) -> str:
        address = html.unescape(found[1])
        if _ELSEWHERE.match(address):
            return found[0]
        path = normpath(join(folder, unquote(address.partition("#")[0])))
        return found[0] if is_written(path) else found[2]

    return _LINK.sub(kept, page)

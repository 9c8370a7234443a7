"""Where the lake's files lie: a local disk, or an object store by its address (`s3://bucket/folder`).

An object store is told where it is and who asks by the variables that every S3 client knows: `AWS_ENDPOINT_URL`,
`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_DEFAULT_REGION`. `python -m civicgauge.objectstore` makes the bucket
of CIVICGAUGE_LAKE where there is none, and says whether the lake can be written and read.
"""

from __future__ import annotations

import functools
import secrets
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from civicgauge._redaction import redact_text
from civicgauge.errors import CivicgaugeError, ConfigurationError, LakeUnreachable
from civicgauge.settings import Settings

_ABSENT = (FileNotFoundError, NotADirectoryError)


class Reached:
    """A remote file system whose failures are ours: LakeUnreachable, or ConfigurationError where access is refused.

    What is not there is still FileNotFoundError. No message holds a password that stands in the address.
    """

    def __init__(self, fs: Any, url: str) -> None:
        self._fs, self._url = fs, url

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._fs, name)

        @functools.wraps(call)
        def told(*arguments: Any, **options: Any) -> Any:
            try:
                return call(*arguments, **options)
            except _ABSENT:
                raise
            except PermissionError as error:
                words = f"CIVICGAUGE_LAKE: {shown(self._url)} refuses access: {_said(error, self._url)}"
                raise ConfigurationError(words) from _cause(error, self._url)
            except Exception as error:
                words = f"the lake {shown(self._url)} did not answer: {_said(error, self._url)}"
                raise LakeUnreachable(words) from _cause(error, self._url)

        return told


def shown(url: str) -> str:
    """The lake's address for people: without a name and a password before an @."""
    return redact_text(url)


def _secrets(url: str) -> tuple[str, ...]:
    """The name and the password in an address, as written and as meant."""
    userinfo = url.partition("://")[2].partition("/")[0].rpartition("@")[0]
    parts = [part for part in (userinfo, userinfo.partition(":")[2]) if part]
    return tuple({*parts, *map(unquote, parts)})


def _said(error: Exception, url: str) -> str:
    return redact_text(str(error), *_secrets(url))


def _cause(error: Exception, url: str) -> Exception | None:
    """What a log may show as the cause: nothing where it could repeat a password."""
    return None if _secrets(url) else error


def opened(url: str) -> tuple[Any, str, bool]:
    """(file system, root, whether it is a local disk) of an address; ConfigurationError where it cannot be used.

    Listings are never remembered: other processes write while this one lives.
    """
    from fsspec.core import url_to_fs

    try:
        fs, root = url_to_fs(url, use_listings_cache=False)
    except (ImportError, ValueError, OSError) as error:
        words = f"CIVICGAUGE_LAKE: {shown(url)!r} cannot be opened: {_said(error, url)}"
        raise ConfigurationError(words) from _cause(error, url)
    is_local = "file" in (fs.protocol if isinstance(fs.protocol, tuple) else (fs.protocol,))
    return (fs if is_local else Reached(fs, url)), str(root), is_local


def prepare(url: str) -> bool:
    """Make the bucket (or the folder) of the lake where there is none, and try to write; whether it was made."""
    fs, root, is_local = opened(url)
    place = root if is_local else root.split("/", 1)[0]
    made = not fs.exists(place)
    if made:
        fs.makedirs(place, exist_ok=True)
    probe = f"{root.rstrip('/')}/.civicgauge-probe-{secrets.token_hex(4)}"
    if is_local:
        fs.makedirs(root, exist_ok=True)
    fs.pipe_file(probe, b"civicgauge")
    fs.cat_file(probe)
    fs.rm(probe)
    return made


def main() -> int:
    """Prepare the lake of CIVICGAUGE_LAKE; 0, or the exit code of what went wrong."""
    try:
        url = Settings.from_environment().lake
        made = prepare(url)
    except CivicgaugeError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"{shown(url)} {'was made and ' if made else ''}can be written and read")
    return 0


if __name__ == "__main__":
    sys.exit(main())

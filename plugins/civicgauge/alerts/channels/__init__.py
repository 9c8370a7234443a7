"""Channels, one file each; the file's name is the channel that contacts name.

A new channel is one file here with a `CHANNEL` that keeps `Channel`, and a test; nothing else is touched. A file whose
name begins with _ is no channel.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from civicgauge.alerts.channels._form import (
    Bounced,
    Channel,
    Connection,
    DeliveryFailed,
    DeliveryRefused,
    Doubtful,
    NotOurs,
    Parcel,
    Way,
    WayDown,
    WayRefused,
)
from civicgauge.errors import ConfigurationError

__all__ = [
    "Bounced",
    "Channel",
    "Connection",
    "DeliveryFailed",
    "DeliveryRefused",
    "Doubtful",
    "NotOurs",
    "Parcel",
    "Way",
    "WayDown",
    "WayRefused",
    "channel",
    "channels",
]


@cache
def channels() -> dict[str, Channel]:
    """Every channel by its id, found by its file in this folder."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return {name: importlib.import_module(f"{__name__}.{name}").CHANNEL for name in names}


def channel(name: str) -> Channel:
    """The channel of that id; ConfigurationError naming the known ones otherwise."""
    try:
        return channels()[name]
    except KeyError:
        raise ConfigurationError(f"channel {name!r} is not one of: {', '.join(channels())}") from None

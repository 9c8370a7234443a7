"""The demo home, for what is kept and what goes."""

from __future__ import annotations

from tests.pipeline.conftest import demo

__all__ = ["demo"]

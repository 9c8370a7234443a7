"""Each file here holds a `router` of one page or a few, and is found: a new page is a file here and a template."""

from __future__ import annotations

import importlib
import pkgutil

from civicgauge.pages.sheets import PageRouter


def routers() -> dict[str, PageRouter]:
    """Every router by the name of its file."""
    names = sorted(each.name for each in pkgutil.iter_modules(__path__) if not each.name.startswith("_"))
    return {name: importlib.import_module(f"{__name__}.{name}").router for name in names}

"""What `civicgauge whatif` prints: level arithmetic on numbers that staff enter. Of no city, and stored nowhere."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import typer

from civicgauge.cli.show import print_json
from civicgauge.errors import ConfigurationError

if TYPE_CHECKING:
    from civicgauge.criteria import Standard
    from civicgauge.criteria.whatif import WhatIf

NOTICE = (
    "Arithmetic on numbers that staff entered: not stored, not exported, and nothing that is said of any city. "
    "Modelled on public descriptions; not affiliated with or endorsed by Bloomberg Philanthropies or Results for "
    "America."
)


def whatif(name: str, points: int | None, criteria: str | None, *, as_json: bool) -> int:
    """Print what these points (or the points of these codes) would come to; ConfigurationError for odd input."""
    from civicgauge.criteria import standards
    from civicgauge.criteria.whatif import what_if

    known = standards()
    if name not in known:
        raise ConfigurationError(f"--standard: {name!r} is not known; known are {', '.join(known)}")
    standard = known[name]
    result = what_if(standard, _points(standard, points, criteria))
    if as_json:
        print_json(_as_json(name, standard, result))
    else:
        for label, text in _lines(standard, result):
            typer.echo(f"{label:<17}{text}")
        typer.echo(f"\n{NOTICE}")
    return 0


def _points(standard: Standard, points: int | None, criteria: str | None) -> int:
    """The points to reckon with; where both are given they must agree."""
    from civicgauge.criteria.whatif import points_of

    if criteria is None:
        if points is None:
            raise ConfigurationError("give --points N, or --criteria CODE,CODE,...")
        return points
    counted = points_of(standard, [code for code in criteria.split(",") if code.strip()])
    if points is not None and points != counted:
        raise ConfigurationError(
            f"--points says {points}, --criteria names {counted}; give one of them, or make them agree"
        )
    return counted


def _lines(standard: Standard, result: WhatIf) -> list[tuple[str, str]]:
    from civicgauge.criteria import signal_sentence
    from civicgauge.criteria.whatif import NOT_MODELLED, RULE

    level = "none" if result.level is None else result.level.name
    onward = "there is none above"
    if result.next_level is not None:
        onward = f"{_counted(result.points_to_next or 0)} more to {result.next_level.name}"
    lines = [
        ("What if", f"{_counted(result.points)} of {standard.standard} {standard.version}, as entered"),
        ("Share", f"{result.points}/{result.of}, {_percent(result)} %"),
        ("Level", level),
        ("Next", onward),
        ("Lower bounds", ", ".join(_bound(level.name, level.at, inferred=level.inferred) for level in standard.levels)),
        ("Rule", RULE),
        ("Not modelled", NOT_MODELLED),
        ("On portals", signal_sentence(standard)),
    ]
    return lines + [("Not known", sentence) for sentence in standard.unknowns]


def _as_json(name: str, standard: Standard, result: WhatIf) -> dict[str, Any]:
    from civicgauge.criteria import signal_sentence
    from civicgauge.criteria.whatif import NOT_MODELLED, RULE

    return {
        "standard": name,
        "points": result.points,
        "of": result.of,
        "share": f"{result.points}/{result.of}",
        "percent": float(_percent(result)),
        "level": result.level and result.level.name,
        "next_level": result.next_level and result.next_level.name,
        "points_to_next": result.points_to_next,
        "levels": [{"name": v.name, "at": str(v.at), "inferred": v.inferred} for v in standard.levels],
        "rule": RULE,
        "not_modelled": NOT_MODELLED,
        "on_portals": signal_sentence(standard),
        "unknowns": standard.unknowns,
        "notice": NOTICE,
    }


def _percent(result: WhatIf) -> str:
    return f"{float(100 * result.share):.2f}"


def _counted(points: int) -> str:
    return "1 point" if points == 1 else f"{points} points"


def _bound(name: str, at: Decimal, *, inferred: bool) -> str:
    return f"{name} {float(100 * at):g} %" + (" (inferred)" if inferred else "")

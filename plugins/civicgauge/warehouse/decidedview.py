"""The view `v_indicator_decided`: measured and decided side by side, for every number that decisions change."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import sqlalchemy as sa

from civicgauge.warehouse.viewform import Out, View

NAME = "v_indicator_decided"
_KEY = ("day", "city_id", "indicator_id", "indicator_version")
_SIDES = ("status", "value", "value_low", "value_high", "n_unknown")


def decided(
    value: sa.Table,
    beside: sa.Table,
    shown: sa.Subquery,
    settled: Callable[[sa.Table], Iterable[sa.ColumnElement[bool]]] | None,
) -> View:
    """The view over the shown days; `settled` gives further conditions on `decided_value`; None: there are none."""
    same = sa.and_(*(beside.c[name] == value.c[name] for name in _KEY))
    of_day = sa.and_(shown.c.city_id == value.c.city_id, shown.c.day == value.c.day)
    origin = sa.join(sa.join(value, beside, same), shown, of_day)
    outs = [Out(name, value.c[name], value.c[name].comment or "", is_key=True) for name in _KEY]
    outs += [Out(name, value.c[name], value.c[name].comment or "") for name in ("as_of", "unit", "direction")]
    for name in _SIDES:
        outs.append(Out(f"measured_{name}", value.c[name], f"as measured: {value.c[name].comment}"))
        outs.append(Out(f"decided_{name}", beside.c[name], f"as decided: {beside.c[name].comment}"))
    outs.append(Out("difference", beside.c.value - value.c.value, "the decided value less the measured one"))
    outs.append(Out("decisions", beside.c.decisions, beside.c.decisions.comment or ""))
    statement = sa.select(value).select_from(origin).where(*(settled(beside) if settled else ()))
    chosen = statement.with_only_columns(*(out.expression.label(out.name) for out in outs), maintain_column_froms=True)
    comment = (
        "One row per number that decisions change, of every shown day: measured and decided side by side. Lists sort "
        "and compare by what was measured."
    )
    return View(NAME, comment, tuple(out.info for out in outs), chosen)

"""A city on one sheet of paper, for whoever leads it: three things to do, what peers do, what is good already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from civicgauge import clean
from civicgauge.comparison import World, compared
from civicgauge.criteria import signal_sentence, standards
from civicgauge.indicators import Indicator
from civicgauge.pipeline.bandplaces import band_place
from civicgauge.pipeline.comparing import meanings
from civicgauge.pipeline.showing import texts
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.beside import world_of
from civicgauge.pipeline.showing.city import unread, values_of
from civicgauge.pipeline.showing.examples import example_of
from civicgauge.pipeline.showing.forms import Mend, Value, Viewer
from civicgauge.pipeline.showing.packforms import BriefPage, Distribution, Nameless, Thing
from civicgauge.pipeline.showing.packwords import HOW_LONG, leader_of
from civicgauge.pipeline.showing.seeing import Known
from civicgauge.pipeline.showing.steps import Steps, next_steps

Row = Mapping[str, Any]
MOST_THINGS, _MOST_TITLES, _MOST_GOOD = 3, 3, 2
_TITLE = 60
_QUANTILES = ("p25", "median", "p75")
_NEVER = "This city was never measured, so nothing can be said of it yet."
_NOTHING = "Nothing that can be seen from outside needs mending."
_UNSEEN = "Too little could be seen from outside to say what would help most. To make it visible comes first."
TOO_FEW = "Too few comparable cities can be read to show how others stand."


def brief(base: Base, viewer: Viewer, city_id: str, as_of: str | None) -> BriefPage:
    """See `Shown.brief`."""
    known, run = base.shown_city(viewer, city_id, as_of)
    if run is None:
        return _never(known)
    values = values_of(base, city_id, run["day"], None)
    apply = [each for each in values if each.status != "not_applicable"]
    readable = [each for each in apply if each.status == "ok"]
    steps = next_steps(base, run)
    chosen = _three(steps.mends)
    things = tuple(_thing(base, viewer, mend, run, as_of) for mend in chosen)
    good = _good(readable, {each.indicator_id for each in chosen})
    return BriefPage(
        city=known.line(run),
        as_of=run["as_of"],
        things=things,
        n_more=max(len(steps.mends) - len(things), 0) + steps.n_more,
        no_things=None if things else _no_things(steps, readable),
        good=good,
        gains={each.indicator_id: texts.indicators()[each.indicator_id].gain for each in good},
        n_readable=len(readable),
        n_apply=len(apply),
        unknown=tuple(Counter(each.why for each in apply if each.status != "ok").most_common()),
        unread=tuple(unread(base, viewer, known, run)),
        reach=reach(),
    )


def _three(mends: Sequence[Mend]) -> list[Mend]:
    """The first three; of those that ask the same people for the same reason, the first alone: they are one thing."""
    found: dict[tuple[str, str], Mend] = {}
    for mend in mends:
        leader = leader_of(texts.indicators()[mend.indicator_id])
        found.setdefault((leader.why, leader.who), mend)
    return [*found.values()][:MOST_THINGS]


def reach() -> str:
    """How much of the standard that is in force a portal can show at all."""
    return signal_sentence(standards()[texts.OWN_STANDARD])


def _never(known: Known) -> BriefPage:
    return BriefPage(
        city=known.line(None),
        as_of=None,
        things=(),
        n_more=0,
        no_things=_NEVER,
        good=(),
        gains={},
        n_readable=0,
        n_apply=0,
        unknown=(),
        unread=(),
        reach=reach(),
    )


def _no_things(steps: Steps, readable: Sequence[Value]) -> str:
    if steps.why_none:
        return steps.why_none
    return _NOTHING if any(each.direction != "neutral" for each in readable) else _UNSEEN


def _good(readable: Sequence[Value], without: set[str]) -> tuple[Value, ...]:
    """What stands wholly in its best band, what users gain most from first."""
    told = texts.indicators()
    found = [
        each
        for each in readable
        if each.indicator_id not in without
        and each.indicator_id in told
        and each.direction != "neutral"
        and (place := band_place(each.indicator_id, each.band or ""))[1]
        and not place[0]
    ]
    found.sort(key=lambda each: (-told[each.indicator_id].benefit, texts.place_of(each.indicator_id)))
    return tuple(found[:_MOST_GOOD])


def _thing(base: Base, viewer: Viewer, mend: Mend, run: Row, as_of: str | None) -> Thing:
    indicator = texts.indicators()[mend.indicator_id]
    leader = leader_of(indicator)
    return Thing(
        indicator_id=mend.indicator_id,
        title=mend.title,
        ask=leader.ask,
        gain=mend.gain,
        why=leader.why,
        how_long=HOW_LONG[mend.effort],
        who=leader.who,
        n_concerned=mend.n_concerned,
        n_known=mend.n_known,
        datasets=tuple(clean.line(line.title, _TITLE) for line in mend.datasets[:_MOST_TITLES]),
        peers=_peers(base, indicator, run["city_id"], as_of),
        example=example_of(base, viewer, indicator, run["day"], as_of, {run["city_id"]}),
    )


def _peers(base: Base, indicator: Indicator, city_id: str, as_of: str | None) -> Distribution | None:
    """Comparable cities as everybody may see them, whoever asks, for the sheet goes on to others.

    None where the city has no such number. Names are left behind here.
    """
    public = base.seeing.public()
    key = ("public world", indicator.id, as_of, base.seeing.version())
    numbers, world = base.kept.lists.get(key, lambda: world_of(base, indicator.id, as_of, public))
    if city_id not in world.cities:
        return None
    rows, strips = _compared(world, city_id, indicator)
    if rows is None:
        return None
    mine = {row["city_id"]: row for row in numbers.rows if _is_of(row, rows)}
    ids = [city_id, *(row["peer_id"] for row in strips if _is_of(row, rows))]
    quantiles = None if rows["median"] is None else {name: rows[name] for name in _QUANTILES}
    return Distribution(
        group=rows["group_title"],
        unit=rows["unit"],
        direction=rows["direction"],
        dots=tuple(sorted((_nameless(mine[each], is_here=each == city_id) for each in ids), key=_order)),
        quantiles=quantiles,
        n_readable=rows["n_readable"] if len(ids) > 1 or quantiles else 0,
        none_because=None if len(ids) > 1 or quantiles else TOO_FEW,
    )


def _compared(world: World, city_id: str, indicator: Indicator) -> tuple[Row | None, Sequence[Row]]:
    rows, strips = compared(world, city_id, meanings(), world.group_of(world.cities[city_id]))
    return next((row for row in reversed(rows) if row["indicator_id"] == indicator.id), None), strips


def _is_of(row: Row, told: Row) -> bool:
    return all(row[name] == told[name] for name in ("indicator_id", "indicator_version"))


def _nameless(row: Row, *, is_here: bool = False) -> Nameless:
    return Nameless(row["value"], row["value_low"], row["value_high"], is_here)


def _order(dot: Nameless) -> tuple[float, float, float]:
    """By the numbers, so that the order of cities tells nothing of them."""
    return tuple(float("inf") if each is None else each for each in (dot.value, dot.low, dot.high))  # type: ignore[return-value]

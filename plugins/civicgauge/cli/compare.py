"""What `civicgauge compare` prints: a city beside its peers, without ranks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from civicgauge.cli.show import Audience, print_json
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.words import NOTICE, number, reading_place

Row = dict[str, Any]
_WIDTH = 132
_POSITIONS = {
    "below the middle half": "it is below",
    "above the middle half": "it is above",
    "not told apart from the middle half": "not told apart",
}
_STATUSES = {
    "insufficient": "too much is unknown",
    "not_measured": "not measured",
    "not_applicable": "applies to nothing",
    "error": "could not be computed",
}


def compare(city: str, as_of: str | None, cohort: str | None, audience: Audience, *, as_json: bool) -> int:
    """Print the comparison of one city; ConfigurationError where the audience may not see it."""
    from civicgauge.pipeline import comparing
    from civicgauge.pipeline.exporting import shown_to

    context = Context.from_environment()
    name = context.city(city).name
    rows, strips = comparing.compare(context, audience.value, as_of, city_ids=[city], cohort_id=cohort)
    if not rows and city not in shown_to(context, audience.value) and city in shown_to(context, Audience.STAFF.value):
        raise ConfigurationError(
            f"{city} is not shown to the audience {audience.value}; staff see it: --audience staff"
        )
    if as_json:
        print_json({"comparison": rows, "comparison_strip": strips})
    elif not rows:
        typer.echo(f"no measured day of {city}; run `civicgauge observe {city}` first", err=True)
    else:
        _print(name, rows, strips)
    return 0


def _print(name: str, rows: Sequence[Row], strips: Sequence[Row]) -> None:
    from civicgauge.indicators import discover

    console = Console()
    if not console.is_terminal:  # a file or a pipe has no width of its own
        console = Console(width=_WIDTH)
    titles = {indicator.id: indicator.title for indicator in discover()}
    rows = _newest_versions(rows)
    order = {indicator_id: (reading_place(indicator_id), place) for place, indicator_id in enumerate(titles)}
    for group_id in dict.fromkeys(row["group_id"] for row in rows):
        chosen = [row for row in rows if row["group_id"] == group_id]
        chosen.sort(key=lambda row: order.get(row["indicator_id"], (len(order), 0)))
        console.print(_heading(name, chosen), highlight=False, soft_wrap=False)
        for line in _platforms(chosen, titles):
            console.print(line, style="dim", highlight=False)
        console.print(_table(chosen, titles))
        if any(row["reason"] == "too_few_for_quantiles" for row in chosen):
            console.print("[bold]Peers by name[/bold], in the order of their names")
            console.print(_named(chosen, [row for row in strips if row["group_id"] == group_id], titles))
    console.print(NOTICE, style="dim")


def _newest_versions(rows: Sequence[Row]) -> list[Row]:
    """Of each group and indicator the row of the newest version; a day computed again keeps the older ones beside."""
    return list({(row["group_id"], row["indicator_id"]): row for row in _by_version(rows)}.values())


def _by_version(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["group_id"], row["indicator_id"], row["indicator_version"]))


def _heading(name: str, rows: Sequence[Row]) -> str:
    """Who stands beside the city, and how they were found."""
    first = rows[0]
    n_peers = max(row["n_peers"] for row in rows)
    lines = [f"[bold]{escape(name)} ({first['city_id']}), {first['day']}, beside {_cities(n_peers)}[/bold]"]
    lines.append(f"Peer group: {escape(first['group_title'])}.")
    if widened := json.loads(first["widened"]):
        lines.append(f"Too few cities are closer to it, so the group was widened to {', '.join(widened)}.")
    if older := max(row["n_older"] for row in rows):
        lines.append(f"Left out, last measured more than 45 days away: {_cities(older)}.")
    return "\n".join(lines)


def _cities(count: int) -> str:
    return f"{count} {'city' if count == 1 else 'cities'}"


def _platforms(rows: Sequence[Row], titles: dict[str, str]) -> Iterator[str]:
    """What must be read before cities on different platforms are compared: each text once, with its indicators."""
    by: dict[str, list[str]] = {}
    for row in rows:
        if row["sentence"]:
            by.setdefault(row["sentence"], []).append(_title(row, titles))
    if by:
        yield "\nPlatforms are mixed in this group, and do not show the same:"
    for sentence, names in by.items():
        yield escape(f"- {', '.join(names)}. {sentence}")


def _title(row: Row, titles: dict[str, str]) -> str:
    indicator_id = str(row["indicator_id"])
    return titles.get(indicator_id, indicator_id)


def _table(rows: Sequence[Row], titles: dict[str, str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    has_middle = any(row["p25"] is not None for row in rows)
    table.add_column("Indicator", min_width=16)
    table.add_column("This city", justify="right", min_width=9)
    if has_middle:
        table.add_column("Middle half of peers", justify="right", min_width=14)
    table.add_column("Peers by band, ▸ its own", min_width=12)
    table.add_column("Intervals overlap", justify="right", min_width=8)
    table.add_column("Note", min_width=14)
    for row in rows:
        less = " (less is better)" if row["direction"] == "lower_is_better" else ""
        middle = (_middle(row),) if has_middle else ()
        overlap = "" if row["n_overlapping"] is None else f"{row['n_overlapping']} of {row['n_readable']}"
        cells = (_title(row, titles) + less, _own(row), *middle, _bands(row), overlap, _note(row))
        table.add_row(*(escape(text) for text in cells))
    return table


def _middle(row: Row) -> str:
    """The middle half of the peers, and below it where the city lies."""
    if row["p25"] is None:
        return ""
    span = _span(row["p25"], row["p75"], row["unit"])
    return f"{span}\n{_POSITIONS[row['position']]}" if row["position"] else span


def _own(row: Row) -> str:
    """The value with its interval; the interval alone where too much is unknown."""
    low, high, unit = row["value_low"], row["value_high"], row["unit"]
    value = number(row["value"], unit) or "–"
    if (low is None and high is None) or low == high:
        return value
    return f"{value}\n{_span(low, high, unit)}"


def _span(low: float | None, high: float | None, unit: str) -> str:
    """Both ends, the unit of a share once."""
    first, last = number(low, unit) or "?", number(high, unit) or "no limit"
    return first if first == last else f"{first.removesuffix(' %') if last.endswith(' %') else first} to {last}"


def _bands(row: Row) -> str:
    counts = json.loads(row["bands"]) if row["bands"] else {}
    told = ((name, count) for name, count in counts.items() if count or name == row["band"])
    return ", ".join(f"{'▸' if name == row['band'] else ''}{name} {count}" for name, count in told)


def _note(row: Row) -> str:
    """Why something is not said, in words."""
    notes = [_STATUSES[row["status"]]] if row["status"] in _STATUSES and row["reason"] != "hidden_by_platform" else []
    if row["reason"] == "hidden_by_platform":
        return "hidden by the platform, so not compared"
    if row["platform_only"]:
        notes.append(f"beside {row['platform_only'].replace('+', ' and ')} alone: others hide it")
    if row["reason"] == "too_few_peers":
        notes.append(f"{row['n_readable']} of {row['n_peers']} peers readable: too few to compare")
    elif row["reason"] == "too_few_for_quantiles":
        notes.append(f"{row['n_readable']} peers: named below")
    elif row["n_readable"] < row["n_peers"]:
        notes.append(f"{row['n_readable']} of {row['n_peers']} peers readable")
    if row["n_other_version"]:
        notes.append(f"{row['n_other_version']} measured by another version")
    notes += [f"{platform}: median {number(told['median'], row['unit'])}" for platform, told in _medians(row)]
    return "; ".join(notes)


def _medians(row: Row) -> Iterable[tuple[str, dict[str, Any]]]:
    told = json.loads(row["platforms"]) if row["platforms"] else {}
    return [(platform, each) for platform, each in told.items() if each["median"] is not None]


def _named(rows: Sequence[Row], strips: Sequence[Row], titles: dict[str, str]) -> Table:
    """The peers one by one, by name and never by value, where they are too few for quantiles."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(min_width=24, max_width=36)
    table.add_column()
    for row in rows:
        if row["reason"] == "too_few_for_quantiles":
            peers = [s for s in strips if _is_beside(s, row)]
            told = (f"{s['peer_name']} {_in_line(s, row['unit'])}" for s in sorted(peers, key=lambda s: s["peer_name"]))
            table.add_row(escape(_title(row, titles)), escape("; ".join(told)))
    return table


def _is_beside(strip: Row, row: Row) -> bool:
    return all(strip[key] == row[key] for key in ("indicator_id", "indicator_version"))


def _in_line(peer: Row, unit: str) -> str:
    value, _, between = _own({**peer, "unit": unit}).partition("\n")
    return f"{value} ({between})" if between else value

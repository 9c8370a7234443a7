"""What certification staff ask for: criteria, the datasets behind a number, what changed, and the report to a city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from civicgauge import clean
from civicgauge.cli import show
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.words import CONTRADICTED, NOTICE, number

if TYPE_CHECKING:
    from civicgauge.comparison import PeerSetChange
    from civicgauge.criteria.assess import CriterionEvidence, DocumentLook

_STANCES = {"in_line": "in line", "differs": "differs", "not_observed": "not observed here"}
_BASES = {"automatic": "nearly all can be seen", "partial": "a part can be seen", "attested": "only people can tell"}
_WIDTH, _LONGEST = 128, 2_000


def console_of() -> Console:
    """The terminal; a file or a pipe has no width of its own."""
    console = Console()
    return console if console.is_terminal else Console(width=_WIDTH)


def _day(context: Context, city: str, as_of: str | None) -> date:
    """The newest measured day of the city, not after `as_of`."""
    from civicgauge.pipeline.observing import cities_of

    days = show.newest_days(context, cities_of(context, [city]), as_of)
    if city not in days:
        raise ConfigurationError(f"{city}: no measured day in the warehouse; run `civicgauge observe {city}` first")
    return days[city]


def table_of(title: str, *columns: str) -> Table:
    """A table as all of these commands print theirs."""
    table = Table(title=escape(title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def criteria(city: str, standard: str, as_of: str | None, *, as_json: bool) -> int:
    """Print what the city's numbers say of each criterion of a standard."""
    from civicgauge.criteria import signal_sentence, standards
    from civicgauge.criteria.assess import summary
    from civicgauge.indicators import discover
    from civicgauge.pipeline.assessing import documents_of, evidence_of, is_contradicted, row_of
    from civicgauge.pipeline.reviewing.attestations import holding

    known = standards()
    if standard not in known:
        raise ConfigurationError(f"--standard: {standard!r} is none of {', '.join(known)}")
    context = Context.from_environment()
    day = _day(context, city, as_of)
    about_city = context.city(city)
    with context.warehouse() as warehouse:
        values, run = warehouse.indicator_values(city, day), warehouse.current_run(city, day)
        attested = holding(warehouse, about_city, day)
    documents = documents_of(context, about_city, run.catalog_attempt if run else None)
    found = evidence_of(attested, values, documents)[standard]
    if as_json:
        show.print_json([row_of(each) | {"city_id": city, "day": day} for each in found])
        return 0
    about, titles = known[standard], {indicator.id: indicator.title for indicator in discover()}
    console = console_of()
    table = table_of(
        f"{context.city(city).name} ({city}), {day}: {about.standard} {about.version}",
        "Criterion", "", "Observed", "By these numbers", "Attested",
    )  # fmt: skip
    for each in found:
        if each.basis == "attested" and not (each.attestation or each.lapsed or each.documents):
            continue
        lines = [_number(o, titles) for o in each.observations if o.stance is not None]
        numbers = "\n".join([*lines, *(_document(look) for look in each.documents)])
        said = _attested(each) + (f"\n{CONTRADICTED}" if is_contradicted(each) else "")
        observed = "" if each.basis == "attested" else _STANCES[each.stance]
        table.add_row(each.criterion.code, each.criterion.name, observed, numbers or _BASES[each.basis], said)
    console.print(table)
    for line in (f"{summary(about, found)}.", signal_sentence(about), about.disclaimer, NOTICE):
        console.print(line, style="dim", highlight=False)
    return 0


def _attested(each: CriterionEvidence) -> str:
    if attested := each.attestation:
        return f"{_STANCES[attested.stance]} ({escape(attested.by)}, until {attested.until})"
    return f"attested until {each.lapsed}, expired" if each.lapsed else ""


def _document(look: DocumentLook) -> str:
    """Whether its address answers, and nothing of what it says."""
    if look.state is None:
        return f"{look.title}: address not tried yet"
    since = f" since {look.since}" if look.since != look.checked_on else ""
    return f"{look.title}: address {look.state}{since}, tried {look.checked_on}"


def _number(observation: Any, titles: dict[str, str]) -> str:
    value = observation.value
    row = {name: getattr(value, name) for name in value.__slots__}
    shown, between, _, note = show.cells(row)
    return f"{titles[value.indicator_id]}: {shown}{f' ({between})' if between else ''}{f', {note}' if note else ''}"


def evidence(city: str, indicator: str, as_of: str | None, *, as_json: bool) -> int:
    """Print the datasets behind a number."""
    from civicgauge.pipeline import withdrawn
    from civicgauge.pipeline.judging import read_parts
    from civicgauge.pipeline.purging import remarks

    context = Context.from_environment()
    day = _day(context, city, as_of)
    with context.warehouse() as warehouse:
        run = warehouse.current_run(city, day)
        titles = {(row["portal_id"], row["dataset_id"]): row for row in warehouse.rows("dataset", city_ids=[city])}
        values = {value.indicator_id: value for value in warehouse.indicator_values(city, day)}
    if indicator not in values:
        raise ConfigurationError(f"{indicator!r} was not measured for {city} on {day}; known: {', '.join(values)}")
    parts = read_parts(context, (run and run.results_attempt) or "")
    parts = [p for p in parts if (p["indicator_id"], p["indicator_version"]) == _key(values[indicator])]
    if as_json:
        show.print_json(parts)
        return 0
    table = table_of(
        f"{indicator} version {values[indicator].indicator_version}, {city}, {day}", "Dataset", "", "Verdict"
    )
    table.add_column("Its own", justify="right")
    order = {"failed": 0, "partly": 1, "unknown": 2, "undecided": 3, "passed": 4}
    for part in sorted(parts, key=lambda p: (order[p["verdict"]], p["portal_id"], p["dataset_id"])):
        row = titles.get((part["portal_id"], part["dataset_id"]))
        own = number(part["value"], values[indicator].unit) or ""
        names = (f"{part['portal_id']}/{part['dataset_id']}", (row and row["title"]) or "")
        table.add_row(*(escape(clean.line(each, _LONGEST)) for each in names), part["verdict"], own)
    console = console_of()
    console.print(table)
    for remark in remarks(withdrawn.of_city(context.lake, city), day.isoformat()):
        console.print(remark, highlight=False, markup=False)
    console.print(NOTICE, style="dim")
    return 0


def _key(value: Any) -> tuple[str, int]:
    return value.indicator_id, value.indicator_version


def changes(city: str, first: str, last: str, *, as_json: bool) -> int:
    """Print what changed between two days, and why; and how its peers changed, by what everyone may see of them."""
    from civicgauge.indicators import discover
    from civicgauge.pipeline.changing import changes as changed
    from civicgauge.pipeline.comparing import changes_of_peers
    from civicgauge.pipeline.days import day_of

    context = Context.from_environment()
    rows = changed(context, city, day_of(first, "--from"), day_of(last, "--to"))
    peers = changes_of_peers(context, "public", city, first, last)
    if as_json:
        show.print_json(
            {"changes": rows, "peers": [asdict(each) | {"moved": each.moved_by_peer_set} for each in peers]}
        )
        return 0
    indicators = {indicator.id: indicator for indicator in discover()}
    table = table_of(f"{context.city(city).name} ({city}), from {first} to {last}", "Indicator")
    for name in ("Before", "After", "Change", "Data", "Seen", "Method"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Which", overflow="fold")
    told = 0
    for row in rows:
        indicator = indicators.get(row["indicator_id"])
        if row["delta"] == 0 and not row["moved"]:
            continue
        unit = indicator.unit if indicator else "cycles"
        before, after = (number(row[f"{side}_value"], unit) or "–" for side in ("first", "second"))
        deltas = [_signed(row[name], unit) for name in ("delta", "delta_data", "delta_coverage", "delta_method")]
        why = "; ".join(filter(None, [row["moved"], row["note"]]))
        table.add_row(indicator.title if indicator else row["indicator_id"], before, after, *deltas, why)
        told += 1
    console = console_of()
    console.print(table)
    for line in _of_peers(peers):
        console.print(line, highlight=False)
    console.print(f"{len(rows) - told} of {len(rows)} indicators did not change.", style="dim", highlight=False)
    console.print(NOTICE, style="dim")
    return 0


def _of_peers(peers: Sequence[PeerSetChange]) -> Iterator[str]:
    """Who joined and left the peer group, and which medians moved by that alone."""
    if not peers:
        return
    joined, left = sorted({c for each in peers for c in each.joined}), sorted({c for each in peers for c in each.left})
    if not joined and not left:
        yield "The peer group is the same."
        return
    yield f"Peer group: joined {', '.join(joined) or 'none'}; left {', '.join(left) or 'none'}."
    for each in peers:
        if each.moved_by_peer_set:
            yield f"  {each.indicator_id}: the peers' median moved by {each.moved_by_peer_set:+.3g} for that alone"


def _signed(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    shown = number(abs(value), unit) or ""
    return f"+{shown}" if value > 0 else f"-{shown}" if value < 0 else "0"


def feedback(city: str, as_of: str | None, *, as_json: bool) -> int:
    """Print the report to a city as Markdown."""
    from civicgauge.pipeline.feedback import feedback as report
    from civicgauge.pipeline.feedback_text import markdown

    context = Context.from_environment()
    found = report(context, city, _day(context, city, as_of))
    if as_json:
        items = [
            {
                "indicator_id": item.indicator.id,
                "indicator_version": item.indicator.version,
                "benefit": item.indicator.benefit,
                "effort": item.indicator.effort,
                "n_concerned": item.n_concerned,
                "n_known": item.n_known,
                "datasets": [asdict(each) for each in item.concerned],
                "steps": item.steps,
                "promise": item.promise,
            }
            for item in found.items
        ]
        show.print_json({"city_id": city, "day": found.day, "items": items, "unseen": [i.id for i in found.unseen]})
        return 0
    typer.echo(markdown(found, context.settings.contact, NOTICE), nl=False)
    return 0

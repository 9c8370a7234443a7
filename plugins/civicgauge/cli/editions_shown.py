"""What `civicgauge edition list`, `show` and `verify` print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from civicgauge import clean
from civicgauge.cli.show import print_json
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.words import NOTICE, number, reading_place, why
from civicgauge.review import editions as rules
from civicgauge.warehouse import Warehouse

Row = dict[str, Any]
_WIDTH, _LONGEST, _SHORT = 150, 500, 12
_NUMBERS = ("Measured", "As decided", "Corrected", "Was")
_LEAST = {"Indicator": 30}
_WHOLE = frozenset(("City", "Day", "Id", "As of", "When", "State", "Numbers", *_NUMBERS))


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=_WIDTH)


def _print(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    table = Table(title=escape(title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in _WHOLE, min_width=_LEAST.get(column))
    for row in rows:
        table.add_row(*("" if cell is None else escape(clean.line(str(cell), _LONGEST)) for cell in row))
    _console().print(table)


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def titles() -> dict[str, str]:
    from civicgauge.indicators import discover

    return {each.id: each.title for each in discover()}


def told(shown: Row, unit: str) -> str:
    """A number with its bounds, as text; why there is none, where there is none."""
    low, high = number(shown["low"], unit), number(shown["high"], unit)
    between = f" ({low or '?'} to {high or 'no limit'})" if (low or high) and low != high else ""
    return f"{number(shown['value'], unit) or shown['status'].replace('_', ' ')}{between}"


def listed(*, as_json: bool) -> int:
    """Print every edition."""
    with Context.from_environment().warehouse() as warehouse:
        rows = warehouse.reviews.rows("edition")
        for row in rows:
            signatures = warehouse.reviews.rows("edition_signature", edition_id=row["edition_id"])
            row["signatures"] = len(rules.counting(row, signatures))
            row["cities"] = len(warehouse.reviews.rows("edition_city", edition_id=row["edition_id"]))
    if as_json:
        print_json(rows)
    elif not rows:
        typer.echo("no edition yet; civicgauge edition open makes one", err=True)
    else:
        columns = ("Id", "Title", "As of", "State", "Cities", "Preview until", "Signed by", "Kept until")
        names = ("edition_id", "title", "as_of", "state", "cities", "preview_until", "signatures", "keep_until")
        _print("Editions", columns, [[row[name] for name in names] for row in rows])
    return 0


def shown(edition_id: str, city: str | None, *, as_json: bool) -> int:
    """Print an edition, or one city's numbers in it."""
    from civicgauge.pipeline.reviewing.editions import edition_of
    from civicgauge.pipeline.reviewing.errata import errata_of

    with Context.from_environment().warehouse() as warehouse:
        edition = edition_of(warehouse.reviews, edition_id)
        where = {"edition_id": edition_id} | ({"city_id": city} if city else {})
        tables = ("edition_city", "edition_value", "edition_signature", "dispute")
        found = {
            name: warehouse.reviews.rows(name, **(where if name != "edition_signature" else {"edition_id": edition_id}))
            for name in tables
        }
        found["erratum"] = [row for row in errata_of(warehouse.reviews, edition_id) if city in (None, row["city_id"])]
        if city and not found["edition_city"]:
            raise ConfigurationError(f"{city!r} is no city of {edition_id}; see `civicgauge edition show {edition_id}`")
        if as_json:
            print_json({"edition": edition, **found})
        elif city:
            _print_numbers(found)
        else:
            print_cities(warehouse, edition)
            _print_judged(edition, found)
    return 0


def print_cities(warehouse: Warehouse, edition: Row) -> None:
    where = {"edition_id": edition["edition_id"]}
    reviews = warehouse.reviews
    values = reviews.rows("edition_value", **where)
    numbers = Counter(row["city_id"] for row in values)
    changed = Counter(row["city_id"] for row in values if row["decided_status"] is not None)
    contested = Counter(row["city_id"] for row in reviews.rows("dispute", **where) if row["state"] == "open")
    errata = Counter(row["city_id"] for row in reviews.rows("erratum", **where))
    rows = [
        [
            row["city_id"], row["name"], row["measured_on"], row["outcome"] or row["problem"],
            numbers[row["city_id"]] or "", changed[row["city_id"]] or "", contested[row["city_id"]] or "",
            errata[row["city_id"]] or "",
        ]
        for row in reviews.rows("edition_city", **where)
    ]  # fmt: skip
    title = f"{edition['title']} ({edition['edition_id']}), as of {edition['as_of']}: {edition['state']}"
    _print(title, ("City", "", "Day", "", "Numbers", "As decided", "Contested", "Corrected"), rows)


def _print_judged(edition: Row, found: dict[str, list[Row]]) -> None:
    if disputes := found["dispute"]:
        columns = ("Id", "City", "Phase", "When", "Claim", "State", "Answer")
        rows = [
            [d["dispute_id"], d["city_id"], d["phase"], _minute(d["made_at"]), d["claim"], d["state"], d["answer"]]
            for d in disputes
        ]
        _print("Disputes", columns, rows)
    if signatures := found["edition_signature"]:
        counts = {row["number"] for row in rules.counting(edition, signatures)}
        rows = [
            [s["name"], s["role"], _minute(s["signed_at"]), s["content_digest"][:_SHORT],
             "counts" if s["number"] in counts else "lapsed: the content changed"]
            for s in signatures
        ]  # fmt: skip
        _print("Signatures", ("Name", "Role", "When", "Content", ""), rows)
    if errata := found["erratum"]:
        units = {(v["city_id"], v["indicator_id"]): v["unit"] for v in found["edition_value"]}
        names_of = titles()
        rows = [[e["erratum_id"], e["city_id"], names_of.get(e["indicator_id"], e["indicator_id"]),
                 *_both(e, units[e["city_id"], e["indicator_id"]]), _minute(e["made_at"]), e["reason"]]
                for e in errata]  # fmt: skip
        _print("Errata", ("Id", "City", "Indicator", "Was", "Corrected", "When", "Why"), rows)
    for name, words in (
        ("content_digest", "Content"),
        ("preview_until", "Preview until"),
        ("keep_until", "Kept until"),
    ):
        if edition[name] is not None:
            typer.echo(f"{words}: {edition[name]}")
    _console().print(NOTICE, style="dim")


def _both(erratum: Row, unit: str) -> list[str]:
    names = ("value", "status", "low", "high")
    return [told({n: erratum[f"{side}_{n}"] for n in names}, unit) for side in ("old", "new")]


def _print_numbers(found: dict[str, list[Row]]) -> None:
    """One city's numbers: as measured, as decided, as corrected."""
    names_of, (city,) = titles(), found["edition_city"]
    newest = {(e["indicator_id"], e["indicator_version"]): e for e in found["erratum"]}
    order = {indicator_id: (reading_place(indicator_id), place) for place, indicator_id in enumerate(names_of)}
    rows = []
    for row in sorted(found["edition_value"], key=lambda r: order.get(r["indicator_id"], (len(order), 0))):
        unit, erratum = row["unit"], newest.get((row["indicator_id"], row["indicator_version"]))
        measured = {"value": row["value"], "status": row["status"], "low": row["value_low"], "high": row["value_high"]}
        rows.append([
            names_of.get(row["indicator_id"], row["indicator_id"]),
            told(measured, unit),
            told(rules.as_shown(row), unit) if row["decided_status"] is not None else "",
            _both(erratum, unit)[1] if erratum else "",
            why(row["status"], row["reason"]),
        ])  # fmt: skip
    columns = ("Indicator", "Measured", "As decided", "Corrected", "Note")
    used = [n for n, column in enumerate(columns) if column in ("Indicator", "Measured") or any(row[n] for row in rows)]
    day = city["measured_on"] or city["problem"]
    title = f"{city['name']} ({city['city_id']}), {day}"
    _print(title, [columns[n] for n in used], [[row[n] for n in used] for row in rows])
    _console().print(NOTICE, style="dim")


def verified(edition_id: str, at: datetime, *, as_json: bool) -> int:
    """Verify an edition; 1 where anything is not as it was."""
    from civicgauge.pipeline.reviewing import proving

    found = proving.verified(Context.from_environment(), edition_id, at.date())
    if as_json:
        print_json(asdict(found))
        return 1 if found.findings else 0
    for title, rows in (("Not as it was", found.findings), ("Withdrawn since, by its city", found.withdrawn)):
        if rows:
            lines = [[each.city_id, each.folder, each.file, each.told] for each in rows]
            _print(title, ("City", "Folder", "File", "What"), lines)
    n_findings = len(found.findings)
    n_cities = f"{found.cities} {'city' if found.cities == 1 else 'cities'}"
    whole = f"{n_findings} {'is' if n_findings == 1 else 'are'} not as it was" if n_findings else "all as it was"
    more = f"; of {found.let_go} cities the evidence is past its time" if found.let_go else ""
    typer.echo(
        f"{edition_id} ({found.edition['state']}): {n_cities}, {found.files} files, {found.numbers} numbers, "
        f"{found.measured_again} of them measured again from their evidence: {whole}{more}"
    )
    return 1 if found.findings else 0

"""What `civicgauge effect ...` does and prints. For staff; what people register is kept with their role.

The time of an act is the clock's own: no option can say that something was registered earlier than it was.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from civicgauge import clean
from civicgauge.cli.show import print_json
from civicgauge.pipeline.context import Context, utc_now

if TYPE_CHECKING:
    from civicgauge.effects.verdict import Verdict
    from civicgauge.pipeline.reviewing.effects import Answered, Looked

app = typer.Typer(
    no_args_is_help=True, help="Whether a programme made a difference: registered before it is looked at."
)

File = Annotated[Path, typer.Argument(metavar="FILE", help="A plan, as YAML.")]
PlanId = Annotated[str, typer.Argument(metavar="PLAN", help="A registered plan's id.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Plot = Annotated[Path | None, typer.Option("--plot", metavar="FILE", help="Draw it, as .svg or .png.")]
Folder = Annotated[Path, typer.Option("--folder", metavar="DIR", help="What paths of CSV files are relative to.")]
By = Annotated[str, typer.Option("--by", help="Who, by role; never a name or an address.")]
City = Annotated[str | None, typer.Option("--city", help="A city id.")]


@app.command()
def register(file: File, *, as_json: Json = False) -> None:
    """Write a question down, before any value after the start is read."""
    from civicgauge.effects.plan import read_plan
    from civicgauge.pipeline.reviewing.effects import register as keep

    _print_look(
        keep(Context.from_environment(), read_plan(file), file.parent, utc_now()), "registered", as_json=as_json
    )


@app.command()
def look(file: File, by: By, plot: Plot = None, *, as_json: Json = False) -> None:
    """The series before the start; each look at another series is counted."""
    from civicgauge.effects.plan import read_plan
    from civicgauge.pipeline.reviewing.effects import look as keep
    from civicgauge.pipeline.reviewing.effectshown import before_picture

    found = keep(Context.from_environment(), read_plan(file), file.parent, utc_now(), by)
    _draw(before_picture(found), plot)
    _print_look(found, "looked at", as_json=as_json)


@app.command()
def answer(plan: PlanId, by: By, folder: Folder = Path(), plot: Plot = None, *, as_json: Json = False) -> None:
    """Read the whole series of a registered plan, and keep what it says: one of four verdicts."""
    from civicgauge.pipeline.reviewing.effects import answer as keep
    from civicgauge.pipeline.reviewing.effectshown import picture

    found = keep(Context.from_environment(), plan, folder, utc_now(), by)
    _draw(picture(found), plot)
    _print_answer(found, as_json=as_json)


@app.command("list")
def list_(city: City = None, *, as_json: Json = False) -> None:
    """Every registered question, with the newest answer, if any."""
    from civicgauge.pipeline.reviewing.effectshown import registered

    rows = registered(Context.from_environment(), city)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        told = (row["verdict"] or "not answered yet") + f", answer {row['n_answers']}" * (row["n_answers"] > 1)
        _say(f"{row['plan_id']}  {row['city_id']}  {row['programme']}: {row['outcome']}")
        when = f"registered {row['registered_at']:%Y-%m-%d}, start {row['starts_on']}"
        _say(f"    {when}: {told}")
    if not rows:
        typer.echo("nothing is registered; `civicgauge effect register FILE`", err=True)


@app.command()
def show(plan: PlanId, plot: Plot = None, *, as_json: Json = False) -> None:
    """The newest answer to a question, as it was kept; nothing is read anew."""
    from civicgauge.pipeline.reviewing.effectshown import kept, picture

    found = kept(Context.from_environment(), plan)
    _draw(picture(found), plot)
    _print_answer(found, as_json=as_json)


@app.command()
def word(  # noqa: PLR0913 - each is an option of the command
    estimate: Annotated[float, typer.Option("--estimate", help="The published estimate; above 0 is a benefit.")],
    band_low: Annotated[float, typer.Option("--band-low", help="Below it a difference is of practical size.")],
    band_high: Annotated[float, typer.Option("--band-high", help="Above it too.")],
    low: Annotated[float | None, typer.Option("--low", help="The low end of its 95 % interval.")] = None,
    high: Annotated[float | None, typer.Option("--high", help="The high end.")] = None,
    unit: Annotated[str, typer.Option("--unit", help="Its unit, such as 'standard deviations (d)'.")] = "units",
    *,
    lower_is_better: Annotated[bool, typer.Option("--lower-is-better", help="Below 0 is a benefit.")] = False,
    as_json: Json = False,
) -> None:
    """What a published estimate says by the same rules."""
    from civicgauge.effects.verdict import Bounds, published

    said = published(estimate, low, high, Bounds(band_low, band_high, clean.line(unit, 60), not lower_is_better))
    if as_json:
        print_json({"verdict": said.verdict, "reason": said.reason, "would_change": said.would_change})
    else:
        _print_verdict(said)


# ---------------------------------------------------------------- printing


def _draw(picture: Any, path: Path | None) -> None:
    if path is None:
        return
    from civicgauge.effects.plot import draw

    draw(picture, path)
    typer.echo(f"drawn: {path}", err=True)


def _say(text: str) -> None:
    typer.echo(clean.line(text, 2_000) if not text.startswith(" ") else f"    {clean.line(text, 2_000)}")


def _pair(label: str, text: str) -> None:
    typer.echo(f"{label:<18}{clean.line(text, 2_000)}")


def _print_verdict(said: Verdict) -> None:
    _pair("Verdict", said.verdict)
    _pair("Why", said.reason)
    _pair("Would change it", said.would_change)


def _print_look(found: Looked, done: str, *, as_json: bool) -> None:
    from civicgauge.pipeline.reviewing.effectshown import looked

    told = looked(found)
    if as_json:
        print_json({"done": done, **told})
        return
    _pair("Plan", f"{told['plan_id']}, {done}; digest {told['digest'][:12]}")
    _pair("Outcome", f"{found.plan.outcome} ({found.plan.unit}, by {found.plan.frequency})")
    _pair("Window", f"{found.plan.window.first} to {found.plan.window.last}, start {found.plan.start}")
    for series in told["series"]:
        _pair("Before the start", f"{series['name']}: {len(series['values'])} periods, mean {series['mean']:.4g}")
        for note in series["notes"]:
            _pair("", note)
    _pair("Series tried", f"{found.series_tried} of this programme, this one too")
    for note in found.notes:
        _pair("Said", note)
    _pair("After the start", "nothing of it was read")


def _print_answer(found: Answered, *, as_json: bool) -> None:
    from civicgauge.pipeline.reviewing.effectshown import answered

    if as_json:
        row = {k: v for k, v in found.row.items() if k != "details"}
        earlier = [{k: each[k] for k in ("number", "answered_at", "verdict", "reason")} for each in found.earlier]
        print_json({**row, "earlier": earlier, "series_tried_now": found.tried_now, "details": found.details})
        return
    for label, text in answered(found):
        _pair(label, text)

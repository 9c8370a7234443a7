"""The arithmetic of shares and counts, in exact fractions, with bounds over every completion of what is unknown.

Each dataset that applies brings a `Piece`: `passed` and `unknown` of `total` parts. The city's own datasets (is_counted
true) are certainly in the population; those of undecided ownership (is_counted null) may be in or out, each as a whole.

    denominator = sum of total over all pieces, own and undecided
    n_unknown   = sum of unknown over own pieces + sum of total over undecided pieces
    numerator   = sum of passed over own pieces (of one of which a part is unknown: of what it shows)
    value       = numerator / (denominator - n_unknown), where something is known and n_unknown <= 30 % of denominator
    value_low   = least, over every choice of the undecided pieces that are in, of sum(passed) / sum(total)
    value_high  = greatest, over the same choices, of sum(passed + unknown) / sum(total)

For a share over datasets, where each total is 1, with k passed, f failed, u unknown of the own and up, uf, uu of the
undecided, and where the population is not empty without the pieces left out, the last two are

    value_low  = k / (k + f + u + uf + uu)
    value_high = (k + u + up + uu) / (k + f + u + up + uu)

A completion with no dataset at all has no share and bounds nothing. Fractions are turned into floats once, at the end,
so the order of the datasets cannot matter and low <= value <= high survives the rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from civicgauge.indicators._form import Evidence, Figure, Part, Results, Row, Verdict
from civicgauge.model import Outcome, Status

MOST_UNKNOWN = Fraction(3, 10)
"""Above this share of unknowns a value is not shown, only its bounds (DESIGN section 3)."""

Judge = Callable[[Row, Results], Outcome]
Cut = Callable[[Row, Results], "Piece | None"]
Arithmetic = Callable[[Evidence], Figure]


@dataclass(frozen=True)
class Piece:
    """What one dataset brings to a share. `hidden`: all that is unknown of it, the platform shows to nobody.

    `shown`, where only a part of one is unknown: what it brings to the value, between passed and passed + unknown.
    """

    passed: Fraction
    unknown: Fraction
    total: Fraction = Fraction(1)
    hidden: bool = False
    shown: Fraction | None = None

    @property
    def failed(self) -> Fraction:
        """What is known and did not pass."""
        return self.total - self.passed - self.unknown


@dataclass(frozen=True)
class _Held:
    """A piece and what its row says of it."""

    piece: Piece
    is_own: bool
    is_observed: bool
    key: tuple[str, str]

    @property
    def shown(self) -> Fraction:
        return self.piece.passed if self.piece.shown is None else self.piece.shown

    @property
    def n_unknown(self) -> int:
        return int(self.piece.unknown if self.is_own else self.piece.total)

    @property
    def part(self) -> Part:
        """The same as evidence: what this dataset brought."""
        passed, unknown, total = self.piece.passed, self.piece.unknown, self.piece.total
        verdict: Verdict = "failed" if not passed else "passed" if passed == total else "partly"
        if not self.is_own:
            verdict = "undecided"
        elif unknown and not (self.piece.failed and total > 1):
            verdict = "unknown"
        return Part(*self.key, verdict, None if unknown else float(passed / total), float(total))


def checked(check_id: str) -> Judge:
    """Judge a dataset by one check. Not judged, our own error, or a portal not read today is unknown."""

    def judge(row: Row, results: Results) -> Outcome:
        result = results.get(check_id)
        if result is None or result.outcome is Outcome.ERRORED:
            return Outcome.UNKNOWN
        return observed(row, result.outcome)

    return judge


def observed(row: Row, outcome: Outcome) -> Outcome:
    """The outcome, or unknown where the portal was not read today; what does not apply stays so."""
    return outcome if row["is_observed"] or outcome is Outcome.NOT_APPLICABLE else Outcome.UNKNOWN


def share(judge: Judge, hidden: Callable[[Row], bool] = lambda _row: False) -> Arithmetic:
    """Share of the datasets that pass. `hidden` says of an unknown one that its platform shows this to nobody."""

    def cut(row: Row, results: Results) -> Piece | None:
        outcome = judge(row, results)
        if outcome is Outcome.NOT_APPLICABLE:
            return None
        is_unknown = outcome not in (Outcome.PASSED, Outcome.FAILED)
        return Piece(
            passed=Fraction(outcome is Outcome.PASSED),
            unknown=Fraction(is_unknown),
            hidden=is_unknown and bool(row["is_observed"]) and hidden(row),
        )

    return ratio(cut)


def share_of_parts(judges: Sequence[Judge]) -> Arithmetic:
    """Share of the parts that pass, over all datasets: each dataset has one part per judge that applies to it."""

    def cut(row: Row, results: Results) -> Piece | None:
        outcomes = [judge(row, results) for judge in judges]
        total = sum(outcome is not Outcome.NOT_APPLICABLE for outcome in outcomes)
        passed, failed = outcomes.count(Outcome.PASSED), outcomes.count(Outcome.FAILED)
        return Piece(Fraction(passed), Fraction(total - passed - failed), Fraction(total)) if total else None

    return ratio(cut)


def ratio(cut: Cut) -> Arithmetic:
    """The share over the pieces that `cut` makes of the datasets (None: it does not apply to that dataset).

    With a total of 1 and a broken `passed` this is a mean of shares in which each dataset weighs the same.
    """

    def arithmetic(evidence: Evidence) -> Figure:
        held = [
            _Held(piece, row["is_counted"] is True, bool(row["is_observed"]), (row["portal_id"], row["dataset_id"]))
            for row, results in evidence.countable()
            if (piece := cut(row, results)) is not None
        ]
        return _figure(held) if held else Figure(None, Status.NOT_APPLICABLE, 0.0, 0.0, reason="nothing_applies")

    return arithmetic


def _figure(held: Sequence[_Held]) -> Figure:
    numerator = sum((each.shown for each in held if each.is_own), Fraction())
    denominator = sum((each.piece.total for each in held), Fraction())
    n_unknown = sum(each.n_unknown for each in held)
    low = _lowest((each.is_own, each.piece.passed, each.piece.total) for each in held)
    missed = _lowest((each.is_own, each.piece.failed, each.piece.total) for each in held)
    status, reason = _status(held, n_unknown, denominator)
    return Figure(
        value=float(numerator / (denominator - n_unknown)) if status is Status.OK else None,
        status=status,
        numerator=float(numerator),
        denominator=float(denominator),
        n_unknown=n_unknown,
        low=float(low),
        high=float(1 - missed),
        reason=reason,
        parts=tuple(each.part for each in held),
    )


def _lowest(parts: Iterable[tuple[bool, Fraction, Fraction]]) -> Fraction:
    """Least sum(part) / sum(total) when each (is_own, part, total) that is not own may be left out; needs one at least.

    Exact: a choice is best when it holds just those whose own ratio lies below the ratio reached, so the undecided are
    taken in from the smallest ratio up, for as long as they lower it.
    """
    own_part, own_total = Fraction(), Fraction()
    undecided: list[tuple[Fraction, Fraction, Fraction]] = []
    for is_own, part, total in parts:
        if is_own:
            own_part, own_total = own_part + part, own_total + total
        else:
            undecided.append((part / total, part, total))
    for each_ratio, part, total in sorted(undecided):
        if own_total and each_ratio >= own_part / own_total:
            break
        own_part, own_total = own_part + part, own_total + total
    return own_part / own_total


def _status(held: Sequence[_Held], n_unknown: int, denominator: Fraction) -> tuple[Status, str | None]:
    """Whether the value may be read, and why not."""
    if n_unknown == denominator:
        if all(each.piece.hidden for each in held):
            return Status.NOT_MEASURED, "hidden_by_platform"
        return Status.INSUFFICIENT, _why(held)
    if n_unknown > MOST_UNKNOWN * denominator:
        return Status.INSUFFICIENT, "more_than_30_percent_unknown"
    return Status.OK, None


def _why(held: Iterable[_Held]) -> str:
    """One word for why nothing at all is known: a single cause where there is one."""
    held = list(held)
    if not any(each.is_observed for each in held):
        return "portal_not_read"
    return "nothing_known" if any(each.is_own for each in held) else "ownership_undecided"


def count_of(judge: Judge) -> Arithmetic:
    """How many of the city's own datasets were seen to be so; of undecided ownership or not told is unknown."""

    def arithmetic(evidence: Evidence) -> Figure:
        judged = [(row, judge(row, results)) for row, results in evidence.countable()]
        applies = [(row, outcome) for row, outcome in judged if outcome is not Outcome.NOT_APPLICABLE]
        parts = tuple(_counted_part(row, outcome) for row, outcome in applies)
        unknown = sum(part.verdict in ("unknown", "undecided") for part in parts)
        found = count(sum(part.verdict == "passed" for part in parts), unknown, len(parts))
        return replace(found, parts=tuple(part for part in parts if part.verdict != "failed"))

    return arithmetic


def _counted_part(row: Row, outcome: Outcome) -> Part:
    """A dataset that certainly is not of the kind stays out even where nobody has decided whose it is."""
    if outcome is Outcome.FAILED:
        verdict: Verdict = "failed"
    elif row["is_counted"] is not True:
        verdict = "undecided"
    else:
        verdict = "passed" if outcome is Outcome.PASSED else "unknown"
    return Part(row["portal_id"], row["dataset_id"], verdict, None)


def count(number: int | None, n_unknown: int, n_all: int, reason: str | None = None) -> Figure:
    """A count of what was seen: no bounds and no denominator.

    `n_unknown` of `n_all` datasets could not be looked at; above 30 % the count is not shown. A number of None was not
    measured, for the `reason` given.
    """
    if number is None:
        return Figure(None, Status.NOT_MEASURED, n_unknown=n_unknown, reason=reason)
    if n_unknown > MOST_UNKNOWN * n_all:
        return Figure(None, Status.INSUFFICIENT, float(number), None, n_unknown, reason="more_than_30_percent_unknown")
    return Figure(float(number), Status.OK, float(number), None, n_unknown)

"""docs/standards.md: what each standard's file holds, how much of it a portal can show, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from civicgauge.criteria import Criterion, Standard, signal_sentence, standards

_TEXT = Path(__file__).parent / "standards.md"


def page() -> str:
    """The whole page as Markdown: what a person wrote, then each standard, the newest first."""
    newest_first = sorted(standards().items(), key=lambda item: item[1].valid_from, reverse=True)
    parts = [line for name, standard in newest_first for line in _standard(name, standard)]
    return _TEXT.read_text(encoding="utf-8") + "\n" + "\n".join(parts) + "\n"


def _standard(name: str, standard: Standard) -> Iterator[str]:
    until = f"to {standard.valid_to}" if standard.valid_to else "on; no end is known"
    yield f"## {standard.standard}, version {standard.version}\n"
    yield f"`{name}`, taken as in force from {standard.valid_from} {until}. {standard.disclaimer.strip()}\n"
    yield f"**{signal_sentence(standard)}**\n"
    yield "Levels, as publicly described; the share of criteria is compared without rounding:\n"
    for level in standard.levels:
        yield f"- {level.name}: from {float(100 * level.at):g} % on" + (
            " (inferred, not read)" if level.inferred else ""
        )
    yield "\nNot publicly known:\n"
    yield from (f"- {sentence}" for sentence in standard.unknowns)
    yield "\nSources:\n"
    yield from (f"- <{source}>" for source in standard.sources)
    for practice in standard.practices:
        yield f"\n### {practice.name}\n"
        if not practice.criteria:
            yield "Its criteria are not publicly known."
            continue
        yield "| code | name | asks | on a portal | what only people can show |"
        yield "|---|---|---|---|---|"
        yield from (_row(criterion, standard) for criterion in practice.criteria)
    yield ""


def _row(criterion: Criterion, standard: Standard) -> str:
    cells = [criterion.code, criterion.name, criterion.asks, _shown(criterion, standard), criterion.attest]
    return f"| {' | '.join(' '.join(cell.split()) for cell in cells)} |"


def _shown(criterion: Criterion, standard: Standard) -> str:
    if not criterion.known:
        return "not publicly known"
    shown = "link" if criterion.link_check and criterion.observable == "none" else criterion.observable
    return shown + (f", as {criterion.like} of `{standard.like_standard}`" if criterion.like else "")

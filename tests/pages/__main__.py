"""`make docs`: writes docs/standards.md and docs/peers.md from the code and the files beside this one."""

from __future__ import annotations

from pathlib import Path

from tests.pages import peers, recorded, standards_page

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"


def peers_page() -> str:
    """The whole of docs/peers.md."""
    parts = {
        "peers": peers.section(),
        "counted": recorded.counted(),
        "declared": recorded.declared(),
        "on_time": recorded.on_time(),
    }
    texts = {name: "\n".join(lines) for name, lines in parts.items()}
    about = {
        "entries": recorded.FACTS["counts"][0]["published"],
        "published_run": recorded.published_run(),
        "day": recorded.FACTS["day"],
    }
    return (HERE / "peers.md").read_text(encoding="utf-8").format(**texts, **about)


PAGES = {"standards.md": standards_page.page, "peers.md": peers_page}


def main() -> None:
    """Write every page."""
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()

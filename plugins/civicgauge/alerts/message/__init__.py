"""The message of a letter: subject, text, HTML, headers, and what chat channels and programs read.

`render` is the only door. The page (`page`) says it once, in the reader's language and made harmless; the two
templates, the blocks and the facts show it.
"""

from __future__ import annotations

from civicgauge.alerts.letters import Letter, Rendered
from civicgauge.alerts.message.headers import headers
from civicgauge.alerts.message.machine import blocks, facts
from civicgauge.alerts.message.page import page
from civicgauge.alerts.message.rendering import fitting

__all__ = ["render"]


def render(
    letter: Letter, *, notice: str, references: tuple[str, ...] = (), list_id_host: str = "civicgauge.invalid"
) -> Rendered:
    """The letter as it is kept and sent. `notice` says what this is and is not, and stands at the end of text and HTML;
    channels that show the blocks add it themselves.

    `references` are the Message-IDs of earlier messages on the same incidents, oldest first; `list_id_host` names the
    installation in List-Id. Whatever a portal wrote, the result is harmless, on one line where it must be, and small
    enough for a mail program to show whole.
    """
    shown = fitting(lambda limits: page(letter, notice, limits))
    return Rendered(
        subject=shown.page.subject,
        text=shown.text,
        html=shown.html,
        summary=shown.page.subject,
        headers=headers(letter, list_id_host),
        references=references,
        blocks=blocks(shown.page, letter),
        facts=facts(letter),
    )

"""A message as an e-mail, ready to be sent."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from civicgauge.alerts.forms import Rendered

# The usual policy folds a long List-Unsubscribe into encoded words, which no mail program reads.
POLICY = SMTP.clone(max_line_length=998)


def compose(rendered: Rendered, *, to: str, sender: str, message_id: str, created_at: datetime) -> EmailMessage:
    """Text and HTML of one message, its headers, and what earlier messages it follows.

    ValueError for a header that would not stay on its line.
    """
    message = EmailMessage(policy=POLICY)
    message["Subject"], message["From"], message["To"] = rendered.subject, sender, to
    message["Date"], message["Message-ID"] = created_at, message_id
    if rendered.references:
        message["In-Reply-To"], message["References"] = rendered.references[-1], " ".join(rendered.references)
    for name, value in rendered.headers.items():
        message[name] = value
    message.set_content(rendered.text, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    return message

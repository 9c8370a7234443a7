"""Which kind of portal an address is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from civicgauge.errors import HostNotAllowed, PortalRefused, RetryableError
from civicgauge.model import Answer, Portal, Probe
from civicgauge.pipeline import context as at_hand
from civicgauge.pipeline.access import Access
from civicgauge.pipeline.context import Context
from civicgauge.portals import reader, readers
from civicgauge.web import Limits, Web

_LIMITS = Limits(read_timeout_seconds=30, total_timeout_seconds=60, retry_total_seconds=15, retries=1)
_DOMAIN = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")


class _Door(Web):
    """A Web that remembers why an address may not be asked, or refused: a reader takes that for "not of my kind"."""

    not_allowed: HostNotAllowed | None = None
    refused: PortalRefused | None = None

    def get(
        self,
        url: str,
        params: Mapping[str, Any] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        accept_status: Collection[int] = (200,),
    ) -> Answer:
        try:
            return super().get(url, params, headers=headers, accept_status=accept_status)
        except HostNotAllowed as error:
            self.not_allowed = error
            raise
        except PortalRefused as error:
            self.refused = error
            raise


def probe(context: Context, url: str) -> Probe:
    """What answered by a kind's own API.

    Raises HostNotAllowed for an address that may not be asked, and PortalRefused, with what each kind met, when none
    fits. A person waits for the answer, so that less patience is shown than on a day's run.
    """
    address = url if "://" in url else f"https://{url}"
    settings, trouble, limits = context.settings, list[str](), at_hand.LIMITS or _LIMITS
    door = _Door(user_agent=settings.user_agent, allow_private_hosts=settings.allow_private_hosts, limits=limits)
    with door:
        for kind, source in readers().items():
            try:
                if (found := source.probe(door, address)) is not None:
                    return found
            except RetryableError as error:
                trouble.append(f"{kind}: {error}")
    if door.not_allowed is not None:
        raise door.not_allowed
    told = "\n".join(trouble) or f"it answers as none of: {', '.join(readers())}"
    raise PortalRefused(f"{address}: no portal that civicgauge can read\n{told}")


def try_out(context: Context, kind: str, url: str, access: Access) -> str:
    """Ask a portal of `kind` what it is, on the terms of a connection; its answer in words.

    Raises as `probe`; PortalRefused too where it is another kind of portal, or refuses the token.
    """
    address = url if "://" in url else f"https://{url}"
    source, settings = reader(kind), context.settings
    portal = Portal.model_validate({"kind": kind, "url": address})
    token = (source.token_header, access.token) if source.token_header and access.token else None
    door = _Door(
        user_agent=access.user_agent(settings),
        allow_private_hosts=settings.allow_private_hosts,
        requests_per_second=access.rate(portal),
        token=token,
        token_host=portal.url.host,
        limits=at_hand.LIMITS or _LIMITS,
    )
    with door:
        found = source.probe(door, portal.base_url)
    if found is None:
        raise door.not_allowed or door.refused or PortalRefused(f"{portal.base_url} answers, but not as {kind} does.")
    entries = "?" if found.entries_count is None else f"{found.entries_count:,}"
    sent = "a token was sent" if token else "no token was sent"
    return f"{found.software or kind} at {portal.host}: {entries} entries; {sent}"


def city_file(found: Probe) -> str:
    """A city file to start from, with what the probe learnt; the rest is for a person to fill in.

    What a portal says of itself stands in comments of one line each, so that it can add nothing to the file.
    """
    host = re.sub(r"^https?://", "", found.url).split("/")[0].split(":")[0]
    is_other = found.domain != host and _DOMAIN.fullmatch(found.domain)
    domain = f"\n    domain: {found.domain}" if is_other else ""
    title = f' "{_line(found.title)}"' if found.title else ""
    entries = "?" if found.entries_count is None else found.entries_count
    offers = "".join(f"\n#   {_line(offer)}" for offer in found.offers)
    return f"""# {_line(found.software or found.kind)}{title} at {found.url}: {entries} entries
# offers:{offers}
id: us-xx-your-city          # and the file's name: us-xx-your-city.yml
name: Your City
country: US
state: XX
geoid: "0000000"             # Census place, in quotes
population: 1
time_zone: America/Chicago
portals:
  - kind: {found.kind}
    url: {found.url}{domain}"""


def _line(text: str) -> str:
    return " ".join(text.split())[:200]

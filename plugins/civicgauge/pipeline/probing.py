"""Which kind of portal an address is."""

from __future__ import annotations

import re

from civicgauge.errors import PortalRefused, RetryableError
from civicgauge.model import Probe
from civicgauge.pipeline.context import Context
from civicgauge.portals import readers
from civicgauge.web import Web


def probe(context: Context, url: str) -> Probe:
    """What answered by a kind's own API; PortalRefused, with what each kind met, when none fits."""
    address = url if "://" in url else f"https://{url}"
    settings, trouble = context.settings, list[str]()
    with Web(user_agent=settings.user_agent, allow_private_hosts=settings.allow_private_hosts) as web:
        for kind, source in readers().items():
            try:
                if (found := source.probe(web, address)) is not None:
                    return found
            except RetryableError as error:
                trouble.append(f"{kind}: {error}")
    told = "\n".join(trouble) or f"it answers as none of: {', '.join(readers())}"
    raise PortalRefused(f"{address}: no portal that civicgauge can read\n{told}")


def city_file(found: Probe) -> str:
    """A city file to start from, with what the probe learnt; the rest is for a person to fill in."""
    host = re.sub(r"^https?://", "", found.url).split("/")[0]
    domain = f"\n    domain: {found.domain}" if found.domain and found.domain != host.split(":")[0] else ""
    offers = "".join(f"\n#   {offer}" for offer in found.offers)
    return f"""# {found.software or found.kind}{f' "{found.title}"' if found.title else ""} at {found.url}: \
{found.entries_count if found.entries_count is not None else "?"} entries
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

"""The small app that takes the answers of cities, behind signed links. Airflow does not mount it.

No accounts, no scripts: whoever holds a link may do what the link says. GET shows and changes nothing, since mail
servers follow links before people do; POST acts. The one cookie lets a city's contact see that city's
pages, and nothing else.
"""

from civicgauge.answers.app import create_app
from civicgauge.answers.guard import Allowed

__all__ = ["Allowed", "create_app"]

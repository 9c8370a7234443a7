"""The PDF beside a page: the same form for the same viewer, behind the same guard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from fastapi import Request, Response

from civicgauge import clean
from civicgauge.errors import ConfigurationError, RetryableError
from civicgauge.pages import paper, troubles
from civicgauge.pages.asking import BadQuestion, part
from civicgauge.pages.reply import Desk, ask_of, finished
from civicgauge.pages.sheets import PageFunction, PageRouter, Sheet

Countries = Callable[[Sheet], Iterable[str]]


def beside(router: PageRouter, path: str, function: PageFunction, countries: Countries) -> None:
    """Serve the page at `path` also as `path.pdf`. `countries` tells from its sheet which paper is used."""

    def answer(request: Request) -> Response:
        ask = ask_of(request)
        parts = {name: part(value) for name, value in request.path_params.items()}
        desk: Desk = request.app.state.desk
        sheet = function(ask, **parts)
        asked = ask.here.query.get("paper") or paper.size_of(countries(sheet))
        if asked not in paper.SIZES:
            raise BadQuestion("paper", f"“{clean.line(asked, 40)}” is no paper of ours. There are a4 and letter.")
        html = paper.html_of(desk.renderer, sheet, path.format(**parts), _kept(ask.here.query), ask.viewer)
        try:
            body = paper.pdf_of(html, asked)
        except (ConfigurationError, RetryableError) as error:
            return _none(request, error)
        name = path.format(**parts).replace("/", "-")
        return finished(
            request, body, "application/pdf", ask.viewer, {"Content-Disposition": f'inline; filename="{name}.pdf"'}
        )

    router.add_api_route(f"/{path}.pdf", answer, methods=["GET", "HEAD"])


def _kept(query: Mapping[str, str]) -> dict[str, str]:
    """The date alone: nothing else of the question stands on paper."""
    return {"as_of": query["as_of"]} if query.get("as_of") else {}


def _none(request: Request, error: Exception) -> Response:
    is_soon = isinstance(error, RetryableError)
    words = "Several PDFs are being made just now." if is_soon else "This server cannot make PDFs."
    words = f"{words} The page itself prints as well, from any browser."
    details = clean.line(str(error), 600) if troubles.viewer(request).audience == "staff" else ""
    wait = {"Retry-After": "60"} if is_soon else None
    return troubles.say(request, 503, "No PDF just now", words, details=details, headers=wait)

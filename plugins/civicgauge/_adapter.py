"""The HTTP door as a transport of a foreign `requests.Session`: sodapy's requests go through it, whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any

import requests
from requests.adapters import BaseAdapter

from civicgauge._answers import KEPT_BYTES, read_json
from civicgauge.errors import AnswerUnreadable, CivicgaugeError
from civicgauge.model import Answer

_JSON_TYPE = re.compile(r"(?:application/(?:[\w.+-]+\+)?|text/)json\b", re.I)


class DoorAdapter(BaseAdapter):
    """A transport that is `Web.get` underneath."""

    def __init__(self, get: Callable[..., Answer], accept_status: Collection[int]) -> None:
        super().__init__()
        self._get, self._accept = get, accept_status

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """The answer as requests knows it, its body read. HTML, no content type or broken JSON is AnswerUnreadable."""
        if request.method != "GET":
            raise CivicgaugeError(f"civicgauge only reads: {request.method} is not sent to a portal.")
        answer = self._get(request.url or "", headers=dict(request.headers), accept_status=self._accept)
        content_type = answer.headers.get("content-type", "").strip().lower()
        if _JSON_TYPE.match(content_type):
            read_json(answer, object)
        elif not content_type or content_type.startswith(("text/html", "application/xhtml")):
            what = content_type or "no content type"
            raise AnswerUnreadable(f"The answer of {answer.url} came with {what}.", answer.body[:KEPT_BYTES])
        response = requests.Response()
        response.status_code, response.reason = answer.status, ""
        response.url, response.request = answer.url, request
        coded = ("content-encoding", "transfer-encoding", "content-length")  # the body is decoded already
        response.headers.update({name: value for name, value in answer.headers.items() if name not in coded})
        response.encoding = requests.utils.get_encoding_from_headers(response.headers)
        vars(response).update(_content=answer.body, _content_consumed=True)
        return response

    def close(self) -> None:
        """Nothing: the connections are the Web's."""

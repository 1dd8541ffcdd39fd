"""HTTP for the Twilio package: one kept session, and nothing about a message in any log.

The package's own asynchronous client logs numbers, keeps the last request and builds a form of
objects for each; most of its time goes there.
"""

import logging
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from twilio.http import AsyncHttpClient
from twilio.http.response import Response

_TOO_MANY_REQUESTS = 429

_silent = logging.getLogger("notifications.transports.twilio_http")
_silent.addHandler(logging.NullHandler())
_silent.propagate = False


class TooManyRequests(Exception):
    """Twilio asks to be left alone for a while; `retry_after` is None when it does not say."""

    def __init__(self, retry_after: timedelta | None) -> None:
        super().__init__()
        self.retry_after = retry_after


class TwilioHttp(AsyncHttpClient):
    """The package's extension point for HTTP, on one aiohttp session.

    No redirects, no retries, no cookies: a POST that sends an SMS goes out once.
    """

    def __init__(self, *, timeout: float, connect_timeout: float) -> None:
        super().__init__(_silent, is_async=True, timeout=timeout)
        self._timeouts = ClientTimeout(total=timeout, connect=connect_timeout)
        self._session: ClientSession | None = None
        self._authorization: dict[tuple[str, str], str] = {}

    async def request(  # type: ignore[override]
        self,
        method: str,
        uri: str,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """One request and its whole answer. Raises TooManyRequests and aiohttp's own errors."""
        headers = dict(headers or {})
        if auth is not None:
            headers["Authorization"] = self._encoded(auth)
        # As bytes: a form of aiohttp's own would be taken apart and put together again.
        body = urlencode(data, doseq=True).encode() if data else None
        async with self._open().request(
            method, uri, params=params, data=body, headers=headers, allow_redirects=False
        ) as answer:
            if answer.status == _TOO_MANY_REQUESTS:
                raise TooManyRequests(retry_after(answer.headers.get("Retry-After")))
            return Response(answer.status, await answer.text(), answer.headers)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> ClientSession:
        """The session, opened by the first request: it belongs to the loop that is running."""
        if self._session is None:
            # How many calls are under way is the caller's business.
            connector = TCPConnector(limit=0, keepalive_timeout=30)
            self._session = ClientSession(
                connector=connector, timeout=self._timeouts, cookie_jar=DummyCookieJar()
            )
        return self._session

    def _encoded(self, auth: tuple[str, str]) -> str:
        if auth not in self._authorization:
            self._authorization[auth] = f"Basic {b64encode(':'.join(auth).encode()).decode()}"
        return self._authorization[auth]


def retry_after(header: str | None) -> timedelta | None:
    """The header Retry-After, in seconds or as a date (RFC 9110, 10.2.3); None if unreadable."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return timedelta(seconds=int(header))
    try:
        return max(parsedate_to_datetime(header) - datetime.now(UTC), timedelta(0))
    except (ValueError, TypeError):
        return None

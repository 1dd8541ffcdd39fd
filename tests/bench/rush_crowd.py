"""200 browsers that press the button at the same moment, and what they are answered."""

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Answers:
    """The status of every answer, and how many came a second."""

    statuses: list[int]
    rate: float


def press_together(port: int, path: str, forms: list[dict[str, str]], *, csrf: str) -> Answers:
    """Send every form on a connection of its own, all opened first and then sent at once."""
    return asyncio.run(_press_together(port, path, forms, csrf))


async def _press_together(port: int, path: str, forms: list[dict[str, str]], csrf: str) -> Answers:
    requests = [_request(port, path, form, csrf) for form in forms]
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in requests]
    start = time.perf_counter()
    statuses = await asyncio.gather(
        *(
            _press(*connection, request)
            for connection, request in zip(connections, requests, strict=True)
        )
    )
    return Answers(list(statuses), len(forms) / (time.perf_counter() - start))


async def _press(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    writer.write(request)
    first = await reader.readline()
    await reader.read()
    writer.close()
    return int(first.split()[1])


def _request(port: int, path: str, form: dict[str, str], csrf: str) -> bytes:
    body = urlencode({**form, "csrfmiddlewaretoken": csrf})
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        f"Cookie: csrftoken={csrf}\r\n\r\n{body}"
    ).encode()

"""A stand-in for a mail server that remembers which letters it took responsibility for."""

import socket
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Lock, Thread
from time import sleep

# Instead of an answer:
CUT = "cut"  # the connection is reset
TAKE_AND_CUT = "take and cut"  # the same, but only after the letter has been taken
HANG = "hang"  # nothing more is said


@dataclass
class MailServer:
    """What was asked and taken, and what to answer: by step (helo, mail, rcpt, data, end) and
    recipient.
    """

    port: int = 0
    seconds_to_answer: float = 0.0
    # (step, recipient) → answer; the recipient "" stands for everybody.
    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)  # whom a letter was offered for
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    connections: int = 0
    lock: Lock = field(default_factory=Lock)
    closing: Event = field(default_factory=Event)

    def settings(self) -> dict[str, str]:
        """The settings, or the environment, that lead here."""
        return {
            "EMAIL_URL": f"smtp://127.0.0.1:{self.port}",
            "EMAIL_FROM": "鹿角市 <card@city.example.com>",
        }

    def times_taken(self) -> Counter[str]:
        with self.lock:
            return Counter(recipient for recipient, _letter in self.taken)

    def got_twice(self) -> list[str]:
        return [address for address, times in self.times_taken().items() if times > 1]

    def answer(self, step: str, recipient: str, usual: str) -> str:
        return self.answers.get((step, recipient)) or self.answers.get((step, "")) or usual


class _Handler(StreamRequestHandler):
    server_of: MailServer

    def handle(self) -> None:
        with self.server_of.lock:
            self.server_of.connections += 1
        recipient = ""
        if not self._say("helo", "", "220 stand-in"):
            return
        while line := self.rfile.readline():
            word = line[:4].upper().decode("ascii", "replace")
            if word == "DATA":
                if not self._take_letter(recipient):
                    return
                continue
            step = {"MAIL": "mail", "RCPT": "rcpt"}.get(word, "")
            if word == "RCPT":
                recipient = line.decode().partition("<")[2].partition(">")[0]
                with self.server_of.lock:
                    self.server_of.requests.append(recipient)
            if word == "QUIT" or not self._say(step, recipient, "250 2.0.0 OK"):
                return

    def _take_letter(self, recipient: str) -> bool:
        begin = self.server_of.answer("data", recipient, "354 go on")
        goes_on = self._say("data", recipient, begin)
        if not goes_on or not begin.startswith("354"):
            return goes_on
        content = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            content += line[1:] if line.startswith(b"..") else line
        end = self.server_of.answer("end", recipient, "250 2.0.0 queued")
        if end.startswith("2") or end == TAKE_AND_CUT:
            letter = message_from_bytes(content, policy=policy.default)
            with self.server_of.lock:
                self.server_of.taken.append((recipient, letter))
        sleep(self.server_of.seconds_to_answer)
        return self._say("end", recipient, end)

    def _say(self, step: str, recipient: str, usual: str) -> bool:
        """Answer; False when the connection is over."""
        words = self.server_of.answer(step, recipient, usual) if step else usual
        if words in (CUT, TAKE_AND_CUT):
            # RST instead of a polite end.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        if words == HANG:
            self.server_of.closing.wait(10)
            return False
        with suppress(OSError):  # whoever asked was killed meanwhile
            self.wfile.write(words.encode() + b"\r\n")
            return not words.startswith("421")
        return False


class _Server(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A process that is killed while it waits for an answer is what some tests are about."""


@contextmanager
def running_mail_server() -> Iterator[MailServer]:
    stand_in = MailServer()
    handler = type("Handler", (_Handler,), {"server_of": stand_in})
    with _Server(("127.0.0.1", 0), handler) as server:
        stand_in.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield stand_in
        finally:
            stand_in.closing.set()
            server.shutdown()
            thread.join()

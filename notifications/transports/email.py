"""E-mail through the city's mail server.

A server takes responsibility for a letter with its answer to the end of DATA (RFC 5321, 6.1).
What is refused before has certainly not gone out; when the answer to DATA is lost, nobody can
say, and e-mail has no place to ask: a person decides. The Message-ID is the same at every attempt,
so that the receiving side can tell a second copy.
"""

import asyncio
import re
import smtplib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from threading import Lock, local
from typing import ClassVar, NoReturn

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.emails import NotAnAddress, compose, own_id
from notifications.mail_server import mail_server
from notifications.models import ContactPoint, Message
from notifications.reasons import in_house_language
from notifications.transports.faults import DeliveryError, DeliveryInDoubt

# Mail servers take few connections from one sender at a time.
CONNECTIONS = 4
# How long a server that has trouble with us, not with one letter, is left alone.
PAUSE = timedelta(minutes=5)

_OK, _ACCEPTED, _PERMANENT = 250, (250, 251), 500
_CLOSING = 421
# Enhanced status 5.1.1, 5.1.2, 5.1.3, 5.1.6, 5.1.10 (RFC 3463, RFC 7505): there is no such mailbox
# or host. A bare 550 or 553 to RCPT says the same; with another enhanced status it says otherwise
# (5.7.1: the server does not like us).
_NO_SUCH_MAILBOX = re.compile(rb"5\.1\.(1|2|3|6|10)\b")
_ENHANCED_STATUS = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")
_BARE_NO_SUCH_MAILBOX = (550, 553)

_NO_MAILBOX = _("There is no mailbox with this e-mail address. Ask the person for another one.")
_UNREADABLE = _("This is not an e-mail address that mail servers take.")
_REFUSED = _("The mail server refused the e-mail (code %(code)s).")
_LATER = _("The mail server asks to come back later (code %(code)s).")
_ACCOUNT = _(
    "The mail server does not accept the city as a sender (code %(code)s). The e-mail is tried "
    "again later; check EMAIL_URL and EMAIL_FROM."
)
_NOT_CONNECTED = _("The mail server could not be reached. The e-mail is tried again later.")


class Smtp:
    """Hands e-mails to the server of ``EMAIL_URL``, each thread over a connection it keeps."""

    name: ClassVar[str] = "smtp"
    concurrency: ClassVar[int] = CONNECTIONS

    def __init__(self) -> None:
        self._server = mail_server(settings.EMAIL_URL)
        self._pool = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="smtp")
        self._of_thread = local()
        self._open: list[smtplib.SMTP] = []
        self._lock = Lock()

    async def send(self, message: Message) -> str:
        """Hand an e-mail over and return the first part of its Message-ID.

        Raises DeliveryError and DeliveryInDoubt.
        """
        address = message.point.value if message.point else ""
        try:
            letter = compose(message, to=address)
        except NotAnAddress:
            raise _refusal(_UNREADABLE, wrong=True) from None
        await asyncio.get_running_loop().run_in_executor(self._pool, self._hand_over, letter)
        return own_id(message)

    async def close(self) -> None:
        """Say goodbye to the server; letters under way are finished first."""
        await asyncio.to_thread(self._pool.shutdown)
        for connection in self._open:
            connection.close()

    def _hand_over(self, letter: EmailMessage) -> None:
        connection = self._announced(letter)
        with self._given_up_after_a_fault(connection):
            _say_to_whom(connection, letter)
            _give(connection, letter)

    def _announced(self, letter: EmailMessage) -> smtplib.SMTP:
        """A connection whose server has agreed to take a letter of ours.

        A kept one may have been closed for idleness: then a new one, once. Nothing has been handed
        over at this point, so trying again doubles nothing.
        """
        sender = letter["From"].addresses[0].addr_spec
        kept = getattr(self._of_thread, "connection", None)
        if kept is not None:
            try:
                code, _answer = kept.mail(sender)
            except (OSError, smtplib.SMTPException):
                code = _CLOSING
            if code == _OK:
                return kept
            self._forget(kept)
        connection = self._connect()
        with self._given_up_after_a_fault(connection):
            code, _answer = _asked(connection.mail, sender)
            if code != _OK:
                raise _pause(_ACCOUNT, code)
        return connection

    def _connect(self) -> smtplib.SMTP:
        try:
            connection = self._server.connect()
        except smtplib.SMTPResponseException as answer:
            raise _pause(_ACCOUNT, answer.smtp_code) from None
        except (OSError, smtplib.SMTPException):
            raise _pause(_NOT_CONNECTED) from None
        self._of_thread.connection = connection
        with self._lock:
            self._open.append(connection)
        return connection

    @contextmanager
    def _given_up_after_a_fault(self, connection: smtplib.SMTP) -> Iterator[None]:
        """A connection on which something went wrong is not used for the next letter."""
        try:
            yield
        except BaseException:
            self._forget(connection)
            raise

    def _forget(self, connection: smtplib.SMTP) -> None:
        self._of_thread.connection = None
        connection.close()
        with self._lock:
            if connection in self._open:
                self._open.remove(connection)


def _say_to_whom(connection: smtplib.SMTP, letter: EmailMessage) -> None:
    code, answer = _asked(connection.rcpt, letter["To"].addresses[0].addr_spec)
    if code not in _ACCEPTED:
        _explain(code, answer, _is_unknown(code, answer))


def _give(connection: smtplib.SMTP, letter: EmailMessage) -> None:
    try:
        code, answer = connection.data(letter.as_bytes())
    except smtplib.SMTPDataError as refusal:
        # The server did not want to hear the letter at all.
        _explain(refusal.smtp_code, _bytes(refusal.smtp_error), wrong=False)
    except (OSError, smtplib.SMTPException) as silence:
        raise DeliveryInDoubt(type(silence).__name__) from None
    if code != _OK:
        _explain(code, answer, wrong=bool(_NO_SUCH_MAILBOX.match(answer)))


def _asked(command, *arguments: str) -> tuple[int, bytes]:  # type: ignore[no-untyped-def]
    """The answer to a command before DATA: a server that falls silent here has taken nothing."""
    try:
        code, answer = command(*arguments)
    except (OSError, smtplib.SMTPException):
        raise _pause(_NOT_CONNECTED) from None
    return code, answer


def _explain(code: int, answer: bytes, wrong: bool) -> NoReturn:
    if code == _CLOSING:
        raise _pause(_LATER, code)
    if code < _PERMANENT:
        raise DeliveryError(_sentence(_LATER, code), permanent=False)
    if wrong:
        raise _refusal(_NO_MAILBOX, wrong=True)
    # The answer itself stays out of reasons and logs: it repeats the address.
    status = _ENHANCED_STATUS.match(answer)
    named = f"{code} {status.group().decode()}" if status else code
    raise DeliveryError(_sentence(_REFUSED, named), permanent=True)


def _is_unknown(code: int, answer: bytes) -> bool:
    if _ENHANCED_STATUS.match(answer):
        return bool(_NO_SUCH_MAILBOX.match(answer))
    return code in _BARE_NO_SUCH_MAILBOX


def _refusal(sentence: str | Promise, *, wrong: bool) -> DeliveryError:
    state = ContactPoint.State.WRONG if wrong else ""
    return DeliveryError(in_house_language(sentence), permanent=True, point_state=state)


def _pause(sentence: str | Promise, code: object = "") -> DeliveryError:
    return DeliveryError(_sentence(sentence, code), permanent=False, retry_after=PAUSE)


def _sentence(sentence: str | Promise, code: object) -> str:
    return in_house_language(sentence) % {"code": code}


def _bytes(answer: bytes | str) -> bytes:
    return answer if isinstance(answer, bytes) else answer.encode()

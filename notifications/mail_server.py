"""The mail server that carries the city's e-mail, as ``EMAIL_URL`` names it."""

import smtplib
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from environ import Env

TIMEOUT_SECONDS = 30
SCHEMES = ("smtp", "smtp+tls", "smtp+ssl")
_TLS_PORT, _SUBMISSION_PORT, _PLAIN_PORT = 465, 587, 25


class NotAMailServer(ValueError):
    """The address in ``EMAIL_URL`` cannot be used."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where and how to connect. `starttls` begins in the clear, `tls` does not."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool

    def connect(self) -> smtplib.SMTP:
        """A connection that is ready for letters. Raises OSError and SMTPException."""
        kind = smtplib.SMTP_SSL if self.tls else smtplib.SMTP
        connection = kind(self.host, self.port, timeout=TIMEOUT_SECONDS)
        try:
            if self.starttls:
                connection.starttls()
            if self.user:
                connection.login(self.user, self.password)
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
        return connection


def mail_server(url: str) -> MailServer:
    """The server an address like ``smtp+tls://user:password@host:587`` names.

    Raises NotAMailServer.
    """
    try:
        config = Env.email_url_config(url)
    except (ImproperlyConfigured, ValueError):
        raise NotAMailServer from None
    scheme = url.partition(":")[0]
    if scheme not in SCHEMES or not config["EMAIL_HOST"]:
        raise NotAMailServer
    starttls, tls = scheme == "smtp+tls", scheme == "smtp+ssl"
    usual_port = _TLS_PORT if tls else _SUBMISSION_PORT if starttls else _PLAIN_PORT
    return MailServer(
        host=config["EMAIL_HOST"],
        port=config["EMAIL_PORT"] or usual_port,
        user=config["EMAIL_HOST_USER"] or "",
        password=config["EMAIL_HOST_PASSWORD"] or "",
        starttls=starttls,
        tls=tls,
    )

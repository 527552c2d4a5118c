"""Sends mail that nobody's work may hang on."""

from collections.abc import Iterable
from logging import Logger

from django.core.mail import EmailMessage, get_connection


def deliver(mails: Iterable[EmailMessage], log: Logger, about: str) -> None:
    """Send the messages over one connection. Never raises: what fails is logged, with its fault.

    ``about`` begins the line of the log: ``Feedback 3 is kept``. A message that the server refuses
    keeps nobody else from hers; a server that does not answer is asked once.
    """
    try:
        with get_connection() as connection:
            for mail in mails:
                mail.connection = connection
                try:
                    mail.send()
                except Exception:
                    log.exception("%s, but the mail about it was not sent", about)
    except Exception:
        log.exception("%s, but no mail about it was sent", about)

"""Customers with mailboxes of their own behind a real Postfix and Dovecot, and the hub's mailbox among them."""

import email
import email.policy
import smtplib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.peers import dovecot as dovecot_peer
from tests.peers import postfix as postfix_peer
from tests.peers.dovecot import Dovecot, private_folder
from tests.peers.postfix import Postfix

SUPPORT = "support@example.test"
MAILBOX_PASSWORD = "the-mailbox-password"


def missing() -> str:
    """Return "" if the mail servers can be started here, else why not."""
    return dovecot_peer.missing() or postfix_peer.missing()


@dataclass(frozen=True)
class MailWorld:
    """The mail servers and what customers do with them. Blocking: from a test, by `asyncio.to_thread`."""

    dovecot: Dovecot
    postfix: Postfix

    def send(self, sender: str, text: str, *, mail_id: str, to: str = SUPPORT, **headers: str) -> None:
        """A customer sends a mail. Headers are named with underscores: `In_Reply_To`."""
        mail = EmailMessage(email.policy.SMTP)
        mail["From"], mail["To"], mail["Message-ID"] = sender, to, mail_id
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        with smtplib.SMTP("127.0.0.1", self.postfix.smtp_port, timeout=30) as smtp:
            smtp.send_message(mail, sender, [to])

    def mails(self, address: str) -> list[EmailMessage]:
        """Everything in a customer's inbox."""
        box = self.dovecot.maildir(address)
        paths: list[Path] = sorted([*(box / "new").glob("*"), *(box / "cur").glob("*")])
        return [email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in paths]

    def channel_settings(self) -> Mapping[str, object]:
        """What an admin enters to connect the hub's mailbox."""
        return {
            "address": SUPPORT,
            "password": MAILBOX_PASSWORD,
            "imap_host": "localhost",
            "imap_port": self.dovecot.imaps_port,
            "smtp_host": "localhost",
            "smtp_port": self.postfix.submission_port,
            "ca_certificate": self.dovecot.certificate.read_text(),
        }


def body_of(mail: EmailMessage) -> str:
    """The plain text a customer reads."""
    part = mail.get_body(("plain",))
    return "" if part is None else str(part.get_content())


@contextmanager
def mail_world(*customers: str) -> Iterator[MailWorld]:
    """Start the servers with a mailbox for each customer (`ann` is ann@example.test) and one for the hub."""
    users = {SUPPORT: MAILBOX_PASSWORD, **{f"{name}@example.test": "pw" for name in customers}}
    with (
        private_folder() as mailboxes,
        Dovecot(mailboxes, users) as dovecot,
        private_folder() as queue,
        Postfix(queue, dovecot) as postfix,
    ):
        yield MailWorld(dovecot, postfix)

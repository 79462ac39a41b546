"""Make the digest that tells two mails with one Message-ID apart, and one mail seen twice together."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256


def mail_digest(
    *, sender: str, date: datetime | None, subject: str, text: str, attachments: Iterable[bytes], size: str = ""
) -> str:
    """Return the hex SHA-256 of what makes a mail itself, whatever route and folder it took.

    Sender, date, subject, words and files count; relay headers, transfer encodings, line lengths and the order of
    files do not. `size` stands for the content of a mail too large to fetch.
    """
    moment = str(int(date.timestamp())) if date else ""
    files = sorted(sha256(content).hexdigest() for content in attachments)
    parts = [sender.casefold(), moment, " ".join(subject.split()), " ".join(text.split()), *files, size]
    return sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()

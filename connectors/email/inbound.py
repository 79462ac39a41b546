"""Find the mail in what a provider posted, whichever provider: by the shape of the body, not by the settings. Pure.

So a mail posted before the settings changed is read again just as well.
"""

import re
from datetime import UTC, datetime

from pydantic_core import from_json

from connectors._lib.loose_json import Json, inner, text
from connectors._lib.mail_headers import mail_date
from connectors.email import postmark, ses
from connectors.email.forms import NotAForm, read_form
from hub.contract import RawEvent, UnparseableEvent

_RECEIVED = re.compile(rb"^received:((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_HEAD_LIMIT = 256 * 1024


def unwrapped(raw: RawEvent) -> RawEvent | None:
    """Return the mail of a raw event of kind `webhook` as the mailbox would have given it; None if it tells of none.

    Uses the header `content-type`. Raises UnparseableEvent.
    """
    content_type = raw.headers.get("content-type", "")
    if "form" in content_type.partition(";")[0].lower():
        return _of_form(raw, content_type)
    told = _object(raw.body)
    if postmark.is_postmarks(told):
        return _mail(raw, postmark.mail_in(told))
    if "TopicArn" in told:
        return _of_ses(raw, _object(text(told, "Message").encode("utf-8", "replace")))
    raise UnparseableEvent("This is not what Mailgun, Postmark, SendGrid or Amazon SNS posts.")


def _of_form(raw: RawEvent, content_type: str) -> RawEvent:
    try:
        fields = read_form(raw.body, content_type)
    except NotAForm as error:
        raise UnparseableEvent(f"The provider's request cannot be read: {error}.") from None
    if mail := fields.get("body-mime"):
        return _mail(raw, mail, _received(mail) or _unix(fields.get("timestamp", b"")))
    if mail := fields.get("email"):
        return _mail(raw, mail)
    if "body-plain" in fields:
        raise UnparseableEvent(
            "Mailgun took this mail apart. Let the address in its route end with ?mime, so that mails come whole."
        )
    if "envelope" in fields:
        raise UnparseableEvent(
            "SendGrid took this mail apart. In Inbound Parse, tick “POST the raw, full MIME message”."
        )
    raise UnparseableEvent("The form holds no mail: there is neither body-mime (Mailgun) nor email (SendGrid).")


def _of_ses(raw: RawEvent, told: Json) -> RawEvent | None:
    kind = text(told, "notificationType", "eventType")
    if kind != "Received":
        if not kind:
            raise UnparseableEvent("The SNS notification is not one of SES.")
        return None  # news of mail we sent, which the bounces themselves tell
    mail, elsewhere = ses.mail_in(told)
    return _mail(raw, mail, _iso(text(inner(told, "mail"), "timestamp")), elsewhere)


def _mail(raw: RawEvent, mail: bytes, arrived: datetime | None = None, elsewhere: str = "") -> RawEvent:
    arrived = arrived or _received(mail)
    headers = {
        **({"internaldate": arrived.isoformat()} if arrived else {}),
        **({"x-elsewhere": elsewhere} if elsewhere else {}),
    }
    return RawEvent(
        kind="mail/INBOX", body=mail, headers=headers, received_at=raw.received_at, seq=raw.seq, recovered=raw.recovered
    )


def _received(mail: bytes) -> datetime | None:
    """Return when the provider's own server took the mail: the first Received line is the one it added."""
    end = _HEAD_END.search(mail, 0, _HEAD_LIMIT)
    found = _RECEIVED.search(mail, 0, end.start() if end else _HEAD_LIMIT)
    return mail_date(found[1].rpartition(b";")[2].decode("ascii", "replace").strip()) if found else None


def _unix(seconds: bytes) -> datetime | None:
    text = seconds.decode("ascii", "replace")
    return datetime.fromtimestamp(int(text), UTC) if re.fullmatch(r"[0-9]{9,11}", text, re.ASCII) else None


def _iso(moment: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _object(body: bytes) -> Json:
    try:
        found = from_json(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

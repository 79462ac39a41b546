"""The signed token of one page of a form: whose it is, when it was made, and an id of its own. Pure but for `issue`."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from hub.contract import WebhookRejected

LIFE = timedelta(days=1)
"""An older page is not taken at once: whoever sees it presses the button once more, with a new token."""
_SHAPE = re.compile(r"([0-9a-f]{8,10})\.([0-9a-f]{24})\.([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Token:
    """What a page's token says."""

    id: str
    issued_at: datetime


def issue(form: str, secret: str, now: datetime) -> str:
    """Make the token of a new page of the form at this webhook address; it is of no use at another."""
    return signed(form, secret, now, secrets.token_hex(12))


def signed(form: str, secret: str, at: datetime, page_id: str) -> str:
    """Sign a token of a known id (24 hex digits)."""
    head = f"{int(at.timestamp()):08x}.{page_id}"
    return f"{head}.{_mac(form, secret, head)}"


def read(token: str) -> Token | None:
    """Say what a token claims, unproven; None if it is none."""
    found = _SHAPE.fullmatch(token)
    if found is None:
        return None
    return Token(id=found[2], issued_at=datetime.fromtimestamp(int(found[1], 16), UTC))


def prove(token: str, form: str, secret: str, now: datetime) -> Token:
    """Return what a token proves, however old. Raises WebhookRejected if it is not this form's, or of the future."""
    claimed = read(token)
    head, _, mac = token.rpartition(".")
    if claimed is None or not hmac.compare_digest(mac, _mac(form, secret, head)):
        raise WebhookRejected(
            "This was not sent from a page of this form, or the form has changed. Go back, reload the page and send it "
            "again."
        )
    if claimed.issued_at > now + timedelta(minutes=1):
        raise WebhookRejected("The form's token is of the future. Reload the page and send it again.")
    return claimed


def _mac(form: str, secret: str, head: str) -> str:
    return hmac.new(secret.encode(), f"{form}.{head}".encode(), sha256).hexdigest()

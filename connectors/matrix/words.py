"""What a homeserver's refusal or silence means for the hub, in words a person can act on.

Sending is idempotent by transaction id (see sending.py), so silence while sending is `RetryLater`, not
`OutcomeUnknown`: https://spec.matrix.org/latest/client-server-api/#transaction-identifiers
"""

from datetime import timedelta

from connectors.matrix.client import Refused, Silent
from hub.contract import ConnectorError, CredentialsRefused, FetchFailed, Rejected, RetryLater

_UNKNOWN = frozenset({"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"})
_LOGIN_ENDED = (
    "The homeserver does not accept the access token: its login has ended. Make a new login for the hub and put its "
    "token into the settings."
)
_OURS = {
    "M_USER_DEACTIVATED": "The Matrix account has been deactivated. Connect another account.",
    "M_USER_LOCKED": "The homeserver has locked the Matrix account. Ask its administrator.",
    "M_USER_SUSPENDED": "The homeserver has suspended the Matrix account. Ask its administrator.",
}
"""What stops the account until a person acts."""
_CONSENT = "The homeserver wants its terms accepted: sign in with Element and accept them."
_REFUSALS = {
    "M_TOO_LARGE": "The message or file is larger than the homeserver allows.",
    "M_CONSENT_NOT_GIVEN": _CONSENT,
    "M_RESOURCE_LIMIT_EXCEEDED": "The homeserver has reached a limit of its own. Ask its administrator.",
    "M_NOT_FOUND": "The homeserver does not know this room any more.",
}
_GONE = ("not in room", "not a member", "has been blocked", "unknown room")


def send_error(error: Refused | Silent) -> ConnectorError:
    """Say what became of a send: CredentialsRefused or a SendError."""
    if isinstance(error, Silent):
        if not error.left:
            return RetryLater(f"The homeserver could not be reached: {error.words}. It will be tried again.")
        return RetryLater(
            f"The homeserver gave no answer: {error.words}. It will be asked again; it knows this message by its "
            "number and takes it only once."
        )
    if refused := _account_refused(error):
        return refused
    if error.status == 429 or error.code == "M_LIMIT_EXCEEDED":
        after = error.after or timedelta(seconds=5)
        return RetryLater("The homeserver asks to send more slowly; it will be tried again.", code="429", after=after)
    if error.status >= 500 or error.status == 408:
        return RetryLater(
            f"The homeserver is in trouble (HTTP {error.status}). It will be asked again, and takes a message once.",
            code=str(error.status),
            after=error.after,
        )
    code = error.code or str(error.status)
    if error.status == 403 and any(words in error.said.lower() for words in _GONE):
        return Rejected(
            "The account is not in this room any more: it was removed, or the room was closed. Nothing was sent.",
            code=code,
            unreachable=True,
        )
    words = _REFUSALS.get(error.code) or f"The homeserver refused the message: {_said(error)}."
    return Rejected(f"{words} Nothing was sent.", code=code)


def account_error(error: Refused | Silent) -> ConnectorError:
    """Say why the account cannot work: CredentialsRefused or a plain ConnectorError."""
    if isinstance(error, Silent):
        return ConnectorError(f"The homeserver does not answer: {error.words}. Check its address.")
    if refused := _account_refused(error):
        return refused
    if error.status == 429:
        return ConnectorError("The homeserver asks us to slow down.")
    if error.status in (301, 302, 307, 308, 404, 405) and error.code in ("", "M_UNRECOGNIZED"):
        return ConnectorError(
            "At this address there is no Matrix homeserver. Element shows the right one under Settings → Help & About."
        )
    return ConnectorError(f"The homeserver refused: {_said(error)}.")


def fetch_error(error: Refused | Silent) -> ConnectorError:
    """Say why a file could not be fetched: CredentialsRefused or FetchFailed."""
    if isinstance(error, Silent):
        return FetchFailed(f"The homeserver did not give the file: {error.words}.", passing=True)
    if refused := _account_refused(error):
        return refused
    if error.code == "M_NOT_FOUND" or error.status == 404:
        return FetchFailed("The file is no longer on its homeserver. Ask the customer to send it again.")
    passing = error.status == 429 or error.status >= 500 or error.code == "M_NOT_YET_UPLOADED"
    return FetchFailed(f"The homeserver does not give the file: {_said(error)}.", passing=passing)


def _account_refused(error: Refused) -> CredentialsRefused | None:
    if error.code in _UNKNOWN or error.status == 401:
        return CredentialsRefused(_LOGIN_ENDED)
    return CredentialsRefused(_OURS[error.code]) if error.code in _OURS else None


def _said(error: Refused) -> str:
    return f"“{error.said}”" if error.said else error.code or f"HTTP {error.status}"

"""What the hub is told when a request about a call fails, in words for the person who can mend it.

Codes: https://www.twilio.com/docs/api/errors. A code only chooses the words; one we do not know is told in Twilio's
own.
"""

from collections.abc import Mapping
from datetime import timedelta

from connectors._lib.http import LOOK_AT
from connectors._lib.twilio_failures import NotSent, Refused, TwilioFailure
from hub.contract import ConnectorError, CredentialsRefused, FetchFailed, OutcomeUnknown, Rejected, RetryLater
from hub.domain.phrase import Phrase

REFUSED_US = Phrase(
    "Twilio does not accept the Account SID and auth token (or API key). Copy the current ones from the Twilio console "
    "into the channel's settings."
)
_SUSPENDED = "Twilio has suspended the account. Open the Twilio console: it says why, and what to do."
_NO_NUMBER = "This is no number that can be called. Check it: + and country code, then the number."
_NOT_ALLOWED = (
    "The Twilio account may not call this country or number. Allow it in the Twilio console: Voice, Geo permissions."
)
_NOT_OURS = "Twilio does not let this account call with our number as the caller. Check the number in the settings."
_OVER = "The call is over, or not yet answered: nothing was changed."

_ACCOUNT = {"10001": _SUSPENDED, "20003": REFUSED_US, "20005": _SUSPENDED, "20403": REFUSED_US}
_LATER = {"10004", "14107", "20429", "21613"}
_WORDS: Mapping[str, str] = {
    "13223": _NO_NUMBER,
    "13224": _NO_NUMBER,
    "13225": _NOT_ALLOWED,
    "13227": _NOT_ALLOWED,
    "21201": _NO_NUMBER,
    "21210": _NOT_OURS,
    "21211": _NO_NUMBER,
    "21212": _NOT_OURS,
    "21213": _NOT_OURS,
    "21214": _NO_NUMBER,
    "21215": _NOT_ALLOWED,
    "21216": _NOT_ALLOWED,
    "21217": _NO_NUMBER,
    "21219": "A trial account calls verified numbers only. Verify this one in the Twilio console, or upgrade.",
    "21220": _OVER,
    "21221": "Twilio cannot be told of this call any more: it is over.",
    "21626": "Twilio does not take the hub's address (HUB_PUBLIC_URL): it must be a public https address.",
    "32203": _NOT_ALLOWED,
    "20404": _OVER,
}


def call_error(error: TwilioFailure, *, what: str = "call") -> ConnectorError:
    """Say what became of a request that changes something: CredentialsRefused or a SendError."""
    if isinstance(error, NotSent):
        return RetryLater(f"{error} Nothing was done.")
    if not isinstance(error, Refused):
        return OutcomeUnknown(f"{error} The {what} may have begun: look at the call log in the Twilio console.")
    code = error.code or str(error.status)
    if error.status == 429 or error.code in _LATER:
        after = error.after or timedelta(seconds=5)
        return RetryLater("Twilio asks us to call more slowly. Try again in a moment.", code=code, after=after)
    if error.status == 401 or error.code in _ACCOUNT:
        return CredentialsRefused(_ACCOUNT.get(error.code, REFUSED_US))
    words = _WORDS.get(error.code) or (_OVER if error.status == 404 else "")
    return Rejected(words or f"Twilio refused: “{error}” (error {code}). Nothing was done.", code=code)


def account_error(error: TwilioFailure, what: str = "") -> ConnectorError:
    """Say why the account cannot work: CredentialsRefused or a plain ConnectorError. `what` was looked for."""
    if isinstance(error, NotSent):
        return ConnectorError(f"{error} {LOOK_AT}")
    if not isinstance(error, Refused):
        return ConnectorError(str(error))
    if error.status == 401 or error.code in _ACCOUNT:
        return CredentialsRefused(_ACCOUNT.get(error.code, REFUSED_US))
    if error.status == 404 and what:
        return ConnectorError(f"This Twilio account has no {what}. Check it, and the Account SID, in the settings.")
    return ConnectorError(f"Twilio refused: “{error}” (error {error.code or error.status}).")


def fetch_error(error: TwilioFailure) -> ConnectorError:
    """Say why a recording could not be fetched: CredentialsRefused, RetryLater or FetchFailed."""
    if not isinstance(error, Refused):
        return RetryLater(str(error))
    if error.status in (401, 403):
        return CredentialsRefused(REFUSED_US)
    if error.status in (408, 425, 429):
        return RetryLater("Twilio asks us to fetch more slowly.", after=error.after or timedelta(seconds=10))
    return FetchFailed(f"Twilio does not give the recording (HTTP {error.status}).")

"""What the hub is told when a request to Twilio fails, in words for the person who can mend it."""

from datetime import timedelta

from connectors._lib.http import LOOK_AT
from connectors._lib.twilio_failures import NotSent, Refused, TwilioFailure
from connectors.twilio_sms.codes import REFUSED_US, Outcome, meaning_of
from hub.contract import ConnectorError, CredentialsRefused, FetchFailed, OutcomeUnknown, Rejected, RetryLater


def send_error(error: TwilioFailure) -> ConnectorError:
    """Say what became of a send: CredentialsRefused or a SendError."""
    if isinstance(error, NotSent):
        return RetryLater(f"{error} Nothing was sent; it will be tried again.")
    if not isinstance(error, Refused):
        return OutcomeUnknown(
            f"{error} The message may have gone out: look at the message log in the Twilio console before you resend."
        )
    code = error.code or str(error.status)
    meaning = meaning_of(error.code)
    if error.status == 429 or (meaning is not None and meaning.outcome is Outcome.later):
        words = meaning.words if meaning is not None else "Twilio asks us to send more slowly."
        return RetryLater(f"{words} It will be tried again.", code=code, after=error.after or timedelta(seconds=5))
    if _is_credentials(error):
        return CredentialsRefused(meaning.words if meaning is not None else REFUSED_US)
    if meaning is not None:
        return Rejected(f"{meaning.words} Nothing was sent.", code=code, unreachable=meaning.unreachable)
    return Rejected(f"Twilio refused the message: “{error}” (error {code}). Nothing was sent.", code=code)


def account_error(error: TwilioFailure, what: str = "") -> ConnectorError:
    """Say why the account cannot work: CredentialsRefused or a plain ConnectorError. `what` was looked for."""
    if isinstance(error, NotSent):
        return ConnectorError(f"{error} {LOOK_AT}")
    if not isinstance(error, Refused):
        return ConnectorError(str(error))
    meaning = meaning_of(error.code)
    if _is_credentials(error):
        return CredentialsRefused(meaning.words if meaning is not None else REFUSED_US)
    if error.status == 404 and what:
        return ConnectorError(f"This Twilio account has no {what}. Check it, and the Account SID, in the settings.")
    return ConnectorError(f"Twilio refused: “{error}” (error {error.code or error.status}).")


def fetch_error(error: TwilioFailure) -> ConnectorError:
    """Say why a file could not be fetched: CredentialsRefused or FetchFailed."""
    if not isinstance(error, Refused):
        return FetchFailed(str(error), passing=True)
    if error.status in (401, 403):
        return CredentialsRefused(REFUSED_US)
    if error.status in (404, 410):
        return FetchFailed("The file is no longer at Twilio: it was deleted there, or kept only for a while.")
    passing = error.status in (408, 425, 429)
    return FetchFailed(f"Twilio does not give the file (HTTP {error.status}).", passing=passing)


def _is_credentials(error: Refused) -> bool:
    meaning = meaning_of(error.code)
    return error.status == 401 or (meaning is not None and meaning.outcome is Outcome.account)

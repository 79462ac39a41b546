"""LINE's refusals as the contract's errors, in words for the person who can mend it.

https://developers.line.biz/en/reference/messaging-api/#status-codes
"""

from connectors._lib.http import LOOK_AT
from connectors._lib.json_api import ApiError, NoFile, NotSent
from connectors.line.client import Refused
from hub.contract import ConnectorError, CredentialsRefused, FetchFailed, OutcomeUnknown, Rejected, RetryLater

_STALE = (
    "LINE does not accept the channel access token. At developers.line.biz/console open the channel → “Messaging API”, "
    "issue a new long-lived token and paste it into the settings."
)
_QUOTA = (
    "This month's messages of the LINE plan are used up. Choose a larger plan in the LINE Official Account Manager, or "
    "write again next month."
)
_REFUSALS = (
    ("'to'", "LINE does not know this customer or group for this account."),
    ("failed to send messages", "LINE cannot reach this customer: they may have left LINE."),
    ("quotetoken", "LINE cannot quote this message any more. Write without answering to it."),
    ("originalcontenturl", "LINE cannot use the file's address. The hub needs a public https address."),
    ("may not be empty", "There is nothing LINE could show: the text is empty."),
    ("length must be between", "The text is too long for LINE: at most 5,000 characters a message."),
)
_GONE = ("'to'", "failed to send messages")


def send_error(error: ApiError, *, repeatable: bool) -> ConnectorError:
    """Say what became of a send: CredentialsRefused or a SendError.

    `repeatable`: LINE still knows the retry key of this delivery, so asking again cannot double the message.
    """
    if isinstance(error, NotSent):
        return RetryLater(f"{error} Nothing was sent; it will be tried again.")
    if not isinstance(error, Refused):
        if repeatable:
            return RetryLater(f"{error} It will be tried again; LINE takes each message once only.")
        return OutcomeUnknown(f"{error} The message may have gone out: look into the chat before you resend.")
    if (refused := _refused_us(error)) is not None:
        return refused
    code, said = str(error.status), error.said.lower()
    if error.status == 429 and "monthly limit" in said:
        return Rejected(f"{_QUOTA} Nothing was sent.", code=code)
    if error.status == 429:
        return RetryLater("LINE asks to send more slowly; it will be tried again.", code=code, after=error.after)
    for mark, words in _REFUSALS:
        if mark in said:
            return Rejected(f"{words} Nothing was sent.", code=code, unreachable=mark in _GONE)
    return Rejected(f"LINE refused the message: “{error.said}”. Nothing was sent.", code=code)


def account_error(error: ApiError) -> ConnectorError:
    """Say why the account cannot work: CredentialsRefused or a plain ConnectorError."""
    if isinstance(error, NotSent):
        return ConnectorError(f"{error} {LOOK_AT}")
    return _refused_us(error) or ConnectorError(str(error))


def fetch_error(error: ApiError) -> ConnectorError:
    """Say why a file could not be fetched: CredentialsRefused or FetchFailed."""
    if not isinstance(error, NoFile):
        return FetchFailed(str(error), passing=True)
    if error.status == 401:
        return CredentialsRefused(_STALE)
    if error.status == 202:
        return FetchFailed("LINE is still preparing the file.", passing=True)
    if error.status in (404, 410):
        return FetchFailed("LINE does not have the file any more: it keeps what customers send for a limited time.")
    passing = error.status >= 500 or error.status == 429
    return FetchFailed(f"LINE does not give the file at the moment (HTTP {error.status}).", passing=passing)


def _refused_us(error: ApiError) -> CredentialsRefused | None:
    if not isinstance(error, Refused):
        return None
    if error.status == 401:
        return CredentialsRefused(_STALE)
    if error.status == 403:
        return CredentialsRefused(
            f"LINE does not allow this account to do that: “{error.said}”. Look into its plan and its Messaging API "
            "settings in the LINE Official Account Manager."
        )
    return None

"""Viber's refusals as the contract's errors, in words for the person who can mend it.

https://developers.viber.com/docs/api/rest-bot-api/#error-codes
"""

from connectors._lib.http import LOOK_AT
from connectors._lib.json_api import ApiError, NotSent
from connectors.viber.client import Refused
from hub.contract import ConnectorError, CredentialsRefused, OutcomeUnknown, Rejected, RetryLater

_STALE = (
    "Viber does not accept the authentication token. Copy the bot's current token from partners.viber.com → “Edit "
    "info” and paste it into the settings."
)
_CLOSED = (
    "Viber has blocked or suspended this bot, or its commercial terms have ended. Look into partners.viber.com, or ask "
    "Viber's support."
)
_STOPS = {
    2: _STALE,
    7: _CLOSED,
    8: _STALE,
    9: _CLOSED,
    10: "This bot has no webhook, and Viber sends nothing for it. Restart this channel to register it.",
    15: "This bot may not do that. Ask Viber's support to allow it.",
    24: "The bot's balance at Viber is used up. Top it up with your Viber partner.",
    -401: _STALE,
    -403: _CLOSED,
}
_TOO_FAST = frozenset({12, -429})
_UNREACHABLE = {
    5: "Viber does not know this customer any more: they may have a new number or have left Viber.",
    6: "The customer has unsubscribed from the bot. They have to write first.",
}
_REFUSALS = {
    1: "Viber cannot use the address of the file or of the webhook. The hub needs a public https address.",
    3: "Viber does not understand the message.",
    4: "Viber misses something in the message.",
    11: "The customer's Viber cannot receive messages of bots. They have to update it, or use a phone.",
    13: "The customer's Viber is too old for this kind of message.",
    14: "The customer's Viber is too old for this kind of message.",
    21: "Viber does not allow bots to write to customers in this country.",
    23: "This month's free messages are used up. Ask your Viber partner for more, or wait for the customer to write.",
}


def send_error(error: ApiError) -> ConnectorError:
    """Say what became of a send: CredentialsRefused or a SendError. Viber knows no idempotency key."""
    if isinstance(error, NotSent):
        return RetryLater(f"{error} Nothing was sent; it will be tried again.")
    if not isinstance(error, Refused):
        return OutcomeUnknown(f"{error} The message may have gone out: look into the chat before you resend.")
    if error.status in _STOPS:
        return CredentialsRefused(_STOPS[error.status])
    code = str(abs(error.status))
    if error.status in _TOO_FAST:
        return RetryLater("Viber asks to send more slowly; it will be tried again.", code=code, after=error.after)
    if words := _UNREACHABLE.get(error.status):
        return Rejected(f"{words} Nothing was sent.", code=code, unreachable=True)
    words = _REFUSALS.get(error.status, "Viber refused the message.")
    return Rejected(f"{words} Viber says: “{error.said}”. Nothing was sent.", code=code)


def account_error(error: ApiError) -> ConnectorError:
    """Say why the account cannot work: CredentialsRefused or a plain ConnectorError."""
    if isinstance(error, NotSent):
        return ConnectorError(f"{error} {LOOK_AT}")
    if isinstance(error, Refused) and error.status in _STOPS and error.status != 10:
        return CredentialsRefused(_STOPS[error.status])
    if isinstance(error, Refused) and error.status == 1:
        return ConnectorError(
            f"Viber cannot call the hub: “{error.said}”. HUB_PUBLIC_URL must answer by https, with a certificate from "
            "a known authority and its whole chain."
        )
    return ConnectorError(str(error))

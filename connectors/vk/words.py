"""VK's refusals as the contract's errors, in words for the person who can mend it.

https://dev.vk.com/en/reference/errors
"""

from datetime import timedelta

from connectors._lib.http import LOOK_AT
from connectors._lib.json_api import ApiError, NotSent
from connectors.vk.client import Refused
from hub.contract import ConnectorError, CredentialsRefused, OutcomeUnknown, Rejected, RetryLater

_STALE = (
    "VK does not accept the access token. In the community open “Manage” → “API usage” → “Access tokens”, make a new "
    "one with messages, photos, files and community management, and paste it into the settings."
)
_RIGHTS = (
    "The access token may not do that. In the community open “Manage” → “API usage” → “Access tokens” and make one "
    "with messages, photos, files and community management."
)
_STOPS = {5: _STALE, 27: _STALE, 28: _STALE, 1116: _STALE, 7: _RIGHTS, -401: _STALE, -403: _RIGHTS}
_PAUSES = {6: timedelta(seconds=1), 9: timedelta(minutes=1), 29: timedelta(hours=1), -429: None}
"""Too many in a second; too many of one kind; the day's limit. VK says no times: these are ours."""
_UNREACHABLE = {
    900: "The customer is on the community's blacklist. Take them off it to write to them.",
    901: "The customer has not allowed messages of the community, or does no longer. They have to write first.",
    902: "The customer's privacy settings do not allow this message.",
    917: "The community is not in this chat any more. Ask a member to invite it again.",
    945: "This chat was closed.",
    983: "The community may not write in this chat. An administrator of the chat must allow it.",
}
_REFUSALS = {
    14: "VK asks for a captcha, which a community cannot answer. Write more slowly, and try again later.",
    15: "VK does not allow this.",
    100: "VK does not understand the message.",
    113: "VK does not know this customer.",
    911: "VK does not understand the message's buttons.",
    912: "The community may not act as a bot. Switch it on: “Manage” → “Messages” → “Bot settings”.",
    914: "The text is too long for VK: at most 4,096 characters.",
    921: "The message answered to cannot be quoted any more. Write without answering to it.",
    943: "VK does not allow this kind of message now.",
    944: "VK does not allow more messages of this kind to this customer.",
    950: "It is too long since the customer wrote: VK does not allow an answer now.",
}


def send_error(error: ApiError, *, repeatable: bool) -> ConnectorError:
    """Say what became of a send: CredentialsRefused or a SendError.

    `repeatable`: VK still knows the random id of this delivery, so asking again cannot double the message.
    """
    if isinstance(error, NotSent):
        return RetryLater(f"{error} Nothing was sent; it will be tried again.")
    if not isinstance(error, Refused):
        if repeatable:
            return RetryLater(f"{error} It will be tried again; VK takes each message once only.")
        return OutcomeUnknown(f"{error} The message may have gone out: look into the chat before you resend.")
    if error.code in _STOPS:
        return CredentialsRefused(f"{_STOPS[error.code]} (VK's code {abs(error.code)})")
    code = str(abs(error.code))
    if error.code in _PAUSES:
        after = error.after or _PAUSES[error.code]
        return RetryLater("VK asks to send more slowly; it will be tried again.", code=code, after=after)
    if words := _UNREACHABLE.get(error.code):
        return Rejected(f"{words} Nothing was sent.", code=code, unreachable=True)
    words = _REFUSALS.get(error.code, "VK refused the message.")
    return Rejected(f"{words} VK says: “{error.said}”. Nothing was sent.", code=code)


def account_error(error: ApiError) -> ConnectorError:
    """Say why the account cannot work: CredentialsRefused or a plain ConnectorError."""
    if isinstance(error, NotSent):
        return ConnectorError(f"{error} {LOOK_AT}")
    if isinstance(error, Refused) and error.code in _STOPS:
        return CredentialsRefused(f"{_STOPS[error.code]} (VK's code {abs(error.code)})")
    return ConnectorError(str(error))

"""Telegram's refusals as the contract's errors, in words for the person who can mend it."""

from datetime import timedelta

from telegram.error import TelegramError

from connectors._lib.http import LOOK_AT
from connectors.telegram.client import NotSent, Refused
from hub.contract import ConnectorError, CredentialsRefused, FetchFailed, OutcomeUnknown, Rejected, RetryLater
from hub.domain.phrase import Phrase

_REFUSED_US = Phrase(
    "Telegram does not accept the bot token. Open @BotFather, copy the bot's current token, put it into the settings."
)

_GONE = (
    ("blocked by the user", "The customer has blocked the bot on Telegram."),
    ("user is deactivated", "The customer has deleted their Telegram account."),
    ("can't initiate conversation", "The customer has never started the bot: on Telegram they must write first."),
    ("was kicked", "The bot was removed from this group. Ask a member to add it again."),
    ("not a member", "The bot is not a member of this chat any more. Ask a member to add it again."),
    ("group chat was deactivated", "This group was closed."),
)
"""The address is dead until somebody there acts."""

_NO_RIGHT = "The bot may not write here. A group administrator must allow it."
_NO_BUSINESS = "The business account is no longer connected to the bot."
_REFUSALS = (
    ("chat not found", "Telegram does not know this chat for this bot. The account may be deleted, or the bot new."),
    ("message is too long", "The text is too long for Telegram: at most 4096 characters. Split it."),
    ("caption is too long", "The text beside the file is too long for Telegram: at most 1024 characters."),
    ("message text is empty", "There is no text to send."),
    ("file must be non-empty", "The file is empty."),
    ("entity too large", "The file is too large for Telegram: at most 50 MB."),
    ("file is too big", "The file is too large for Telegram: at most 50 MB."),
    ("can't parse entities", "Telegram could not read the formatting. Send it as plain text."),
    ("voice_messages_forbidden", "The customer accepts no voice messages. Send it as a file or as text."),
    ("not enough rights", _NO_RIGHT),
    ("have no rights to send", _NO_RIGHT),
    ("topic_closed", "This forum topic is closed."),
    ("message thread not found", "This forum topic was deleted."),
    ("business connection not found", _NO_BUSINESS),
    ("business_connection_invalid", _NO_BUSINESS),
    ("business_peer_usage_missing", "Telegram allows an answer here only within 24 hours of the customer's message."),
)


def send_error(error: TelegramError) -> ConnectorError:
    """Say what became of a send: CredentialsRefused or a SendError."""
    if isinstance(error, NotSent):
        return RetryLater(f"{error.message} Nothing was sent; it will be tried again.")
    if not isinstance(error, Refused):
        return OutcomeUnknown(f"{error.message} The message may have gone out: look into the chat before you resend.")
    if is_bad_token(error):
        return CredentialsRefused(_REFUSED_US)
    code = str(error.code)
    if error.code == 429:
        return RetryLater("Telegram asks to send more slowly; it will be tried again.", code=code, after=error.after)
    description = error.description.lower()
    for text, words in _GONE:
        if text in description:
            return Rejected(f"{words} Nothing was sent.", code=code, unreachable=True)
    for text, words in _REFUSALS:
        if text in description:
            return Rejected(f"{words} Nothing was sent.", code=code)
    return Rejected(f"Telegram refused the message: “{error.description}”. Nothing was sent.", code=code)


def fetch_error(error: TelegramError) -> ConnectorError:
    """Say why a file could not be fetched: CredentialsRefused or FetchFailed."""
    if not isinstance(error, Refused):
        return FetchFailed(error.message, passing=True)
    if error.code == 401:
        return CredentialsRefused(_REFUSED_US)
    if "too big" in error.description.lower():
        return FetchFailed(
            Phrase(
                "The file is larger than 20 MB, and Telegram gives bots no larger ones. Ask the customer to send it "
                "another way, or run your own Bot API server."
            )
        )
    if error.code == 429 or "temporarily unavailable" in error.description.lower():
        return FetchFailed(Phrase("Telegram cannot give the file at the moment."), passing=True)
    return FetchFailed(Phrase("Telegram does not give the file: “{told}”.", told=error.description))


def account_error(error: TelegramError) -> ConnectorError:
    """Say why the account cannot work: CredentialsRefused or a plain ConnectorError."""
    if isinstance(error, NotSent):
        return ConnectorError(f"{error.message} {LOOK_AT}")
    if not isinstance(error, Refused):
        return ConnectorError(error.message)
    if is_bad_token(error):
        return CredentialsRefused(_REFUSED_US)
    description = error.description.lower()
    if error.code == 409 and "webhook" in description:
        return ConnectorError(
            Phrase(
                "Telegram delivers this bot's messages to a webhook, so they cannot be polled. Another program may "
                "have set it: stop that program, or make a new bot for the hub."
            )
        )
    if error.code == 409:
        return ConnectorError(
            Phrase(
                "Another program polls this bot with the same token, so messages are split between the two. Stop the "
                "other program, or make a new bot for the hub."
            )
        )
    if "webhook" in description:
        return ConnectorError(
            Phrase(
                "Telegram does not accept the hub's public address for this bot: “{told}”. It must be https "
                "with a valid certificate on port 443, 80, 88 or 8443. Or let the channel poll.",
                told=error.description,
            )
        )
    return ConnectorError(Phrase("Telegram refused: “{told}”.", told=error.description))


def is_bad_token(error: Refused) -> bool:
    """401 is a token of the right form that is not valid, 404 one that is not even that."""
    return error.code in {401, 404}


def pause_asked(error: TelegramError) -> timedelta | None:
    """How long Telegram asks to wait before the next request, if it does."""
    if isinstance(error, Refused) and error.code == 429:
        return error.after or timedelta(seconds=5)
    return None

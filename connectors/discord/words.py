"""Discord's refusals as the contract's errors, in words for the person who can mend it.

https://docs.discord.com/developers/topics/opcodes-and-status-codes
"""

from collections.abc import Mapping

from connectors._lib.http import LOOK_AT
from connectors.discord.client import DiscordError, NotSent, Refused
from hub.contract import ConnectorError, CredentialsRefused, FetchFailed, OutcomeUnknown, Rejected, RetryLater

REFUSED_US = (
    "Discord does not accept the bot token. At discord.com/developers open the application, “Bot” → “Reset Token”, and "
    "put the new token into the settings."
)
_GONE: Mapping[int, str] = {
    10003: "Discord does not know this channel any more: it was deleted.",
    10013: "Discord does not know this person.",
    50007: "This person takes no direct messages from our bot: they blocked it, left the server they shared with it, "
    "or switched off messages from server members.",
    50278: "This person shares no server with our bot any more, so Discord lets it write nothing to them.",
}
"""The address is dead until somebody there acts."""
_REFUSALS: Mapping[int, str] = {
    20022: "The server's words filter stopped the message.",
    20028: "This channel's limit is reached.",
    40005: "The files are too large: Discord takes 10 MB in all, more in boosted servers.",
    40060: "This was answered already.",
    50001: "Our bot may not see this channel. A server administrator has to give it “View Channel”.",
    50006: "There is nothing to send.",
    50008: "Nothing can be written in a channel of this kind.",
    50013: "Our bot may not write here. A server administrator has to give it “Send Messages” and “Attach Files”, in "
    "threads “Send Messages in Threads”.",
    50083: "This thread was archived and locked.",
    160005: "This thread is locked. A moderator has to unlock it.",
    160006: "The server has too many open threads.",
    200000: "The server's AutoMod stopped the message.",
    200001: "The server's AutoMod stopped the message.",
    240000: "Discord stopped the message because of a link in it.",
    340013: "Discord has limited our bot for a time. See discord.com/developers.",
}


def send_error(error: DiscordError) -> ConnectorError:
    """Say what became of a send: CredentialsRefused or a SendError."""
    if isinstance(error, NotSent):
        return RetryLater(f"{error.words} Nothing was sent; it will be tried again.")
    if not isinstance(error, Refused):
        return OutcomeUnknown(
            f"{error.words} The message may have gone out: look into Discord before you send it again."
        )
    if error.status == 401:
        return CredentialsRefused(REFUSED_US)
    if error.after is not None:
        return RetryLater(
            "Discord asks to send more slowly; it will be tried again.", code=str(error.code), after=error.after
        )
    if error.code in _GONE:
        return Rejected(f"{_GONE[error.code]} Nothing was sent.", code=str(error.code), unreachable=True)
    return Rejected(f"{_REFUSALS.get(error.code, error.words + '.')} Nothing was sent.", code=str(error.code))


def fetch_error(error: DiscordError) -> ConnectorError:
    """Say why a file could not be fetched: CredentialsRefused or FetchFailed."""
    if not isinstance(error, Refused):
        return FetchFailed(error.words, passing=True)
    if error.status == 401:
        return CredentialsRefused(REFUSED_US)
    if error.after is not None:
        return FetchFailed("Discord asks to fetch more slowly.", passing=True)
    if error.code == 10008:
        return FetchFailed("The message was deleted in Discord before its file was fetched.")
    return FetchFailed(f"{error.words}.")


def account_error(error: DiscordError) -> ConnectorError:
    """Say why the account cannot work: CredentialsRefused or a plain ConnectorError."""
    if isinstance(error, NotSent):
        return ConnectorError(f"{error.words} {LOOK_AT}")
    if isinstance(error, Refused) and error.status == 401:
        return CredentialsRefused(REFUSED_US)
    if isinstance(error, Refused) and error.after is not None:
        return ConnectorError("Discord asks to call more slowly. The hub tries again by itself.")
    return ConnectorError(error.words if error.words.endswith(".") else f"{error.words}.")

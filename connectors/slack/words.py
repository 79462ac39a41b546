"""Slack's refusals as the contract's errors, in words for the person who can mend it."""

from collections.abc import Mapping

from connectors._lib.http import LOOK_AT
from connectors.slack.client import NotSent, Refused, SlackError
from hub.contract import ConnectorError, CredentialsRefused, FetchFailed, OutcomeUnknown, Rejected, RetryLater

_BAD_TOKEN = frozenset(
    {
        "account_inactive", "app_missing_action_url", "invalid_auth", "not_allowed_token_type", "not_authed",
        "org_login_required", "team_access_not_granted", "token_expired", "token_revoked", "two_factor_setup_required",
    }
)  # fmt: skip
_REFUSED_US = (
    "Slack does not accept the token: the app was removed from the workspace, or its token was revoked. Open the app "
    "at api.slack.com/apps, install it again, and put the current “Bot User OAuth Token” into the settings."
)
_GONE = {
    "user_disabled": "This person's Slack account was deactivated.",
    "user_not_found": "Slack does not know this person for our app.",
    "cannot_dm_bot": "This is an app, not a person: it cannot be written to.",
    "is_archived": "This channel was archived. Somebody has to unarchive it in Slack.",
}
"""The address is dead until somebody there acts."""
_NOT_IN = "The app is not in this channel. In Slack write “/invite @” and the app's name there, then send again."
_TOO_LONG = "The text is too long for Slack: at most 40,000 characters in one message."
_REFUSALS: Mapping[str, str] = {
    "not_in_channel": _NOT_IN,
    "channel_not_found": "Slack does not show this channel to our app: it is private and the app is not in it, or it "
    "was deleted.",
    "restricted_action": "The workspace allows the app to write nothing in this channel. An owner can change that.",
    "restricted_action_read_only_channel": "This channel is read-only.",
    "restricted_action_thread_only_channel": "In this channel only answers in a thread are allowed.",
    "restricted_action_non_threadable_channel": "In this channel there are no threads.",
    "restricted_action_thread_locked": "This thread is locked.",
    "ekm_access_denied": "The workspace's administrators have suspended writing here.",
    "messages_tab_disabled": "The app takes no direct messages. At api.slack.com/apps open “App Home” and switch on "
    "the Messages tab.",
    "msg_too_long": _TOO_LONG,
    "msg_blocks_too_long": _TOO_LONG,
    "no_text": "There is no text to send.",
    "slack_connect_file_upload_sharing_blocked": "The workspaces have blocked files in this shared channel.",
    "slack_connect_blocked_file_type": "Files of this type are blocked in this shared channel.",
    "file_upload_size_restricted": "The file is larger than this workspace allows.",
    "storage_limit_reached": "The workspace's storage is full. Delete files there, or buy more.",
    "message_limit_exceeded": "The workspace has reached the number of messages its plan allows.",
    "team_access_not_granted": "The app may not be used in this workspace. An administrator has to allow it.",
    "posting_to_general_channel_denied": "An administrator has forbidden writing to this channel.",
}


def send_error(error: SlackError) -> ConnectorError:
    """Say what became of a send: CredentialsRefused or a SendError."""
    if isinstance(error, NotSent):
        return RetryLater(f"{error.words} Nothing was sent; it will be tried again.")
    if not isinstance(error, Refused):
        return OutcomeUnknown(f"{error.words} The message may have gone out: look into Slack before you send it again.")
    if (refused := _refused_us(error)) is not None:
        return refused
    if error.code == "ratelimited":
        return RetryLater("Slack asks to send more slowly; it will be tried again.", code=error.code, after=error.after)
    if error.code in _GONE:
        return Rejected(f"{_GONE[error.code]} Nothing was sent.", code=error.code, unreachable=True)
    words = _REFUSALS.get(error.code, f"Slack refused the message: “{error.code}”.")
    return Rejected(f"{words} Nothing was sent.", code=error.code)


def fetch_error(error: SlackError) -> ConnectorError:
    """Say why a file could not be fetched: CredentialsRefused or FetchFailed."""
    if not isinstance(error, Refused):
        return FetchFailed(error.words, passing=True)
    if error.code == "ratelimited":
        return FetchFailed("Slack asks to fetch more slowly.", passing=True)
    if (refused := _refused_us(error)) is not None:
        return refused
    if error.code in {"file_not_found", "file_deleted"}:
        return FetchFailed("The file was deleted in Slack.")
    return FetchFailed(f"Slack does not give the file: “{error.code}”.")


def account_error(error: SlackError) -> ConnectorError:
    """Say why the account cannot work: CredentialsRefused or a plain ConnectorError."""
    if isinstance(error, NotSent):
        return ConnectorError(f"{error.words} {LOOK_AT}")
    if not isinstance(error, Refused):
        return ConnectorError(error.words)
    if (refused := _refused_us(error)) is not None:
        return refused
    if error.code == "ratelimited":
        return ConnectorError("Slack asks to call more slowly. The hub tries again by itself.")
    return ConnectorError(f"{error.words}.")


def _refused_us(error: Refused) -> CredentialsRefused | None:
    if error.code in _BAD_TOKEN:
        return CredentialsRefused(_REFUSED_US)
    if error.code in {"missing_scope", "no_permission"}:
        named = f"the scope {error.needed}" if error.needed else "a scope"
        return CredentialsRefused(
            f"The app lacks {named}. At api.slack.com/apps open “OAuth & Permissions”, add it, then install the app to "
            "the workspace again."
        )
    return None

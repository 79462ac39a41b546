"""What has to be right at Slack, step by step, and how it stands."""

from collections.abc import Sequence

from connectors._lib.loose_json import objects, text
from connectors.slack.client import Answer, Client, SlackError
from connectors.slack.settings import Mode, SlackSettings
from connectors.slack.words import account_error
from hub.contract import SetupStep
from hub.domain.phrase import Phrase

NEEDED = (
    "chat:write",
    *("channels:history", "groups:history", "im:history", "mpim:history"),
    *("channels:read", "groups:read", "im:read", "mpim:read"),
    *("im:write", "files:read", "files:write", "reactions:read", "users:read"),
)
"""Scopes of the bot without which something is missing; users:read.email and app_mentions:read are welcome."""

EVENTS = (
    *("message.channels", "message.groups", "message.im", "message.mpim"),
    *("reaction_added", "reaction_removed"),
)


async def steps(client: Client, settings: SlackSettings, webhook_url: str) -> Sequence[SetupStep]:
    """Look at every step beside the token itself, in the order a person does them. Raises SlackError."""
    me = await client.call("auth.test")
    return (_scopes(me), _subscribed(settings, webhook_url), await _places(client))


def missing_scopes(me: Answer) -> Sequence[str]:
    """Return the scopes the token lacks; none if the server does not say."""
    return [scope for scope in NEEDED if me.scopes is not None and scope not in me.scopes]


def _scopes(me: Answer) -> SetupStep:
    missing = ", ".join(missing_scopes(me))
    return SetupStep(
        title=Phrase("The app may do what the hub needs"),
        done=not missing if me.scopes is not None else None,
        help=Phrase(
            "“OAuth & Permissions” → “Bot Token Scopes”: add {scopes}, then install the app to the workspace again.",
            scopes=missing or ", ".join(NEEDED),
        ),
    )


def _subscribed(settings: SlackSettings, webhook_url: str) -> SetupStep:
    """Slack does not say whether it is set up to call us: the first event proves it."""
    events = ", ".join(EVENTS)
    if settings.mode is Mode.socket:
        return SetupStep(
            title=Phrase("Socket Mode is on, with the bot events"),
            done=None,
            help=Phrase(
                "“Socket Mode” → enable. “Event Subscriptions” → enable → “Subscribe to bot events”: {events}.",
                events=events,
            ),
        )
    return SetupStep(
        title=Phrase("Slack calls the hub"),
        done=None,
        help=Phrase(
            "“Event Subscriptions” → enable → Request URL: {url} (Slack says “Verified”; if not, the signing secret or "
            "the address is wrong) → “Subscribe to bot events”: {events} → Save.",
            url=webhook_url,
            events=events,
        ),
    )


async def _places(client: Client) -> SetupStep:
    title = Phrase("The app is where customers write")
    advice = Phrase(
        "“App Home” → switch on the Messages tab and allow messages from it; and in each channel write “/invite @” and "
        "the app's name."
    )
    try:
        answer = await client.call(
            "users.conversations",
            {"types": "public_channel,private_channel,mpim,im", "exclude_archived": True, "limit": 200},
        )
    except SlackError as error:
        words = Phrase("{problem} {advice}", problem=Phrase.of(account_error(error)), advice=advice)
        return SetupStep(title=title, done=None, help=words)
    found = [text(channel, "id") for channel in objects(answer.body, "channels")]
    return SetupStep(title=title, done=bool(found), help=advice)

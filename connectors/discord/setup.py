"""What has to be right at Discord, step by step, and how it stands."""

from collections.abc import Sequence

from connectors._lib.loose_json import objects, text, whole
from connectors.discord.client import Client, Refused
from connectors.discord.ids import is_id
from connectors.discord.places import Rules
from connectors.discord.settings import EVERYWHERE
from hub.contract import SetupStep
from hub.domain.phrase import Phrase

_SEES_CONTENT = (1 << 18) | (1 << 19)
"""https://docs.discord.com/developers/resources/application#application-object-application-flags"""
_PERMISSIONS = (1 << 10) | (1 << 11) | (1 << 15) | (1 << 16) | (1 << 38)
"""View channels, send messages, attach files, read the history, send in threads."""


async def steps(client: Client, rules: Rules) -> Sequence[SetupStep]:
    """Look at every step beside the token itself, in the order a person does them. Raises DiscordError."""
    about = await client.get("/applications/@me")
    application = about if isinstance(about, dict) else {}
    servers = objects({"items": await client.get("/users/@me/guilds")}, "items")
    invite = (
        f"https://discord.com/oauth2/authorize?client_id={text(application, 'id')}&scope=bot&permissions={_PERMISSIONS}"
    )
    found = [
        SetupStep(
            title=Phrase("The bot may read what messages say"),
            done=bool((whole(application, "flags") or 0) & _SEES_CONTENT),
            help=Phrase(
                "At discord.com/developers open the application, “Bot” → “Privileged Gateway Intents”, and switch on "
                "“Message Content Intent”."
            ),
        ),
        SetupStep(
            title=Phrase("The bot is in your server"),
            done=bool(servers),
            help=Phrase(
                "Open {invite} and choose the server. Also for direct messages: a customer can write to a bot they "
                "share a server with.",
                invite=invite,
            ),
        ),
    ]
    return [*found, *[await _channel(client, channel) for channel in sorted(rules.channels - {EVERYWHERE})]]


async def _channel(client: Client, channel: str) -> SetupStep:
    advice = Phrase(
        "Give the bot's role “View Channel”, “Read Message History”, “Send Messages” and “Send Messages in Threads”."
    )
    try:
        answer = await client.get(f"/channels/{channel}")
    except Refused as error:
        unknown = Phrase("There is no channel of this id, or the bot is not in its server.")
        title = Phrase("The bot sees the channel {channel}", channel=channel)
        return SetupStep(title=title, done=False, help=advice if error.status == 403 else unknown)
    name = text(answer, "name") if isinstance(answer, dict) and is_id(text(answer, "id")) else ""
    return SetupStep(title=Phrase("The bot sees #{channel}", channel=name or channel), done=True)

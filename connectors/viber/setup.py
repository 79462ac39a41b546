"""How our bot stands at Viber: its webhook and the events it tells. Asked step by step."""

from collections.abc import Sequence

from connectors._lib.loose_json import Json, text, texts
from connectors.viber.client import Client
from connectors.viber.settings import ViberSettings
from hub.contract import SetupStep
from hub.domain.phrase import NOTHING, Phrase

EVENTS = ("delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started")
"""What we ask to be told. Messages always come."""


class Account:
    """One bot of ours at Viber. Every method raises ApiError."""

    def __init__(self, client: Client, settings: ViberSettings, webhook_url: str) -> None:
        self._client = client
        self._settings = settings
        self._url = webhook_url

    async def info(self) -> Json:
        """Return who we are: https://developers.viber.com/docs/api/rest-bot-api/#get-account-info."""
        return await self._client.call("get_account_info")

    async def register(self) -> None:
        """Have Viber call our address, unless it does already: it calls at once, and refuses if we do not answer."""
        if self._settings.register_webhook and _problem(await self.info(), self._url):
            body = {"url": self._url, "event_types": list(EVENTS), "send_name": True, "send_photo": False}
            await self._client.call("set_webhook", body)

    async def problem(self) -> str:
        """Say what keeps events from coming; empty if nothing does."""
        found = _problem(await self.info(), self._url)
        if not found or self._settings.register_webhook:
            return found
        return f"{found} Enter this channel's webhook address where you registered the other."

    async def steps(self) -> Sequence[SetupStep]:
        """Look at every step of the guide, in its order."""
        info = await self.info()
        problem = _problem(info, self._url)
        return (
            SetupStep(title=Phrase("The token is right: the bot is “{name}”", name=text(info, "name")), done=True),
            SetupStep(
                title=Phrase("This channel's webhook address is registered, with all events"),
                done=not problem,
                help=Phrase("{problem} Switch the channel on or restart it: it registers by itself.", problem=problem),
            ),
            SetupStep(
                title=Phrase("Customers can find the bot"),
                done=None,
                help=Phrase(
                    "Give them the link viber://pa?chatURI={uri}; with &context=… the hub shows where they came from.",
                    uri=text(info, "uri"),
                ),
            ),
        )


def _problem(info: Json, url: str) -> Phrase:
    webhook = text(info, "webhook")
    if not webhook:
        return Phrase("Viber calls nobody: the bot has no webhook.")
    if webhook != url:
        return Phrase("Viber calls another address: another program uses this bot's token.")
    missing = sorted(set(EVENTS) - set(texts(info, "event_types")))
    return Phrase("Viber does not tell of: {missing}.", missing=", ".join(missing)) if missing else NOTHING

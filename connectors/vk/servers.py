"""Where VK sends a community's events: its Callback servers, and whether they may be polled.

https://dev.vk.com/en/method/groups.addCallbackServer and beside
"""

from collections.abc import Mapping

from connectors._lib.loose_json import Json, objects, text
from connectors.vk.client import Client
from connectors.vk.ids import integer
from connectors.vk.settings import VkSettings
from hub.domain.phrase import NOTHING, Phrase

EVENTS = (
    "message_new", "message_reply", "message_edit", "message_allow", "message_deny", "message_read", "message_event",
    "message_reaction_event",
)  # fmt: skip
"""What we ask to be told."""
TITLE = "Hub"
"""At most 14 characters."""


class Servers:
    """Of one community. Every method raises ApiError."""

    def __init__(self, client: Client, settings: VkSettings, url: str, secret: str) -> None:
        self._client = client
        self._settings = settings
        self._group = settings.group_id
        self._url = url
        self._secret = secret
        self.confirmation = settings.confirmation
        """What VK wants to hear when it asks whether the address is ours; known once it was asked for."""

    async def register(self) -> None:
        """Have VK call our address with the events we need. Idempotent."""
        if not self._settings.confirmation:
            answer = await self._client.one("groups.getCallbackConfirmationCode", group_id=self._group)
            self.confirmation = text(answer, "code")
        if not self._settings.register_webhook:
            return
        server = await self._ours()
        named = {"group_id": self._group, "url": self._url, "title": TITLE, "secret_key": self._secret}
        if server is None:
            ident = integer(await self._client.one("groups.addCallbackServer", **named), "server_id")
        else:
            ident = integer(server, "id")
            if text(server, "secret_key") not in ("", self._secret) or text(server, "status") in (
                "failed",
                "unconfigured",
            ):
                await self._client.call("groups.editCallbackServer", server_id=ident, **named)
        await self._client.call("groups.setCallbackSettings", server_id=ident, **self._wanted())

    async def problem(self) -> Phrase:
        """Say what keeps events from coming; empty if nothing does."""
        server = await self._ours()
        if server is None:
            return Phrase(
                "VK does not call the hub: this channel's address is not among the community's Callback servers."
            )
        match text(server, "status"):
            case "failed":
                return Phrase(
                    "VK has given up calling the hub, for it did not answer. HUB_PUBLIC_URL must answer by https."
                )
            case "unconfigured":
                return Phrase(
                    "VK has not confirmed the hub's address: the confirmation string is wrong, or it cannot reach us."
                )
            case _:
                missing = _missing(await self._settings_of(integer(server, "id")))
                return Phrase("VK does not tell of: {missing}.", missing=", ".join(missing)) if missing else NOTHING

    async def allow_polling(self) -> None:
        """Have VK keep the events we need to be polled. Idempotent."""
        if _missing(await self._polling()):
            await self._client.call("groups.setLongPollSettings", enabled=1, **self._wanted())

    async def polling_problem(self) -> Phrase:
        """Say what keeps events from being polled; empty if nothing does."""
        found = await self._polling()
        if not found.get("is_enabled"):
            return Phrase("Long Poll is off in the community. Restart this channel: it switches it on.")
        missing = _missing(found)
        if not missing:
            return NOTHING
        return Phrase("VK's Long Poll does not tell of: {missing}.", missing=", ".join(missing))

    async def _ours(self) -> Json | None:
        answer = await self._client.one("groups.getCallbackServers", group_id=self._group)
        return next((one for one in objects(answer, "items") if text(one, "url") == self._url), None)

    async def _settings_of(self, server: int) -> Json:
        return await self._client.one("groups.getCallbackSettings", group_id=self._group, server_id=server)

    async def _polling(self) -> Json:
        return await self._client.one("groups.getLongPollSettings", group_id=self._group)

    def _wanted(self) -> Mapping[str, object]:
        version = {"group_id": self._group, "api_version": self._settings.api_version}
        return {**version, **dict.fromkeys(EVENTS, 1)}


def _missing(answer: Json) -> list[str]:
    """Return the events that are off; VK's older versions know nothing of some."""
    events = answer.get("events")
    told = events if isinstance(events, dict) else {}
    return [name for name in EVENTS if not told.get(name) and (name in told or name == "message_new")]

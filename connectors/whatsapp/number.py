"""How our number stands at WhatsApp, and where its events go: asked, registered, and said step by step."""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors._lib.meta_graph import Graph, GraphError, Refused
from connectors._lib.meta_setup import (
    app_steps,
    app_webhook,
    register_app_webhook,
    token_facts,
)
from connectors.whatsapp.people import international
from connectors.whatsapp.settings import WhatsAppSettings
from hub.contract import ConnectorError, SetupStep
from hub.domain.phrase import Phrase

_KIND = "whatsapp_business_account"
_FIELDS = "id,display_phone_number,verified_name,quality_rating,status,platform_type,webhook_configuration"
_SCOPES = ("whatsapp_business_management", "whatsapp_business_messaging")
_BAD: Mapping[str, Phrase] = {
    "BANNED": Phrase("WhatsApp has banned this number. Look into Business Support at business.facebook.com."),
    "DELETED": Phrase("This number was removed from WhatsApp. Register it again in the WhatsApp Manager."),
    "DISCONNECTED": Phrase(
        "This number is not registered with the Cloud API. Register it in the app's dashboard: API Setup."
    ),
    "MIGRATED": Phrase("This number was moved to another provider."),
    "PENDING": Phrase("This number is not registered yet. Finish its registration in the WhatsApp Manager."),
    "RESTRICTED": Phrase(
        "WhatsApp has restricted this number because of its quality. Look at it in the WhatsApp Manager."
    ),
    "UNVERIFIED": Phrase("This number is not verified. Verify it in the WhatsApp Manager."),
}


class Number:
    """One number of ours."""

    def __init__(self, graph: Graph, settings: WhatsAppSettings, webhook_url: str) -> None:
        self._graph = graph
        self._settings = settings
        self._url = webhook_url

    async def address(self) -> str:
        """Return the number. Raises GraphError, ConnectorError."""
        node = await self._node()
        number = international(str(node.get("display_phone_number", "")))
        if not number:
            raise ConnectorError(
                "This ID is not that of a WhatsApp number. Copy the phone number ID from WhatsApp → API Setup."
            )
        return number

    async def register(self) -> None:
        """Subscribe the app to the business account, and have this number's events sent to us. Raises GraphError."""
        await self._graph.post(f"{self._settings.account_id}/subscribed_apps")
        if not self._settings.register_webhook:
            return
        verify_token = self._settings.verify_token.get_secret_value()
        app = await app_webhook(self._graph, self._settings.app_id, _KIND)
        if not app.url and not app.problem:
            await register_app_webhook(
                self._graph,
                self._settings.app_id,
                _KIND,
                url=self._url,
                verify_token=verify_token,
                fields=self._settings.fields,
            )
        if _override(await self._node()) != self._url:
            # https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
            target = {"override_callback_uri": self._url, "verify_token": verify_token}
            await self._graph.post(self._settings.phone_number_id, {"webhook_configuration": target})

    async def problem(self) -> str:
        """Say what keeps events from coming; empty if nothing does. Raises GraphError."""
        node = await self._node()
        if words := _BAD.get(str(node.get("status", ""))):
            return words
        if not await self._subscribed():
            return Phrase("The app is not subscribed to the WhatsApp Business Account any more. Restart this channel.")
        if self._settings.register_webhook:
            if _override(node) != self._url:
                return Phrase("This number's events go to another address. Restart this channel to register it again.")
            return ""
        app = await app_webhook(self._graph, self._settings.app_id, _KIND)
        if app.problem or self._url in (app.url, *_configured(node)):
            return ""
        return Phrase("The app's webhook goes to another address. Enter this channel's in the app's dashboard.")

    async def steps(self) -> Sequence[SetupStep]:
        """Look at every step of the guide. Raises GraphError unless Meta answers."""
        facts = await token_facts(self._graph, self._settings.token.get_secret_value())
        app = await app_webhook(self._graph, self._settings.app_id, _KIND)
        node, why = await self._node_or_why()
        status = str(node.get("status", ""))
        goes_here = self._url in (app.url, *_configured(node))
        return (
            *app_steps(facts, self._settings.app_id, _SCOPES),
            SetupStep(
                title=Phrase("The phone number ID is right"),
                done=not why,
                help=Phrase("Copy it from WhatsApp → API Setup. Meta says: {why}", why=why),
            ),
            SetupStep(
                title=Phrase("The number is registered with the Cloud API"),
                done=None if why else status == "CONNECTED",
                help=_BAD.get(status)
                or Phrase(
                    "Finish its registration in the WhatsApp Manager. Its status is {status} now.", status=status
                ),
            ),
            SetupStep(
                title=Phrase("The app is subscribed to the WhatsApp Business Account"),
                done=await self._subscribed_or_none(),
                help=Phrase("Switch the channel on or restart it: it subscribes the app by itself."),
            ),
            SetupStep(
                title=Phrase("This channel's webhook address is registered"),
                done=None if why else goes_here,
                help=Phrase(
                    "Switch the channel on or restart it. Or enter the address in the app's dashboard: WhatsApp → "
                    "Configuration."
                ),
            ),
            SetupStep(
                title=Phrase("The app is subscribed to “messages”"),
                done=None if app.problem else "messages" in app.fields,
                help=Phrase("In the app's dashboard: WhatsApp → Configuration → Webhook fields, switch on “messages”."),
            ),
        )

    async def _node(self) -> Mapping[str, Any]:
        return await self._graph.get(self._settings.phone_number_id, fields=_FIELDS)

    async def _node_or_why(self) -> tuple[Mapping[str, Any], str]:
        try:
            return await self._node(), ""
        except Refused as error:
            return {}, error.said

    async def _subscribed(self) -> bool:
        async for item in self._graph.items(f"{self._settings.account_id}/subscribed_apps"):
            app = item.get("whatsapp_business_api_data")
            if isinstance(app, dict) and str(app.get("id")) == self._settings.app_id:
                return True
        return False

    async def _subscribed_or_none(self) -> bool | None:
        try:
            return await self._subscribed()
        except GraphError:
            return None


def _configured(node: Mapping[str, Any]) -> tuple[str, ...]:
    found = node.get("webhook_configuration")
    return tuple(map(str, found.values())) if isinstance(found, dict) else ()


def _override(node: Mapping[str, Any]) -> str:
    found = node.get("webhook_configuration")
    return str(found.get("phone_number", "")) if isinstance(found, dict) else ""

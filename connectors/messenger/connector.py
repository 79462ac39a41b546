"""One Facebook Page's Messenger inbox: who we are, how files go out, and where its events go."""

import json
from collections.abc import Mapping, Sequence

from connectors._lib.meta_errors import account_error, send_error
from connectors._lib.meta_graph import Access, Graph, GraphError, NotSent, Patience, Refused, Unclear
from connectors._lib.meta_inbox import Door, MetaInbox
from connectors._lib.meta_inbox_render import kind_of
from connectors._lib.meta_inbox_words import MEANINGS
from connectors._lib.meta_setup import app_steps, app_webhook, register_app_webhook, token_facts
from connectors.messenger.parse import inbox_of
from connectors.messenger.render import ways_of
from connectors.messenger.settings import MessengerSettings
from hub.contract import ConnectorError, OutboundAttachment, Rejected, RetryLater, SetupStep, Tools
from hub.domain.phrase import NOTHING, Phrase

_SCOPES = ("pages_manage_metadata", "pages_messaging")
_ELSEWHERE = Phrase(
    "The app's webhook for Pages goes to another address, and Meta keeps one for each app. Make an app of its own "
    "for this channel, or remove the other address in the app's dashboard: Messenger → API settings → Webhooks."
)
_UNSUBSCRIBED = Phrase(
    "Meta does not tell the app of this Page's messages any more: it stops after an hour of failed deliveries. "
    "Restart this channel to subscribe again."
)


class MessengerConnector(MetaInbox):
    """One Page."""

    def __init__(self, settings: MessengerSettings, tools: Tools, *, patience: Patience | None = None) -> None:
        secrets = (settings.app_secret, settings.previous_app_secret)
        access = Access(
            base_url=settings.graph_url,
            version=settings.api_version,
            token=settings.token.get_secret_value(),
            app_id=settings.app_id,
            app_secret=settings.app_secret.get_secret_value(),
        )
        super().__init__(
            tools,
            Graph(tools.http, access, patience),
            inbox=inbox_of(settings),
            ways=ways_of(settings),
            door=Door(
                app_secrets=tuple(secret.get_secret_value() for secret in secrets if secret),
                verify_token=settings.verify_token.get_secret_value(),
            ),
            graph_url=settings.graph_url,
        )
        self._settings = settings

    async def check(self) -> str:
        """Ask which Page the token is of; return its name and id."""
        try:
            return await self._name()
        except GraphError as error:
            raise account_error(error, MEANINGS) from None

    async def hand_over(self, file: OutboundAttachment) -> Mapping[str, object]:
        """Upload a file: https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api."""
        content = await file.read()
        if not content:
            raise Rejected(f"“{file.name}” is empty. Nothing was sent.")
        about = {"attachment": {"type": kind_of(file), "payload": {"is_reusable": False}}}
        try:
            answer = await self._graph.upload(
                "me/message_attachments",
                {"message": json.dumps(about)},
                name=file.name,
                media_type=file.media_type,
                content=content,
                part="filedata",
            )
        except (NotSent, Unclear) as error:
            # no customer sees a file that no message names: trying again is safe
            raise RetryLater(f"“{file.name}” could not be handed to Messenger. {error}") from None
        except GraphError as error:
            raise send_error(error, MEANINGS) from None
        found = answer.get("attachment_id")
        if not isinstance(found, str | int):
            raise RetryLater(f"“{file.name}” could not be handed to Messenger: its answer could not be read.")
        return {"attachment_id": str(found)}

    async def register(self) -> None:
        """Have Meta call us with this Page's events."""
        try:
            await self._register()
        except GraphError as error:
            raise account_error(error, MEANINGS) from None

    async def subscription(self) -> str:
        """Look whether it still does: Meta unsubscribes an app after an hour of failures, and tells nobody here."""
        try:
            app = await app_webhook(self._graph, self._settings.app_id, "page")
            if not app.problem and app.url != self._tools.webhook_url:
                return _ELSEWHERE if app.url else _UNSUBSCRIBED
            return "" if "messages" in await self._subscribed() else _UNSUBSCRIBED
        except GraphError as error:
            raise account_error(error, MEANINGS) from None

    async def setup(self) -> Sequence[SetupStep]:
        """Look at every step."""
        try:
            return await self._steps()
        except GraphError as error:
            raise account_error(error, MEANINGS) from None

    async def _name(self) -> str:
        me = await self._graph.get("me", fields="id,name")
        if str(me.get("id")) != self._settings.page_id:
            raise ConnectorError(
                Phrase(
                    "The access token is of “{name}”, not of the Page with this ID. Generate the token beside the "
                    "right Page.",
                    name=str(me.get("name", ""))[:100],
                )
            )
        return f"{str(me.get('name') or 'Page')[:100]} ({self._settings.page_id})"

    async def _register(self) -> None:
        if self._settings.register_webhook:
            app = await app_webhook(self._graph, self._settings.app_id, "page")
            if app.url not in ("", self._tools.webhook_url):
                raise ConnectorError(_ELSEWHERE)
            if not app.problem and not set(self._settings.fields) <= app.fields:
                await register_app_webhook(
                    self._graph,
                    self._settings.app_id,
                    "page",
                    url=self._tools.webhook_url,
                    verify_token=self._settings.verify_token.get_secret_value(),
                    fields=app.fields | set(self._settings.fields),
                )
        await self._graph.post("me/subscribed_apps", {"subscribed_fields": ",".join(self._settings.fields)})

    async def _subscribed(self) -> frozenset[str]:
        """Return the fields the Page tells our app of."""
        async for item in self._graph.items("me/subscribed_apps"):
            if str(item.get("id")) == self._settings.app_id:
                fields = item.get("subscribed_fields")
                return frozenset(map(str, fields)) if isinstance(fields, list) else frozenset()
        return frozenset()

    async def _steps(self) -> Sequence[SetupStep]:
        facts = await token_facts(self._graph, self._settings.token.get_secret_value())
        app = await app_webhook(self._graph, self._settings.app_id, "page")
        wrong, fields = NOTHING, frozenset[str]()
        try:
            await self._name()
            fields = await self._subscribed()
        except Refused as error:
            wrong = Phrase.of(error.said)
        except ConnectorError as error:
            wrong = Phrase.of(error)
        return (
            *app_steps(facts, self._settings.app_id, _SCOPES),
            SetupStep(title=Phrase("The token is of this Page"), done=not wrong, help=wrong),
            SetupStep(
                title=Phrase("The app's webhook goes to this channel"),
                done=None if app.problem else app.url == self._tools.webhook_url,
                help=_ELSEWHERE
                if app.url
                else Phrase("Switch the channel on or restart it: it registers its address by itself."),
            ),
            SetupStep(
                title=Phrase("The Page tells the app of its messages"),
                done=None if wrong else "messages" in fields,
                help=Phrase("Switch the channel on or restart it: it subscribes the app by itself."),
            ),
        )


def create(settings: MessengerSettings, tools: Tools) -> MessengerConnector:
    """Make the connector of one Page."""
    return MessengerConnector(settings, tools)

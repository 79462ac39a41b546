"""One Instagram account's inbox: who we are, how files go out, where its events go, and a token that stays young."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from connectors._lib.meta_errors import account_error
from connectors._lib.meta_graph import Access, Graph, GraphError, Patience, Refused
from connectors._lib.meta_inbox import Door, MetaInbox
from connectors._lib.meta_inbox_words import MEANINGS
from connectors.instagram.parse import inbox_of
from connectors.instagram.render import too_large, ways_of
from connectors.instagram.settings import InstagramSettings
from hub.contract import ConnectorError, OutboundAttachment, Rejected, SetupStep, Tools
from hub.domain.phrase import NOTHING, Phrase

_log = logging.getLogger(__name__)

_LINK_FOR = timedelta(hours=1)
"""How long Instagram may take to fetch a file of ours."""
_RENEW_EVERY = timedelta(days=1)
"""A token lives 60 days and can be renewed when it is a day old."""
_UNSUBSCRIBED = Phrase(
    "Instagram does not tell the app of this account's messages any more: Meta stops after an hour of failed "
    "deliveries. Restart this channel to subscribe again."
)


class InstagramConnector(MetaInbox):
    """One account."""

    def __init__(self, settings: InstagramSettings, tools: Tools, *, patience: Patience | None = None) -> None:
        secrets = (settings.app_secret, settings.meta_app_secret)
        self._access = Access(
            base_url=settings.graph_url,
            version=settings.api_version,
            token=settings.token.get_secret_value(),
            app_id=settings.app_id,
            app_secret=settings.app_secret.get_secret_value(),
            proves=False,
        )
        super().__init__(
            tools,
            Graph(tools.http, self._access, patience),
            inbox=inbox_of(settings),
            ways=ways_of(settings),
            door=Door(
                app_secrets=tuple(secret.get_secret_value() for secret in secrets if secret),
                verify_token=settings.verify_token.get_secret_value(),
            ),
            graph_url=settings.graph_url,
        )
        self._settings = settings
        self._patience = patience
        self._renewed: datetime | None = None

    async def check(self) -> str:
        """Ask which account the token is of; return its name."""
        try:
            return await self._name()
        except GraphError as error:
            raise account_error(error, MEANINGS) from None

    async def hand_over(self, file: OutboundAttachment) -> Mapping[str, object]:
        """Say where a file is: Instagram fetches it from us."""
        if too_large(file):
            raise Rejected(f"“{file.name}” is too large for Instagram: pictures up to 8 MB, other files up to 25 MB.")
        if file.link is None:
            raise Rejected(
                "Instagram fetches files from the hub, and the hub has no public address: set HUB_PUBLIC_URL. "
                "Nothing was sent."
            )
        return {"url": file.link(_LINK_FOR)}

    async def register(self) -> None:
        """Subscribe the app to this account. Our address is entered in the dashboard: Meta has no other way for it."""
        try:
            await self._graph.post("me/subscribed_apps", subscribed_fields=",".join(self._settings.fields))
        except GraphError as error:
            raise account_error(error, MEANINGS) from None

    async def subscription(self) -> str:
        """Look whether Meta still calls us, and keep the token young."""
        await self._renew()
        try:
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
        me = await self._graph.get("me", fields="id,user_id,username")
        if self._settings.account_id not in (str(me.get("user_id")), str(me.get("id"))):
            raise ConnectorError(
                Phrase(
                    "The access token is of @{name}, whose account ID is {ident}. Enter that ID, or generate the token "
                    "beside the right one.",
                    name=str(me.get("username", ""))[:100],
                    ident=str(me.get("user_id", "unknown"))[:40],
                )
            )
        return f"@{str(me.get('username') or self._settings.account_id)[:100]}"

    async def _subscribed(self) -> frozenset[str]:
        """Return the fields the account tells our app of; it lists our own subscription only."""
        fields: set[str] = set()
        async for item in self._graph.items("me/subscribed_apps"):
            listed = item.get("subscribed_fields")
            fields.update(map(str, listed) if isinstance(listed, list) else ())
        return frozenset(fields)

    async def _renew(self) -> None:
        """Renew the token, once a day: https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token.

        Best effort: the token is good for weeks, and when it is not, every other request says so.
        """
        now = self._tools.now()
        if self._tools.keep_secret is None or (self._renewed is not None and now - self._renewed < _RENEW_EVERY):
            return
        self._renewed = now
        unversioned = Graph(self._tools.http, replace(self._access, version=""), self._patience)
        try:
            answer: Mapping[str, Any] = await unversioned.get(
                "refresh_access_token", grant_type="ig_refresh_token", access_token=self._access.token
            )
        except GraphError as error:
            _log.info("instagram: the access token was not renewed: %s", error)
            return
        token = answer.get("access_token")
        if isinstance(token, str) and token and token != self._access.token:
            await self._tools.keep_secret("token", token)
            self._access = replace(self._access, token=token)
            self._graph = Graph(self._tools.http, self._access, self._patience)

    async def _steps(self) -> Sequence[SetupStep]:
        wrong, fields = NOTHING, frozenset[str]()
        try:
            await self._name()
            fields = await self._subscribed()
        except Refused as error:
            wrong = Phrase.of(account_error(error, MEANINGS))
        except ConnectorError as error:
            wrong = Phrase.of(error)
        return (
            SetupStep(title=Phrase("The access token is of this account"), done=not wrong, help=wrong),
            SetupStep(
                title=Phrase("This channel's webhook address is entered in the app's dashboard"),
                done=None,
                help=Phrase(
                    "Instagram → API setup with Instagram login → Configure webhooks: {url} and your verify token.",
                    url=self._tools.webhook_url,
                ),
            ),
            SetupStep(
                title=Phrase("The account tells the app of its messages"),
                done=None if wrong else "messages" in fields,
                help=Phrase("Switch the channel on or restart it: it subscribes the app by itself."),
            ),
            SetupStep(
                title=Phrase("The account allows access to messages, and the app is live"),
                done=None,
                help=Phrase(
                    "In Instagram: Settings → Messages → Connected tools → Allow access to messages. In the "
                    "dashboard: App mode Live."
                ),
            ),
        )


def create(settings: InstagramSettings, tools: Tools) -> InstagramConnector:
    """Make the connector of one account."""
    return InstagramConnector(settings, tools)

"""What a Slack app does however it receives: prove itself, read, send, fetch, look back."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

from connectors._lib.loose_json import inner, text
from connectors.slack.client import Client, Patience, Pause, Refused, SlackError
from connectors.slack.settings import SlackSettings
from connectors.slack.setup import missing_scopes, steps
from connectors.slack.words import account_error, fetch_error
from hub.contract import (
    ChecksSetup,
    Connector,
    ConnectorError,
    CredentialsRefused,
    FetchesAttachments,
    FetchFailed,
    InboundEvent,
    NamesPeople,
    OutboundMessage,
    RawEvent,
    Reconciles,
    SendReceipt,
    SetupStep,
    Tools,
)
from hub.domain.ids import ExternalId

_MOST_BYTES = 1024 * 1024 * 1024
"""The largest file Slack keeps: https://slack.com/help/articles/201330736-Add-files-to-Slack"""


class SlackApp(Connector, FetchesAttachments, Reconciles, NamesPeople, ChecksSetup):
    """One app in one workspace."""

    def __init__(
        self,
        settings: SlackSettings,
        tools: Tools,
        *,
        patience: Patience | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        # loaded with the first account, so that a hub without one starts without them
        from connectors.slack.history import History
        from connectors.slack.parse import parse_event
        from connectors.slack.roles import Rules
        from connectors.slack.sending import deliver

        self._settings = settings
        self._tools = tools
        self._read, self._deliver = parse_event, deliver
        self._patience = patience or Patience()
        self._pause = pause
        self._rules = Rules.of(settings)
        self._client = Client(
            tools.http,
            api_url=settings.api_url,
            token=settings.token.get_secret_value(),
            patience=self._patience,
        )
        self._history = History(
            self._client,
            self._rules,
            now=tools.now,
            page=settings.history_page,
            threads=timedelta(days=settings.thread_days),
            pause=pause,
        )

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"{type(self).__name__}(channel={self._tools.channel_id})"

    async def check(self) -> str:
        """Ask Slack who we are; return "@bot in workspace"."""
        try:
            me = await self._client.call("auth.test")
        except SlackError as error:
            raise account_error(error) from None
        if not text(me.body, "team") or not text(me.body, "user"):
            raise ConnectorError("The server answers, but not as Slack does. Check the API address.")
        if me.scopes is not None and "chat:write" in missing_scopes(me):
            raise CredentialsRefused(
                "The app may not write: it lacks the scope chat:write. At api.slack.com/apps open “OAuth & "
                "Permissions”, add it, then install the app to the workspace again."
            )
        return f"@{text(me.body, 'user')} in {text(me.body, 'team')}"

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one event, however it arrived."""
        return self._read(raw, self._rules)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Send one message, in as few calls as Slack allows."""
        return await self._deliver(self._client, message, self._pause)

    async def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a file. Its address is asked for anew: what an event names may have changed."""
        try:
            answer = await self._client.call("files.info", {"file": source})
            file = inner(answer.body, "file")
            url = text(file, "url_private_download", "url_private")
            if not url:
                raise FetchFailed("Slack does not give this file: it was deleted, or is kept elsewhere.")
            async for piece in self._client.stream(url):
                if isinstance(piece, bytes):
                    yield piece
                    continue
                async for part in self._elsewhere(piece):
                    yield part
        except Refused as error:
            raise fetch_error(error) from None
        except SlackError as error:
            raise FetchFailed(error.words, passing=True) from None

    def _elsewhere(self, address: str) -> AsyncIterator[bytes]:
        """Follow a redirect without the token, by the guarded way; to a log-in page there is nothing to follow."""
        if not address.startswith(("https://", "http://")) or "redir=" in address or "/signin" in address:
            raise FetchFailed(
                "Slack shows its log-in page instead of the file: the app lacks the scope files:read. At "
                "api.slack.com/apps open “OAuth & Permissions”, add it, then install the app again."
            )
        return self._tools.fetch(address, _MOST_BYTES)

    async def missed(self, since: datetime) -> AsyncIterator[RawEvent]:
        """Read the history of all conversations the app is in; proves every few minutes that the token works."""
        try:
            async for event in self._history.since(since):
                yield event
        except SlackError as error:
            raise account_error(error) from None

    async def who_is(self, address: str) -> RawEvent | None:
        """Ask Slack for somebody's profile."""
        try:
            return await self._history.who_is(address)
        except SlackError as error:
            raise account_error(error) from None

    async def setup(self) -> Sequence[SetupStep]:
        """Look at the token's scopes, and where the app is."""
        try:
            return await steps(self._client, self._settings, self._tools.webhook_url)
        except SlackError as error:
            raise account_error(error) from None

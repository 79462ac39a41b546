"""One Twilio account through Twilio's own library: the few things we ask of it. The library is loaded at first use."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import aiohttp

from connectors.twilio_sms.failures import Patience, Refused, Unclear
from connectors.twilio_sms.settings import TwilioSmsSettings

_PAGE = 1000
MOST_LISTED = 20_000
"""Messages read in one look; an account that sends more in the time of one look is listed by its newest."""


class TwilioApi:
    """The account. Every method raises TwilioFailure (Refused, NotSent, Unclear)."""

    def __init__(self, settings: TwilioSmsSettings, http: aiohttp.ClientSession, patience: Patience) -> None:
        self._settings = settings
        self._http = http
        self._patience = patience
        self._client: Any = None
        self._loading = asyncio.Lock()

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"TwilioApi({self._settings.account_sid})"

    @property
    def credentials(self) -> tuple[str, str]:
        """The user and password of every request: the API key if there is one."""
        settings = self._settings
        if settings.api_key_secret is not None:
            return settings.api_key_sid, settings.api_key_secret.get_secret_value()
        return settings.account_sid, settings.auth_token.get_secret_value()

    async def account(self) -> Any:
        """Fetch the account, always with the auth token: API keys may not, and the token has to be right, too."""
        settings = self._settings
        client = await self._loaded()
        token = await asyncio.to_thread(
            _make_client, client.http_client, settings.account_sid, settings.auth_token.get_secret_value(), settings
        )
        return await _read(token.api.v2010.accounts(settings.account_sid).fetch_async())

    async def send(self, **values: Any) -> str:
        """Create a message and return its SID. `values` are the library's names of the parameters."""
        client = await self._loaded()
        made = await _read(client.messages.create_async(**values))
        if not isinstance(made.sid, str) or not made.sid:
            raise Unclear("Twilio took the message, but its answer names no id.")
        return made.sid

    async def messages(self, **filters: Any) -> AsyncIterator[Any]:
        """Yield messages, newest first: filtered by `to`, `from_`, `date_sent_after`."""
        client = await self._loaded()
        found = await _read(client.messages.stream_async(limit=MOST_LISTED, page_size=_PAGE, **filters))
        while (message := await _read(anext(found, None))) is not None:
            yield message

    async def media(self, message_sid: str) -> Sequence[Any]:
        """Return the files of a message."""
        client = await self._loaded()
        found: Sequence[Any] = await _read(client.messages(message_sid).media.list_async(limit=20))
        return found

    async def number(self, number: str) -> Any | None:
        """Return the record of one of our numbers."""
        client = await self._loaded()
        found = await _read(client.incoming_phone_numbers.list_async(phone_number=number, limit=_PAGE))
        return next((record for record in found if record.phone_number == number), None)

    async def short_code(self, code: str) -> Any | None:
        """Return the record of one of our short codes."""
        client = await self._loaded()
        found = await _read(client.short_codes.list_async(short_code=code, limit=_PAGE))
        return next((record for record in found if record.short_code == code), None)

    async def service(self, sid: str) -> Any | None:
        """Return the record of a messaging service."""
        client = await self._loaded()
        return await _or_none(client.messaging.v1.services(sid).fetch_async())

    async def pool(self, sid: str) -> Sequence[str]:
        """Return the numbers of a messaging service."""
        client = await self._loaded()
        found = await _read(client.messaging.v1.services(sid).phone_numbers.list_async(limit=_PAGE))
        return [record.phone_number for record in found]

    async def channel_sender(self, sender: str) -> Any | None:
        """Return the record of a WhatsApp or RCS sender; the sandbox has none."""
        client = await self._loaded()
        channel = sender.partition(":")[0]
        found = await _or_none(client.messaging.v2.channels_senders.list_async(channel=channel, limit=_PAGE))
        return next((record for record in found or () if record.sender_id == sender), None)

    async def set_channel_sender(self, record: Any, webhook: Mapping[str, str]) -> None:
        """Give a WhatsApp or RCS sender its webhook."""
        kind = type(record)
        change = kind.MessagingV2ChannelsSenderRequestsUpdate(
            {"webhook": kind.MessagingV2ChannelsSenderWebhook(dict(webhook))}
        )
        await _read(record.update_async(messaging_v2_channels_sender_requests_update=change))

    async def update(self, record: Any, **values: Any) -> None:
        """Change a record."""
        await _read(record.update_async(**values))

    async def contents(self) -> Sequence[Any]:
        """Return all content templates with their approvals."""
        client = await self._loaded()
        found: Sequence[Any] = await _read(client.content.v1.content_and_approvals.list_async(limit=MOST_LISTED))
        return found

    async def _loaded(self) -> Any:
        """Return the library's client; its hundred modules are read in a thread, so that the hub goes on meanwhile."""
        if self._client is None:
            async with self._loading:
                if self._client is None:
                    user, password = self.credentials
                    transport = await asyncio.to_thread(_make_transport, self._http, self._settings, self._patience)
                    self._client = await asyncio.to_thread(_make_client, transport, user, password, self._settings)
        return self._client


def _make_transport(http: aiohttp.ClientSession, settings: TwilioSmsSettings, patience: Patience) -> Any:
    from connectors.twilio_sms.http_client import HubHttpClient

    return HubHttpClient(http, settings.api_url, patience)


def _make_client(transport: Any, user: str, password: str, settings: TwilioSmsSettings) -> Any:
    from twilio.rest import Client  # type: ignore[import-untyped]  # it ships no types

    # A region in our process's environment is none of this account's: an empty mapping would be replaced by it.
    environment = {"TWILIO_REGION": ""}
    client = Client(user, password, settings.account_sid, http_client=transport, environment=environment)
    _ = client.messages, client.messaging.v1  # reads the modules of both services now
    return client


async def _read(answer: Any) -> Any:
    """Await an answer of the library; what it cannot read may have been acted on."""
    try:
        return await answer
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unclear(f"Twilio's answer could not be read ({type(error).__name__}).") from None


async def _or_none(answer: Any) -> Any | None:
    """Await a record; None if there is none."""
    try:
        return await _read(answer)
    except Refused as error:
        if error.status == 404:
            return None
        raise

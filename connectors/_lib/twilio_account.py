"""One Twilio account through Twilio's own library, which is loaded at first use: what every channel asks of it."""

import asyncio
from typing import Any

import aiohttp

from connectors._lib.twilio_failures import Patience, Refused, Unclear
from connectors._lib.twilio_settings import AccountSettings

PAGE = 1000


class TwilioAccount:
    """The account. Every method raises TwilioFailure (Refused, NotSent, Unclear)."""

    def __init__(self, settings: AccountSettings, http: aiohttp.ClientSession, patience: Patience) -> None:
        self._settings = settings
        self._http = http
        self._patience = patience
        self._client: Any = None
        self._loading = asyncio.Lock()

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"{type(self).__name__}({self._settings.account_sid})"

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
        client = await self.loaded()
        token = await asyncio.to_thread(
            _make_client, client.http_client, settings.account_sid, settings.auth_token.get_secret_value(), settings
        )
        return await read(token.api.v2010.accounts(settings.account_sid).fetch_async())

    async def number(self, number: str) -> Any | None:
        """Return the record of one of our numbers."""
        client = await self.loaded()
        found = await read(client.incoming_phone_numbers.list_async(phone_number=number, limit=PAGE))
        return next((record for record in found if record.phone_number == number), None)

    async def update(self, record: Any, **values: Any) -> None:
        """Change a record."""
        await read(record.update_async(**values))

    async def loaded(self) -> Any:
        """Return the library's client; its hundred modules are read in a thread, so that the hub goes on meanwhile."""
        if self._client is None:
            async with self._loading:
                if self._client is None:
                    user, password = self.credentials
                    transport = await asyncio.to_thread(_make_transport, self._http, self._settings, self._patience)
                    self._client = await asyncio.to_thread(_make_client, transport, user, password, self._settings)
        return self._client


def _make_transport(http: aiohttp.ClientSession, settings: AccountSettings, patience: Patience) -> Any:
    from connectors._lib.twilio_http import HubHttpClient

    return HubHttpClient(http, settings.api_url, patience)


def _make_client(transport: Any, user: str, password: str, settings: AccountSettings) -> Any:
    from twilio.rest import Client  # type: ignore[import-untyped]  # it ships no types

    # A region in our process's environment is none of this account's: an empty mapping would be replaced by it.
    environment = {"TWILIO_REGION": ""}
    client = Client(user, password, settings.account_sid, http_client=transport, environment=environment)
    _ = client.messages, client.messaging.v1  # reads the modules of both services now
    return client


async def read(answer: Any) -> Any:
    """Await an answer of the library; what it cannot read may have been acted on."""
    try:
        return await answer
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unclear(f"Twilio's answer could not be read ({type(error).__name__}).") from None


async def read_or_none(answer: Any) -> Any | None:
    """Await a record; None if there is none."""
    try:
        return await read(answer)
    except Refused as error:
        if error.status == 404:
            return None
        raise

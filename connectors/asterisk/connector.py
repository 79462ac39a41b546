"""One Asterisk: what the hub calls, each in a few lines over listener, switchboard, parse and REST."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from typing import TYPE_CHECKING

from connectors.asterisk.settings import AsteriskSettings
from hub.contract import (
    CallOrder,
    ChecksSetup,
    Connector,
    ConnectorError,
    ControlsCalls,
    FetchesRecordings,
    GivesPhoneTokens,
    InboundEvent,
    Listens,
    LiveCall,
    OutboundMessage,
    PhoneToken,
    PlacedCall,
    PlacesCalls,
    RawEvent,
    Rejected,
    SendReceipt,
    SetupStep,
    Tools,
)
from hub.contract.calls import CallCommand
from hub.domain.ids import ExternalId, UserId

if TYPE_CHECKING:
    from connectors.asterisk.client import Patience

TELEPHONE = "A telephone line carries no text. Call back, or write on another channel of this person."


class Asterisk(Connector, Listens, PlacesCalls, ControlsCalls, FetchesRecordings, GivesPhoneTokens, ChecksSetup):
    """One Stasis application. The cursor is which channels lived when it last heard of anything."""

    def __init__(self, settings: AsteriskSettings, tools: Tools, *, patience: "Patience | None" = None) -> None:
        # loaded with the first account, so that a hub without one starts without them
        from connectors.asterisk.client import Ari, Patience
        from connectors.asterisk.ids import moment
        from connectors.asterisk.listening import Inbox, Listener
        from connectors.asterisk.live import House
        from connectors.asterisk.parse import parse_event
        from connectors.asterisk.switchboard import Switchboard

        self._parse = parse_event
        self._word = moment
        self._settings = settings
        self._tools = tools
        self._last = 0
        waits = patience or Patience()
        self._ari = Ari(
            tools.http,
            url=settings.url,
            username=settings.username,
            password=settings.password.get_secret_value(),
            patience=waits,
        )
        inbox = Inbox(tools.now)
        house = House(ari=self._ari, settings=settings, director=tools.director, token=self._token, tell=inbox.tell)
        self._switchboard = Switchboard(house, patience=waits.connect)
        self._listener = Listener(self._ari, settings.app, self._switchboard, inbox, tools.now)

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"{type(self).__name__}(channel={self._tools.channel_id})"

    def _token(self) -> str:
        """A word no other name of ours has: the moment, each a millisecond later than the last."""
        self._last = max(self._last + 1, int(self._tools.now().timestamp() * 1000))
        return self._word(self._last)

    async def check(self) -> str:
        """Ask Asterisk for its version; return our number."""
        from connectors.asterisk.client import AriRefused

        try:
            info = await self._ari.ask("GET", "/asterisk/info", {"only": "system"})
        except AriRefused as refused:
            raise ConnectorError(
                f"The server answers, and not as ARI does ({refused}). Check address and port, and that ari.conf says "
                "enabled = yes."
            ) from None
        if not isinstance(info, dict) or "system" not in info:
            raise ConnectorError("The server answers, and not as ARI does. Check address and port.")
        return self._settings.number

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one event of the socket."""
        return self._parse(raw, self._settings)

    async def send(self, message: OutboundMessage) -> SendReceipt:  # noqa: ARG002 - there is nothing to send it by
        """Refuse: a telephone carries no text."""
        raise Rejected(TELEPHONE)

    async def listen(self, cursor: str | None) -> AsyncGenerator[tuple[RawEvent | None, str | None], None]:
        """Listen to the application's socket, and lead its calls."""
        async for event, after in self._listener.listen(cursor):
            yield event, after

    async def place_call(self, order: CallOrder) -> PlacedCall:
        """Ring the agent's device, then the customer's. Channels are named by the order: twice is once."""
        from connectors.asterisk import ids
        from connectors.asterisk.client import settled

        call = ids.customer_of(order.call_id)
        try:
            await self._switchboard.place(order, call)
        except ConnectorError as error:
            raise settled(error, "Calling") from None
        return PlacedCall(external_id=call)

    async def control(self, call: LiveCall, command: CallCommand) -> None:
        """Hand the command to the call's own task."""
        await self._switchboard.control(call.external_id, command)

    async def wake(self, call: ExternalId) -> None:
        """Let a waiting call ask its plan again."""
        self._switchboard.wake(call)

    async def fetch_recording(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a recording; of two lanes the agent is left."""
        from connectors.asterisk.fetching import fetch

        async for block in fetch(self._ari, source):
            yield block

    async def delete_recording(self, source: ExternalId) -> None:
        """Delete it at Asterisk, unless the settings say to keep it there."""
        from connectors.asterisk.fetching import delete

        if self._settings.delete_recordings:
            await delete(self._ari, source)

    async def phone_token(self, user_id: UserId, name: str) -> PhoneToken:
        """Make the agent's SIP account at Asterisk."""
        from connectors.asterisk.browser import phone_token

        return await phone_token(self._ari, self._settings, self._tools.channel_id, user_id, name, self._tools.now())

    async def setup(self) -> Sequence[SetupStep]:
        """Look at Asterisk, its modules, the trunk, the speech service."""
        from connectors.asterisk.setup import steps

        return await steps(self._ari, self._settings, connected=self._switchboard.connected)

    async def close(self) -> None:
        """Stop leading calls; they go on at Asterisk, and the next hub takes them up."""
        await self._switchboard.hang_on()
        await asyncio.sleep(0)

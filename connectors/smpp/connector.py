"""The SMPP account as the hub sees it: check, parse, listen and send over one bind."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from connectors.smpp import joining
from connectors.smpp.codes import failure
from connectors.smpp.parse import parse
from connectors.smpp.pdu import BadPdu, Command, Reader, ShortMessage, submit
from connectors.smpp.receipts import submitted_id
from connectors.smpp.receive import Item, Receiver
from connectors.smpp.render import render
from connectors.smpp.session import NotSent, Patience, Session, Unanswered, bound
from connectors.smpp.settings import SmppSettings
from hub.contract import (
    Connector,
    ConnectorError,
    CredentialsRefused,
    InboundEvent,
    Listens,
    OutboundMessage,
    OutcomeUnknown,
    RawEvent,
    Rejected,
    RetryLater,
    SendError,
    SendReceipt,
    Tools,
)
from hub.domain.ids import ExternalId
from hub.domain.pace import Pace


class SmppConnector(Connector, Listens):
    """One account with an operator."""

    def __init__(self, settings: SmppSettings, tools: Tools, *, patience: Patience | None = None) -> None:
        self._settings = settings
        self._tools = tools
        self._patience = patience or Patience()
        self._session: Session | None = None
        self._binding = asyncio.Lock()
        self._pace = Pace(settings.per_second, burst=max(1.0, settings.per_second or 1.0))
        self._pacing = asyncio.Lock()

    async def check(self) -> str:
        """Bind and unbind. Raises CredentialsRefused, ConnectorError."""
        session = await bound(self._settings, self._patience)
        await session.close()
        return self._settings.sender

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Say what a unit means."""
        return parse(raw, self._settings)

    async def listen(self, cursor: str | None) -> AsyncGenerator[Item, None]:
        """Yield what the operator delivers while the bind stands. The cursor holds what waits for its other parts."""
        session = await self._bound()
        receiver = Receiver(session, joining.read(cursor), self._tools.now)
        async with aclosing(receiver.items()) as items:
            async for item in items:
                yield item
        raise ConnectorError(f"The connection to the operator ended: {session.lost}. The hub connects again by itself.")

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Submit a text, in parts if it is long."""
        try:
            shorts = render(message, self._settings)
        except ValueError as error:
            raise Rejected(f"Not sent: {error}.", unreachable=False) from error
        try:
            session = await self._bound()
        except CredentialsRefused:
            raise
        except ConnectorError as error:
            raise RetryLater(str(error)) from error
        taken: list[ExternalId] = []
        for short in shorts:
            try:
                taken.append(await self._submit(session, short))
            except SendError as error:
                if not taken:
                    raise
                raise OutcomeUnknown(
                    f"The operator took {len(taken)} of {len(shorts)} parts of the message, then: {error}",
                    code=error.code,
                ) from error
        # The last part's receipt tells that all are there; the others report failures only.
        return SendReceipt(external_id=taken[-1], further_ids=tuple(taken[:-1]))

    async def close(self) -> None:
        """Unbind."""
        if self._session is not None:
            await self._session.close()

    async def _bound(self) -> Session:
        async with self._binding:
            if self._session is None or self._session.lost:
                if self._session is not None:
                    await self._session.close()
                self._session = await bound(self._settings, self._patience)
            return self._session

    async def _submit(self, session: Session, short: ShortMessage) -> ExternalId:
        await self._keep_pace()
        try:
            answer = await session.request(Command.submit_sm, submit(short))
        except NotSent as error:
            raise RetryLater(f"Not sent yet: {error}. The hub tries again.") from error
        except Unanswered as error:
            raise OutcomeUnknown(f"It may have gone out: {error}.") from error
        if answer.status:
            raise failure(answer.status)
        try:
            told = Reader(answer.body).text()
        except BadPdu as error:
            raise OutcomeUnknown("The operator took the message and gave it no id: no receipt can be read.") from error
        return submitted_id(told, self._settings.receipt_ids)

    async def _keep_pace(self) -> None:
        """Wait for the turn the operator's limit leaves: parts of one message count like messages."""
        loop = asyncio.get_running_loop()
        async with self._pacing:
            await asyncio.sleep(self._pace.ready_in(loop.time()))
            self._pace.take(1, loop.time())


def create(settings: SmppSettings, tools: Tools) -> SmppConnector:
    """Make the connector; it binds when it is first needed."""
    return SmppConnector(settings, tools)

"""One bind with an operator: requests in a window, signs of life, units that come in. No word of messages."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass

from connectors.smpp.codes import ALREADY_BOUND, BIND_FAILED, REFUSED, code
from connectors.smpp.pdu import HEADER, RESPONSE, BadPdu, Command, Pdu, length_of, split, text_field
from connectors.smpp.settings import SmppSettings
from hub.contract import ConnectorError, CredentialsRefused

_VERSION = 0x34
_QUEUE = 100
"""Units that may wait for the hub to store them; then the operator has to wait, too."""


class NotSent(ConnectorError):
    """The request certainly did not leave."""


class Unanswered(ConnectorError):
    """The request left, and no answer came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds to wait."""

    connect: float = 10.0
    answer: float = 30.0
    silence: float | None = None
    """Before we ask for a sign of life; None is what the settings say."""


class Session:
    """A bound connection. Made by `bound`; ended for good when it is lost."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        settings: SmppSettings,
        patience: Patience,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._patience = patience
        self._enquire_after = settings.enquire_seconds if patience.silence is None else patience.silence
        self._window = asyncio.Semaphore(settings.window)
        self.sequence = 0
        """The latest of our requests."""
        self._pending: dict[int, asyncio.Future[Pdu]] = {}
        self._incoming: asyncio.Queue[Pdu | None] = asyncio.Queue(_QUEUE)
        self._tasks: list[asyncio.Task[None]] = []
        self.lost = ""
        """Why the connection ended; empty while it stands."""
        self.answered = 0
        """The latest of our requests that was answered: whatever we wrote before it has arrived."""

    async def bind(self, settings: SmppSettings) -> None:
        """Log in for both directions. Raises CredentialsRefused, ConnectorError."""
        self._tasks = [asyncio.create_task(self._read(), name="smpp reads")]
        fields = (settings.system_id, settings.password.get_secret_value(), settings.system_type)
        body = b"".join(map(text_field, fields)) + bytes((_VERSION, 0, 0)) + text_field("")
        try:
            answer = await self.request(Command.bind_transceiver, body)
        except (NotSent, Unanswered) as error:
            raise ConnectorError(f"The operator's server did not answer the bind: {error}") from error
        if answer.status in REFUSED:
            raise CredentialsRefused(
                f"The operator does not accept system id or password ({code(answer.status)}). Copy them again."
            )
        if answer.status not in (0, ALREADY_BOUND):
            hint = " Mostly the password is wrong, or too many connections are bound." * (answer.status == BIND_FAILED)
            raise ConnectorError(f"The operator refused the bind ({code(answer.status)}).{hint}")
        self._tasks.append(asyncio.create_task(self._live(), name="smpp signs of life"))

    async def request(self, command: Command, body: bytes) -> Pdu:
        """Send a request and return its answer. Raises NotSent, or Unanswered when it may have arrived."""
        async with self._window:
            if self.lost:
                raise NotSent(self.lost)
            self.sequence = self.sequence % 0x7FFFFFFF + 1
            number = self.sequence
            answer: asyncio.Future[Pdu] = asyncio.get_running_loop().create_future()
            self._pending[number] = answer
            try:
                await self._write(Pdu(command=command, sequence=number, body=body))
                async with asyncio.timeout(self._patience.answer):
                    return await answer
            except TimeoutError:
                raise Unanswered("the operator did not answer in time") from None
            finally:
                self._pending.pop(number, None)

    async def incoming(self) -> AsyncIterator[Pdu]:
        """Yield the units the operator sends us, and its signs of life, until the connection is lost."""
        while (unit := await self._incoming.get()) is not None:
            yield unit

    async def answer(self, unit: Pdu, status: int = 0) -> None:
        """Acknowledge a unit."""
        await self._write(unit.answer(status, text_field("")))

    async def close(self) -> None:
        """Unbind politely, and end. Never fails."""
        if not self.lost:
            with contextlib.suppress(NotSent, Unanswered, TimeoutError):
                async with asyncio.timeout(2):
                    await self.request(Command.unbind, b"")
        self._end("we closed the connection")
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._writer.close()
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(2):
                await self._writer.wait_closed()

    async def _write(self, unit: Pdu) -> None:
        try:
            self._writer.write(unit.encode())
            async with asyncio.timeout(self._patience.answer):
                await self._writer.drain()
        except (OSError, TimeoutError) as error:
            self._end("the connection was cut")
            raise Unanswered(self.lost) from error

    async def _read(self) -> None:
        try:
            while True:
                head = await self._reader.readexactly(HEADER.size)
                body = await self._reader.readexactly(length_of(head) - HEADER.size)
                await self._take(split(head + body)[0])
        except (OSError, asyncio.IncompleteReadError):
            self._end("the operator closed the connection")
        except BadPdu as error:
            self._end(f"the operator sent what is not SMPP: {error}")

    async def _take(self, unit: Pdu) -> None:
        if unit.command & RESPONSE:
            self.answered = max(self.answered, unit.sequence)
            waiting = self._pending.get(unit.sequence)
            if waiting is not None and not waiting.done():
                waiting.set_result(unit)
            return
        match unit.command:
            case Command.enquire_link:
                await self._write(unit.answer())
            case Command.unbind:
                await self._write(unit.answer())
                self._end("the operator ended the connection")
            case Command.deliver_sm | Command.data_sm:
                await self._incoming.put(unit)
            case _:
                invalid_command = 0x03
                await self._write(Pdu(command=Command.generic_nack, status=invalid_command, sequence=unit.sequence))

    async def _live(self) -> None:
        while not self.lost:
            await asyncio.sleep(self._enquire_after)
            try:
                sign = await self.request(Command.enquire_link, b"")
            except (NotSent, Unanswered):
                self._end("the operator gave no sign of life")
                self._writer.transport.abort()
                return
            if not self._incoming.full():
                self._incoming.put_nowait(sign)

    def _end(self, why: str) -> None:
        if self.lost:
            return
        self.lost = why
        for waiting in self._pending.values():
            if not waiting.done():
                waiting.set_exception(Unanswered(why))
        # What came before the end is still handed on; the sentinel waits its turn, or replaces what cannot be answered.
        while self._incoming.full():
            self._incoming.get_nowait()
        self._incoming.put_nowait(None)


async def bound(settings: SmppSettings, patience: Patience) -> Session:
    """Connect and bind. Raises CredentialsRefused, ConnectorError in words; nothing stays open then."""
    try:
        async with asyncio.timeout(patience.connect):
            reader, writer = await asyncio.open_connection(
                settings.host, settings.port, ssl=ssl.create_default_context() if settings.tls else None
            )
    except ssl.SSLError as error:
        raise ConnectorError("No secure connection to the operator could be made. Check port and TLS.") from error
    except (OSError, TimeoutError) as error:
        raise ConnectorError("The operator's server could not be reached. Check server, port and firewall.") from error
    session = Session(reader, writer, settings, patience)
    try:
        await session.bind(settings)
    except BaseException:
        await session.close()
        raise
    return session

"""The mailbox as the hub sees it: check, parse, send, and listen to what arrives."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from uuid import UUID

from connectors.email.choices import Login
from connectors.email.imap import Imap
from connectors.email.imap_protocol import ImapLost
from connectors.email.oauth import TokenSource
from connectors.email.parse import parse_mail
from connectors.email.receive import Receiver
from connectors.email.render import Sending, render
from connectors.email.settings import EmailSettings
from connectors.email.smtp import SmtpSender
from hub.contract import (
    Connector,
    ConnectorError,
    CredentialsRefused,
    InboundEvent,
    Listens,
    OutboundMessage,
    RawEvent,
    RetryLater,
    SendError,
    SendReceipt,
    Tools,
)
from hub.domain.ids import DeliveryId, ExternalId

log = logging.getLogger(__name__)

_CHECK_TIMEOUT = 19.0
_SAVE_TIMEOUT = 60.0


class Mailbox(Connector):
    """One mailbox, however its mail arrives: reading, sending, checking."""

    def __init__(self, settings: EmailSettings, tools: Tools, *, answer_within: timedelta | None = None) -> None:
        """`answer_within` bounds how long a server may take for one answer; None is what the RFCs ask for."""
        self._settings = settings
        self._tools = tools
        self._own = settings.own
        self._tokens = (
            None
            if settings.login is Login.password
            else TokenSource(settings, tools.http, tools.now, tools.keep_secret)
        )
        self._smtp = SmtpSender(
            settings,
            self._tokens.token if self._tokens else None,
            self._tokens.forget if self._tokens else lambda: None,
        )
        self._answer_within = answer_within
        if answer_within is not None:
            self._smtp.timeout = self._smtp.data_timeout = answer_within.total_seconds()

    async def check(self) -> str:
        """Log in where mail is sent; send nothing."""
        try:
            async with asyncio.timeout(_CHECK_TIMEOUT):
                await self._smtp.check()
        except TimeoutError as error:
            raise ConnectorError("The mail server did not answer within 20 seconds. Check name and port.") from error
        return self._settings.address

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Say what a mail means."""
        return parse_mail(raw, self._own)

    def new_message_id(self, delivery_id: DeliveryId) -> ExternalId:
        """Return the Message-ID of a delivery."""
        return self._own.message_id(delivery_id)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Send one mail."""
        settings = self._settings
        sending = Sending(
            own=self._own,
            display_name=settings.display_name,
            plus_addressing=settings.plus_addressing,
            bounce_addressing=settings.bounce_addressing,
        )
        files = [(file, await file.read()) for file in message.attachments]
        envelope = await asyncio.to_thread(render, message, files, sending, self._tools.now())
        try:
            await self._smtp.send(envelope)
        except (CredentialsRefused, SendError):
            raise
        except ConnectorError as error:  # the login service could not be reached
            raise RetryLater(str(error)) from error
        self.after_sending(envelope.data)
        return SendReceipt(external_id=envelope.message_id)

    def after_sending(self, mail: bytes) -> None:
        """Do what a kind of mailbox does with a mail that went out."""


class EmailConnector(Mailbox, Listens):
    """A mailbox the hub reads over IMAP."""

    def __init__(self, settings: EmailSettings, tools: Tools, *, answer_within: timedelta | None = None) -> None:
        super().__init__(settings, tools, answer_within=answer_within)
        self._saving: set[asyncio.Task[None]] = set()
        self._save_lock = asyncio.Lock()

    async def check(self) -> str:
        """Log in on both sides, open the folder of customers' mail; send nothing."""
        try:
            async with asyncio.timeout(_CHECK_TIMEOUT):
                imap = await self._connect()
                try:
                    settings = self._settings
                    for folder in (settings.folder, *settings.more_folders, settings.sent_folder):
                        if folder:
                            await imap.examine(folder)
                finally:
                    await imap.close()
                await self._smtp.check()
        except ImapLost as error:
            raise ConnectorError(str(error)) from error
        except TimeoutError as error:
            raise ConnectorError("The mail servers did not answer within 20 seconds. Check names and ports.") from error
        return self._settings.address

    def after_sending(self, mail: bytes) -> None:
        """Put a copy into the folder of sent mail if the server does not do so itself."""
        if self._settings.saves_sent:
            task = asyncio.create_task(self._save(mail))
            self._saving.add(task)
            task.add_done_callback(self._saving.discard)

    async def listen(self, cursor: str | None) -> AsyncGenerator[tuple[RawEvent | None, str | None], None]:
        """Yield every mail that arrives in, or is sent from, the mailbox."""
        imap = await self._connect()
        try:
            receiver = Receiver(imap, self._settings, self._tools.now, since=self._since())
            await receiver.find_sent_folder()
            async with aclosing(receiver.events(cursor)) as items:
                async for item in items:
                    yield item
        except ImapLost as error:
            raise ConnectorError(str(error)) from error
        finally:
            await imap.close()

    async def close(self) -> None:
        """Give copies under way a moment to reach the folder of sent mail."""
        if self._saving:
            await asyncio.wait(self._saving, timeout=5)
        for task in self._saving:
            task.cancel()

    async def _connect(self) -> Imap:
        """Log in; a refused token is renewed once, since it may have been withdrawn before its time."""
        if self._tokens is None:
            return await self._imap().open(None)
        try:
            return await self._imap().open(await self._tokens.token())
        except CredentialsRefused:
            self._tokens.forget()
            return await self._imap().open(await self._tokens.token())

    def _imap(self) -> Imap:
        imap = Imap(self._settings)
        if self._answer_within is not None:
            imap.silence_timeout = self._answer_within.total_seconds()
        return imap

    def _since(self) -> datetime:
        """Return from when on mail is imported: the channel's making, less the days of history asked for.

        The channel's id holds the time it was made (UUIDv7), so mail that arrives before the first connection is not
        lost, however late that comes.
        """
        channel: UUID = self._tools.channel_id
        made = self._tools.now()
        if channel.version == 7:
            made = min(made, datetime.fromtimestamp((channel.int >> 80) / 1000, UTC))
        # The mail server's clock may be a little behind ours.
        return made - timedelta(days=self._settings.history_days, minutes=5)

    async def _save(self, mail: bytes) -> None:
        """Put a copy into the folder of sent mail. Best effort: the mail itself has gone out."""
        try:
            async with self._save_lock, asyncio.timeout(_SAVE_TIMEOUT):
                imap = await self._connect()
                try:
                    folder = self._settings.sent_folder or await imap.sent_folder()
                    if folder:
                        await imap.append(folder, mail)
                finally:
                    await imap.close()
        except (ConnectorError, ImapLost, OSError, TimeoutError) as error:
            log.warning(
                "no copy in the folder of sent mail", extra={"channel": str(self._tools.channel_id), "why": str(error)}
            )

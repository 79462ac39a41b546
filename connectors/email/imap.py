"""Read one mailbox over IMAP: log in, list and open folders, search, fetch in batches, wait for the doorbell, append.

One object is one connection. After any failure or time-out it is thrown away: aioimaplib cannot be used again then.
Flags are neither read nor set: `EXAMINE` and `BODY.PEEK` leave the mailbox as people left it.
"""

import asyncio
import contextlib
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from aioimaplib import aioimaplib
from aioimaplib.aioimaplib import Command

from connectors.email.choices import ImapSecurity
from connectors.email.imap_answers import (
    Listed,
    OpenFolder,
    bodies_by_uid,
    found_uids,
    is_sent_folder_name,
    listed_folders,
    listed_mails,
    opened,
    search_day,
    text_of,
    uid_set,
)
from connectors.email.imap_errors import login_refused, unreachable
from connectors.email.imap_protocol import ImapLost, MailProtocol, connect
from connectors.email.settings import EmailSettings
from connectors.email.utf7 import encode_name, quoted
from hub.contract import ConnectorError

_CONNECT_TIMEOUT = 20.0
_SILENCE_TIMEOUT = 60.0
"""Seconds without a byte after which a server that owes us an answer counts as gone."""


class FolderRefused(ConnectorError):
    """The server does not give us a folder: it does not exist, or we may not read it."""


class Imap:
    """One connection to one mailbox."""

    def __init__(self, settings: EmailSettings) -> None:
        self._settings = settings
        self._protocol: MailProtocol | None = None
        self.capabilities: frozenset[str] = frozenset()
        self.silence_timeout = _SILENCE_TIMEOUT

    # Connecting and logging in

    async def open(self, token: str | None) -> Self:
        """Connect and log in, with a token (XOAUTH2) or the password. Raises CredentialsRefused, ConnectorError."""
        settings = self._settings
        context = settings.tls_context() if settings.imap_security is ImapSecurity.tls else None
        try:
            self._protocol = await connect(
                settings.imap_host,
                settings.imap_port,
                ssl=context,
                max_literal=settings.max_mail_mb * 2**22 + 2**24,
                within=_CONNECT_TIMEOUT,
                on_made=self._made,
            )
            await self._read_capabilities()
            if self._protocol.state != aioimaplib.AUTH:
                await self._log_in(token)
                await self._read_capabilities()
        except (ImapLost, OSError, TimeoutError) as error:
            self.abort()
            raise unreachable(error, f"{settings.imap_host} port {settings.imap_port}") from error
        except BaseException:
            self.abort()
            raise
        return self

    def _made(self, protocol: MailProtocol) -> None:
        self._protocol = protocol

    async def _read_capabilities(self) -> None:
        answer = await self._run("CAPABILITY")
        words = b" ".join(line for line in answer.lines if isinstance(line, bytes)).decode("ascii", "replace")
        self.capabilities = frozenset(words.upper().split())
        if self._protocol is not None:
            self._protocol.capabilities = set(self.capabilities)

    async def _log_in(self, token: str | None) -> None:
        settings = self._settings
        protocol = self._live()
        if token is None:
            if "LOGINDISABLED" in self.capabilities:
                raise ConnectorError("The mail server takes no password on this connection. Use TLS on port 993.")
            password = settings.password.get_secret_value()
            answer = await self._run("LOGIN", quoted(settings.login_name), quoted(password))
        else:
            raw = f"user={settings.login_name}\x01auth=Bearer {token}\x01\x01"
            coded = b64encode(raw.encode()).decode("ascii")
            if "SASL-IR" in self.capabilities:
                answer = await self._run("AUTHENTICATE", "XOAUTH2", coded)
            else:
                protocol.sasl_response = coded.encode("ascii")
                answer = await self._run("AUTHENTICATE", "XOAUTH2")
        if answer.result != "OK":
            raise login_refused(text_of(answer.lines), oauth=token is not None)
        protocol.state = aioimaplib.AUTH

    async def close(self) -> None:
        """Leave politely if that is quick; the connection is gone in any case."""
        protocol = self._protocol
        if protocol is not None and not protocol.lost.done() and not protocol.pending_async_commands:
            if protocol.has_pending_idle_command():
                protocol.idle_done()
            with contextlib.suppress(ImapLost, TimeoutError, OSError, aioimaplib.AioImapException):
                async with asyncio.timeout(2):
                    await self._run("LOGOUT")
        self.abort()

    def abort(self) -> None:
        """Drop the connection."""
        if self._protocol is not None:
            self._protocol.fail("We closed the connection.")

    # Folders

    async def folders(self) -> list[tuple[str, frozenset[str]]]:
        """Return (name, attributes) of every folder; attributes in lower case, without the backslash."""
        extended = {"LIST-EXTENDED", "SPECIAL-USE"} <= self.capabilities
        arguments = ('""', '"*"', "RETURN (SPECIAL-USE)") if extended else ('""', '"*"')
        answer = await self._checked("LIST", *arguments)
        return list(listed_folders(answer.lines))

    async def sent_folder(self) -> str | None:
        """Return the folder of sent mail: the one so marked (RFC 6154), else one with a usual name."""
        known = await self.folders()
        marked = [name for name, flags in known if "sent" in flags]
        named = [name for name, flags in known if "noselect" not in flags and is_sent_folder_name(name)]
        return next(iter(marked or named), None)

    async def examine(self, folder: str) -> OpenFolder:
        """Open a folder for reading only."""
        protocol = self._live()
        condstore = " (CONDSTORE)" if "CONDSTORE" in self.capabilities else ""
        answer = await self._checked("EXAMINE", f"{quoted(encode_name(folder))}{condstore}", folder=folder)
        protocol.state = aioimaplib.SELECTED
        folder_opened = opened(answer.lines)
        if folder_opened is None:
            raise ConnectorError(f"The mail server gives the folder {folder} no lasting numbers (UIDVALIDITY).")
        return folder_opened

    # Mails

    async def search(self, after: int, since: datetime | None = None) -> list[int]:
        """Return the UIDs above `after` in the open folder, rising; with `since`, of mail that came from then on."""
        self._live().bell.clear()
        criteria = [f"UID {after + 1}:*"]
        if since is not None:
            day = (since - timedelta(days=1)).date()  # the server compares days, in a zone of its own
            criteria.append(f"SINCE {search_day(day)}")
        answer = await self._checked("SEARCH", *criteria, prefix="UID")
        # "n:*" names the last mail even if its UID is below n (RFC 3501 section 6.4.8).
        return [uid for uid in found_uids(answer.lines) if uid > after]

    async def highest_uid(self) -> int:
        """Return the highest UID in the open folder, 0 if it is empty: for servers that do not say UIDNEXT."""
        answer = await self._checked("SEARCH", "UID *", prefix="UID")
        return max(found_uids(answer.lines), default=0)

    async def sizes(self, uids: Sequence[int]) -> list[Listed]:
        """Return size and arrival of mails, in the order of their UIDs; vanished ones are left out."""
        answer = await self._checked("FETCH", uid_set(uids), "(UID INTERNALDATE RFC822.SIZE)", prefix="UID")
        found = listed_mails(answer.lines)
        return [found[uid] for uid in uids if uid in found]

    async def bodies(self, uids: Sequence[int], *, header_only: bool = False) -> dict[int, bytes]:
        """Return the mails' bytes by UID."""
        what = "BODY.PEEK[HEADER]" if header_only else "BODY.PEEK[]"
        answer = await self._checked("FETCH", uid_set(uids), f"(UID {what})", prefix="UID")
        return bodies_by_uid(answer.lines)

    async def append(self, folder: str, mail: bytes) -> None:
        """Put a mail into a folder, marked as read."""
        self._live().literal_data = mail
        name = quoted(encode_name(folder))
        await self._checked("APPEND", name, "(\\Seen)", f"{{{len(mail)}}}", folder=folder)

    # Waiting

    async def wait_for_mail(self, seconds: float) -> bool:
        """Wait until the server rings, at most `seconds`; return whether it did. Raises ImapLost."""
        protocol = self._live()
        if protocol.bell.is_set():
            return True
        if "IDLE" not in self.capabilities:
            await self._race(protocol.bell.wait(), seconds)
            if not protocol.bell.is_set():
                await self._checked("NOOP")
            return protocol.bell.is_set()
        idle = asyncio.ensure_future(protocol.idle())
        accepted = asyncio.ensure_future(protocol.wait_for_idle_response())
        try:
            await self._first(accepted, idle, seconds=self.silence_timeout)
            if idle.done():
                raise ConnectorError(f"The mail server offers IDLE but refused it: {text_of(idle.result().lines)}")
            await self._race(protocol.bell.wait(), seconds)
            protocol.idle_done()
            await self._first(idle, seconds=self.silence_timeout)
        finally:
            accepted.cancel()
            idle.cancel()
        return protocol.bell.is_set()

    async def _first(self, *futures: "asyncio.Future[Any]", seconds: float) -> None:
        """Wait for one of these; raise ImapLost if the connection goes first or the server stays silent."""
        lost = self._live().lost
        done, _ = await asyncio.wait({*futures, lost}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if lost in done:
            raise ImapLost(lost.result())
        if not done:
            self._live().fail("The mail server stopped answering.")
            raise ImapLost("The mail server stopped answering.")

    async def _race(self, coroutine: Any, seconds: float) -> None:
        """Wait at most `seconds` for something; raise ImapLost if the connection goes meanwhile."""
        waiter = asyncio.ensure_future(coroutine)
        lost = self._live().lost
        try:
            await asyncio.wait({waiter, lost}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiter.cancel()
        if lost.done():
            raise ImapLost(lost.result())

    # Commands

    def _live(self) -> MailProtocol:
        if self._protocol is None or self._protocol.lost.done():
            raise ImapLost(self._protocol.lost.result() if self._protocol else "There is no connection.")
        return self._protocol

    async def _checked(self, name: str, *arguments: str, prefix: str = "", folder: str = "") -> Any:
        answer = await self._run(name, *arguments, prefix=prefix)
        if answer.result != "OK":
            said = text_of(answer.lines[-1:])
            if folder:
                raise FolderRefused(f"The mail server does not give us the folder {folder}. It said: {said}")
            raise ConnectorError(f"The mail server refused {name}: {said}")
        return answer

    async def _run(self, name: str, *arguments: str, prefix: str = "") -> Any:
        """Run one command. Raises ImapLost when the connection goes, or when no byte comes for a minute."""
        protocol = self._live()
        loop = asyncio.get_running_loop()
        command = Command(name, protocol.new_tag(), *arguments, prefix=prefix or None, loop=loop)
        protocol.last_data = loop.time()
        task = asyncio.ensure_future(protocol.execute(command))
        try:
            while not task.done():
                left = protocol.last_data + self.silence_timeout - loop.time()
                if left <= 0:
                    protocol.fail("The mail server stopped answering.")
                await asyncio.wait({task, protocol.lost}, timeout=max(left, 0), return_when=asyncio.FIRST_COMPLETED)
                if protocol.lost.done() and not task.done():
                    raise ImapLost(protocol.lost.result())
            return task.result()
        except aioimaplib.AioImapException as error:
            protocol.fail(f"The mail server broke the protocol: {error}")
            raise ImapLost(str(error)) from error
        finally:
            task.cancel()

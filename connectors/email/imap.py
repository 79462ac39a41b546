"""Read one mailbox over IMAP: log in, list and open folders, search, fetch in batches, wait for the doorbell, append.

One object is one connection. After any failure or time-out it is thrown away: aioimaplib cannot be used again then.
Flags are neither read nor set: `EXAMINE` and `BODY.PEEK` leave the mailbox as people left it.
"""

import asyncio
import contextlib
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple, Self

from aioimaplib import aioimaplib
from aioimaplib.aioimaplib import Command

from connectors.email.imap_errors import login_refused, unreachable
from connectors.email.imap_protocol import ImapLost, MailProtocol, connect
from connectors.email.settings import EmailSettings, ImapSecurity
from connectors.email.utf7 import decode_name, encode_name, quoted
from hub.contract import ConnectorError

_CONNECT_TIMEOUT = 20.0
_SILENCE_TIMEOUT = 60.0
"""Seconds without a byte after which a server that owes us an answer counts as gone."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LIST = re.compile(rb"LIST \((?P<flags>[^)]*)\) (?:\"(?P<sep>(?:\\.|[^\"])*)\"|NIL) ?(?P<name>.*)$", re.IGNORECASE)
_UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)
_DATE = re.compile(rb"\bINTERNALDATE \"([^\"]{1,40})\"", re.IGNORECASE)
_CODE = re.compile(rb"\[(UIDVALIDITY|UIDNEXT|HIGHESTMODSEQ) (\d+)\]", re.IGNORECASE)
_QUOTED_BODY = re.compile(rb"\bBODY\[[^\]]*\] \"((?:[^\"\\]|\\.)*)\"", re.IGNORECASE)
_SENT_NAMES = frozenset(
    {
        *("sent", "sent items", "sent mail", "sent messages", "gesendet", "gesendete elemente", "gesendete objekte"),
        *("envoyés", "éléments envoyés", "messages envoyés", "enviados", "elementos enviados", "inviata"),
        *("posta inviata", "wysłane", "elementy wysłane", "verzonden", "verzonden items", "skickat", "sendt"),
        *("отправленные", "보낸편지함", "보낸 편지함", "送信済みアイテム", "送信済み", "已发送"),
    }
)


class OpenFolder(NamedTuple):
    """A folder as the server described it when it was opened."""

    uidvalidity: int
    uidnext: int
    """0 if the server did not say."""
    modseq: int
    """0 if the server counts none."""


class Listed(NamedTuple):
    """A mail in a folder, before it is fetched."""

    uid: int
    size: int
    arrived: datetime | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A mail's bytes."""

    uid: int
    body: bytes = field(repr=False)


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
            raise login_refused(_text(answer.lines), oauth=token is not None)
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
        return list(_listed(answer.lines))

    async def sent_folder(self) -> str | None:
        """Return the folder of sent mail: the one so marked (RFC 6154), else one with a usual name."""
        known = await self.folders()
        marked = [name for name, flags in known if "sent" in flags]
        named = [
            name
            for name, flags in known
            if "noselect" not in flags and re.split(r"[./]", name)[-1].casefold() in _SENT_NAMES
        ]
        return next(iter(marked or named), None)

    async def examine(self, folder: str) -> OpenFolder:
        """Open a folder for reading only."""
        protocol = self._live()
        condstore = " (CONDSTORE)" if "CONDSTORE" in self.capabilities else ""
        answer = await self._checked("EXAMINE", f"{quoted(encode_name(folder))}{condstore}", folder=folder)
        protocol.state = aioimaplib.SELECTED
        found: dict[bytes, int] = {}
        for line in answer.lines:
            if isinstance(line, bytes):
                found |= {name.upper(): int(value) for name, value in _CODE.findall(line)}
        if b"UIDVALIDITY" not in found:
            raise ConnectorError(f"The mail server gives the folder {folder} no lasting numbers (UIDVALIDITY).")
        return OpenFolder(found[b"UIDVALIDITY"], found.get(b"UIDNEXT", 0), found.get(b"HIGHESTMODSEQ", 0))

    # Mails

    async def search(self, after: int, since: datetime | None = None) -> list[int]:
        """Return the UIDs above `after` in the open folder, rising; with `since`, of mail that came from then on."""
        self._live().bell.clear()
        criteria = [f"UID {after + 1}:*"]
        if since is not None:
            day = (since - timedelta(days=1)).date()  # the server compares days, in a zone of its own
            criteria.append(f"SINCE {_day(day)}")
        answer = await self._checked("SEARCH", *criteria, prefix="UID")
        words = b" ".join(line for line in answer.lines[:-1] if isinstance(line, bytes)).split()
        # "n:*" names the last mail even if its UID is below n (RFC 3501 section 6.4.8).
        return sorted({int(word) for word in words if word.isdigit() and int(word) > after})

    async def highest_uid(self) -> int:
        """Return the highest UID in the open folder, 0 if it is empty: for servers that do not say UIDNEXT."""
        answer = await self._checked("SEARCH", "UID *", prefix="UID")
        words = b" ".join(line for line in answer.lines[:-1] if isinstance(line, bytes)).split()
        return max((int(word) for word in words if word.isdigit()), default=0)

    async def sizes(self, uids: Sequence[int]) -> list[Listed]:
        """Return size and arrival of mails, in the order of their UIDs; vanished ones are left out."""
        answer = await self._checked("FETCH", _uid_set(uids), "(UID INTERNALDATE RFC822.SIZE)", prefix="UID")
        wanted = set(uids)
        found: dict[int, Listed] = {}
        for meta, _ in _fetched(answer.lines):
            uid, size = _UID.search(meta), _SIZE.search(meta)
            if uid and size and int(uid.group(1)) in wanted:
                found[int(uid.group(1))] = Listed(int(uid.group(1)), int(size.group(1)), _arrived(meta))
        return [found[uid] for uid in sorted(found)]

    async def bodies(self, uids: Sequence[int], *, header_only: bool = False) -> dict[int, bytes]:
        """Return the mails' bytes by UID."""
        what = "BODY.PEEK[HEADER]" if header_only else "BODY.PEEK[]"
        answer = await self._checked("FETCH", _uid_set(uids), f"(UID {what})", prefix="UID")
        found: dict[int, bytes] = {}
        for meta, literal in _fetched(answer.lines):
            uid = _UID.search(meta)
            body = literal if literal is not None else _quoted_body(meta)
            if uid and body is not None:
                found[int(uid.group(1))] = body
        return found

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
        try:
            accepted = asyncio.ensure_future(protocol.wait_for_idle_response())
            await self._first(accepted, idle, seconds=self.silence_timeout)
            accepted.cancel()
            if idle.done():
                raise ConnectorError("The mail server offers IDLE but refused it.")
            await self._race(protocol.bell.wait(), seconds)
            protocol.idle_done()
            await self._first(idle, seconds=self.silence_timeout)
        finally:
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
            where = f" the folder {folder}" if folder else ""
            said = _text(answer.lines[-1:])
            raise ConnectorError(f"The mail server refused {name}{where}: {said}")
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


def _text(lines: Iterable[Any]) -> str:
    return b" ".join(line for line in lines if isinstance(line, bytes)).decode("utf-8", "replace")[:400]


def _uid_set(uids: Sequence[int]) -> str:
    """Return UIDs as an IMAP set, runs joined: 1,2,3,7 becomes 1:3,7."""
    runs: list[list[int]] = []
    for uid in uids:
        if runs and runs[-1][1] == uid - 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(f"{first}:{last}" if last > first else str(first) for first, last in runs)


def _fetched(lines: Iterable[Any]) -> Iterator[tuple[bytes, bytes | None]]:
    """Yield (words, literal) of each FETCH answer; unsolicited ones, such as flag changes, come along."""
    for line in lines:
        if isinstance(line, list):
            yield b" ".join(line[::2]), line[1] if len(line) > 1 else None
        elif isinstance(line, bytes) and b" FETCH (" in line[:30].upper():
            yield line, None


def _quoted_body(meta: bytes) -> bytes | None:
    match = _QUOTED_BODY.search(meta)
    return re.sub(rb"\\(.)", rb"\1", match.group(1)) if match else None


def _listed(lines: Iterable[Any]) -> Iterator[tuple[str, frozenset[str]]]:
    for line in lines:
        first = line[0] if isinstance(line, list) else line
        match = _LIST.match(first)
        if match is None:
            continue
        raw = line[1] if isinstance(line, list) and len(line) > 1 else match["name"]
        if raw.startswith(b'"') and not isinstance(line, list):
            raw = re.sub(rb"\\(.)", rb"\1", raw[1:-1])
        flags = frozenset(match["flags"].decode("ascii", "replace").lower().replace("\\", "").split())
        yield decode_name(raw.decode("utf-8", "replace")), flags


def _arrived(meta: bytes) -> datetime | None:
    match = _DATE.search(meta)
    if match is None:
        return None
    try:
        day, month, rest = match.group(1).decode("ascii").strip().split("-", 2)
        number = _MONTHS.index(month.title()) + 1
        return datetime.strptime(f"{day}-{number}-{rest}", "%d-%m-%Y %H:%M:%S %z").astimezone(UTC)
    except (ValueError, UnicodeDecodeError):
        return None


def _day(day: date) -> str:
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"

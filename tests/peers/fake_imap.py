"""A small IMAP server on loopback whose misbehaviour a test chooses: what no real server does on demand.

It knows what the connector uses: CAPABILITY, LOGIN, AUTHENTICATE XOAUTH2, LIST, EXAMINE, UID SEARCH, UID FETCH, IDLE,
NOOP, APPEND, LOGOUT.
"""

import asyncio
import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

ARRIVED = "22-Nov-2026 10:30:00 +0100"


@dataclass
class Folder:
    """A mailbox folder: mails by UID."""

    uidvalidity: int = 1
    mails: dict[int, bytes] = field(default_factory=dict)
    arrived: dict[int, str] = field(default_factory=dict)
    flags: str = ""
    modseq: int = 0

    def put(self, mail: bytes, *, uid: int | None = None, arrived: str = ARRIVED) -> int:
        """Add a mail; return its UID."""
        number = uid or max(self.mails, default=0) + 1
        self.mails[number] = mail
        self.arrived[number] = arrived
        self.modseq += bool(self.modseq)
        return number


class FakeImap:
    """The server. Set its fields before or while a client is connected."""

    def __init__(self) -> None:
        self.greeting = b"* OK ready"
        self.capabilities = "IMAP4rev1 IDLE LITERAL+ SPECIAL-USE AUTH=XOAUTH2 SASL-IR"
        self.password = "mailbox-secret"
        self.tokens: set[str] = set()
        self.login_answer = ""
        """What to answer a refused login, e.g. `NO [UNAVAILABLE] later`."""
        self.folders: dict[str, Folder] = {"INBOX": Folder(), "Sent Items": Folder(flags="\\Sent")}
        self.say_uidnext = True
        self.on: dict[str, Callable[[Session], None]] = {}
        """What to do when a command (`IDLE`, `EXAMINE`, `UID FETCH` …) comes, before it is answered."""
        self.silent_on: set[str] = set()
        """Commands that get no answer at all."""
        self.bodyless: set[int] = set()
        """UIDs whose body the server cannot hand out."""
        self.extra_lines: dict[str, list[bytes]] = {}
        """Untagged lines to send with the answer to a command."""
        self.commands: list[str] = []
        self.appended: list[bytes] = []
        self.sessions: list[Session] = []
        self.idling = asyncio.Event()
        self.port = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=2**26)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for session in self.sessions:
            session.writer.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def inbox(self) -> Folder:
        """The folder of customers' mail."""
        return self.folders["INBOX"]

    def ring(self) -> None:
        """Tell every idling client that the inbox has changed."""
        for session in self.sessions:
            session.send(f"* {len(self.inbox.mails)} EXISTS".encode())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        session = Session(self, reader, writer)
        self.sessions.append(session)
        try:
            await session.run()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            self.sessions.remove(session)
            writer.close()


class Session:
    """One connected client."""

    def __init__(self, server: FakeImap, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server = server
        self.reader = reader
        self.writer = writer
        self.folder = Folder()

    def send(self, line: bytes) -> None:
        """Send one line."""
        self.writer.write(line + b"\r\n")

    def cut(self) -> None:
        """Close the connection at once."""
        transport = self.writer.transport
        transport.abort()

    async def run(self) -> None:
        """Answer commands until the client leaves."""
        self.send(self.server.greeting)
        while line := await self.reader.readline():
            tag, _, rest = line.strip().decode().partition(" ")
            name = rest.partition(" ")[0].upper()
            if name == "UID":
                name = " ".join(rest.upper().split()[:2])
            self.server.commands.append(rest)
            if name in self.server.on:
                self.server.on[name](self)
            if name in self.server.silent_on:
                continue
            for extra in self.server.extra_lines.get(name, []):
                self.send(extra)
            answer = await self._answer(name, rest)
            self.send(f"{tag} {answer}".encode())
            await self.writer.drain()
            if name == "LOGOUT":
                return

    async def _answer(self, name: str, rest: str) -> str:
        server = self.server
        if name == "CAPABILITY":
            self.send(f"* CAPABILITY {server.capabilities}".encode())
        elif name == "LOGIN":
            return self._login(rest)
        elif name == "AUTHENTICATE":
            return await self._xoauth2(rest)
        elif name == "LIST":
            for folder, content in server.folders.items():
                self.send(f'* LIST (\\HasNoChildren {content.flags}) "/" "{folder}"'.encode())
        elif name == "EXAMINE":
            return self._examine(rest)
        elif name == "UID SEARCH":
            self._search(rest)
        elif name == "UID FETCH":
            self._fetch(rest)
        elif name == "IDLE":
            await self._idle()
        elif name == "APPEND":
            await self._append(rest)
        return "OK done"

    def _login(self, rest: str) -> str:
        if self.server.login_answer:
            return self.server.login_answer
        good = rest.endswith(f'"{self.server.password}"')
        return "OK welcome" if good else "NO [AUTHENTICATIONFAILED] Invalid credentials"

    async def _xoauth2(self, rest: str) -> str:
        words = rest.split()
        coded = words[2] if len(words) > 2 else ""
        if not coded:
            self.send(b"+ ")
            coded = (await self.reader.readline()).strip().decode()
        token = base64.b64decode(coded).decode().partition("Bearer ")[2].strip("\x01")
        if token in self.server.tokens:
            return "OK welcome"
        self.send(b"+ eyJzdGF0dXMiOiI0MDAifQ==")
        await self.reader.readline()  # the client must send an empty line before the refusal comes
        return "NO [AUTHENTICATIONFAILED] token expired"

    def _examine(self, rest: str) -> str:
        found = re.match(r'EXAMINE "((?:[^"\\]|\\.)*)"', rest)
        folder = self.server.folders.get(found.group(1) if found else "")
        if folder is None:
            return "NO [NONEXISTENT] no such folder"
        self.folder = folder
        self.send(f"* {len(folder.mails)} EXISTS".encode())
        self.send(f"* OK [UIDVALIDITY {folder.uidvalidity}] valid".encode())
        if self.server.say_uidnext:
            self.send(f"* OK [UIDNEXT {max(folder.mails, default=0) + 1}] next".encode())
        if folder.modseq:
            self.send(f"* OK [HIGHESTMODSEQ {folder.modseq}] highest".encode())
        return "OK [READ-ONLY] done"

    def _search(self, rest: str) -> None:
        uids = sorted(self.folder.mails)
        first = re.search(r"UID (\d+):\*", rest)
        if first:
            # As RFC 3501 has it: the last mail is named even when its UID is below the first asked for.
            uids = [uid for uid in uids if uid >= int(first.group(1))] or uids[-1:]
        elif rest.endswith("UID *"):
            uids = uids[-1:]
        self.send(("* SEARCH " + " ".join(str(uid) for uid in uids)).strip().encode())

    def _fetch(self, rest: str) -> None:
        found = re.match(r"UID FETCH (\S+) \((.*)\)$", rest)
        if found is None:
            return
        for number, uid in enumerate(sorted(self.folder.mails), 1):
            if not _in_set(uid, found.group(1)):
                continue
            mail = self.folder.mails[uid]
            words = f"UID {uid}"
            if "INTERNALDATE" in found.group(2):
                words += f' INTERNALDATE "{self.folder.arrived[uid]}" RFC822.SIZE {len(mail)}'
            if "HEADER" in found.group(2):
                mail = mail.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            if "BODY.PEEK[" not in found.group(2) or (uid in self.server.bodyless and "HEADER" not in found.group(2)):
                self.send(f"* {number} FETCH ({words})".encode())
                continue
            self.writer.write(f"* {number} FETCH ({words} BODY[] {{{len(mail)}}}\r\n".encode() + mail + b")\r\n")

    async def _idle(self) -> None:
        self.send(b"+ idling")
        self.server.idling.set()
        await self.reader.readline()
        self.server.idling.clear()

    async def _append(self, rest: str) -> None:
        size = int(rest.rpartition("{")[2].rstrip("}+"))
        self.send(b"+ go ahead")
        self.server.appended.append(await self.reader.readexactly(size))
        await self.reader.readline()


def _in_set(uid: int, wanted: str) -> bool:
    for part in wanted.split(","):
        first, _, last = part.partition(":")
        if int(first) <= uid <= int(last or first):
            return True
    return False

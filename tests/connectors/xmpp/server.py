"""A fake XMPP server on loopback: one login, stream management, an archive, errors on demand.

Small on purpose: TLS, SCRAM, carbons, rooms and uploads are tested against Prosody in tests/e2e/test_xmpp.py.
"""

import asyncio
from base64 import b64decode
from collections.abc import Iterator
from types import TracebackType
from typing import Self, cast
from xml.etree import ElementTree as ET

PASSWORD = "password-of-the-fake-account"
US = "support@halden.example"
_STREAM = (
    "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
    "from='halden.example' id='s1' version='1.0'>"
)
_SASL = "urn:ietf:params:xml:ns:xmpp-sasl"
_SM = "urn:xmpp:sm:3"
_MAM = "urn:xmpp:mam:2"
_RSM = "http://jabber.org/protocol/rsm"


class FakeXmpp:
    """The server, and the handle of the test."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        """Ids of the messages taken for delivery."""
        self.heard: list[ET.Element] = []
        """Every stanza of a logged-in client."""
        self.archive: list[tuple[str, str]] = []
        """Archived messages: id and stanza."""
        self.cards: dict[str, str] = {}
        """What stands on people's cards (vcard-temp), by JID; others have none."""
        self.keeps_archive = True
        self.forgets: set[str] = set()
        """Ids the archive does not know any more."""
        self.asked: list[tuple[str, str]] = []
        """Archive questions: `after` or `start`, and its value."""
        self.answer: tuple[str, str] | None = None
        """Error type and condition with which the next message comes back."""
        self.silent = False
        self.cuts = False
        self.manages = True
        """Offers stream management (XEP-0198)."""
        self.resumable = False
        self.logins = 0
        self.resumed = 0
        self.online = asyncio.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._handled = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Stop listening and cut every connection."""
        self._server.close()
        self.cut()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self) -> None:
        """Cut every connection."""
        for writer in self._writers:
            writer.transport.abort()

    def say(self, stanza: str) -> None:
        """Deliver a stanza to whoever is connected."""
        for writer in self._writers:
            if not writer.is_closing():
                writer.write(stanza.encode())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            await _Session(self, reader, writer).run()
        except (ConnectionError, ET.ParseError):
            return
        finally:
            self._writers.discard(writer)
            self._tasks.discard(task)
            writer.close()


class _Session:
    """One connection."""

    def __init__(self, server: FakeXmpp, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._reader = reader
        self._writer = writer
        self._logged_in = False

    async def run(self) -> None:
        parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(("start", "end"))
        depth = 0
        while data := await self._reader.read(65536):
            parser.feed(data)
            for event, element in cast("Iterator[tuple[str, ET.Element]]", parser.read_events()):
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    self._features()
                if event == "end" and depth == 1 and self._take(element):
                    parser, depth = ET.XMLPullParser(("start", "end")), 0
                    break

    def _write(self, text: str) -> None:
        self._writer.write(text.encode())

    def _features(self) -> None:
        if not self._logged_in:
            offered = f"<mechanisms xmlns='{_SASL}'><mechanism>PLAIN</mechanism></mechanisms>"
        else:
            sm = f"<sm xmlns='{_SM}'/>" if self._server.manages else ""
            offered = f"<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>{sm}"
        self._write(f"{_STREAM}<stream:features>{offered}</stream:features>")

    def _take(self, element: ET.Element) -> bool:
        """Handle a stanza; True if the stream begins anew."""
        server = self._server
        name = element.tag.rpartition("}")[2]
        match name:
            case "auth":
                password = b64decode(element.text or "").split(b"\0")[2].decode()
                server.logins += 1
                self._logged_in = password == PASSWORD
                failure = f"<failure xmlns='{_SASL}'><not-authorized/></failure>"
                self._write(f"<success xmlns='{_SASL}'/>" if self._logged_in else failure)
                return self._logged_in
            case "enable":
                server._handled = 0
                self._write(f"<enabled xmlns='{_SM}' id='sm1' resume='{'true' if server.resumable else 'false'}'/>")
            case "resume" if server.resumable:
                server.resumed += 1
                self._write(f"<resumed xmlns='{_SM}' previd='sm1' h='{server._handled}'/>")
            case "resume":
                self._write(f"<failed xmlns='{_SM}'/>")
            case "r":
                if not server.silent:
                    self._write(f"<a xmlns='{_SM}' h='{server._handled}'/>")
            case "iq" | "presence" | "message":
                server._handled += 1
                server.heard.append(element)
                getattr(self, f"_{name}")(element)
        return False

    def _presence(self, element: ET.Element) -> None:
        if not element.get("to"):
            self._server.online.set()

    def _message(self, element: ET.Element) -> None:
        server, named = self._server, element.get("id")
        answer, server.answer = server.answer, None
        if answer is not None:
            kind, condition = answer
            words = f"<{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
            error = f"<error type='{kind}'>{words}</error>"
            self._write(f"<message type='error' id='{named}' from='{element.get('to')}' to='{US}/x'>{error}</message>")
        elif element.find("{jabber:client}body") is not None:
            server.taken.append(str(named))
        if server.cuts:
            server.cut()

    def _iq(self, element: ET.Element) -> None:
        named = element.get("id")
        child = element[0]
        name = child.tag.rpartition("}")[2]
        inner = ""
        if name == "bind":
            inner = f"<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>{US}/x</jid></bind>"
        elif child.tag == f"{{{_MAM}}}query":
            if not self._server.keeps_archive or not self._archive(child):
                self._error(named)
                return
            last = self._server.archive[-1][0] if self._server.archive else ""
            found = f"<last>{last}</last>" if last else ""
            inner = f"<fin xmlns='{_MAM}' complete='true'><set xmlns='{_RSM}'>{found}</set></fin>"
        elif child.tag == "{vcard-temp}vCard":
            card = self._server.cards.get(element.get("to", ""))
            if card is None:
                self._error(named)
                return
            self._write(f"<iq type='result' id='{named}' from='{element.get('to')}' to='{US}/x'>{card}</iq>")
            return
        elif name == "ping" and self._server.silent:
            return
        self._write(f"<iq type='result' id='{named}' from='{US}' to='{US}/x'>{inner}</iq>")

    def _archive(self, query: ET.Element) -> bool:
        """Tell the archive's messages after the one asked for; False if it does not know that one."""
        server = self._server
        after = query.findtext(f"{{{_RSM}}}set/{{{_RSM}}}after")
        start = query.findtext("{jabber:x:data}x/{jabber:x:data}field[@var='start']/{jabber:x:data}value")
        server.asked.append(("start", start) if start else ("after", after or ""))
        if after in server.forgets:
            return False
        if query.find(f"{{{_RSM}}}set/{{{_RSM}}}before") is not None:
            return True
        ids = [named for named, _ in server.archive]
        begin = ids.index(after) + 1 if after in ids else 0
        for named, stanza in server.archive[begin:]:
            forwarded = (
                "<forwarded xmlns='urn:xmpp:forward:0'>"
                f"<delay xmlns='urn:xmpp:delay' stamp='2026-11-22T08:00:00Z'/>{stanza}</forwarded>"
            )
            result = f"<result xmlns='{_MAM}' queryid='{query.get('queryid')}' id='{named}'>{forwarded}</result>"
            self._write(f"<message from='{US}' to='{US}/x'>{result}</message>")
        return True

    def _error(self, named: str | None) -> None:
        condition = "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
        self._write(f"<iq type='error' id='{named}' to='{US}/x'><error type='cancel'>{condition}</error></iq>")

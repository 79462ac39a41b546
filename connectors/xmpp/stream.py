"""One logged-in stream: slixmpp speaks it, this module bounds it and says what became of each stanza.

slixmpp connects, secures, logs in (SCRAM), binds and resumes (XEP-0198). It shall not decide anything else: it keeps no
queue of ours, answers no customer, and its log, which shows whole stanzas, stays silent. Loaded only when an account
connects.
"""

import asyncio
import logging
import ssl
from typing import Any

from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.stanza import Message, Presence
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath
from slixmpp.xmlstream.tostring import tostring

from connectors.xmpp import xml
from connectors.xmpp.outcomes import Gone, LoginRefused, NotUp, Patience, Refused, Unclear
from connectors.xmpp.settings import XmppSettings
from connectors.xmpp.xml import Element, attribute, bare, child

logging.getLogger("slixmpp").setLevel(logging.CRITICAL)

_SCRAM = {f"SCRAM-SHA-{size}{plus}" for size in ("1", "256", "384", "512") for plus in ("", "-PLUS")}
_ACK = "<r xmlns='urn:xmpp:sm:3'/>"
_FULL, _EMPTY = 1000, 100
"""Stanzas waiting to be stored at which we stop reading, and begin again."""
_DIRECT_TLS = 5223
_PING = xml.make("urn:xmpp:ping", "ping")


class _Client(ClientXMPP):
    """slixmpp's client with a guard before its parser."""

    guard: xml.Guard

    def init_parser(self) -> None:
        """Begin a new stream."""
        super().init_parser()
        self.guard = xml.Guard()

    def data_received(self, data: bytes | str) -> None:
        """Let only such bytes through as XMPP allows."""
        try:
            self.guard.feed(data.encode() if isinstance(data, str) else data)
        except xml.Forbidden as error:
            self.event("forbidden", str(error))
            self.abort()
            return
        super().data_received(data)


class Stream:
    """A stream, from login to its end. Each reconnection is tried once; what then fails is for the supervisor."""

    def __init__(self, settings: XmppSettings, patience: Patience) -> None:
        self._settings = settings
        self._patience = patience
        self._waiting: asyncio.Queue[Element | None] = asyncio.Queue()
        self._sent: dict[str, asyncio.Future[str]] = {}
        self._reflected: set[str] = set()
        self._pages: dict[str, list[Element]] = {}
        self._opening: asyncio.Future[bool] | None = None
        self._is_up = asyncio.Event()
        self.rooms: dict[str, str] = {}
        """Rooms we asked to join: "" once we are in, else what is in the way."""
        self._xmpp = self._client()

    def _client(self) -> _Client:
        settings = self._settings
        context = ssl.create_default_context(cadata=settings.certificate or None)
        client = _Client(settings.jid, settings.password.get_secret_value(), ssl_context=context)
        address, open_ = settings.host_and_port, settings.in_the_open
        client.enable_starttls = not open_ or bool(settings.certificate)
        client.enable_plaintext = not client.enable_starttls
        client.enable_direct_tls = address is None or address[1] == _DIRECT_TLS
        client.whitespace_keepalive = False
        client.auto_authorize = True if settings.accept_contacts else None
        client.auto_subscribe = False
        login = client.plugin["feature_mechanisms"]
        login.use_mechs = _SCRAM | ({"PLAIN"} if settings.plain_login else set())
        login.unencrypted_scram = login.unencrypted_plain = not client.enable_starttls
        client.register_plugin("xep_0030")
        client.register_plugin("xep_0198")
        for feature in (xml.RECEIPTS, xml.MARKERS, xml.CORRECT, xml.RETRACT, xml.REACTIONS, xml.REPLY, xml.OOB):
            client.plugin["xep_0030"].add_feature(feature)
        for name, handler in (
            ("session_start", lambda _: self._opened(resumed=False)),
            ("session_resumed", lambda _: self._opened(resumed=True)),
            ("failed_auth", self._login_refused),
            ("no_auth", lambda _: self._failed(LoginRefused(_NO_LOGIN, final=True))),
            (
                "connection_failed",
                lambda why: self._failed(Gone(f"no connection could be made ({type(why).__name__})")),
            ),
            ("ssl_invalid_chain", lambda _: self._failed(Gone("its certificate is not valid for the domain"))),
            ("forbidden", lambda why: self._failed(Gone(str(why)))),
            ("disconnected", self._lost),
            ("stanza_acked", self._acked),
            ("sm_failed", lambda _: self._unclear()),
        ):
            client.add_event_handler(name, handler)
        message = MatchXPath(f"{{{xml.CLIENT}}}message")
        client.register_handler(Callback("hub message", message, self._heard))
        client.register_handler(Callback("hub presence", MatchXPath(f"{{{xml.CLIENT}}}presence"), self._present))
        return client

    # -- from login to the end

    async def open(self) -> bool:
        """Connect and log in; returns whether an earlier stream was resumed. Raises LoginRefused, Gone."""
        self._opening = asyncio.get_running_loop().create_future()
        host, port = self._settings.host_and_port or (None, None)
        self._xmpp.connect(host, port)
        try:
            async with asyncio.timeout(self._patience.login):
                return await self._opening
        except TimeoutError:
            raise Gone("the login took too long") from None
        finally:
            if not self._opening.done() or self._opening.cancelled() or self._opening.exception() is not None:
                self._xmpp.cancel_connection_attempt()
                self._xmpp.abort()
            self._opening = None

    async def close(self) -> None:
        """Log out; what nobody acknowledged stays unclear."""
        self._unclear()
        if self._xmpp.is_connected():
            await self._xmpp.disconnect(wait=self._patience.goodbye, ignore_send_queue=True)
        self._xmpp.cancel_connection_attempt()
        self._xmpp.abort()
        if (filters := self._xmpp._run_out_filters) is not None:
            # slixmpp leaves this loop running for ever
            filters.cancel()
            await asyncio.gather(filters, return_exceptions=True)

    async def up(self) -> None:
        """Wait until we are logged in."""
        await self._is_up.wait()

    def _opened(self, *, resumed: bool) -> None:
        self._is_up.set()
        if self._opening is not None and not self._opening.done():
            self._opening.set_result(resumed)

    def _failed(self, error: Exception) -> None:
        if self._opening is not None and not self._opening.done():
            self._opening.set_exception(error)

    def _login_refused(self, stanza: Any) -> None:
        condition = str(stanza["condition"])
        self._failed(LoginRefused(condition, final=condition not in ("temporary-auth-failure", "aborted")))

    def _lost(self, _reason: object) -> None:
        self._is_up.clear()
        self._failed(Gone("the server closed the connection"))
        self._waiting.put_nowait(None)

    # -- hearing

    async def next(self) -> Element | None:
        """Return the next message; None after a while without one. Raises Gone when the connection is lost."""
        try:
            async with asyncio.timeout(self._patience.idle):
                found = await self._waiting.get()
        except TimeoutError:
            return None
        if found is None:
            raise Gone("the server closed the connection")
        if self._waiting.qsize() == _EMPTY and self._xmpp.transport is not None:
            self._xmpp.transport.resume_reading()
        return found

    def _heard(self, stanza: Any) -> None:
        try:
            message = xml.read_stanza(written(stanza.xml))
        except xml.Forbidden as error:
            logging.getLogger(__name__).warning("xmpp: a stanza was not read: %s", error)
            return
        result = child(message, xml.MAM, "result")
        if (page := self._pages.get(attribute(result, "queryid"))) is not None:
            page.append(message)
            return
        if self._settles(message):
            return
        self._waiting.put_nowait(message)
        if self._waiting.qsize() >= _FULL and self._xmpp.transport is not None:
            self._xmpp.transport.pause_reading()

    def _settles(self, message: Element) -> bool:
        """Tell whether a stanza says what became of one that is being sent."""
        sent = self._sent.get(attribute(message, "id"))
        if sent is None or sent.done():
            return False
        kind = attribute(message, "type")
        if kind == "error":
            sent.set_exception(Refused(message))
            return True
        if kind == "groupchat" and attribute(message, "id") in self._reflected:
            room = bare(attribute(message, "from"))
            numbered = message.findall(f"{{{xml.SID}}}stanza-id")
            sent.set_result(next((attribute(one, "id") for one in numbered if bare(attribute(one, "by")) == room), ""))
            return True
        return False

    def _present(self, stanza: Any) -> None:
        room = bare(str(stanza["from"]))
        if room not in self.rooms:
            return
        presence: Element = stanza.xml
        kind = attribute(presence, "type")
        ours = any(
            attribute(status, "code") == "110"
            for user in presence.findall(f"{{{xml.MUC_USER}}}x")
            for status in user.findall(f"{{{xml.MUC_USER}}}status")
        )
        if kind == "error":
            error = child(presence, xml.CLIENT, "error")
            conditions = [name for space, name in xml.names(error)] if error is not None else []
            self.rooms[room] = next((name for name in conditions if name != "text"), "error")
        elif ours:
            self.rooms[room] = "" if not kind else "we are not in it any more"

    # -- saying

    async def send(self, stanza: Element, *, reflected: bool = False) -> str:
        """Hand a message to the server and return once it has it; in a room with the id the room gave it.

        Raises NotUp (nothing left), Refused (it came back) or Unclear.
        """
        if not self._is_up.is_set():
            raise NotUp
        named = attribute(stanza, "id")
        sent: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._sent[named] = sent
        if reflected:
            self._reflected.add(named)
        try:
            self.post(stanza)
            async with asyncio.timeout(self._patience.ack):
                if "stream_management" in self._xmpp.features:
                    self._xmpp.send(_ACK, use_filters=False)
                elif not reflected:
                    # a server handles what it is sent in order: its answer to a later question proves the earlier
                    await self._ping()
                    await asyncio.sleep(0)
                    if not sent.done():
                        sent.set_result("")
                return await sent
        except (TimeoutError, Gone):
            raise Unclear from None
        finally:
            self._sent.pop(named, None)
            self._reflected.discard(named)
            sent.cancel()

    def post(self, stanza: Element) -> None:
        """Send a stanza nobody waits for."""
        kind = Message if stanza.tag == f"{{{xml.CLIENT}}}message" else Presence
        self._xmpp.send(kind(self._xmpp, xml=stanza))

    def _acked(self, stanza: Any) -> None:
        named = str(stanza["id"])
        sent = self._sent.get(named)
        if sent is not None and not sent.done() and named not in self._reflected:
            sent.set_result("")

    def _unclear(self) -> None:
        for sent in self._sent.values():
            if not sent.done():
                sent.set_exception(Unclear())

    async def ask(self, payload: Element, *, to: str = "", kind: str = "get") -> Element:
        """Ask something and return the answer's `<iq/>`. Raises Refused, Gone."""
        iq = self._xmpp.Iq()
        iq["type"] = kind
        if to:
            iq["to"] = to
        iq.append(payload)
        try:
            answer = await iq.send(timeout=self._patience.answer)  # type: ignore[no-untyped-call]  # slixmpp's is untyped
        except IqError as error:
            raise Refused(error.iq.xml) from None
        except IqTimeout:
            raise Gone("the server does not answer") from None
        found: Element = answer.xml
        return found

    async def page(self, query: Element, named: str) -> tuple[list[Element], Element]:
        """Ask an archive; return its messages and the answer's `<iq/>`. Raises Refused, Gone."""
        self._pages[named] = []
        try:
            answer = await self.ask(query, kind="set")
            return self._pages[named], answer
        finally:
            del self._pages[named]

    async def alive(self) -> None:
        """Prove that the server still hears us. Raises Gone."""
        await self._ping()

    async def _ping(self) -> None:
        try:
            await self.ask(_PING, to=self._settings.jid.partition("@")[2])
        except Refused:
            return  # a no is an answer, too

    def online(self) -> None:
        """Say that we are there: from now on the server sends us what customers write."""
        self._xmpp.send_presence()

    def join(self, room: str, nick: str, since: str) -> None:
        """Ask to take part in a room, and for what it said since then: https://xmpp.org/extensions/xep-0045.html#enter."""
        self.rooms[room] = "the room has not answered yet"
        presence = xml.make(xml.CLIENT, "presence", to=f"{room}/{nick}")
        wanted = {"since": since} if since else {"maxstanzas": "0"}
        xml.add(xml.add(presence, xml.MUC, "x"), xml.MUC, "history", **wanted)
        self.post(presence)


_NO_LOGIN = "no-secure-login"


def written(stanza: Element) -> bytes:
    """Return a stanza as text, with its namespaces where they begin."""
    return tostring(stanza, top_level=True).encode("utf-8", "replace")

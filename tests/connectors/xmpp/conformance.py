"""XMPP's adapter to the conformance suite."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from pydantic import BaseModel, SecretStr

from connectors.xmpp.connector import XmppAccount
from connectors.xmpp.outcomes import Patience
from connectors.xmpp.settings import XmppSettings
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors.conformance.kit import NOW, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer
from tests.connectors.xmpp.server import PASSWORD, FakeXmpp

FIXTURES = Path(__file__).parent / "fixtures"
US = "support@halden.example"
ANNA = "anna@other.example"
NICK = "support"
SHORT = Patience(login=3, answer=1, ack=0.4, idle=5, ready=0.4, goodbye=0.1)


def settings_for(port: int = 9, *, password: str = PASSWORD, **more: object) -> XmppSettings:
    """An account on a server on loopback, where a login in the open is allowed."""
    given = {"jid": US, "password": SecretStr(password), "server": f"127.0.0.1:{port}", "plain_login": True, **more}
    return XmppSettings.model_validate(given)


def raw(body: str) -> RawEvent:
    """A stanza as the listener would journal it."""
    headers = {"us": US, "nick": NICK}
    return RawEvent(kind="message", body=body.encode("utf-8", "replace"), headers=headers, received_at=NOW)


def fixture(path: Path) -> RawEvent:
    return raw(path.read_text("utf-8"))


class XmppPeer(Peer):
    """A fake server and an account that listens to it."""

    def __init__(self, server: FakeXmpp, account: XmppAccount) -> None:
        self._server = server
        self.connector = account

    def message(self) -> OutboundMessage:
        return outbound(ANNA)

    def delivered(self) -> int:
        return len(self._server.taken)

    async def inject(self, failure: Failure) -> None:
        match failure:
            case Failure.unreachable:
                await self._server.stop()
            case Failure.rejected:
                self._server.answer = ("cancel", "item-not-found")
            case Failure.rate_limited:
                self._server.answer = ("wait", "policy-violation")
            case Failure.server_error:
                self._server.answer = ("wait", "internal-server-error")
            case Failure.time_out:
                self._server.silent = True
            case Failure.reset:
                self._server.cuts = True
            case _:
                raise AssertionError(f"exempt: {failure}")


class XmppCase(Case):
    """The adapter."""

    key = "xmpp"
    exempt = {  # noqa: RUF012 - as the protocol has it
        Failure.credentials_refused: "a server refuses them at the login, before any message: see test_stream.py"
    }

    def settings(self) -> BaseModel:
        return settings_for()

    def secrets(self) -> Sequence[str]:
        return (PASSWORD,)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.xml")):
            yield path.stem, fixture(path)

    def unknown(self) -> Sequence[RawEvent]:
        bodies = (
            "",
            "\x00",
            "text",
            "<iq xmlns='jabber:client' from='a@b'/>",
            "<message xmlns='jabber:client'><body>from nobody</body></message>",
            f"<message xmlns='jabber:client' from='{ANNA}'><telepathy xmlns='urn:example:telepathy'/></message>",
        )
        return [raw(body) for body in bodies]

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


@asynccontextmanager
async def listening(account: XmppAccount, heard: list[RawEvent] | None = None) -> AsyncIterator[None]:
    """Let an account listen beside the test."""

    async def listen() -> None:
        async for event, _ in account.listen(None):
            if event is not None and heard is not None:
                heard.append(event)

    task = asyncio.create_task(listen())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeXmpp() as server:
        account = XmppAccount(settings_for(server.port), tools, patience=SHORT)
        async with listening(account):
            await server.online.wait()
            yield XmppPeer(server, account)


CASE = XmppCase()

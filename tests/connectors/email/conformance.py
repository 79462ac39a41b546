"""The e-mail connector in the conformance suite."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel

from connectors.email.connector import EmailConnector
from hub.contract import OutboundMessage, RawEvent, Tools
from tests.connectors.conformance.kit import outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer
from tests.connectors.email.mails import mail, raw, settings
from tests.connectors.email.posted_cases import WAYS
from tests.peers.fake_imap import FakeImap
from tests.peers.fake_smtp import FakeSmtp
from tests.peers.ports import free_port

FIXTURES = Path(__file__).parent / "fixtures"


class Mailbox(Peer):
    """aiosmtpd that misbehaves on demand, and an IMAP server."""

    def __init__(self, server: FakeSmtp, imap: FakeImap, tools: Tools) -> None:
        self.server = server
        server.once = True
        values = settings(smtp_port=server.port, imap_port=imap.port)
        self.connector: EmailConnector = EmailConnector(values, tools, answer_within=timedelta(seconds=0.3))
        self._tools = tools

    def message(self) -> OutboundMessage:
        return replace(outbound("one@customer.example", recipient="ann@customer.example"), subject="Order 17")

    async def inject(self, failure: Failure) -> None:
        server = self.server
        if failure is Failure.credentials_refused:
            server.login_answer = "535 5.7.8 no"
        elif failure is Failure.rejected:
            server.answers["RCPT"] = "550 5.1.1 no such user"
        elif failure is Failure.rate_limited:
            server.answers["MAIL"] = "450 4.7.1 too many mails, slow down"
        elif failure is Failure.server_error:
            server.answers["DATA"] = "451 4.3.0 out of order"
        elif failure is Failure.unreachable:
            nowhere = settings(smtp_port=free_port())
            self.connector = EmailConnector(nowhere, self._tools, answer_within=timedelta(seconds=0.3))
        elif failure is Failure.time_out:
            server.silent_at.add("DATA")
        else:
            server.cut_at.add("DATA")

    def delivered(self) -> int:
        return len(self.server.taken)


class EmailCase(Case):
    key = "email"
    exempt = {  # noqa: RUF012 - as the base class declares it
        "unknown": "any bytes at all are a mail; only other kinds of events are refused",
    }

    def settings(self) -> BaseModel:
        return settings(login="oauth", client_id="app", token_url="https://x.example/t", **_SECRETS)

    def secrets(self) -> Sequence[str]:
        return list(_SECRETS.values())

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        yield "plain", raw(mail())
        yield "sent", raw(mail(From="support@example.test", To="ann@customer.example"), "mail/Sent")
        for path in sorted(FIXTURES.glob("*.eml")):
            yield path.stem, raw(path.read_bytes())

    def unknown(self) -> Sequence[RawEvent]:
        return ()

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)

    def ways(self) -> Mapping[str, Case]:
        return WAYS


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeSmtp() as server, FakeImap() as imap:
        peer = Mailbox(server, imap, tools)
        yield peer
        await peer.connector.close()


_SECRETS = {
    "password": "secret-one-1",
    "client_secret": "secret-two-2",
    "refresh_token": "secret-three-3",
    "smtp_password": "secret-four-4",
}

CASE = EmailCase()

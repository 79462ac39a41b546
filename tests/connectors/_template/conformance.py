"""The adapter to the conformance suite (tests/connectors/conformance/protocol.py)."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from pydantic import BaseModel, SecretStr

from connectors._template.client import Patience
from connectors._template.connector import TemplateConnector
from connectors._template.settings import TemplateSettings
from connectors._template.verify import HEADER, signature
from hub.contract import OutboundMessage, RawEvent, Tools, WebhookRequest
from tests.connectors._template.provider import SECRET, TOKEN, FakeProvider
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL, outbound
from tests.connectors.conformance.protocol import Case, Failure, Peer, SignedRequests

FIXTURES = Path(__file__).parent / "fixtures"
SHORT = Patience(connect=1, answer=0.3)


def settings_for(api_url: str, token: str = TOKEN) -> TemplateSettings:
    return TemplateSettings(token=SecretStr(token), webhook_secret=SecretStr(SECRET), api_url=api_url)


class TemplatePeer(Peer):
    """The fake provider and a connector that talks to it."""

    def __init__(self, provider: FakeProvider, tools: Tools) -> None:
        self._provider = provider
        self.connector = TemplateConnector(settings_for(provider.url), tools, patience=SHORT)

    def message(self) -> OutboundMessage:
        return outbound("u-7")

    def delivered(self) -> int:
        return len(self._provider.sent)

    async def inject(self, failure: Failure) -> None:
        match failure:
            case Failure.credentials_refused:
                self._provider.next_status = 401
            case Failure.rejected:
                self._provider.next_status = 400
            case Failure.rate_limited:
                self._provider.next_status = 429
            case Failure.server_error:
                self._provider.next_status = 503
            case Failure.unreachable:
                await self._provider.stop()
            case Failure.time_out:
                self._provider.hangs = True
            case Failure.reset:
                self._provider.resets = True


class TemplateCase(Case):
    """The adapter."""

    key = "_template"

    def settings(self) -> BaseModel:
        return settings_for("http://127.0.0.1:9")

    def secrets(self) -> Sequence[str]:
        return (TOKEN, SECRET)

    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        for path in sorted(FIXTURES.glob("*.json")):
            yield path.stem, RawEvent(kind="webhook", body=path.read_bytes(), received_at=NOW)

    def unknown(self) -> Sequence[RawEvent]:
        bodies = (b"", b"\x00", b"[]", b'{"type": "telepathy"}', b'{"type": "message", "message": {"id": 1}}')
        return [RawEvent(kind="webhook", body=body, received_at=NOW) for body in bodies]

    def signed(self) -> SignedRequests:
        def request(presented: str | None) -> WebhookRequest:
            headers = {} if presented is None else {HEADER: presented}
            return WebhookRequest(method="POST", url=WEBHOOK_URL, headers=headers, query={}, body=b"{}")

        right = signature(b"{}", SECRET)
        return SignedRequests(
            good=[request(right)],
            bad={
                "wrong": request(right[::-1]),
                "missing": request(None),
                "another account": request(signature(b"{}", "the secret of another account")),
                "another body": request(signature(b"{} ", SECRET)),
                "no text": request("\udc80ü"),
            },
        )

    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        return _connected(tools)


@asynccontextmanager
async def _connected(tools: Tools) -> AsyncIterator[Peer]:
    async with FakeProvider() as provider:
        yield TemplatePeer(provider, tools)


CASE = TemplateCase()

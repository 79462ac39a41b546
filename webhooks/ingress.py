"""The providers' door: verify, store, answer. Nothing is looked up, understood or called here."""

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter

import structlog
from aiohttp import hdrs, web
from multidict import CIMultiDict
from prometheus_client import Counter

from hub.contract.calls import AnswersCalls
from hub.contract.connector import ReceivesWebhooks
from hub.contract.errors import WebhookRejected
from hub.contract.events import RawEvent
from hub.contract.webhook import WebhookRequest, WebhookResponse
from hub.ports import Clock, Journal
from hub.runtime.accounts import Account, Accounts
from hub.runtime.metrics import Metrics
from webhooks.calls import CallDoor
from webhooks.request import BodyTooLarge, Trusts, read_request

log = structlog.get_logger(__name__)

PREFIX = "/webhooks/"
REFRESH_AT_MOST_EVERY = 2.0
STORE_WITHIN = 10.0
QUERY_LIMIT = 500
"""Characters kept of one parameter of an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What the door needs."""

    accounts: Accounts
    journal: Journal
    clock: Clock
    metrics: Metrics
    public_url: str
    max_body: int
    trusts: Trusts | None = None
    """Tells whether a connection's address is one of our proxies; None if there are none."""
    calls: CallDoor | None = None
    """Answers what live calls do next; None where nobody decides (the demo's made-up providers)."""


class Ingress:
    """Answers `/webhooks/<key>`."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._public_url = door.public_url.rstrip("/")
        self._refreshed_at = 0.0
        self._counters: dict[tuple[Counter, tuple[str, ...]], Counter] = {}

    def routes(self) -> list[web.RouteDef]:
        """Return the door's routes."""
        return [web.route(method, PREFIX + "{key}", self.handle) for method in ("GET", "POST", "OPTIONS")]

    def stand_before(self, server: web.Server) -> None:
        """Take the plain POSTs of providers before the server's application sees them.

        Its router and signals serve people's screens; to pass them costs a fifth of the time at this door (bench-ack).
        All else (a challenge, a question before a cross-origin call, a body announced by `Expect`) takes the routes.
        """
        rest = server.request_handler

        async def first(request: web.BaseRequest) -> web.StreamResponse:
            path = request.raw_path
            if path.startswith(PREFIX) and request.method == "POST" and hdrs.EXPECT not in request.headers:
                key = path[len(PREFIX) :].partition("?")[0]
                if "/" not in key:
                    return await self._answer(request, key)
            return await rest(request)

        server.request_handler = first

    async def handle(self, request: web.Request) -> web.Response:
        """Take one request of a provider. 200 means it is stored; anything else means it is not."""
        return await self._answer(request, request.match_info["key"])

    async def _answer(self, request: web.BaseRequest, key: str) -> web.Response:
        account = self._door.accounts.by_webhook_key(key) or await self._account(key)
        connector: object = account.connector if account is not None else None
        if account is None or not isinstance(connector, ReceivesWebhooks):
            return web.Response(status=404, text="No channel listens here.")
        door = self._door
        try:
            incoming = await read_request(
                request, public_url=self._public_url, max_body=door.max_body, trusts=door.trusts
            )
        except BodyTooLarge:
            words = f"The body is larger than {door.max_body} bytes."
            return _response(self._refuse(account.channel.connector, 413, words))
        return _response(await self._take(account, connector, incoming))

    async def close(self) -> None:
        """Let what live calls told be stored. Called when the hub stops, before the storage closes."""
        if self._door.calls is not None:
            await self._door.calls.close()

    async def tell(self, key: str, incoming: WebhookRequest) -> WebhookResponse:
        """Take a request that did not come by HTTP: how the demo's made-up providers call their channels."""
        account = await self._account(key)
        connector: object = account.connector if account is not None else None
        if account is None or not isinstance(connector, ReceivesWebhooks):
            return WebhookResponse(status=404)
        return await self._take(account, connector, incoming)

    async def _take(self, account: Account, connector: ReceivesWebhooks, incoming: WebhookRequest) -> WebhookResponse:
        kind = account.channel.connector
        try:
            connector.verify(incoming)
        except WebhookRejected as error:
            log.info("webhook rejected", channel=account.channel.name, reason=str(error))
            return self._refuse(kind, 403, str(error) or "The signature does not match.")
        if self._door.calls is not None and isinstance(connector, AnswersCalls):
            happening = connector.call_happening(incoming)
            if happening is not None:
                self._count(self._door.metrics.received, kind, "stored")
                event = self._event(connector, incoming)
                return await self._door.calls.answer(account.channel.id, connector, incoming, happening, event)
        answer = connector.answer(incoming)
        # A browser's question before a cross-origin call carries nothing, whatever the connector answers.
        store = answer.store and incoming.method != "OPTIONS"
        if store and not await self._store(account, connector, incoming):
            return self._refuse(kind, 503, "The hub could not store this; please send it again.")
        self._count(self._door.metrics.received, kind, "stored" if store else _outcome(answer.status))
        return answer

    async def _account(self, key: str) -> Account | None:
        """Return the account behind a key; a key never seen may be of a channel made on another node just now."""
        account = self._door.accounts.by_webhook_key(key)
        now = asyncio.get_running_loop().time()
        if account is None and now - self._refreshed_at > REFRESH_AT_MOST_EVERY:
            self._refreshed_at = now
            await self._door.accounts.refresh()
            account = self._door.accounts.by_webhook_key(key)
        return account

    async def _store(self, account: Account, connector: ReceivesWebhooks, incoming: WebhookRequest) -> bool:
        event = self._event(connector, incoming)
        began = perf_counter()
        try:
            await self._door.journal.append(account.channel.id, [event], within=STORE_WITHIN)
        except Exception:
            # Full disk, locked or lost database: the provider must hear that it is not stored, and come again.
            log.exception("webhook could not be stored", channel=account.channel.name)
            return False
        finally:
            self._door.metrics.commit_seconds.observe(perf_counter() - began)
        self._count(self._door.metrics.journaled, account.channel.connector)
        return True

    def _event(self, connector: ReceivesWebhooks, incoming: WebhookRequest) -> RawEvent:
        keep, asked = connector.keep_headers, connector.keep_query
        return RawEvent(
            kind="webhook",
            body=incoming.body,
            headers={name: value for name, value in incoming.headers.items() if name in keep} if keep else {},
            query={name: incoming.query[name][:QUERY_LIMIT] for name in asked if name in incoming.query},
            received_at=self._door.clock.now(),
        )

    def _count(self, figure: Counter, *labels: str) -> None:
        # Prometheus looks its labels up under a lock at every call; here there are few of them and many calls.
        known = self._counters.get((figure, labels))
        if known is None:
            known = self._counters[figure, labels] = figure.labels(*labels)
        known.inc()

    def _refuse(self, kind: str, status: int, words: str) -> WebhookResponse:
        self._count(self._door.metrics.received, kind, _outcome(status))
        return WebhookResponse(
            status=status, body=words.encode(), headers={"Retry-After": "5"} if status == 503 else {}, store=False
        )


def _outcome(status: int) -> str:
    """Say what became of a request that was not stored: what a connector puts off or turns away counts as well."""
    if status >= 500:
        return "refused"
    return "rejected" if status >= 400 else "answered"


_TO_PROGRAMS = {hdrs.SERVER: "hub", "X-Content-Type-Options": "nosniff"}
"""All that the answer to a provider needs. The headers that guard browsers cost a sixth of a request's time."""


@lru_cache(maxsize=64)
def _headers(content_type: str) -> CIMultiDict[str]:
    to_browser = content_type.startswith("text/html")
    return CIMultiDict({hdrs.CONTENT_TYPE: content_type, **({} if to_browser else _TO_PROGRAMS)})


def _response(answer: WebhookResponse) -> web.Response:
    headers = _headers(answer.content_type).copy()
    if answer.headers:
        headers.update(answer.headers)
    return web.Response(status=answer.status, body=answer.body, headers=headers)

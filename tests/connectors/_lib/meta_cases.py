"""What Meta's channels share in the conformance suite: signed requests, and the ways in which a send can fail."""

from connectors._lib.meta_verify import HEADER, signature
from hub.contract import WebhookRequest
from tests.connectors._lib.fake_graph import APP_SECRET, VERIFY_TOKEN, FakeGraph
from tests.connectors.conformance.kit import WEBHOOK_URL
from tests.connectors.conformance.protocol import Failure, SignedRequests

ESCAPED = rb'{"text":"Dzie\u0144 dobry"}'
"""As Meta sends and signs it: escaped, which the same JSON written again would not be."""


def event(presented: str | None, body: bytes = ESCAPED) -> WebhookRequest:
    headers = {HEADER: presented} if presented is not None else {}
    return WebhookRequest(method="POST", url=WEBHOOK_URL, headers=headers, query={}, body=body)


def handshake(token: str | None, mode: str = "subscribe") -> WebhookRequest:
    query = {"hub.mode": mode, "hub.challenge": "1158201444"}
    given = {"hub.verify_token": token} if token is not None else {}
    return WebhookRequest(method="GET", url=WEBHOOK_URL, headers={}, query=query | given, body=b"")


def signed_requests() -> SignedRequests:
    right = signature(ESCAPED, APP_SECRET)
    return SignedRequests(
        good=[event(right), handshake(VERIFY_TOKEN)],
        bad={
            "wrong": event(right[::-1]),
            "missing": event(None),
            "empty": event(""),
            "another account": event(signature(ESCAPED, "the app secret of another app")),
            "another body": event(right, ESCAPED + b" "),
            "written again": event(right, '{"text":"Dzień dobry"}'.encode()),
            "without its algorithm": event(right.removeprefix("sha256=")),
            "no text": event("\udc80ü"),
            "handshake with another token": handshake("a guess"),
            "handshake without a token": handshake(None),
            "handshake of another mode": handshake(VERIFY_TOKEN, "unsubscribe"),
        },
    )


async def inject_into(graph: FakeGraph, failure: Failure) -> None:
    """Make the next send fail in this way."""
    match failure:
        case Failure.unreachable:
            await graph.stop()
        case Failure.credentials_refused:
            graph.fail("messages", code=190, status=401)
        case Failure.rejected:
            graph.fail("messages", code=100)
        case Failure.rate_limited:
            usage = '{"1":[{"type":"messenger","call_count":100,"estimated_time_to_regain_access":2}]}'
            graph.fail("messages", code=4, headers={"X-Business-Use-Case-Usage": usage})
        case Failure.server_error:
            graph.fail("messages", status=502, body=b"<html>Bad Gateway</html>")
        case Failure.time_out:
            graph.fail("messages", hang=True)
        case Failure.reset:
            graph.fail("messages", reset=True)

"""The two ways a Slack app receives: called by Slack, or holding a socket to it."""

import json
from collections.abc import AsyncGenerator
from urllib.parse import urlencode

import aiohttp

from connectors._lib.loose_json import Json, inner, text
from connectors.slack.app import SlackApp
from connectors.slack.client import Refused, SlackError
from connectors.slack.settings import Mode, SlackSettings
from connectors.slack.verify import verify_request
from connectors.slack.words import account_error
from hub.contract import (
    ConnectorError,
    CredentialsRefused,
    Listens,
    RawEvent,
    ReceivesWebhooks,
    Tools,
    WebhookRequest,
    WebhookResponse,
)

_STORED = {"x-slack-no-retry": "1"}
"""https://docs.slack.dev/apis/events-api#retries: what is answered is stored; nothing need come again."""


class CalledApp(SlackApp, ReceivesWebhooks):
    """An app Slack calls (Events API)."""

    def verify(self, request: WebhookRequest) -> None:
        """Check the signature and its time."""
        given = (self._settings.signing_secret, self._settings.previous_signing_secret)
        verify_request(request, [one.get_secret_value() for one in given if one is not None], self._tools.now())

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Say thanks; to the question whether this address is ours, repeat what Slack asks to hear."""
        if b'"url_verification"' in request.body and (challenge := _challenge(request.body)):
            return WebhookResponse(body=challenge.encode(), store=False)
        return WebhookResponse(headers=_STORED)


class SocketApp(SlackApp, Listens):
    """An app that holds a socket to Slack: https://docs.slack.dev/apis/events-api/using-socket-mode."""

    async def listen(
        self,
        cursor: str | None,  # noqa: ARG002 - Slack keeps no place to go on from
    ) -> AsyncGenerator[tuple[RawEvent | None, str | None], None]:
        """Yield what Slack sends. Slack keeps no place: what a cut loses is found by reconciling.

        An event is acknowledged when the hub asks for the next, that is, when it is stored.
        """
        socket = await self._connect()
        try:
            while True:
                envelope = await _receive(socket)
                kind = text(envelope, "type")
                if kind == "hello":
                    yield None, "connected"
                elif kind == "disconnect":
                    # Slack renews its sockets every few hours; a new one is opened before the old one ends
                    old, socket = socket, await self._connect()
                    await old.close()
                elif text(envelope, "envelope_id"):
                    yield RawEvent(kind="socket", body=_body(envelope), received_at=self._tools.now()), "connected"
                    await _send(socket, {"envelope_id": text(envelope, "envelope_id")})
        finally:
            await socket.close()

    async def _connect(self) -> aiohttp.ClientWebSocketResponse:
        token = self._settings.app_token
        try:
            answer = await self._client.call(
                "apps.connections.open", token=token.get_secret_value() if token is not None else ""
            )
            return await self._client.connect(text(answer.body, "url"))
        except Refused as error:
            if error.code in {"invalid_auth", "not_allowed_token_type", "missing_scope", "token_revoked", "not_authed"}:
                raise CredentialsRefused(
                    "Slack does not accept the app-level token. At api.slack.com/apps open “Basic Information” → "
                    "“App-Level Tokens” and make one with the scope connections:write."
                ) from None
            if error.code == "socket_mode_not_enabled":
                raise ConnectorError("At api.slack.com/apps open “Socket Mode” and switch it on.") from None
            raise account_error(error) from None
        except SlackError as error:
            raise account_error(error) from None


def create(settings: SlackSettings, tools: Tools) -> CalledApp | SocketApp:
    """Make the app that receives the way the settings say."""
    return CalledApp(settings, tools) if settings.mode is Mode.events else SocketApp(settings, tools)


async def _receive(socket: aiohttp.ClientWebSocketResponse) -> Json:
    """Wait for the next envelope. Raises ConnectorError when the socket ends or is silent for too long."""
    try:
        message = await socket.receive()
    except TimeoutError:
        raise ConnectorError("The socket to Slack fell silent. The hub connects again by itself.") from None
    if message.type is not aiohttp.WSMsgType.TEXT:
        raise ConnectorError("Slack closed the socket. The hub connects again by itself.")
    try:
        envelope = json.loads(message.data)
    except (ValueError, RecursionError):
        return {}
    return envelope if isinstance(envelope, dict) else {}


async def _send(socket: aiohttp.ClientWebSocketResponse, answer: Json) -> None:
    try:
        await socket.send_str(json.dumps(answer))
    except (aiohttp.ClientError, OSError):
        raise ConnectorError("Slack closed the socket. The hub connects again by itself.") from None


def _body(envelope: Json) -> bytes:
    """Return what the same event would have been as a webhook's body, so that one parser reads both."""
    payload = inner(envelope, "payload")
    written = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    match text(envelope, "type"):
        case "interactive":
            return urlencode({"payload": written}, errors="surrogatepass").encode()
        case "slash_commands":
            return urlencode({name: str(value) for name, value in payload.items()}, errors="surrogatepass").encode()
        case _:
            return written.encode("utf-8", "surrogatepass")


def _challenge(body: bytes) -> str:
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    fits = isinstance(asked, dict) and asked.get("type") == "url_verification"
    return text(asked, "challenge")[:1000] if fits else ""

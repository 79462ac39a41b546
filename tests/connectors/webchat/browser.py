"""What tests of the web chat say on behalf of a visitor's browser."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from uuid import UUID

import aiohttp
from joserfc import jwt
from joserfc.jwk import OctKey

from connectors.webchat.connector import WebchatConnector
from connectors.webchat.settings import WebchatSettings
from hub.contract import RawEvent, Tools, VisitorHello
from hub.domain.ids import ChannelId, ExternalId

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CHANNEL = ChannelId(UUID("01930000-0000-7000-8000-000000000001"))
OTHER_CHANNEL = ChannelId(UUID("01930000-0000-7000-8000-000000000002"))
TOKEN_SECRET = "token-secret-of-tests-0123456789abcdef"
IDENTITY_SECRET = "identity-secret-of-tests-0123456789abc"
SHOP = "https://shop.example.com"
FIXTURES = Path(__file__).parent / "fixtures"


async def _fetch_nothing(url: str, max_bytes: int) -> AsyncIterator[bytes]:
    raise AssertionError(f"web chat fetches nothing from outside: {url}, {max_bytes}")
    yield b""  # type: ignore[unreachable]  # makes it a generator, as the real one is


def tools(
    channel: ChannelId = CHANNEL,
    *,
    read_upload: Callable[[str], AsyncIterator[bytes]] | None = None,
    tell_visitor: Callable[[ExternalId, Mapping[str, object]], None] | None = None,
) -> Tools:
    """Return what the hub lends a web chat: it opens no connection of its own."""
    return Tools(
        http=cast("aiohttp.ClientSession", None),
        fetch=_fetch_nothing,
        now=lambda: NOW,
        channel_id=channel,
        webhook_url="https://hub.example.com/webhooks/kkkkkkkkkkkkkkkkkkkkkkkk",
        data_dir=Path("unused"),
        read_upload=read_upload,
        tell_visitor=tell_visitor,
    )


def settings(**changes: object) -> WebchatSettings:
    """Return settings of a chat for SHOP, with known secrets."""
    values = {
        "allowed_origins": [SHOP, "https://*.example.org"],
        "token_secret": TOKEN_SECRET,
        "identity_secret": IDENTITY_SECRET,
    }
    return WebchatSettings.model_validate({**values, **changes})


def chat(channel: ChannelId = CHANNEL, **changes: object) -> WebchatConnector:
    """Return a web chat."""
    return WebchatConnector(settings(**changes), tools(channel))


def hello(
    *,
    token: str = "",
    identity: str = "",
    origin: str = SHOP,
    fresh_id: str = "v-fresh",
    after: timedelta = timedelta(0),
) -> VisitorHello:
    """Return what a browser presents, `after` that long."""
    return VisitorHello(origin=origin, token=token, identity=identity, fresh_id=fresh_id, now=NOW + after)


def signed(
    claims: Mapping[str, object] | None = None, *, secret: str = IDENTITY_SECRET, algorithm: str = "HS256"
) -> str:
    """Return an identity token as a website signs it: for user 42, valid for an hour, unless said otherwise."""
    said = {"id": "42", "name": "Łucja Nowak", "email": "lucja@example.pl", "exp": _in(hours=1), **(claims or {})}
    return jwt.encode({"alg": algorithm}, said, OctKey.import_key(secret), algorithms=[algorithm])


def _in(**delta: float) -> int:
    return int((NOW + timedelta(**delta)).timestamp())


def frame(**said: object) -> bytes:
    """Return a message frame as the widget sends it."""
    return json.dumps({"type": "message", "id": "aaaaaaaa", "text": "Hello", **said}).encode()


def raw(body: bytes, *, thread: str = "v-anonymous", identity: Mapping[str, str] | None = None) -> RawEvent:
    """Return a frame as the journal keeps it."""
    headers = {"thread": thread} | ({"identity": json.dumps(identity)} if identity else {})
    return RawEvent(kind="visitor", body=body, headers=headers, received_at=NOW)


def fixture(path: Path) -> tuple[RawEvent, list[dict[str, object]]]:
    """Return a stored frame and what it means, as plain data."""
    said = json.loads(path.read_text(encoding="utf-8"))
    return raw(json.dumps(said["frame"]).encode(), thread=said["thread"], identity=said.get("identity")), said["means"]

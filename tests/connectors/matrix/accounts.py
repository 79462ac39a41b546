"""Builders: an account on a fake homeserver with short time-outs, rooms and events as it would tell them."""

from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr

from connectors.matrix.client import Patience
from connectors.matrix.connector import MatrixAccount
from connectors.matrix.settings import Invites, MatrixSettings
from tests.connectors.conformance.kit import tools_for
from tests.connectors.matrix.homeserver import TOKEN, US, FakeHomeserver

SHORT = Patience(connect=1, answer=0.3, hold=0)
ROOM = "!room:hub.test"
ANNA = "@anna:hub.test"
Json = dict[str, Any]


def settings_for(
    url: str, *, token: str = TOKEN, ignored: str = "", invites: Invites = Invites.everyone
) -> MatrixSettings:
    return MatrixSettings(homeserver=url, access_token=SecretStr(token), ignored=ignored, invites=invites)


def account(server: FakeHomeserver, http: aiohttp.ClientSession, **settings: Any) -> MatrixAccount:
    return MatrixAccount(settings_for(server.url, **settings), tools_for(http, Path("unused")), patience=SHORT)


def said(number: int, words: str = "Hello", *, sender: str = ANNA, **more: Any) -> Json:
    """A text message of a room."""
    return {
        "type": "m.room.message",
        "event_id": f"$e{number}",
        "sender": sender,
        "origin_server_ts": 1_795_338_000_000 + number * 1000,
        "content": {"msgtype": "m.text", "body": words},
        **more,
    }


def member(
    number: int, user: str, membership: str, *, before: str = "", by: str = "", name: str = "", picture: str = ""
) -> Json:
    """Somebody's membership of a room changed, or how they show themselves there."""
    profile = {"displayname": name, "avatar_url": picture}
    content = {"membership": membership, **{key: value for key, value in profile.items() if value}}
    unsigned = {"unsigned": {"prev_content": {"membership": before}}} if before else {}
    event = said(number, sender=by or user, type="m.room.member", state_key=user, content=content)
    return {**event, **unsigned}


def room_told(
    *events: Json, limited: bool = False, prev: str = "p0", state: tuple[Json, ...] = (), **more: Any
) -> Json:
    """What a sync tells of one joined room."""
    return {
        "summary": {"m.heroes": [ANNA], "m.joined_member_count": 2, "m.invited_member_count": 0},
        "state": {"events": [member(0, ANNA, "join", name="Anna Example"), *state]},
        "timeline": {"events": list(events), "limited": limited, "prev_batch": prev},
        "ephemeral": {"events": []},
        **more,
    }


def synced(number: int, **rooms: Json) -> Json:
    """A sync's answer: `join`, `invite`, `leave` by room."""
    return {"next_batch": f"s{number}", "rooms": rooms}


INVITE = {"invite_state": {"events": [{"type": "m.room.member", "state_key": US, "sender": ANNA, "content": {}}]}}

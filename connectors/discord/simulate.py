"""Write what Discord's gateway would tell of a made-up customer: a real event, for the demo. Pure."""

import json
from typing import Any

from connectors.discord.ids import snowflake_at
from connectors.discord.places import ME, Place
from hub.contract import RawEvent, SimulatedFile, SimulatedKind, SimulatedMessage, Simulation

_BOT, _SERVER = "100000000000000001", "100000000000000002"
_NOBODY = 200_000_000_000_000_000
_NO_CHANNEL = 300_000_000_000_000_000


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the event, or None for what Discord never tells."""
    where: dict[str, Any] = {"channel_id": _channel(said), **({"guild_id": _SERVER} if said.group else {})}
    match said.kind:
        case SimulatedKind.message:
            name, body = "MESSAGE_CREATE", _message(said)
        case SimulatedKind.edit:
            edited = said.at.isoformat()
            name, body = "MESSAGE_UPDATE", {**_message(said), "id": said.about or "", "edited_timestamp": edited}
        case SimulatedKind.reaction:
            emoji = {"id": None, "name": said.text}
            name, body = "MESSAGE_REACTION_ADD", {"user_id": _user(said), "message_id": said.about, "emoji": emoji}
        case _:
            return None
    headers = {ME: _BOT}
    if said.group:
        headers |= Place(id=_channel(said), name=said.group.lower().replace(" ", "-")).as_header()
    written = json.dumps({**body, **where}, ensure_ascii=False, separators=(",", ":")).encode()
    return RawEvent(kind=name, body=written, headers=headers, received_at=said.received_at)


def _message(said: SimulatedMessage) -> dict[str, Any]:
    place = "https://maps.example.com/?q={},{}".format(*said.place) if said.place else ""
    author = {"id": _user(said), "username": said.email.partition("@")[0], "global_name": said.name}
    return {
        "id": str(int(snowflake_at(said.at)) + said.number % 4_000_000),
        "type": 19 if said.about else 0,
        "author": author,
        "content": f"{said.text}\n{place}".strip(),
        "timestamp": said.at.isoformat(),
        "edited_timestamp": None,
        "attachments": [_file(file) for file in said.files],
        "mentions": [],
        **({"message_reference": {"type": 0, "message_id": said.about}} if said.about else {}),
    }


def _file(file: SimulatedFile) -> dict[str, Any]:
    # the demo finds its files by the last 32 characters of where they are fetched
    return {
        "id": "400000000000000001",
        "filename": file.name,
        "content_type": file.media_type,
        "size": len(file.content),
        "width": file.width,
        "height": file.height,
        "url": f"https://cdn.discord.invalid/{file.key}",
    }


def _user(said: SimulatedMessage) -> str:
    return said.address or str(_NOBODY + said.person)


def _channel(said: SimulatedMessage) -> str:
    if said.group:
        # Of the title, so that everybody who writes in the channel writes in the same.
        return str(_NO_CHANNEL + int.from_bytes(said.group.encode()[-4:], "big"))
    return str(_NO_CHANNEL // 2 + int(_user(said)) % 1_000_000)


SIMULATION = Simulation(
    write=simulate,
    address="@halden_shop",
    settings={
        "token": "MTAwMDAwMDAwMDAwMDAwMDAx.GdEmO0.demo-token-that-opens-no-bot-at-all",
        "channels": ["*"],
        "api_url": "https://discord.invalid/api/v10",
    },
)

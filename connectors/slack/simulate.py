"""Write what Slack would tell of a made-up customer: a real event, signed as Slack signs, for the demo. Pure."""

import json
from typing import Any

from pydantic import BaseModel

from connectors.slack.ids import message_ts, ts_of
from connectors.slack.settings import SlackSettings
from connectors.slack.verify import SIGNATURE, TIMESTAMP, signature
from hub.contract import RawEvent, SimulatedFile, SimulatedKind, SimulatedMessage, Simulation, WebhookRequest

_TEAM, _APP, _BOT = "T0DEMO0000", "A0DEMO0000", "U0DEMOBOT0"
_EMOJI = {"👍": "+1", "❤️": "heart", "❤": "heart", "😂": "joy", "🎉": "tada", "🙏": "pray", "👏": "clap", "🔥": "fire"}


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the event, or None for what Slack never tells."""
    match said.kind:
        case SimulatedKind.message:
            event = _message(said)
        case SimulatedKind.edit:
            message = {**_message(said), "ts": _about(said), "edited": {"user": _user(said), "ts": ts_of(said.at)}}
            event = {**_envelope(said), "type": "message", "subtype": "message_changed", "message": message}
        case SimulatedKind.reaction:
            item = {"type": "message", "channel": _conversation(said), "ts": _about(said)}
            event = {"type": "reaction_added", "user": _user(said), "item": item, "event_ts": ts_of(said.at)}
            event["reaction"] = _EMOJI.get(said.text, "eyes")
        case _:
            return None
    body = {
        "type": "event_callback",
        "team_id": _TEAM,
        "api_app_id": _APP,
        "event": event,
        "event_id": f"Ev{said.number:010d}",
        "event_time": int(said.at.timestamp()),
        "authorizations": [{"team_id": _TEAM, "user_id": _BOT, "is_bot": True}],
        "is_ext_shared_channel": False,
    }
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return RawEvent(kind="webhook", body=written, received_at=said.received_at)


def signed(settings: BaseModel, event: RawEvent, url: str) -> WebhookRequest:
    """Return the request by which Slack would tell an event."""
    if not isinstance(settings, SlackSettings) or settings.signing_secret is None:
        raise TypeError("the demo's Slack channel has a signing secret")
    secret = settings.signing_secret.get_secret_value()
    timestamp = str(int(event.received_at.timestamp()))
    headers = {
        "content-type": "application/json",
        TIMESTAMP: timestamp,
        SIGNATURE: signature(secret, timestamp, event.body),
    }
    return WebhookRequest(method="POST", url=url, headers=headers, query={}, body=event.body)


def _message(said: SimulatedMessage) -> dict[str, Any]:
    files = [_file(file) for file in said.files]
    shown = {"subtype": "file_share", "files": files} if files else {}
    words = f"{said.text}\n{_place(said)}".strip()
    return {
        **_envelope(said),
        "type": "message",
        "client_msg_id": f"demo-{said.number}",
        "user": _user(said),
        "team": _TEAM,
        "text": words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        # a `ts` is the message's name: two of one moment must differ
        "ts": f"{int(said.at.timestamp())}.{said.number % 1_000_000:06d}",
        "user_profile": {"real_name": said.name, "display_name": said.name.partition(" ")[0].lower()},
        **shown,
    }


def _envelope(said: SimulatedMessage) -> dict[str, Any]:
    kind = "channel" if said.group else "im"
    return {"channel": _conversation(said), "channel_type": kind, "event_ts": ts_of(said.at)}


def _conversation(said: SimulatedMessage) -> str:
    if said.group:
        # Of the title, so that everybody who writes in the channel writes in the same.
        return "C0D" + said.group.encode()[-4:].hex().upper()
    return "D" + _user(said)[1:]


def _user(said: SimulatedMessage) -> str:
    return said.address or f"U0DEMO{said.person:06d}"


def _about(said: SimulatedMessage) -> str:
    return message_ts(said.about) if said.about else ""


def _place(said: SimulatedMessage) -> str:
    return "https://maps.example.com/?q={},{}".format(*said.place) if said.place else ""


def _file(file: SimulatedFile) -> dict[str, Any]:
    return {
        "id": f"F{file.key}",
        "name": file.name,
        "mimetype": file.media_type,
        "size": len(file.content),
        "original_w": file.width,
        "original_h": file.height,
        "mode": "hosted",
    }


SIMULATION = Simulation(
    write=simulate,
    request=signed,
    address="@support in Halden Shop",
    settings={
        "token": "xoxb-0000000000-demo-token-that-opens-nothing",
        "signing_secret": "00000000000000000000000000demo00",
        "api_url": "https://slack.invalid/api",
    },
)

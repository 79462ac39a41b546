"""Looks through Twilio's lists for calls and recordings no webhook told us, each entry as a raw event of its own.

Twilio tries a webhook a few times and never again, so the lists are the only place where a lost one is found
(https://www.twilio.com/docs/voice/api/call-resource#read-multiple-call-resources).
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from connectors.twilio_voice.addresses import is_client, number_of
from connectors.twilio_voice.api import TwilioVoiceApi
from connectors.twilio_voice.listed import ListedCall, ListedLeg, ListedRecording
from connectors.twilio_voice.parse import LISTED
from connectors.twilio_voice.settings import TwilioVoiceSettings
from connectors.twilio_voice.status import TERMINAL
from hub.contract import RawEvent

LONGEST_CALL = timedelta(hours=4)
"""Twilio ends a call after so long (https://www.twilio.com/docs/voice/twiml/dial#timelimit); lists go by its start."""
_RECORDED = frozenset({"completed", "absent", "failed"})


async def missed(
    api: TwilioVoiceApi, settings: TwilioVoiceSettings, since: datetime, now: datetime
) -> AsyncIterator[RawEvent]:
    """Yield the calls that ended since then, and their recordings. Raises TwilioFailure."""
    found: dict[str, Any] = {}
    # in Twilio's words a leg of `<Dial>` shows the caller's number or ours, and browser phones call from `client:`
    for filters in ({"to": settings.number}, {"from_": settings.number}):
        async for call in api.calls(start_time_after=since - LONGEST_CALL, **filters):
            found[call.sid] = call
    roots = {sid: call for sid, call in found.items() if not call.parent_call_sid and _settled(call, since)}
    legs: dict[str, list[Any]] = {}
    for sid, root in roots.items():
        if root.status == "completed":
            legs[sid] = [leg async for leg in api.calls(parent_call_sid=sid)]
    for sid, root in roots.items():
        children = legs.get(sid, [])
        outbound = _outbound(root)
        customer = next((number_of(leg.to or "") for leg in children), "") if outbound else ""
        entry = ListedCall(
            sid=sid,
            outbound=outbound,
            caller=_caller(root),
            called=root.to or "",
            customer=customer,
            status=root.status,
            began_at=_time(root.date_created) or _time(root.start_time),
            ended_at=_time(root.end_time),
        )
        yield _raw(entry.model_dump_json(), now)
        for leg in children:
            if leg.status in TERMINAL:
                yield _raw(_leg(leg, sid, outbound=outbound).model_dump_json(), now)
    async for recording in api.recordings(since):
        if recording.call_sid in roots and recording.status in _RECORDED:
            yield _raw(_recording(recording, outbound=_outbound(roots[recording.call_sid])).model_dump_json(), now)


def _settled(call: Any, since: datetime) -> bool:
    ended = _time(call.end_time)
    return call.status in TERMINAL and (ended is None or ended >= since)


def _outbound(call: Any) -> bool:
    return str(call.direction).startswith("outbound") or is_client(_caller(call))


def _caller(call: Any) -> str:
    # `from` is a word of Python's: the library calls it `_from`
    return str(getattr(call, "_from", None) or getattr(call, "from_", None) or "")


def _leg(leg: Any, root: str, *, outbound: bool) -> ListedLeg:
    return ListedLeg(
        sid=leg.sid,
        call=root,
        outbound=outbound,
        called=leg.to or "",
        status=leg.status,
        seconds=_seconds(leg.duration) or 0,
        began_at=_time(leg.start_time),
        ended_at=_time(leg.end_time),
    )


def _recording(recording: Any, *, outbound: bool) -> ListedRecording:
    return ListedRecording(
        sid=recording.sid,
        call=recording.call_sid,
        outbound=outbound,
        voicemail=recording.source == "RecordVerb",
        channels=int(recording.channels or 1),
        status=recording.status,
        began_at=_time(recording.start_time),
        seconds=_seconds(recording.duration),
    )


def _seconds(text: object) -> float | None:
    try:
        return max(float(str(text)), 0.0)
    except ValueError:
        return None


def _time(value: datetime | None) -> datetime | None:
    """Return a time in UTC. Twilio's are, whether the library says so or not."""
    if value is None:
        return None
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _raw(body: str, now: datetime) -> RawEvent:
    return RawEvent(kind=LISTED, body=body.encode("utf-8", "replace"), received_at=now, recovered=True)

"""What Twilio tells of a recording, as the hub's event. Pure.

https://www.twilio.com/docs/voice/api/recording#recordingstatuscallback. The recording's CallSid is always that of the
leg it was made on; which voice is on which channel stands in the address we gave: first that leg's, then the other's
(https://www.twilio.com/docs/voice/tutorials/how-to-capture-your-dual-channel-recordings).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from connectors._lib.twilio_wire import Form
from connectors.twilio_voice.news import about_of
from connectors.twilio_voice.status import time_of
from hub.contract import CallUpdate, InboundEvent, RecordingReady, UnparseableEvent
from hub.domain.call_marks import Fact
from hub.domain.ids import bounded
from hub.domain.recording import Lane, RecordingKind

LANES: Mapping[str, tuple[Lane, ...]] = {"ca": (Lane.contact, Lane.agent), "ac": (Lane.agent, Lane.contact)}
MEDIA_TYPE = "audio/wav"
ABSENT = "Twilio recorded nothing: the call ended before there was anything to hear, or all was silence."
_PASSING = frozenset({"paused", "stopped", "processing"})
_NEVER = {"absent": ("absent", ABSENT), "failed": ("failed", "Twilio failed to record or to keep the recording.")}


def recording(form: Form, query: Mapping[str, str]) -> Sequence[InboundEvent]:
    """Read a recording's status. Raises UnparseableEvent."""
    sid, status = form["RecordingSid"].strip(), form["RecordingStatus"].strip().lower()
    if not sid:
        raise UnparseableEvent("Twilio told something of a recording without naming it.")
    about = about_of(query, form["CallSid"].strip())
    seconds = form.number("RecordingDuration")
    return facts(
        call=about.call,
        sid=sid,
        status=status,
        voicemail=query.get("kind") == "voicemail",
        lanes=LANES.get(query.get("lanes", ""), ()) if form["RecordingChannels"].strip() == "2" else (),
        began_at=time_of(form["RecordingStartTime"]),
        seconds=seconds if seconds is not None and seconds >= 0 else None,
        told_at=time_of(form["Timestamp"]),
        error=form["ErrorCode"].strip(),
        order=about,
    )


def facts(
    *,
    call: str,
    sid: str,
    status: str,
    voicemail: bool,
    lanes: tuple[Lane, ...],
    began_at: datetime | None,
    seconds: float | None,
    told_at: datetime | None,
    error: str = "",
    order: object = None,
) -> Sequence[InboundEvent]:
    """Return what a recording's status means. Raises UnparseableEvent for one we do not know."""
    kind = RecordingKind.voicemail if voicemail else RecordingKind.call
    call_id = getattr(order, "order", None)
    if status in _PASSING or status == "deleted":
        return ()
    if status in _NEVER:
        state, reason = _NEVER[status]
        told = RecordingReady(
            call=bounded(call),
            call_id=call_id,
            external_id=bounded(sid),
            kind=kind,
            state="absent" if state == "absent" else "failed",
            reason=f"{reason} (error {error})" if error.isdecimal() and error != "0" else reason,
            began_at=began_at,
            occurred_at=told_at,
        )
        return (told,)
    if status not in ("in-progress", "completed"):
        raise UnparseableEvent(f"Twilio told a status of a recording that this version does not know ({status[:40]}).")
    ready = status == "completed"
    told = RecordingReady(
        call=bounded(call),
        call_id=call_id,
        external_id=bounded(sid),
        kind=kind,
        state="ready" if ready else "running",
        source=bounded(sid) if ready else None,
        lanes=lanes or ((Lane.contact,) if voicemail else (Lane.mixed,)),
        began_at=began_at,
        duration=seconds if ready else None,
        media_type=MEDIA_TYPE,
        occurred_at=told_at,
    )
    if not (voicemail and ready and seconds):
        return (told,)
    # Beside the plan, which hears of it when Twilio asks what is next: a caller who hung up may end that question.
    end = began_at + timedelta(seconds=seconds) if began_at else told_at
    left = CallUpdate(external_id=bounded(call), fact=Fact.voicemail, occurred_at=end, news_id=sid)
    return (left, told)

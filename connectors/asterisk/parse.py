"""What one event of ARI means for a call. Pure: an event tells its call by the names we gave, or by a header.

Events: https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/Asterisk_REST_Interface/Asterisk_REST_Data_Models/
Hang-up causes: https://docs.asterisk.org/Configuration/Miscellaneous/Hangup-Cause-Mappings/
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from connectors._lib.loose_json import Json, inner, number, text, texts, whole
from connectors.asterisk import ids
from connectors.asterisk.news import (
    BY,
    CALL,
    ENDED,
    FOUND,
    GONE,
    SEEN,
    News,
    caller_of,
    comes_from_outside,
    dialling_agent,
    number_called,
    time_of,
)
from connectors.asterisk.settings import AsteriskSettings
from hub.contract import CallEvent, CallUpdate, InboundEvent, LegUpdate, RawEvent, RecordingReady
from hub.contract.errors import UnparseableEvent
from hub.domain.call_marks import Ender, Ending, Fact, Party
from hub.domain.ids import ExternalId
from hub.domain.interaction import Direction
from hub.domain.recording import Lane, RecordingKind

_BUSY, _UNANSWERED, _REFUSED, _ELSEWHERE, _NORMAL = {17}, {18, 19, 102}, {21}, {26}, {0, 16, 31, 32}
_DIALLED_IN_VAIN = {
    "BUSY": Ending.busy,
    "NOANSWER": Ending.no_answer,
    "CANCEL": Ending.cancelled,
    "DONTCALL": Ending.rejected,
    "CONGESTION": Ending.failed,
    "CHANUNAVAIL": Ending.failed,
    "TORTURE": Ending.rejected,
    "INVALIDARGS": Ending.failed,
}
_AGENTS_PHONE = "0"
"""The token of the leg that rings the agent's own phone in a call the agent places."""


def parse_event(raw: RawEvent, settings: AsteriskSettings) -> Sequence[InboundEvent]:
    """Read one event of the socket, or one of the listener's own."""
    event = _read(raw.body)
    kind = text(event, "type")
    if not kind or kind != raw.kind:
        raise UnparseableEvent("This is no event of Asterisk.")
    if kind in _NOT_NEEDED:
        return ()
    reader = _READERS.get(kind)
    if reader is None:
        raise UnparseableEvent(f"Asterisk sent “{kind[:60]}”, which this version of the hub does not know.")
    return reader(News(event, raw.headers, settings))


# One reader for each kind of event


def _arrived(news: News) -> Sequence[CallEvent]:
    channel = news.channel()
    replaced = inner(news.event, "replace_channel")
    if text(replaced, "id"):
        return _took_over(news, channel)
    if not comes_from_outside(channel) or CALL in news.headers or dialling_agent(channel):
        return ()
    call = ExternalId(text(channel, "id"))
    caller = caller_of(channel, news.settings)
    began = time_of(text(channel, "creationtime")) or news.at
    return (
        CallUpdate(
            external_id=call,
            fact=Fact.began,
            occurred_at=began,
            news_id=Fact.began.value,
            direction=Direction.inbound,
            counterpart=caller,
            withheld=caller is None,
            our_address=number_called(channel, texts(news.event, "args"), news.settings),
        ),
        LegUpdate(
            call=call,
            leg=call,
            party=Party.contact,
            address=caller.value if caller else "",
            fact=Fact.dialled,
            occurred_at=began,
            news_id=Fact.dialled.value,
        ),
    )


def _took_over(news: News, channel: Json) -> Sequence[CallEvent]:
    """A phone's own transfer put another channel into the place of one of ours."""
    replaced = text(inner(news.event, "replace_channel"), "id")
    call = ids.call_of(replaced) or news.headers.get(CALL, "")
    if not call or ids.is_spy(replaced):
        return ()
    party = Party.contact if replaced == call else Party.agent
    return (
        LegUpdate(
            call=ExternalId(call),
            call_id=ids.call_id_of(call),
            leg=ExternalId(text(channel, "id")),
            party=party,
            address=text(inner(channel, "caller"), "number")[:80],
            fact=Fact.picked_up,
            occurred_at=news.at,
            news_id=Fact.picked_up.value,
        ),
    )


def _dialled(news: News) -> Sequence[CallEvent]:
    peer, status = news.channel("peer"), text(news.event, "dialstatus")
    if ids.is_spy(text(peer, "id")) or (comes_from_outside(peer) and CALL not in news.headers):
        return ()
    match status:
        case "":
            return (news.leg(peer, Fact.dialled),)
        case "RINGING":
            return (news.leg(peer, Fact.ringing),)
        case "ANSWER":
            return (news.leg(peer, Fact.picked_up),)
        case "PROGRESS" | "PROCEEDING":
            return ()
        case _:
            # Asterisk calls everything NOANSWER that it has no word for, also what we stopped ourselves
            ours = BY in news.headers
            ending = Ending.cancelled if ours else _DIALLED_IN_VAIN.get(status, Ending.failed)
            return (news.leg(peer, Fact.leg_ended, ending=ending),)


def _changed(news: News) -> Sequence[CallEvent]:
    channel = news.channel()
    if ids.is_spy(text(channel, "id")) or (dialling_agent(channel) and CALL not in news.headers):
        return ()
    match text(channel, "state"):
        case "Ringing" if not comes_from_outside(channel):
            return (news.leg(channel, Fact.ringing),)
        case "Up":
            return (news.leg(channel, Fact.picked_up),)
        case _:
            return ()


def _entered(news: News) -> Sequence[CallEvent]:
    room = ids.bridge_of(text(inner(news.event, "bridge"), "id"))
    channel = inner(news.event, "channel")
    if room is None or not text(channel, "id") or ids.is_spy(text(channel, "id")):
        return ()
    where, call = room
    if where == "h" and text(channel, "id") == call:
        return (news.call(call, Fact.held, often=True),)
    # a manager joins to listen, too: it is the call they take part in
    return (_joined(news, call, channel),) if where in ("b", "s") else ()


def _left(news: News) -> Sequence[CallEvent]:
    room = ids.bridge_of(text(inner(news.event, "bridge"), "id"))
    channel = news.channel()
    if room is None or ids.is_spy(text(channel, "id")):
        return ()
    where, call = room
    # an agent who leaves asks a colleague and is on the call all the same; for good is told by the end of their leg
    return (news.call(call, Fact.resumed, often=True),) if where == "h" and text(channel, "id") == call else ()


def _joined(news: News, call: ExternalId, channel: Json) -> LegUpdate:
    told = news.leg(channel, Fact.joined, often=True)
    if told.call == call:
        return told
    # a channel that Asterisk named: the bridge tells whose call it joined
    return LegUpdate(
        call=call,
        call_id=ids.call_id_of(call),
        leg=told.leg,
        party=Party.agent,
        user_id=told.user_id,
        address=told.address,
        fact=Fact.joined,
        occurred_at=news.at,
    )


def _held(news: News) -> Sequence[CallEvent]:
    """The agent's phone has a hold key of its own. A customer who puts us on hold is none of ours."""
    channel = news.channel()
    call = news.call_of(channel)
    if call == text(channel, "id") or ids.is_spy(text(channel, "id")):
        return ()
    fact = Fact.held if text(news.event, "type") == "ChannelHold" else Fact.resumed
    return (news.call(call, fact, often=True),)


def _hanging_up(news: News) -> Sequence[CallEvent]:
    """Tells who: a request that is not `soft` came from the device's side."""
    channel = news.channel()
    call = news.call_of(channel)
    if call != text(channel, "id") or dialling_agent(channel) or news.event.get("soft") is True:
        return ()
    return (news.call(call, Fact.ended, by=Ender.contact),)


def _destroyed(news: News) -> Sequence[CallEvent]:
    channel = news.channel()
    channel_id = text(channel, "id")
    if ids.is_spy(channel_id) or (dialling_agent(channel) and CALL not in news.headers):
        return ()
    call, name = news.call_of(channel), ids.leg_of(channel_id)
    ending = _ending(channel, whole(news.event, "cause"))
    if ending is not Ending.completed and BY in news.headers:
        ending = Ending.cancelled
    ended = news.leg(channel, Fact.leg_ended, ending=ending)
    if call == channel_id:
        return ended, news.call(call, Fact.ended, by=_ender(news.headers))
    never_up = text(channel, "state") != "Up"
    if name is not None and name.token == _AGENTS_PHONE and ids.call_id_of(call) and never_up:
        return ended, _failed(news, call, _OWN_PHONE.get(ending, "Your phone could not be reached."))
    return (ended,)


_OWN_PHONE = {
    Ending.no_answer: "Your own phone was not answered, so the customer was not called.",
    Ending.busy: "Your own phone was busy, so the customer was not called.",
    Ending.rejected: "The call was refused at your own phone, so the customer was not called.",
    Ending.cancelled: "The call was cancelled before your own phone was answered.",
}


def _failed(news: News, call: ExternalId, words: str) -> CallUpdate:
    return CallUpdate(
        external_id=call,
        call_id=ids.call_id_of(call),
        fact=Fact.failed,
        occurred_at=news.at,
        news_id=Fact.failed.value,
        detail=words,
    )


def _ending(channel: Json, cause: int | None) -> Ending:
    known = cause or 0
    if text(channel, "state") == "Up":
        return Ending.completed
    if known in _BUSY:
        return Ending.busy
    if known in _UNANSWERED:
        return Ending.no_answer
    if known in _REFUSED:
        return Ending.rejected
    return Ending.cancelled if known in _ELSEWHERE | _NORMAL else Ending.failed


def _ender(headers: Mapping[str, str]) -> Ender | None:
    told = headers.get(BY, "")
    return Ender(told) if told in set(Ender) else None


def _gone(news: News) -> Sequence[CallEvent]:
    """A channel that was there before we were away and is no more. When it went nobody knows."""
    channel = news.channel()
    call = news.call_of(channel)
    news.at = None
    ended = news.leg(channel, Fact.leg_ended, ending=None)
    return (ended, news.call(call, Fact.ended)) if call == text(channel, "id") else (ended,)


def _seen(news: News) -> Sequence[CallEvent]:
    """Who is connected, seen after we were away: what was told before says the same once more."""
    call, rooms = ExternalId(text(news.event, "call")), inner(news.event, "rooms")
    if not call:
        raise UnparseableEvent("The event names no call.")
    told: list[CallEvent] = []
    for channel, room in sorted(rooms.items()):
        if channel == call:
            told.append(news.call(call, Fact.held if room == "h" else Fact.resumed, often=True))
        if room == "b" or (channel == call and room == "h"):
            told.append(news.leg({"id": channel}, Fact.joined, often=True))
    return told


def _ended(news: News) -> Sequence[CallEvent]:
    call = text(news.event, "call")
    if not call:
        raise UnparseableEvent("The event names no call.")
    words = text(news.event, "detail")
    if words:
        return (_failed(news, ExternalId(call), words),)
    return (news.call(ExternalId(call), Fact.ended, by=_ender(news.headers)),)


def _recorded(news: News) -> Sequence[CallEvent]:
    told = inner(news.event, "recording")
    name = ids.recording_of(text(told, "name"))
    if name is None:
        return ()
    seconds, kind = number(told, "duration"), text(news.event, "type")
    reason, state = "", "ready"
    if kind == "RecordingStarted":
        state = "running"
    elif kind == "RecordingFailed" or text(told, "state") == "failed":
        state = "failed"
        said = text(told, "cause")
        reason = f"Asterisk could not record: {said or 'it gave no reason'}. Is there room in its recording folder?"
    elif text(told, "state") == "canceled":
        state, reason = "absent", "The recording was thrown away at Asterisk."
    elif seconds == 0 and name.kind is RecordingKind.voicemail:
        state, reason = "absent", "The caller left no message."
    lanes = (Lane.agent, Lane.contact) if name.lane else (Lane.mixed,)
    return (
        RecordingReady(
            call=name.call,
            call_id=ids.call_id_of(name.call),
            external_id=ExternalId(name.whole),
            kind=name.kind,
            state=state,  # type: ignore[arg-type]  # one of the literal's four
            reason=reason,
            source=ExternalId(f"{name.whole}.*" if name.lane else name.whole),
            lanes=(Lane.contact,) if name.kind is RecordingKind.voicemail else lanes,
            began_at=datetime.fromtimestamp(name.began, UTC) if name.began is not None else None,
            duration=seconds if state == "ready" else None,
            media_type="audio/wav",
            occurred_at=news.at,
        ),
    )


def _transferred(news: News) -> Sequence[CallEvent]:
    """The agent's phone sent the customer to another extension: from there on the PBX leads the call."""
    if text(news.event, "result") != "Success":
        return ()
    call, to = news.call_of(news.channel()), text(news.event, "exten")[:80]
    if not to or call == text(news.channel(), "id"):
        return ()
    return (
        LegUpdate(
            call=call,
            call_id=ids.call_id_of(call),
            leg=ExternalId(f"{call}>{to}"),
            party=Party.outside,
            address=to,
            fact=Fact.dialled,
            occurred_at=news.at,
            news_id=Fact.dialled.value,
        ),
    )


def _read(body: bytes) -> Json:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        raise UnparseableEvent("This is no JSON.") from None
    if not isinstance(event, dict):
        raise UnparseableEvent("This is no event of Asterisk.")
    return event


_READERS: Mapping[str, Callable[[News], Sequence[CallEvent]]] = {
    "StasisStart": _arrived,
    FOUND: _arrived,
    "Dial": _dialled,
    "ChannelStateChange": _changed,
    "ChannelEnteredBridge": _entered,
    "ChannelLeftBridge": _left,
    "ChannelHold": _held,
    "ChannelUnhold": _held,
    "ChannelHangupRequest": _hanging_up,
    "ChannelDestroyed": _destroyed,
    GONE: _gone,
    SEEN: _seen,
    ENDED: _ended,
    "RecordingStarted": _recorded,
    "RecordingFinished": _recorded,
    "RecordingFailed": _recorded,
    "BridgeBlindTransfer": _transferred,
}

_NOT_NEEDED = frozenset({
    "ApplicationMoveFailed", "ApplicationRegistered", "ApplicationReplaced", "ApplicationUnregistered",
    "BridgeAttendedTransfer", "BridgeCreated", "BridgeDestroyed", "BridgeMerged", "BridgeVideoSourceChanged",
    "CallBroadcast", "CallClaimed", "ChannelCallerId", "ChannelConnectedLine", "ChannelCreated", "ChannelDialplan",
    "ChannelDtmfReceived", "ChannelTalkingFinished", "ChannelTalkingStarted", "ChannelToneDetected", "ChannelTransfer",
    "ChannelUserevent", "ChannelVarset", "ContactStatusChange", "DeviceStateChanged", "EndpointStateChange",
    "PeerStatusChange", "PlaybackContinuing", "PlaybackFinished", "PlaybackStarted", "RESTResponse", "StasisEnd",
    "TextMessageReceived",
})  # fmt: skip
"""Known, and no fact about a call."""

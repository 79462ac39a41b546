"""Leads an inbound call by its plan: does each step at Asterisk and tells the hub what came of it."""

import asyncio

from connectors._lib.loose_json import Json, inner, number, text
from connectors.asterisk import ids, sounds
from connectors.asterisk.client import AriRefused, part
from connectors.asterisk.live import MESSAGE, RECORDING, CallOver, Leg, LiveCall, Restored, Woken
from connectors.asterisk.recorder import FORMAT, Recorder
from connectors.asterisk.ringing import ring
from connectors.asterisk.talk import Talk
from hub.domain.call_marks import Ender, Party
from hub.domain.callflow.plan import Prompt
from hub.domain.callflow.steps import (
    Arrived,
    Ask,
    Continued,
    Decision,
    Forward,
    HangUp,
    MessageLeft,
    Pressed,
    Rang,
    Reject,
    Ring,
    Say,
    Step,
    TakeMessage,
    Target,
    Wait,
    What,
)
from hub.domain.recording import RecordingKind

_SILENCE = 10
"""Seconds of silence that end a message."""


async def lead(call: LiveCall, restored: Restored | None = None) -> None:
    """Lead a call to its end; `restored` where an earlier hub began it. Raises CallOver."""
    what: What = Arrived() if restored is None else await _taken_up(call, restored)
    while True:
        decision = await call.ask_plan(what)
        what = await _carry_out(call, decision)


async def _carry_out(call: LiveCall, decision: Decision) -> What:
    """Do the steps of a decision; return what happened at the one that waits."""
    what: What = Continued()
    for number_of, step in enumerate(decision.steps):
        after = decision.steps[number_of + 1] if number_of + 1 < len(decision.steps) else None
        if isinstance(step, Say):
            await _say(call, step, after)
        else:
            what = await _do(call, step)
    return what


async def _do(call: LiveCall, step: Step) -> What:
    match step:
        case Ask():
            return await _ask(call, step)
        case Wait():
            return await _wait(call, step)
        case Ring():
            return await _ring(call, step)
        case Forward(number=outside, seconds=seconds, caller_id=shown, record=record):
            target = Target(kind="number", address=outside)
            as_ring = Ring(targets=(target,), seconds=seconds, caller_id=shown or call.our_address, record=record)
            return await _ring(call, as_ring, Party.outside)
        case TakeMessage():
            return await _take_message(call, step)
        case Reject(reason=reason):
            await call.end(Ender.hub, "busy" if reason == "busy" else "rejected")
        case HangUp() | _:
            await call.end(call.ended_by or Ender.hub)
    await call.until_over()
    return Continued()


async def _say(call: LiveCall, step: Say, after: Step | None) -> None:
    """Play a prompt to its end. What cannot be played keeps nobody waiting."""
    otherwise = sounds.NOTHING
    if isinstance(after, TakeMessage):
        otherwise = sounds.LEAVE_A_MESSAGE
    elif isinstance(after, HangUp) and call.position is not None and not call.position.node:
        otherwise = sounds.SORRY
    playback = await _playing(call, step.prompt, otherwise)
    while playback:
        if _finished(await call.next(), playback):
            return


async def _playing(call: LiveCall, prompt: Prompt | None, otherwise: str = sounds.NOTHING) -> str:
    """Begin to play; return the playback's id, empty if it cannot be played."""
    try:
        return await call.start_playing(prompt, otherwise)
    except AriRefused as refused:
        if refused.status == 404:
            await call.until_over()
        return ""


def _finished(news: object, playback: str) -> bool:
    if not isinstance(news, dict):
        return False
    return text(news, "type") == "PlaybackFinished" and text(inner(news, "playback"), "id") == playback


def _key(news: object, call: LiveCall) -> str:
    """The key the caller pressed, if that is what happened."""
    if not isinstance(news, dict) or text(news, "type") != "ChannelDtmfReceived":
        return ""
    return text(news, "digit") if text(inner(news, "channel"), "id") == call.id else ""


async def _ask(call: LiveCall, step: Ask) -> What:
    """Play, and collect keys; the first one cuts the prompt."""
    playback = await _playing(call, step.prompt, sounds.BEEP)
    keys, clock = "", asyncio.get_running_loop()
    until = clock.time() + step.seconds if not playback else None
    while len(keys) < step.digits:
        news = await call.next(None if until is None else max(0.0, until - clock.time()))
        if news is None:
            break
        key = _key(news, call)
        if key == "#" and keys and step.digits > 1:
            break
        if key and not keys and playback:
            await call.quietly("DELETE", f"/playbacks/{part(playback)}")
        keys += key
        if key or _finished(news, playback):
            until = clock.time() + step.seconds
    return Pressed(digits=keys)


async def _wait(call: LiveCall, step: Wait) -> What:
    own = sounds.media(step.music, call.house.settings.speech_url) != sounds.NOTHING
    clock = asyncio.get_running_loop()
    until, playback = clock.time() + step.seconds, ""
    while True:
        if own and not playback:
            playback = await _playing(call, step.music)
            own = bool(playback)
        if not own:
            await call.play_music()
        left = until - clock.time()
        news = await call.next(left) if left > 0 else None
        if news is None or isinstance(news, Woken):
            if playback:
                await call.quietly("DELETE", f"/playbacks/{part(playback)}")
            return Continued()
        key = _key(news, call)
        if key and key in step.keys:
            return Pressed(digits=key)
        if _finished(news, playback):
            # what cannot be played would be asked for again and again
            playback, own = "", own and not _unplayable(news)


def _unplayable(news: object) -> bool:
    return isinstance(news, dict) and text(inner(news, "playback"), "state") == "failed"


async def _ring(call: LiveCall, step: Ring, party: Party | None = None) -> What:
    if step.queued:
        await call.play_music()
    elif not call.customer_up:
        await call.quietly("POST", f"/channels/{part(call.id)}/ring")
    else:
        await call.play_music()
    caller_id = step.caller_id or call.number or "anonymous"
    try:
        found = await ring(call, step.targets, seconds=step.seconds, caller_id=caller_id, party=party)
    except CallOver:
        await _tell(call, Rang(result="cancelled", caller_left=True))
        raise
    if not isinstance(found, Leg):
        return Rang(result=found)
    return await _connect(call, found, record=step.record)


async def _connect(call: LiveCall, found: Leg, *, record: bool) -> What:
    talk = Talk(call, found, recorder=Recorder(call))
    call.connecting = (found, record)
    try:
        await talk.begin(record=record)
        call.connecting = None
    except AriRefused:
        # the agent hung up in the moment of answering, or the caller: the inbox tells
        return Rang(result="failed") if found.gone or not await _alive(call, found) else await _over(call)
    return await _talked(call, talk)


async def _alive(call: LiveCall, leg: Leg) -> bool:
    try:
        await call.ask("GET", f"/channels/{part(leg.id)}")
    except AriRefused:
        return False
    return True


async def _over(call: LiveCall) -> What:
    await call.until_over()
    return Continued()


async def _talked(call: LiveCall, talk: Talk) -> What:
    try:
        if await talk.run():
            call.ended_by = Ender.agent
            return Rang(result="answered")
    except CallOver:
        await _tell(call, Rang(result="answered", caller_left=True))
        raise
    await call.take_out("h")
    return Rang(result="no_answer")


async def _take_message(call: LiveCall, step: TakeMessage) -> What:
    """Record after a beep. A caller who hangs up has left what was recorded."""
    await call.answer()
    await call.stop_music()
    name = ids.RecordingName(kind=RecordingKind.voicemail, token=call.house.token(), call=call.id)
    finish = step.finish_key if step.finish_key in ("*", "#") else "none"
    await call.remember(MESSAGE, str(name))
    query: dict[str, str | int] = {
        "name": str(name),
        "format": FORMAT,
        "maxDurationSeconds": step.seconds,
        "maxSilenceSeconds": _SILENCE,
        "ifExists": "fail",
        "beep": "true",
        "terminateOn": finish,
    }
    try:
        await call.ask("POST", f"/channels/{part(call.id)}/record", query)
    except AriRefused as refused:
        if refused.status == 404:
            await call.until_over()
        failed = {"name": str(name), "format": FORMAT, "state": "failed", "cause": refused.said}
        call.house.tell({"type": "RecordingFailed", "recording": failed})
        return MessageLeft(seconds=0)
    return await _message(call, str(name))


async def _message(call: LiveCall, name: str) -> What:
    seconds: float | None = None
    try:
        while seconds is None:
            seconds = _left(await call.next(), name)
    except CallOver:
        # the recording ends before the channel does, yet a real Asterisk may tell it in another order
        while seconds is None and not call.inbox.empty():
            seconds = _left(call.inbox.get_nowait(), name)
        await _tell(call, MessageLeft(seconds=seconds or 0))
        raise
    await call.remember(MESSAGE, "")
    return MessageLeft(seconds=seconds)


def _left(news: object, name: str) -> float | None:
    """How long the message is, once it is over."""
    told: Json = inner(news, "recording") if isinstance(news, dict) else {}
    if text(told, "name") != name or not isinstance(news, dict):
        return None
    match text(news, "type"):
        case "RecordingFinished":
            return number(told, "duration") or 0.0
        case "RecordingFailed":
            return 0.0
        case _:
            return None


async def _tell(call: LiveCall, what: What) -> None:
    """Tell the plan how it ended, though nothing is left to be done."""
    if call.position is not None and call.house.director is not None:
        call.over()
        await call.ask_plan(what)


# taking up what an earlier hub left


async def _taken_up(call: LiveCall, restored: Restored) -> What:
    """Go on where the call stands: talking, leaving a message, or else at the node the plan had reached."""
    talk = talk_of(call, restored)
    if talk is not None:
        await call.drop([leg for leg in call.legs.values() if leg.party is Party.supervisor])
        return await _talked(call, talk)
    if call.connecting is not None and not call.connecting[0].gone:
        answered, record = call.connecting
        return await _connect(call, answered, record=record)
    await call.drop(list(call.legs.values()))
    name = restored.variables.get(MESSAGE, "")
    if name and await _recording_lives(call, name):
        return await _message(call, name)
    if name:
        return MessageLeft(seconds=1)
    return Continued() if call.position is not None else Arrived()


async def _recording_lives(call: LiveCall, name: str) -> bool:
    return await call.quietly("GET", f"/recordings/live/{part(name)}")


def talk_of(call: LiveCall, restored: Restored) -> Talk | None:
    """Return the talk that goes on, if one does."""
    rooms = restored.rooms
    customer = rooms.get(call.id, "")
    inside = [
        leg for leg in call.legs.values() if rooms.get(leg.id) in ("b", "q") and leg.party is not Party.supervisor
    ]
    if customer not in ("b", "h") or not inside:
        return None
    agent = min(inside, key=lambda leg: (rooms[leg.id] != "b", leg.id))
    call.recording = restored.variables.get(RECORDING, "")
    talk = Talk(call, agent, recorder=Recorder(call), held=customer == "h")
    others = [leg for leg in inside if leg is not agent and rooms[leg.id] == "q"]
    if others:
        talk.consulting(others[0])
    return talk

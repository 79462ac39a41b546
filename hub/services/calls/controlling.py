"""Changing a call in progress: who may, what the channel can do, and one command to its connector."""

from hub.contract.calls import (
    CallCommand,
    Consult,
    ControlsCalls,
    EndCall,
    EndConsult,
    Hold,
    LiveCall,
    Mute,
    Record,
    SendDigits,
    Supervise,
    Transfer,
)
from hub.contract.errors import ConnectorError, CredentialsRefused, OutcomeUnknown, SendError
from hub.domain.call import Call
from hub.domain.call_marks import Fact, Party
from hub.domain.call_views import CallWhole
from hub.domain.channel import Capabilities
from hub.domain.errors import CannotSend, Conflict, Forbidden, NotFound
from hub.domain.ids import CallId, UserId
from hub.domain.recording import RecordingState
from hub.ports import Clock, Storage
from hub.services.calls import told
from hub.services.ids import new_id

WORDS: dict[type, str] = {
    EndCall: "hang_up",
    Hold: "hold",
    Mute: "mute",
    SendDigits: "digits",
    Transfer: "transfer",
    Consult: "consult",
    EndConsult: "consult",
    Record: "record",
}


async def control(
    storage: Storage,
    connector: object,
    capabilities: Capabilities,
    call_id: CallId,
    command: CallCommand,
    *,
    by: UserId,
    supervisor: bool,
    clock: Clock,
) -> Call:
    """Carry out one command on a live call; what comes of it arrives as events, a paused recording as one of our own.

    Only who is on the call may change it, and managers. Raises NotFound, Conflict if the call is over, Forbidden, and
    CannotSend in words if the channel or the provider cannot do it.
    """
    async with storage.read() as uow:
        whole = await uow.calls.whole(call_id)
    if whole is None:
        raise NotFound("There is no such call.")
    call = whole.call
    if call.ended_at is not None:
        raise Conflict("The call is over.")
    if not supervisor and by not in {leg.user_id for leg in call.legs} | {call.placed_by}:
        raise Forbidden("You are not on this call.")
    _check(command, capabilities)
    if not isinstance(connector, ControlsCalls) or call.external_id is None:
        raise CannotSend("This channel's calls cannot be changed from here; use the phone itself.")
    if isinstance(command, Record):
        await _record(storage, connector, whole, command, clock)
    else:
        await _carry_out(connector, whole, command)
    return call


async def _carry_out(connector: ControlsCalls, whole: CallWhole, command: CallCommand) -> None:
    try:
        await connector.control(live(whole), command)
    except OutcomeUnknown as error:
        raise CannotSend(f"It is not known whether this was done. Look at the call. {error}") from error
    except (SendError, CredentialsRefused, ConnectorError) as error:
        raise CannotSend(str(error) or "The provider refused this.") from error


async def _record(storage: Storage, connector: ControlsCalls, whole: CallWhole, command: Record, clock: Clock) -> None:
    """Change the recording. Written down before it is asked for: nobody could explain the silence of a hub that died.

    What was asked and has no outcome stays unknown until somebody asks again.
    """
    call, change, pause = whole.call, new_id().hex, command.change == "pause"

    async def note(fact: Fact) -> None:
        await storage.journal.append(call.channel_id, [told.of_recording(call, fact, change, clock.now())])

    await note(Fact.recording_pausing if pause else Fact.recording_resuming)
    try:
        await _carry_out(connector, whole, command)
    except CannotSend as error:
        if not isinstance(error.__cause__, OutcomeUnknown):
            await note(Fact.recording_kept)
        raise
    await note(Fact.recording_paused if pause else Fact.recording_resumed)


def live(whole: CallWhole) -> LiveCall:
    """Return a call as its connector is given it."""
    call = whole.call
    running = [one for one in whole.recordings if one.state is RecordingState.running]
    return LiveCall(
        call_id=call.id,
        external_id=call.external_id or call.legs[0].external_id,
        legs=call.legs,
        our_address=call.our_address,
        recording=running[-1].external_id if running else None,
    )


def word_of(command: CallCommand) -> str:
    """Return the word of `CallCapabilities.controls` that stands for a command."""
    if isinstance(command, Supervise):
        return command.mode
    if isinstance(command, Record) and command.change in ("pause", "resume"):
        return "pause_recording"
    return WORDS[type(command)]


def _check(command: CallCommand, capabilities: Capabilities) -> None:
    calls = capabilities.calls
    word = word_of(command)
    if calls is None or word not in calls.controls:
        raise CannotSend(f"This channel cannot do this to a call ({word.replace('_', ' ')}).")


def agents_of(call: Call) -> frozenset[UserId]:
    """Return who is on the call now."""
    return frozenset(
        leg.user_id
        for leg in call.legs
        if leg.party is Party.agent and leg.user_id is not None and leg.ended_at is None and leg.left_at is None
    )

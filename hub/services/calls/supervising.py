"""A manager at a live call: logged before it happens, announced where the line's plan says so, refused in words."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from hub.contract.calls import Supervise
from hub.domain.call import Call
from hub.domain.call_marks import Party
from hub.domain.callflow.plan import ListenNotice
from hub.domain.callflow.steps import Target
from hub.domain.channel import Capabilities
from hub.domain.errors import CannotSend, Conflict, Forbidden, NotFound
from hub.domain.ids import AttachmentId, CallId, RecordingId, UserId
from hub.domain.review.content import Play, PlayKind
from hub.domain.review.ids import PlayId
from hub.ports import Clock, Storage
from hub.services.calls.controlling import control
from hub.services.calls.plans import plan_of, sound_of
from hub.services.ids import new_id

Mode = Literal["listen", "whisper", "barge"]
NOT_ALLOWED = "Only managers may listen in. Ask an admin for the right “calls_supervise”."
TOLD = {"agent": "The agent was told first.", "everybody": "Agent and customer were told first."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Who wants to take part in which call, how, and from where they asked."""

    call_id: CallId
    mode: Mode
    by: UserId
    address: str = ""


async def refuse(storage: Storage, wish: Wish, now: datetime) -> None:
    """Log that somebody without the right wanted to listen in. Raises Forbidden."""
    await _log(storage, wish, PlayKind.refused, NOT_ALLOWED, now)
    raise Forbidden(NOT_ALLOWED)


async def supervise(
    storage: Storage,
    connector: object,
    capabilities: Capabilities,
    wish: Wish,
    target: Target,
    *,
    link: Callable[[AttachmentId], str] | None,
    clock: Clock,
) -> None:
    """Let a manager's device into a call, or change how they take part.

    `link` makes the address of an uploaded sound. Raises NotFound, Conflict, and CannotSend in words; the log says so.
    """
    now = clock.now()
    async with storage.read() as uow:
        call = await uow.calls.get(wish.call_id)
    if call is None:
        raise NotFound("There is no such call.")
    notice = None if _is_there(call, wish.by) else await _notice(storage, call, link)
    await _log(storage, wish, PlayKind(wish.mode), TOLD[notice.to] if notice is not None else "", now)
    command = Supervise(target=target, mode=wish.mode, notice=notice)
    try:
        await control(storage, connector, capabilities, wish.call_id, command, by=wish.by, supervisor=True, clock=clock)
    except (CannotSend, Conflict) as error:
        await _log(storage, wish, PlayKind.refused, str(error), now)
        raise


def _is_there(call: Call, user_id: UserId) -> bool:
    return any(
        leg.party is Party.supervisor and leg.user_id == user_id and leg.joined_at is not None and leg.ended_at is None
        for leg in call.legs
    )


async def _notice(storage: Storage, call: Call, link: Callable[[AttachmentId], str] | None) -> ListenNotice | None:
    """Return what the newest plan of the call's line says before somebody listens in."""
    async with storage.read() as uow:
        line = await uow.lines.get(call.line_id) if call.line_id is not None else None
        version = await uow.lines.version(line.id, line.version) if line is not None else None
    notice = plan_of(version.plan).listening if version is not None else None
    file = sound_of(notice.prompt) if notice is not None else None
    if notice is None or file is None:
        return notice
    return replace(notice, prompt=replace(notice.prompt, file=link(file) if link is not None else ""))


async def _log(storage: Storage, wish: Wish, kind: PlayKind, reason: str, now: datetime) -> None:
    line = Play(
        id=PlayId(new_id()),
        # what is heard live is no recording: its line stands under the call's own id
        recording_id=RecordingId(wish.call_id),
        call_id=wish.call_id,
        kind=kind,
        user_id=wish.by,
        address=wish.address,
        reason=reason,
        at=now,
        last_at=now,
    )
    async with storage.begin() as uow:
        await uow.recordings.add_play(line)

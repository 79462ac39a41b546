"""Lines and their plans: made, changed by new versions, rolled back, removed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from hub.domain.callflow.plan import Plan, sounds_of
from hub.domain.changes import Change, ChangeKind
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import ChannelId, LineId, TeamId, UserId
from hub.domain.line import Line, LineVersion
from hub.ports import UnitOfWork
from hub.services.addresses import normalise
from hub.services.calls.plans import checked, first_plan, json_of, plan_of, sound_of
from hub.services.made import Made
from hub.services.unset import UNSET, Unset

MOST_LINES = 500


async def create(
    uow: UnitOfWork,
    *,
    id: LineId,  # noqa: A002 - the client's id of it
    name: str,
    channel_id: ChannelId,
    number: str,
    team_id: TeamId | None,
    plan: Mapping[str, object] | None,
    language: str,
    by: UserId | None,
    now: datetime,
) -> Made[Line]:
    """Make a line. Raises NotFound, Conflict if the number has one, Invalid if the plan does not fit."""
    known = await uow.lines.get(id)
    if known is not None:
        return Made(known, created=False)
    if await uow.channels.get(channel_id) is None:
        raise NotFound("There is no such channel; it may have been deleted.")
    if len(await uow.lines.all()) >= MOST_LINES:
        raise Invalid(f"A hub has at most {MOST_LINES} lines.")
    read = checked(plan_of(plan)) if plan is not None else first_plan(language)
    line = Line(
        id=id,
        name=name,
        channel_id=channel_id,
        number=_number(number),
        team_id=team_id,
        short_seconds=read.short_seconds,
        created_at=now,
    )
    first = LineVersion(line_id=id, version=1, plan=json_of(read), made_by=by, made_at=now)
    try:
        await uow.lines.add(line, first)
    except Conflict as error:
        raise Conflict("This number has a line already. Change that one.") from error
    await _keep_sounds(uow, id, read)
    _note(uow, line.id)
    return Made(line, created=True)


async def change(
    uow: UnitOfWork,
    line_id: LineId,
    *,
    name: str | Unset = UNSET,
    number: str | Unset = UNSET,
    team_id: TeamId | Unset | None = UNSET,
    enabled: bool | Unset = UNSET,
) -> Line:
    """Change what is no part of the plan. Raises NotFound."""
    line = await _get(uow, line_id)
    if not isinstance(name, Unset):
        line = replace(line, name=name)
    if not isinstance(number, Unset):
        line = replace(line, number=_number(number))
        taken = any(
            other.id != line.id and (other.channel_id, other.number) == (line.channel_id, line.number)
            for other in await uow.lines.all()
        )
        if taken:
            raise Conflict("This number has a line already. Change that one.")
    if not isinstance(team_id, Unset):
        line = replace(line, team_id=team_id)
    if not isinstance(enabled, Unset):
        line = replace(line, enabled=enabled)
    await uow.lines.update(line)
    _note(uow, line_id)
    return line


async def save_version(
    uow: UnitOfWork,
    line_id: LineId,
    plan: Mapping[str, object],
    *,
    based_on: int,
    note: str,
    by: UserId | None,
    now: datetime,
) -> LineVersion:
    """Save a new version, which calls follow from now on; calls in progress keep theirs.

    Raises Conflict if somebody saved since `based_on`, Invalid with all that is wrong with the plan.
    """
    line = await _get(uow, line_id)
    if line.version != based_on:
        raise Conflict("Somebody changed this line meanwhile. Look at their version first.")
    read = checked(plan_of(plan))
    await _check_lines(uow, read)
    version = LineVersion(
        line_id=line_id, version=line.version + 1, plan=json_of(read), note=note, made_by=by, made_at=now
    )
    await uow.lines.add_version(version)
    await _keep_sounds(uow, line_id, read)
    await uow.lines.update(replace(line, version=version.version, short_seconds=read.short_seconds))
    _note(uow, line_id)
    return version


async def roll_back(uow: UnitOfWork, line_id: LineId, version: int, *, by: UserId | None, now: datetime) -> LineVersion:
    """Make an older version the newest again, as a version of its own. Raises NotFound."""
    line = await _get(uow, line_id)
    old = await uow.lines.version(line_id, version)
    if old is None:
        raise NotFound("There is no such version.")
    return await save_version(
        uow, line_id, old.plan, based_on=line.version, note=f"Back to version {version}", by=by, now=now
    )


async def delete(uow: UnitOfWork, line_id: LineId) -> None:
    """Remove a line; its calls stay. Raises NotFound."""
    await _get(uow, line_id)
    await uow.lines.delete(line_id)
    _note(uow, line_id)


async def _get(uow: UnitOfWork, line_id: LineId) -> Line:
    line = await uow.lines.get(line_id)
    if line is None:
        raise NotFound("There is no such line; it may have been deleted.")
    return line


async def _check_lines(uow: UnitOfWork, plan: Plan) -> None:
    known = {line.id for line in await uow.lines.all()}
    for name, node in plan.nodes.items():
        if node.kind == "forward" and node.line is not None and node.line not in known:
            raise Invalid(f"“{name}” forwards to a line that does not exist.")


async def _keep_sounds(uow: UnitOfWork, line_id: LineId, plan: Plan) -> None:
    """Keep the uploaded sounds that a plan plays. Raises Invalid if one is gone or is no sound."""
    files = {file for prompt in sounds_of(plan) if (file := sound_of(prompt))}
    for file in sorted(files):
        sound = await uow.timeline.attachment(file)
        if sound is None or not sound.media_type.startswith("audio/"):
            raise Invalid("A sound of the plan was not uploaded, or is no sound. Upload it again (WAV or MP3).")
    await uow.lines.keep_sounds(line_id, files)


def _number(number: str) -> str:
    text = number.strip()
    return normalise("phone", text).address if text else ""


def _note(uow: UnitOfWork, line_id: LineId) -> None:
    uow.note(Change(kind=ChangeKind.line_changed, subject_id=line_id))

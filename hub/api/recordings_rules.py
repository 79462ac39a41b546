"""/recording-rules, /hold, /deletions: how long recordings are kept, and the proof that they are gone."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from hub.api._framework.routing import Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Input, Limit, Line, Reason
from hub.api.recordings_sound import recording_means
from hub.domain.errors import NotFound
from hub.domain.ids import ChannelId, RecordingId
from hub.domain.review.content import Deletion
from hub.domain.review.rules import (
    AgentsHear,
    Hold,
    RecordingRules,
)
from hub.domain.user import Action
from hub.services.recordings import deleting

routes = Routes("recordings")

NOBODY = ChannelId(UUID(int=0))


class RulesEdit(Input):
    """A line's rules; all of them."""

    keep_days: int | None = None
    keep_transcripts_days: int | None = None
    transcripts_stay: bool = False
    hold: bool = False
    hold_reason: Reason = ""
    agents_hear: AgentsHear = AgentsHear.own
    agents_download: bool = False
    ask_reason: bool = False
    transcribe: bool = True
    redact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingRulesView:
    """What lines say of their recordings."""

    items: tuple[RecordingRules, ...]
    defaults: RecordingRules
    """What holds for lines without rules of their own; its channel is nobody's."""
    transcribes: bool
    """The hub has an engine for transcripts."""


class WithReason(Input):
    """Something that needs a reason."""

    reason: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionsView:
    """Records of deletions, and whether their chain is whole."""

    items: tuple[Deletion, ...]
    next: int | None
    """Give it as `after` for the next page."""
    broken_at: int | None
    """The first record that was changed or does not follow from the one before; None if all do."""


@routes.get("/recording-rules", Action.recordings_log)
async def list_recording_rules(deps: ApiDeps) -> RecordingRulesView:
    """List the rules of the lines that have any of their own, and whether transcripts can be made."""
    async with deps.storage.read() as uow:
        rules = await uow.recordings.all_rules()
    return RecordingRulesView(
        items=tuple(rules), defaults=RecordingRules(channel_id=NOBODY), transcribes=deps.transcribes
    )


@routes.get("/channels/{channel_id}/recording-rules", Action.recordings_log)
async def get_recording_rules(deps: ApiDeps, channel_id: ChannelId) -> RecordingRules:
    """Return the rules of a line's recordings; the defaults where nobody set any."""
    async with deps.storage.read() as uow:
        return await uow.recordings.rules(channel_id)


@routes.put("/channels/{channel_id}/recording-rules", Action.recordings_manage)
async def set_recording_rules(deps: ApiDeps, caller: Caller, channel_id: ChannelId, body: RulesEdit) -> RecordingRules:
    """Set how long a line's recordings are kept, who hears them, and a legal hold on all of them."""
    rules = RecordingRules(channel_id=channel_id, **body.model_dump(), changed_at=deps.now(), changed_by=caller.user_id)
    return await deleting.set_rules(deps.storage, rules)


@routes.put("/recordings/{recording_id}/hold", Action.recordings_manage)
async def hold_recording(deps: ApiDeps, caller: Caller, recording_id: RecordingId, body: WithReason) -> Hold:
    """Put one recording under legal hold: neither a rule nor a person deletes it."""
    return await deleting.hold(deps.storage, recording_id, reason=body.reason, by=caller.user_id, now=deps.now())


@routes.delete("/recordings/{recording_id}/hold", Action.recordings_manage)
async def release_recording(deps: ApiDeps, caller: Caller, recording_id: RecordingId) -> None:
    """End the legal hold on one recording."""
    await deleting.end_hold(deps.storage, recording_id, by=caller.user_id)


@routes.post("/recordings/{recording_id}/deletion", Action.recordings_manage, problems=(409,))
async def delete_recording(deps: ApiDeps, caller: Caller, recording_id: RecordingId, body: WithReason) -> Deletion:
    """Delete a recording, its key first, and return the record that proves it. A legal hold answers 409."""
    return await deleting.delete(recording_means(deps), recording_id, by=caller.user_id, reason=body.reason)


@routes.get("/recordings/{recording_id}/deletion", Action.recordings_log)
async def get_deletion(deps: ApiDeps, recording_id: RecordingId) -> Deletion:
    """Return the record that a recording was deleted."""
    async with deps.storage.read() as uow:
        found = await uow.recordings.deletion_of(recording_id)
    if found is None:
        raise NotFound("This recording was not deleted.")
    return found


@routes.get("/deletions", Action.recordings_log)
async def list_deletions(
    deps: ApiDeps, after: Annotated[int, Field(ge=0, le=2**31)] = 0, limit: Limit = 50
) -> DeletionsView:
    """List the records of deletions in their order, each bound to the one before by its hash, and check them all."""
    async with deps.storage.read() as uow:
        found = await uow.recordings.deletions(after=after, limit=limit + 1)
    more = found[limit - 1].number if len(found) > limit else None
    broken = await deleting.chain_broken_at(deps.storage)
    return DeletionsView(items=tuple(found[:limit]), next=more, broken_at=broken)

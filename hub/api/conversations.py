"""/conversations: the list, one conversation, its state and people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from hub.api._framework.params import Named
from hub.api._framework.routing import Routes
from hub.api.background import Background
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Line, Time, Word
from hub.api.shown import shown_row
from hub.domain.channel import Capabilities
from hub.domain.conversation import ConversationState, Priority
from hub.domain.ids import ChannelId, ContactId, ConversationId, InteractionId, TeamId, UserId
from hub.domain.interaction import Direction
from hub.domain.sending import answer_window
from hub.domain.user import Action
from hub.domain.views import (
    AttachmentView,
    ConversationCounts,
    ConversationFilter,
    ConversationRow,
    Draft,
    InteractionView,
    Page,
    ParticipantView,
    QuoteView,
)
from hub.services import conversations
from hub.services.outgoing import refusal
from hub.services.unset import UNSET

routes = Routes("conversations")
QUOTE_LENGTH = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationView:
    """A conversation with what its screen needs beside the thread."""

    row: ConversationRow
    participants: tuple[ParticipantView, ...]
    draft: Draft | None
    """What this user has begun to write."""
    draft_files: tuple[AttachmentView, ...]
    """The draft's files."""
    draft_quote: QuoteView | None
    """The message the draft answers."""
    read_at: datetime | None
    """When this user last looked at it; None if never, and for programs."""
    capabilities: Capabilities
    reply_until: datetime | None
    """Until when the channel takes this caller's reply (people have longer than programs on some channels); None if it
    always does, or if the customer never wrote. Afterwards only a template goes, where there are any."""
    refused: str
    """Why nothing can be sent to the customer's address at present, in words: opted out, blocked. Empty if it can."""
    channel_id: ChannelId


class ConversationEdit(Input):
    """What shall change; what is left out stays."""

    state: ConversationState | None = None
    snoozed_until: Time | None = None
    """Only with the state `snoozed`; null hides the conversation until the customer writes."""
    assignee_id: UserId | None = None
    team_id: TeamId | None = None
    priority: Priority | None = None
    tags: Annotated[tuple[Word, ...], Field(max_length=100)] | None = None
    subject: Line | None = None


@routes.get("/conversations", Action.conversations_read)
async def list_conversations(
    deps: ApiDeps,
    caller: Caller,
    view: Literal["mine", "unassigned", "all"] = "all",
    states: Annotated[tuple[ConversationState, ...], Named(name="state")] = (),
    channel_ids: Annotated[tuple[ChannelId, ...], Named(name="channel")] = (),
    team_ids: Annotated[tuple[TeamId, ...], Named(name="team")] = (),
    assignee_ids: Annotated[tuple[UserId, ...], Named(name="assignee")] = (),
    tags: Annotated[tuple[Word, ...], Named(name="tag")] = (),
    contact_id: Annotated[ContactId | None, Named(name="contact")] = None,
    waiting: bool = False,
    at_risk: bool = False,
    sort: Literal["waiting", "newest", "due"] = "waiting",
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Page[ConversationRow]:
    """List conversations.

    Without `state`: those that are open or pending. `sort=waiting` puts the customer who waits longest first, `due`
    what is due soonest. `at_risk`: those with a target whose time is nearly up, or up; always the soonest due first.
    """
    wanted = ConversationFilter(
        view=view,
        channel_ids=channel_ids,
        team_ids=team_ids,
        assignee_ids=assignee_ids,
        tags=tags,
        contact_id=contact_id,
        waiting=waiting,
        at_risk=deps.now() if at_risk else None,
        sort=sort,
        **({"states": states} if states else {}),
    )
    return await deps.storage.queries.conversations(wanted, viewer=caller.user_id, cursor=cursor, limit=limit)


@routes.get("/conversations/counts", Action.conversations_read)
async def count_conversations(deps: ApiDeps, caller: Caller) -> ConversationCounts:
    """Count the conversations of each view."""
    return await deps.storage.queries.counts(viewer=caller.user_id)


@routes.get("/conversations/{conversation_id}", Action.conversations_read)
async def get_conversation(deps: ApiDeps, caller: Caller, conversation_id: ConversationId) -> ConversationView:
    """Return one conversation."""
    queries = deps.storage.queries
    row = await shown_row(deps, conversation_id, caller.user_id)
    account = deps.accounts.get(row.channel_id)
    capabilities = account.capabilities if account else Capabilities()
    viewer = caller.user_id
    draft = await queries.draft(conversation_id, viewer) if viewer else None
    standing = await _standing(deps, caller, row, capabilities)
    return ConversationView(
        row=row,
        participants=tuple(await queries.participants(conversation_id)),
        draft=draft,
        draft_files=tuple(await queries.files(draft.attachment_ids)) if draft and draft.attachment_ids else (),
        draft_quote=await _quote(deps, draft.reply_to_id) if draft and draft.reply_to_id else None,
        read_at=await queries.read_at(conversation_id, viewer) if viewer else None,
        capabilities=capabilities,
        reply_until=standing.reply_until,
        refused=standing.refused,
        channel_id=row.channel_id,
    )


async def _quote(deps: ApiDeps, interaction_id: InteractionId) -> QuoteView | None:
    for entry in await deps.storage.queries.interactions([interaction_id]):
        return QuoteView(id=entry.id, author_name=entry.author_name, preview=entry.text[:QUOTE_LENGTH])
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    reply_until: datetime | None = None
    refused: str = ""


async def _standing(deps: ApiDeps, caller: Caller, row: ConversationRow, capabilities: Capabilities) -> _Standing:
    window = answer_window(capabilities, by_person=caller.user is not None)
    async with deps.storage.read() as uow:
        point = await uow.contacts.point(row.contact_point_id)
        conversation = await uow.conversations.get(row.id) if window is not None else None
    heard = conversation.last_inbound_at if conversation is not None else None
    return _Standing(
        reply_until=heard + window if heard is not None and window is not None else None,
        refused=capabilities.receive_only or (refusal(point) if point is not None else ""),
    )


@routes.patch("/conversations/{conversation_id}", Action.conversations_write)
async def change_conversation(
    deps: ApiDeps, caller: Caller, conversation_id: ConversationId, body: ConversationEdit
) -> ConversationRow:
    """Change state, assignee, team, priority, tags or subject."""
    given = body.model_fields_set
    edit = conversations.Edit(
        state=body.state or UNSET,
        snoozed_until=body.snoozed_until if "snoozed_until" in given else UNSET,
        assignee_id=body.assignee_id if "assignee_id" in given else UNSET,
        team_id=body.team_id if "team_id" in given else UNSET,
        priority=body.priority or UNSET,
        tags=UNSET if body.tags is None else body.tags,
        subject=UNSET if body.subject is None else body.subject,
    )
    async with deps.storage.begin() as uow:
        await conversations.change(uow, conversation_id, edit, by=caller.user_id, now=deps.now())
    return await shown_row(deps, conversation_id, caller.user_id)


@routes.get("/conversations/{conversation_id}/interactions", Action.conversations_read)
async def list_interactions(
    deps: ApiDeps, conversation_id: ConversationId, cursor: Cursor | None = None, limit: Limit = 50
) -> Page[InteractionView]:
    """Return a page of the thread: the newest page first, each page in order of time."""
    page = await deps.storage.queries.thread(conversation_id, before=cursor, limit=limit)
    if not page.items and cursor is None:
        await shown_row(deps, conversation_id, None)
    return page


@routes.post("/conversations/{conversation_id}/read", Action.conversations_read, people_only=True)
async def mark_read(deps: ApiDeps, caller: Caller, background: Background, conversation_id: ConversationId) -> None:
    """Say that this user has seen everything up to now; the customer learns it where the channel can tell."""
    async with deps.storage.begin() as uow:
        await conversations.mark_read(uow, conversation_id, by=caller.person.id, now=deps.now())
    background.once(f"read {conversation_id}", _tell_read(deps, conversation_id))


async def _tell_read(deps: ApiDeps, conversation_id: ConversationId) -> None:
    newest = await deps.storage.queries.thread(conversation_id, before=None, limit=20)
    inbound = [entry.id for entry in newest.items if entry.direction is Direction.inbound]
    if not inbound:
        return
    async with deps.storage.read() as uow:
        entry = await uow.timeline.get(inbound[-1])
    if entry is not None:
        await deps.desk.mark_read(conversation_id, entry)


@routes.post("/conversations/{conversation_id}/related/accept", Action.conversations_write)
async def accept_related(deps: ApiDeps, caller: Caller, conversation_id: ConversationId) -> ConversationRow:
    """Confirm that the conversation belongs to the related one."""
    async with deps.storage.begin() as uow:
        await conversations.accept_related(uow, conversation_id, by=caller.user_id, now=deps.now())
    return await shown_row(deps, conversation_id, caller.user_id)


@routes.post("/conversations/{conversation_id}/related/dismiss", Action.conversations_write)
async def dismiss_related(deps: ApiDeps, caller: Caller, conversation_id: ConversationId) -> ConversationRow:
    """Say that the related conversation is another matter."""
    async with deps.storage.begin() as uow:
        await conversations.dismiss_related(uow, conversation_id, by=caller.user_id, now=deps.now())
    return await shown_row(deps, conversation_id, caller.user_id)


@routes.post("/conversations/{conversation_id}/spam", Action.conversations_write)
async def mark_spam(deps: ApiDeps, caller: Caller, conversation_id: ConversationId) -> ConversationRow:
    """Say that nobody waited here: resolves the conversation without counting a wait."""
    async with deps.storage.begin() as uow:
        await conversations.mark_spam(uow, conversation_id, by=caller.user_id, now=deps.now())
    return await shown_row(deps, conversation_id, caller.user_id)

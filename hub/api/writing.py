"""Replies, notes, drafts and first messages: what an agent writes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from hub.api._framework.routing import Created, Routes
from hub.api.accounts import account_of
from hub.api.background import Background
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Address, Html, Input, Line, Text
from hub.api.live.frames import Typing, typing_sign
from hub.api.shown import shown_entry, shown_row
from hub.domain.assistant import AssistantCallId
from hub.domain.channel import Capabilities
from hub.domain.errors import CannotSend
from hub.domain.ids import AttachmentId, ChannelId, ContactPointId, ConversationId, InteractionId
from hub.domain.interaction import AuthorKind
from hub.domain.user import Action
from hub.domain.views import ConversationRow, Draft, InteractionView
from hub.ports import UnitOfWork
from hub.services import conversations, reply
from hub.services.assistant import mark
from hub.services.reply import NewMessageId, Written
from hub.services.templates import Chosen

routes = Routes("writing")

TYPING_HOLDS = timedelta(seconds=6)

Attachments = Annotated[tuple[AttachmentId, ...], Field(max_length=50)]


class TemplateChoice(Input):
    """A template picked for a message; the files of its header are the message's attachments, in order."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
    values: Annotated[
        Mapping[Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")], Text], Field(max_length=100)
    ]
    """By field key; empty for a template without fields."""


class NewReply(Input):
    """A reply to the customer."""

    id: InteractionId
    """Made by the client (UUIDv7): repeating the request sends nothing twice."""
    text: Text = ""
    html: Html = ""
    """Beside the text, where the channel carries rich text."""
    template: TemplateChoice | None = None
    """Send this template instead of a text: the only thing that may go outside the reply window."""
    attachment_ids: Attachments = ()
    reply_to_id: InteractionId | None = None
    cc: Annotated[tuple[Address, ...], Field(max_length=50)] = ()
    resolve: bool = False
    """Resolve the conversation once the provider took the message."""
    assistant_call_id: AssistantCallId | None = None
    """The call of the assistant that wrote it: the mark “written with AI” stays with what is sent."""


class NewNote(Input):
    """A note for colleagues."""

    id: InteractionId
    text: Text
    attachment_ids: Attachments = ()
    assistant_call_id: AssistantCallId | None = None
    """The call of the assistant that wrote it: the mark “written with AI” stays with what is sent."""


class NewDraft(Input):
    """What somebody has begun to write."""

    text: Text
    html: Html = ""
    note: bool = False
    attachment_ids: Attachments = ()
    reply_to_id: InteractionId | None = None
    cc: Annotated[tuple[Address, ...], Field(max_length=50)] = ()
    assistant_call_id: AssistantCallId | None = None
    """The call of the assistant that wrote it: the mark “written with AI” stays with what is sent."""


class NewConversation(Input):
    """A first message to somebody: a contact point, or an address typed by hand."""

    id: ConversationId
    channel_id: ChannelId
    contact_point_id: ContactPointId | None = None
    address: Address | None = None
    name: Line = ""
    """What to call a new contact."""
    subject: Line = ""
    text: Text = ""
    html: Html = ""
    template: TemplateChoice | None = None
    """Send this template instead of a text: on some channels the only way to write first."""
    attachment_ids: Attachments = ()
    cc: Annotated[tuple[Address, ...], Field(max_length=50)] = ()

    @model_validator(mode="after")
    def _one_recipient(self) -> Self:
        if (self.contact_point_id is None) == (self.address is None):
            raise ValueError("give either contact_point_id or address")
        return self


async def _sender(deps: ApiDeps, channel_id: ChannelId) -> tuple[Capabilities, NewMessageId]:
    account = await account_of(deps, channel_id)
    if account.connector is None:
        raise CannotSend(f"The channel “{account.channel.name}” cannot be used: {account.problem}")
    return account.capabilities, account.connector.new_message_id


def _chosen(choice: TemplateChoice | None) -> Chosen | None:
    return Chosen(key=choice.key, values=choice.values) if choice is not None else None


async def _mark(uow: UnitOfWork, conversation_id: ConversationId, body: NewReply | NewNote) -> Mapping[str, object]:
    """Return what the entry keeps of the assistant's part in it."""
    if body.assistant_call_id is None:
        return {}
    return await mark.mark(
        uow, body.assistant_call_id, text=body.text, conversation_id=conversation_id, interaction_id=body.id
    )


@routes.post("/conversations/{conversation_id}/replies", Action.conversations_write)
async def reply_to_customer(
    deps: ApiDeps, caller: Caller, conversation_id: ConversationId, body: NewReply
) -> Created[InteractionView]:
    """Send a reply."""
    row = await shown_row(deps, conversation_id, None)
    capabilities, new_message_id = await _sender(deps, row.channel_id)
    async with deps.storage.begin() as uow:
        made = await reply.reply(
            uow,
            id=body.id,
            conversation_id=conversation_id,
            written=Written(
                text=body.text,
                html=body.html,
                attachment_ids=body.attachment_ids,
                reply_to_id=body.reply_to_id,
                cc=body.cc,
                template=_chosen(body.template),
                data=await _mark(uow, conversation_id, body),
            ),
            capabilities=capabilities,
            new_message_id=new_message_id,
            by=caller.user_id,
            now=deps.now(),
            resolve=body.resolve,
            author=AuthorKind.agent if caller.user else AuthorKind.bot,
        )
    return Created(await shown_entry(deps, made.record.id), new=made.created)


@routes.post("/conversations/{conversation_id}/notes", Action.conversations_write)
async def write_note(
    deps: ApiDeps, caller: Caller, conversation_id: ConversationId, body: NewNote
) -> Created[InteractionView]:
    """Write a note that only colleagues see."""
    async with deps.storage.begin() as uow:
        made = await reply.note(
            uow,
            id=body.id,
            conversation_id=conversation_id,
            text=body.text,
            attachment_ids=body.attachment_ids,
            by=caller.user_id,
            now=deps.now(),
            data=await _mark(uow, conversation_id, body),
        )
    return Created(await shown_entry(deps, made.record.id), new=made.created)


@routes.post("/conversations", Action.conversations_write)
async def start_conversation(deps: ApiDeps, caller: Caller, body: NewConversation) -> Created[ConversationRow]:
    """Write first to somebody, where the channel allows it."""
    capabilities, new_message_id = await _sender(deps, body.channel_id)
    async with deps.storage.begin() as uow:
        made = await reply.start_conversation(
            uow,
            id=body.id,
            channel_id=body.channel_id,
            to=body.contact_point_id or body.address or "",
            written=Written(
                text=body.text,
                html=body.html,
                attachment_ids=body.attachment_ids,
                cc=body.cc,
                subject=body.subject,
                template=_chosen(body.template),
            ),
            capabilities=capabilities,
            new_message_id=new_message_id,
            by=caller.user_id,
            now=deps.now(),
            name=body.name,
            author=AuthorKind.agent if caller.user else AuthorKind.bot,
        )
    row = await shown_row(deps, made.record.conversation.id, caller.user_id)
    return Created(row, new=made.created)


@routes.put("/conversations/{conversation_id}/draft", Action.conversations_write, people_only=True)
async def save_draft(deps: ApiDeps, caller: Caller, conversation_id: ConversationId, body: NewDraft) -> None:
    """Keep what this user has begun to write; an empty draft is deleted."""
    draft = Draft(
        conversation_id=conversation_id,
        user_id=caller.person.id,
        text=body.text,
        html=body.html,
        note=body.note,
        attachment_ids=body.attachment_ids,
        reply_to_id=body.reply_to_id,
        cc=body.cc,
        assistant_call_id=body.assistant_call_id,
        updated_at=deps.now(),
    )
    async with deps.storage.begin() as uow:
        await conversations.save_draft(uow, draft)


@routes.delete("/conversations/{conversation_id}/draft", Action.conversations_write, people_only=True)
async def delete_draft(deps: ApiDeps, caller: Caller, conversation_id: ConversationId) -> None:
    """Throw this user's draft away."""
    async with deps.storage.begin() as uow:
        await conversations.delete_draft(uow, conversation_id, by=caller.person.id)


@routes.post("/conversations/{conversation_id}/typing", Action.conversations_write, people_only=True)
async def show_typing(deps: ApiDeps, caller: Caller, background: Background, conversation_id: ConversationId) -> None:
    """Show colleagues, and the customer where the channel can, that this user is writing. Repeat every 4 s."""
    person = caller.person
    await shown_row(deps, conversation_id, None)
    typing = Typing(
        conversation_id=conversation_id,
        name=person.name,
        who="agent",
        user_id=person.id,
        until=deps.now() + TYPING_HOLDS,
    )
    deps.notices.sign(typing_sign(typing))
    background.once(f"typing {conversation_id}", deps.desk.show_typing(conversation_id))

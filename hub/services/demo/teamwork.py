"""Does what the story says the team did: replies, notes, and changes of a conversation, at their time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hub.contract.errors import Rejected
from hub.contract.simulation import SimulatedFile
from hub.domain.delivery import DeliveryEvent, DeliveryState
from hub.domain.ids import AttachmentId, ConversationId, DeliveryId, ExternalId, InteractionId
from hub.domain.interaction import Attachment, AttachmentState, Interaction
from hub.ports import BlobStore, UnitOfWork
from hub.services import conversations, outcomes, reply
from hub.services.attachments import store_content
from hub.services.deliveries import ASK_A_PERSON
from hub.services.demo import survey
from hub.services.demo.outlets import Outlet
from hub.services.demo.steps import Asks, Changes, Fate, Notes, Replies, Step
from hub.services.demo.workspace import Workspace
from hub.services.ids import new_id
from hub.services.unset import UNSET

_TOOK = timedelta(seconds=1)
"""How long the provider took to take a message."""
_BLOCKED = Rejected("The customer has blocked us on this channel.", code="403", unreachable=True)
_CUT = f"The connection broke after the message had left, before the server confirmed it. {ASK_A_PERSON}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teamwork:
    """Works inside one unit of work, on one channel."""

    uow: UnitOfWork
    blobs: BlobStore
    workspace: Workspace
    outlet: Outlet
    now: datetime
    """When the demo is made: snoozes end after it."""

    async def do(self, conversation_id: ConversationId, step: Step) -> ExternalId | None:
        """Do one step; returns the provider's id of a message that was sent."""
        match step:
            case Replies():
                return await self._reply(conversation_id, step)
            case Notes():
                await reply.note(
                    self.uow,
                    id=InteractionId(new_id()),
                    conversation_id=conversation_id,
                    text=step.text,
                    by=self.workspace.agents[step.by],
                    now=step.at,
                )
            case Changes():
                await self._change(conversation_id, step)
            case Asks():
                return await self._asks(conversation_id, step)
        return None

    async def _change(self, conversation_id: ConversationId, step: Changes) -> None:
        edit = conversations.Edit(
            state=step.state or UNSET,
            snoozed_until=self.now + step.snoozed_for if step.snoozed_for else UNSET,
            assignee_id=self.workspace.agents[step.assignee] if step.assignee else UNSET,
            team_id=self.workspace.teams[step.team] if step.team else UNSET,
            priority=step.priority or UNSET,
            tags=step.tags or UNSET,
        )
        await conversations.change(self.uow, conversation_id, edit, by=self.workspace.agents[step.by], now=step.at)

    async def _reply(self, conversation_id: ConversationId, step: Replies) -> ExternalId | None:
        by = self.workspace.agents[step.by]
        files = [await self._file(file, step) for file in step.files]
        made = await reply.reply(
            self.uow,
            id=InteractionId(new_id()),
            conversation_id=conversation_id,
            written=reply.Written(text=step.text, attachment_ids=tuple(file.id for file in files)),
            capabilities=self.outlet.capabilities,
            new_message_id=self.outlet.connector.new_message_id,
            by=by,
            now=step.at,
        )
        return await self._sent(made.record, step.at, step.fate)

    async def _asks(self, conversation_id: ConversationId, step: Asks) -> ExternalId | None:
        conversation = await self.uow.conversations.get(conversation_id)
        if conversation is None:
            return None
        entry = await survey.say(self.uow, self.outlet, self.workspace.survey, conversation, step)
        return await self._sent(entry, step.at, Fate.sent) if entry is not None else None

    async def _sent(self, entry: Interaction, at: datetime, fate: Fate) -> ExternalId | None:
        delivery = await self.uow.outbox.get(DeliveryId(entry.id))
        if delivery is None:
            raise AssertionError("what goes out has its delivery")
        sending = replace(delivery, state=DeliveryState.sending, attempt=1, next_at=None, state_at=at)
        await self.uow.outbox.record(sending, DeliveryEvent(state=sending.state, at=at, attempt=1))
        taken = at + _TOOK
        match fate:
            case Fate.failed:
                await outcomes.failed(self.uow, sending, entry, taken, error=_BLOCKED)
            case Fate.unknown:
                await outcomes.unknown(self.uow, sending, entry, taken, code="connection_lost", words=_CUT)
            case Fate.sent:
                conversation = await self.uow.conversations.get(entry.conversation_id)
                thread = conversation.thread if conversation else ExternalId("")
                receipt = self.outlet.receipt(sending.id, thread)
                await outcomes.accepted(self.uow, sending, entry, taken, receipt=receipt)
                return receipt.external_id
        return None

    async def _file(self, file: SimulatedFile, step: Replies) -> Attachment:
        stored = await store_content(self.blobs, file.content, claimed=file.media_type, name=file.name)
        attachment = Attachment(
            id=AttachmentId(new_id()),
            interaction_id=None,
            name=file.name,
            media_type=stored.media_type,
            size=stored.size,
            state=AttachmentState.ready,
            blob=stored.blob,
            thumbnail=stored.thumbnail,
            width=stored.width,
            height=stored.height,
            created_at=step.at,
            uploaded_by=self.workspace.agents[step.by],
        )
        await self.uow.timeline.add_attachment(attachment)
        return attachment

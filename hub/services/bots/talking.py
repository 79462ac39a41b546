"""One conversation while a bot has its turn: what it knows, what it says, what it changes; written at the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from hub.domain.assistant import Task
from hub.domain.botflow.choices import button_data, shown
from hub.domain.botflow.effects import AskKnowledge, AskModel, CallHttp, CountHelp, HandOver, Say
from hub.domain.botflow.flow import FlowFault
from hub.domain.botflow.records import BotRun, FlowId, StepCount
from hub.domain.botflow.speaking import Lock
from hub.domain.botflow.walk import Mark, Tools
from hub.domain.contact import Contact, ContactPoint
from hub.domain.conversation import Conversation
from hub.domain.delivery import Delivery, DeliveryState
from hub.domain.errors import CannotSend, HubError
from hub.domain.ids import DeliveryId, InteractionId
from hub.domain.interaction import Attachment, AuthorKind, ContentKind, Direction, Interaction
from hub.domain.listing import after_entry, preview_of
from hub.domain.replacing import replace
from hub.domain.sending import check_fits
from hub.ports import UnitOfWork
from hub.ports.bots import Spoken
from hub.services import phone_numbers
from hub.services.bots import enclosing
from hub.services.bots.means import Means, Sender
from hub.services.bots.rendering import render
from hub.services.ids import new_id
from hub.services.outgoing import refusal, tidy_subject

Asked = AskKnowledge | AskModel | CallHttp
CALENDARS = 20


@dataclass(slots=True, kw_only=True)
class Talking:
    """A conversation in which a bot has its turn. Everything in it was read, and is locked, in this transaction."""

    means: Means
    conversation: Conversation
    """As it was read, and as services changed it since."""
    lock: Lock
    contact: Contact
    point: ContactPoint | None = None
    sender: Sender | None
    now: datetime
    begins: bool = False
    """The lock is the conversation's first, and not stored yet."""
    run: BotRun | None = None
    flow_name: str = ""
    opened: Mapping[str, bool] = field(default_factory=dict)
    """Which of the calendars the flow asks for are open now."""
    files: Mapping[UUID, Attachment] = field(default_factory=dict)
    """The kept files a bot may send here."""
    spoken: list[Spoken] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    helped: list[CountHelp] = field(default_factory=list)
    counts: dict[tuple[FlowId, int, str], StepCount] = field(default_factory=dict)
    hand: HandOver | None = None
    closes: bool = False
    troubles: list[str] = field(default_factory=list)
    """What could not be done, in words for colleagues."""
    listed: Conversation | None = None
    """As the list shows it with what was said."""

    def tools(self) -> Tools:
        """Return what the interpreter needs of the world at this moment."""
        return Tools(
            render=render,
            phone=phone_of,
            guess=self.means.guess,
            opened=self._is_open,
            today=self.now.astimezone(ZoneInfo("UTC")).date(),
            context=self.context(),
        )

    def context(self) -> dict[str, object]:
        """Return what templates and conditions see beside the answers."""
        contact, conversation = self.contact, self.conversation
        channel = self.sender.channel if self.sender is not None else None
        return {
            "contact": {
                **{name: value for name, value in contact.fields if "." not in name},
                "name": contact.name,
                "first_name": contact.name.split(" ")[0] if contact.name else "",
                "company": contact.company,
                "language": contact.language,
                "source": contact.source,
            },
            "channel": {"name": channel.name, "kind": str(channel.kind)} if channel is not None else {},
            "conversation": {"tags": list(conversation.tags), "reopened": conversation.reopen_count > 0},
        }

    def _is_open(self, calendar: str) -> bool:
        if calendar not in self.opened:
            raise FlowFault("The flow asks for business hours that are not there any more.")
        return self.opened[calendar]

    def say(self, said: Say) -> None:
        """Have a message sent at the end. Raises CannotSend, in words; a reminder that cannot go is left out."""
        try:
            self._say(said)
        except CannotSend:
            if not said.reminder:
                raise

    def _say(self, said: Say) -> None:
        sender = self.sender
        if sender is None or not sender.channel.enabled:
            raise CannotSend("The channel is switched off or cannot be used at present.")
        if self.point is not None and (words := refusal(self.point)):
            raise CannotSend(words)
        form = shown(said.text, said.choices, sender.capabilities)
        files = enclosing.found(said.files, self.files)
        going = enclosing.enclosing(form.text, files, sender.capabilities, self.means.link)
        first, *more = going.batches or ((),)
        self._send(sender, going.text, form.buttons, first, said)
        for batch in more:
            self._send(sender, "", (), batch, said)

    def _send(
        self, sender: Sender, text: str, buttons: tuple[str, ...], files: tuple[Attachment, ...], said: Say
    ) -> None:
        check_fits(
            sender.capabilities,
            text=text,
            enclosures=[enclosing.enclosure_of(file) for file in files],
            last_inbound_at=self.conversation.last_inbound_at,
            now=self.now,
            by_person=False,
        )
        entry = self._entry(sender, text, buttons, said)
        enclosed = enclosing.of_message(files, entry.id, self.now)
        delivery = Delivery(
            id=DeliveryId(entry.id),
            interaction_id=entry.id,
            channel_id=entry.channel_id,
            external_id=entry.external_id,
            state=DeliveryState.queued,
            next_at=self.now,
            created_at=self.now,
            state_at=self.now,
        )
        self.spoken.append(Spoken(interaction=entry, delivery=delivery, turn=self.lock.turn, files=enclosed))
        self.listed = after_entry(self.listed or self.conversation, entry, preview=preview_of(entry, enclosed))

    def _entry(self, sender: Sender, text: str, buttons: tuple[str, ...], said: Say) -> Interaction:
        key = InteractionId(new_id())
        conversation = self.conversation
        mail = sender.capabilities.subject
        data: dict[str, object] = {"bot": self.lock.bot}
        if buttons:
            of = self.run.id if self.run is not None else key
            data["buttons"] = [
                {"label": label, "data": button_data(of, said.asked, place)} for place, label in enumerate(buttons)
            ]
        if said.by_model:
            data["ai"] = {"task": Task.answer.value}
        return Interaction(
            id=key,
            conversation_id=conversation.id,
            channel_id=conversation.channel_id,
            contact_point_id=conversation.contact_point_id,
            external_id=sender.new_message_id(DeliveryId(key)),
            direction=Direction.outbound,
            author_kind=AuthorKind.bot,
            content=ContentKind.mail if mail else ContentKind.text,
            occurred_at=self.now,
            received_at=self.now,
            subject=tidy_subject(conversation.subject) if mail else "",
            text=text,
            data=data,
            demo=conversation.demo,
        )

    def mark(self, flow_id: FlowId, version: int, marks: tuple[tuple[str, Mark], ...]) -> None:
        """Count steps that were entered, left, handed over at."""
        for step, mark in marks:
            key = (flow_id, version, step)
            known = self.counts.get(key) or StepCount(flow_id=flow_id, version=version, step=step)
            self.counts[key] = replace(
                known,
                entered=known.entered + (mark is Mark.entered),
                left=known.left + (mark is Mark.left),
                handed_over=known.handed_over + (mark is Mark.handed_over),
            )


async def opened_now(
    means: Means, uow: UnitOfWork, conversation: Conversation | None, calendars: set[str]
) -> dict[str, bool]:
    """Return which calendars are open now; one that is gone is missing."""
    found: dict[str, bool] = {}
    for calendar in sorted(calendars)[:CALENDARS]:
        try:
            found[calendar] = await means.opened(uow, conversation, calendar)
        except HubError:
            continue
    return found


def phone_of(text: str, region: str) -> str | None:
    """Return a number as E.164, None if it is none."""
    found = phone_numbers.forms(text, region.upper())
    return found[0] if found is not None else None

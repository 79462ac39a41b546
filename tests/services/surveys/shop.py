"""A shop that asks after its conversations: short ways to what the tests of surveys do and look at."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hub.contract import Address, InboundMessage
from hub.domain.channel import ButtonForm, ButtonRule, Capabilities
from hub.domain.conversation import ConversationState
from hub.domain.ids import ConversationId, ExternalId
from hub.domain.interaction import ContentKind
from hub.domain.survey.rating import Rating
from hub.domain.survey.survey import Survey, SurveyId
from hub.domain.views import InteractionView
from hub.services import conversations
from hub.services.bots.means import Sender
from hub.services.conversations import Edit
from hub.services.ids import new_id
from hub.services.surveys import keeping
from hub.services.surveys.asking import Asking, say_due
from hub.services.surveys.links import RatingLinks
from tests.scripted import T0, SmallHub, says
from tests.services.workplace import Workplace

BUTTONS = Capabilities(text_limit=1000, buttons=(ButtonRule(form=ButtonForm.inline, max_count=6, label_limit=40),))
LINES = Capabilities(text_limit=1000)
MAIL = Capabilities(subject=True, rich_text=True)
LINKS = RatingLinks(public_url="https://hub.example", key=b"k" * 32)


def survey(**changed: Any) -> Survey:
    made = Survey(id=SurveyId(new_id()), name="After help", delay=timedelta(minutes=5), created_at=T0, updated_at=T0)
    return replace(made, **changed)


class Shop:
    """A workplace with a survey, on a channel with buttons unless said otherwise."""

    def __init__(self, place: Workplace, capabilities: Capabilities = BUTTONS) -> None:
        self.place = place
        self.hub = place.hub
        self.capabilities = capabilities
        self.at_work = True

    async def asks_by(self, **changed: Any) -> Survey:
        """Set a survey up."""
        async with self.hub.storage.begin() as uow:
            return (await keeping.create(uow, survey(**changed))).record

    async def helped(self, text: str = "Where is my parcel?") -> ConversationId:
        """Let a customer write, Ann answer, and resolve it."""
        row = await self.place.customer_writes(text)
        self.hub.clock.forward(minutes=1)
        await self.place.reply(row.id)
        await self.resolve(row.id)
        return row.id

    async def resolve(self, conversation_id: ConversationId) -> None:
        await self.change(conversation_id, ConversationState.resolved)

    async def change(self, conversation_id: ConversationId, state: ConversationState) -> None:
        async with self.hub.storage.begin() as uow:
            await conversations.change(
                uow, conversation_id, Edit(state=state), by=self.place.ann.id, now=self.hub.clock.now()
            )

    async def later(self, **span: float) -> None:
        """Let time pass, and have said what surveys owe by then."""
        self.hub.clock.forward(**span)
        sender = Sender(channel=self.hub.channel, capabilities=self.capabilities, new_message_id=lambda _delivery: None)
        asking = Asking(storage=self.hub.storage, sender=lambda _channel: sender if self.at_work else None, links=LINKS)
        await say_due(asking, self.hub.clock.now())

    async def asked(self) -> ConversationId:
        """Help somebody, and ask them how it was."""
        conversation_id = await self.helped()
        await self.later(minutes=5)
        return conversation_id

    async def writes(self, text: str, **changed: Any) -> None:
        await self.hub.hears(says(text, at=self.hub.clock.now(), **changed))

    async def presses(self, data: str, label: str = "Good") -> None:
        await self.hub.hears(press(data, label, ExternalId(new_id().hex), self.hub))

    async def rating(self, conversation_id: ConversationId, episode: int = 1) -> Rating | None:
        async with self.hub.storage.read() as uow:
            return await uow.ratings.of_episode(conversation_id, episode)

    async def said(self, conversation_id: ConversationId) -> Sequence[InteractionView]:
        """Return what the survey said, in order."""
        return [entry for entry in await self.hub.thread(conversation_id) if "survey" in entry.data]

    async def state(self, conversation_id: ConversationId) -> ConversationState:
        return (await self.place.conversation(conversation_id)).state


def press(data: str, label: str, external_id: ExternalId, hub: SmallHub) -> InboundMessage:
    """Return a pressed button as a provider tells it."""
    return replace(
        says(label, at=hub.clock.now()),
        external_id=external_id,
        sender=Address(namespace="scripted", value="ann", name="Ann"),
        content=ContentKind.button,
        data={"label": label, "data": data},
        opens_wait=False,
    )

"""What bots need of other rooms: who speaks, their own tables, and who answers from knowledge or with a model."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from hub.domain.botflow.effects import AskKnowledge, AskModel
from hub.domain.botflow.records import BotFlow, BotRule, BotRun, BotVersion, FlowId, RuleId, StepCount, Wake
from hub.domain.botflow.speaking import Lock, Speaker
from hub.domain.contact import Contact, ContactPoint
from hub.domain.conversation import Conversation
from hub.domain.delivery import Delivery
from hub.domain.ids import ChannelId, ContactId, ContactPointId, ConversationId, InteractionId, UserId
from hub.domain.interaction import Attachment, Interaction


class Speakers(Protocol):
    """The lock of who speaks, one per conversation.

    A message or call of one of ours takes it in the transaction that stores it, wherever it was written; nobody has to
    ask for that. What bots queued and was not sent yet is called back then, and their run is over.
    """

    async def get(self, conversation_id: ConversationId) -> Lock:
        """Return who speaks, locked until the unit of work ends; nobody, where it was never given."""
        ...

    async def some(self, conversation_ids: Collection[ConversationId]) -> Mapping[ConversationId, Lock]:
        """Return the locks of several conversations, locked; those nobody ever took are missing."""
        ...

    async def give(
        self,
        conversation_id: ConversationId,
        speaker: Speaker,
        *,
        bot: str = "",
        by: UserId | None,
        at: datetime,
        leaves: bool = False,
    ) -> Lock:
        """Say who speaks from now on, in a new turn; the conversation must be locked (`Conversations.get`).

        `bot` is `flow:<id>` or `outside:<id>`. Taken from a bot, what it queued is called back and its run is over.
        With `leaves` the bot itself goes: its last words still go out, unless a human writes first.
        """
        ...

    async def begin(self, locks: Sequence[Lock]) -> None:
        """Store the first locks of conversations nobody ever spoke in, which must be locked; many at once.

        Raises Conflict if one of them had a lock.
        """
        ...

    async def check(self, conversation_id: ConversationId, turn: int) -> None:
        """Raise Overtaken unless a bot speaks in this very turn."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A bot's message, ready to go out in one turn of the lock."""

    interaction: Interaction
    delivery: Delivery
    """Queued."""
    turn: int
    files: tuple[Attachment, ...] = ()
    """New records of the message's files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A conversation whose bot has its turn, with all that the turn needs of it."""

    conversation: Conversation
    point: ContactPoint
    contact: Contact
    """As who the address's owner is shown."""
    lock: Lock | None
    """None where nobody was ever given the word."""
    run: BotRun | None
    """The one that goes on."""
    wakes: Sequence[Wake]
    """What the customer wrote and no bot has read, in the order of arrival."""


class Bots(Protocol):
    """Flows, versions, rules, runs, counts, and the messages bots have not read yet."""

    async def flows(self) -> Sequence[BotFlow]: ...
    async def flow(self, flow_id: FlowId) -> BotFlow | None:
        """Return it, locked."""
        ...

    async def add_flow(self, flow: BotFlow) -> None: ...
    async def update_flow(self, flow: BotFlow) -> None: ...
    async def delete_flow(self, flow_id: FlowId) -> None: ...
    async def add_version(self, version: BotVersion) -> None: ...
    async def version(self, flow_id: FlowId, number: int) -> BotVersion | None: ...
    async def versions(self, flow_id: FlowId) -> Sequence[BotVersion]:
        """Return them, newest first."""
        ...

    async def counts(self, flow_id: FlowId, version: int) -> Sequence[StepCount]: ...
    async def count(self, counts: Sequence[StepCount]) -> None:
        """Add to the counts of steps."""
        ...

    async def files(self, ids: Collection[UUID]) -> Mapping[UUID, Attachment]:
        """Return uploaded files that belong to no message: those flows may send. Unknown ids are missing."""
        ...

    async def keep_files(self, ids: Collection[UUID]) -> None:
        """Keep uploaded files from being forgotten, for good: what was sent of them shares their content."""
        ...

    async def rules(self, *, active: bool = False) -> Sequence[BotRule]:
        """Return the rules in their order."""
        ...

    async def rule(self, rule_id: RuleId) -> BotRule | None: ...
    async def save_rule(self, rule: BotRule) -> None: ...
    async def delete_rule(self, rule_id: RuleId) -> None: ...
    async def woken_by(
        self, channels: Collection[ChannelId], conversations: Collection[ConversationId]
    ) -> tuple[frozenset[ChannelId], frozenset[ConversationId]]:
        """Return which of the channels have an active rule, and in which of the conversations a bot speaks."""
        ...

    async def wake(self, wakes: Sequence[Wake]) -> None:
        """Have bots read these messages; each is read once, by the constraint on its id."""
        ...

    async def next_due(self) -> datetime | None:
        """Return when the next run has something to do by time."""
        ...

    async def at_work(self) -> bool:
        """Tell whether any rule is active or any run goes on: whether a message may have a bot to read it."""
        ...

    async def forgotten(self, before: datetime, limit: int) -> Sequence[ConversationId]:
        """Return conversations with a message that no bot has read since then."""
        ...

    async def seats(self, ids: Collection[ConversationId]) -> Sequence[Seat]:
        """Read and lock conversations for the turns of their bots, and take their unread messages, in one go.

        The messages count as read after the commit. Conversations that are gone are missing; those another worker has
        locked are waited for.
        """
        ...

    async def run_of(self, conversation_id: ConversationId) -> BotRun | None:
        """Return the newest run of a conversation, over or not."""
        ...

    async def say(
        self, spoken: Sequence[Spoken], conversations: Mapping[ConversationId, tuple[Conversation, Conversation]]
    ) -> frozenset[ConversationId]:
        """Store bots' messages and queue them, many at once; returns the conversations in which a bot's turn is over.

        Of those nothing is stored. `conversations` gives each as it was read (and is locked) and as it is now.
        """
        ...

    async def save_runs(self, runs: Sequence[BotRun]) -> None: ...
    async def owners(self, points: Collection[ContactPointId]) -> Mapping[ContactPointId, tuple[ContactPoint, Contact]]:
        """Return addresses with the contacts they are shown as."""
        ...

    async def conversations(self, ids: Collection[ConversationId]) -> Mapping[ConversationId, Conversation]:
        """Return conversations, locked in one order. Those another worker has locked are waited for."""
        ...

    async def published(self) -> Mapping[FlowId, tuple[str, int]]:
        """Return the names and versions of the flows that are at work."""
        ...

    async def human_wrote(self, conversation_id: ConversationId) -> bool:
        """Tell whether one of ours ever wrote in a conversation."""
        ...

    async def known_before(self, conversation_id: ConversationId) -> bool:
        """Tell whether the counterpart had a conversation with us before this one."""
        ...

    async def last_said(self, conversation_id: ConversationId) -> InteractionId | None:
        """Return the customer's newest message."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The conversation a question comes from; nothing outside its own contact may be used for the answer."""

    conversation_id: ConversationId | None
    """None in the test panel: nothing is counted or logged against a customer."""
    contact_id: ContactId | None
    channel_id: ChannelId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeAnswer:
    """The article that fits."""

    article_id: str
    text: str
    """The answer in the language asked for, as the customer shall read it."""
    source: str = ""
    """The article's link, if it has one."""
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAnswer:
    """What a model wrote. `refused` where the knowledge base does not carry an answer; then there is no text."""

    text: str = ""
    sources: tuple[str, ...] = ()
    refused: bool = False


class Knowledge(Protocol):
    """Answers from the knowledge base (effect `AskKnowledge`). Called outside any transaction."""

    async def answer(self, ask: AskKnowledge, talk: Talk) -> KnowledgeAnswer | None:
        """Return the best article above the threshold, None if there is none. Raises HubError, in words."""
        ...

    async def helped(self, article_id: str, *, yes: bool) -> None:
        """Count the customer's verdict on an article."""
        ...


class Model(Protocol):
    """Answers with a language model (effect `AskModel`). Called outside any transaction, bounded in time."""

    async def answer(self, ask: AskModel, talk: Talk) -> ModelAnswer:
        """Return the answer or a refusal. Raises HubError, in words: switched off, over its limits, unreachable."""
        ...


class GuessLanguage(Protocol):
    """Says in which of a flow's languages a text is."""

    def __call__(self, text: str, among: tuple[str, ...]) -> str:
        """Return one of `among` (two letters each), or an empty text where it is unsure. Pure and quick (< 1 ms)."""
        ...

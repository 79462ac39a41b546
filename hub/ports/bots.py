"""What bots need of other rooms: their own tables, and who answers from the knowledge base or with a model."""

from dataclasses import dataclass
from typing import Protocol

from hub.domain.botflow.effects import AskKnowledge, AskModel
from hub.domain.ids import ChannelId, ContactId, ConversationId


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

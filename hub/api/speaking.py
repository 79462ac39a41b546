"""/conversations/{id}/speaker: who speaks there, a bot or a human; taken over and given back by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hub.api._framework.routing import Routes
from hub.api.bot_hands import BotHands
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Input
from hub.domain.botflow.records import BotRun, FlowId, RunId
from hub.domain.botflow.speaking import Speaker
from hub.domain.ids import ConversationId, UserId
from hub.domain.user import Action
from hub.services.bots import speaking

routes = Routes("bots")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """What a customer answered."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """The newest run of a flow in a conversation."""

    id: RunId
    flow_id: FlowId
    version: int
    step: str
    """Where it stands, or stood."""
    answers: tuple[AnswerView, ...]
    values: Mapping[str, str]
    language: str
    begun_at: datetime
    ended_at: datetime | None
    end: str
    """`handed_over`, `closed`, `taken`; empty while it goes on."""
    reason: str | None
    """Why it was handed over."""
    words: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerView:
    """Who speaks. A human's message from anywhere makes it `human` at once."""

    speaker: Speaker
    bot: str
    """`flow:<id>` or `outside:<id>`; empty unless a bot speaks."""
    since: datetime | None
    by: UserId | None
    """Who took it or gave it, where a person did."""
    run: RunView | None


class GiveBack(Input):
    """Give the word to a bot."""

    flow_id: FlowId | None = None
    """Which flow begins; left out: the last one goes on where it was stopped."""


@routes.get("/conversations/{conversation_id}/speaker", Action.conversations_read)
async def get_speaker(deps: ApiDeps, conversation_id: ConversationId) -> SpeakerView:
    """Say who speaks, and what a bot has learned."""
    async with deps.storage.read() as uow:
        return _view(await speaking.state(uow, conversation_id))


@routes.post("/conversations/{conversation_id}/take-over", Action.conversations_write)
async def take_over(deps: ApiDeps, caller: Caller, conversation_id: ConversationId) -> SpeakerView:
    """Stop the bot at once: it says nothing more, not even what it has queued."""
    async with deps.storage.begin() as uow:
        return _view(await speaking.take_over(uow, conversation_id, by=caller.user_id, now=deps.now()))


@routes.post("/conversations/{conversation_id}/give-back", Action.conversations_write)
async def give_back(hands: BotHands, caller: Caller, conversation_id: ConversationId, body: GiveBack) -> SpeakerView:
    """Give the word to a bot: a flow begins, or the last one goes on."""
    from hub.services.bots.giving_back import give_back as give  # not at the top: every start would wait for it

    return _view(await give(hands.means, conversation_id, flow_id=body.flow_id, by=caller.user_id))


def _view(found: speaking.Speaking) -> SpeakerView:
    lock = found.lock
    return SpeakerView(
        speaker=lock.speaker,
        bot=lock.bot,
        since=lock.since,
        by=lock.by,
        run=_run(found.run) if found.run is not None else None,
    )


def _run(run: BotRun) -> RunView:
    position = run.position
    return RunView(
        id=run.id,
        flow_id=run.flow_id,
        version=run.version,
        step=position.step,
        answers=tuple(AnswerView(question=one.question, answer=one.answer) for one in position.given),
        values=position.variables,
        language=position.language,
        begun_at=run.begun_at,
        ended_at=run.ended_at,
        end=run.end,
        reason=run.reason.value if run.reason is not None else None,
        words=run.words,
        due_at=position.due_at if run.ended_at is None else None,
    )

"""Hands a conversation over to humans: the lock, the route, and a note with all the bot learned."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from hub.domain.botflow.effects import HandOver, Reason
from hub.domain.botflow.position import Position
from hub.domain.botflow.records import BotRun
from hub.domain.botflow.speaking import Speaker
from hub.domain.contact import Contact
from hub.domain.conversation import Conversation, ConversationState
from hub.domain.errors import Invalid, NotFound
from hub.domain.ids import InteractionId, TeamId, UserId
from hub.domain.interaction import AuthorKind, Direction, Interaction, InteractionKind
from hub.ports import UnitOfWork
from hub.services import conversations, noting
from hub.services.conversations import Edit
from hub.services.ids import new_id

WHY = {
    Reason.flow: "as the flow says",
    Reason.asked: "the customer asked for a human",
    Reason.not_understood: "the customer's answers did not fit what was asked",
    Reason.fault: "the flow does not work",
    Reason.loop: "the flow went round without asking anything",
    Reason.silent: "the customer did not answer",
    Reason.outage: "the bot did not answer in time",
}
NOTE_LIMIT = 8_000


class Lost(StrEnum):
    """Whom a flow meant who is not there any more."""

    team = "team"
    person = "person"


GONE = {
    Lost.team: "The team it was meant for does not exist any more.",
    Lost.person: "The person it was meant for is not here any more.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a hand-over's note says beside what the bot learned."""

    hand: HandOver
    bot: str
    """Its name; empty where nobody knows."""
    lost: tuple[Lost, ...]
    source: str


async def hand_over(
    uow: UnitOfWork,
    conversation: Conversation,
    hand: HandOver,
    *,
    run: BotRun | None,
    flow_name: str,
    contact: Contact | None,
    now: datetime,
) -> Conversation:
    """Open a conversation for humans. A team or a person who is gone is left out, and the note says so."""
    await uow.speakers.give(conversation.id, Speaker.human, by=None, at=now, leaves=True)
    conversation, lost = await _route(uow, conversation, hand, now)
    data: dict[str, object] = {
        "event": "handed_over",
        "bot": flow_name,
        "reason": hand.reason.value,
        "run": str(run.id) if run is not None else None,
    }
    conversation = await conversations.record(uow, conversation, data, by=None, now=now)
    facts = Facts(hand=hand, bot=flow_name, lost=tuple(lost), source=contact.source if contact is not None else "")
    await note(uow, conversation, _note(facts, run, conversation, now), run, now, facts=facts)
    uow.note(noting.conversation_changed(conversation.id))
    return conversation


async def _route(
    uow: UnitOfWork, before: Conversation, hand: HandOver, now: datetime
) -> tuple[Conversation, list[Lost]]:
    lost: list[Lost] = []
    after = before
    if before.state is not ConversationState.open:
        after = await conversations.change(uow, before.id, Edit(state=ConversationState.open), by=None, now=now)
    wanted: list[tuple[Edit, Lost]] = []
    if hand.team_id is not None:
        wanted.append((Edit(team_id=TeamId(hand.team_id)), Lost.team))
    if hand.user_id is not None:
        wanted.append((Edit(assignee_id=UserId(hand.user_id)), Lost.person))
    for edit, whom in wanted:
        try:
            after = await conversations.change(uow, before.id, edit, by=None, now=now)
        except (Invalid, NotFound):
            lost.append(whom)
    return after, lost


async def note(
    uow: UnitOfWork,
    conversation: Conversation,
    text: str,
    run: BotRun | None,
    now: datetime,
    *,
    facts: Facts | None = None,
) -> Interaction:
    """Store a bot's note for colleagues; what it says stands in `data` too, for screens in other languages."""
    given = run.position.given if run is not None else ()
    entry = Interaction(
        id=InteractionId(new_id()),
        conversation_id=conversation.id,
        channel_id=conversation.channel_id,
        contact_point_id=conversation.contact_point_id,
        direction=Direction.internal,
        author_kind=AuthorKind.bot,
        kind=InteractionKind.note,
        occurred_at=now,
        received_at=now,
        text=text[:NOTE_LIMIT],
        data={
            "bot_summary": {
                "answers": [{"question": one.question, "answer": one.answer} for one in given],
                "language": run.position.language if run is not None else "",
                "remarks": list(run.position.remarks) if run is not None else [],
                **(_told(facts, conversation, now) if facts is not None else {}),
            }
        },
        demo=conversation.demo,
    )
    await uow.timeline.add(entry)
    uow.note(noting.entry_added(entry))
    return entry


def _told(facts: Facts, conversation: Conversation, now: datetime) -> dict[str, object]:
    waiting = _waiting(conversation, now)
    return {
        "bot": facts.bot,
        "reason": facts.hand.reason.value,
        "words": facts.hand.words,
        "lost": [one.value for one in facts.lost],
        "source": facts.source,
        "waiting": waiting,
    }


def _note(facts: Facts, run: BotRun | None, conversation: Conversation, now: datetime) -> str:
    who = f"The bot “{facts.bot}”" if facts.bot else "The bot"
    lines = [f"{who} handed over: {WHY[facts.hand.reason]}."]
    lines += [facts.hand.words] if facts.hand.words else []
    lines += [GONE[one] for one in facts.lost]
    if run is not None:
        lines += summary(run.position)
    language = run.position.language if run is not None else ""
    seconds = _waiting(conversation, now)
    more = {"Language": language, "Source": facts.source, "Waiting": "" if seconds is None else _span(seconds)}
    lines += [f"{name}: {value}" for name, value in more.items() if value]
    return "\n".join(lines)


def summary(position: Position) -> list[str]:
    """Return what a bot learned, a line for each answer, and what else the customer said."""
    lines = [f"• {one.question.splitlines()[0] if one.question else one.step} {one.answer}" for one in position.given]
    if position.remarks:
        lines.append("The customer also said: " + " / ".join(position.remarks[-5:]))
    return lines


def _waiting(conversation: Conversation, now: datetime) -> int | None:
    """Return for how many seconds the customer has waited; None if they do not."""
    wait = conversation.clock.open
    return None if wait is None else max(0, int((now - wait.started_at).total_seconds()))


def _span(seconds: int) -> str:
    return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"


def ended(run: BotRun, hand: HandOver, now: datetime) -> BotRun:
    """Return a run that ended with a human."""
    return replace(run, ended_at=now, end="handed_over", reason=hand.reason, words=hand.words)

"""What rules and macros do to a conversation: one vocabulary, as data, and which of it would change anything. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, assert_never
from uuid import UUID

from hub.domain.botflow.records import FlowId
from hub.domain.botflow.speaking import Speaker
from hub.domain.conversation import Conversation, ConversationState, Priority
from hub.domain.ids import TeamId, UserId
from hub.domain.saved_replies import SavedReplyId

ACTIONS_LIMIT = 20
"""Of one rule or macro."""
TEXT_LIMIT = 10_000
TAGS_LIMIT = 20
PEOPLE_LIMIT = 50
MOST_MINUTES = 366 * 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Give the conversation to a person, or to nobody."""

    do: Literal["assign"] = "assign"
    user_id: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignTeam:
    """Put the conversation to a team, or to none."""

    do: Literal["assign_team"] = "assign_team"
    team_id: TeamId | None
    queue: bool = False
    """Take it from whoever has it, so that the team's routing gives it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """Add and remove tags; case does not tell two apart."""

    do: Literal["tag"] = "tag"
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPriority:
    """Say how urgent it is."""

    do: Literal["set_priority"] = "set_priority"
    priority: Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class SetState:
    """Open, set aside, snooze or resolve it."""

    do: Literal["set_state"] = "set_state"
    state: ConversationState
    minutes: int | None = None
    """Only with `snoozed`: until so many minutes from now; None: until the customer writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote:
    """Write a note for colleagues."""

    do: Literal["note"] = "note"
    text: str
    """With variables as saved replies have them: `{{ contact.name }}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReply:
    """Answer the customer with a text."""

    do: Literal["reply"] = "reply"
    texts: Mapping[str, str] = field(default_factory=dict)
    """Language of two letters → text with variables; the first is for all other languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendSavedReply:
    """Answer the customer with a saved reply, in their language where it has it."""

    do: Literal["saved_reply"] = "saved_reply"
    saved_reply_id: SavedReplyId


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Tell people: a line in the conversation, a sound and a notification on their screens."""

    do: Literal["notify"] = "notify"
    user_ids: tuple[UserId, ...] = ()
    team_ids: tuple[TeamId, ...] = ()
    """Everybody of these teams."""
    assignee: bool = False
    """Whoever has the conversation."""
    text: str = ""
    """What they are told, with variables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartBot:
    """Give the conversation to a bot, which begins a flow."""

    do: Literal["start_bot"] = "start_bot"
    flow_id: FlowId


@dataclass(frozen=True, slots=True, kw_only=True)
class StopBot:
    """Take the conversation from its bot: humans answer from now on."""

    do: Literal["stop_bot"] = "stop_bot"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHook:
    """Tell one outgoing webhook, signed and repeated as all are."""

    do: Literal["call_hook"] = "call_hook"
    hook_id: UUID


AnyAction = (
    Assign
    | AssignTeam
    | Tag
    | SetPriority
    | SetState
    | WriteNote
    | SendReply
    | SendSavedReply
    | Notify
    | StartBot
    | StopBot
    | CallHook
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What actions change, as it stands: of a conversation, or of one that is only thought of in a dry run."""

    state: ConversationState
    snoozed_until: datetime | None = None
    assignee_id: UserId | None = None
    team_id: TeamId | None = None
    priority: Priority = Priority.normal
    tags: tuple[str, ...] = ()
    speaker: Speaker = Speaker.nobody


def work_of(conversation: Conversation, speaker: Speaker = Speaker.nobody) -> Work:
    """Return how the work on a conversation stands."""
    return Work(
        state=conversation.state,
        snoozed_until=conversation.snoozed_until,
        assignee_id=conversation.assignee_id,
        team_id=conversation.team_id,
        priority=conversation.priority,
        tags=conversation.tags,
        speaker=speaker,
    )


def after_action(work: Work, action: AnyAction, now: datetime) -> Work:
    """Return how the work stands after an action; texts and messages change nothing of it."""
    match action:
        case Assign():
            return replace(work, assignee_id=action.user_id)
        case AssignTeam():
            return replace(work, team_id=action.team_id, assignee_id=None if action.queue else work.assignee_id)
        case Tag():
            return replace(work, tags=tags_after(work.tags, action))
        case SetPriority():
            return replace(work, priority=action.priority)
        case SetState():
            return replace(work, state=action.state, snoozed_until=wakes_at(action, now))
        case StartBot():
            return replace(work, speaker=Speaker.bot)
        case StopBot():
            return replace(work, speaker=Speaker.human if work.speaker is Speaker.bot else work.speaker)
        case SendReply() | SendSavedReply() | WriteNote() | Notify() | CallHook():
            return work
        case _:
            assert_never(action)


def acts(work: Work, action: AnyAction, now: datetime) -> bool:
    """Tell whether an action does anything: setting what is set already does not."""
    if isinstance(action, WriteNote | SendReply | SendSavedReply | Notify | CallHook):
        return True
    if isinstance(action, StartBot):
        return work.speaker is not Speaker.bot
    return after_action(work, action, now) != work


def tags_after(tags: Iterable[str], action: Tag) -> tuple[str, ...]:
    """Return a conversation's tags after an action, in their order, new ones last; one both added and removed stays."""
    gone = {tag.casefold() for tag in action.remove} - {tag.casefold() for tag in action.add}
    kept = {tag.casefold(): tag for tag in tags if tag.casefold() not in gone}
    for tag in action.add:
        kept.setdefault(tag.casefold(), tag)
    return tuple(kept.values())


def wakes_at(action: SetState, now: datetime) -> datetime | None:
    """Return until when a conversation is snoozed; None: until the customer writes, or not at all."""
    if action.state is not ConversationState.snoozed or action.minutes is None:
        return None
    return now + timedelta(minutes=action.minutes)


def speaks(actions: Iterable[AnyAction]) -> bool:
    """Tell whether the customer gets a message by any of these."""
    return any(isinstance(one, SendReply | SendSavedReply | StartBot) for one in actions)


def faults(actions: Sequence[AnyAction]) -> Sequence[str]:
    """Say, in words, what is wrong with a list of actions by itself; whom and what they name is not looked up here."""
    found = []
    if not actions:
        found.append("Say what is to be done: there is no action yet.")
    if len(actions) > ACTIONS_LIMIT:
        found.append(f"There are at most {ACTIONS_LIMIT} actions.")
    return [*found, *(f"Action {place}: {words}" for place, one in enumerate(actions, 1) if (words := _fault(one)))]


def _fault(action: AnyAction) -> str:
    match action:
        case Tag() if not any(tag.strip() for tag in (*action.add, *action.remove)):
            return "name a tag to add or to remove."
        case Tag() if len(action.add) + len(action.remove) > TAGS_LIMIT:
            return f"at most {TAGS_LIMIT} tags."
        case SetState() if action.minutes is not None and action.state is not ConversationState.snoozed:
            return "only a snoozed conversation has a time to wake up."
        case SetState() if action.minutes is not None and not 1 <= action.minutes <= MOST_MINUTES:
            return "snooze for one minute to one year."
        case WriteNote() if not action.text.strip():
            return "the note is empty."
        case SendReply() if not action.texts or not all(text.strip() for text in action.texts.values()):
            return "write the answer, in at least one language."
        case Notify() if not (action.user_ids or action.team_ids or action.assignee):
            return "say who is to be told."
        case Notify() if len(action.user_ids) + len(action.team_ids) > PEOPLE_LIMIT:
            return f"at most {PEOPLE_LIMIT} people and teams."
        case WriteNote() | Notify() if len(action.text) > TEXT_LIMIT:
            return f"the text has at most {TEXT_LIMIT} characters."
        case SendReply() if any(len(text) > TEXT_LIMIT for text in action.texts.values()):
            return f"the text has at most {TEXT_LIMIT} characters."
        case _:
            return ""

"""Who works here and what each role may do: the one table of permissions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.domain.ids import TeamId, UserId


class Role(StrEnum):
    """What a person is in the hub."""

    agent = "agent"
    manager = "manager"
    admin = "admin"


class Action(StrEnum):
    """Everything that needs a right. Named object_verb; screens and API ask `may`, nothing else."""

    conversations_read = "conversations_read"
    conversations_write = "conversations_write"
    contacts_read = "contacts_read"
    contacts_write = "contacts_write"
    contacts_merge = "contacts_merge"
    contacts_delete = "contacts_delete"
    channels_read = "channels_read"
    """Our channels, and of each whether it works and since when: whoever answers customers has to know."""
    connections_read = "connections_read"
    """Why a channel does not work and what to do about it, often in the provider's words about the account."""
    channels_write = "channels_write"
    ledger_read = "ledger_read"
    ledger_replay = "ledger_replay"
    raw_read = "raw_read"
    users_read = "users_read"
    users_write = "users_write"
    teams_write = "teams_write"
    tokens_write = "tokens_write"
    hooks_write = "hooks_write"
    waits_read = "waits_read"
    calls_read = "calls_read"
    calls_write = "calls_write"
    """Phone: place and change calls of one's own, choose one's presence, take debts."""
    calls_supervise = "calls_supervise"
    """Listen in, change other people's calls, set skills, see everybody's figures."""
    lines_write = "lines_write"
    dialling_write = "dialling_write"
    """Say which numbers may be dialled."""
    hours_write = "hours_write"
    targets_write = "targets_write"
    reports_read = "reports_read"
    """Everybody's figures; one's own need `waits_read`."""
    reports_write = "reports_write"
    """Reports for everybody, and those sent by mail."""
    wallboard_read = "wallboard_read"
    system_read = "system_read"
    bots_read = "bots_read"
    bots_write = "bots_write"
    """Draw flows, publish them, say what wakes them."""
    knowledge_read = "knowledge_read"
    knowledge_write = "knowledge_write"
    assistant_use = "assistant_use"
    assistant_read = "assistant_read"
    """Its log: what was sent to the model and what came back."""
    assistant_write = "assistant_write"
    outside_bots_write = "outside_bots_write"
    rules_read = "rules_read"
    rules_write = "rules_write"
    """Say what is done by itself when something happens."""
    bots_speak = "bots_speak"
    """For the token of a bot outside: to speak where it has the floor."""
    surveys_write = "surveys_write"
    """Say whom to ask how it was, and in which words."""
    macros_write = "macros_write"
    """Macros for everybody; one's own need `conversations_write`."""
    recordings_play = "recordings_play"
    """Of one's own calls, as far as the line's rules let agents hear."""
    recordings_play_all = "recordings_play_all"
    recordings_download = "recordings_download"
    recordings_log = "recordings_log"
    """See who played what, the rules, and the proofs of deletions."""
    recordings_manage = "recordings_manage"
    """Change the rules, set legal holds, delete."""
    transcripts_write = "transcripts_write"
    reviews_read = "reviews_read"
    """Of one's own calls; those who write reviews read all."""
    reviews_reply = "reviews_reply"
    """Answer reviews of one's own calls, and comments one may see."""
    reviews_write = "reviews_write"
    scorecards_write = "scorecards_write"


_AGENT = frozenset(
    {
        Action.conversations_read,
        Action.conversations_write,
        Action.contacts_read,
        Action.contacts_write,
        Action.contacts_merge,
        Action.channels_read,
        Action.users_read,
        Action.waits_read,
        Action.calls_read,
        Action.calls_write,
        Action.wallboard_read,
        Action.bots_read,
        Action.rules_read,
        Action.knowledge_read,
        Action.assistant_use,
        Action.recordings_play,
        Action.reviews_read,
        Action.reviews_reply,
    }
)
_MANAGER = _AGENT | {
    Action.connections_read,
    Action.recordings_play_all,
    Action.recordings_download,
    Action.recordings_log,
    Action.transcripts_write,
    Action.reviews_write,
    Action.scorecards_write,
    Action.contacts_delete,
    Action.ledger_read,
    Action.ledger_replay,
    Action.raw_read,
    Action.teams_write,
    Action.calls_supervise,
    Action.lines_write,
    Action.reports_read,
    Action.reports_write,
    Action.hours_write,
    Action.targets_write,
    Action.bots_write,
    Action.rules_write,
    Action.knowledge_write,
    Action.surveys_write,
    Action.macros_write,
    Action.assistant_read,
}

GRANTS: dict[Role, frozenset[Action]] = {
    Role.agent: _AGENT,
    Role.manager: _MANAGER,
    Role.admin: frozenset(Action),
}


def may(role: Role, action: Action) -> bool:
    """Tell whether a role may do an action."""
    return action in GRANTS[role]


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who works here."""

    id: UserId
    email: str
    name: str
    role: Role
    language: str = "en"
    active: bool = True
    must_change_password: bool = False
    team_ids: tuple[TeamId, ...] = ()
    created_at: datetime
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """People who share a queue."""

    id: TeamId
    name: str

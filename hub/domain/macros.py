"""Macros: what agents do again and again, as one step with a name. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from hub.domain.actions import AnyAction, CallHook, Work, acts, after_action
from hub.domain.ids import TeamId, UserId
from hub.domain.user import Action

MacroId = NewType("MacroId", UUID)

NAME_LIMIT = 100
MACROS_LIMIT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """A list of actions an agent carries out with one step."""

    id: MacroId
    name: str
    owner_id: UserId | None = None
    """Whose own it is; None: everybody's."""
    team_ids: tuple[TeamId, ...] = ()
    """Of a shared one: the teams whose conversations it fits. None: all."""
    actions: tuple[AnyAction, ...]
    used: int = 0
    last_used_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    updated_by: UserId | None = None

    def seen_by(self, user_id: UserId | None) -> bool:
        """Tell whether somebody may see and run it."""
        return self.owner_id is None or self.owner_id == user_id

    def fits(self, teams: Collection[TeamId]) -> bool:
        """Tell whether it is for conversations of one of these teams."""
        return not self.team_ids or any(team in self.team_ids for team in teams)


def needs(action: AnyAction) -> Action:
    """Return the right without which an agent does not do an action, by a macro neither."""
    return Action.hooks_write if isinstance(action, CallHook) else Action.conversations_write


def in_order(macros: Iterable[Macro], user_id: UserId | None) -> Sequence[Macro]:
    """Return macros as an agent is shown them: own ones first, then the most used, then by name."""
    return sorted(macros, key=lambda one: (one.owner_id != user_id, -one.used, one.name.casefold(), str(one.id)))


def idle_steps(work: Work, actions: Sequence[AnyAction], now: datetime) -> Sequence[bool]:
    """Tell of each action whether it would change nothing once those before it are done."""
    found = []
    for action in actions:
        found.append(not acts(work, action, now))
        work = after_action(work, action, now)
    return found


UNDOABLE = ("state", "assignee_id", "team_id", "priority", "tags")


def to_restore(before: Work, after: Work, now: Work) -> frozenset[str]:
    """Return what of a conversation goes back: what the macro changed and nobody has changed since."""
    return frozenset(
        name
        for name in UNDOABLE
        if getattr(before, name) != getattr(after, name) and getattr(now, name) == getattr(after, name)
    )

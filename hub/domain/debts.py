"""What we owe a person: call waits (docs/metrics.md 14) and the one debt of the missed-contact board. Pure folds.

Both go over everything that passed between us and one person on all channels, in order of time. A call wait opens with
a missed call and is the record of callback time and attempts. A debt opens with anything that went wrong (missed call,
voicemail, unanswered chat, bounced mail, failed send) and gathers what follows; any successful contact on any channel
closes both.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from hub.domain.ids import ChannelId, ContactId, ConversationId, InteractionId, LineId, TargetId, TeamId, UserId

DebtId = NewType("DebtId", UUID)


class What(StrEnum):
    """What one thing between us and a person means here."""

    missed_call = "missed_call"
    abandoned = "abandoned"
    """A caller who left the queue: a missed call that shows as such on the board."""
    voicemail = "voicemail"
    wants_callback = "wants_callback"
    unanswered_chat = "unanswered_chat"
    bounced_mail = "bounced_mail"
    failed_send = "failed_send"
    # what does not open
    attempt = "attempt"
    """We called and did not reach them: no answer, busy, a machine, or shorter than 10 s."""
    reached_by_call = "reached_by_call"
    """We called and a person was connected for 10 s; `at` is when they were connected."""
    reached_by_message = "reached_by_message"
    """An agent's public message the provider accepted."""
    called_back = "called_back"
    """They called again and were answered."""
    dismissed = "dismissed"
    """Somebody decided that nothing is owed. Settles the debt, and no call wait: nobody came back to them."""


CALL_CAUSES = frozenset({What.missed_call, What.abandoned, What.voicemail, What.wants_callback})
CAUSES = CALL_CAUSES | {What.unanswered_chat, What.bounced_mail, What.failed_send}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing between us and a person."""

    what: What
    at: datetime
    item: InteractionId
    channel_id: ChannelId
    conversation_id: ConversationId
    line_id: LineId | None = None
    team_id: TeamId | None = None
    by: UserId | None = None
    due: timedelta | None = None
    """With a cause: within which time somebody should answer; None: the board's default."""

    @property
    def order(self) -> tuple[datetime, UUID]:
        """Sort key: time, then id."""
        return (self.at, self.item)


class CallWaitEnd(StrEnum):
    """How a call wait ended."""

    callback = "callback"
    """We called and reached them."""
    message = "message"
    """An agent wrote to them."""
    customer_called_back = "customer_called_back"
    """They called again and were answered: not our reply, and no callback time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWait:
    """One span in which a caller waited for us to come back to them. Its id is that of the entry that opened it."""

    id: InteractionId
    contact_id: ContactId
    channel_id: ChannelId
    line_id: LineId | None = None
    team_id: TeamId | None = None
    started_at: datetime
    ended_at: datetime | None = None
    ended_by: CallWaitEnd | None = None
    via_other_channel: bool = False
    attempts: int = 0
    """Calls we made to come back, the one that reached them included."""
    answered_by: UserId | None = None
    ended_item: InteractionId | None = None
    target_id: TargetId | None = None
    due_at: datetime | None = None
    """Until when its target wants somebody to have come back to them."""

    @property
    def callback_time(self) -> timedelta | None:
        """How long it took us to come back; None while open, and if they came back themselves."""
        if self.ended_at is None or self.ended_by is CallWaitEnd.customer_called_back:
            return None
        return self.ended_at - self.started_at


def call_waits_of(contact_id: ContactId, things: Iterable[Happened]) -> Sequence[CallWait]:
    """Return a person's call waits, whatever order things are told in and however often."""
    done: list[CallWait] = []
    wait: CallWait | None = None
    for thing in in_order(things):
        if wait is None:
            if thing.what in CALL_CAUSES:
                wait = CallWait(
                    id=thing.item,
                    contact_id=contact_id,
                    channel_id=thing.channel_id,
                    line_id=thing.line_id,
                    team_id=thing.team_id,
                    started_at=thing.at,
                )
            continue
        tried = wait.attempts + (thing.what in (What.attempt, What.reached_by_call))
        wait = replace(wait, attempts=tried)
        end = _CALL_ENDS.get(thing.what)
        if end is not None:
            done.append(
                replace(
                    wait,
                    ended_at=thing.at,
                    ended_by=end,
                    via_other_channel=thing.channel_id != wait.channel_id,
                    answered_by=thing.by,
                    ended_item=thing.item,
                )
            )
            wait = None
    return [*done, wait] if wait is not None else done


_CALL_ENDS = {
    What.reached_by_call: CallWaitEnd.callback,
    What.reached_by_message: CallWaitEnd.message,
    What.called_back: CallWaitEnd.customer_called_back,
}


class DebtEnd(StrEnum):
    """How a debt was settled."""

    call = "call"
    message = "message"
    customer_called_back = "customer_called_back"
    dismissed = "dismissed"
    """Somebody decided that nothing is owed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One thing that is owed for."""

    what: What
    at: datetime
    item: InteractionId
    channel_id: ChannelId
    conversation_id: ConversationId


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """All that one person waits for in vain, as one entry of the board."""

    id: DebtId
    """That of the entry that opened it."""
    contact_id: ContactId
    opened_at: datetime
    due_at: datetime
    last_at: datetime
    """When the newest cause came."""
    causes: tuple[Cause, ...]
    attempts: int = 0
    closed_at: datetime | None = None
    closed_by: DebtEnd | None = None
    closing_item: InteractionId | None = None
    closed_user: UserId | None = None
    assignee_id: UserId | None = None
    team_id: TeamId | None = None


DUE = timedelta(hours=4)
"""Within which a debt is due where nothing else is said."""
CAUSES_KEPT = 50
"""Causes shown of one debt; somebody who calls five hundred times is owed one answer."""

_DEBT_ENDS = {
    What.reached_by_call: DebtEnd.call,
    What.reached_by_message: DebtEnd.message,
    What.called_back: DebtEnd.customer_called_back,
    What.dismissed: DebtEnd.dismissed,
}


def due_by_clock(cause: Happened) -> datetime:
    """Return when a cause is due where no calendar is asked."""
    return cause.at + (cause.due or DUE)


def debts_of(
    contact_id: ContactId, things: Iterable[Happened], *, due: Callable[[Happened], datetime] = due_by_clock
) -> Sequence[Debt]:
    """Return a person's debts, whatever order things are told in and however often. At most the last is open.

    `due` says when a cause is due: in business time, where there are calendars.
    """
    done: list[Debt] = []
    debt: Debt | None = None
    for thing in in_order(things):
        if thing.what in CAUSES:
            debt = _owed(debt, contact_id, thing, due)
        elif debt is not None:
            debt = replace(debt, attempts=debt.attempts + (thing.what in (What.attempt, What.reached_by_call)))
            end = _DEBT_ENDS.get(thing.what)
            if end is not None:
                done.append(
                    replace(debt, closed_at=thing.at, closed_by=end, closing_item=thing.item, closed_user=thing.by)
                )
                debt = None
    return [*done, debt] if debt is not None else done


def _owed(debt: Debt | None, contact_id: ContactId, thing: Happened, due: Callable[[Happened], datetime]) -> Debt:
    cause = Cause(
        what=thing.what,
        at=thing.at,
        item=thing.item,
        channel_id=thing.channel_id,
        conversation_id=thing.conversation_id,
    )
    due_at = due(thing)
    if debt is None:
        return Debt(
            id=DebtId(thing.item),
            contact_id=contact_id,
            opened_at=thing.at,
            due_at=due_at,
            last_at=thing.at,
            causes=(cause,),
            team_id=thing.team_id,
        )
    return replace(debt, due_at=min(debt.due_at, due_at), last_at=thing.at, causes=(*debt.causes, cause)[-CAUSES_KEPT:])


def in_order(things: Iterable[Happened]) -> Sequence[Happened]:
    """Return things in order of time, each once."""
    once = {(thing.item, thing.what): thing for thing in sorted(things, key=lambda t: t.order)}
    return sorted(once.values(), key=lambda thing: (*thing.order, thing.what))

"""What notices mean to rules: entries of conversations, targets and debts become events with a key of their own."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from hub.domain.changes import ChangeKind, Notice
from hub.domain.ids import ContactId, ConversationId, InteractionId
from hub.domain.interaction import AuthorKind, Direction, InteractionKind
from hub.domain.rules.matching import Event
from hub.domain.rules.records import On, WorkRuleId
from hub.domain.views import InteractionView
from hub.ports import Storage
from hub.ports.rules import Debt

CONVERSATIONS_OF_ONE = 20
"""Open conversations of a contact that a change of theirs concerns."""
_STATES: Mapping[str, On | None] = {
    "resolved": On.resolved,
    "spam": On.resolved,
    "reopened": On.reopened,
    "opened": None,
    "woken": None,
    "pending": None,
    "snoozed": None,
}
_OTHERS: Mapping[str, On] = {
    "assigned": On.assigned,
    "team_assigned": On.team_changed,
    "tagged": On.tagged,
    "priority": On.priority_changed,
}
TARGETS: Mapping[ChangeKind, On] = {
    ChangeKind.target_at_risk: On.target_at_risk,
    ChangeKind.target_breached: On.target_breached,
}
HEARD = frozenset(
    {
        ChangeKind.interaction_added,
        ChangeKind.conversation_added,
        ChangeKind.contact_changed,
        ChangeKind.debt_changed,
        *TARGETS,
    }
)
"""What rules hear of."""


async def events_of(storage: Storage, notices: Sequence[Notice], wanted: Iterable[On]) -> Sequence[Event]:
    """Return what happened, in order, as far as somebody looks at it. What is gone meanwhile is left out."""
    looked = set(wanted)
    ids = [InteractionId(n.change.subject_id) for n in notices if n.change.kind is ChangeKind.interaction_added]
    entries = {entry.id: entry for entry in await storage.queries.interactions(ids)} if ids else {}
    found: list[Event] = []
    for notice in notices:
        found += await _of(storage, notice, entries, looked)
    return [event for event in found if event.on in looked]


async def _of(
    storage: Storage, notice: Notice, entries: Mapping[InteractionId, InteractionView], wanted: set[On]
) -> Sequence[Event]:
    change = notice.change
    if change.kind is ChangeKind.interaction_added:
        entry = entries.get(InteractionId(change.subject_id))
        return () if entry is None else of_entry(entry)
    if change.kind is ChangeKind.conversation_added:
        begun = ConversationId(change.subject_id)
        return (Event(key=f"{On.opened}:{begun}", on=On.opened, conversation_id=begun, at=notice.at),)
    if change.kind in TARGETS and change.conversation_id is not None:
        on = TARGETS[change.kind]
        key = f"{on}:{change.subject_id}"
        return (Event(key=key, on=on, conversation_id=change.conversation_id, at=notice.at),)
    if change.kind is ChangeKind.debt_changed and On.missed_contact in wanted:
        return await _missed(storage, ContactId(change.subject_id))
    if change.kind is ChangeKind.contact_changed and On.contact_changed in wanted:
        return await _contact(storage, ContactId(change.subject_id), notice)
    return ()


def of_entry(entry: InteractionView) -> Sequence[Event]:
    """Return what an entry of a conversation means; machines' mail means nothing to rules."""
    if entry.kind is InteractionKind.message:
        return [_event(entry, on) for on in _of_message(entry)]
    if entry.kind is not InteractionKind.event:
        return ()
    name = str(entry.data.get("event"))
    if name in _STATES:
        closer = _STATES[name]
        return [_event(entry, on) for on in (On.state_changed, closer) if on is not None]
    if name == "tagged" and not entry.data.get("added"):
        return ()
    return [_event(entry, _OTHERS[name])] if name in _OTHERS else ()


def _of_message(entry: InteractionView) -> Sequence[On]:
    if entry.direction is Direction.inbound and entry.author_kind is AuthorKind.contact:
        return (On.reopened, On.state_changed, On.message_in) if entry.data.get("reopens") else (On.message_in,)
    if entry.direction is Direction.outbound and entry.author_kind is AuthorKind.agent:
        return (On.message_out,)
    return ()


def _event(entry: InteractionView, on: On) -> Event:
    return Event(
        key=f"{on}:{entry.id}",
        on=on,
        conversation_id=entry.conversation_id,
        at=entry.received_at,
        text=entry.text,
        subject=entry.subject,
        item=entry.id,
        chain=chain_of(entry.data),
    )


def chain_of(data: Mapping[str, object]) -> tuple[WorkRuleId, ...]:
    """Return the rules that led to an entry, as it says."""
    chain = data.get("rule_chain")
    return tuple(WorkRuleId(UUID(str(one))) for one in chain) if isinstance(chain, list | tuple) else ()


async def _missed(storage: Storage, contact_id: ContactId) -> Sequence[Event]:
    async with storage.read() as uow:
        debt = await uow.rules.debt_of(contact_id)
    return () if debt is None else (of_debt(debt),)


def of_debt(debt: Debt) -> Event:
    """Return that somebody came to the board of missed contacts."""
    return Event(
        key=f"{On.missed_contact}:{debt.item}",
        on=On.missed_contact,
        conversation_id=debt.conversation_id,
        at=debt.opened_at,
    )


async def _contact(storage: Storage, contact_id: ContactId, notice: Notice) -> Sequence[Event]:
    async with storage.read() as uow:
        found = await uow.rules.open_of(contact_id, CONVERSATIONS_OF_ONE)
        fields = await uow.rules.fields_changed(notice.seq) if found else ()
    return [
        Event(
            key=f"{On.contact_changed}:{notice.seq}:{key}",
            on=On.contact_changed,
            conversation_id=key,
            at=notice.at,
            fields=fields,
        )
        for key in found
    ]

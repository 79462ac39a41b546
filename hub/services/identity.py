"""Decides who is who: merge, split, "never merge these two", and the way back from each.

Nothing is rewritten by a decision. Which contact a contact is shown as, and whose a point is, follow from the
decisions that still hold: merges form a forest whose roots are shown; a point belongs to the contact that the
newest split which still holds gave it to. So decisions can be undone in any order, and undoing all of them
gives back what was there before the first.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from hub.domain.changes import Change, ChangeKind
from hub.domain.contact import Contact, ContactState, IdentityAction, IdentityChange
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import ContactId, ContactPointId, MergeId, UserId
from hub.ports import UnitOfWork
from hub.services import noting, waits
from hub.services.contacts import shown
from hub.services.ids import new_id
from hub.services.likeness import suggestions

__all__ = ["merge", "never_merge", "split", "suggestions", "undo"]

REASON_LIMIT = 1000


async def merge(
    uow: UnitOfWork,
    contact_id: ContactId,
    other_id: ContactId,
    *,
    reason: str = "",
    by: UserId | None,
    now: datetime,
) -> IdentityChange:
    """Show `other_id`, and all that is shown as it, as `contact_id` from now on.

    Raises NotFound; Conflict, in words, if they are one already or were marked as two people.
    """
    stays, goes = await shown(uow, contact_id), await shown(uow, other_id)
    if stays.id == goes.id:
        raise Conflict("The two are shown as one contact already.")
    kept, moved = await uow.contacts.cluster(stays.id), await uow.contacts.cluster(goes.id)
    barrier = await _barrier(uow, {c.id for c in kept}, {c.id for c in moved})
    if barrier is not None:
        raise Conflict(f"They were marked as two different people: {barrier.reason} Undo that first, if it is wrong.")
    decision = _decision(IdentityAction.merge, goes.id, stays.id, reason=reason or "Merged by hand", by=by, now=now)
    await uow.contacts.set_canonical([c.id for c in moved], stays.id)
    await uow.contacts.log(decision)
    if stays.state is not ContactState.kept:
        # Somebody looked at the contact and decided about it: it must not expire with all that was merged.
        await uow.contacts.update(replace(stays, state=ContactState.kept, expires_at=None))
    uow.note(
        Change(kind=ChangeKind.contact_merged, subject_id=stays.id),
        noting.contact_changed(goes.id),
    )
    await waits.rebuild_contact(uow, stays.id)
    return decision


async def split(
    uow: UnitOfWork,
    contact_id: ContactId,
    point_ids: Collection[ContactPointId],
    *,
    name: str = "",
    reason: str = "",
    by: UserId | None,
    now: datetime,
) -> tuple[IdentityChange, Contact]:
    """Move addresses of a contact, with their conversations, to a new contact. Returns the decision and the contact.

    Points that belong to several merged contacts give a logged decision each; undoing one undoes them together.
    Raises NotFound, Invalid.
    """
    source = await shown(uow, contact_id)
    points = await uow.contacts.points([c.id for c in await uow.contacts.cluster(source.id)])
    chosen = [p for p in points if p.id in set(point_ids)]
    if not chosen or len(chosen) != len(set(point_ids)):
        raise Invalid("Choose addresses of this contact to split off.")
    if len(chosen) == len(points):
        raise Invalid("Leave the contact at least one address; there is nothing to split otherwise.")
    new_contact_id = ContactId(new_id())
    label = " ".join(name.split())[:200] or next((p.name for p in chosen if p.name), chosen[0].received)
    fresh = Contact(
        id=new_contact_id,
        canonical_id=new_contact_id,
        name=label,
        state=ContactState.kept,
        created_at=now,
        demo=source.demo,
    )
    await uow.contacts.add(fresh)
    decisions = [
        _decision(
            IdentityAction.split_off,
            new_contact_id,
            owner,
            points=[p.id for p in chosen if p.contact_id == owner],
            reason=reason or "Split off by hand",
            by=by,
            now=now,
        )
        for owner in dict.fromkeys(p.contact_id for p in chosen)
    ]
    for decision in decisions:
        await uow.contacts.log(decision)
    await uow.contacts.move_points([p.id for p in chosen], new_contact_id)
    uow.note(
        Change(kind=ChangeKind.contact_split, subject_id=source.id),
        noting.contact_added(new_contact_id),
    )
    await waits.rebuild_contact(uow, source.id)
    await waits.rebuild_contact(uow, new_contact_id)
    return decisions[0], fresh


async def never_merge(
    uow: UnitOfWork,
    contact_id: ContactId,
    other_id: ContactId,
    *,
    reason: str = "",
    by: UserId | None,
    now: datetime,
) -> IdentityChange:
    """Remember that two contacts are two people; they are never suggested again. Raises NotFound, Conflict."""
    one, other = await shown(uow, contact_id), await shown(uow, other_id)
    if one.id == other.id:
        raise Conflict("They are shown as one contact now. Undo the merge or split them first.")
    mine = {c.id for c in await uow.contacts.cluster(one.id)}
    known = await _barrier(uow, mine, {c.id for c in await uow.contacts.cluster(other.id)})
    if known is not None:
        return known
    decision = _decision(
        IdentityAction.never_merge, one.id, other.id, reason=reason or "Marked as two people by hand", by=by, now=now
    )
    await uow.contacts.log(decision)
    uow.note(noting.contact_changed(one.id), noting.contact_changed(other.id))
    return decision


async def undo(uow: UnitOfWork, change_id: MergeId, *, by: UserId | None, now: datetime) -> IdentityChange:
    """Take a decision back, also after later ones. Raises NotFound, and Conflict if it was taken back already."""
    decision = await uow.contacts.change(change_id)
    if decision is None:
        raise NotFound("There is no such decision in the history of this contact.")
    if decision.undone_at is not None:
        raise Conflict("This was undone already.")
    match decision.action:
        case IdentityAction.merge:
            await _undo_merge(uow, decision, by=by, now=now)
        case IdentityAction.split_off:
            await _undo_split(uow, decision, by=by, now=now)
        case IdentityAction.never_merge:
            await uow.contacts.mark_undone(decision.id, by=by, at=now)
            uow.note(noting.contact_changed(decision.contact_id), noting.contact_changed(decision.other_id))
    if decision.action is not IdentityAction.never_merge:
        await waits.rebuild_contact(uow, decision.contact_id)
        await waits.rebuild_contact(uow, decision.other_id)
    return replace(decision, undone_at=now, undone_by=by)


async def _undo_merge(uow: UnitOfWork, decision: IdentityChange, *, by: UserId | None, now: datetime) -> None:
    before = await uow.contacts.cluster((await shown(uow, decision.contact_id)).id)
    await uow.contacts.mark_undone(decision.id, by=by, at=now)
    ids = [c.id for c in before]
    edges = {
        c.contact_id: c.other_id
        for c in await uow.contacts.history(ids)
        if c.action is IdentityAction.merge and c.undone_at is None and c.id != decision.id
    }
    roots = {contact_id: _root(contact_id, edges) for contact_id in ids}
    for root in dict.fromkeys(roots.values()):
        await uow.contacts.set_canonical([i for i in ids if roots[i] == root], root)
    for root in dict.fromkeys(roots.values()):
        await _hide_if_empty(uow, root)
        uow.note(noting.contact_changed(root))
    uow.note(Change(kind=ChangeKind.contact_split, subject_id=decision.contact_id))


async def _undo_split(uow: UnitOfWork, decision: IdentityChange, *, by: UserId | None, now: datetime) -> None:
    splits = await _splits_around(uow, decision)
    together = [c for c in splits if c.contact_id == decision.contact_id and c.undone_at is None]
    undone = {c.id for c in together}
    for change in together:
        await uow.contacts.mark_undone(change.id, by=by, at=now)
    standing = [c for c in splits if c.undone_at is None and c.id not in undone]
    made = {change.contact_id for change in splits}
    for point_id in dict.fromkeys(p for change in together for p in change.point_ids):
        owner = _owner(point_id, splits, standing)
        await uow.contacts.move_points([point_id], owner)
        if owner in made:
            await _show(uow, owner)
    await _hide_if_empty(uow, decision.contact_id)
    for contact_id in dict.fromkeys(c.other_id for c in together):
        uow.note(noting.contact_changed((await shown(uow, contact_id)).id))
    uow.note(Change(kind=ChangeKind.contact_merged, subject_id=decision.contact_id))


def _owner(point_id: ContactPointId, splits: Sequence[IdentityChange], standing: Sequence[IdentityChange]) -> ContactId:
    """Return whose a point is: the newest standing split decides, else who had it before the first."""
    last = next((c for c in reversed(standing) if point_id in c.point_ids), None)
    if last is not None:
        return last.contact_id
    return next(c.other_id for c in splits if point_id in c.point_ids)


async def _splits_around(uow: UnitOfWork, decision: IdentityChange) -> Sequence[IdentityChange]:
    """Return all splits, oldest first, of the contacts among which the decision's points ever moved."""
    found: dict[MergeId, IdentityChange] = {}
    seen: set[ContactId] = set()
    ask = {decision.contact_id, decision.other_id}
    while ask:
        seen |= ask
        for change in await uow.contacts.history(ask):
            if change.action is IdentityAction.split_off:
                found[change.id] = change
        ask = {i for c in found.values() for i in (c.contact_id, c.other_id)} - seen
    return sorted(found.values(), key=lambda c: (c.at, c.id))


async def _show(uow: UnitOfWork, contact_id: ContactId) -> None:
    """Put a contact that a split made back into the list, now that it has an address again."""
    contact = await uow.contacts.get(contact_id)
    if contact is not None and contact.state is ContactState.anonymous:
        await uow.contacts.update(replace(contact, state=ContactState.kept))


async def _hide_if_empty(uow: UnitOfWork, contact_id: ContactId) -> None:
    """Take the contact a split made out of the list once that split is undone and nothing else is shown as it."""
    members = await uow.contacts.cluster(contact_id)
    ids = [c.id for c in members]
    made_by_split = any(
        c.action is IdentityAction.split_off and c.contact_id == contact_id for c in await uow.contacts.history(ids)
    )
    if ids == [contact_id] and made_by_split and not await uow.contacts.points(ids):
        await uow.contacts.update(replace(members[0], state=ContactState.anonymous, expires_at=None))


async def _barrier(uow: UnitOfWork, one: set[ContactId], other: set[ContactId]) -> IdentityChange | None:
    """Return the standing decision that members of the two groups are two people, if there is one."""
    return next(
        (
            change
            for change in await uow.contacts.history(one)
            if change.action is IdentityAction.never_merge
            and change.undone_at is None
            and (
                (change.contact_id in one and change.other_id in other)
                or (change.contact_id in other and change.other_id in one)
            )
        ),
        None,
    )


def _root(contact_id: ContactId, edges: dict[ContactId, ContactId]) -> ContactId:
    seen = {contact_id}
    while (above := edges.get(contact_id)) is not None and above not in seen:
        seen.add(above)
        contact_id = above
    return contact_id


def _decision(
    action: IdentityAction,
    contact_id: ContactId,
    other_id: ContactId,
    *,
    points: Iterable[ContactPointId] = (),
    reason: str,
    by: UserId | None,
    now: datetime,
) -> IdentityChange:
    return IdentityChange(
        id=MergeId(new_id()),
        action=action,
        contact_id=contact_id,
        other_id=other_id,
        point_ids=tuple(points),
        reason=" ".join(reason.split())[:REASON_LIMIT],
        by=by,
        at=now,
    )

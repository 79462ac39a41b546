"""Who is who is decided by people, and every decision can be taken back, in any order."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.domain.contact import Contact, ContactPoint, ContactState
from hub.domain.errors import Conflict, HubError, Invalid, NotFound
from hub.domain.ids import ContactId, ContactPointId, MergeId
from hub.ports import UnitOfWork
from hub.services import identity
from hub.services.ids import new_id
from tests.scripted import T0
from tests.services.workplace import Workplace

WHEN = {"by": None, "now": T0}


async def person(uow: UnitOfWork, name: str, points: int = 1, state: ContactState = ContactState.kept) -> ContactId:
    contact_id = ContactId(new_id())
    await uow.contacts.add(Contact(id=contact_id, canonical_id=contact_id, name=name, state=state, created_at=T0))
    for number in range(points):
        address = f"{name}-{number}-{contact_id}"
        await uow.contacts.add_point(
            ContactPoint(
                id=ContactPointId(new_id()),
                contact_id=contact_id,
                namespace="scripted",
                address=address,
                received=address,
                created_at=T0,
            )
        )
    return contact_id


async def shown_as(uow: UnitOfWork, contact_id: ContactId) -> ContactId:
    found = await uow.contacts.get(contact_id)
    assert found is not None
    return found.canonical_id


async def points_of(uow: UnitOfWork, contact_id: ContactId) -> Sequence[ContactPointId]:
    return sorted(point.id for point in await uow.contacts.points([contact_id]))


async def picture(
    uow: UnitOfWork, people: Sequence[ContactId]
) -> dict[ContactId, tuple[ContactId, tuple[object, ...]]]:
    """What is shown: for every contact whom it is shown as, and which addresses are its own."""
    return {one: (await shown_as(uow, one), tuple(await points_of(uow, one))) for one in people}


async def test_merged_contacts_are_shown_as_one_and_undoing_shows_them_apart(place: Workplace) -> None:
    async with place.hub.storage.begin() as uow:
        ann, bob = await person(uow, "Ann"), await person(uow, "Bob")
        change = await identity.merge(uow, ann, bob, reason="Same phone", by=place.ann.id, now=T0)
        assert await shown_as(uow, bob) == ann
        undone = await identity.undo(uow, change.id, by=place.ann.id, now=T0)
        history = await uow.contacts.history([ann])
        assert await shown_as(uow, bob) == bob
    assert (undone.undone_by, change.reason) == (place.ann.id, "Same phone")
    assert [(one.reason, one.undone_by) for one in history] == [("Same phone", place.ann.id)]


async def test_merges_chain_and_an_earlier_one_can_be_undone_under_a_later_one(place: Workplace) -> None:
    async with place.hub.storage.begin() as uow:
        ann, bob, cho = [await person(uow, name) for name in ("Ann", "Bob", "Cho")]
        first = await identity.merge(uow, bob, ann, by=None, now=T0)
        await identity.merge(uow, cho, bob, by=None, now=T0)
        assert {await shown_as(uow, one) for one in (ann, bob, cho)} == {cho}
        await identity.undo(uow, first.id, by=None, now=T0)
        assert [await shown_as(uow, one) for one in (ann, bob, cho)] == [ann, cho, cho]


async def test_undoing_a_later_merge_keeps_the_earlier(place: Workplace) -> None:
    async with place.hub.storage.begin() as uow:
        ann, bob, cho = [await person(uow, name) for name in ("Ann", "Bob", "Cho")]
        await identity.merge(uow, bob, ann, by=None, now=T0)
        later = await identity.merge(uow, cho, ann, by=None, now=T0)
        await identity.undo(uow, later.id, by=None, now=T0)
        assert [await shown_as(uow, one) for one in (ann, bob, cho)] == [bob, bob, cho]


async def test_a_split_moves_addresses_of_merged_contacts_and_undo_gives_each_its_own_back(place: Workplace) -> None:
    async with place.hub.storage.begin() as uow:
        ann, bob = await person(uow, "Ann", 2), await person(uow, "Bob", 1)
        await identity.merge(uow, ann, bob, by=None, now=T0)
        before = await picture(uow, [ann, bob])
        mine, theirs = (await points_of(uow, ann))[0], (await points_of(uow, bob))[0]
        change, fresh = await identity.split(uow, bob, [mine, theirs], name="Cho", reason="Two people", **WHEN)  # type: ignore[arg-type]  # by and now
        assert await points_of(uow, fresh.id) == sorted([mine, theirs])
        assert fresh.name == "Cho"
        await identity.undo(uow, change.id, by=None, now=T0)
        assert await picture(uow, [ann, bob]) == before
        left = await uow.contacts.get(fresh.id)
    assert left is not None
    assert left.state is ContactState.anonymous


async def test_what_cannot_be_decided_is_said(place: Workplace) -> None:
    async with place.hub.storage.begin() as uow:
        ann, bob = await person(uow, "Ann"), await person(uow, "Bob")
        with pytest.raises(NotFound):
            await identity.merge(uow, ann, ContactId(new_id()), by=None, now=T0)
        with pytest.raises(Conflict, match="as one contact already"):
            await identity.merge(uow, ann, ann, by=None, now=T0)
        with pytest.raises(Invalid, match="at least one address"):
            await identity.split(uow, ann, await points_of(uow, ann), by=None, now=T0)
        with pytest.raises(Invalid, match="Choose addresses"):
            await identity.split(uow, ann, await points_of(uow, bob), by=None, now=T0)
        with pytest.raises(NotFound):
            await identity.undo(uow, MergeId(new_id()), by=None, now=T0)
        change = await identity.merge(uow, ann, bob, by=None, now=T0)
        await identity.undo(uow, change.id, by=None, now=T0)
        with pytest.raises(Conflict, match="undone already"):
            await identity.undo(uow, change.id, by=None, now=T0)


async def test_two_people_marked_as_two_are_not_merged_until_that_is_undone(place: Workplace) -> None:
    async with place.hub.storage.begin() as uow:
        ann, bob, cho = [await person(uow, name) for name in ("Ann", "Bob", "Cho")]
        mark = await identity.never_merge(uow, ann, bob, reason="Father and son.", by=None, now=T0)
        again = await identity.never_merge(uow, bob, ann, by=None, now=T0)
        await identity.merge(uow, cho, bob, by=None, now=T0)
        with pytest.raises(Conflict, match=r"two different people: Father and son\."):
            await identity.merge(uow, ann, cho, by=None, now=T0)
        await identity.undo(uow, mark.id, by=None, now=T0)
        await identity.merge(uow, ann, cho, by=None, now=T0)
        assert {await shown_as(uow, one) for one in (ann, bob, cho)} == {ann}
    assert again.id == mark.id


async def test_whom_somebody_decided_about_does_not_expire(place: Workplace) -> None:
    async with place.hub.storage.begin() as uow:
        ann = await person(uow, "Ann", state=ContactState.provisional)
        await identity.merge(uow, ann, await person(uow, "Bob"), by=None, now=T0)
        kept = await uow.contacts.get(ann)
    assert kept is not None
    assert kept.state is ContactState.kept


STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "undo"]), st.integers(0, 7), st.integers(0, 7)), max_size=8
)


async def take_step(uow: UnitOfWork, step: tuple[str, int, int], people: list[ContactId], done: list[MergeId]) -> None:
    """Do what the step says to whom its numbers choose; what cannot be done is refused and changes nothing."""
    action, one, other = step
    match action:
        case "merge":
            change = await identity.merge(uow, people[one % len(people)], people[other % len(people)], by=None, now=T0)
            done.append(change.id)
        case "split":
            source = await shown_as(uow, people[one % len(people)])
            cluster = [c.id for c in await uow.contacts.cluster(source)]
            points = [p.id for p in await uow.contacts.points(cluster)]
            chosen = points[: 1 + other % max(1, len(points))]
            change, fresh = await identity.split(uow, source, chosen, by=None, now=T0)
            people.append(fresh.id)
            done.append(change.id)
        case _:
            change_id = done[one % len(done)] if done else MergeId(new_id())
            await identity.undo(uow, change_id, by=None, now=T0)


async def tolerant(uow: UnitOfWork, step: tuple[str, int, int], people: list[ContactId], done: list[MergeId]) -> None:
    try:
        await take_step(uow, step, people, done)
    except (Conflict, Invalid, NotFound):
        return


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS, order=st.randoms(use_true_random=False))
async def test_any_decisions_keep_each_address_with_one_contact_and_undoing_all_gives_the_beginning_back(
    place: Workplace, steps: list[tuple[str, int, int]], order: object
) -> None:
    async with place.hub.storage.begin() as uow:
        start = [await person(uow, name, points) for name, points in (("Ann", 2), ("Bob", 1), ("Cho", 3))]
        before = await picture(uow, start)
        everyone = sorted([point for one in start for point in await points_of(uow, one)])
        people, done = list(start), list[MergeId]()
        for step in steps:
            await tolerant(uow, step, people, done)
            owned = [point for one in people for point in await points_of(uow, one)]
            assert sorted(owned) == everyone
            for one in people:
                root = await shown_as(uow, one)
                assert await shown_as(uow, root) == root
        order.shuffle(done)  # type: ignore[attr-defined]  # hypothesis' Random
        for change_id in done:
            await tolerant_undo(uow, change_id)
        assert await picture(uow, start) == before
        for made in people[len(start) :]:
            hidden = await uow.contacts.get(made)
            assert hidden is not None
            assert (hidden.state, hidden.canonical_id) == (ContactState.anonymous, made)


async def tolerant_undo(uow: UnitOfWork, change_id: MergeId) -> None:
    """Undo, unless it is undone already: parts of one split go together."""
    try:
        await identity.undo(uow, change_id, by=None, now=T0)
    except HubError as error:
        assert "undone already" in str(error)  # noqa: PT017 - which refusal is part of what is proven

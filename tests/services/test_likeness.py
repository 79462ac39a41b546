"""Likely duplicates are suggested with the values that were compared; the rest is left alone."""

import pytest

from hub.domain.contact import ContactState
from hub.domain.ids import ContactId, ContactPointId
from hub.domain.views import ContactPointView, ContactView
from hub.services import contacts, identity
from hub.services.contacts import Edit, NewPoint
from hub.services.ids import new_id
from hub.services.likeness import compare
from tests.scripted import T0
from tests.services.workplace import Workplace


def contact(name: str, *addresses: str, company: str = "", fields: tuple[tuple[str, str], ...] = ()) -> ContactView:
    """Build a contact; an address is `namespace:value`."""
    contact_id = ContactId(new_id())
    points = tuple(
        ContactPointView(
            id=ContactPointId(new_id()),
            contact_id=contact_id,
            namespace=address.partition(":")[0],
            address=address.partition(":")[2],
            name="",
            verified=False,
            blocked=False,
            blocked_reason="",
            channel_ids=(),
        )
        for address in addresses
    )
    return ContactView(
        id=contact_id,
        name=name,
        portrait_id=None,
        company=company,
        language="",
        source="",
        notes="",
        fields=fields,
        state=ContactState.kept,
        expires_at=None,
        created_at=T0,
        points=points,
        merged=(),
        inbound=0,
        outbound=0,
        last_at=None,
        demo=False,
    )


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (
            contact("A", "phone:+5531987654321"),
            contact("B", "phone:+553187654321"),
            "are one number. Brazilian mobile numbers",
        ),
        (contact("A", "phone:+541123456789"), contact("B", "phone:+5491123456789"), "Argentine mobile numbers"),
        (contact("A", "phone:+5215512345678"), contact("B", "phone:+525512345678"), "Mexican numbers"),
        (contact("A", "phone:+49301234567"), contact("B", "phone:0301234567"), "end with the same 9 digits"),
        (
            contact("Anna Nowak", "email:anna.nowak@a.pl"),
            contact("Nowak, Anna", "email:Anna.Nowak@b.com"),
            "anna.nowak@a.pl and Anna.Nowak@b.com begin alike",
        ),
        (
            contact("Łukasz Żak", "telegram:1", company="Acme"),
            contact("LUKASZ ZAK", "telegram:2", company="acme"),
            "both are with Acme",
        ),
        (
            contact("김민수", "telegram:1"),
            contact("김민수", "email:kim@x.kr"),
            "by different ways (telegram and email)",
        ),
        (
            contact("Aleksandra Kowalska", "telegram:1"),
            contact("Alexandra Kowalska", "email:a@b.pl"),
            "“Aleksandra Kowalska” and “Alexandra Kowalska”",
        ),
        (
            contact("A", "telegram:1", fields=(("phone", "+49 30 1234567"),)),
            contact("B", "phone:+49301234567"),
            "gave +49 30 1234567 as phone, which is an address of “B”",
        ),
    ],
)
def test_what_speaks_for_one_person_is_said_with_its_values(one: ContactView, other: ContactView, words: str) -> None:
    reasons = " ".join(reason.words for reason in compare(one, other))
    assert words in reasons
    assert [r.score for r in compare(one, other)] == [r.score for r in compare(other, one)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (contact("Anna Nowak", "telegram:1"), contact("Anna Nowak", "telegram:2")),
        (contact("김민수", "telegram:1"), contact("김민주", "email:kim@x.kr")),
        (contact("Anna", "telegram:1"), contact("Anne", "email:a@b.pl")),
        (contact("Support", "email:info@a.com"), contact("Help", "email:info@b.com")),
        (contact("A", "phone:+4930111111"), contact("B", "phone:+4930222222")),
        (contact("", "telegram:1"), contact("", "email:a@b.pl")),
        (contact("+49 30 1234567", "telegram:1"), contact("+49 30 1234567", "email:a@b.pl")),
        (contact("Jo Li", "telegram:1", company=""), contact("Jo Lu", "email:a@b.pl", company="")),
    ],
)
def test_what_says_nothing_suggests_nothing(one: ContactView, other: ContactView) -> None:
    assert not list(compare(one, other))


async def test_suggestions_come_from_the_index_until_a_person_says_never(place: Workplace) -> None:
    async with place.hub.storage.begin() as uow:
        mail = NewPoint(namespace="email", address="anna.kowalczyk@a.pl")
        phone = NewPoint(namespace="phone", address="+48123456789")
        anna = (await contacts.create(uow, id=ContactId(new_id()), name="Anna Kowalczyk", points=[mail], now=T0)).record
        other = (
            await contacts.create(uow, id=ContactId(new_id()), name="Anna Kowalczyk", points=[phone], now=T0)
        ).record
    (found,) = await identity.suggestions(place.hub.storage.queries, anna.id)
    assert (found.other_id, found.other_name) == (other.id, "Anna Kowalczyk")
    assert "Both are called “Anna Kowalczyk”" in found.reason
    async with place.hub.storage.begin() as uow:
        await identity.never_merge(uow, anna.id, other.id, by=None, now=T0)
    assert not await identity.suggestions(place.hub.storage.queries, anna.id)


async def test_an_address_somebody_told_us_leads_to_its_owner(place: Workplace) -> None:
    async with place.hub.storage.begin() as uow:
        phone = NewPoint(namespace="phone", address="+48123456789")
        owner = (await contacts.create(uow, id=ContactId(new_id()), name="Zenon", points=[phone], now=T0)).record
        teller = (await contacts.create(uow, id=ContactId(new_id()), name="Visitor", now=T0)).record
        await contacts.change(uow, teller.id, Edit(fields=(("phone", "+48 123 456 789"),)))
    (found,) = await identity.suggestions(place.hub.storage.queries, teller.id)
    assert found.other_id == owner.id
    assert "gave +48 123 456 789 as phone" in found.reason

"""The demo's rules are at work for what comes, and go with the demo."""

from hub.domain.actions import WriteNote
from hub.domain.rules.records import On
from hub.services.demo import routine
from hub.services.rules import managing
from tests.services.bots.conftest import bots
from tests.services.rules.conftest import hub
from tests.services.rules.rulehub import RuleHub

__all__ = ["bots", "hub"]


async def test_the_demos_rules_tag_refunds_and_raise_who_waits(hub: RuleHub) -> None:
    before = await hub.hears("Refund, please", by="before")
    await routine.make(hub.place.hub.storage, now=hub.place.hub.clock.now())
    await hub.look()
    row = await hub.hears("I want my money back", by="after")
    assert [await hub.tags(one.id) for one in (before, row)] == [(), ("refund",)]
    await hub.waits(hours=72)
    assert (await hub.place.conversation(row.id)).priority.value == "urgent"


async def test_the_demos_rules_go_with_it_and_leave_ones_own(hub: RuleHub) -> None:
    own = await hub.rule(On.message_in, WriteNote(text="Ours"))
    storage = hub.place.hub.storage
    await routine.make(storage, now=hub.place.hub.clock.now())
    async with storage.begin() as uow:
        made = await uow.rules.all(active=True)
        assert len(made) == 4
        await managing.delete(uow, made[-1].id)
        await routine.remove(uow)
        assert [rule.id for rule in await uow.rules.all()] == [own.id]

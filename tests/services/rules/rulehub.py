"""A small hub with rules: made in a line, run when a test says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hub.domain.actions import AnyAction
from hub.domain.ids import ConversationId, ExternalId
from hub.domain.rules.records import On, Rule, RuleBody, RuleRun, WorkRuleId
from hub.domain.views import ConversationRow, InteractionView
from hub.runtime.leases import LeaseKeeper
from hub.runtime.notices import Notices
from hub.runtime.rules_worker import RulesWorker
from hub.services import conversations
from hub.services.conversations import Edit
from hub.services.ids import new_id
from hub.services.rules import managing
from hub.services.rules.managing import Who
from tests.scripted import says
from tests.services.bots.bothub import BotHub
from tests.services.workplace import Workplace


@dataclass
class RuleHub:
    """What tests of rules look at and drive."""

    bots: BotHub
    worker: RulesWorker

    @classmethod
    def open(cls, bots: BotHub) -> "RuleHub":
        leases = LeaseKeeper(bots.place.hub.storage, bots.place.hub.clock, "test", shared=False)
        return cls(bots, RulesWorker(means=bots.means, notices=Notices(), leases=leases))

    @property
    def place(self) -> Workplace:
        return self.bots.place

    @property
    def who(self) -> Who:
        return Who(by=self.place.ann.id, now=self.place.hub.clock.now())

    async def rule(self, on: On, *actions: AnyAction, active: bool = True, name: str = "Rule", **more: Any) -> Rule:
        """Make a rule and switch it on."""
        key, body = WorkRuleId(new_id()), RuleBody(triggers=(on,), actions=actions, **more)
        async with self.place.hub.storage.begin() as uow:
            await managing.create(uow, key, name, body, self.who)
        if active:
            await managing.switch(self.place.hub.storage, key, on=True, who=self.who)
        return await self.now(key)

    async def now(self, rule_id: WorkRuleId) -> Rule:
        async with self.place.hub.storage.read() as uow:
            return await managing.get(uow, rule_id)

    async def hears(self, text: str = "hello", **more: Any) -> ConversationRow:
        """Let the customer write a second later, and rules look; returns the conversation."""
        hub = self.place.hub
        hub.clock.forward(seconds=1)
        await hub.hears(says(text, at=hub.clock.now(), **{"external_id": ExternalId(new_id().hex)} | more))
        await self.look()
        return (await hub.conversations())[0]

    async def waits(self, **span: float) -> None:
        """Let time pass and rules look."""
        self.place.hub.clock.forward(**span)
        await self.look()

    async def look(self) -> None:
        """Let rules look until there is nothing left."""
        while await self.worker.drain():
            pass

    async def change(self, key: ConversationId, edit: Edit) -> None:
        """Change the work as Ann, and let rules look."""
        async with self.place.hub.storage.begin() as uow:
            await conversations.change(uow, key, edit, by=self.place.ann.id, now=self.place.hub.clock.now())
        await self.look()

    async def log(self, rule: Rule) -> Sequence[RuleRun]:
        """Return a rule's log, newest first."""
        async with self.place.hub.storage.read() as uow:
            return (await uow.rules.log(rule.id, cursor=None, limit=100)).items

    async def tags(self, key: ConversationId) -> tuple[str, ...]:
        return (await self.place.conversation(key)).tags

    async def sent(self, key: ConversationId) -> Sequence[InteractionView]:
        """Return the messages that went out."""
        return [entry for entry in await self.place.hub.thread(key) if entry.direction.value == "outbound"]

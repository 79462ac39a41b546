"""A small hub with bots: flows published in a line, rules, and turns taken when a test says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hub.domain.botflow.effects import AskKnowledge, AskModel, CallHttp
from hub.domain.botflow.flow import AnyStep
from hub.domain.botflow.reading import write_flow
from hub.domain.botflow.records import BotFlow, BotRule, BotRun, BotVersion, FlowId, RuleId
from hub.domain.botflow.speaking import Lock
from hub.domain.errors import NotFound
from hub.domain.ids import ConversationId, ExternalId, TeamId
from hub.domain.interaction import AuthorKind, InteractionKind
from hub.domain.user import Team
from hub.domain.views import ConversationRow, InteractionView
from hub.ports.bots import KnowledgeAnswer, ModelAnswer, Talk
from hub.runtime.bots_worker import BotsWorker
from hub.runtime.leases import LeaseKeeper
from hub.runtime.lookups import Found
from hub.runtime.notices import Notices
from hub.services.bots.means import Means, Sender
from hub.services.ids import new_id
from tests.domain.botflow.flows import flow as built
from tests.domain.botflow.flows import guess
from tests.scripted import says
from tests.services.workplace import Workplace


@dataclass
class Articles:
    """A knowledge base of a few fixed answers; what it was asked and told is kept."""

    answers: Mapping[str, KnowledgeAnswer | Exception] = field(default_factory=dict)
    asked: list[tuple[AskKnowledge, Talk]] = field(default_factory=list)
    verdicts: list[tuple[str, bool]] = field(default_factory=list)

    async def answer(self, ask: AskKnowledge, talk: Talk) -> KnowledgeAnswer | None:
        self.asked.append((ask, talk))
        found = self.answers.get(ask.text)
        if isinstance(found, Exception):
            raise found
        return found

    async def helped(self, article_id: str, *, yes: bool) -> None:
        self.verdicts.append((article_id, yes))


@dataclass
class Writer:
    """A language model that writes one thing."""

    answer_: ModelAnswer = field(default_factory=lambda: ModelAnswer(text="As the article says."))

    async def answer(self, ask: AskModel, talk: Talk) -> ModelAnswer:  # noqa: ARG002 - the shape of Model
        return self.answer_


@dataclass
class BotHub:
    """What tests of bots look at and drive."""

    place: Workplace
    means: Means
    worker: BotsWorker
    articles: Articles
    web: dict[str, Found]
    broken: bool = False

    @classmethod
    async def open(cls, place: Workplace, **more: Any) -> "BotHub":
        articles, web = Articles(), dict[str, Found]()
        hub = place.hub

        async def look_up(call: CallHttp) -> Found:
            if call.url not in web:
                raise NotFound("The address answered with status 404.")
            return web[call.url]

        means = Means(
            storage=hub.storage,
            clock=hub.clock,
            sender=lambda _id: Sender(
                channel=hub.channel, capabilities=place.capabilities, new_message_id=lambda _delivery: None
            ),
            look_up=look_up,
            knowledge=articles,
            model=Writer(),
            guess=guess,
            **more,
        )
        leases = LeaseKeeper(hub.storage, hub.clock, "test", shared=False)
        return cls(place, means, BotsWorker(means=means, notices=Notices(), leases=leases), articles, web)

    def with_means(self, **changed: Any) -> None:
        """Change what bots work with."""
        self.means = replace(self.means, **changed)
        leases = LeaseKeeper(self.place.hub.storage, self.place.hub.clock, "test", shared=False)
        self.worker = BotsWorker(means=self.means, notices=Notices(), leases=leases)

    def able(self, **changed: Any) -> None:
        """Change what the channel can carry."""
        self.place.capabilities = replace(self.place.capabilities, **changed)

    async def flow(self, *steps: AnyStep, name: str = "Greeter", **more: Any) -> FlowId:
        """Publish a flow that starts with the first step."""
        key, now = FlowId(new_id()), self.place.hub.clock.now()
        graph = write_flow(built(*steps, **more))
        async with self.place.hub.storage.begin() as uow:
            await uow.bots.add_flow(
                BotFlow(id=key, name=name, draft=graph, published=1, created_at=now, updated_at=now)
            )
            await uow.bots.add_version(BotVersion(flow_id=key, number=1, graph=graph, published_at=now))
        return key

    async def rule(self, flow_id: FlowId, **more: Any) -> BotRule:
        """Have a flow woken on the channel."""
        given: dict[str, Any] = {
            "id": RuleId(new_id()),
            "name": "rule",
            "flow_id": flow_id,
            "channel_ids": (self.place.hub.channel.id,),
            "created_at": self.place.hub.clock.now(),
        }
        rule = BotRule(**(given | more))
        async with self.place.hub.storage.begin() as uow:
            await uow.bots.save_rule(rule)
        return rule

    async def greeter(self, *steps: AnyStep, **rule: Any) -> FlowId:
        """Publish a flow and have it woken."""
        key = await self.flow(*steps)
        await self.rule(key, **rule)
        return key

    async def hears(self, *texts: str, turns: bool = True, **more: Any) -> ConversationRow:
        """Let the customer write, a second apart, and the bots take their turns; returns the conversation."""
        for text in texts:
            self.place.hub.clock.forward(seconds=1)
            await self.place.hub.hears(
                says(text, at=self.place.hub.clock.now(), **{"external_id": ExternalId(new_id().hex)} | more)
            )
        if turns:
            await self.turns()
        return (await self.place.hub.conversations())[0]

    async def turns(self) -> None:
        """Let bots take their turns until none has anything to do, look-ups included."""
        while await self.worker.drain():
            await self.worker.idle()
        await self.worker.idle()

    async def waits(self, **span: float) -> None:
        """Let time pass and the bots take the turns that are due."""
        self.place.hub.clock.forward(**span)
        await self.turns()

    async def entries(self, kept: Callable[[InteractionView], bool]) -> list[str]:
        """Return the texts of entries of the newest conversation."""
        row = (await self.place.hub.conversations())[0]
        return [entry.text for entry in await self.place.hub.thread(row.id) if kept(entry)]

    async def said(self) -> list[str]:
        """Return what bots said in the newest conversation."""
        return await self.entries(lambda e: e.author_kind is AuthorKind.bot and e.kind is InteractionKind.message)

    async def notes(self) -> list[str]:
        """Return the notes of the newest conversation."""
        return await self.entries(lambda e: e.kind is InteractionKind.note)

    async def lock(self, conversation_id: ConversationId) -> Lock:
        async with self.place.hub.storage.read() as uow:
            return await uow.speakers.get(conversation_id)

    async def run(self, conversation_id: ConversationId) -> BotRun:
        async with self.place.hub.storage.read() as uow:
            found = await uow.bots.run_of(conversation_id)
        assert found is not None
        return found

    async def team(self, name: str = "Sales") -> TeamId:
        key = TeamId(new_id())
        async with self.place.hub.storage.begin() as uow:
            await uow.users.save_team(Team(id=key, name=name), [self.place.ann.id])
        return key

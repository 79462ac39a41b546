"""A small hub with a shop's knowledge base, and an assistant that asks a fake model on loopback."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from hub.domain.assistant import AssistantCall, AssistantDay, AssistantSettings
from hub.domain.botflow.effects import AskModel
from hub.domain.ids import ChannelId, ContactId, ConversationId
from hub.ports.bots import ModelAnswer, Talk
from hub.runtime.fetch import GuardedHttp
from hub.runtime.llm import OpenAiEndpoint
from hub.services.assistant.answering import ModelAnswers
from hub.services.assistant.asking import Assistant
from hub.services.assistant.copilot import Copilot
from hub.services.knowledge.base import KnowledgeBase
from tests.peers.fake_model import FakeModel
from tests.scripted import SmallHub, says, small_hub
from tests.services.knowledge.articles import shop


@dataclass
class AssistantDesk:
    """What a test of the assistant works with."""

    hub: SmallHub
    model: FakeModel
    assistant: Assistant
    knowledge: KnowledgeBase
    answers: ModelAnswers
    copilot: Copilot
    settings: AssistantSettings

    async def set(self, **changed: Any) -> None:
        """Change the settings."""
        self.settings = replace(self.settings, **changed)
        async with self.hub.storage.begin() as uow:
            await uow.assistant.save_settings(self.settings)

    async def conversation(self, *texts: str) -> ConversationId:
        """Let a customer write these."""
        for text in texts:
            await self.hub.hears(says(text, at=self.hub.clock.now()))
            self.hub.clock.forward(minutes=1)
        return (await self.hub.conversations())[0].id

    async def ask(self, text: str, conversation_id: ConversationId | None = None, **more: Any) -> ModelAnswer:
        """Ask as a flow does."""
        talk = Talk(
            conversation_id=conversation_id, contact_id=ContactId(uuid4()), channel_id=ChannelId(self.hub.channel.id)
        )
        return await self.answers.answer(AskModel(ask=1, text=text, language=more.pop("language", "en"), **more), talk)

    async def log(self) -> Sequence[AssistantCall]:
        """Return the calls, the newest first."""
        async with self.hub.storage.read() as uow:
            return (await uow.assistant.calls(conversation_id=None, cursor=None, limit=50)).items

    async def today(self) -> AssistantDay:
        """Return what today used up."""
        async with self.hub.storage.read() as uow:
            return await uow.assistant.day(self.hub.clock.now().date())

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, folder: Path, model: FakeModel) -> AsyncIterator[Self]:
        """Open it on a migrated database."""
        guarded = GuardedHttp(allowed=[model.endpoint])
        async with small_hub(url, folder) as hub:
            assistant = Assistant(hub.storage, OpenAiEndpoint(guarded.ask, hub.clock.now), hub.clock.now)
            knowledge = KnowledgeBase(hub.storage, hub.clock.now)
            settings = AssistantSettings(
                enabled=True, url=model.url, model="small", api_key="sk-test", for_bots=True, seconds=5
            )
            desk = cls(
                hub,
                model,
                assistant,
                knowledge,
                ModelAnswers(assistant, knowledge),
                Copilot(hub.storage, assistant, knowledge),
                settings,
            )
            await desk.set()
            async with hub.storage.begin() as uow:
                await uow.articles.save(*shop())
            yield desk
        await guarded.close()

"""Answers a customer with the model, from the knowledge base alone (effect `AskModel`)."""

import secrets
from functools import partial

from hub.domain.assistant import AssistantSettings, Outcome, Task
from hub.domain.botflow.effects import AskModel
from hub.domain.knowledge import Article
from hub.ports.bots import ModelAnswer, Talk
from hub.services.assistant import grounding
from hub.services.assistant.asking import Assistant, AssistantUnavailable, Question
from hub.services.knowledge.base import KnowledgeBase

ARTICLES = 6
"""Articles a question is answered from."""
NEAR = 0.15
"""How alike an article must be to be shown to the model: far less than to be given to a customer unread."""


class ModelAnswers:
    """Implements `hub.ports.bots.Model`.

    The model gets the question, the articles nearest to it and the author's wishes; it has no tools, sees no other
    message, no contact and no other conversation. What it writes is checked before anybody reads it.
    """

    def __init__(self, assistant: Assistant, knowledge: KnowledgeBase) -> None:
        self._assistant = assistant
        self._knowledge = knowledge

    async def answer(self, ask: AskModel, talk: Talk) -> ModelAnswer:
        """Return the answer or a refusal. Raises HubError, in words: switched off, over its limits, unreachable."""
        settings = await self._assistant.settings()
        if not settings.for_bots:
            raise AssistantUnavailable(
                "The assistant does not answer customers. An admin can allow it in the settings."
            )
        matches = await self._knowledge.search(
            ask.text, language=ask.language, tags=ask.tags, at_least=NEAR, limit=ARTICLES
        )
        if not matches:
            return ModelAnswer(refused=True)
        articles = [match.article for match in matches]
        text, used = await self._ask(settings, ask, talk, articles)
        if not text:
            return ModelAnswer(refused=True)
        if talk.conversation_id is not None:
            await self._knowledge.given(used)
        return ModelAnswer(text=text, sources=tuple(dict.fromkeys(a.source for a in used if a.source)))

    async def _ask(
        self, settings: AssistantSettings, ask: AskModel, talk: Talk, articles: list[Article]
    ) -> tuple[str, list[Article]]:
        mark = f"#{secrets.token_hex(12)}#"
        redactor = self._assistant.redactor(settings)
        question = Question(
            task=Task.answer,
            messages=grounding.messages(
                redactor.take_out(ask.text), articles, language=ask.language, wishes=ask.instructions, mark=mark
            ),
            sources=tuple(str(article.id) for article in articles),
            conversation_id=talk.conversation_id,
        )
        judge = partial(grounding.verdict, articles=articles, language=ask.language, mark=mark)
        said = await self._assistant.ask(settings, question, judge)
        if said.call.outcome is not Outcome.answered:
            return "", []
        return said.text, [article for article in articles if str(article.id) in said.call.sources]

"""What answers for people: the knowledge base and the assistant, made when somebody first asks."""

from functools import cached_property
from typing import TYPE_CHECKING

from hub.api._framework.routing import supplied
from hub.api.deps import ApiDeps

if TYPE_CHECKING:
    from hub.services.assistant.asking import Assistant
    from hub.services.assistant.copilot import Copilot
    from hub.services.knowledge.base import KnowledgeBase


@supplied
class Helpers:
    """One of each for the process. Their modules are imported at first use: a hub that has none starts as before."""

    def __init__(self, deps: ApiDeps) -> None:
        self._deps = deps

    @cached_property
    def knowledge(self) -> "KnowledgeBase":
        """The knowledge base."""
        from hub.services.knowledge.base import KnowledgeBase

        return KnowledgeBase(self._deps.storage, self._deps.now)

    @cached_property
    def assistant(self) -> "Assistant":
        """The way to the model."""
        from hub.runtime.llm import OpenAiEndpoint
        from hub.services.assistant.asking import Assistant

        return Assistant(self._deps.storage, OpenAiEndpoint(self._deps.ask, self._deps.now), self._deps.now)

    @cached_property
    def copilot(self) -> "Copilot":
        """The assistant at an agent's side."""
        from hub.services.assistant.copilot import Copilot

        return Copilot(self._deps.storage, self.assistant, self.knowledge)

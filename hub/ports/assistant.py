"""The assistant's settings, limits and log, and the model it asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from hub.domain.assistant import AssistantCall, AssistantCallId, AssistantDay, AssistantSettings
from hub.domain.errors import HubError
from hub.domain.ids import ConversationId, InteractionId
from hub.domain.views import Page


class Assistants(Protocol):
    """What the database keeps of the assistant."""

    async def settings(self) -> AssistantSettings: ...
    async def save_settings(self, settings: AssistantSettings) -> None: ...
    async def rests_until(self) -> datetime | None:
        """Return until when the endpoint asked to be left alone."""
        ...

    async def rest(self, until: datetime) -> None: ...
    async def reserve(self, day: date, *, tokens: int, micros: int, most_tokens: int, most_micros: int) -> bool:
        """Count a call with the most it can use; False, and nothing counted, if that goes beyond a limit."""
        ...

    async def settle(self, day: date, *, tokens: int, micros: int) -> None:
        """Correct what was reserved by the difference to what was used."""
        ...

    async def day(self, day: date) -> AssistantDay: ...
    async def log(self, call: AssistantCall) -> None:
        """Write a call down, before it leaves."""
        ...

    async def settle_call(self, call: AssistantCall) -> None:
        """Write down what became of a call; of one that was erased meanwhile nothing comes back."""
        ...

    async def call(self, call_id: AssistantCallId) -> AssistantCall | None: ...
    async def mark_used(self, call_id: AssistantCallId, interaction_id: InteractionId) -> None: ...
    async def calls(
        self, *, conversation_id: ConversationId | None, cursor: str | None, limit: int
    ) -> Page[AssistantCall]: ...
    async def forget_calls(self, before: datetime, limit: int) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRequest:
    """What a model is asked."""

    messages: Sequence[tuple[str, str]]
    """(role, text): `system`, `user` or `assistant`."""
    max_tokens: int
    as_json: bool = False
    """The answer shall be one JSON object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What a model answered."""

    text: str
    tokens_in: int | None
    """None where the endpoint does not say."""
    tokens_out: int | None
    cut: bool = False
    """It hit the limit of tokens before its end."""


class ModelFailed(HubError):
    """The model gave no usable answer; the message says why, in words."""

    def __init__(self, words: str, *, retry_after: float | None = None, partial: str = "") -> None:
        """`retry_after` is the seconds the endpoint wants to be left alone; `partial` what had come until then."""
        super().__init__(words)
        self.retry_after = retry_after
        self.partial = partial


class ModelEndpoint(Protocol):
    """The way to an OpenAI-compatible endpoint."""

    async def complete(self, settings: AssistantSettings, request: ModelRequest) -> Completion:
        """Ask, within `settings.seconds` in all. Raises ModelFailed; nothing else."""
        ...

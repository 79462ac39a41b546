"""Asks the model within the day's limits and writes every call down in full: the one way to the endpoint."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from hub.domain.assistant import MICROS, AssistantCall, AssistantCallId, AssistantSettings, Outcome, Task
from hub.domain.errors import Conflict
from hub.domain.ids import ConversationId, UserId
from hub.ports import Storage
from hub.ports.assistant import Completion, ModelEndpoint, ModelFailed, ModelRequest
from hub.services.assistant.redaction import Redactor
from hub.services.ids import new_id

BYTES_PER_TOKEN = 2.5
"""A cautious guess, where the endpoint does not count: English has about 4, Korean about 3, code fewer."""
PROMPT_BYTES = 60_000
"""The most that is sent with one call."""
UNFINISHED = "No answer came back: the hub was stopped meanwhile, or the call is still under way. Counted as its most."
"""What the log says of a call from before it leaves until it is settled."""


class AssistantUnavailable(Conflict):
    """The assistant cannot help now; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and for whom."""

    task: Task
    messages: Sequence[tuple[str, str]]
    """(role, text), redacted already."""
    sources: tuple[str, ...] = ()
    conversation_id: ConversationId | None = None
    user_id: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of an answer after it was looked at."""

    outcome: Outcome
    text: str = ""
    """What may be used."""
    sources: tuple[str, ...] = ()
    error: str = ""


Judge = Callable[[Completion], Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A call that came back, and what of it may be used."""

    call: AssistantCall
    text: str


class Assistant:
    """The model, its limits and its log; one for each process."""

    def __init__(self, storage: Storage, endpoint: ModelEndpoint, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._endpoint = endpoint
        self._now = now

    async def settings(self) -> AssistantSettings:
        """Return the settings. Raises AssistantUnavailable if the assistant is switched off."""
        async with self._storage.read() as uow:
            settings = await uow.assistant.settings()
        if not (settings.enabled and settings.url and settings.model):
            raise AssistantUnavailable("The assistant is switched off. An admin can switch it on in the settings.")
        return settings

    def redactor(self, settings: AssistantSettings) -> Redactor:
        """Return what takes out of a request's texts whatever must not leave."""
        return Redactor(settings.redact)

    async def ask(self, settings: AssistantSettings, question: Question, judge: Judge) -> Said:
        """Ask once. Raises AssistantUnavailable, in words: over a limit, resting, no usable answer.

        A refusal is an answer, too: `call.outcome` says so and the text is empty.
        """
        size = sum(len(text.encode("utf-8", "surrogatepass")) for _, text in question.messages)
        if size > PROMPT_BYTES:
            raise AssistantUnavailable("This is too much text for the assistant. Choose a shorter part.")
        begun = self._now()
        day = begun.date()
        tokens_in = _tokens(size)
        most = tokens_in + settings.answer_tokens
        call = AssistantCall(
            id=AssistantCallId(new_id()),
            at=begun,
            task=question.task,
            outcome=Outcome.failed,
            error=UNFINISHED,
            model=settings.model,
            conversation_id=question.conversation_id,
            user_id=question.user_id,
            prompt=tuple(question.messages),
            sources=question.sources,
            tokens_in=tokens_in,
            tokens_out=settings.answer_tokens,
            micros=settings.cost(tokens_in, settings.answer_tokens),
        )
        reserved = call.micros
        if words := await self._held_back(settings, call):
            raise AssistantUnavailable(words)
        request = ModelRequest(messages=question.messages, max_tokens=settings.answer_tokens)
        failed: ModelFailed | None = None
        used_in, used_out = tokens_in, 0
        try:
            completion = await self._endpoint.complete(settings, request)
            used_in = completion.tokens_in if completion.tokens_in is not None else tokens_in
            used_out = (
                completion.tokens_out
                if completion.tokens_out is not None
                else _tokens(len(completion.text.encode("utf-8", "surrogatepass")))
            )
            verdict = judge(completion)
            call = replace(
                call, outcome=verdict.outcome, answer=completion.text, error=verdict.error, sources=verdict.sources
            )
        except ModelFailed as error:
            failed, verdict = error, Verdict(outcome=Outcome.failed)
            used_out = _tokens(len(error.partial.encode("utf-8", "surrogatepass")))
            call = replace(call, outcome=Outcome.failed, error=str(error), answer=error.partial, sources=())
        cost = settings.cost(used_in, used_out)
        call = replace(
            call,
            tokens_in=used_in,
            tokens_out=used_out,
            micros=cost,
            seconds=(self._now() - begun).total_seconds(),
        )
        async with self._storage.begin() as uow:
            await uow.assistant.settle(day, tokens=used_in + used_out - most, micros=cost - reserved)
            await uow.assistant.settle_call(call)
            if failed is not None and failed.retry_after is not None:
                await uow.assistant.rest(self._now() + timedelta(seconds=failed.retry_after))
        if failed is not None:
            raise AssistantUnavailable(str(failed)) from failed
        if call.outcome is Outcome.blocked:
            raise AssistantUnavailable(f"The model's answer was thrown away: {call.error}")
        return Said(call=call, text=verdict.text)

    async def _held_back(self, settings: AssistantSettings, call: AssistantCall) -> str:
        """Count the call with the most it can use and write it down before it leaves; or say why it may not be made."""
        async with self._storage.begin() as uow:
            rests = await uow.assistant.rests_until()
            if rests is not None and rests > call.at:
                words = f"The model's endpoint asked to be left alone until {rests:%H:%M:%S} UTC."
            elif await uow.assistant.reserve(
                call.at.date(),
                tokens=call.tokens_in + call.tokens_out,
                micros=call.micros,
                most_tokens=settings.tokens_per_day,
                most_micros=round(settings.money_per_day * MICROS),
            ):
                words = ""
            else:
                words = (
                    "The assistant's limit for today is used up. It helps again tomorrow (UTC), or an admin raises the"
                    " limit."
                )
            kept = replace(call, outcome=Outcome.limited, error=words, tokens_in=0, tokens_out=0, micros=0)
            await uow.assistant.log(kept if words else call)
        return words


def _tokens(size: int) -> int:
    return ceil(size / BYTES_PER_TOKEN)

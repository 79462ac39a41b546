"""Asks an OpenAI-compatible endpoint: one guarded POST, streamed or not, bounded in time, size and words.

The wire is https://platform.openai.com/docs/api-reference/chat/create, of which only what every such server knows is
used. A stream is asked for so that an answer that never ends is cut where the limit is; a server that does not stream
answers with one JSON object, which is as good.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import orjson

from hub.contract.asking import Ask
from hub.contract.errors import FetchFailed
from hub.domain.assistant import AssistantSettings
from hub.ports.assistant import Completion, ModelFailed, ModelRequest

MAX_BYTES = 2_000_000
"""Bytes of one answer, frames included."""
MAX_LINE = 200_000
CHARACTERS_PER_TOKEN = 12
"""No tokeniser makes fewer tokens of a text: more characters than this for each token allowed is no answer."""
REST = 30.0
"""Seconds an endpoint is left alone that says "too many requests" without saying for how long."""
LONGEST_REST = 3600.0


@dataclass(slots=True)
class _Gathered:
    """What a stream has said so far."""

    limit: int
    text: str = ""
    tokens_in: int | None = None
    tokens_out: int | None = None
    finish: str = ""
    parts: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, part: str) -> None:
        self.parts.append(part)
        self.size += len(part)
        if self.size > self.limit:
            raise ModelFailed("The model's answer does not end; it was cut off and thrown away.", partial=self.said)

    @property
    def said(self) -> str:
        return "".join(self.parts)

    def completion(self) -> Completion:
        text = self.said.strip()
        if not text:
            raise ModelFailed("The model answered with nothing.")
        return Completion(text=text, tokens_in=self.tokens_in, tokens_out=self.tokens_out, cut=self.finish == "length")


class OpenAiEndpoint:
    """Implements hub.ports.assistant.ModelEndpoint."""

    def __init__(self, ask: Ask, now: Callable[[], datetime]) -> None:
        self._ask = ask
        self._now = now

    async def complete(self, settings: AssistantSettings, request: ModelRequest) -> Completion:
        """Ask, within `settings.seconds` in all. Raises ModelFailed; nothing else."""
        gathered = _Gathered(limit=max(2000, request.max_tokens * CHARACTERS_PER_TOKEN))
        try:
            async with asyncio.timeout(settings.seconds):
                return await self._complete(settings, request, gathered)
        except ModelFailed:
            raise
        except TimeoutError as error:
            words = f"The model did not finish within {settings.seconds:g} s."
            raise ModelFailed(words, partial=gathered.said) from error
        except FetchFailed as error:
            raise ModelFailed(f"The model's address cannot be asked: {error}") from error
        except aiohttp.ClientConnectorError as error:
            raise ModelFailed(f"The model's endpoint {error.host} cannot be reached.") from error
        except aiohttp.ClientError as error:
            words = f"The connection to the model broke off ({type(error).__name__})."
            raise ModelFailed(words, partial=gathered.said) from error
        except ValueError as error:  # JSON or UTF-8 that is none
            raise ModelFailed("The model's endpoint answered with something that is not its format.") from error

    async def _complete(self, settings: AssistantSettings, request: ModelRequest, gathered: _Gathered) -> Completion:
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream, application/json"}
        if settings.api_key:
            headers["Authorization"] = f"Bearer {settings.api_key}"
        body = {
            "model": settings.model,
            "messages": [{"role": role, "content": text} for role, text in request.messages],
            "max_tokens": request.max_tokens,
            "temperature": 0.2,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        async with self._ask(
            "POST",
            f"{settings.url.rstrip('/')}/chat/completions",
            body=orjson.dumps(body),
            headers=headers,
            timeout=aiohttp.ClientTimeout(total=settings.seconds, sock_connect=10),
        ) as answer:
            if answer.status != 200:
                raise self._refused(answer.status, answer.headers.get("Retry-After", ""), await _read(answer, 16_000))
            if answer.content_type == "text/event-stream":
                async for line in _lines(answer):
                    if _done(line, gathered):
                        break
                if not gathered.finish:
                    raise ModelFailed("The model's answer broke off in the middle.", partial=gathered.said)
            else:
                _whole(orjson.loads(await _read(answer, MAX_BYTES)), gathered)
            return gathered.completion()

    def _refused(self, status: int, retry_after: str, body: bytes) -> ModelFailed:
        match status:
            case 401 | 403:
                return ModelFailed("The model's endpoint refuses the key. Enter a new one in the settings.")
            case 404:
                return ModelFailed("The endpoint knows no such address or model. Check both in the settings.")
            case 429 | 503:
                wait = self._wait(retry_after) or (REST if status == 429 else None)
                return ModelFailed(f"The model's endpoint is busy ({status}).{_detail(body)}", retry_after=wait)
            case _ if 300 <= status < 400:
                return ModelFailed(
                    "The endpoint leads elsewhere (a redirect), which is not followed. Mend the address."
                )
            case _:
                return ModelFailed(f"The model's endpoint answered with status {status}.{_detail(body)}")

    def _wait(self, retry_after: str) -> float | None:
        """Return the seconds of a Retry-After header, given in seconds or as a date (RFC 9110, 10.2.3)."""
        try:
            seconds = float(retry_after)
        except ValueError:
            try:
                at = parsedate_to_datetime(retry_after)
            except ValueError:
                return None
            seconds = ((at if at.tzinfo else at.replace(tzinfo=UTC)) - self._now()).total_seconds()
        return min(seconds, LONGEST_REST) if seconds > 0 else None


async def _read(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    body = bytearray()
    async for chunk in answer.content.iter_any():
        body += chunk
        if len(body) > limit:
            if limit < MAX_BYTES:
                return bytes(body[:limit])  # words of an error: their beginning is enough
            raise ModelFailed("The model's answer is too large; it was thrown away.")
    return bytes(body)


async def _lines(answer: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    """Yield the lines of a stream, bounded one by one and in all."""
    total, rest = 0, b""
    async for chunk in answer.content.iter_any():
        total += len(chunk)
        if total > MAX_BYTES or len(rest) > MAX_LINE:
            raise ModelFailed("The model's answer does not end; it was cut off and thrown away.")
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line.rstrip(b"\r")
    if rest:
        yield rest


def _done(line: bytes, gathered: _Gathered) -> bool:
    """Take one line (https://html.spec.whatwg.org/multipage/server-sent-events.html); tell whether it is the last."""
    if not line.startswith(b"data:"):
        return False  # comments keep the connection alive; names of events say nothing
    data = line[5:].strip()
    if data == b"[DONE]":
        gathered.finish = gathered.finish or "stop"
        return True
    frame = orjson.loads(data)
    if not isinstance(frame, dict):
        raise ModelFailed("The model's endpoint answered with something that is not its format.")
    _usage(frame, gathered)
    for choice in _choices(frame):
        delta = choice.get("delta")
        _take(delta if isinstance(delta, dict) else {}, choice, gathered)
    return False


def _whole(frame: object, gathered: _Gathered) -> None:
    if not isinstance(frame, dict):
        raise ModelFailed("The model's endpoint answered with something that is not its format.")
    _usage(frame, gathered)
    choices = _choices(frame)
    if not choices:
        raise ModelFailed("The model answered with nothing.")
    message = choices[0].get("message")
    _take(message if isinstance(message, dict) else {}, choices[0], gathered)


def _choices(frame: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if "error" in frame:
        raise ModelFailed(f"The model's endpoint reports a fault.{_detail(orjson.dumps(frame))}")
    choices = frame.get("choices")
    return [one for one in choices if isinstance(one, dict)] if isinstance(choices, list) else []


def _take(said: Mapping[str, Any], choice: Mapping[str, Any], gathered: _Gathered) -> None:
    if said.get("tool_calls") or said.get("function_call"):
        raise ModelFailed("The model asked for a tool. It has none, so its answer was thrown away.")
    if said.get("refusal"):
        raise ModelFailed("The model refuses to answer this.")
    content = said.get("content")
    if isinstance(content, str):
        gathered.add(content)
    finish = choice.get("finish_reason")
    if isinstance(finish, str) and finish:
        if finish == "content_filter":
            raise ModelFailed("The endpoint's own filter held the answer back.")
        gathered.finish = finish


def _usage(frame: Mapping[str, Any], gathered: _Gathered) -> None:
    usage = frame.get("usage")
    if not isinstance(usage, dict):
        return
    tokens_in, tokens_out = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if type(tokens_in) is int and type(tokens_out) is int and 0 <= tokens_in < 10**7 and 0 <= tokens_out < 10**7:
        gathered.tokens_in, gathered.tokens_out = tokens_in, tokens_out


def _detail(body: bytes) -> str:
    """Return what the endpoint says about a fault, one short line; empty where it says nothing readable."""
    try:
        error = orjson.loads(body).get("error")
    except (ValueError, AttributeError):
        return ""
    words = error.get("message") if isinstance(error, dict) else error
    return f" It says: {' '.join(words.split())[:200]}" if isinstance(words, str) and words.strip() else ""

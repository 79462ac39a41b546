"""Makes words of speech by a service that speaks as OpenAI does."""

import math
from collections.abc import Mapping, Sequence

import aiohttp
import orjson

from hub.domain.review.transcript import Heard
from hub.ports.transcripts import TranscriptFailed, TranscriptLater

ANSWER_BYTES = 8_000_000
WAV_HEADER = 44
_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_REFUSED = frozenset({401, 403, 404})


class OpenAiEngine:
    """A service that takes `POST …/audio/transcriptions`: OpenAI, or one of one's own that speaks the same.

    Source: https://platform.openai.com/docs/api-reference/audio/createTranscription. Asked for `verbose_json`, whose
    segments have times; a service that knows only plain text gives one line for each piece.
    """

    longest = 600.0
    """Ten minutes of 16 kHz mono are 19 MB; OpenAI takes 25 MB."""
    gap = 5.0
    """Longer silence makes such models invent words."""

    def __init__(self, http: aiohttp.ClientSession, *, url: str, key: str, model: str, within: float = 300.0) -> None:
        """Take the address of the API (`https://api.openai.com/v1`), a key, which may be empty, and a model's name."""
        self._http = http
        self._url = f"{url.rstrip('/').removesuffix('/audio/transcriptions')}/audio/transcriptions"
        self._key = key
        self._model = model
        self._within = aiohttp.ClientTimeout(total=within, sock_connect=10)

    @property
    def name(self) -> str:
        """What made a transcript."""
        return f"openai:{self._model}"

    async def hear(self, sound: bytes, *, language: str) -> Sequence[Heard]:
        """Return what is said. Raises TranscriptLater, TranscriptFailed."""
        form = aiohttp.FormData()
        form.add_field("file", sound, filename="speech.wav", content_type="audio/wav")
        form.add_field("model", self._model)
        form.add_field("response_format", "verbose_json")
        if language:
            form.add_field("language", language)
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        try:
            async with self._http.post(
                self._url, data=form, headers=headers, timeout=self._within, allow_redirects=False
            ) as answer:
                body = await _bounded(answer)
                self._check(answer, body)
        except TimeoutError:
            raise TranscriptLater("The transcription service did not answer in time.") from None
        except aiohttp.ClientError as error:
            raise TranscriptLater(
                f"The transcription service cannot be reached ({type(error).__name__}). Check HUB_TRANSCRIPTS_URL."
            ) from error
        return read_answer(body, seconds=(len(sound) - WAV_HEADER) / 32_000)

    @staticmethod
    def _check(answer: aiohttp.ClientResponse, body: bytes) -> None:
        if answer.status == 200:
            return
        if answer.status in _BUSY:
            raise TranscriptLater(
                f"The transcription service is busy (status {answer.status}).",
                after=_after(answer.headers.get("Retry-After", "")),
            )
        if answer.status in _REFUSED:
            # A person can mend this, so the recording waits for it.
            raise TranscriptLater(
                f"The transcription service refused the hub (status {answer.status})."
                " Check HUB_TRANSCRIPTS_URL, HUB_TRANSCRIPTS_KEY and HUB_TRANSCRIPTS_MODEL."
            )
        said = body[:200].decode(errors="replace")
        raise TranscriptFailed(f"The transcription service did not take the sound (status {answer.status}): {said}")


async def _bounded(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for part in answer.content.iter_any():
        body += part
        if len(body) > ANSWER_BYTES:
            raise TranscriptFailed("The transcription service answered with more than a transcript can be.")
    return bytes(body)


def _after(text: str) -> float | None:
    return min(float(text), 86_400.0) if text.isdigit() else None


def read_answer(body: bytes, *, seconds: float) -> Sequence[Heard]:
    """Return the pieces of an answer. Raises TranscriptLater for what is no transcript: gateways say strange things."""
    try:
        found = orjson.loads(body)
    except ValueError:
        raise TranscriptLater("The transcription service answered with something that is not JSON.") from None
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise TranscriptLater("The transcription service answered with something that is no transcript.")
    segments = found.get("segments")
    # a list without one readable piece is worth no more than none: the words are in `text`
    if not isinstance(segments, list) or not any(_has_words(segment) for segment in segments):
        return [Heard(start=0.0, end=seconds, text=found["text"])] if found["text"].strip() else []
    return [heard for segment in segments if isinstance(segment, dict) and (heard := _heard(segment, seconds))]


def _has_words(segment: object) -> bool:
    return isinstance(segment, dict) and isinstance(segment.get("text"), str) and _is_number(segment.get("start"))


def _heard(segment: Mapping[str, object], seconds: float) -> Heard | None:
    start, end, text = segment.get("start"), segment.get("end"), segment.get("text")
    if not isinstance(text, str) or not text.strip() or not _is_number(start) or not _is_number(end):
        return None
    silence = segment.get("no_speech_prob")
    logprob = segment.get("avg_logprob")
    if _is_number(silence) and _is_number(logprob) and silence > 0.6 and logprob < -1:  # type: ignore[operator]  # as Whisper's own decoder does
        return None
    confidence = round(min(1.0, math.exp(logprob)), 3) if _is_number(logprob) else None  # type: ignore[arg-type]  # checked
    return Heard(
        start=min(max(float(start), 0.0), seconds),  # type: ignore[arg-type]  # checked
        end=min(max(float(end), 0.0), seconds),  # type: ignore[arg-type]  # checked
        text=text,
        confidence=confidence,
    )


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


__all__ = ["OpenAiEngine", "read_answer"]

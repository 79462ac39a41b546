"""The engines that make words of speech: any OpenAI-compatible service, or sherpa-onnx with a model folder."""

import asyncio
import math
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import aiohttp
import orjson

from hub.domain.errors import HubError
from hub.domain.review.transcript import Heard
from hub.ports.transcripts import TranscriptFailed, TranscriptLater

ANSWER_BYTES = 8_000_000
WAV_HEADER = 44
_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_REFUSED = frozenset({401, 403, 404})


class EngineUnusable(HubError):
    """The engine cannot be used as it is configured; the message says what to change."""


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
    if not isinstance(segments, list):
        return [Heard(start=0.0, end=seconds, text=found["text"])] if found["text"].strip() else []
    return [heard for segment in segments if isinstance(segment, dict) and (heard := _heard(segment, seconds))]


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


class SherpaEngine:
    """sherpa-onnx on this machine with a model the operator put into a folder. Nothing is ever downloaded.

    Source: https://k2-fsa.github.io/sherpa/onnx/pretrained_models/. The kind of model is told by its files.
    """

    longest = 28.0
    """Whisper's models hear 30 seconds."""
    gap = 1.0

    def __init__(self, folder: Path, *, language: str = "") -> None:
        """Load the model. Raises EngineUnusable, in words."""
        self._folder = folder
        self._recogniser = _recogniser(folder, language)
        self._lock = asyncio.Lock()

    @property
    def name(self) -> str:
        """What made a transcript."""
        return f"sherpa-onnx:{self._folder.name}"

    async def hear(self, sound: bytes, *, language: str) -> Sequence[Heard]:  # noqa: ARG002 - chosen with the model
        """Return what is said, as one piece."""
        async with self._lock:
            text = await asyncio.to_thread(self._decode, sound)
        seconds = (len(sound) - WAV_HEADER) / 32_000
        return [Heard(start=0.0, end=seconds, text=text)] if text.strip() else []

    def _decode(self, sound: bytes) -> str:
        samples = array("h", sound[WAV_HEADER : len(sound) - len(sound) % 2])
        stream = self._recogniser.create_stream()
        stream.accept_waveform(16_000, [sample / 32_768 for sample in samples])
        self._recogniser.decode_stream(stream)
        return str(stream.result.text)


def _recogniser(folder: Path, language: str) -> Any:
    try:
        import sherpa_onnx  # not at the top: an optional extra of 40 MB
    except ImportError as error:
        raise EngineUnusable(
            "HUB_TRANSCRIPTS=sherpa needs the extra `stt`: pip install 'interaction-hub[stt]'."
        ) from error
    files = _model_files(folder)
    made = sherpa_onnx.OfflineRecognizer
    try:
        match sorted(files):
            case ["decoder", "encoder", "joiner", "tokens"]:
                return made.from_transducer(**files)
            case ["decoder", "encoder", "tokens"]:
                return made.from_whisper(**files, language=language)
            case ["model", "tokens"]:
                return made.from_sense_voice(**files, language=language, use_itn=True)
            case _:
                raise EngineUnusable(_no_model(folder))
    except (RuntimeError, ValueError) as error:
        raise EngineUnusable(f"The model in {folder} cannot be loaded: {error}") from error


def _model_files(folder: Path) -> dict[str, str]:
    """Return the files of a model by their role: `*encoder*.onnx`, `*decoder*.onnx`, `*joiner*.onnx`, `*tokens.txt`.

    Of several (a smaller int8 beside the full one) the int8 one is taken: speech needs no more.
    """
    found: dict[str, str] = {}
    for role, pattern in (
        ("encoder", "*encoder*.onnx"),
        ("decoder", "*decoder*.onnx"),
        ("joiner", "*joiner*.onnx"),
        ("model", "model*.onnx"),
        ("tokens", "*tokens.txt"),
    ):
        files = sorted(folder.glob(pattern), key=lambda file: ("int8" not in file.name, file.name))
        if files:
            found[role] = str(files[0])
    if "tokens" not in found or len(found) < 2:
        raise EngineUnusable(_no_model(folder))
    return found


def _no_model(folder: Path) -> str:
    return (
        f"There is no speech model in {folder}. HUB_TRANSCRIPTS_MODEL names a folder with tokens.txt and the .onnx"
        " files of a transducer, Whisper or SenseVoice model for sherpa-onnx."
    )


__all__ = ["EngineUnusable", "OpenAiEngine", "SherpaEngine", "read_answer"]

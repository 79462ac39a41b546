"""Makes words of speech with sherpa-onnx on this machine, its model tried in a process of its own first."""

import asyncio
import subprocess
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hub.domain.errors import HubError
from hub.domain.review.transcript import Heard

WAV_HEADER = 44
TRIED_WITHIN = 120.0
"""Seconds a model may take to load."""
REFUSED = 1
"""The exit code of a trial that says itself, in its last line, what is wrong."""


class EngineUnusable(HubError):
    """The engine cannot be used as it is configured; the message says what to change."""


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
        try_out(folder, language)
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


def try_out(folder: Path, language: str) -> None:
    """Load the model in another process. Raises EngineUnusable, in words.

    sherpa-onnx ends the whole program where a model is of another kind than its files' names say (seen with 2.0.1:
    "'vocab_size' does not exist in the metadata", exit 255): that must not be the hub.
    """
    _model_files(folder)
    command = [sys.executable, "-m", "hub.runtime.transcripts_sherpa", str(folder), language]
    try:
        done = subprocess.run(command, capture_output=True, timeout=TRIED_WITHIN, check=False)  # noqa: S603 - ourselves
    except subprocess.TimeoutExpired:
        raise EngineUnusable(f"The model in {folder} did not load within {TRIED_WITHIN:.0f} seconds.") from None
    said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    if done.returncode == REFUSED and said:
        raise EngineUnusable(said)
    if done.returncode:
        raise EngineUnusable(f"The model in {folder} cannot be loaded: {said or f'exit {done.returncode}'}")


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


def main() -> None:
    """Load the model named by the arguments, folder and language, and say what is wrong with it."""
    try:
        _recogniser(Path(sys.argv[1]), sys.argv[2])
    except EngineUnusable as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

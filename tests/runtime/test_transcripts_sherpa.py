"""A model folder for sherpa-onnx is judged before anything is loaded into the hub."""

from pathlib import Path

import pytest

from hub.runtime.transcripts_sherpa import EngineUnusable, SherpaEngine


def model(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).write_bytes(b"no model")
    return folder


def test_a_folder_without_a_model_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(EngineUnusable, match=r"There is no speech model in .*tokens\.txt"):
        SherpaEngine(model(tmp_path, "readme.txt"))


def test_a_model_that_does_not_load_ends_its_trial_and_not_the_hub(tmp_path: Path) -> None:
    # Without the extra `stt` the trial says so; with it, that the file is no model.
    with pytest.raises(EngineUnusable, match=r"needs the extra `stt`|cannot be loaded"):
        SherpaEngine(model(tmp_path, "model.onnx", "tokens.txt"))

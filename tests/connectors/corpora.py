"""Where the shared corpora lie, if this machine has them: real inputs that no test may copy into the project."""

from pathlib import Path

import pytest

CORPORA = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora"


def corpus(name: str, pattern: str) -> list[Path]:
    """Return a corpus's files, sorted; empty where the corpora are missing."""
    return sorted((CORPORA / name).glob(pattern))


needs_corpora = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the shared corpora are not beside this checkout (../shared/corpora)"
)

"""What each event means: every file of fixtures/ beside what we expect of it in expected/."""

import json
from pathlib import Path
from typing import Any

import orjson
import pytest

from connectors._template.parse import parse
from hub.contract import RawEvent
from tests.connectors.conformance.kit import NOW

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.json"))


def summary(file: Path) -> list[dict[str, Any]]:
    events = parse(RawEvent(kind="webhook", body=file.read_bytes(), received_at=NOW))
    return [{"is": type(event).__name__, **json.loads(orjson.dumps(event))} for event in events]


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_an_event_means_what_we_wrote_down(file: Path) -> None:
    expected = file.parents[1] / "expected" / file.name
    assert summary(file) == json.loads(expected.read_text("utf-8"))

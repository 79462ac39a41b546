"""What each event means: every file of fixtures/ beside what we expect of it in expected/."""

import json
from pathlib import Path

import pytest

from connectors._template.parse import parse
from hub.contract import RawEvent
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.snapshots import summary

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.json"))


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_an_event_means_what_we_wrote_down(file: Path) -> None:
    expected = file.parents[1] / "expected" / file.name
    events = parse(RawEvent(kind="webhook", body=file.read_bytes(), received_at=NOW))
    assert summary(events) == json.loads(expected.read_text("utf-8"))

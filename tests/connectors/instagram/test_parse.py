"""What each webhook means: every file of fixtures/ beside the summary we expect of it; and the shared corpus.

`python -m tests.connectors.instagram.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it.
"""

import json
import random
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from connectors.instagram.parse import inbox_of, parse_inbox
from hub.contract import (
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    RawEvent,
    UnparseableEvent,
)
from hub.domain.interaction import AuthorKind
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.snapshots import summary
from tests.connectors.corpora import CORPORA, needs_corpora
from tests.connectors.instagram.accounts import settings_for

FIXTURES = sorted(p for p in (Path(__file__).parent / "fixtures").glob("*.json") if ".expected" not in p.name)
INBOX = inbox_of(settings_for("https://graph.instagram.com"))


def parsed(body: bytes, own_id: str = INBOX.own_id) -> list[InboundEvent]:
    return list(parse_inbox(RawEvent(kind="webhook", body=body, received_at=NOW), replace(INBOX, own_id=own_id)))


def expected_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.expected.json")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_webhook_means_what_its_summary_says(path: Path) -> None:
    assert summary(parsed(path.read_bytes())) == json.loads(expected_of(path).read_text("utf-8"))


# -- the shared corpus


def corpus() -> dict[str, Any]:
    file = CORPORA / "messengers" / "instagram_events.json"
    return dict(json.loads(file.read_text("utf-8"))["events"]) if file.is_file() else {}


def of_corpus(update: Any) -> list[InboundEvent]:
    return parsed(json.dumps(update).encode(), update["entry"][0]["id"])


@needs_corpora
@pytest.mark.parametrize("name", sorted(corpus()))
def test_every_event_of_the_corpus_is_understood(name: str) -> None:
    (event,) = of_corpus(corpus()[name])
    kinds: dict[str, type] = {"unsend": MessageDeleted, "seen": DeliveryReceipt}
    assert isinstance(event, kinds.get(name, InboundMessage))


@needs_corpora
def test_what_the_account_did_itself_is_an_agents() -> None:
    (echo,) = of_corpus(corpus()["story_mention_echo"])
    assert isinstance(echo, InboundMessage)
    assert echo.author is AuthorKind.agent
    assert echo.thread == "chatwoot-app-user-id-1"


@needs_corpora
def test_the_corpus_five_times_and_shuffled_says_the_same() -> None:
    once = {name: of_corpus(update) for name, update in corpus().items()}
    shuffled = list(corpus().items()) * 5
    random.Random(7).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    assert [name for name, update in shuffled if of_corpus(update) != once[name]] == []


@needs_corpora
@pytest.mark.parametrize("name", sorted(corpus()))
def test_a_cut_event_is_marked_and_a_richer_one_understood(name: str) -> None:
    update = corpus()[name]
    body = json.dumps(update).encode()
    for end in range(0, len(body), 100):
        with pytest.raises(UnparseableEvent):
            parsed(body[:end], update["entry"][0]["id"])
    richer = json.loads(json.dumps(update), object_hook=lambda found: {**found, "brand_new": {"x": [1, None]}})
    assert [type(event) for event in of_corpus(richer)] == [type(event) for event in of_corpus(update)]
    for mark in ('"message"', '"mid"', '"sender"', '"messaging"', '"payload"', '"url"'):
        with suppress(UnparseableEvent):
            parsed(body.replace(mark.encode(), b'"telepathy"'), update["entry"][0]["id"])


def _write_missing_summaries() -> None:
    for path in FIXTURES:
        target = expected_of(path)
        if not target.exists():
            events = summary(parsed(path.read_bytes()))
            target.write_text(json.dumps(events, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write_missing_summaries()

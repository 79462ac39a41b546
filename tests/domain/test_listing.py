"""The list shows the newest thing said, whatever order things arrive in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from hub.domain.conversation import Conversation
from hub.domain.ids import AttachmentId, ChannelId, ContactPointId, ConversationId, ExternalId, InteractionId
from hub.domain.interaction import (
    Attachment,
    AttachmentState,
    AuthorKind,
    ContentKind,
    Direction,
    Interaction,
    InteractionKind,
)
from hub.domain.listing import PREVIEW_LIMIT, after_entry, preview_of
from hub.services.ids import new_id

T0 = datetime(2026, 3, 2, 10, tzinfo=UTC)


def conversation() -> Conversation:
    return Conversation(
        id=ConversationId(new_id()),
        channel_id=ChannelId(new_id()),
        contact_point_id=ContactPointId(new_id()),
        thread=ExternalId("t"),
        created_at=T0,
        last_at=T0,
    )


def message(minute: int, text: str = "", **changed: object) -> Interaction:
    base = Interaction(
        id=InteractionId(new_id()),
        conversation_id=ConversationId(new_id()),
        channel_id=ChannelId(new_id()),
        contact_point_id=ContactPointId(new_id()),
        direction=Direction.inbound,
        author_kind=AuthorKind.contact,
        occurred_at=T0 + timedelta(minutes=minute),
        received_at=T0,
        text=text,
    )
    return replace(base, **changed)  # type: ignore[arg-type]  # a builder: the test says what differs


def file(name: str, media_type: str, **changed: object) -> Attachment:
    base = Attachment(
        id=AttachmentId(new_id()),
        interaction_id=None,
        name=name,
        media_type=media_type,
        state=AttachmentState.ready,
        created_at=T0,
    )
    return replace(base, **changed)  # type: ignore[arg-type]  # a builder: the test says what differs


OUT: dict[str, Any] = {"direction": Direction.outbound, "author_kind": AuthorKind.agent}


def after(entries: tuple[Interaction, ...]) -> Conversation:
    shown = conversation()
    for entry in entries:
        shown = after_entry(shown, entry, preview=entry.text)
    return shown


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_any_order_of_arrival_shows_the_same(order: tuple[int, ...]) -> None:
    entries = (message(1, "hello"), message(2, "anyone?"), message(3, "Yes", **OUT))
    shown = after(tuple(entries[i] for i in order))
    assert (shown.last_preview, shown.last_author) == ("Yes", "agent")
    assert shown.last_at == T0 + timedelta(minutes=3)
    assert shown.last_inbound_at == T0 + timedelta(minutes=2)


def test_notes_and_events_leave_the_list_alone() -> None:
    internal: dict[str, Any] = {"direction": Direction.internal, "author_kind": AuthorKind.agent}
    before = after((message(1, "hello"),))
    assert after_entry(before, message(2, kind=InteractionKind.note, **internal), preview="secret") == before
    assert after_entry(before, message(2, kind=InteractionKind.event, **internal), preview="x") == before


def test_a_late_old_message_changes_only_when_the_customer_last_wrote() -> None:
    shown = after((message(9, "Yes", **OUT), message(1, "late")))
    assert shown.last_preview == "Yes"
    assert shown.last_inbound_at == T0 + timedelta(minutes=1)


def test_a_machine_on_the_other_side_opens_no_reply_window() -> None:
    shown = after((message(1, "out of office", author_kind=AuthorKind.auto),))
    assert (shown.last_inbound_at, shown.last_author) == (None, "auto")


def test_an_edit_of_the_shown_message_renews_its_preview() -> None:
    entry = message(1, "helo")
    shown = after_entry(after((entry,)), replace(entry, text="hello"), preview="hello")
    assert shown.last_preview == "hello"


def test_the_first_message_shows_even_if_it_is_older_than_the_conversation() -> None:
    shown = after((message(-5, "early"),))
    assert (shown.last_preview, shown.last_at) == ("early", T0)


@pytest.mark.parametrize(
    ("entry", "files", "preview"),
    [
        (message(1, "a\n\n b\tc "), (), "a b c"),
        (message(1, "x" * 300), (), "x" * (PREVIEW_LIMIT - 1) + "…"),
        (message(1, "gone", deleted_at=T0), (), "🗑"),
        (message(1, subject="Invoice", content=ContentKind.mail), (), "Invoice"),
        (message(1), (file("a.jpg", "image/jpeg"),), "📷 a.jpg"),
        (message(1), (file("a.pdf", "application/pdf"), file("b.pdf", "application/pdf")), "📎 a.pdf +1"),
        (message(1), (file("v.ogg", "audio/ogg", voice=True, duration=72.4),), "🎤 1:12"),
        (message(1, "see"), (file("a.jpg", "image/jpeg"),), "see"),
        (message(1, subject="Logo"), (file("logo.png", "image/png", inline=True),), "Logo"),
        (message(1, content=ContentKind.location, data={"name": "Café"}), (), "📍 Café"),
        (message(1, content=ContentKind.location, data={}), (), "📍"),
        (message(1, content=ContentKind.button, data={"label": "Yes"}), (), "👆 Yes"),
        (message(1, content=ContentKind.unsupported, data={"what": "story"}), (), "❔ story"),
    ],
)
def test_one_line_stands_for_every_kind_of_entry(
    entry: Interaction, files: tuple[Attachment, ...], preview: str
) -> None:
    assert preview_of(entry, files) == preview

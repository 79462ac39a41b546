"""The demo's customers on Matrix: what they say is what the provider would tell, and our parse reads it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from connectors.matrix.parse import parse_event
from connectors.matrix.simulate import SIMULATION
from hub.contract import (
    DeliveryReceipt,
    InboundMessage,
    MessageEdited,
    RawEvent,
    Reaction,
    SimulatedFile,
    SimulatedKind,
    SimulatedMessage,
)
from hub.domain.ids import ExternalId
from hub.domain.interaction import ContentKind

HELLO = SimulatedMessage(
    person=7,
    name="Łucja O'Neil & Co",
    email="Lucja@example.org",
    us=SIMULATION.address,
    number=1_795_338_000_123,
    at=datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
    received_at=datetime(2026, 11, 22, 9, 0, 2, tzinfo=UTC),
    text="Is <it> open & well? 김",
)
ABOUT = ExternalId("$asked")


def read(raw: RawEvent | None) -> list[object]:
    assert raw is not None
    return list(parse_event(raw, lambda user: user == ""))


def test_a_message_has_its_words_its_sender_and_its_time() -> None:
    (message,) = read(SIMULATION.write(HELLO))
    assert isinstance(message, InboundMessage)
    assert (message.text, message.sender.name, message.group) == (HELLO.text, HELLO.name, False)
    assert message.occurred_at == HELLO.at


def test_the_same_person_is_known_again_and_another_is_not() -> None:
    one, again, other = (
        read(SIMULATION.write(said))[0]
        for said in (HELLO, replace(HELLO, number=2), replace(HELLO, person=8, number=3))
    )
    assert isinstance(one, InboundMessage)
    assert isinstance(again, InboundMessage)
    assert isinstance(other, InboundMessage)
    assert one.sender.value == again.sender.value != other.sender.value
    assert one.external_id != again.external_id


def test_a_group_is_one_thread() -> None:
    said = (replace(HELLO, group="Harbour café", person=n, number=n, name=f"Person {n}") for n in (1, 2))
    messages = [
        message for one in said for message in read(SIMULATION.write(one)) if isinstance(message, InboundMessage)
    ]
    assert [message.group for message in messages] == [True, True]
    assert len({message.thread for message in messages}) == 1


def test_a_file_can_be_found_by_its_source() -> None:
    file = SimulatedFile(key="ab" * 16, name="left shoe.jpg", media_type="image/jpeg", content=b"x", width=4, height=3)
    (message,) = read(SIMULATION.write(replace(HELLO, files=(file,))))
    assert isinstance(message, InboundMessage)
    (attachment,) = message.attachments
    assert attachment.name == "left shoe.jpg"
    assert attachment.source is not None
    assert attachment.source.endswith(file.key)


def test_a_place_is_a_place() -> None:
    (message,) = read(SIMULATION.write(replace(HELLO, place=(54.35, 18.64))))
    assert isinstance(message, InboundMessage)
    assert message.content is ContentKind.location


@pytest.mark.parametrize(
    ("kind", "event"),
    [
        (SimulatedKind.edit, MessageEdited),
        (SimulatedKind.reaction, Reaction),
        (SimulatedKind.read, DeliveryReceipt),
    ],
)
def test_what_is_said_about_a_message_names_it(
    kind: SimulatedKind, event: type[MessageEdited | Reaction | DeliveryReceipt]
) -> None:
    (told,) = read(SIMULATION.write(replace(HELLO, kind=kind, about=ABOUT)))
    assert isinstance(told, event)
    assert ABOUT in told.external_id


@pytest.mark.parametrize("kind", [SimulatedKind.auto_reply, SimulatedKind.bounce])
def test_what_the_channel_has_no_way_to_say_is_not_said(kind: SimulatedKind) -> None:
    assert SIMULATION.write(replace(HELLO, kind=kind, about=ABOUT)) is None

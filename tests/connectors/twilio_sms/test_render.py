"""How one message becomes requests, by channel, and what is refused before anything is sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from connectors.twilio_sms.addresses import Sender, person, receiver, sender_of
from connectors.twilio_sms.render import EITHER, WHATSAPP_FILE_LIMIT, Part, render
from hub.contract import OutboundAttachment, OutboundMessage, Rejected
from hub.domain.template import TemplateUse
from tests.connectors.conformance.kit import NOW, attachment, outbound
from tests.connectors.twilio_sms.accounts import ANNA
from tests.connectors.twilio_sms.provider import OURS, SERVICE, WHATSAPP

DAY = timedelta(hours=24)
NUMBER, ON_WHATSAPP, POOL = sender_of(OURS), sender_of(WHATSAPP), sender_of(SERVICE)
PHOTO = attachment("photo.jpg", b"x", "image/jpeg")
PDF = attachment("offer.pdf", b"x", "application/pdf")
NOTE = attachment("note.mp3", b"x", "audio/mpeg", voice=True)


def parts_of(message: OutboundMessage, sender: Sender = NUMBER) -> list[Part]:
    return list(render(message, sender, now=NOW, window=DAY))


def shape(parts: list[Part]) -> list[tuple[str, tuple[str, ...]]]:
    return [(part.text[:12], tuple(file.name for file in part.files)) for part in parts]


def test_a_text_and_its_photos_are_one_mms() -> None:
    message = outbound(ANNA, "Two views", attachments=(PHOTO, replace(PHOTO, name="b.jpg")))
    assert shape(parts_of(message)) == [("Two views", ("photo.jpg", "b.jpg"))]


def test_whatsapp_takes_one_file_in_a_message() -> None:
    message = outbound(f"whatsapp:{ANNA}", "Two views", attachments=(PHOTO, PDF))
    assert shape(parts_of(message, ON_WHATSAPP)) == [("Two views", ("photo.jpg",)), ("", ("offer.pdf",))]


@pytest.mark.parametrize("file", [NOTE, PDF])
def test_whatsapp_shows_no_text_beside_a_sound_or_a_document_so_it_goes_before(file: OutboundAttachment) -> None:
    message = outbound(f"whatsapp:{ANNA}", "Look", attachments=(file,))
    assert shape(parts_of(message, ON_WHATSAPP)) == [("Look", ()), ("", (file.name,))]


def test_files_too_large_together_for_one_mms_go_as_several() -> None:
    photo, small = (attachment(name, b"", "image/jpeg", size=size) for name, size in (("a", 3_000_000), ("b", 1_000)))
    message = outbound(ANNA, "Three", attachments=(photo, small, photo))
    assert shape(parts_of(message)) == [("Three", ("a", "b")), ("", ("a",))]


def test_a_long_text_goes_out_in_parts_and_the_files_with_the_last() -> None:
    message = outbound(ANNA, ("word " * 700).strip(), attachments=(PHOTO,))
    parts = parts_of(message)
    assert [len(part.text) <= 1600 for part in parts] == [True] * 3
    assert " ".join(part.text for part in parts) == message.text
    assert [len(part.files) for part in parts] == [0, 0, 1]


def test_emoji_count_as_twilio_counts_them() -> None:
    assert len(parts_of(outbound(ANNA, "👍" * 801))) == 2


@pytest.mark.parametrize(
    ("sender", "thread", "recipient", "to"),
    [
        (NUMBER, ANNA, ANNA, ANNA),
        (ON_WHATSAPP, f"whatsapp:{ANNA}", ANNA, f"whatsapp:{ANNA}"),
        (ON_WHATSAPP, ANNA, ANNA, f"whatsapp:{ANNA}"),
        (ON_WHATSAPP, "", ANNA, f"whatsapp:{ANNA}"),
        (ON_WHATSAPP, "whatsapp:GB.1", "GB.1", "whatsapp:GB.1"),
        (POOL, f"whatsapp:{ANNA}", ANNA, f"whatsapp:{ANNA}"),
        (POOL, ANNA, ANNA, ANNA),
    ],
)
def test_it_goes_where_the_customer_wrote_from_else_to_our_own_channel(
    sender: Sender, thread: str, recipient: str, to: str
) -> None:
    assert receiver(sender, thread, recipient) == to


@pytest.mark.parametrize(
    ("file", "thread", "words"),
    [
        (attachment("a.docx", b"", "application/msword"), ANNA, "MMS does not carry"),
        (attachment("a.zip", b"", "application/zip"), f"whatsapp:{ANNA}", "WhatsApp does not carry"),
        (attachment("a.jpg", b"", "image/jpeg", size=5_000_001), ANNA, "at most 5 MB"),
        (attachment("a.pdf", b"", "application/pdf", size=500_001), ANNA, "at most 500 KB"),
        (attachment("a.pdf", b"", "application/pdf", size=WHATSAPP_FILE_LIMIT + 1), f"whatsapp:{ANNA}", "at most 16"),
        (attachment("a.jpg", b"", "image/jpeg", size=5_000_001), f"whatsapp:{ANNA}", "at most 5 MB"),
    ],
)
def test_a_file_the_channel_does_not_carry_is_refused_before_anything_is_sent(
    file: OutboundAttachment, thread: str, words: str
) -> None:
    with pytest.raises(Rejected, match=words):
        parts_of(outbound(thread, "Here", attachments=(file,)), POOL)


def test_a_sender_name_carries_text_only() -> None:
    with pytest.raises(Rejected, match="text only"):
        parts_of(outbound(ANNA, "Here", attachments=(PHOTO,)), sender_of("HALDEN"))


def test_after_a_day_without_a_word_whatsapp_takes_templates_only_and_sms_anything() -> None:
    late = replace(outbound(f"whatsapp:{ANNA}"), last_heard_at=NOW - timedelta(hours=25))
    with pytest.raises(Rejected, match="Send an approved template") as refused:
        parts_of(late, ON_WHATSAPP)
    assert refused.value.code == "63016"
    assert parts_of(replace(late, last_heard_at=NOW - timedelta(hours=23)), ON_WHATSAPP)
    assert parts_of(replace(late, last_heard_at=None), ON_WHATSAPP)
    assert parts_of(replace(outbound(ANNA), last_heard_at=NOW - timedelta(days=400)))


def test_a_template_goes_by_its_id_and_values_at_any_time() -> None:
    use = TemplateUse(key="HX1", name="order", language="pl", values={"1": "Łódź", "2": 'a"b'})
    late = replace(outbound(f"whatsapp:{ANNA}", "As read"), template=use, last_heard_at=NOW - timedelta(days=3))
    (part,) = parts_of(late, ON_WHATSAPP)
    assert (part.template, part.values, part.text) == ("HX1", '{"1": "Łódź", "2": "a\\"b"}', "")


@pytest.mark.parametrize("message", [outbound(ANNA, " \n"), replace(outbound(""), recipient=" ")])
def test_what_cannot_be_sent_is_said_so(message: OutboundMessage) -> None:
    with pytest.raises(Rejected, match=r"(?i)nothing"):
        parts_of(message)


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("+1 (555) 010-0199", "number", "+15550100199"),
        (" whatsapp:+1 555 010 0188 ", "whatsapp", "whatsapp:+15550100188"),
        (SERVICE, "messaging_service", SERVICE),
        ("54321", "short_code", "54321"),
        ("HALDEN Shop", "name", "HALDEN Shop"),
        ("rcs:halden_agent", "rcs", "rcs:halden_agent"),
    ],
)
def test_a_sender_is_read_as_admins_write_it(written: str, kind: str, value: str) -> None:
    sender = sender_of(written)
    assert (sender.kind, sender.value) == (kind, value)


@pytest.mark.parametrize(
    "written", ["", "+", "555 0100", "MG" + "3" * 31, "whatsapp:", "whatsapp:555", "A name too long", "ü"]
)
def test_what_is_no_sender_is_explained(written: str) -> None:
    with pytest.raises(ValueError, match="Write a number"):
        sender_of(written)


def test_short_codes_and_names_prove_nobody() -> None:
    assert [person(text).verified for text in (ANNA, f"whatsapp:{ANNA}", "54321", "DHL")] == [True, True, False, False]


def test_every_type_the_manifest_offers_is_carried_by_one_channel_at_least() -> None:
    for media_type in (kind.replace("*", "basic") for kind in EITHER.types):
        file = attachment("a", b"", media_type)
        outcomes = [goes(file, thread) for thread in (ANNA, f"whatsapp:{ANNA}")]
        assert any(outcomes), media_type


def goes(file: OutboundAttachment, thread: str) -> bool:
    try:
        return bool(parts_of(outbound(thread, "", attachments=(file,)), POOL))
    except Rejected:
        return False

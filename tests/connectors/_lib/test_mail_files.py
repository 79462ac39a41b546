"""Files that hide other things: winmail.dat and calendar invitations."""

import struct

from connectors._lib.mail_invites import read_invite
from connectors._lib.mail_mime import Part
from connectors._lib.mail_tnef import is_tnef, opened

INVITE = b"""BEGIN:VCALENDAR\r
METHOD:REQUEST\r
VERSION:2.0\r
PRODID:-//x//y//EN\r
BEGIN:VEVENT\r
UID:42@customer.example\r
SUMMARY:Delivery\r
LOCATION:Warsaw\r
DTSTART:20261123T090000Z\r
DTEND:20261123T100000Z\r
ORGANIZER;CN=Ann:mailto:ann@customer.example\r
ATTENDEE;CN=Support;PARTSTAT=NEEDS-ACTION:mailto:support@example.test\r
END:VEVENT\r
END:VCALENDAR\r
"""


def attribute(level: int, kind: int, data: bytes) -> bytes:
    """One TNEF attribute (MS-OXTNEF section 2.1.3.3)."""
    return struct.pack("<BII", level, kind, len(data)) + data + struct.pack("<H", sum(data) % 65536)


def winmail(name: bytes, content: bytes) -> Part:
    data = (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
        + attribute(2, 0x00069002, bytes(14))
        + attribute(2, 0x00018010, name + b"\x00")
        + attribute(2, 0x0006800F, content)
    )
    return Part(media_type="application/ms-tnef", content=data, name="winmail.dat", inline=False)


def test_winmail_dat_gives_up_its_files() -> None:
    part = winmail(b"invoice.pdf", b"%PDF-1.7 bytes")
    assert is_tnef(part)
    files, html = opened(part)
    assert [(file.name, file.content) for file in files] == [("invoice.pdf", b"%PDF-1.7 bytes")]
    assert html == ""


def test_a_broken_winmail_dat_stays_a_file() -> None:
    part = winmail(b"invoice.pdf", b"%PDF-1.7 bytes")
    broken = Part(media_type=part.media_type, content=part.content[:40], name="winmail.dat")
    assert broken in opened(broken)[0]


def test_a_file_only_named_winmail_dat_is_none() -> None:
    assert not is_tnef(Part(media_type="application/octet-stream", content=b"%PDF", name="winmail.dat"))


def test_an_invitation_says_what_when_where_and_who() -> None:
    invite = read_invite(INVITE)
    assert invite is not None
    assert invite["method"] == "REQUEST"
    assert (invite["summary"], invite["location"]) == ("Delivery", "Warsaw")
    assert (invite["starts"], invite["ends"]) == ("2026-11-23T09:00:00+00:00", "2026-11-23T10:00:00+00:00")
    assert invite["organizer"] == "ann@customer.example"
    assert invite["attendees"] == [{"address": "support@example.test", "name": "Support", "status": "needs-action"}]


def test_what_is_no_invitation_is_none() -> None:
    assert read_invite(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n") is None
    assert read_invite(b"\x00\xff junk") is None
    assert read_invite(INVITE[:200]) is None

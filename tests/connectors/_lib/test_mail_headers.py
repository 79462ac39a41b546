"""Header fields as found in the wild."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._lib.mail_headers import (
    addresses,
    clean_address,
    header_text,
    mail_date,
    message_id,
    message_ids,
    safe_name,
)

ANY = st.text(
    st.characters(codec="utf-8") | st.sampled_from('<>@,;:()"\\=?\r\n\t [].') | st.sampled_from("\udc80\udcff")
)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("alice@example.org]<bob@evil.example>", [("bob@evil.example", "alice@example.org]")]),
        ('"alice@example.org" <bob@evil.example>', [("bob@evil.example", "alice@example.org")]),
        ("=?utf-8?q?alice=40good.example_=3Calice=40good.example=3E?= <b@evil.example>", [("b@evil.example", None)]),
        ('"Doe, John" <j@x.example>, Eve <e@x.example>', [("j@x.example", "Doe, John"), ("e@x.example", "Eve")]),
        (
            'Team: a@x.example, "B" <b@x.example>;, c@x.example',
            [("a@x.example", ""), ("b@x.example", "B"), ("c@x.example", "")],
        ),
        ("undisclosed-recipients:;", []),
        ("<@a>", []),
        ("ann@x.example (Ann Customer)", [("ann@x.example", "Ann Customer")]),
        ("<@relay.example,@relay2.example:user@host.example>", [("user@host.example", "")]),
        ("김철수 <kim@x.example>", [("kim@x.example", "김철수")]),
        ("=?ks_c_5601-1987?B?sejDtrz2?= <kim@x.example>", [("kim@x.example", "김철수")]),
        ("Ann\r\n <ann@x.example>", [("ann@x.example", "Ann")]),
    ],
)
def test_the_address_is_what_stands_in_angle_brackets(field: str, expected: list[tuple[str, str | None]]) -> None:
    found = addresses([field])
    assert [entry.address for entry in found] == [address for address, _ in expected]
    assert [entry.name for entry, (_, name) in zip(found, expected, strict=True) if name is not None] == [
        name for _, name in expected if name is not None
    ]


def test_a_display_name_cannot_turn_the_line_around_or_break_it() -> None:
    assert safe_name("Ann\u202egpj.exe\r\nBcc: x") == "Anngpj.exe Bcc: x"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("=?utf-8?B?4pyT?= =?utf-8?Q?a_b?= c", "✓a b c"),
        # One character cut in two over two words, as many Korean and Japanese clients do.
        ("=?utf-8?B?7JWI64U=?= =?utf-8?B?lQ==?=", "안녕"),
        ("=?iso-8859-1?q?Fr=F6sche?=", "Frösche"),
        ("=?unknown-8bit?q?caf=E9?=", "café"),
        ("=?utf-8*en?q?hello?=", "hello"),
        ("Fr\udcf6sche", "Frösche"),
        ("Gr\udcc3\udcbc\udcc3\udc9fe", "Grüße"),
        ("a\r\n b\tc", "a b c"),
        ("=?utf-8?q?a=0D=0ABcc:_evil?=", "a Bcc: evil"),
        ("=?utf-8?b?!!!?=", ""),
    ],
)
def test_a_header_is_decoded_onto_one_line(field: str, expected: str) -> None:
    assert header_text(field) == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("<a@b.example>", "a@b.example"),
        ("  a@b.example ", "a@b.example"),
        ("<a\r\n b@c.example>", "ab@c.example"),
        ("<>", None),
        ("", None),
        ("<a@b> <c@d>", "a@b"),
    ],
)
def test_a_message_id_is_read_without_its_brackets(field: str, expected: str | None) -> None:
    assert message_id(field) == expected


def test_overlong_message_ids_stay_two() -> None:
    first, second = message_id(f"<{'x' * 5000}a@b>"), message_id(f"<{'x' * 5000}c@b>")
    assert first is not None
    assert second is not None
    assert first != second
    assert len(first) <= 512


def test_references_name_every_id_once() -> None:
    assert message_ids("<a@b> <c@d>\r\n\t<a@b> (see <e@f>)") == ("a@b", "c@d", "e@f")


@pytest.mark.parametrize("field", ["", "yesterday", "Mon, 99 Foo 2026 10:00:00", "Thu, 1 Jan 99999 00:00:00 +0000"])
def test_a_date_that_is_none_is_none(field: str) -> None:
    assert mail_date(field) is None


def test_a_date_is_a_moment_in_utc() -> None:
    assert mail_date("Mon, 2 Apr 2012 18:22:10 +0400 (MSD)") == datetime(2012, 4, 2, 14, 22, 10, tzinfo=UTC)
    assert mail_date("2 Apr 2012 18:22:10") == datetime(2012, 4, 2, 18, 22, 10, tzinfo=UTC)


@given(ANY)
def test_no_header_breaks_the_readers(field: str) -> None:
    assert "\n" not in header_text(field)
    assert [entry.address for entry in addresses([field])] == [clean_address(e.address) for e in addresses([field])]
    message_ids(field)
    message_id(field)
    mail_date(field)

"""Bytes become text, whatever charset they claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._lib.mail_charsets import codec_for, decode_text

LABELS = [
    "",
    "utf-8",
    "us-ascii",
    "X-UNKNOWN",
    "_iso-2022-jp$ESC",
    "fakescii",
    "ansi_x3.110-1983",
    "charset=us-ascii",
    "utf-7",
]


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        ("안녕하세요 고객님, 똠방각하", "cp949", "ks_c_5601-1987"),
        ("안녕하세요 고객님, 똠방각하", "cp949", "euc-kr"),
        ("汉字㐂", "gb18030", "gb2312"),
        ("①髙島屋", "cp932", "shift_jis"),
        ("Zażółć gęślą jaźń", "iso-8859-2", "iso-8859-2"),
        ("it’s “quoted”", "cp1252", "iso-8859-1"),
        ("Grüße", "utf-8", "us-ascii"),
        ("Grüße", "utf-8", "unknown-8bit"),
        ("Grüße", "cp1252", "unknown-8bit"),
        ("こんにちは", "iso-2022-jp", "_iso-2022-jp$ESC"),
        ("안녕하세요 고객님", "cp949", ""),
    ],
)
def test_the_declared_charset_its_wider_form_or_a_good_guess(text: str, encoding: str, label: str) -> None:
    assert decode_text(text.encode(encoding), label) == text


@pytest.mark.parametrize(
    "label", ["base64", "zlib", "rot13", "unicode_escape", "idna", "undefined", "a\x00b", "x" * 999]
)
def test_what_yields_no_text_is_no_charset(label: str) -> None:
    assert codec_for(label) == ""


@given(st.binary(), st.sampled_from(LABELS) | st.text(max_size=20))
def test_any_bytes_under_any_label_become_storable_text(data: bytes, label: str) -> None:
    text = decode_text(data, label)
    assert "\x00" not in text
    text.encode("utf-8")

"""Mails taken apart. The rule for bodies and attachments is RFC 8621 section 4.1.4."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._lib.mail_headers import message_id
from connectors._lib.mail_mime import read_mail
from connectors._lib.mail_parameters import parameters, safe_file_name
from tests.connectors.corpora import corpus, needs_corpora

MAILS = corpus("mail-mime", "*/*.eml")

# Where our rule and the corpus's expectation differ, and why ours stands.
OTHER_SUBJECT = {
    # Raw 8-bit bytes in the header: the corpus expects U+FFFD, we read the charset they are in.
    *("legacy/010", "legacy/020", "legacy/022", "legacy/027", "legacy/052"),
}
OTHER_TEXT = {
    "legacy/049",  # uuencoded files are attachments here, text in the corpus
    "legacy/052",  # 8-bit text without a charset: read, not replaced
    "thirdparty/000",  # a lone CR is a line break, a NUL cannot be stored
    "thirdparty/002",  # base64 that is none
    "thirdparty/005",  # text behind a boundary that is none
}
OTHER_ATTACHMENTS = {
    "legacy/049",
    "thirdparty/002",
    "thirdparty/015",  # three forwarded mails; the corpus stops at the first, whose own structure is broken
}


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def expected(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.with_suffix(".json").read_text())
    return loaded


def header(tree: dict[str, Any], name: str) -> str:
    found = [field["value"] for field in tree["parts"][0]["headers"] if field["name"] == name]
    return str(found[0]["Text"]) if found and "Text" in found[0] else ""


def folded(text: str) -> str:
    return " ".join(text.split())


@needs_corpora
def test_the_whole_corpus_is_there() -> None:
    assert len(MAILS) == 84


@pytest.mark.parametrize("path", MAILS, ids=name_of)
def test_subject_and_id_are_right(path: Path) -> None:
    mail, tree = read_mail(path.read_bytes()), expected(path)
    same = folded(mail.headers.text("subject")) == folded(header(tree, "subject"))
    assert same is (name_of(path) not in OTHER_SUBJECT)
    assert (message_id(mail.headers.raw("message-id")) or "") == header(tree, "message_id")


@pytest.mark.parametrize("path", MAILS, ids=name_of)
def test_the_text_is_right(path: Path) -> None:
    mail, tree = read_mail(path.read_bytes()), expected(path)
    bodies = [tree["parts"][index]["body"] for index in tree["text_body"]]
    theirs = [folded(body["Text"]) for body in bodies if "Text" in body]
    ours = [folded(part.text) for part in mail.text_body if part.media_type == "text/plain"]
    assert (ours == theirs) is (name_of(path) not in OTHER_TEXT)


@pytest.mark.parametrize("path", MAILS, ids=name_of)
def test_the_attachments_are_right(path: Path) -> None:
    mail, tree = read_mail(path.read_bytes()), expected(path)
    assert (len(mail.attachments) == len(tree["attachments"])) is (name_of(path) not in OTHER_ATTACHMENTS)


@pytest.mark.parametrize(
    ("field", "expected_name"),
    [
        ('attachment; filename="a b.pdf"', "a b.pdf"),
        ("attachment; filename=a.pdf; size=3", "a.pdf"),
        ("attachment; filename*=utf-8''%EA%B2%AC%EC%A0%81%EC%84%9C.pdf", "견적서.pdf"),
        ("attachment; filename*0*=utf-8''%EA%B2%AC; filename*1*=%EC%A0%81; filename*2=.pdf", "견적.pdf"),
        ('attachment; filename="=?utf-8?B?6rKs7KCB7IScLnBkZg==?="', "견적서.pdf"),
        ('attachment; filename="say \\"hi\\".txt"', 'say "hi".txt'),
    ],
)
def test_file_names_are_read_however_they_are_written(field: str, expected_name: str) -> None:
    assert parameters(field)["filename"] == expected_name


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\invoice.pdf", "invoice.pdf"),
        ("a\x00b\r\nc.txt", "ab__c.txt"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe"),
        ("..", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_file_name_is_only_a_name(given_name: str, safe: str) -> None:
    assert safe_file_name(given_name.replace("\x00", "")) == safe


def test_a_folded_boundary_is_one_boundary() -> None:
    data = b'Content-Type: multipart/mixed; boundary="foo\r\n bar"\r\n\r\n--foo bar\r\n\r\nhello\r\n--foo bar--\r\n'
    assert read_mail(data).text.strip() == "hello"


def test_a_mail_of_a_hundred_thousand_parts_is_read_in_bounds() -> None:
    data = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\na\r\n" * 20_000 + b"--x--\r\n"
    mail = read_mail(data)
    assert len(mail.text_body) + len(mail.attachments) <= 500


def test_deeply_nested_parts_do_not_break_the_reader() -> None:
    data = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(90))
    read_mail(data + b"\r\n\r\ndeep")


@given(st.binary(max_size=4000))
def test_any_bytes_are_a_mail(data: bytes) -> None:
    mail = read_mail(data)
    assert isinstance(mail.text, str)
    assert isinstance(mail.html, str)


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    b"Content-Type: multipart/mixed; boundary=a\r\n",
                    b"Content-Type: multipart/alternative; boundary=b\n",
                ),
                *(
                    b"--a\r\n",
                    b"--a--\r\n",
                    b"--b\r\n",
                    b"--b--\r\n",
                    b"\r\n",
                    b"\n",
                    b"text",
                    b"=ZZ=",
                    b"YQ=",
                    b"\xff\xfe\x00",
                ),
                *(
                    b"Content-Type: message/rfc822\r\n",
                    b"Content-Type: text/html; charset=x\r\n",
                    b"begin 644 a\n#``\nend\n",
                ),
                *(b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: quoted-printable\r\n"),
                *(b"Content-Transfer-Encoding: uuencode\r\n", b"Content-Type: message/delivery-status\r\n"),
                *(b"Content-Disposition: attachment; filename*0*=x'y'%ZZ\r\n", b"Content-ID: <x>\r\n"),
            ]
        ),
        max_size=40,
    )
)
def test_any_arrangement_of_mime_is_a_mail(pieces: list[bytes]) -> None:
    mail = read_mail(b"".join(pieces))
    assert all(isinstance(part.content, bytes) for part in [*mail.attachments, *mail.text_body, *mail.html_body])

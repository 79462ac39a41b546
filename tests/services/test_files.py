"""File names are safe, types are what the bytes say, and pictures stay within bounds."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hub.services import pictures
from hub.services.file_names import NAME_LIMIT, safe_name
from hub.services.sniffing import media_type


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\photo.jpg", "photo.jpg"),
        ("/absolute/", "absolute"),
        ("a\x00b\nc.txt", "ab c.txt"),
        ("exe\u202egpj.exe", "exegpj.exe"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("...hidden", "hidden"),
        ("trailing. . ", "trailing"),
        ('a<b>:"c|d?e*.txt', "a_b___c_d_e_.txt"),
        ("보고서 최종.pdf", "보고서 최종.pdf"),
        ("zażółć gęślą.docx", "zażółć gęślą.docx"),
        ("👩\u200d💻.png", "👩\u200d💻.png"),
        ("", "file.pdf"),
        ("..", "file.pdf"),
        ("\u202e\u200b", "file.pdf"),
    ],
)
def test_names_lose_paths_controls_and_tricks(name: str, safe: str) -> None:
    assert safe_name(name, "application/pdf") == safe


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("ż" * 5000 + ".pdf")
    assert name.endswith("ż.pdf")
    assert len(name) <= NAME_LIMIT


@given(st.text(max_size=400))
def test_any_name_becomes_a_safe_one_and_stays_it(name: str) -> None:
    safe = safe_name(name)
    assert 1 <= len(safe) <= NAME_LIMIT
    assert len(safe.encode()) <= 255
    assert not set('/\\<>:"|?*\x00') & set(safe)
    assert safe not in {".", ".."}
    assert safe_name(safe) == safe


def zipped(*names: str, first: tuple[str, bytes] | None = None) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in [first] if first else []:
            archive.writestr(name, content)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def picture(size: tuple[int, int] = (64, 32), kind: str = "PNG", **more: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **more)
    return out.getvalue()


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("content", "claimed", "name", "seen"),
    [
        (picture(), "text/plain", "a.txt", "image/png"),
        (picture(kind="JPEG"), "", "", "image/jpeg"),
        (b"%PDF-1.7\n", "image/png", "a.png", "application/pdf"),
        (b"<html><script>x</script>", "image/png", "a.png", "text/html"),
        (b"\xef\xbb\xbf  <!-- c --> <!DOCTYPE html>", "text/plain", "a.txt", "text/html"),
        ("<html>".encode("utf-16"), "text/plain", "", "text/html"),
        (b"<?xml version='1.0'?><svg onload='x'/>", "image/jpeg", "a.jpg", "image/svg+xml"),
        (b"hello", "text/html", "", "text/html"),
        (b"hello", "", "page.htm", "text/html"),
        (b"hello", "image/png", "a.png", "text/plain"),
        (b"a,b\n1,2\n", "text/csv", "", "text/csv"),
        (b"a,b\n1,2\n", "application/octet-stream", "a.csv", "text/csv"),
        (b'{"a": 1}', "application/json", "", "application/json"),
        (b"BEGIN:VCALENDAR\r\n", "", "", "text/calendar"),
        (b"BEGIN:VCARD\r\n", "text/plain", "", "text/vcard"),
        (b"Received: by x\r\nFrom: a@b.c\r\nSubject: hi\r\n\r\nhello", "", "a.eml", "message/rfc822"),
        (b"Dear: all\nlunch at 12", "", "", "text/plain"),
        (zipped("[Content_Types].xml", "word/document.xml"), "application/zip", "", DOCX),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "", "a.docx", XLSX),
        (zipped(first=("mimetype", b"application/epub+zip")), "", "", "application/epub+zip"),
        (zipped("a.txt"), "image/png", "", "application/zip"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "", "old.doc", "application/msword"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "", "", "application/x-ole-storage"),
        (b"MZ" + b"\0" * 100, "image/png", "a.png", "application/x-msdownload"),
        (bytes.fromhex("1a45dfa3") + b"\0" * 30 + b"webm" + b"\0" * 300, "audio/webm", "", "audio/webm"),
        (b"\x00\x01\x02\x03unknown", "image/png", "", "application/octet-stream"),
        (b"\x00\x01\x02\x03unknown", "application/x-own", "", "application/x-own"),
        (b"\x00\x01\x02\x03unknown", "application/javascript", "", "application/octet-stream"),
        (b"\x00\x01\x02\x03unknown", "nonsense; x=\x00", "", "application/octet-stream"),
        (b"", "image/png", "a.png", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, claimed: str, name: str, seen: str) -> None:
    assert media_type(content, claimed=claimed, name=name) == seen


@given(st.binary(max_size=600), st.text(max_size=30), st.text(max_size=30))
def test_any_bytes_have_a_type_and_none_is_active_by_claim_alone(content: bytes, claimed: str, name: str) -> None:
    seen = media_type(b"\x00" + content, claimed=claimed, name=name)
    assert "/" in seen
    assert seen not in {"text/html", "image/svg+xml", "application/javascript"}


async def test_a_picture_is_measured_upright_and_made_small() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    seen = await pictures.examine(picture((1000, 500), "JPEG", exif=exif))
    assert (seen.width, seen.height) == (500, 1000)
    assert seen.thumbnail is not None
    with Image.open(BytesIO(seen.thumbnail)) as small:
        assert (small.format, small.size) == ("WEBP", (240, 480))


async def test_transparency_stays_in_the_thumbnail() -> None:
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    seen = await pictures.examine(out.getvalue())
    assert seen.thumbnail is not None
    with Image.open(BytesIO(seen.thumbnail)) as small:
        assert small.mode == "RGBA"


async def test_a_bomb_is_not_unpacked() -> None:
    seen = await pictures.examine(picture((9000, 9000)))
    assert seen.thumbnail is None


@pytest.mark.parametrize("content", [b"", b"not a picture", picture()[:40], picture((300, 300), "GIF")[:-300]])
async def test_broken_pictures_are_no_error(content: bytes) -> None:
    assert (await pictures.examine(content)).thumbnail is None

"""What is asked of Telegram for one message, and rich text both ways."""

import lxml.html
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connectors.telegram.entities import to_html
from connectors.telegram.markup import to_telegram_html
from connectors.telegram.render import PHOTO_LIMIT, kind_of, render
from connectors.telegram.wire import Entity
from tests.connectors.conformance.kit import attachment, outbound
from tests.peers.telegram_text import read_html, utf16_length

PDF = attachment("a.pdf", b"x", "application/pdf")
PHOTO = attachment("a.jpg", b"x", "image/jpeg")


@pytest.mark.parametrize(("text", "parts"), [("x" * 1024, 1), ("x" * 1025, 2), ("😀" * 512, 1), ("😀" * 513, 2)])
def test_a_caption_is_counted_in_utf16_units(text: str, parts: int) -> None:
    assert len(render(outbound("1", text, attachments=(PDF,)))) == parts


def test_eleven_photos_make_two_albums_and_the_text_stands_beside_the_first() -> None:
    parts = render(outbound("1", "Look", attachments=(PHOTO,) * 11))
    assert [(part.text, len(part.files)) for part in parts] == [("Look", 10), ("", 1)]


def test_nothing_makes_no_request() -> None:
    assert render(outbound("1", "  \n")) == ()


def test_a_photo_larger_than_telegram_takes_goes_out_as_a_file() -> None:
    assert kind_of(attachment("big.jpg", b"", "image/jpeg", size=PHOTO_LIMIT)) == "photo"
    assert kind_of(attachment("big.jpg", b"", "image/jpeg", size=PHOTO_LIMIT + 1)) == "document"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>plain</p>", ""),
        ("<p>a <strong>b</strong></p><p>c</p>", "a <b>b</b>\nc"),
        ("<ol><li><em>one</em></li><li>two</li></ol>", "1. <i>one</i>\n2. two"),
        ("<ul><li>one<ul><li><b>deep</b></li></ul></li></ul>", "• one\n• <b>deep</b>"),
        ('<a href="javascript:alert(1)">x</a><b>y</b>', "x<b>y</b>"),
        ('<a href="https://e.com/?q=&quot;&gt;&amp;">x</a>', '<a href="https://e.com/?q=&quot;&gt;&amp;">x</a>'),
        ("<pre>a\n  b <b>c</b></pre>", "<pre>a\n  b c</pre>"),
        ("<blockquote>q<blockquote>qq</blockquote></blockquote>", "<blockquote>q\nqq\n</blockquote>"),
        ("<b>never closed", "<b>never closed</b>"),
        ("<b><i>crossed</b></i>", "<b><i>crossed</i></b>"),
        ("<script>alert(1)</script><b>x</b>", "<b>x</b>"),
        ("a<br>b <u>c</u> &lt;b&gt;", "a\nb <u>c</u> &lt;b&gt;"),
        ("<h2>Title</h2><p>text</p>", "<b>Title</b>\ntext"),
    ],
)
def test_rich_text_becomes_telegrams_subset(html: str, expected: str) -> None:
    assert to_telegram_html(html) == expected


TAGS = st.sampled_from(["b", "i", "u", "s", "code", "pre", "a", "p", "div", "ul", "ol", "li", "blockquote", "br", "x"])
PIECES = (
    st.text(max_size=8)
    | TAGS.map(lambda tag: f"<{tag}>")
    | TAGS.map(lambda tag: f"</{tag}>")
    | st.sampled_from(
        ['<a href="https://e.com/?a=1&b=2">', "<a href='tel:1'>", "&amp;", "&lt;", "<!-- -->", "<![CDATA["]
    )
)


@given(pieces=st.lists(PIECES, max_size=30))
def test_telegram_can_read_whatever_markup_we_write(pieces: list[str]) -> None:
    read_html(to_telegram_html("".join(pieces)))


ENTITIES = st.builds(
    Entity,
    type=st.sampled_from(["bold", "italic", "code", "pre", "text_link", "url", "blockquote", "spoiler", "mention"]),
    offset=st.integers(-2, 40),
    length=st.integers(-2, 40),
    url=st.sampled_from(["https://example.com/?a=1&b=2", "javascript:alert(1)", '"><script>', ""]),
)


@example(text="<\n", entities=[Entity(type="pre", offset=1, length=1)])
@given(text=st.text("ab <&>\"'\n😀한ą", max_size=30), entities=st.lists(ENTITIES, max_size=8))
def test_formatting_never_changes_the_words_and_is_safe(text: str, entities: list[Entity]) -> None:
    html = to_html(text, entities)
    tree = lxml.html.fromstring(f"<div>{html}</div>")
    for line_break in tree.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    assert not html or "".join(tree.itertext()) == text
    assert {element.tag for element in tree.iter()} <= {
        "div",
        "a",
        "b",
        "i",
        "u",
        "s",
        "code",
        "pre",
        "br",
        "blockquote",
    }
    assert all(link.startswith("https://") for link in tree.xpath("//@href"))


@given(text=st.text(max_size=50))
def test_length_is_telegrams(text: str) -> None:
    assert utf16_length(text) == sum(2 if ord(character) > 0xFFFF else 1 for character in text)

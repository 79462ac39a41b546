"""Strangers' HTML: safe to show, and readable as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._lib.html import html_text, sanitised, sanitised_with_fold


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' &#106;avascript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href='/relative'>x</a>",
        "<a href='//host/path'>x</a>",
        "<img src='relative.png'>",
        "<form action='https://evil.example'><input name=a></form>",
        "<iframe src='https://evil.example'></iframe>",
        "<style>body{background:url(https://evil.example/x)}</style>",
        "<p style=\"background:url('https://evil.example/x')\">x</p>",
        "<p style='color: expression(alert(1))'>x</p>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<base href='https://evil.example/'>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<object data='https://evil.example'></object>",
        "<body background='https://evil.example/x'>x</body>",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    ],
)
def test_nothing_that_acts_or_loads_by_itself_is_left(hostile: str) -> None:
    shown = sanitised(f"<p>before</p>{hostile}<p>after</p>").lower()
    assert "before" in shown
    for word in (
        "script",
        "onerror",
        "javascript",
        "evil.example",
        'href="/',
        'src="relative',
        "<form",
        "<input",
        "data:",
    ):
        assert word not in shown.replace('<p title="', "")


def test_what_a_mail_needs_is_kept() -> None:
    shown = sanitised(
        '<p style="color: red; position: fixed">Hi <b>Ann</b></p><img src="cid:logo@x" alt="Logo">'
        '<img src="https://cdn.example/p.png"><a href="https://shop.example">shop</a><a href="tel:+48">call</a>'
    )
    assert 'style="color:red"' in shown.replace(": ", ":").replace(";", "")
    assert 'src="cid:logo@x"' in shown
    assert 'src="https://cdn.example/p.png"' in shown
    assert 'rel="noopener noreferrer nofollow"' in shown
    assert 'target="_blank"' in shown
    assert 'href="tel:+48"' in shown


def test_a_trailing_quotation_is_folded_without_scripts() -> None:
    shown = sanitised_with_fold(
        '<div>New words</div><div class="gmail_quote">On x wrote:<blockquote>old</blockquote></div>'
    )
    assert shown.index("New words") < shown.index("<details>") < shown.index("old") < shown.index("</details>")


@pytest.mark.parametrize(
    "html",
    [
        '<blockquote type="cite">old</blockquote><p>my answer below</p>',
        '<div class="gmail_quote">only quoted</div>',
        "<blockquote>a poem</blockquote>and my thoughts on it",
    ],
)
def test_what_is_followed_by_an_answer_or_is_all_there_is_stays_open(html: str) -> None:
    assert "<details>" not in sanitised_with_fold(html)


def test_html_reads_as_text() -> None:
    text, at = html_text(
        "<html><head><title>t</title><style>x{}</style></head><body><p>Hello,</p><ul><li>one</li></ul></body></html>"
    )
    assert text.split() == ["Hello,", "*", "one"]
    assert at is None


@pytest.mark.parametrize("bomb", ["<div>" * 50_000, "<blockquote>" * 30_000, "<b><i>" * 30_000])
def test_html_made_to_hang_a_reader_becomes_text_at_once(bomb: str) -> None:
    assert sanitised_with_fold(f"{bomb}words") == ""
    assert "words" in html_text(f"{bomb}words")[0]


@given(st.text(st.sampled_from("<>/=\"' abdiv&;#!-\u0000")) | st.text())
def test_any_html_is_shown_and_read(html: str) -> None:
    assert "<script" not in sanitised_with_fold(html)
    text, at = html_text(html)
    assert at is None or 0 < at <= len(text)

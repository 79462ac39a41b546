"""An agent's rich text as Slack's blocks, and Slack's text as ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.slack.blocks import rich_text_block
from connectors.slack.emoji import sign_by_code, sign_of
from connectors.slack.render import escaped, render
from connectors.slack.rich_text import read_blocks, read_mrkdwn
from tests.connectors.conformance.kit import outbound


def plain_of(html: str) -> str:
    """The text of the block an HTML becomes, as Slack's own readers see it."""
    block = rich_text_block(html)
    assert block is not None
    return read_blocks([block], ())[0]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one <b>two</b></p><p>three</p>", "one two\nthree"),
        ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "• a\n• b\n  1. c"),
        ("<blockquote>they said<br>this</blockquote><p>no</p>", "> they said\n> this\nno"),
        ("<pre>x = 1\n  y</pre>after", "x = 1\n  y\nafter"),
        ('<a href="https://example.com/?a=1&amp;b=2">here</a>', "here (https://example.com/?a=1&b=2)"),
        ('<p><i>a</i> <a href="javascript:alert(1)">b</a></p>', "a b"),
        ("<script>bad()</script><b>good</b>", "good"),
        ("<b>never closed", "never closed"),
        ("<p><b>See</b> https://example.com/a?b=1, or not</p>", "See https://example.com/a?b=1, or not"),
    ],
)
def test_formatted_text_keeps_its_words(html: str, text: str) -> None:
    assert plain_of(html) == text


@pytest.mark.parametrize("html", ["", "plain", "<p>one</p><p>two</p>", "<br><hr>", "<style>b{}</style>"])
def test_text_without_formatting_needs_no_block(html: str) -> None:
    assert rich_text_block(html) is None


@given(st.text("ab <>&/bipreulol=\"'", max_size=60))
def test_any_html_makes_a_block_or_none(html: str) -> None:
    block = rich_text_block(html)
    assert block is None or read_blocks([block], ()) is not None


@given(st.text(max_size=80))
def test_what_is_escaped_reads_as_it_was_written(text: str) -> None:
    named = text.replace(":", "")
    assert read_mrkdwn(escaped(named), ()) == named


def test_a_message_of_blanks_has_no_parts() -> None:
    assert render(outbound("C0HELP", " \n ")) == ()


@pytest.mark.parametrize(
    ("name", "sign"), [("+1", "👍"), ("+1::skin-tone-6", "👍🏿"), ("heart", "❤️"), ("acme", ":acme:"), ("", "::")]
)
def test_names_of_emoji_are_shown_as_signs(name: str, sign: str) -> None:
    assert sign_of(name) == sign


@pytest.mark.parametrize(("code", "sign"), [("1f44d-1f3fd", "👍🏽"), ("d800", ""), ("x", ""), ("110000", ""), ("", "")])
def test_code_points_are_shown_as_signs(code: str, sign: str) -> None:
    assert sign_by_code(code) == sign


def test_an_address_in_formatted_text_is_a_link() -> None:
    block = rich_text_block("<b>See</b> https://example.com/a.")
    assert block is not None
    (section,) = block["elements"]
    assert section["elements"][1:] == [
        {"type": "text", "text": " "},
        {"type": "link", "url": "https://example.com/a", "text": "https://example.com/a"},
        {"type": "text", "text": "."},
    ]


def test_an_address_alone_is_no_formatting() -> None:
    assert rich_text_block("<p>https://example.com/a</p>") is None

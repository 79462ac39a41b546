"""Does a message fit, and how a long text is split."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.channel import Capabilities, MediaRule, VoiceFormat
from hub.domain.errors import CannotSend
from hub.domain.sending import Enclosure, check_fits, recording_format, split_text, text_length

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
META = Capabilities(text_limit=100, reply_window=timedelta(hours=24), human_window=timedelta(days=7))


@given(st.text(max_size=400), st.integers(min_value=4, max_value=60), st.sampled_from(["characters", "utf16", "bytes"]))
def test_split_parts_fit_and_lose_nothing_but_white_space(text: str, limit: int, unit: str) -> None:
    parts = split_text(text, limit, unit)
    assert all(0 < text_length(part, unit) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_is_cut_between_paragraphs_before_it_is_cut_between_words() -> None:
    assert split_text("First thought here.\n\nSecond one follows.", 30, "characters") == [
        "First thought here.",
        "Second one follows.",
    ]
    assert split_text("one two three four", 9, "characters") == ["one two", "three", "four"]


def test_joined_emoji_are_not_torn() -> None:
    family = "👩\u200d👩\u200d👧"
    assert split_text("abcdefg" + family, 9, "characters") == ["abcdefg", family]


def test_a_person_may_answer_longer_than_a_bot_where_the_provider_allows_it() -> None:
    heard = NOW - timedelta(days=3)
    check_fits(META, text="Hello", enclosures=(), last_inbound_at=heard, now=NOW)
    with pytest.raises(CannotSend, match="24 hours"):
        check_fits(META, text="Hello", enclosures=(), last_inbound_at=heard, now=NOW, by_person=False)


def test_a_text_may_fill_as_many_messages_as_the_channel_allows() -> None:
    capabilities = Capabilities(text_limit=10, max_parts=2)
    check_fits(capabilities, text="one two three four", enclosures=(), last_inbound_at=None, now=NOW)
    with pytest.raises(CannotSend, match="2 messages of 10"):
        check_fits(capabilities, text="one two three four five six", enclosures=(), last_inbound_at=None, now=NOW)


def test_a_channel_that_only_receives_says_how_to_answer_instead() -> None:
    form = Capabilities(receive_only="Nothing goes out on a form. Write to the e-mail address the person gave.")
    with pytest.raises(CannotSend, match="Write to the e-mail address"):
        check_fits(form, text="Hello", enclosures=(), last_inbound_at=NOW, now=NOW)


def test_a_file_may_be_as_large_as_its_type_allows_else_its_family_else_any() -> None:
    rule = MediaRule(max_bytes=9_000_000, sizes={"image/*": 500_000, "image/png": 2_000_000})
    assert [rule.most_bytes(kind) for kind in ("image/png", "image/webp", "audio/ogg")] == [
        2_000_000,
        500_000,
        9_000_000,
    ]
    for kind, said in (("image/png", "2 MB"), ("image/webp", "500 KB"), ("audio/ogg", "9 MB")):
        file = Enclosure(name="a", media_type=kind, size=rule.most_bytes(kind) + 1)
        with pytest.raises(CannotSend, match=f"at most {said} of its type"):
            check_fits(Capabilities(media=rule), text="", enclosures=[file], last_inbound_at=NOW, now=NOW)


@pytest.mark.parametrize(
    ("capabilities", "made"),
    [
        (Capabilities(voice=VoiceFormat.ogg_opus, media=MediaRule()), VoiceFormat.ogg_opus),
        (Capabilities(media=MediaRule()), VoiceFormat.mp3),
        (Capabilities(media=MediaRule(types=("image/*",))), None),
        (Capabilities(), None),
    ],
)
def test_a_recording_is_made_into_what_the_channel_carries(
    capabilities: Capabilities, made: VoiceFormat | None
) -> None:
    assert recording_format(capabilities) is made

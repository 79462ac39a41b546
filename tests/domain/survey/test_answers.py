"""What is an answer to a survey and what is a message like any other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.survey.answers import Said, button_data, read, read_button
from hub.domain.survey.rating import COMMENT_LIMIT, RatingId
from hub.domain.survey.survey import SCORES, Scale
from hub.domain.survey.wording import LABELS, labels
from hub.services.ids import new_id


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("4", 4), (" 5! ", 5), ("(3)", 3), ("#2", 2), ("5/5", 5), ("4 out of 5", 4), ("4 z 5", 4), ("5 stars", 5),
        ("3 gwiazdki", 3), ("5점", 5), ("4.", 4), ("⭐⭐⭐⭐", 4), ("★★☆☆☆", 2), ("5️⃣", 5), ("５", 5),
        ("excellent", 5), ("Znakomicie!", 5), ("średnio", 3), ("매우 불만족", 1),
    ],
)  # fmt: skip
def test_a_plain_answer_is_a_score(text: str, score: int) -> None:
    assert read(Scale.five, text) == Said(score=score)


@pytest.mark.parametrize(
    "text",
    ["", " ", "4 of my parcels are missing", "4.5", "1-2 days", "4:30 is fine", "0", "6", "10", "45", "call me at 5",
     "ok", "👍", "good morning", "5 is my order", "⭐⭐⭐⭐⭐⭐"],
)  # fmt: skip
def test_what_is_no_plain_answer_is_a_message_like_any_other(text: str) -> None:
    assert read(Scale.five, text) is None


def test_words_beside_a_score_are_its_comment_and_a_question_in_them_is_told() -> None:
    assert read(Scale.five, "5, thank you") == Said(score=5, words="thank you")
    assert read(Scale.five, "2\nslow\nand rude") == Said(score=2, words="slow\nand rude")
    question = read(Scale.five, "1 - and where is my money?")
    assert question == Said(score=1, words="and where is my money?")
    assert question.asks


@pytest.mark.parametrize(
    ("text", "score"),
    [("👍", 5), ("👍🏽 super", 5), ("👎", 1), ("1", 5), ("2", 1), ("not satisfied", 1), ("만족해요", 5)],
)
def test_thumbs_are_up_or_down(text: str, score: int) -> None:
    said = read(Scale.thumbs, text)
    assert said is not None
    assert said.score == score


@pytest.mark.parametrize("scale", list(Scale))
@pytest.mark.parametrize("language", ["en", "ko", "pl"])
def test_every_answer_offered_is_understood(scale: Scale, language: str) -> None:
    assert [said.score for name in labels(scale, language) if (said := read(scale, name))] == list(SCORES[scale])
    assert len({name.casefold() for names in LABELS[scale].values() for name in names}) == 3 * len(SCORES[scale])


def test_a_button_names_its_rating_and_no_other_data_does() -> None:
    rating_id = RatingId(new_id())
    press = read_button(button_data(rating_id, 4))
    assert press is not None
    assert (press.rating_id, press.score) == (rating_id, 4)
    assert len(button_data(rating_id, 5)) <= 64
    assert [read_button(data) for data in ("hub:1:2:3", f"rate:{rating_id.hex}:9", "rate:", None, 4)] == [None] * 5


@given(st.text(max_size=300), st.sampled_from(list(Scale)))
def test_whatever_is_written_is_read_without_harm(text: str, scale: Scale) -> None:
    said = read(scale, text)
    assert said is None or (said.score in SCORES[scale] and len(said.words) <= COMMENT_LIMIT)


def test_a_long_text_of_marks_costs_no_time() -> None:
    assert read(Scale.five, "(" * 1_000_000) is None
    assert read(Scale.five, "5" + " " * 1_000_000 + "x") == Said(score=5)

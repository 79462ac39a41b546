"""A rating's answers: any order and any number of times give the same."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from hub.domain.ids import ChannelId, ContactPointId, ConversationId
from hub.domain.survey.rating import Owed, Rating, RatingId, RatingState, Via, asked, commented, rated
from hub.domain.survey.survey import Scale, Survey, SurveyId, survey_for
from hub.services.ids import new_id
from tests.scripted import T0

CHANNEL = ChannelId(new_id())


def survey(**changed: object) -> Survey:
    made = Survey(id=SurveyId(new_id()), name="After help", created_at=T0, updated_at=T0)
    return replace(made, **changed)  # type: ignore[arg-type]  # fields by name


def rating(**changed: object) -> Rating:
    due = Rating(
        id=RatingId(new_id()),
        survey_id=SurveyId(new_id()),
        conversation_id=ConversationId(new_id()),
        episode=1,
        channel_id=CHANNEL,
        contact_point_id=ContactPointId(new_id()),
        resolved_at=T0,
        next_at=T0,
    )
    return replace(asked(due, survey(), "en", T0), **changed)  # type: ignore[arg-type]  # fields by name


ANSWERS = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from(["", "a", "b"]), st.integers(0, 3)), min_size=1, max_size=4
)


@given(ANSWERS)
def test_the_newest_score_and_words_count_in_whatever_order_and_however_often_they_come(
    answers: list[tuple[int, str, int]],
) -> None:
    base, results = rating(), set()
    for order in permutations(answers + answers[:1]):
        after = base
        for score, words, minute in order:
            after = rated(after, score, words, T0 + timedelta(minutes=minute), Via.text, T0)
        results.add((after.score, after.comment, after.rated_at))
    newest = max(minute for _, _, minute in answers)
    assert len(results) == 1
    assert results.pop()[2] == T0 + timedelta(minutes=newest)


def test_the_hub_asks_for_words_once_and_thanks_once() -> None:
    first = rated(rating(), 2, "", T0, Via.button, T0)
    assert (first.owes, first.next_at) == (Owed.comment, T0)
    again = rated(replace(first, owes=None, next_at=None), 3, "", T0 + timedelta(minutes=1), Via.button, T0)
    assert (again.score, again.owes) == (3, None)
    words = commented(again, "slow", T0 + timedelta(minutes=2), T0)
    assert (words.comment, words.owes) == ("slow", Owed.thanks)
    assert not words.takes_words(T0 + timedelta(minutes=3))


def test_who_wrote_words_beside_the_score_is_thanked_at_once_and_the_page_thanks_by_itself() -> None:
    assert rated(rating(), 5, "great", T0, Via.text, T0).owes is Owed.thanks
    assert rated(rating(comments=False), 5, "", T0, Via.text, T0).owes is Owed.thanks
    assert rated(rating(), 5, "", T0, Via.link, T0).owes is None


def test_an_answer_counts_from_the_question_to_the_end_of_its_time() -> None:
    one = rating()
    assert [one.takes(T0 + timedelta(hours=h)) for h in (-1, 0, 7 * 24, 7 * 24 + 1)] == [False, True, True, False]
    assert not replace(one, state=RatingState.due, asked_at=None).takes(T0)


def test_the_first_survey_that_fits_counts_and_one_switched_off_fits_nobody() -> None:
    off = survey(place=0, active=False)
    other = survey(place=1, channel_ids=(ChannelId(new_id()),))
    everybody = survey(place=3, scale=Scale.thumbs)
    here = survey(place=2, channel_ids=(CHANNEL,))
    assert survey_for([everybody, here, other, off], CHANNEL, None) is here
    assert survey_for([everybody, other, off], CHANNEL, None) is everybody
    assert survey_for([other, off], CHANNEL, None) is None

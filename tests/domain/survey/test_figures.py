"""What ratings come to."""

from hub.domain.survey.figures import Counted, by_key, satisfaction
from hub.domain.survey.survey import Scale
from hub.services.ids import new_id


def counted(score: int | None, count: int, scale: Scale = Scale.five, key: object = None) -> Counted:
    return Counted(key=key, scale=scale, score=score, count=count)  # type: ignore[arg-type]  # an id or None


def test_ten_asked_four_answered() -> None:
    found = satisfaction([counted(None, 6), counted(5, 2), counted(3, 1), counted(1, 1, Scale.thumbs)])
    assert (found.asked, found.answered, found.response_rate) == (10, 4, 0.4)
    assert (found.satisfied, found.average) == (0.5, 13 / 3)
    assert (found.scores, found.thumbs) == ({1: 0, 2: 0, 3: 1, 4: 0, 5: 2}, {"up": 0, "down": 1})


def test_nothing_is_none_and_never_zero() -> None:
    nobody, silent = satisfaction([]), satisfaction([counted(None, 3)])
    assert (nobody.response_rate, nobody.satisfied, nobody.average) == (None, None, None)
    assert (silent.response_rate, silent.satisfied, silent.average) == (0.0, None, None)


def test_groups_come_by_the_number_of_questions() -> None:
    one, other = new_id(), new_id()
    found = by_key([counted(5, 1, key=one), counted(None, 3, key=other), counted(4, 1, key=None)])
    assert next(iter(found)) == other
    assert found[one].average == 5

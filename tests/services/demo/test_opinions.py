"""The demo's customers were asked how it was, and some said so; its survey and macros are at work, and go with it."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hub.domain.conversation import ConversationState
from hub.domain.reports.answers import Selection
from hub.domain.survey.figures import satisfaction
from hub.services import macros
from hub.services.demo.steps import Asks, Says
from hub.services.demo.story import tell
from tests.services.demo.played import NOW, Played
from tests.services.demo.shop import OURS

LATER = datetime(2026, 12, 1, tzinfo=UTC)


def test_about_half_of_those_who_are_asked_answer_and_most_are_satisfied() -> None:
    asked = [talk for talk in tell(NOW, OURS).talks if any(isinstance(step, Asks) for step in talk.steps)]
    first = [next(n for n, step in enumerate(talk.steps) if isinstance(step, Asks)) for talk in asked]
    answered = [talk for talk, n in zip(asked, first, strict=True) if any(isinstance(s, Says) for s in talk.steps[n:])]
    assert len(asked) > 40
    assert len({talk.customer.number for talk in asked}) == len(asked)
    assert 0.4 < len(answered) / len(asked) < 0.75


async def test_who_answered_is_counted_and_nobody_is_owed_a_word(demo: Played) -> None:
    span = (NOW - timedelta(days=31), LATER)
    found = satisfaction(await demo.storage.ratings.counted(*span, Selection(), None))
    assert found.asked > found.answered > 0
    async with demo.storage.read() as uow:
        assert list(await uow.ratings.due(LATER, 10)) == []
    said = [entry for row in await demo.rows(ConversationState.resolved) for entry in await demo.thread(row.id)]
    steps = Counter(str(entry.data["survey"]) for entry in said if "survey" in entry.data)
    rated = [entry for entry in said if entry.data.get("event") == "rated"]
    assert steps["question"] == found.asked
    assert len(rated) == found.answered
    assert steps["comment"] + steps["thanks"] >= len(rated)
    assert all(entry.demo for entry in rated)


async def test_the_survey_and_the_macros_are_at_work(demo: Played) -> None:
    async with demo.storage.read() as uow:
        [survey] = await uow.surveys.all()
        made = await uow.macros.all()
        sofia = next(user for user in await uow.users.all() if user.role.value == "manager")
        row = (await demo.rows(ConversationState.open))[0]
        steps = [step for one in made for step in await macros.preview(uow, row.id, one.id, sofia, NOW)]
    assert (survey.active, len(made)) == (True, 2)
    assert [step.problem for step in steps] == [""] * 7

"""Lists and series say what was: of each wait what its figure counts, of each past moment who waited then."""

from datetime import timedelta
from pathlib import Path

from hub.domain.conversation import ConversationState
from hub.domain.reports.answers import Selection
from hub.domain.reports.lists import WaitList
from hub.domain.reports.period import Period, Span, Step
from hub.services import conversations
from hub.services.conversations import Edit
from hub.services.reports.rollup import count_all
from hub.services.reports.series import series_of
from tests.scripted import T0, says, small_hub
from tests.services.test_waits import echo, the_only

MINUTE = timedelta(minutes=1)
DAY = Span(start=T0 - 60 * MINUTE, end=T0 + 600 * MINUTE)


async def test_a_resolution_is_listed_with_the_time_to_the_resolve_not_to_the_reply(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with small_hub(sqlite_url, tmp_path) as hub:
        await hub.hears(says("hello", at=T0))
        hub.clock.forward(minutes=40)
        await hub.hears(echo("hi", at=T0 + 10 * MINUTE))
        talk = await the_only(hub)
        for after in (30, 50):
            for state in (ConversationState.open, ConversationState.resolved):
                async with hub.storage.begin() as uow:
                    await conversations.change(uow, talk.id, Edit(state=state), by=None, now=T0 + after * MINUTE)
        seconds = {}
        for figure in ("reply", "first_resolution", "full_resolution"):
            asked = WaitList(figure=figure, span=DAY, now=T0 + 60 * MINUTE)
            (wait,) = (await hub.storage.reports.waits(asked, cursor=None, limit=9)).items
            seconds[figure] = (wait.counted, wait.seconds)
    assert seconds == {"reply": (600, 600), "first_resolution": (1800, 600), "full_resolution": (3000, 600)}


async def test_who_writes_now_waited_at_no_moment_of_the_past(database_url: str, tmp_path: Path) -> None:
    async with small_hub(database_url, tmp_path) as hub:
        await hub.hears(says("hello", at=T0))
        await count_all(hub.storage.rollups)
        hub.clock.forward(minutes=150)
        now = hub.clock.now()
        # Not counted yet, as always for some seconds.
        await hub.hears(says("hello", by="ben", at=now), says("hello", by="cleo", at=now))
        period = Period(span=Span(start=T0 - 120 * MINUTE, end=T0 + 300 * MINUTE), zone="UTC")
        drawn = await series_of(hub.storage.reports, period, Selection(), now, Step.hour)
        assert [point.open for point in drawn.points] == [0, 0, 1, 1, 1, 3, None]
        (at,) = {point.end for point in drawn.points if point.start == T0 + 60 * MINUTE}
        asked = WaitList(figure="waiting", span=DAY, now=now, at=at)
        (wait,) = (await hub.storage.reports.waits(asked, cursor=None, limit=9)).items
        assert wait.contact_name == "Ann"

"""A list says of each wait what the figure counts of it, where that is not the wait itself."""

from datetime import timedelta
from pathlib import Path

from hub.domain.conversation import ConversationState
from hub.domain.reports.lists import WaitList
from hub.domain.reports.period import Span
from hub.services import conversations
from hub.services.conversations import Edit
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

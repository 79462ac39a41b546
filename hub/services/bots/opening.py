"""Is somebody there now? By a calendar that a flow or a rule names, or by the conversation's own."""

from datetime import datetime
from uuid import UUID

from hub.domain.conversation import Conversation
from hub.domain.errors import NotFound
from hub.domain.ids import CalendarId
from hub.domain.timetable import Keeper
from hub.ports import UnitOfWork


async def opened(uow: UnitOfWork, conversation: Conversation | None, calendar: str, now: datetime) -> bool:
    """Tell whether a calendar is open; empty: the channel's, else the team's, else the company's. Raises NotFound."""
    timetable = (await uow.hours.plan()).timetable
    if calendar:
        found = timetable.calendars.get(_id(calendar))
        if found is None:
            raise NotFound("This calendar does not exist any more.")
        return found.version_at(now).hours.is_open(now)
    if conversation is None:
        chosen = timetable.of(Keeper.company, None, now)
        return chosen.hours.is_open(now) if chosen is not None else True
    return timetable.at(now, channel_id=conversation.channel_id, team_id=conversation.team_id).hours.is_open(now)


def _id(text: str) -> CalendarId:
    try:
        return CalendarId(UUID(text))
    except ValueError:
        raise NotFound("This is no calendar's id.") from None

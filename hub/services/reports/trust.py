"""Why figures can be believed: the last check, what is still to be counted, and counting everything anew by hand."""

from dataclasses import dataclass
from datetime import datetime

from hub.ports import Storage
from hub.services.reports import checking

BEGUN = "reports_recount_begun"
"""When somebody last had everything counted anew."""
TOTAL = "reports_recount_hours"
"""How many hours that were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What is known of the figures' truth."""

    checked_at: datetime | None
    """When a sample was last compared with the messages themselves; None if never."""
    checked_hours: int
    """How many hours that sample had."""
    problem: str
    """What the check found wrong, in words; empty if all was right."""
    behind: int
    """Hours that changed and are still to be counted."""
    recount_begun_at: datetime | None
    """When somebody last had everything counted anew."""
    recount_hours: int
    """How many hours that were; it is done when `behind` is 0."""


async def trust(storage: Storage) -> Trust:
    """Return what is known of the figures' truth."""
    async with storage.read() as uow:
        checked, hours = await uow.facts.get(checking.WHEN), await uow.facts.get(checking.LOOKED)
        begun, total = await uow.facts.get(BEGUN), await uow.facts.get(TOTAL)
        problem = await checking.alarm(uow.facts)
    return Trust(
        checked_at=datetime.fromisoformat(checked) if checked else None,
        checked_hours=int(hours or 0),
        problem=problem,
        behind=await storage.rollups.dirty_count(),
        recount_begun_at=datetime.fromisoformat(begun) if begun else None,
        recount_hours=int(total or 0),
    )


async def recount(storage: Storage, now: datetime) -> Trust:
    """Have every hour counted anew from the messages, while the hub serves; figures are right all the while."""
    total = await storage.rollups.mark_everything()
    async with storage.begin() as uow:
        await uow.facts.put(BEGUN, now.isoformat())
        await uow.facts.put(TOTAL, str(total))
    return await trust(storage)


async def check_now(storage: Storage, *, draw: float, now: datetime) -> Trust:
    """Compare a sample with the messages at once; `draw` is a random number in [0, 1)."""
    await checking.check_and_tell(storage, draw=draw, now=now)
    return await trust(storage)

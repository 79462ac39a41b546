"""Scorecards: made, changed by a next version, taken out of use."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.domain.errors import Conflict, NotFound
from hub.domain.ids import UserId
from hub.domain.review.ids import ScorecardId
from hub.domain.review.scorecard import Scorecard, Section, check_card
from hub.ports import Storage
from hub.services.made import Made


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wants a scorecard to be."""

    name: str
    description: str
    sections: Sequence[Section]
    pass_mark: int | None


async def create(
    storage: Storage, card_id: ScorecardId, draft: Draft, *, by: UserId | None, now: datetime
) -> Made[Scorecard]:
    """Make a scorecard; the same id again gives the one that was made. Raises Invalid."""
    card = _card(card_id, 1, draft, by, now)
    async with storage.begin() as uow:
        before = await uow.reviews.scorecard(card_id)
        if before is not None:
            return Made(before, created=False)
        await uow.reviews.save_scorecard(card)
    return Made(card, created=True)


async def change(
    storage: Storage, card_id: ScorecardId, draft: Draft, *, base: int, by: UserId | None, now: datetime
) -> Scorecard:
    """Save the next version after `base`; nothing changes if nothing differs. Raises NotFound, Invalid, Conflict."""
    async with storage.begin() as uow:
        before = await uow.reviews.scorecard(card_id)
        if before is None:
            raise NotFound("There is no such scorecard.")
        if before.version != base:
            raise Conflict("Somebody else changed this scorecard meanwhile. Load it again.")
        card = replace(_card(card_id, base + 1, draft, by, now), active=before.active)
        if replace(before, version=0, created_at=now, created_by=by) == replace(card, version=0):
            return before
        await uow.reviews.save_scorecard(card)
    return card


async def set_active(storage: Storage, card_id: ScorecardId, *, active: bool) -> Scorecard:
    """Take a scorecard out of use, or back into it; what was scored by it stays. Raises NotFound."""
    async with storage.begin() as uow:
        card = await uow.reviews.scorecard(card_id)
        if card is None:
            raise NotFound("There is no such scorecard.")
        await uow.reviews.retire_scorecard(card_id, active=active)
    return replace(card, active=active)


def _card(card_id: ScorecardId, version: int, draft: Draft, by: UserId | None, now: datetime) -> Scorecard:
    card = Scorecard(
        id=card_id,
        version=version,
        name=draft.name.strip(),
        description=draft.description.strip(),
        sections=tuple(draft.sections),
        pass_mark=draft.pass_mark,
        created_at=now,
        created_by=by,
    )
    check_card(card)
    return card

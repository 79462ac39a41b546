"""Waits until there is a bot outside, and runs their worker from then on: a hub without any loads none of it."""

from collections.abc import Callable

from hub.contract.asking import Ask
from hub.domain.changes import ChangeKind
from hub.ports import Clock, Storage
from hub.runtime.accounts import Accounts
from hub.runtime.notices import Notices
from hub.services.file_links import FileLinks

LOOK_EVERY = 10.0


async def run_outside_bots(
    *,
    storage: Storage,
    clock: Clock,
    accounts: Accounts,
    ask: Ask,
    links: FileLinks,
    notices: Notices,
    chance: Callable[[], float],
) -> None:
    """Run until cancelled."""
    while True:
        rings = notices.rings_of(ChangeKind.bots_changed)
        async with storage.read() as uow:
            if await uow.outside_bots.all():
                break
        await notices.wait_for(ChangeKind.bots_changed, rings, LOOK_EVERY)
    from hub.runtime.bots import means_of  # not at the top: see above
    from hub.runtime.outside_bots_worker import OutsideBotsWorker, Posting

    means = means_of(storage=storage, clock=clock, accounts=accounts, ask=ask, links=links)
    await OutsideBotsWorker(means=means, post=Posting(ask), notices=notices, chance=chance).run()

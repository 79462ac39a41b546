"""What operations about bots work with, made when somebody first asks: a hub without bots starts without it."""

from functools import cached_property
from typing import TYPE_CHECKING

from hub.api._framework.routing import supplied
from hub.api.deps import ApiDeps

if TYPE_CHECKING:
    from hub.services.bots.means import Means


@supplied
class BotHands:
    """One for the process."""

    def __init__(self, deps: ApiDeps) -> None:
        self._deps = deps

    @cached_property
    def means(self) -> "Means":
        """What bots work with."""
        from hub.runtime.bots import means_of

        deps = self._deps
        return means_of(storage=deps.storage, clock=deps.clock, accounts=deps.accounts, ask=deps.ask, links=deps.links)

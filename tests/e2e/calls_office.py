"""An office where people telephone, whatever network it hangs on: what a test of calls sees and does there."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import ClassVar, Literal

from playwright.async_api import Browser, Page

from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.waiting import until

Who = Literal["customer", "me", "Bea"]
"""`me` is the browser phone of the admin, `Bea` a colleague at a telephone."""


class Office(ABC):
    """A hub with one line that records and says `notice` to an agent before a manager listens in."""

    customer: ClassVar[str]
    """What the screens call the customer."""
    desk: ClassVar[Json]
    """Bea's telephone, as presence takes it."""
    notice: ClassVar[Json]
    """The prompt."""

    def __init__(self, hub: HubProcess, api: HubApi, browser: Browser) -> None:
        self.hub, self.api, self.browser = hub, api, browser

    async def identity(self) -> str:
        """Return how the network names the admin's browser phone."""
        return "agent_" + str((await self.api.get("/session"))["user"]["id"]).replace("-", "")

    async def bea_at_her_desk(self) -> str:
        """Let a colleague in who has a telephone; return her id."""
        email = await self.api.colleague("Bea", "agent")
        bea = HubApi(self.hub)
        try:
            await bea.sign_in_as(email)
            await bea.put("/presence/devices", {"devices": [self.desk]})
            return str((await bea.get("/session"))["user"]["id"])
        finally:
            await bea.close()

    async def talk(self, *who: Who) -> None:
        """Wait until these hear each other."""
        pairs = [(one, other) for one in who for other in who if one != other]
        await self.soon(lambda: all(self.hears(*pair) for pair in pairs), f"{who} hear each other")

    async def do_not_talk(self, one: Who, other: Who) -> None:
        """Wait until neither hears the other."""
        await self.soon(lambda: not (self.hears(one, other) or self.hears(other, one)), f"{one}, {other} part")

    async def soon(self, look: Callable[[], object], what: str) -> None:
        """Wait until something at the network is so."""

        async def found() -> bool:
            return bool(look())

        await until(found, what=what)

    @abstractmethod
    async def phone_is_there(self) -> None:
        """Wait until the admin's browser phone has registered."""

    @abstractmethod
    async def customer_calls(self) -> None:
        """Let the customer call our number."""

    @abstractmethod
    async def customer_hangs_up(self) -> None:
        """Let the customer end it."""

    @abstractmethod
    async def bea_rings(self) -> None:
        """Wait until Bea's telephone rings."""

    @abstractmethod
    def bea_answers(self) -> None:
        """Pick up."""

    @abstractmethod
    def hears(self, listener: Who, speaker: Who) -> bool:
        """Tell whether one hears the other."""

    @abstractmethod
    def records(self) -> Literal["", "sound", "silence"]:
        """Return what is recorded now."""

    @abstractmethod
    async def keys_sent(self, phone: Page) -> Callable[[], Awaitable[str]]:
        """Follow the keys that the admin's browser phone, which lives in this page, sends from now on."""

    @abstractmethod
    def announced(self) -> str:
        """Return what was said to an agent alone."""

    @abstractmethod
    async def i_am_heard(self) -> None:
        """Wait until sound comes from the browser phone."""

"""After the storm: compares what customers and agents said with what the hub shows and what the providers got."""

import asyncio
import logging
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tests.e2e import mail_world as mail
from tests.e2e.hub_api import Json
from tests.e2e.storm import MAIL_CUSTOMERS, Storm
from tests.e2e.waiting import until

log = logging.getLogger(__name__)

QUIET_WITHIN = 90.0
_REPLY = re.compile(r"reply \d+ of agent \d+\.")
_UNDER_WAY = {"queued", "sending"}
_SENT = {"sent", "delivered", "read"}


@dataclass(frozen=True)
class Reckoning:
    """What was found."""

    inbound: Counter[str]
    """Customers' texts on the timeline."""
    outbound: list[Json]
    """Our messages on the timeline."""
    received: Counter[str]
    """Our texts as the customers' side got them."""
    own: Counter[str]
    """Visitors' texts as their own windows show them."""

    @property
    def texts_by_id(self) -> dict[str, str]:
        """Text of each of our messages, by its id."""
        return {entry["id"]: entry["text"].strip() for entry in self.outbound}

    def states(self) -> Counter[tuple[str, int]]:
        """How many deliveries have each state, and how often their text was received."""
        return Counter((e["delivery"]["state"], self.received[e["text"].strip()]) for e in self.outbound)

    def wrong_states(self) -> list[tuple[str, str, int]]:
        """Deliveries that say something else than what the provider got."""
        found = [(e["text"].strip(), e["delivery"]["state"], self.received[e["text"].strip()]) for e in self.outbound]
        return [one for one in found if not _agrees(*one[1:])]

    def unknown(self) -> list[str]:
        """Ids of the deliveries nobody is sure about."""
        return [entry["delivery"]["id"] for entry in self.outbound if entry["delivery"]["state"] == "unknown"]


def _agrees(state: str, times: int) -> bool:
    return times == 1 if state in _SENT else state == "unknown" and times <= 1


async def reckon(storm: Storm) -> Reckoning:
    """Wait until the hub is quiet, then read everything."""
    await storm.tg.idle(within=QUIET_WITHIN)
    said = set(storm.record.said)

    async def quiet() -> list[Json] | None:
        found = await storm.api.messages()
        missing = said - {entry["text"].strip() for entry in found}
        under_way = [entry for entry in found if entry["delivery"] and entry["delivery"]["state"] in _UNDER_WAY]
        log.warning("waiting for messages %s and %d deliveries", sorted(missing)[:5], len(under_way))
        return found if not missing and not under_way else None

    found = await until(quiet, within=QUIET_WITHIN, what="every message on the timeline, every delivery done", every=1)
    return Reckoning(
        inbound=Counter(entry["text"].strip() for entry in found if entry["direction"] == "inbound"),
        outbound=[entry for entry in found if entry["direction"] == "outbound"],
        received=Counter(_replies(await _received(storm))),
        own=Counter([item["text"] for visitor in storm.visitors for item in await visitor.feed() if item["mine"]]),
    )


async def _received(storm: Storm) -> list[str]:
    mails = [m for name in MAIL_CUSTOMERS for m in await asyncio.to_thread(storm.world.mails, f"{name}@example.test")]
    feeds = [item["text"] for visitor in storm.visitors for item in await visitor.feed() if not item["mine"]]
    return [*(mail.body_of(one) for one in mails), *feeds, *(call.values["text"] for call in storm.tg.sent)]


def _replies(texts: Iterable[str]) -> list[str]:
    return [reply for text in texts for reply in _REPLY.findall(text)]

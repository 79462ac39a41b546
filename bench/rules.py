"""How many events rules look at in a second, in one process: ten rules at work on customers' messages.

Nine rules look for words that nobody writes; the tenth tags each conversation once, at its first message of eight. The
messages are stored first, then rules look at them as after a gap.
"""

import asyncio
from functools import partial
from time import perf_counter

from bench.bots import said
from bench.common import engines, parser, place, report
from bench.payloads import Line, make_line
from hub.app import Hub, open_hub
from hub.domain.actions import Tag
from hub.domain.rules.conditions import Condition, Field, Op
from hub.domain.rules.records import On, RuleBody, WorkRuleId
from hub.runtime.bots import means_of
from hub.runtime.journal_worker import IngestTools, JournalWorker
from hub.runtime.leases import LeaseKeeper
from hub.runtime.rules_worker import RulesWorker
from hub.services.attachments import store_content
from hub.services.ids import new_id
from hub.services.rules import managing
from hub.services.rules.managing import Who

RULES = 10
MESSAGES = 4000
PEOPLE = 500
LEAST = 50.0
"""Events in a second below which something is wrong. Rules follow what is stored: they never hold a message up."""


def body(number: int) -> RuleBody:
    """Return a rule: the first one tags, the others look for words that nobody writes."""
    words = "paczka" if number == 0 else f"word {number} that nobody writes"
    tag = Tag(add=(f"rule {number}",))
    looks = (
        Condition(field=Field.text, op=Op.contains, values=(words,)),
        Condition(field=Field.language, op=Op.is_none, values=("ko",)),
    )
    return RuleBody(triggers=(On.message_in,), conditions=looks, actions=(tag,), once=True)


async def begin(hub: Hub) -> None:
    """Put the rules to work."""
    who = Who(by=None, now=hub.clock.now())
    for number in range(RULES):
        key = WorkRuleId(new_id())
        async with hub.storage.begin() as uow:
            await managing.create(uow, key, f"Rule {number}", body(number), who)
        await managing.switch(hub.storage, key, on=True, who=who)


async def fill(hub: Hub, line: Line, count: int) -> None:
    """Have so many messages stored."""
    tools = IngestTools(keep=partial(store_content, hub.blobs), read_token=lambda _token: None)
    journal = JournalWorker(
        storage=hub.storage, accounts=hub.accounts, tools=tools, clock=hub.clock, metrics=hub.metrics
    )
    for start in range(0, count, 200):
        numbers = range(start, min(start + 200, count))
        await hub.storage.journal.append(line.channel_id, [said(line, one % PEOPLE, one, hub) for one in numbers])
        while await journal.drain():
            pass


async def measure(engine: str, count: int) -> None:
    """Measure one engine and print."""
    async with place(engine) as spot:
        line = await make_line(spot, "telegram")
        async with open_hub(spot.settings()) as hub:
            await hub.accounts.refresh()
            await begin(hub)
            means = means_of(storage=hub.storage, clock=hub.clock, accounts=hub.accounts, ask=hub.guarded.ask)
            leases = LeaseKeeper(hub.storage, hub.clock, "bench", shared=False)
            worker = RulesWorker(means=means, notices=hub.notices, leases=leases)
            await worker.drain()
            await fill(hub, line, count)
            start = perf_counter()
            while await worker.drain():
                pass
            took = perf_counter() - start
            async with hub.storage.read() as uow:
                ran = sum([rule.ran for rule in await uow.rules.all()])
    if ran != min(PEOPLE, count):
        raise SystemExit(f"{min(PEOPLE, count)} conversations should have been tagged once, rules ran {ran} times")
    rate = count / took
    report("rules", engine=engine, rules=RULES, events=count, rate=rate, unit="events/s")
    if rate < LEAST:
        raise SystemExit(f"rules looked at {rate:.0f} events in a second; at least {LEAST:.0f} are wanted")


def main() -> None:
    """Measure the engines asked for."""
    made = parser(__doc__ or "", 20.0)
    made.add_argument("--events", type=int, default=MESSAGES, help="how many messages rules look at")
    asked = made.parse_args()
    for engine in engines(asked.engine):
        asyncio.run(measure(engine, asked.events))


if __name__ == "__main__":
    main()

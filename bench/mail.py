"""How fast 1,000 waiting mails reach the committed timeline: a private Dovecot, TLS, 700 threads, 300 senders.

The ceiling is fetching alone: the same mails read by the same connector and thrown away. The same 1,000 delivered
again must add nothing.
"""

import asyncio
import random
from collections.abc import Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from time import perf_counter
from typing import Any

from bench.common import Place, arguments, engines, place, report
from hub.app import Hub, open_hub, start_loops
from hub.contract.connector import Listens
from hub.domain.ids import ChannelId
from hub.domain.views import ConversationFilter
from hub.runtime import memory
from hub.runtime.loops import Loops
from hub.services import channels
from hub.services.ids import new_id
from tests.peers.dovecot import Dovecot, private_folder

MAILS, THREADS, SENDERS = 1_000, 700, 300
BIG_EVERY = 10
BIG = 50_000
ME = "support@example.test"


def mails() -> Sequence[bytes]:
    """Write the mails: 700 begin a thread, 300 answer one; one in ten carries a 50 kB file."""
    chance, begun, made = random.Random(3), list[tuple[int, int]](), list[bytes]()
    now = datetime.now(UTC) - timedelta(hours=5)  # noqa: TID251 - mails are as old as they say
    for number in range(MAILS):
        answers = number % 10 in (3, 6, 9)
        thread, sender = chance.choice(begun) if answers else (number, len(begun) % SENDERS)
        mail = EmailMessage()
        mail["From"] = f"Customer {sender} <customer{sender}@shop{sender % 40}.example>"
        mail["To"] = ME
        mail["Date"] = format_datetime(now + timedelta(seconds=number))
        mail["Message-ID"] = f"<{number}.bench@mail.example>"
        mail["Subject"] = f"{'Re: ' if answers else ''}Order {thread}"
        if answers:
            mail["In-Reply-To"] = mail["References"] = f"<{thread}.bench@mail.example>"
        else:
            begun.append((number, sender))
        mail.set_content(
            f"Hello,\n\nwhere is my parcel of order {thread}? This is mail {number}.\n\nCustomer {sender}\n"
        )
        if number % BIG_EVERY == 0:
            mail.add_attachment(chance.randbytes(BIG), maintype="application", subtype="pdf", filename="invoice.pdf")
        made.append(mail.as_bytes())
    if len(begun) != THREADS:
        raise SystemExit(f"the mails make {len(begun)} threads, not {THREADS}")
    return made


async def make_channel(hub: Hub, server: Dovecot) -> ChannelId:
    """Make a mailbox's channel that imports what waits."""
    manifest = hub.registry.manifests["email"]
    values: dict[str, Any] = {
        "address": ME,
        "password": server.users[ME],
        "imap_host": "localhost",
        "imap_port": server.imaps_port,
        "smtp_host": "localhost",
        "smtp_port": 25,
        "ca_certificate": server.certificate.read_text(),
        "history_days": 30,
        "save_sent": False,
    }
    async with hub.storage.begin() as uow:
        made = await channels.create(
            uow,
            manifest,
            id=ChannelId(new_id()),
            name="Support",
            settings=channels.validated(manifest, values),
            address=ME,
            now=hub.clock.now(),
        )
    return made.record.id


async def shown(hub: Hub) -> tuple[int, int]:
    """Return (entries shown, repetitions known) of the ledger."""
    lines = await hub.storage.queries.ledger(since=hub.started_at - timedelta(days=1))
    return sum(line.shown for line in lines), sum(line.known for line in lines)


async def conversations(hub: Hub) -> int:
    """Count the conversations, page by page."""
    count, cursor = 0, None
    while True:
        everything = ConversationFilter(states=(), sort="newest")
        page = await hub.storage.queries.conversations(everything, viewer=None, cursor=cursor, limit=200)
        count, cursor = count + len(page.items), page.next
        if cursor is None:
            return count


def _read(hub: Hub) -> float:
    labels = {"connector": "email", "outcome": "shown"}
    return hub.metrics.registry.get_sample_value("hub_ingested_total", labels) or 0.0


async def until_shown(hub: Hub, messages: int, known: int) -> None:
    """Wait until the ledger, which the database keeps, says so much.

    The worker's own count, which costs no query, tells when to look.
    """
    async with asyncio.timeout(120):
        while _read(hub) < messages + known:  # noqa: ASYNC110 - only the count tells
            await asyncio.sleep(0.01)
        while await shown(hub) < (messages, known):  # noqa: ASYNC110 - only the ledger tells
            await asyncio.sleep(0.05)


async def fetch_alone(hub: Hub, channel_id: ChannelId) -> float:
    """Read the mailbox by its connector and throw the mails away; returns mails per second."""
    await hub.accounts.refresh()
    account = hub.accounts.get(channel_id)
    connector: object = account.connector if account else None
    if not isinstance(connector, Listens):
        raise SystemExit("the mailbox does not listen")
    start, count = perf_counter(), 0
    async with aclosing(connector.listen(None)) as items:  # type: ignore[type-var]  # an async generator
        async for event, _ in items:
            count += event is not None
            if count == MAILS:
                break
    return count / (perf_counter() - start)


async def measure(engine: str) -> None:
    """Measure one engine and print."""
    waiting = mails()
    with private_folder() as folder, Dovecot(folder) as server:
        server.put(ME, waiting)
        async with place(engine) as spot, open_hub(_settings(spot)) as hub:
            memory.settle()  # as `hub serve` does
            channel_id = await make_channel(hub, server)
            ceiling = await fetch_alone(hub, channel_id)
            loops, start = Loops(), perf_counter()
            start_loops(hub, loops)
            try:
                await until_shown(hub, MAILS, 0)
                seconds = perf_counter() - start
                made = await conversations(hub)
                server.put(ME, waiting)
                await until_shown(hub, MAILS, MAILS)
                again = await conversations(hub)
            finally:
                await loops.stop()
    if (made, again) != (THREADS, THREADS):
        raise SystemExit(f"{THREADS} threads became {made} conversations, and {again} after the same mails again")
    rate = MAILS / seconds
    report("mail", engine=engine, value=rate, unit="mails/s", ceiling=ceiling, ratio=rate / ceiling, conversations=made)


def _settings(spot: Place) -> Any:
    return spot.settings(log_level="warning")


def main() -> None:
    """Measure the engines asked for."""
    asked = arguments(__doc__ or "", 0.0)
    for engine in engines(asked.engine):
        asyncio.run(measure(engine))


if __name__ == "__main__":
    main()

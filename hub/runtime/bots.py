"""Bots in this process: what they work with, and the two loops that run them and watch over them."""

import asyncio
from functools import partial

from hub.contract.asking import Ask
from hub.domain.conversation import Conversation
from hub.domain.ids import ChannelId
from hub.ports import Clock, Storage, UnitOfWork
from hub.runtime.accounts import Accounts
from hub.runtime.bots_worker import BotsWorker, Forgotten
from hub.runtime.leases import LeaseKeeper
from hub.runtime.llm import OpenAiEndpoint
from hub.runtime.lookups import LookUps
from hub.runtime.notices import Notices
from hub.services.assistant.answering import ModelAnswers
from hub.services.assistant.asking import Assistant
from hub.services.bots.means import Means, Sender
from hub.services.bots.opening import opened
from hub.services.file_links import LONGEST, FileLinks, Form
from hub.services.knowledge.base import KnowledgeBase
from hub.services.knowledge.language import guess

WATCH_EVERY = 5.0
"""Seconds between two looks for messages that no bot read."""


def means_of(*, storage: Storage, clock: Clock, accounts: Accounts, ask: Ask, links: FileLinks | None = None) -> Means:
    """Return what bots work with in this process. Without `links` files go only where the channel carries them."""
    knowledge = KnowledgeBase(storage, clock.now)
    assistant = Assistant(storage, OpenAiEndpoint(ask, clock.now), clock.now)

    async def is_open(uow: UnitOfWork, conversation: Conversation | None, calendar: str) -> bool:
        return await opened(uow, conversation, calendar, clock.now())

    return Means(
        storage=storage,
        clock=clock,
        sender=partial(sender, accounts),
        look_up=LookUps(ask),
        knowledge=knowledge,
        model=ModelAnswers(assistant, knowledge),
        link=None if links is None else lambda file: links.link(file.id, Form.original, LONGEST, clock.now()),
        guess=guess,
        opened=is_open,
    )


def sender(accounts: Accounts, channel_id: ChannelId) -> Sender | None:
    """Return how to write on a channel; None if its account is not here or cannot be made."""
    account = accounts.get(channel_id)
    if account is None or account.connector is None:
        return None
    return Sender(
        channel=account.channel,
        capabilities=account.capabilities,
        new_message_id=account.connector.new_message_id,
    )


async def serve(means: Means, notices: Notices, leases: LeaseKeeper) -> None:
    """Run bots until cancelled."""
    await BotsWorker(means=means, notices=notices, leases=leases).run()


async def watch(means: Means, leases: LeaseKeeper) -> None:
    """Give humans what bots forgot, until cancelled; on one node, whichever runs the bots."""
    forgotten = Forgotten(means)

    async def look() -> None:
        while True:
            await asyncio.sleep(WATCH_EVERY)
            await forgotten.open(means.now())

    await leases.serve("bots watch", look)

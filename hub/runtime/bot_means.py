"""Lends bots what they work with: how to write on each channel, the guarded way out, the knowledge base, the model."""

from hub.contract.asking import Ask
from hub.domain.ids import ChannelId
from hub.ports import Clock, Storage
from hub.runtime.accounts import Accounts
from hub.runtime.llm import OpenAiEndpoint
from hub.runtime.lookups import LookUps
from hub.services.assistant.answering import ModelAnswers
from hub.services.assistant.asking import Assistant
from hub.services.bots.means import Means, Sender
from hub.services.knowledge.base import KnowledgeBase
from hub.services.knowledge.language import guess


def bot_means(*, storage: Storage, clock: Clock, accounts: Accounts, ask: Ask) -> Means:
    """Return the means of this process. Import this module only where bots are at work: it brings theirs along."""

    def sender(channel_id: ChannelId) -> Sender | None:
        account = accounts.get(channel_id)
        if account is None or account.connector is None:
            return None
        return Sender(
            channel=account.channel,
            capabilities=account.capabilities,
            new_message_id=account.connector.new_message_id,
        )

    knowledge = KnowledgeBase(storage, clock.now)
    assistant = Assistant(storage, OpenAiEndpoint(ask, clock.now), clock.now)
    return Means(
        storage=storage,
        clock=clock,
        sender=sender,
        look_up=LookUps(ask),
        knowledge=knowledge,
        model=ModelAnswers(assistant, knowledge),
        guess=guess,
    )

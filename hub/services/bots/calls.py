"""Carries out what a flow asks of others: the knowledge base, the model, an address. Outside every transaction."""

import asyncio

import structlog

from hub.domain.botflow.effects import AskKnowledge, AskModel, CallHttp, CountHelp
from hub.domain.botflow.happenings import Answered, Failed, Happening, HttpAnswered
from hub.domain.errors import HubError
from hub.domain.ids import ChannelId, ContactId, ConversationId
from hub.ports.bots import Talk
from hub.services.bots.means import Means, NotThere
from hub.services.bots.talking import Asked

log = structlog.get_logger(__name__)

CALL_TIME = 45.0
"""Seconds for one look-up, whatever it is; the interpreter gives it up after a minute."""


async def carry_out(
    means: Means,
    asked: Asked,
    *,
    conversation_id: ConversationId | None,
    contact_id: ContactId | None,
    channel_id: ChannelId | None,
) -> Happening:
    """Return what a look-up came to. Never raises for what others do: a failure is a happening, too."""
    talk = Talk(conversation_id=conversation_id, contact_id=contact_id, channel_id=channel_id)
    try:
        async with asyncio.timeout(CALL_TIME):
            return await _asked(means, asked, talk)
    except HubError as error:
        return Failed(ask=asked.ask, words=str(error))
    except TimeoutError:
        return Failed(ask=asked.ask, words="It gave no answer in time.")
    except Exception as error:  # noqa: BLE001 - whatever goes wrong, the customer waits for a way on
        log.warning("a bot's look-up failed unexpectedly", kind=type(asked).__name__, error=repr(error))
        return Failed(ask=asked.ask, words=f"It failed unexpectedly ({type(error).__name__}).")


async def _asked(means: Means, asked: Asked, talk: Talk) -> Happening:
    match asked:
        case AskKnowledge():
            if means.knowledge is None:
                raise NotThere("This hub has no knowledge base.")
            found = await means.knowledge.answer(asked, talk)
            if found is None:
                return Answered(ask=asked.ask, found=False)
            sources = (found.source,) if found.source else ()
            return Answered(ask=asked.ask, found=True, text=found.text, article_id=found.article_id, sources=sources)
        case AskModel():
            if means.model is None:
                raise NotThere("This hub has no language model set up.")
            wrote = await means.model.answer(asked, talk)
            return Answered(
                ask=asked.ask, found=bool(wrote.text) and not wrote.refused, text=wrote.text, sources=wrote.sources
            )
        case CallHttp():
            answer = await means.look_up(asked)
            return HttpAnswered(ask=asked.ask, status=answer.status, body=answer.body)


async def count_help(means: Means, helped: CountHelp) -> None:
    """Count a customer's verdict on an article; a count that fails harms no conversation."""
    if means.knowledge is None:
        return
    try:
        await means.knowledge.helped(helped.article_id, yes=helped.helped)
    except HubError as error:
        log.warning("the verdict on an article was not counted", article=helped.article_id, error=str(error))

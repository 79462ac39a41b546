"""Hands one queued message to its provider, once, and writes down what became of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from hub.contract.connector import Connector
from hub.contract.errors import CredentialsRefused, OutcomeUnknown, Rejected, RetryLater
from hub.contract.outbound import OutboundAttachment, OutboundButton, OutboundMessage, SendReceipt
from hub.domain.channel import VoiceFormat
from hub.domain.conversation import Conversation
from hub.domain.delivery import Delivery
from hub.domain.errors import CannotSend, Conflict, NotFound
from hub.domain.ids import ExternalId
from hub.domain.interaction import Attachment, AuthorKind, ContentKind, Interaction
from hub.domain.retry import Backoff, in_words
from hub.ports import BlobStore, Clock, DueDelivery, MediaTool, MediaUnreadable, Storage, UnitOfWork
from hub.services import outcomes
from hub.services.deliveries import ASK_A_PERSON
from hub.services.file_links import FileLinks, Form
from hub.services.outgoing import refusal
from hub.services.reply_token import sign
from hub.services.templates import template_use
from hub.services.voice import SUFFIX, for_channel

log = structlog.get_logger()

SEND_TIME = 60.0
"""Seconds a provider has to take a message before its fate counts as unknown."""
REFERENCES = 20
_WRITE_TRIES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What every attempt needs beside the message."""

    storage: Storage
    blobs: BlobStore
    clock: Clock
    token_key: bytes
    """Signs reply tokens."""
    links: FileLinks | None = None
    """Makes public addresses of files; None where the hub has no public address."""
    media: MediaTool | None = None
    """Makes voice notes of recordings; None where this process cannot."""
    chance: Callable[[], float]
    """A fresh number in [0, 1), for jitter."""
    backoff: Backoff = field(default_factory=Backoff)
    send_time: float = SEND_TIME
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one attempt."""

    delivery: Delivery
    refused: str = ""
    """Not empty: the provider refused our credentials, in words. The account must stop."""
    pause: timedelta | None = None
    """The provider asked the whole account to wait this long."""


class _Lost(Exception):
    """Something the message needs is gone, or it must not go any more; said in words."""

    def __init__(self, words: str, code: str = "file_lost") -> None:
        super().__init__(words)
        self.code = code


async def attempt(means: Means, connector: Connector, due: DueDelivery, *, voice: VoiceFormat | None = None) -> Outcome:
    """Send a claimed delivery and record the outcome; no transaction is open meanwhile.

    Never raises for what a provider does. Cancelled before the send began it is queued again; cancelled during
    it, its fate is unknown, and the cancellation goes on. `voice` is what recordings are made into.
    """
    delivery = due.delivery
    try:
        message = await _message(means, due, voice)
    except _Lost as lost:
        return await _record(means, due, partial(outcomes.failed, error=Rejected(str(lost), code=lost.code)))
    except (Exception, asyncio.CancelledError) as error:
        log.warning("message_not_built", delivery=str(delivery.id), error=repr(error))
        later = RetryLater("The message could not be put together; the hub tries again.", code="not_built")
        await _record(means, due, partial(outcomes.again, backoff=means.backoff, chance=means.chance, error=later))
        if isinstance(error, asyncio.CancelledError):
            raise
        return Outcome(delivery=delivery)
    try:
        async with asyncio.timeout(means.send_time):
            receipt = await connector.send(message)
    except asyncio.CancelledError:
        words = f"The hub was stopped while it sent this; it may have gone out. {ASK_A_PERSON}"
        await _record(means, due, partial(outcomes.unknown, code="stopped", words=words))
        raise
    except Exception as error:  # noqa: BLE001 - whatever a connector raises, the message has a fate to record
        return await _after_error(means, due, error)
    return await _sent(means, due, receipt)


async def _after_error(means: Means, due: DueDelivery, error: Exception) -> Outcome:
    match error:
        case CredentialsRefused():
            outcome = await _record(
                means, due, partial(outcomes.again, backoff=means.backoff, chance=means.chance, error=error)
            )
            return replace(outcome, refused=str(error) or "The provider refused our credentials.")
        case RetryLater():
            outcome = await _record(
                means, due, partial(outcomes.again, backoff=means.backoff, chance=means.chance, error=error)
            )
            return replace(outcome, pause=error.after)
        case Rejected():
            return await _record(means, due, partial(outcomes.failed, error=error))
        case CannotSend():
            return await _record(means, due, partial(outcomes.failed, error=Rejected(str(error), code="cannot_send")))
        case OutcomeUnknown():
            words = f"{_sentence(str(error))} It may have gone out. {ASK_A_PERSON}"
            return await _record(means, due, partial(outcomes.unknown, code=error.code, words=words))
        case TimeoutError():
            limit = in_words(timedelta(seconds=means.send_time))
            words = f"The provider gave no answer within {limit}; it may have gone out. {ASK_A_PERSON}"
            return await _record(means, due, partial(outcomes.unknown, code="timeout", words=words))
        case _:
            log.error("send_failed_unexpectedly", delivery=str(due.delivery.id), exc_info=error)
            words = f"Sending broke off unexpectedly ({type(error).__name__}); it may have gone out. {ASK_A_PERSON}"
            return await _record(means, due, partial(outcomes.unknown, code=type(error).__name__, words=words))


_Step = Callable[[UnitOfWork, Delivery, Interaction, datetime], Awaitable[Delivery]]


async def _record(means: Means, due: DueDelivery, step: _Step) -> Outcome:
    """Write an outcome down, patiently: the provider will not tell it a second time.

    If the database stays unwritable the delivery stays `sending`, and the next start makes it unknown.
    """
    now = means.clock.now()
    for tries in range(1, _WRITE_TRIES + 1):
        try:
            async with means.storage.begin() as uow:
                current = await uow.outbox.get(due.delivery.id)
                if current is None:
                    return Outcome(delivery=due.delivery)
                return Outcome(delivery=await step(uow, current, due.interaction, now))
        except (Conflict, NotFound):
            raise
        except Exception as error:
            log.warning("outcome_not_written", delivery=str(due.delivery.id), tries=tries, error=repr(error))
            if tries == _WRITE_TRIES:
                raise
            await means.pause(0.1 * 2**tries)
    raise AssertionError("unreachable: the last try returns or raises")


async def _sent(means: Means, due: DueDelivery, receipt: SendReceipt) -> Outcome:
    try:
        return await _record(means, due, partial(outcomes.accepted, receipt=receipt))
    except Conflict:
        # Another entry has the provider's id already, which only a provider that gives one id twice can do: echoes wait
        # for the answer. The message is sent.
        log.warning("sent_id_taken", delivery=str(due.delivery.id), external_id=receipt.external_id)
        return await _record(means, due, partial(outcomes.accepted, receipt=None))


async def _message(means: Means, due: DueDelivery, voice: VoiceFormat | None) -> OutboundMessage:
    entry, conversation = due.interaction, due.conversation
    async with means.storage.read() as uow:
        point = await uow.contacts.point(entry.contact_point_id)
        files = await uow.timeline.attachments(entry.id)
        ids = await uow.timeline.thread_ids(conversation.id, REFERENCES + 1)
        author = await uow.users.get(entry.author_id) if entry.author_id else None
        answered = await uow.timeline.get(entry.reply_to_id) if entry.reply_to_id else None
    if point is None:
        raise _Lost("The address this was written to has been deleted.")
    if point.opted_out:  # they asked for it after this was queued
        raise _Lost(refusal(point), code="opted_out")
    cc = entry.data.get("cc")
    return OutboundMessage(
        delivery_id=due.delivery.id,
        conversation_id=conversation.id,
        message_id=due.delivery.external_id,
        thread=conversation.thread,
        recipient=point.received,
        recipient_name=point.name,
        cc=tuple(str(address) for address in cc) if isinstance(cc, list | tuple) else (),
        subject=entry.subject,
        text=entry.text,
        html=entry.html,
        attachments=tuple([await _attachment(means, file, voice) for file in files]),
        buttons=tuple(_buttons(entry)),
        reply_to=entry.reply_to_external,
        reply_data=answered.data if answered else {},
        references=_references(conversation, entry, ids),
        reply_token=sign(conversation.id, means.token_key),
        template=template_use(entry.data),
        last_heard_at=conversation.last_inbound_at,
        agent_name=author.name if author else "",
        auto=entry.author_kind in (AuthorKind.bot, AuthorKind.auto, AuthorKind.campaign),
    )


def _buttons(entry: Interaction) -> Iterator[OutboundButton]:
    listed = entry.data.get("buttons")
    for one in listed if isinstance(listed, list | tuple) else ():
        yield OutboundButton(label=str(one["label"]), data=str(one["data"]))


def _references(conversation: Conversation, entry: Interaction, ids: Sequence[ExternalId]) -> tuple[ExternalId, ...]:
    """Return the thread's ids without the message's own, the first mail's kept in front (RFC 5322 section 3.6.4)."""
    earlier = [i for i in ids if i != entry.external_id][-REFERENCES:]
    first = conversation.thread
    if entry.content is ContentKind.mail and first != entry.external_id and first not in earlier:
        return (first, *earlier)
    return tuple(earlier)


async def _attachment(means: Means, file: Attachment, voice: VoiceFormat | None) -> OutboundAttachment:
    if file.blob is None:
        raise _Lost(f"The attached file “{file.name}” was never stored. Attach it again and send a new message.")
    key, form, name, media_type = file.blob, Form.original, file.name, file.media_type
    try:
        if file.voice and voice is not None and means.media is not None:
            key = await for_channel(means.storage, means.blobs, means.media, file, voice)
            form, media_type = Form.converted, voice.value
            name = f"{name.rpartition('.')[0] or name}.{SUFFIX[voice]}"
        size = await means.blobs.size(key)
    except NotFound as error:
        raise _Lost(
            f"The attached file “{file.name}” is gone from the store. Attach it again and send a new message."
        ) from error
    except MediaUnreadable as error:
        words = (
            f"The recording “{file.name}” could not be made into a voice note. Record it again, or send it as a file."
        )
        raise _Lost(words, code="voice_not_converted") from error

    def open_() -> AsyncIterator[bytes]:
        return means.blobs.read(key)

    def link(valid: timedelta) -> str:
        if means.links is None:
            raise NotFound("The hub has no public address.")
        return means.links.link(file.id, form, valid, means.clock.now())

    return OutboundAttachment(
        name=name,
        media_type=media_type,
        size=size,
        voice=file.voice,
        inline=file.inline,
        content_id=file.content_id,
        duration=file.duration,
        width=file.width,
        height=file.height,
        open=open_,
        link=link if means.links is not None else None,
    )


def _sentence(text: str) -> str:
    text = text.strip() or "The provider's answer was unclear."
    return text if text.endswith((".", "!", "?")) else f"{text}."

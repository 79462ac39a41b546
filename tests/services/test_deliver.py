"""One attempt has one outcome, and each outcome says whether the message may be sent again."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hub.contract import (
    Address,
    Connector,
    CredentialsRefused,
    DeliveryReceipt,
    InboundMessage,
    OutboundMessage,
    OutcomeUnknown,
    Rejected,
    RetryLater,
    SendReceipt,
)
from hub.domain.conversation import ConversationState
from hub.domain.delivery import Delivery, DeliveryState, shown_state
from hub.domain.errors import CannotSend, Conflict
from hub.domain.ids import ConversationId, ExternalId
from hub.domain.interaction import AuthorKind, Direction
from hub.domain.retry import Backoff
from hub.services import deliver, deliveries
from hub.services.deliver import Means, Outcome
from hub.services.reply_token import verify
from tests.scripted import says
from tests.services.workplace import CAPABILITIES, Workplace, chosen

KEY = b"k" * 32


def means(place: Workplace, **changed: Any) -> Means:
    base = Means(
        storage=place.hub.storage,
        blobs=place.blobs,
        clock=place.hub.clock,
        token_key=KEY,
        chance=lambda: 0.0,
        backoff=Backoff(first=timedelta(seconds=10), jitter=0.0),
    )
    return replace(base, **changed)


def connector(place: Workplace) -> Connector:
    account = place.hub.accounts.get(place.hub.channel.id)
    assert account is not None
    assert account.connector is not None
    return account.connector


def answers(place: Workplace, answer: Callable[[OutboundMessage], SendReceipt]) -> None:
    place.hub.script.answer = answer


def fails(place: Workplace, error: Exception) -> None:
    def answer(_message: OutboundMessage) -> SendReceipt:
        raise error

    place.hub.script.answer = answer


async def send(place: Workplace, **changed: Any) -> Outcome:
    (due,) = await place.claim()
    return await deliver.attempt(means(place, **changed), connector(place), due)


async def agrees(place: Workplace, delivery: Delivery) -> None:
    """The stored state is the one the history of events gives."""
    assert shown_state(await place.history(delivery.id)).state is delivery.state


async def test_a_message_the_provider_takes_is_sent_and_answers_the_customer(place: Workplace) -> None:
    row = await place.customer_writes()
    place.hub.clock.forward(minutes=5)
    entry = (await place.reply(row.id, "Yes.")).record
    place.hub.clock.forward(minutes=1)
    outcome = await send(place)
    shown = (await place.hub.conversations())[0]
    assert outcome.delivery.state is DeliveryState.sent
    assert outcome.delivery.external_id == f"out-{entry.id}"
    assert outcome.delivery.accepted_at == place.hub.clock.now()
    assert shown.waiting_since is None
    await agrees(place, await place.delivery(entry))


async def test_the_message_carries_what_the_provider_needs(place: Workplace) -> None:
    row = await place.customer_writes()
    file = await place.upload(b"hello", "hello.txt")
    entry = (
        await place.reply(
            row.id,
            "Yes.",
            html="<p>Yes.</p>",
            attachment_ids=(file.id,),
            new_message_id=chosen("mid"),
            cc=("boss@example.com",),
        )
    ).record
    await send(place)
    (message,) = place.hub.script.sent
    assert (message.recipient, message.recipient_name, message.thread) == ("ann", "Ann", "ann")
    assert (message.text, message.html, message.cc) == ("Yes.", "<p>Yes.</p>", ("boss@example.com",))
    assert message.message_id == entry.external_id
    assert message.references == ("ann:hello",)
    assert message.agent_name == "Ann"
    assert verify(message.reply_token, KEY) == row.id
    assert [(a.name, a.size, await a.read()) for a in message.attachments] == [("hello.txt", 5, b"hello")]


async def test_an_answer_carries_the_data_of_the_message_it_answers(place: Workplace) -> None:
    row = await place.customer_writes(data={"quote_token": "q1"})
    (asked,) = await place.hub.thread(row.id)
    await place.reply(row.id, reply_to_id=asked.id)
    await place.reply(row.id, "And this answers nothing.")
    await send(place)
    await send(place)
    assert [message.reply_data for message in place.hub.script.sent] == [{"quote_token": "q1"}, {}]


async def test_a_mail_refers_to_its_thread_from_the_first_mail_on(place: Workplace) -> None:
    row = await place.customer_writes()
    mail = replace(CAPABILITIES, subject=True)
    await place.reply(row.id, capabilities=mail, new_message_id=chosen("one"))
    await send(place)
    await place.reply(row.id, capabilities=mail, new_message_id=chosen("two"))
    await send(place)
    first, second = place.hub.script.sent
    assert first.references == ("ann", "ann:hello")
    assert second.references == ("ann", "ann:hello", first.message_id)


async def test_a_passing_failure_is_tried_again_ever_later_and_the_provider_is_not_hurried(place: Workplace) -> None:
    row = await place.customer_writes()
    entry = (await place.reply(row.id)).record
    fails(place, RetryLater("The provider is busy.", code="429", after=timedelta(seconds=33)))
    outcome = await send(place)
    assert outcome.pause == timedelta(seconds=33)
    assert await place.claim() == []
    waits = []
    for after in (None, None, None):
        delivery = await place.delivery(entry)
        assert delivery.next_at is not None
        waits.append((delivery.next_at - place.hub.clock.now()).total_seconds())
        place.hub.clock.time = delivery.next_at
        fails(place, RetryLater("The provider is busy.", after=after))
        await send(place)
    assert waits == [33, 20, 40]
    delivery = await place.delivery(entry)
    assert (delivery.state, delivery.attempt, delivery.reason) == (DeliveryState.queued, 4, "The provider is busy.")
    await agrees(place, delivery)


async def test_after_a_day_of_passing_failures_it_failed_and_says_so(place: Workplace) -> None:
    row = await place.customer_writes()
    entry = (await place.reply(row.id)).record
    fails(place, RetryLater("The provider is busy."))
    place.hub.clock.forward(hours=24)
    await send(place)
    delivery = await place.delivery(entry)
    assert delivery.state is DeliveryState.failed
    assert delivery.reason == "Given up after 24 hours. The last answer was: The provider is busy."


@pytest.mark.parametrize("error", [Rejected("No such chat.", code="400"), CannotSend("No such chat.")])
async def test_a_certain_no_is_final_and_the_customer_still_waits(place: Workplace, error: Exception) -> None:
    row = await place.customer_writes()
    entry = (await place.reply(row.id)).record
    fails(place, error)
    await send(place)
    delivery = await place.delivery(entry)
    shown = (await place.hub.conversations())[0]
    assert (delivery.state, delivery.reason) == (DeliveryState.failed, "No such chat.")
    assert shown.failed
    assert shown.waiting_since is not None
    assert await place.claim() == []


async def test_a_dead_address_is_marked(place: Workplace) -> None:
    row = await place.customer_writes()
    await place.reply(row.id)
    fails(place, Rejected("She blocked the bot.", unreachable=True))
    await send(place)
    with pytest.raises(CannotSend, match="She blocked the bot"):
        await place.reply(row.id)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OutcomeUnknown("The line was cut"), "The line was cut. It may have gone out."),
        (ConnectionResetError(), "Sending broke off unexpectedly"),
        (KeyError("bug"), "Sending broke off unexpectedly (KeyError)"),
    ],
)
async def test_an_unclear_end_is_unknown_and_is_never_sent_again_by_itself(
    place: Workplace, error: Exception, words: str
) -> None:
    row = await place.customer_writes()
    entry = (await place.reply(row.id)).record
    fails(place, error)
    await send(place)
    delivery = await place.delivery(entry)
    place.hub.clock.forward(days=7)
    assert delivery.state is DeliveryState.unknown
    assert words in delivery.reason
    assert "confirm it or send it again" in delivery.reason
    assert await place.claim() == []
    await agrees(place, delivery)


class Slow(Connector):
    """Takes messages and never answers."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()

    async def check(self) -> str:
        return ""

    def parse(self, raw: object) -> tuple[()]:  # noqa: ARG002 - it hears nothing
        return ()

    async def send(self, message: OutboundMessage) -> SendReceipt:  # noqa: ARG002 - it answers nothing
        self.begun.set()
        await asyncio.Event().wait()
        raise AssertionError("unreachable: it waits for ever")


async def test_no_answer_within_the_time_limit_is_unknown(place: Workplace) -> None:
    row = await place.customer_writes()
    await place.reply(row.id)
    (due,) = await place.claim()
    outcome = await deliver.attempt(means(place, send_time=0.01), Slow(), due)
    assert outcome.delivery.state is DeliveryState.unknown
    assert "no answer within" in outcome.delivery.reason


async def test_a_send_that_is_cancelled_is_unknown(place: Workplace) -> None:
    row = await place.customer_writes()
    entry = (await place.reply(row.id)).record
    (due,) = await place.claim()
    slow = Slow()
    task = asyncio.create_task(deliver.attempt(means(place), slow, due))
    await slow.begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    delivery = await place.delivery(entry)
    assert delivery.state is DeliveryState.unknown
    assert "The hub was stopped" in delivery.reason


async def test_refused_credentials_queue_the_message_again_and_stop_the_account(place: Workplace) -> None:
    row = await place.customer_writes()
    entry = (await place.reply(row.id)).record
    fails(place, CredentialsRefused("The token was revoked."))
    outcome = await send(place)
    delivery = await place.delivery(entry)
    assert outcome.refused == "The token was revoked."
    assert delivery.state is DeliveryState.queued
    assert delivery.code == "credentials_refused"


async def test_a_lost_file_fails_before_anything_is_sent(place: Workplace) -> None:
    row = await place.customer_writes()
    file = await place.upload()
    await place.reply(row.id, attachment_ids=(file.id,))
    assert file.blob is not None
    await place.blobs.delete(file.blob)
    outcome = await send(place)
    assert outcome.delivery.state is DeliveryState.failed
    assert "“hello.txt” is gone from the store" in outcome.delivery.reason
    assert place.hub.script.sent == []


async def test_a_receipt_that_was_faster_than_the_answer_counts_once_the_id_is_known(place: Workplace) -> None:
    row = await place.customer_writes()
    entry = (await place.reply(row.id)).record
    read = DeliveryReceipt(
        external_id=ExternalId(f"out-{entry.id}"), state=DeliveryState.read, occurred_at=place.hub.clock.now()
    )
    await place.hub.hears(read)
    await send(place)
    await place.hub.read()
    assert (await place.delivery(entry)).state is DeliveryState.read


def echo(place: Workplace, thread: ExternalId, external_id: str) -> InboundMessage:
    """What a provider tells of a message that went out from our account."""
    heard = says("on its way", external_id=external_id, thread=thread, author=AuthorKind.agent)
    return replace(heard, sender=Address(namespace="scripted", value="us"), occurred_at=place.hub.clock.now())


async def entries(place: Workplace, conversation_id: ConversationId) -> list[str]:
    async with place.hub.storage.read() as uow:
        found = await uow.timeline.items(conversation_id)
    return [entry.text for entry, _ in found if entry.direction is Direction.outbound]


async def test_an_echo_that_was_faster_than_the_answer_is_no_second_message(place: Workplace) -> None:
    row = await place.customer_writes()
    entry = (await place.reply(row.id, text="on its way")).record
    (due,) = await place.claim()
    await place.hub.hears(echo(place, due.conversation.thread, f"out-{entry.id}"))
    assert await entries(place, row.id) == ["on its way"]
    await deliver.attempt(means(place), connector(place), due)
    await place.hub.read()
    assert await entries(place, row.id) == ["on its way"]
    delivery = await place.delivery(entry)
    assert (delivery.state, delivery.external_id) == (DeliveryState.sent, f"out-{entry.id}")


async def test_what_somebody_writes_in_the_providers_app_meanwhile_is_shown_after_the_answer(place: Workplace) -> None:
    row = await place.customer_writes()
    await place.reply(row.id, text="from the hub")
    (due,) = await place.claim()
    await place.hub.hears(echo(place, due.conversation.thread, "theirs"))
    assert await entries(place, row.id) == ["from the hub"]
    fails(place, RetryLater("Busy."))
    await deliver.attempt(means(place), connector(place), due)
    await place.hub.read()
    assert sorted(await entries(place, row.id)) == ["from the hub", "on its way"]


async def test_what_was_parked_for_a_send_without_an_answer_is_shown_then(
    place: Workplace,
) -> None:
    row = await place.customer_writes()
    await place.reply(row.id, text="from the hub")
    (due,) = await place.claim()
    await place.hub.hears(echo(place, due.conversation.thread, "theirs"))
    fails(place, OutcomeUnknown("no answer"))
    outcome = await deliver.attempt(means(place), connector(place), due)
    assert outcome.delivery.state is DeliveryState.unknown
    await place.hub.read()
    assert sorted(await entries(place, row.id)) == ["from the hub", "on its way"]


async def test_a_bounce_that_was_faster_than_the_answer_is_not_forgotten(place: Workplace) -> None:
    row = await place.customer_writes()
    entry = (await place.reply(row.id, new_message_id=chosen("mid"))).record
    (due,) = await place.claim()
    assert entry.external_id is not None
    bounce = DeliveryReceipt(
        external_id=entry.external_id,
        state=DeliveryState.failed,
        occurred_at=place.hub.clock.now(),
        reason="No such mailbox.",
    )
    await place.hub.hears(bounce)
    place.hub.clock.forward(seconds=1)
    answers(place, lambda m: SendReceipt(external_id=m.message_id or ExternalId("")))
    await deliver.attempt(means(place), connector(place), due)
    delivery = await place.delivery(entry)
    assert (delivery.state, delivery.reason) == (DeliveryState.failed, "No such mailbox.")


async def test_a_receipt_that_names_our_delivery_settles_a_send_whose_answer_was_lost(place: Workplace) -> None:
    row = await place.customer_writes()
    entry = (await place.reply(row.id)).record
    fails(place, OutcomeUnknown("no answer"))
    outcome = await send(place)
    assert outcome.delivery.state is DeliveryState.unknown
    await place.hub.hears(
        DeliveryReceipt(
            external_id=ExternalId("p-1"),
            state=DeliveryState.delivered,
            occurred_at=place.hub.clock.now(),
            delivery_id=outcome.delivery.id,
        )
    )
    told = await place.delivery(entry)
    assert (told.state, told.external_id) == (DeliveryState.delivered, "p-1")
    read = DeliveryReceipt(external_id=ExternalId("p-1"), state=DeliveryState.read, occurred_at=place.hub.clock.now())
    await place.hub.hears(read)
    assert (await place.delivery(entry)).state is DeliveryState.read
    await agrees(place, await place.delivery(entry))


async def test_a_watermark_in_time_marks_what_was_sent_in_the_thread_until_then(place: Workplace) -> None:
    row = await place.customer_writes()
    other = await place.customer_writes(by="bob")
    entries = []
    for conversation in (row, other, row):
        place.hub.clock.forward(minutes=1)
        entries.append((await place.reply(conversation.id)).record)
        await send(place)
    early, elsewhere, late = entries
    until = DeliveryReceipt(
        external_id=ExternalId(""),
        thread=ExternalId("ann"),
        up_to=True,
        state=DeliveryState.read,
        occurred_at=early.occurred_at + timedelta(seconds=30),
    )
    await place.hub.hears(until, replace(until, thread=ExternalId("nobody")))
    states = [(await place.delivery(entry)).state for entry in (early, elsewhere, late)]
    assert states == [DeliveryState.read, DeliveryState.sent, DeliveryState.sent]


async def test_a_watermark_on_the_customers_own_message_marks_what_we_sent_before_it(place: Workplace) -> None:
    row = await place.customer_writes()
    place.hub.clock.forward(minutes=1)
    before = (await place.reply(row.id)).record
    await send(place)
    place.hub.clock.forward(minutes=1)
    answer = says("Thanks", at=place.hub.clock.now())
    await place.hub.hears(answer)
    place.hub.clock.forward(minutes=1)
    after = (await place.reply(row.id)).record
    await send(place)
    await place.hub.hears(
        DeliveryReceipt(
            external_id=answer.external_id, up_to=True, state=DeliveryState.read, occurred_at=place.hub.clock.now()
        )
    )
    states = [(await place.delivery(entry)).state for entry in (before, after)]
    assert states == [DeliveryState.read, DeliveryState.sent]


async def test_an_outcome_is_written_down_when_the_database_is_back(place: Workplace) -> None:
    row = await place.customer_writes()
    await place.reply(row.id)
    (due,) = await place.claim()
    pauses: list[float] = []

    class Moody:
        """The storage, whose first two transactions fail."""

        def __getattr__(self, name: str) -> Any:
            return getattr(place.hub.storage, name)

        def begin(self) -> Any:
            if len(pauses) < 2:
                raise OSError("disk full")
            return place.hub.storage.begin()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    outcome = await deliver.attempt(means(place, storage=Moody(), pause=pause), connector(place), due)
    assert outcome.delivery.state is DeliveryState.sent
    assert pauses == [0.2, 0.4]


async def test_send_and_resolve_answers_first_and_resolves_then(place: Workplace) -> None:
    row = await place.customer_writes()
    place.hub.clock.forward(minutes=5)
    await place.reply(row.id, resolve=True)
    assert (await place.conversation(row.id)).state is ConversationState.open
    place.hub.clock.forward(minutes=1)
    await send(place)
    (wait,) = (
        await place.hub.storage.queries.waits(conversation_id=row.id, channel_id=None, cursor=None, limit=9)
    ).items
    assert (await place.conversation(row.id)).state is ConversationState.resolved
    assert (wait.ended_by, wait.seconds) == ("reply", 360)


async def test_send_and_resolve_leaves_open_what_failed_and_what_the_customer_went_on_with(place: Workplace) -> None:
    row = await place.customer_writes()
    await place.reply(row.id, resolve=True)
    fails(place, Rejected("No."))
    await send(place)
    assert (await place.conversation(row.id)).state is ConversationState.open
    await place.reply(row.id, resolve=True)
    place.hub.clock.forward(seconds=5)
    await place.hub.hears(says("one more thing", at=place.hub.clock.now()))
    answers(place, lambda m: SendReceipt(external_id=ExternalId(str(m.delivery_id))))
    await send(place)
    assert (await place.conversation(row.id)).state is ConversationState.open


# --- by hand ---------------------------------------------------------------------------------------------


async def failed(place: Workplace, error: Exception) -> Delivery:
    row = await place.customer_writes()
    entry = (await place.reply(row.id)).record
    fails(place, error)
    await send(place)
    return await place.delivery(entry)


@pytest.mark.parametrize("error", [Rejected("No."), OutcomeUnknown("Cut.")])
async def test_a_person_may_send_again_what_failed_or_is_unclear(place: Workplace, error: Exception) -> None:
    delivery = await failed(place, error)
    place.hub.clock.forward(days=3)
    async with place.hub.storage.begin() as uow:
        await deliveries.retry(uow, delivery.id, by=place.ann.id, now=place.hub.clock.now())
    answers(place, lambda _m: SendReceipt(external_id=ExternalId("second")))
    outcome = await send(place)
    conversation = (await place.hub.conversations())[0]
    assert (outcome.delivery.state, outcome.delivery.attempt) == (DeliveryState.sent, 2)
    assert not conversation.failed
    assert await place.events(conversation.id) == ["sent_again"]
    await agrees(place, outcome.delivery)


async def test_the_day_of_trying_begins_anew_with_a_retry_by_hand(place: Workplace) -> None:
    delivery = await failed(place, Rejected("No."))
    place.hub.clock.forward(days=3)
    async with place.hub.storage.begin() as uow:
        await deliveries.retry(uow, delivery.id, by=place.ann.id, now=place.hub.clock.now())
    fails(place, RetryLater("Busy."))
    outcome = await send(place)
    assert outcome.delivery.state is DeliveryState.queued
    assert outcome.delivery.next_at == place.hub.clock.now() + timedelta(seconds=10)


async def test_a_person_may_confirm_what_is_unclear_and_it_counts_from_when_it_was_handed_over(
    place: Workplace,
) -> None:
    delivery = await failed(place, OutcomeUnknown("Cut."))
    handed_over = place.hub.clock.now()
    place.hub.clock.forward(hours=2)
    async with place.hub.storage.begin() as uow:
        after = await deliveries.confirm(uow, delivery.id, by=place.ann.id, now=place.hub.clock.now())
    assert (after.state, after.accepted_at, after.reason) == (DeliveryState.sent, handed_over, "")
    assert (await place.hub.conversations())[0].waiting_since is None


async def test_what_is_on_its_way_is_neither_sent_again_nor_confirmed(place: Workplace) -> None:
    row = await place.customer_writes()
    delivery = await place.delivery((await place.reply(row.id)).record)
    async with place.hub.storage.begin() as uow:
        with pytest.raises(Conflict, match="Only a failed or unclear message"):
            await deliveries.retry(uow, delivery.id, by=None, now=place.hub.clock.now())
        with pytest.raises(Conflict, match="Only an unclear message"):
            await deliveries.confirm(uow, delivery.id, by=None, now=place.hub.clock.now())

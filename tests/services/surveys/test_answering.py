"""Answers become ratings: exactly once, the newest counts, and nobody has to answer them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.contract import Address
from hub.domain.conversation import ConversationState
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import ConversationId, ExternalId
from hub.domain.survey.rating import RatingId, Via
from hub.services.ids import new_id
from hub.services.surveys import answering
from tests.services.surveys.shop import LINES, Shop, press


async def button(shop: Shop, conversation: ConversationId, place: int) -> str:
    """Return what the button at a place carries."""
    (question, *_) = await shop.said(conversation)
    return str(question.data["buttons"][place]["data"])  # type: ignore[index]  # JSON


async def test_a_button_rates_once_however_often_it_is_told_and_opens_nothing(shop: Shop) -> None:
    await shop.asks_by(comments=False)
    conversation = await shop.asked()
    told = press(await button(shop, conversation, 3), "Good", ExternalId("p1"), shop.hub)
    for _ in range(3):
        await shop.hub.hears(told)
    rating = await shop.rating(conversation)
    assert rating is not None
    assert (rating.score, rating.via) == (4, Via.button)
    assert await shop.state(conversation) is ConversationState.resolved
    assert (await shop.place.conversation(conversation)).clock.open is None
    assert (await shop.place.events(conversation)).count("rated") == 1
    await shop.later(seconds=2)
    assert [entry.data["survey"] for entry in await shop.said(conversation)] == ["question", "thanks"]


async def test_a_number_is_an_answer_and_the_next_words_are_its_comment(shop: Shop) -> None:
    shop.capabilities = LINES
    await shop.asks_by()
    conversation = await shop.asked()
    await shop.writes("2")
    await shop.later(seconds=2)
    await shop.writes("It took too long")
    await shop.later(seconds=2)
    rating = await shop.rating(conversation)
    assert rating is not None
    assert (rating.score, rating.comment) == (2, "It took too long")
    assert await shop.state(conversation) is ConversationState.resolved
    said = await shop.said(conversation)
    assert [entry.data["survey"] for entry in said] == ["question", "comment", "thanks"]
    (line,) = [entry for entry in await shop.hub.thread(conversation) if entry.data.get("event") == "rated"]
    assert (line.data["score"], line.data["comment"]) == (2, "It took too long")
    await shop.writes("By the way, my invoice is wrong")
    assert await shop.state(conversation) is ConversationState.open


async def test_the_newest_answer_counts_and_the_line_tells_it(shop: Shop) -> None:
    await shop.asks_by(comments=False)
    conversation = await shop.asked()
    await shop.presses(await button(shop, conversation, 0))
    shop.hub.clock.forward(minutes=1)
    await shop.presses(await button(shop, conversation, 4))
    lines = [entry for entry in await shop.hub.thread(conversation) if entry.data.get("event") == "rated"]
    assert [line.data["score"] for line in lines] == [5]


async def test_a_real_question_reopens_and_a_rating_in_it_counts_too(shop: Shop) -> None:
    await shop.asks_by()
    conversation = await shop.asked()
    await shop.writes("1 - where is my money?")
    rating = await shop.rating(conversation)
    assert rating is not None
    assert (rating.score, rating.comment) == (1, "where is my money?")
    assert await shop.state(conversation) is ConversationState.open
    assert (await shop.place.conversation(conversation)).clock.open is not None
    await shop.later(seconds=2)
    assert [entry.data["survey"] for entry in await shop.said(conversation)] == ["question"]


async def test_what_is_no_answer_is_a_message_like_any_other(shop: Shop) -> None:
    await shop.asks_by()
    conversation = await shop.asked()
    await shop.writes("4 of my parcels are missing")
    rating = await shop.rating(conversation)
    assert rating is not None
    assert rating.score is None
    assert await shop.state(conversation) is ConversationState.open
    await shop.writes("4")  # nobody's answer any more: the conversation goes on
    rating = await shop.rating(conversation)
    assert rating is not None
    assert rating.score is None


async def test_a_button_still_rates_after_the_conversation_went_on(shop: Shop) -> None:
    await shop.asks_by()
    conversation = await shop.asked()
    data = await button(shop, conversation, 4)
    await shop.writes("And how do I send it back?")
    await shop.presses(data)
    rating = await shop.rating(conversation)
    assert rating is not None
    assert rating.score == 5


async def test_only_who_was_asked_rates_and_only_in_time(shop: Shop) -> None:
    await shop.asks_by(comments=False)
    conversation = await shop.asked()
    data = await button(shop, conversation, 4)
    told = press(data, "Good", ExternalId("s1"), shop.hub)
    bob = Address(namespace="scripted", value="bob")
    await shop.hub.hears(replace(told, sender=bob, thread=ExternalId("bob")))
    shop.hub.clock.forward(days=8)
    await shop.presses(data)
    rating = await shop.rating(conversation)
    assert rating is not None
    assert rating.score is None


async def test_a_link_rates_and_says_in_words_what_it_cannot(shop: Shop) -> None:
    await shop.asks_by()
    conversation = await shop.asked()
    rating = await shop.rating(conversation)
    assert rating is not None
    for score, words in ((2, "late"), (4, "")):
        shop.hub.clock.forward(minutes=1)
        async with shop.hub.storage.begin() as uow:
            await answering.rate(uow, rating.id, score, words, shop.hub.clock.now())
    after = await shop.rating(conversation)
    assert after is not None
    assert (after.score, after.comment, after.via) == (4, "late", Via.link)
    assert (await shop.place.events(conversation)).count("rated") == 1
    now = shop.hub.clock.now()
    async with shop.hub.storage.begin() as uow:
        with pytest.raises(Invalid, match="Choose"):
            await answering.rate(uow, rating.id, 9, "", now)
        with pytest.raises(NotFound):
            await answering.rate(uow, RatingId(new_id()), 5, "", now)
        with pytest.raises(Conflict, match="over"):
            await answering.rate(uow, rating.id, 5, "", now + timedelta(days=9))

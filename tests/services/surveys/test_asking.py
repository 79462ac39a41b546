"""Who is asked after a conversation is resolved, when, and how it looks."""

from datetime import timedelta

import pytest

from hub.domain.channel import Capabilities
from hub.domain.conversation import ConversationState
from hub.domain.errors import Invalid
from hub.domain.ids import ChannelId
from hub.domain.interaction import AuthorKind
from hub.domain.survey.rating import RatingState, Why
from hub.domain.survey.survey import Wording
from hub.services import conversations
from hub.services.ids import new_id
from tests.services.surveys.shop import LINES, MAIL, Shop


async def test_a_resolved_conversation_is_asked_about_once_after_the_delay(shop: Shop) -> None:
    await shop.asks_by()
    conversation = await shop.helped()
    await shop.later(minutes=4)
    assert await shop.said(conversation) == []
    await shop.later(minutes=1)
    await shop.later(minutes=1)
    (question,) = await shop.said(conversation)
    assert question.author_kind is AuthorKind.auto
    assert question.text == "How satisfied are you with our help?"
    assert [button["label"] for button in question.data["buttons"]] == ["Very bad", "Bad", "Okay", "Good", "Excellent"]  # type: ignore[attr-defined]  # JSON
    rating = await shop.rating(conversation)
    assert rating is not None
    assert (rating.state, rating.agent_id) == (RatingState.asked, shop.place.ann.id)
    assert await shop.state(conversation) is ConversationState.resolved


async def test_where_there_are_no_buttons_the_answers_are_numbered_lines(shop: Shop) -> None:
    shop.capabilities = LINES
    await shop.asks_by(wording={"en": Wording(question="Happy?")})
    (question,) = await shop.said(await shop.asked())
    assert question.text == "Happy?\n1. Very bad\n2. Bad\n3. Okay\n4. Good\n5. Excellent"


async def test_a_mail_has_a_signed_link_for_each_answer(shop: Shop) -> None:
    shop.capabilities = MAIL
    await shop.asks_by()
    (question,) = await shop.said(await shop.asked())
    assert question.text.count("https://hub.example/rate/") == 5
    async with shop.hub.storage.read() as uow:
        kept = await uow.timeline.get(question.id)
    assert kept is not None
    assert kept.html.count('<a href="https://hub.example/rate/') == 5
    assert "?score=5" in question.text.splitlines()[2]


async def test_nobody_is_asked_without_a_survey_for_them(shop: Shop) -> None:
    await shop.asks_by(active=False)
    conversation = await shop.asked()
    assert await shop.rating(conversation) is None
    with pytest.raises(Invalid, match="channels"):
        await shop.asks_by(channel_ids=(ChannelId(new_id()),))


async def test_what_was_reopened_meanwhile_is_asked_about_after_its_next_resolve(shop: Shop) -> None:
    await shop.asks_by()
    conversation = await shop.helped()
    await shop.change(conversation, ConversationState.open)
    await shop.later(minutes=5)
    assert (await shop.said(conversation), await shop.rating(conversation)) == ([], None)
    await shop.resolve(conversation)
    await shop.later(minutes=5)
    assert len(await shop.said(conversation)) == 1
    await shop.change(conversation, ConversationState.open)
    await shop.resolve(conversation)
    await shop.later(minutes=5)
    assert len(await shop.said(conversation)) == 1


async def test_spam_is_not_asked(shop: Shop) -> None:
    await shop.asks_by()
    conversation = await shop.helped()
    async with shop.hub.storage.begin() as uow:
        await conversations.mark_spam(uow, conversation, by=None, now=shop.hub.clock.now())
    await shop.later(minutes=5)
    assert await shop.said(conversation) == []


async def test_who_was_asked_lately_is_left_alone(shop: Shop) -> None:
    await shop.asks_by(quiet_days=30)
    first = await shop.asked()
    shop.hub.clock.forward(days=9)
    second = await shop.helped("One more thing")
    await shop.later(minutes=5)
    assert first != second
    rating = await shop.rating(second)
    assert rating is not None
    assert (rating.state, rating.why) == (RatingState.skipped, Why.asked_lately)
    assert await shop.said(second) == []


async def test_what_no_person_answered_is_asked_about_only_if_wanted(shop: Shop) -> None:
    await shop.asks_by()
    row = await shop.place.customer_writes("thanks")
    await shop.resolve(row.id)
    await shop.later(minutes=5)
    rating = await shop.rating(row.id)
    assert rating is not None
    assert rating.why is Why.no_person


async def test_a_shut_reply_window_is_respected(shop: Shop) -> None:
    shop.capabilities = Capabilities(text_limit=1000, reply_window=timedelta(hours=24))
    await shop.asks_by(delay=timedelta(days=2))
    conversation = await shop.helped()
    await shop.later(days=2)
    rating = await shop.rating(conversation)
    assert rating is not None
    assert rating.why is Why.cannot_send


async def test_a_channel_that_is_away_is_waited_for(shop: Shop) -> None:
    await shop.asks_by()
    shop.at_work = False
    conversation = await shop.asked()
    assert await shop.said(conversation) == []
    shop.at_work = True
    await shop.later(minutes=1)
    assert len(await shop.said(conversation)) == 1

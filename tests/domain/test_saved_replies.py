"""Which saved replies fit, in which language and order, and which variables there are."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from hub.domain.ids import ChannelId, TeamId
from hub.domain.saved_replies import SavedReply, SavedReplyId, in_order, is_shortcut, nearest, unknown

T = datetime(2026, 3, 2, tzinfo=UTC)
SHOP, HELP = TeamId(UUID(int=1)), TeamId(UUID(int=2))
MAIL, CHAT = ChannelId(UUID(int=3)), ChannelId(UUID(int=4))


def saved(name: str = "Hello", **changed: Any) -> SavedReply:
    wanted = {"texts": {"en": "Hello", "pl": "Cześć"}, **changed}
    return SavedReply(id=SavedReplyId(UUID(int=9)), name=name, created_at=T, updated_at=T, **wanted)


def test_a_reply_without_teams_and_channels_fits_everywhere() -> None:
    assert saved().fits(MAIL, ())


def test_a_reply_of_a_team_and_a_channel_fits_both_together_alone() -> None:
    reply = saved(team_ids=(SHOP,), channel_ids=(MAIL,))
    assert reply.fits(MAIL, (HELP, SHOP))
    assert not reply.fits(CHAT, (SHOP,))
    assert not reply.fits(MAIL, (HELP,))
    assert not reply.fits(MAIL, ())


def test_the_first_language_wanted_is_taken_else_the_first_there_is() -> None:
    assert saved().language_for(("ko", "pl")) == "pl"
    assert saved().language_for(("ko",)) == "en"


def test_the_conversations_language_comes_first_then_what_is_used_most() -> None:
    polish, often, seldom = saved("b"), saved("c", texts={"en": "x"}, used=5), saved("a", texts={"en": "y"}, used=1)
    assert [one.name for one in in_order((seldom, often, polish), "pl")] == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("word", "good"), [("dzień-2", True), ("주문", True), ("a b", False), ("/x", False), ("-a", False)]
)
def test_a_shortcut_is_one_word_in_any_script(word: str, good: bool) -> None:
    assert is_shortcut(word) is good


def test_own_fields_are_known_and_a_slip_of_the_pen_is_not() -> None:
    assert unknown(("contact.name", "contact.fields.order", "contact.nmae", "contact")) == ["contact.nmae", "contact"]
    assert nearest("contact.nmae") == "contact.name"
    assert nearest("zzz") == ""

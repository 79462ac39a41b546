"""Whoever writes to a bot is shown with the picture Telegram shows of them."""

import json

import aiohttp
import pytest

from connectors.telegram.portraits import note_of, read_note
from hub.contract import ContactPointLearned, UnparseableEvent
from tests.connectors.telegram.bots import polling_bot
from tests.peers.telegram_api import FakeTelegram

SIZES = [
    {"file_id": f"f{width}", "file_unique_id": f"u{width}", "width": width, "height": width}
    for width in (640, 160, 320)
]


async def test_the_newest_picture_of_a_person_is_told_in_its_smallest_good_size(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    tg.world.portraits[77] = [SIZES, [{"file_id": "older", "file_unique_id": "o", "width": 640, "height": 640}]]
    bot = polling_bot(tg, http)
    note = await bot.who_is("77")
    assert note is not None
    (told,) = bot.parse(note)
    assert isinstance(told, ContactPointLearned)
    assert (told.known.value, told.known.name, told.known.portrait) == ("77", "", "f160")


async def test_who_shows_none_has_none_and_groups_are_not_asked_about(
    tg: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    bot = polling_bot(tg, http)
    note = await bot.who_is("78")
    assert note is not None
    assert json.loads(note.body) == {"id": "78", "file": ""}
    assert await bot.who_is("-1001") is None


@pytest.mark.parametrize("answer", [None, [], {"photos": [["x"]]}, {"photos": 3}])
def test_an_answer_that_is_none_is_no_note(answer: object) -> None:
    assert note_of("77", answer) == b""


@pytest.mark.parametrize("body", [b"", b"{}", b'{"id": 7}', b"[]"])
def test_a_note_that_says_nothing_is_told_so(body: bytes) -> None:
    with pytest.raises(UnparseableEvent, match="does not say whose"):
        read_note(body)

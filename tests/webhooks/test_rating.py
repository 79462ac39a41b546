"""The page behind a mail's rating link: opening it records nothing, its form does."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from hub.domain.ids import ConversationId
from hub.domain.survey.rating import Rating, RatingId
from hub.domain.survey.survey import Wording
from hub.domain.user import Role
from hub.services.ids import new_id
from hub.services.surveys.links import sign
from storage import open_blobs
from tests.scripted import small_hub
from tests.services.surveys.shop import LINKS, MAIL, Shop
from tests.services.workplace import Workplace
from webhooks.rating import MAX_BODY, RatingDoor


@dataclass
class Mailed:
    """A customer who was asked by mail, and a browser on the hub."""

    shop: Shop
    conversation: ConversationId
    address: str
    http: TestClient[web.Request, web.Application]

    async def rating(self) -> Rating:
        found = await self.shop.rating(self.conversation)
        assert found is not None
        return found

    async def get(self, path: str) -> tuple[int, str]:
        async with self.http.get(path) as response:
            return response.status, await response.text()

    async def post(self, path: str, **form: str) -> tuple[int, str]:
        async with self.http.post(path, data=form) as response:
            return response.status, await response.text()


@pytest.fixture
async def mailed(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Mailed]:
    async with small_hub(sqlite_url, tmp_path, capabilities=MAIL) as hub:
        place = Workplace(hub=hub, blobs=open_blobs(tmp_path.as_uri()), ann=None)  # type: ignore[arg-type]  # set below
        place.ann = await place.user("Ann", Role.admin)
        shop = Shop(place, MAIL)
        await shop.asks_by(wording={"en": Wording(question="Did <we> help?", thanks="Cheers!")})
        conversation = await shop.asked()
        (question,) = await shop.said(conversation)
        link = next(line for line in question.text.splitlines() if "score=4" in line)
        address = link.partition(LINKS.public_url)[2]
        app = web.Application()
        app.add_routes(RatingDoor(storage=hub.storage, clock=hub.clock, keys=(b"other" * 8, LINKS.key)).routes())
        async with TestClient(TestServer(app)) as http:
            yield Mailed(shop=shop, conversation=conversation, address=address, http=http)


async def test_opening_the_link_shows_its_answer_chosen_and_records_nothing(mailed: Mailed) -> None:
    status, html = await mailed.get(mailed.address)
    assert status == 200
    assert re.findall(r'value="(\d)" required checked', html) == ["4"]
    assert "Did &lt;we&gt; help?" in html
    async with mailed.http.head(mailed.address) as response:
        assert response.status == 200
        assert "script" not in response.headers["Content-Security-Policy"]
    assert (await mailed.rating()).score is None


async def test_the_form_records_the_newest_answer_with_its_words(mailed: Mailed) -> None:
    status, html = await mailed.post(mailed.address, score="2", comment="slow & <b>late</b>")
    assert (status, "Cheers!" in html) == (200, True)
    assert ((await mailed.rating()).score, (await mailed.rating()).comment) == (2, "slow & <b>late</b>")
    mailed.shop.hub.clock.forward(minutes=1)
    await mailed.post(mailed.address, score="5")
    assert ((await mailed.rating()).score, (await mailed.rating()).comment) == (5, "slow & <b>late</b>")
    _, again = await mailed.get(mailed.address)
    assert "slow &amp; &lt;b&gt;late&lt;/b&gt;" in again


async def test_a_form_without_an_answer_asks_for_one(mailed: Mailed) -> None:
    status, html = await mailed.post(mailed.address, score="9", comment="hm")
    assert (status, "Choose one of the answers." in html, "hm" in html) == (422, True, True)
    assert (await mailed.rating()).score is None


async def test_what_leads_nowhere_says_so_in_words(mailed: Mailed) -> None:
    stranger = f"/rate/{sign(RatingId(new_id()), LINKS.key)}"
    forged = f"/rate/{sign((await mailed.rating()).id, b'guess' * 8)}"
    for path in (stranger, forged, "/rate/nothing", "/rate/" + "ü" * 43):
        assert (await mailed.get(path))[0] == 404
        assert (await mailed.post(path, score="5"))[0] == 404
    assert (await mailed.post(mailed.address, score="5", comment="x" * MAX_BODY))[0] == 413
    mailed.shop.hub.clock.forward(days=8)
    status, html = await mailed.get(mailed.address)
    assert (status, "is over" in html) == (410, True)

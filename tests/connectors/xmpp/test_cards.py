"""Names and pictures of people, from the cards their servers keep."""

from base64 import b64encode
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.xmpp.cards import Card, note_of, owner_of, read_card, read_note
from connectors.xmpp.connector import XmppAccount
from connectors.xmpp.xml import read_stanza
from hub.contract import ConnectorError, ContactPointLearned, FetchFailed, RawEvent, UnparseableEvent
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import NOW, tools_for
from tests.connectors.xmpp.conformance import ANNA, SHORT, listening, settings_for
from tests.connectors.xmpp.server import FakeXmpp

PICTURE, ANOTHER = b"\x89PNG a face", b"\x89PNG another face"


def card(name: str, picture: bytes = b"") -> str:
    drawn = (
        f"<PHOTO><TYPE>image/png</TYPE><BINVAL>\n{b64encode(picture).decode()}\n</BINVAL></PHOTO>" if picture else ""
    )
    return f"<vCard xmlns='vcard-temp'><FN>{name}</FN>{drawn}</vCard>"


@pytest.fixture
async def server() -> AsyncIterator[FakeXmpp]:
    async with FakeXmpp() as fake:
        yield fake


@pytest.fixture
async def account(server: FakeXmpp) -> AsyncIterator[XmppAccount]:
    async with aiohttp.ClientSession() as http:
        yield XmppAccount(settings_for(server.port), tools_for(http, Path("unused")), patience=SHORT)


async def learned(account: XmppAccount) -> ContactPointLearned:
    """What the account finds out about Anna."""
    note = await account.who_is(ANNA)
    assert note is not None
    (event,) = account.parse(note)
    assert isinstance(event, ContactPointLearned)
    return event


async def test_who_wrote_has_the_name_and_the_picture_of_their_card(server: FakeXmpp, account: XmppAccount) -> None:
    server.cards[ANNA] = card("Anna Żółć", PICTURE)
    async with listening(account):
        await server.online.wait()
        known = (await learned(account)).known
        assert (known.value, known.name, known.stand_in, known.verified) == (ANNA, "Anna Żółć", "anna", True)
        assert [part async for part in account.fetch(ExternalId(known.portrait or ""))] == [PICTURE]


async def test_another_picture_lies_at_another_place_and_none_at_none(server: FakeXmpp, account: XmppAccount) -> None:
    async with listening(account):
        await server.online.wait()
        server.cards[ANNA] = card("Anna", PICTURE)
        before = (await learned(account)).known.portrait
        server.cards[ANNA] = card("Anna", ANOTHER)
        after = (await learned(account)).known.portrait
        server.cards[ANNA] = card("Anna")
        assert (await learned(account)).known.portrait == ""
        assert before != after
        with pytest.raises(FetchFailed, match="no picture any more"):
            await anext(aiter(account.fetch(ExternalId(after or ""))))


async def test_who_has_no_card_or_shows_it_to_nobody_stays_as_they_are(server: FakeXmpp, account: XmppAccount) -> None:
    async with listening(account):
        await server.online.wait()
        assert await account.who_is(ANNA) is None


async def test_while_we_are_away_it_is_asked_for_later(account: XmppAccount) -> None:
    with pytest.raises(ConnectorError, match="not connected"):
        await account.who_is(ANNA)
    with pytest.raises(FetchFailed) as refused:
        await anext(aiter(account.fetch(ExternalId(f"card|{ANNA}|0"))))
    assert refused.value.passing


def test_a_card_may_hold_anything() -> None:
    broken = "<iq xmlns='jabber:client'><vCard xmlns='vcard-temp'><PHOTO><BINVAL>%%</BINVAL></PHOTO></vCard></iq>"
    assert read_card(read_stanza(broken.encode())) == Card()
    assert read_card(read_stanza(b"<iq xmlns='jabber:client'/>")) == Card()


@given(st.binary(max_size=60))
def test_any_note_is_read_or_marked(body: bytes) -> None:
    try:
        (event,) = read_note(body)
    except UnparseableEvent:
        return
    assert isinstance(event, ContactPointLearned)


@pytest.mark.parametrize("jid", [ANNA, "harbour@rooms.example/Anna | x"])
def test_a_note_is_read_back(jid: str) -> None:
    raw = RawEvent(kind="card", body=note_of(jid, Card("Anna", PICTURE)), received_at=NOW)
    (event,) = read_note(raw.body)
    assert isinstance(event, ContactPointLearned)
    assert owner_of(event.known.portrait or "") == jid
    assert owner_of("https://example.org/face.png") == ""

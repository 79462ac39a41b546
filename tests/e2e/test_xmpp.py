"""XMPP through the whole hub, against a real Prosody with TLS and SCRAM: both directions, files, rooms, restarts."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image
from pydantic import SecretStr

from connectors.xmpp import xml
from connectors.xmpp.outcomes import Gone, Patience
from connectors.xmpp.settings import XmppSettings
from connectors.xmpp.stream import Stream
from connectors.xmpp.xml import Element, attribute, child, text_of
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state, saying, uploaded, with_file
from tests.e2e.waiting import until
from tests.peers import prosody as peer
from tests.peers.dovecot import private_folder
from tests.peers.prosody import Prosody

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(peer.missing() != "", reason=peer.missing() or "it is there")]

ROOM = f"harbour@{peer.ROOMS}"


@pytest.fixture(scope="module")
def prosody() -> Iterator[Prosody]:
    with private_folder() as folder, Prosody(folder) as server:
        yield server


@pytest.fixture
async def hub(tmp_path: Path, prosody: Prosody) -> AsyncIterator[HubProcess]:
    """A hub that may fetch files from the server, which is on this machine."""
    allowed = {"HUB_ALLOW_PRIVATE_FETCH": f"127.0.0.1:{prosody.http_port}"}
    async with HubProcess(tmp_path / "hub", allowed) as running:
        yield running


def settings(prosody: Prosody, name: str, **more: str) -> Json:
    return {
        "jid": f"{name}@{peer.DOMAIN}",
        "password": f"{name}-password",
        "server": f"127.0.0.1:{prosody.port}",
        "certificate": prosody.certificate,
        **more,
    }


async def connected(prosody: Prosody, hub: HubProcess, api: HubApi, name: str, **more: str) -> str:
    """An account that the hub serves; returns its JID."""
    jid = await asyncio.to_thread(prosody.user, name)
    hub.secrets.append(f"{name}-password")
    channel = await api.channel("xmpp", "XMPP", settings(prosody, name, **more))

    async def look() -> bool:
        return bool((await api.get(f"/channels/{channel['id']}"))["connection"]["state"] == "connected")

    await until(look, what="the connection")
    return jid


class Customer:
    """Somebody with a client of their own."""

    def __init__(self, jid: str, stream: Stream) -> None:
        self.jid = jid
        self.stream = stream
        self.heard: list[Element] = []

    async def listen(self) -> None:
        while True:
            try:
                message = await self.stream.next()
            except Gone:
                return
            if message is not None:
                self.heard.append(message)

    async def says(self, to: str, text: str, named: str, *more: Element, kind: str = "chat") -> None:
        message = xml.make(xml.CLIENT, "message", to=to, type=kind, id=named)
        if text:
            xml.add(message, xml.CLIENT, "body", text)
        message.extend(more)
        await self.stream.send(message)

    async def hears(self, text: str) -> Element:
        """Wait for a message of this text."""

        async def look() -> list[Element]:
            return [one for one in self.heard if text_of(child(one, xml.CLIENT, "body")) == text]

        return (await until(look, what=f"the customer hears {text!r}"))[0]

    async def hears_part(self, namespace: str, name: str, named: str) -> Element:
        """Wait for a message with such an element about a message."""

        async def look() -> list[Element]:
            return [one for one in self.heard if attribute(child(one, namespace, name), "id") == named]

        return (await until(look, what=f"the customer hears {name} of {named}"))[0]


@asynccontextmanager
async def customer(prosody: Prosody, name: str, *, made: bool = False) -> AsyncIterator[Customer]:
    """Somebody online."""
    jid = f"{name}@{peer.DOMAIN}" if made else await asyncio.to_thread(prosody.user, name)
    given: dict[str, Any] = settings(prosody, name) | {"password": SecretStr(f"{name}-password")}
    stream = Stream(XmppSettings.model_validate(given), Patience(goodbye=0.2))
    await stream.open()
    stream.online()
    person = Customer(jid, stream)
    task = asyncio.create_task(person.listen())
    try:
        yield person
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await stream.close()


async def test_a_customer_and_an_agent_talk(prosody: Prosody, hub: HubProcess, api: HubApi) -> None:
    support = await connected(prosody, hub, api, "support")
    async with customer(prosody, "anna") as anna:
        await anna.says(support, "Is it open on Sunday? 🙂", "q1", xml.make(xml.RECEIPTS, "request"))
        first = await entry_where(api, saying("Is it open on Sunday? 🙂"), "the question")
        await anna.hears_part(xml.RECEIPTS, "received", "q1")
        await anna.says(support, "On Saturday?", "q2", xml.make(xml.CORRECT, "replace", id="q1"))
        await entry_where(api, lambda entry: entry["text"] == "On Saturday?" and entry["edited_at"], "the edit")

        answer = await api.reply(first["conversation_id"], "Yes, until noon.", reply_to_id=first["id"])
        await entry_where(api, in_state("sent", "Yes, until noon."), "the answer, sent")
        told = await anna.hears("Yes, until noon.")
        assert attribute(child(told, xml.REPLY, "reply"), "id") == "q1"
        named = attribute(told, "id")

        await anna.says(support, "", "r1", xml.make(xml.RECEIPTS, "received", id=named))
        await entry_where(api, in_state("delivered", "Yes, until noon."), "the answer, delivered")
        await anna.says(support, "", "r2", xml.make(xml.MARKERS, "displayed", id=named))
        await entry_where(api, in_state("read", "Yes, until noon."), "the answer, read")
        reactions = xml.make(xml.REACTIONS, "reactions", id=named)
        xml.add(reactions, xml.REACTIONS, "reaction", "👍")
        await anna.says(support, "", "r3", reactions)
        await entry_where(api, lambda entry: entry["id"] == answer["id"] and entry["reactions"], "the reaction")

        await api.post(f"/conversations/{first['conversation_id']}/read")
        await anna.hears_part(xml.MARKERS, "displayed", "q1")
        await anna.says(support, "Wrong chat", "q3")
        await entry_where(api, saying("Wrong chat"), "the slip")
        await anna.says(support, "", "q4", xml.make(xml.RETRACT, "retract", id="q3"))
        await entry_where(api, lambda entry: entry["deleted_at"], "the slip, taken back")
    assert len(await api.messages()) == 3


async def test_an_agent_writes_first_and_the_answer_joins_the_conversation(
    prosody: Prosody, hub: HubProcess, api: HubApi
) -> None:
    support = await connected(prosody, hub, api, "first")
    (channel,) = await api.get("/channels")
    async with customer(prosody, "berta") as berta:
        body = {"id": "01930000-0000-7000-8000-0000000000c7", "channel_id": channel["id"], "address": berta.jid}
        started = await api.post("/conversations", {**body, "text": "Your order is here."})
        await berta.hears("Your order is here.")
        await berta.says(support, "Thank you!", "b1")
        answer = await entry_where(api, saying("Thank you!"), "the answer")
        assert answer["conversation_id"] == started["id"]


async def test_a_message_to_nobody_fails_in_words(prosody: Prosody, hub: HubProcess, api: HubApi) -> None:
    await connected(prosody, hub, api, "lost")
    (channel,) = await api.get("/channels")
    body = {"id": "01930000-0000-7000-8000-0000000000c8", "channel_id": channel["id"]}
    await api.post("/conversations", {**body, "address": f"nobody@{peer.DOMAIN}", "text": "Hello?"})
    failed = await entry_where(api, in_state("failed", "Hello?"), "the failure")
    assert "cannot be reached" in failed["delivery"]["reason"]


async def test_files_travel_both_ways(prosody: Prosody, hub: HubProcess, api: HubApi) -> None:
    support = await connected(prosody, hub, api, "files")
    async with customer(prosody, "carl") as carl:
        await carl.says(support, "Here comes a file", "f0")
        asked = await entry_where(api, saying("Here comes a file"), "the words")
        file_id = await uploaded(api, "receipt ł.txt", "text/plain", b"paid")
        await api.reply(asked["conversation_id"], "Here is the receipt", attachment_ids=[file_id])
        await entry_where(api, in_state("sent", "Here is the receipt"), "the answer, sent")
        await carl.hears("Here is the receipt")

        async def linked() -> list[str]:
            links = [text_of(child(child(one, xml.OOB, "x"), xml.OOB, "url")) for one in carl.heard]
            return [link for link in links if link]

        (link,) = await until(linked, what="the customer gets the file")
        async with aiohttp.ClientSession() as http, http.get(link) as answer:
            assert await answer.read() == b"paid"
        # the customer sends it back
        oob = xml.make(xml.OOB, "x")
        xml.add(oob, xml.OOB, "url", link)
        await carl.says(support, link, "f1", oob)
        comes_back = with_file("receipt ł.txt")
        back = await entry_where(api, lambda entry: entry["direction"] == "inbound" and comes_back(entry), "the file")
        assert await api.download(f"/attachments/{back['attachments'][0]['id']}") == b"paid"
        assert back["conversation_id"] == asked["conversation_id"]


async def test_what_was_said_while_the_hub_was_away_is_all_there_once(
    prosody: Prosody, hub: HubProcess, api: HubApi
) -> None:
    support = await connected(prosody, hub, api, "away")
    async with customer(prosody, "dora") as dora:
        await dora.says(support, "before", "d0")
        before = await entry_where(api, saying("before"), "the first")
        hub.kill()
        # more than one page of the archive; one id used twice, as careless programs do
        texts = [f"number {n}" for n in range(130)]
        for number, text in enumerate(texts):
            await dora.says(support, text, f"d{number % 100}x")
        await hub.start()
        await entry_where(api, saying(texts[-1]), "the last", within=40)

        async def all_there() -> list[Json] | None:
            found = await api.thread(before["conversation_id"])
            return found if len(found) >= 131 else None

        found = await until(all_there, what="all of them")
    assert sorted(entry["text"] for entry in found) == sorted(["before", *texts])


async def test_a_human_answer_from_another_client_is_an_agents_and_ours_is_not_doubled(
    prosody: Prosody, hub: HubProcess, api: HubApi
) -> None:
    support = await connected(prosody, hub, api, "echo")
    async with customer(prosody, "emil") as emil, customer(prosody, "echo", made=True) as phone:
        await emil.says(support, "Anybody there?", "e1")
        await entry_where(api, saying("Anybody there?"), "the question")
        await phone.says(emil.jid, "I answer from my phone.", "p1")
        echo = await entry_where(api, saying("I answer from my phone."), "the echo")
        assert (echo["direction"], echo["author_kind"]) == ("outbound", "agent")
        await api.reply(echo["conversation_id"], "And I from the hub.")
        await emil.hears("And I from the hub.")
        hub.kill()
        await hub.start()
        await emil.says(support, "Thanks both", "e2")
        await entry_where(api, saying("Thanks both"), "the thanks")
    assert len(await api.messages()) == 4


async def test_the_server_restarts_and_nothing_is_lost(prosody: Prosody, hub: HubProcess, api: HubApi) -> None:
    support = await connected(prosody, hub, api, "steady")
    async with customer(prosody, "fritz") as fritz:
        await fritz.says(support, "before", "s1")
        await entry_where(api, saying("before"), "the first")
    await asyncio.to_thread(prosody.kill)
    await asyncio.to_thread(prosody.start)
    async with customer(prosody, "fritz", made=True) as fritz:
        await fritz.says(support, "after", "s2")
        after = await entry_where(api, saying("after"), "the second", within=60)
        await api.reply(after["conversation_id"], "Still here.")
        await fritz.hears("Still here.")


async def test_a_room_is_one_conversation(prosody: Prosody, hub: HubProcess, api: HubApi) -> None:
    async with customer(prosody, "greta") as greta:
        greta.stream.join(ROOM, "Greta", "")

        async def inside() -> bool:
            return greta.stream.rooms[ROOM] == ""

        await until(inside, what="Greta in the room")
        # a new room waits for its owner's settings: these are the defaults
        owner = xml.make("http://jabber.org/protocol/muc#owner", "query")
        xml.add(owner, "jabber:x:data", "x", type="submit")
        await greta.stream.ask(owner, to=ROOM, kind="set")
        await connected(prosody, hub, api, "rooms", rooms=ROOM, nick="Halden")

        async def both() -> bool:
            await greta.says(ROOM, "", "ping", kind="groupchat")
            (channel,) = await api.get("/channels")
            steps = (await api.get(f"/channels/{channel['id']}/setup"))["steps"]
            return any(step["title"] == f"We are in the room {ROOM}" and step["done"] for step in steps)

        await until(both, what="the hub in the room", every=0.3)
        await greta.says(ROOM, "Table for six?", "g1", kind="groupchat")
        asked = await entry_where(api, saying("Table for six?"), "the question")
        await api.reply(asked["conversation_id"], "At eight.", reply_to_id=asked["id"])
        await entry_where(api, in_state("sent", "At eight."), "the answer, sent")
        told = await greta.hears("At eight.")
        assert attribute(told, "from") == f"{ROOM}/Halden"
    (row,) = await api.conversations()
    assert row["group"] is True
    assert [entry["text"] for entry in await api.messages()] == ["Table for six?", "At eight."]


async def test_a_wrong_password_is_refused_before_the_channel_is_made(
    prosody: Prosody, hub: HubProcess, api: HubApi
) -> None:
    await asyncio.to_thread(prosody.user, "wrong")
    given = settings(prosody, "wrong") | {"password": "not the password"}
    found = await api.post("/connectors/xmpp/check", {"settings": given})
    assert found["ok"] is False
    assert "address and password" in found["detail"]
    assert hub.running


async def test_a_customer_is_shown_with_the_name_and_the_picture_of_their_card(
    prosody: Prosody, hub: HubProcess, api: HubApi
) -> None:
    support = await connected(prosody, hub, api, "faces")
    async with customer(prosody, "eve") as eve:
        drawn = BytesIO()
        Image.new("RGB", (200, 200), "blue").save(drawn, "PNG")
        card = xml.make("vcard-temp", "vCard")
        xml.add(card, "vcard-temp", "FN", "Eve Żółć")
        photo = xml.add(card, "vcard-temp", "PHOTO")
        xml.add(photo, "vcard-temp", "TYPE", "image/png")
        xml.add(photo, "vcard-temp", "BINVAL", b64encode(drawn.getvalue()).decode())
        await eve.stream.ask(card, kind="set")
        await eve.says(support, "Here I am", "e1")
        await entry_where(api, saying("Here I am"), "the message")

        async def pictured() -> list[Json]:
            rows = [row for row in await api.conversations() if row["contact_name"] == "Eve Żółć"]
            return [row for row in rows if row["portrait_id"]]

        (row,) = await until(pictured, what="Eve's name and picture")
    assert Image.open(BytesIO(await api.download(f"/portraits/{row['portrait_id']}"))).size[0] > 0

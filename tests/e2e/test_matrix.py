"""Matrix through the whole hub, against a real Synapse: both directions, restarts and gaps."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any, ParamSpec, TypeVar
from urllib.parse import quote

import pytest
from PIL import Image

from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state, saying, uploaded, with_file
from tests.e2e.waiting import until
from tests.peers.dovecot import private_folder
from tests.peers.synapse import MatrixUser, Synapse

# the first run makes Synapse's environment
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

P = ParamSpec("P")
R = TypeVar("R")


@pytest.fixture(scope="module")
def synapse() -> Iterator[Synapse]:
    with private_folder() as folder, Synapse(folder) as server:
        yield server


async def at(call: Callable[P, R], *args: P.args, **more: P.kwargs) -> R:
    """Let a Matrix user do something beside the test's loop."""
    return await asyncio.to_thread(call, *args, **more)


async def connected(synapse: Synapse, hub: HubProcess, api: HubApi, name: str) -> MatrixUser:
    """An account on Synapse that the hub serves."""
    support = await at(synapse.user, name, "Halden Support")
    hub.secrets.append(support.token)
    channel = await api.channel("matrix", "Matrix", {"homeserver": synapse.url, "access_token": support.token})

    async def look() -> bool:
        told = await api.get(f"/channels/{channel['id']}")
        return bool(told["connection"]["state"] == "connected")

    await until(look, what="the connection")
    return support


def occurred(entry: Json) -> datetime:
    """A moment's text has no fraction when it is a whole second, so texts do not sort."""
    return datetime.fromisoformat(entry["occurred_at"])


async def room_with(customer: MatrixUser, support: MatrixUser, **more: Any) -> str:
    """A room the customer made, which the hub has joined."""
    room = await at(customer.make_room, support.id, **more)

    async def joined() -> bool:
        return support.id in await at(customer.members, room)

    await until(joined, what="the hub in the room")
    return room


async def test_a_customer_and_an_agent_talk(synapse: Synapse, hub: HubProcess, api: HubApi) -> None:
    support = await connected(synapse, hub, api, "support")
    anna = await at(synapse.user, "anna", "Anna Example")
    # written before the hub can have accepted the invitation
    room = await at(anna.make_room, support.id, is_direct=True)
    question = await at(anna.say, room, "Is it open on Sunday?")
    first = await entry_where(api, saying("Is it open on Sunday?"), "the question")
    change: Json = {
        "m.new_content": {"msgtype": "m.text", "body": "On Saturday?"},
        "m.relates_to": {"rel_type": "m.replace", "event_id": question},
    }
    await at(anna.say, room, "* On Saturday?", **change)
    await entry_where(api, lambda entry: entry["text"] == "On Saturday?" and entry["edited_at"], "the edit")

    answer = await api.reply(first["conversation_id"], "Yes, until noon.", reply_to_id=first["id"])
    await entry_where(api, in_state("sent", "Yes, until noon."), "the answer, sent")
    (told,) = [
        event for event in await at(anna.seen, room) if event["sender"] == support.id and "body" in event["content"]
    ]
    assert told["content"]["body"] == "Yes, until noon."
    assert told["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == question

    thumb: Json = {"m.relates_to": {"rel_type": "m.annotation", "event_id": told["event_id"], "key": "👍"}}
    mark = await at(anna.say, room, kind="m.reaction", **thumb)
    await entry_where(api, lambda entry: entry["id"] == answer["id"] and entry["reactions"], "the reaction")
    await at(anna.redact, room, mark)
    await entry_where(api, lambda entry: entry["id"] == answer["id"] and not entry["reactions"], "no reaction")
    await at(anna.read, room, told["event_id"])
    await entry_where(api, in_state("read", "Yes, until noon."), "the answer, read")

    before = await at(anna.now)
    await api.post(f"/conversations/{first['conversation_id']}/read")

    async def shown_as_read() -> bool:
        return support.id in await at(anna.who_read, room, before)

    await until(shown_as_read, what="the customer sees that somebody read")
    wrong = await at(anna.say, room, "Wrong chat, sorry")
    await entry_where(api, saying("Wrong chat, sorry"), "the slip")
    await at(anna.redact, room, wrong)
    await entry_where(api, lambda entry: entry["deleted_at"], "the slip, taken back")
    (row,) = await api.conversations()
    assert (row["contact_name"], row["group"]) == ("Anna Example", False)


async def test_files_travel_both_ways(synapse: Synapse, hub: HubProcess, api: HubApi) -> None:
    support = await connected(synapse, hub, api, "files")
    bob = await at(synapse.user, "bob", "Bob")
    room = await room_with(bob, support)
    address = await at(bob.upload, "bill.pdf", "application/pdf", b"%PDF-1.7 a bill")
    info = {"mimetype": "application/pdf", "size": 15}
    await at(bob.say, room, "bill.pdf", msgtype="m.file", url=address, info=info)
    entry = await entry_where(api, with_file("bill.pdf"), "the file, fetched")
    assert await api.download(f"/attachments/{entry['attachments'][0]['id']}") == b"%PDF-1.7 a bill"

    file_id = await uploaded(api, "receipt.txt", "text/plain", b"paid")
    await api.reply(entry["conversation_id"], "Here is the receipt", attachment_ids=[file_id])
    await entry_where(api, in_state("sent", "Here is the receipt"), "the answer, sent")
    (text, file) = [
        event["content"]
        for event in await at(bob.seen, room)
        if event["sender"] == support.id and "body" in event["content"]
    ]
    assert (text["body"], file["msgtype"], file["filename"]) == ("Here is the receipt", "m.file", "receipt.txt")
    assert await at(bob.download, file["url"]) == b"paid"


async def test_what_was_said_while_the_hub_was_away_is_all_there(
    synapse: Synapse, hub: HubProcess, api: HubApi
) -> None:
    support = await connected(synapse, hub, api, "away")
    cleo = await at(synapse.user, "cleo", "Cleo")
    room = await room_with(cleo, support, name="Harbour café")
    await at(cleo.say, room, "before")
    before = await entry_where(api, saying("before"), "the first")
    hub.kill()
    # more than one sync tells: the rest is read from the history
    said = [f"number {n}" for n in range(120)]
    for words in said:
        await at(cleo.say, room, words)
    await hub.start()
    await entry_where(api, saying(said[-1]), "the last")

    async def all_there() -> list[Json] | None:
        found = await api.thread(before["conversation_id"])
        return found if len(found) >= 121 else None

    found = sorted(await until(all_there, what="all of them"), key=occurred)
    assert [entry["text"] for entry in found] == ["before", *said]
    (row,) = await api.conversations()
    assert (row["contact_name"], row["group"]) == ("Harbour café", True)


async def test_a_human_answer_from_another_client_is_an_agents(synapse: Synapse, hub: HubProcess, api: HubApi) -> None:
    support = await connected(synapse, hub, api, "echo")
    dora = await at(synapse.user, "dora", "Dora")
    room = await room_with(dora, support)
    await at(dora.say, room, "Anybody there?")
    await entry_where(api, saying("Anybody there?"), "the question")
    await at(support.say, room, "I answer from Element.")
    echo = await entry_where(api, saying("I answer from Element."), "the echo")
    assert (echo["direction"], echo["author_kind"]) == ("outbound", "agent")
    await api.reply(echo["conversation_id"], "And I from the hub.")
    await entry_where(api, in_state("sent", "And I from the hub."), "the answer")
    await at(dora.say, room, "Thanks both")
    await entry_where(api, saying("Thanks both"), "the thanks")
    assert len(await api.messages()) == 4


async def test_an_encrypted_message_is_shown_as_one_and_the_setup_names_the_room(
    synapse: Synapse, hub: HubProcess, api: HubApi
) -> None:
    support = await connected(synapse, hub, api, "sealed")
    emil = await at(synapse.user, "emil", "Emil")
    encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    room = await room_with(emil, support, initial_state=[encryption])
    sealed = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgAEn", "session_id": "s", "device_id": "d"}
    await at(emil.say, room, kind="m.room.encrypted", **sealed)
    entry = await entry_where(api, lambda entry: entry["content"] == "unsupported", "the placeholder")
    assert "encrypted" in entry["text"]
    (channel,) = await api.get("/channels")
    steps = (await api.get(f"/channels/{channel['id']}/setup"))["steps"]
    assert [step["title"] for step in steps if step["done"] is False] == ["No room is end-to-end encrypted"]


async def test_a_login_that_ended_stops_the_channel_in_words(synapse: Synapse, hub: HubProcess, api: HubApi) -> None:
    support = await connected(synapse, hub, api, "ended")
    await at(support.post, "/v3/logout")

    async def stopped() -> Json | None:
        (channel,) = await api.get("/channels")
        return channel if channel["connection"]["state"] == "bad_credentials" else None

    channel = await until(stopped, what="the channel stops")
    assert "new login" in channel["connection"]["detail"]


async def test_a_customers_picture_is_shown_and_the_new_one_when_they_change_it(
    synapse: Synapse, hub: HubProcess, api: HubApi
) -> None:
    support = await connected(synapse, hub, api, "pictures")
    eve = await at(synapse.user, "eve", "Eve")
    await at(shows, eve, "red")
    room = await room_with(eve, support, is_direct=True)
    await at(eve.say, room, "Here I am")
    await entry_where(api, saying("Here I am"), "the message")

    first = await picture_of(api, "Eve", "")
    await at(shows, eve, "blue")
    second = await picture_of(api, "Eve", first)
    assert colour_of(await api.download(f"/portraits/{second}")) == "blue"


def shows(user: MatrixUser, colour: str) -> None:
    """Let somebody set their picture, as their client does."""
    drawn = BytesIO()
    Image.new("RGB", (200, 200), colour).save(drawn, "PNG")
    address = user.upload("me.png", "image/png", drawn.getvalue())
    user.put(f"/v3/profile/{quote(user.id)}/avatar_url", {"avatar_url": address})


async def picture_of(api: HubApi, name: str, before: str) -> str:
    """Wait until somebody in the inbox has a picture other than before; return its id."""
    found: list[str] = []

    async def another() -> bool:
        rows = [row for row in await api.conversations() if row["contact_name"] == name]
        found[:] = [row["portrait_id"] for row in rows if row["portrait_id"] not in (None, before)]
        return bool(found)

    await until(another, what=f"a new picture of {name}")
    return found[0]


def colour_of(picture: bytes) -> str:
    red, _, blue = Image.open(BytesIO(picture)).convert("RGB").getpixel((50, 50))  # type: ignore[misc]  # three bands
    return "blue" if blue > red else "red"

"""SMPP through the whole hub, against an SMS centre made of the npm package `smpp`: both directions, cuts, receipts."""

from collections.abc import AsyncIterator

import pytest

from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state, saying
from tests.e2e.waiting import until
from tests.peers.npm_smsc import PASSWORD, NpmSmsc

# the first run installs the SMS centre
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

US, ANNA, BEN = "+48221234567", "+48500000001", "+48500000009"
"""The SMS centre cannot deliver to numbers that end in 9."""


@pytest.fixture
async def smsc() -> AsyncIterator[NpmSmsc]:
    async with NpmSmsc(receipts_first=True) as running:
        yield running


async def connected(hub: HubProcess, api: HubApi, smsc: NpmSmsc) -> Json:
    hub.secrets.append(PASSWORD)
    settings = {"host": "127.0.0.1", "port": smsc.port, "system_id": "hub", "password": PASSWORD, "sender": US}
    made = await api.channel("smpp", "Operator", settings)

    async def bound() -> bool:
        told = await api.get(f"/channels/{made['id']}")
        return bool(told["connection"]["state"] == "connected")

    await until(bound, what="the bind")
    return made


async def test_a_customer_and_an_agent_talk(hub: HubProcess, api: HubApi, smsc: NpmSmsc) -> None:
    await connected(hub, api, smsc)
    smsc.customer_writes("Dzień dobry, czy paczka już wyszła? 😀", sender=ANNA, to=US)
    question = await entry_where(api, saying("Dzień dobry, czy paczka już wyszła? 😀"), "the question")
    await api.reply(question["conversation_id"], "Tak, dziś rano. " * 20)
    # The receipt comes before the answer to the submission: it waits for it.
    await entry_where(api, in_state("delivered", ("Tak, dziś rano. " * 20).strip()), "the receipt")
    assert "".join(part["text"] for part in smsc.taken).strip() == ("Tak, dziś rano. " * 20).strip()
    assert len(smsc.taken) == 5
    assert {(part["to"], part["from"]) for part in smsc.taken} == {(ANNA[1:], US[1:])}
    contacts = await api.every("/contacts")
    assert len(contacts) == 1


async def test_parts_in_any_order_and_over_a_cut_are_one_message(hub: HubProcess, api: HubApi, smsc: NpmSmsc) -> None:
    await connected(hub, api, smsc)
    smsc.customer_writes("two ", sender=ANNA, to=US, udh=(5, 0, 3, 7, 3, 2))
    smsc.customer_writes("three", sender=ANNA, to=US, udh=(5, 0, 3, 7, 3, 3))
    await until(lambda: _count(smsc, 2), what="two acknowledgements")
    smsc.cut()
    await until(lambda: _bound(smsc, 3), what="the bind after the cut")
    smsc.customer_writes("one ", sender=ANNA, to=US, udh=(5, 0, 3, 7, 3, 1))
    await entry_where(api, saying("one two three"), "the whole message")


async def test_what_the_operator_cannot_deliver_fails_with_its_reason(
    hub: HubProcess, api: HubApi, smsc: NpmSmsc
) -> None:
    await connected(hub, api, smsc)
    smsc.customer_writes("Hello?", sender=BEN, to=US)
    question = await entry_where(api, saying("Hello?"), "the question")
    await api.reply(question["conversation_id"], "Good morning")
    failed = await entry_where(api, in_state("failed", "Good morning"), "the failure")
    assert failed["delivery"]["reason"] == "The operator could not deliver the message."


async def test_who_opted_out_is_not_written_to(hub: HubProcess, api: HubApi, smsc: NpmSmsc) -> None:
    await connected(hub, api, smsc)
    smsc.customer_writes("STOP", sender=ANNA, to=US)
    stop = await entry_where(api, saying("STOP"), "the opt-out")
    with pytest.raises(AssertionError, match="422"):
        await api.reply(stop["conversation_id"], "Good morning")
    assert smsc.taken == []


async def _count(smsc: NpmSmsc, least: int) -> bool:
    return smsc.acknowledged >= least


async def _bound(smsc: NpmSmsc, least: int) -> bool:
    return smsc.binds >= least

"""Click-to-call through a telephone system, its recordings, and what an admin is told."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import aiohttp
import pytest
from aiohttp import web
from pydantic import ValidationError

from connectors.cti import MANIFEST
from connectors.cti.connector import Cti
from hub.contract import (
    CallOrder,
    CredentialsRefused,
    OutcomeUnknown,
    Rejected,
    RetryLater,
    Tools,
)
from hub.domain.callflow.steps import Target
from hub.domain.ids import CallId, ExternalId
from tests.connectors.conformance.kit import tools_for
from tests.connectors.cti.systems import ANNA, OURS, SECRET, System, connector, post, settings, started, system

ORDER = CallOrder(
    call_id=CallId(UUID(int=0xC01)), agent=Target(kind="endpoint", address="101"), number=ANNA, caller_id=OURS
)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def pbx() -> AsyncIterator[System]:
    async with system() as running:
        yield running


@pytest.fixture
def tools(http: aiohttp.ClientSession, tmp_path: Path) -> Tools:
    return tools_for(http, tmp_path)


@pytest.fixture
def cti(tools: Tools, http: aiohttp.ClientSession, pbx: System) -> Cti:
    return connector(tools, http, call_url=pbx.url)


async def test_the_system_is_asked_signed_and_names_the_call(pbx: System, cti: Cti) -> None:
    placed = await cti.place_call(ORDER)
    assert placed.external_id == "pbx-1"
    assert pbx.proven == [True]
    assert pbx.asked == [
        {
            "event": "call",
            "call": ORDER.call_id.hex,
            "agent": "101",
            "number": ANNA,
            "caller_id": OURS,
            "seconds": 45,
            "record": False,
        }
    ]


async def test_a_system_that_names_no_call_is_told_of_by_our_own_name(pbx: System, cti: Cti) -> None:
    pbx.answers.append(web.Response(text="OK"))
    assert (await cti.place_call(ORDER)).external_id == ORDER.call_id.hex


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (400, Rejected, "refused the call"),
        (401, CredentialsRefused, "signature"),
        (403, CredentialsRefused, "secret on both sides"),
        (429, RetryLater, "wait"),
        (302, Rejected, "HTTP 302"),
        (502, OutcomeUnknown, "may have begun"),
    ],
)
async def test_a_refusal_says_whether_to_call_again(
    pbx: System, cti: Cti, status: int, error: type[Exception], words: str
) -> None:
    pbx.answers.append(web.Response(status=status))
    with pytest.raises(error, match=words) as told:
        await cti.place_call(ORDER)
    assert SECRET not in str(told.value)


async def test_the_wait_the_system_asks_for_is_told(pbx: System, cti: Cti) -> None:
    pbx.answers.append(web.Response(status=429, headers={"Retry-After": "7"}))
    with pytest.raises(RetryLater) as told:
        await cti.place_call(ORDER)
    assert told.value.after == timedelta(seconds=7)


async def test_a_cut_connection_is_unknown_and_one_never_made_is_not(pbx: System, cti: Cti, tools: Tools) -> None:
    pbx.answers.append("reset")
    with pytest.raises(OutcomeUnknown):
        await cti.place_call(ORDER)
    nowhere = connector(tools, tools.http, call_url="http://127.0.0.1:9/call")
    with pytest.raises(RetryLater):
        await nowhere.place_call(ORDER)


async def test_an_address_the_hub_never_goes_to_is_refused(tools: Tools) -> None:
    with pytest.raises(Rejected, match="does not go to"):
        await Cti(settings(call_url="http://10.0.0.1/call"), tools).place_call(ORDER)


async def test_without_an_address_agents_dial_themselves(tools: Tools) -> None:
    with pytest.raises(Rejected, match="Dial on your phone"):
        await Cti(settings(), tools).place_call(ORDER)
    of = MANIFEST.capabilities_of
    assert of is not None
    outbound = [
        calls.outbound
        for made in (settings(), settings(call_url="https://pbx.example.com"))
        if (calls := of(made).calls)
    ]
    assert outbound == [False, True]


async def test_check_asks_whether_the_system_knows_the_secret(pbx: System, cti: Cti) -> None:
    assert await cti.check() == OURS
    assert pbx.asked == [{"event": "ping"}]
    pbx.answers.append(web.Response(status=401))
    with pytest.raises(CredentialsRefused):
        await cti.check()


async def test_the_wizard_tells_what_is_wrong(pbx: System, cti: Cti, tools: Tools) -> None:
    pbx.answers.append(web.Response(status=401))
    assert [step.done for step in await cti.setup()] == [None, False]
    assert [step.done for step in await cti.setup()] == [None, True]
    assert [step.done for step in await Cti(settings(), tools).setup()] == [None, None]


async def test_a_recording_is_fetched_from_where_the_system_keeps_it(tools: Tools) -> None:
    async def fetch(address: str, _: int) -> AsyncIterator[bytes]:
        yield address.encode()

    made = Cti(settings(), replace(tools, fetch=fetch))
    source = ExternalId("https://pbx.example.com/rec/17.wav")
    assert b"".join([piece async for piece in made.fetch_recording(source)]) == source.encode()
    await made.delete_recording(source)


def test_the_system_hears_the_name_of_the_call_each_time(tools: Tools) -> None:
    made = Cti(settings(), tools)
    assert made.answer(post(started())).body == b'{"call": "17"}'
    assert made.answer(post(b"nonsense")).body == b'{"call": ""}'


def test_without_any_proof_only_who_was_trusted_gets_in(tools: Tools) -> None:
    Cti(settings(trust_address=True), tools).verify(post(started()))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"number": "555 0100"}, "country code"),
        ({"secret": "short"}, "16 to 200"),
        ({"secret": "with spaces in the middle"}, "without spaces"),
        ({"call_url": "pbx.example.com"}, "https://host"),
        ({"call_url": "https://u:p@pbx.example.com"}, "without a name or password"),
        ({"extensions": "101 = Anne"}, "agent's id"),
        ({"extensions": "101"}, "agent's id"),
    ],
)
def test_a_mistake_is_explained_and_no_secret_repeated(given: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words) as refused:
        settings(**given)
    assert str(given.get("secret", SECRET)) not in str(refused.value)

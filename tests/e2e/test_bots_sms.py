"""First contact by SMS: greeted in the customer's language, asked by numbered lines, handed to the team."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.first_contact import FirstContact
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.talking import entry_where, in_state, saying
from tests.e2e.twilio_account import ACCOUNT, TOKEN, emulated_twilio, fetching_hub
from tests.e2e.waiting import until
from tests.peers.emulate import EmulatedTwilio

# the first run installs the emulator
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

OURS, MINJUN = "+15550100199", "+821000000001"


@pytest.fixture
async def twilio(tmp_path: Path) -> AsyncIterator[EmulatedTwilio]:
    async with emulated_twilio(tmp_path, numbers=[OURS]) as running:
        yield running


@pytest.fixture
async def hub(tmp_path: Path, twilio: EmulatedTwilio) -> AsyncIterator[HubProcess]:
    async with fetching_hub(tmp_path, twilio) as running:
        yield running


class Phone:
    """The customer's phone."""

    def __init__(self, twilio: EmulatedTwilio) -> None:
        self._twilio = twilio

    async def writes(self, text: str) -> None:
        await self._twilio.customer_writes(text, sender=MINJUN, to=OURS)

    async def has(self, count: int) -> list[str]:
        """Wait until it has so many messages of ours; return them, the oldest first."""

        async def look() -> list[str] | None:
            found = await self._twilio.messages(To=MINJUN)
            texts = [one["body"] for one in sorted(found, key=lambda one: str(one["date_created"]))]
            return texts if len(texts) >= count else None

        return await until(look, what=f"{count} messages on the phone")


async def test_an_unknown_number_is_greeted_asked_by_numbers_and_handed_to_the_team(
    api: HubApi, twilio: EmulatedTwilio
) -> None:
    settings = {
        "account_sid": ACCOUNT,
        "auth_token": TOKEN,
        "sender": OURS,
        "api_url": twilio.url,
        # the emulator signs what is behind #, which Twilio does not
        "connection_overrides": "",
    }
    channel = await api.channel("twilio_sms", "Halden by SMS", settings)

    async def connected() -> bool:
        told = await api.get(f"/channels/{channel['id']}")
        return bool(told["connection"]["state"] == "connected")

    await until(connected, what="the connection")
    bot, phone = await FirstContact.open(api, channel), Phone(twilio)

    await phone.writes("안녕하세요, 주문한 텐트가 아직 안 왔어요")
    greeting = await phone.has(2)
    assert any("Halden by SMS의 상담 도우미입니다" in text for text in greeting)
    assert "성함이 어떻게 되세요?" in greeting

    await phone.writes("김민준입니다")
    [asked] = [text for text in await phone.has(3) if text.startswith("무엇을 도와드릴까요?")]
    assert asked.splitlines()[1] == "1. 주문·배송"
    await phone.writes("1번")
    await phone.has(4)
    await phone.writes("일주일째 배송 중이에요")
    assert "감사합니다, 김민준님! 담당자가 곧 이 대화에서 답변드릴게요." in await phone.has(5)

    row = await bot.handed_over()
    assert (row["contact_name"], row["tags"], row["address"]) == ("김민준", ["주문·배송"], MINJUN)
    assert await bot.speaker(row) == "human"
    contact = await bot.contact(row)
    assert (contact["source"], contact["expires_at"]) == ("Halden by SMS", None)
    assert "• 무엇을 도와드릴까요? 주문·배송" in await bot.note(row["id"])

    await api.reply(row["id"], "지금 확인해 드릴게요.")
    await entry_where(api, in_state("sent", "지금 확인해 드릴게요."), "the agent's answer, sent")
    await phone.writes("감사합니다")
    await entry_where(api, saying("감사합니다"), "what the customer says then")
    await phone.writes("1")
    await entry_where(api, saying("1"), "a number that answers nothing any more")
    assert len(await phone.has(6)) == 6

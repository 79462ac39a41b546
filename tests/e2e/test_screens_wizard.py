"""The connect wizard in a real browser, read by somebody in Korean and in Polish, against providers on loopback."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.connectors._lib.fake_graph import APP_ID, APP_SECRET, TOKEN, VERIFY_TOKEN, FakeGraph
from tests.connectors.line.fake_line import BOT, SECRET, FakeLine
from tests.connectors.line.fake_line import TOKEN as LINE_TOKEN
from tests.connectors.whatsapp.numbers import ACCOUNT_ID, NUMBER_ID, stock
from tests.e2e import screens
from tests.e2e.hub_api import HubApi, Json
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import Agent

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]

HEADINGS = {"ko": "연결되었나요?", "pl": "Czy jest połączony?"}
STEPS = {
    ("WhatsApp", "ko"): ("인터넷에서 https로 허브에", "전화번호 ID가 맞습니다", "앱이 “messages”를 구독하고 있습니다"),
    ("WhatsApp", "pl"): ("Identyfikator numeru telefonu jest poprawny", "Token dostępu ma potrzebne uprawnienia"),
    ("LINE", "ko"): ("LINE이 스스로 답하지 않습니다", "이번 달에 보낼 수 있는 메시지가 남아 있습니다"),
    ("LINE", "pl"): ("LINE nie odpowiada sam", "„Use webhook” jest włączone"),
    ("Switchboard", "ko"): ("전화 시스템이 통화를 알려 줍니다", "제공자가 호출하는 주소입니다"),
    ("Switchboard", "pl"): ("Centrala telefoniczna powiadamia o połączeniach", "Tu dzwoni do nas dostawca."),
}
FIELDS = {
    ("WhatsApp", "ko"): "전화번호 ID",
    ("WhatsApp", "pl"): "Identyfikator numeru telefonu",
    ("LINE", "ko"): "채널 액세스 토큰",
    ("LINE", "pl"): "Token dostępu kanału",
    ("Switchboard", "ko"): "공유 시크릿",
    ("Switchboard", "pl"): "Wspólny klucz",
}
"""One of each form, as its label says it."""


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with FakeGraph() as server:
        stock(server)
        yield server


@pytest.fixture
async def line() -> AsyncIterator[FakeLine]:
    async with FakeLine() as server:
        yield server


@pytest.fixture
async def hub(tmp_path: Path, graph: FakeGraph) -> AsyncIterator[HubProcess]:
    allowed = {"HUB_ALLOW_PRIVATE_FETCH": graph.url.removeprefix("http://")}
    async with HubProcess(tmp_path / "hub", allowed, secrets=[TOKEN, APP_SECRET, LINE_TOKEN, SECRET]) as running:
        yield running


@pytest.fixture
async def channels(api: HubApi, graph: FakeGraph, line: FakeLine) -> Sequence[Json]:
    """Three channels whose wizards look at a Graph API, at LINE, and at nothing."""
    app = {"app_id": APP_ID, "app_secret": APP_SECRET, "verify_token": VERIFY_TOKEN, "graph_url": graph.url}
    number = {"phone_number_id": NUMBER_ID, "account_id": ACCOUNT_ID, "token": TOKEN, **app}
    account = {"channel_secret": SECRET, "token": LINE_TOKEN, "bot_user_id": BOT}
    at_line = {"api_url": line.origin, "data_url": line.origin}
    return [
        await api.channel("whatsapp", "WhatsApp", number),
        await api.channel("line", "LINE", {**account, **at_line}),
        await api.channel("cti", "Switchboard", {"number": "+48221234567", "secret": "our-own-long-secret-123"}),
    ]


async def test_every_step_is_said_in_the_language_of_who_reads_it(
    api: HubApi, hub: HubProcess, browser: Browser, channels: Sequence[Json]
) -> None:
    admin = await Agent.sign_in(browser, hub)
    for language, heading in HEADINGS.items():
        await api.insist("PATCH", "/session", {"language": language})
        for channel in channels:
            await admin.page.goto(f"{hub.url}/settings/channels/{channel['id']}")
            wizard = admin.page.get_by_role("region", name=heading)
            for words in STEPS[channel["name"], language]:
                await expect(wizard.get_by_text(words).first).to_be_visible()
            await expect(admin.page.get_by_label(FIELDS[channel["name"], language]).first).to_be_visible()
            await expect(admin.page.get_by_text("calls.presence")).to_have_count(0)
            assert await serious(admin.page) == []
            await pictures(admin.page, f"wizard-{channel['connector']}-{language}")
    assert admin.errors == []

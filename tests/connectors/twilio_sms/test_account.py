"""The account: what check proves, where Twilio delivers to, and what a wizard shows."""

from typing import Any

import aiohttp
import pytest

from hub.contract import ConnectorError, CredentialsRefused, SetupStep
from tests.connectors.conformance.kit import WEBHOOK_URL
from tests.connectors.twilio_sms.accounts import connector_at
from tests.connectors.twilio_sms.provider import KEY, KEY_SECRET, OURS, SERVICE, WHATSAPP, FakeTwilio

ADDRESS = f"{WEBHOOK_URL}#rc=3&rp=all"


def standing(steps: list[SetupStep]) -> dict[str, bool | None]:
    return {step.title: step.done for step in steps}


@pytest.mark.parametrize("sender", [OURS, SERVICE, WHATSAPP, "54321", "HALDEN"])
async def test_check_proves_the_token_and_names_our_sender(
    twilio: FakeTwilio, http: aiohttp.ClientSession, sender: str
) -> None:
    assert await connector_at(twilio, http, sender=sender).check() == sender
    assert twilio.sent == []


async def test_check_proves_the_token_even_where_an_api_key_is_used(
    twilio: FakeTwilio, http: aiohttp.ClientSession
) -> None:
    key: dict[str, Any] = {"api_key_sid": KEY, "api_key_secret": KEY_SECRET}
    assert await connector_at(twilio, http, **key).check() == OURS
    with pytest.raises(CredentialsRefused, match="Twilio console"):
        await connector_at(twilio, http, auth_token="an-old-auth-token", **key).check()


async def test_a_suspended_account_is_said_so(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    twilio.account["status"] = "suspended"
    with pytest.raises(ConnectorError, match="suspended"):
        await connector_at(twilio, http).check()


@pytest.mark.parametrize("sender", ["+15550100111", "MG" + "9" * 32, "99999"])
async def test_a_sender_that_is_not_the_accounts_is_said_so(
    twilio: FakeTwilio, http: aiohttp.ClientSession, sender: str
) -> None:
    with pytest.raises(ConnectorError, match="has no sender"):
        await connector_at(twilio, http, sender=sender).check()


async def test_a_number_is_pointed_to_the_hub(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    connector = connector_at(twilio, http)
    assert "no address" in await connector.subscription()
    await connector.register()
    assert (twilio.number["sms_url"], twilio.number["sms_method"]) == (ADDRESS, "POST")
    assert await connector.subscription() == ""


async def test_a_number_is_taken_back_from_a_twiml_app(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    twilio.number |= {"sms_url": ADDRESS, "sms_application_sid": "AP" + "8" * 32}
    connector = connector_at(twilio, http)
    assert "TwiML app" in await connector.subscription()
    await connector.register()
    assert twilio.number["sms_application_sid"] == ""
    assert await connector.subscription() == ""


async def test_a_short_code_is_pointed_to_the_hub(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    connector = connector_at(twilio, http, sender="54321")
    await connector.register()
    assert (twilio.short_code["sms_url"], twilio.short_code["sms_method"]) == (ADDRESS, "POST")
    assert await connector.subscription() == ""


async def test_a_messaging_service_is_pointed_to_the_hub_for_all_its_numbers(
    twilio: FakeTwilio, http: aiohttp.ClientSession
) -> None:
    twilio.service |= {"inbound_request_url": WEBHOOK_URL, "use_inbound_webhook_on_number": True}
    connector = connector_at(twilio, http, sender=SERVICE)
    assert "webhooks of its numbers" in await connector.subscription()
    await connector.register()
    assert twilio.service["inbound_request_url"] == ADDRESS
    assert twilio.service["use_inbound_webhook_on_number"] == "false"


async def test_a_whatsapp_sender_is_pointed_to_the_hub(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    connector = connector_at(twilio, http, sender=WHATSAPP)
    await connector.register()
    webhook = twilio.senders[0]["webhook"]
    assert webhook["callback_url"] == webhook["status_callback_url"] == ADDRESS
    assert await connector.subscription() == ""


async def test_the_whatsapp_sandbox_is_left_to_the_console(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    connector = connector_at(twilio, http, sender="whatsapp:+14155238886")
    await connector.register()
    assert await connector.subscription() == ""
    assert all(method == "GET" for method, _ in twilio.calls)
    steps = standing(list(await connector.setup()))
    assert steps["The account has our sender whatsapp:+14155238886"] is None


async def test_registering_again_changes_nothing(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    connector = connector_at(twilio, http)
    await connector.register()
    await connector.register()
    assert [method for method, _ in twilio.calls].count("POST") == 1


async def test_an_admin_may_keep_the_webhook_to_themselves(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    twilio.number["sms_url"] = "https://studio.example.com/flow"
    connector = connector_at(twilio, http, set_webhook=False)
    await connector.register()
    assert twilio.number["sms_url"] == "https://studio.example.com/flow"
    assert "another program" in await connector.subscription()


async def test_a_webhook_called_by_get_is_not_ours(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    twilio.number |= {"sms_url": WEBHOOK_URL, "sms_method": "GET"}
    connector = connector_at(twilio, http)
    assert await connector.subscription()
    await connector.register()
    assert twilio.number["sms_method"] == "POST"


async def test_a_sender_that_was_given_back_turns_the_channel(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    connector = connector_at(twilio, http)
    twilio.number["phone_number"] = "+15550100777"
    assert "has no sender" in await connector.subscription()


@pytest.mark.parametrize("fault", [{"status": 500}, {"hang": True}, {"status": 400, "code": 20001, "message": "odd"}])
async def test_when_twilio_cannot_be_asked_it_is_said_in_words(
    twilio: FakeTwilio, http: aiohttp.ClientSession, fault: dict[str, Any]
) -> None:
    twilio.fail(**fault)
    with pytest.raises(ConnectorError, match="Twilio"):
        await connector_at(twilio, http).subscription()


async def test_the_wizard_shows_each_step(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    connector = connector_at(twilio, http)
    before = standing(list(await connector.setup()))
    await connector.register()
    after = standing(list(await connector.setup()))
    assert before == {
        "The Twilio account is active": True,
        f"The account has our sender {OURS}": True,
        "The number can send SMS": True,
        "US networks know who writes": None,
        "Twilio delivers to the hub": False,
        "The account is not a trial": True,
    }
    assert after == {**before, "Twilio delivers to the hub": True}


async def test_the_wizard_says_what_is_missing(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    twilio.account["type"] = "Trial"
    twilio.number["capabilities"] = {"sms": False, "voice": True}
    missing = [step for step in await connector_at(twilio, http).setup() if step.done is False]
    assert [step.title for step in missing] == [
        "The number can send SMS",
        "Twilio delivers to the hub",
        "The account is not a trial",
    ]
    assert all(step.help for step in missing)


async def test_the_wizard_says_why_nothing_can_be_told(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    with pytest.raises(CredentialsRefused, match="Twilio console"):
        await connector_at(twilio, http, auth_token="an-old-auth-token").setup()


async def test_an_empty_pool_of_a_messaging_service_is_told(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    twilio.pool = []
    steps = standing(list(await connector_at(twilio, http, sender=SERVICE).setup()))
    assert steps["The messaging service has a sender"] is None

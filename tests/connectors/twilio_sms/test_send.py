"""What leaves for Twilio, and what the hub is told when it does not."""

import traceback
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from hub.contract import CredentialsRefused, OutboundAttachment, OutcomeUnknown, Rejected, RetryLater
from hub.domain.template import TemplateUse
from tests.connectors.conformance.kit import WEBHOOK_URL, attachment, outbound
from tests.connectors.twilio_sms.accounts import ANNA, connector_at, tools_with
from tests.connectors.twilio_sms.provider import KEY, KEY_SECRET, OURS, SERVICE, TOKEN, WHATSAPP, FakeTwilio


def linked(name: str, media_type: str) -> OutboundAttachment:
    """A file with a public address."""

    def link(life: timedelta) -> str:
        return f"https://hub.example.com/f/{name}?for={life.total_seconds():.0f}"

    return replace(attachment(name, b"x", media_type), link=link)


async def test_a_text_reaches_the_customer_and_its_receipt_names_the_message(
    twilio: FakeTwilio, http: aiohttp.ClientSession
) -> None:
    message = outbound(ANNA, "Dzień dobry 안녕 <b>&amp; 1+1=2")
    receipt = await connector_at(twilio, http).send(message)
    assert receipt.external_id == f"SM{1:032x}"
    assert twilio.sent == [
        {
            "To": [ANNA],
            "From": [OURS],
            "Body": ["Dzień dobry 안녕 <b>&amp; 1+1=2"],
            "StatusCallback": [f"{WEBHOOK_URL}?delivery={message.delivery_id}#rc=3&rp=all"],
        }
    ]


async def test_a_messaging_service_is_named_instead_of_a_number(
    twilio: FakeTwilio, http: aiohttp.ClientSession
) -> None:
    await connector_at(twilio, http, sender=SERVICE).send(outbound(ANNA))
    assert twilio.sent[0]["MessagingServiceSid"] == [SERVICE]
    assert "From" not in twilio.sent[0]


async def test_twilio_gets_an_address_from_which_it_fetches_our_files(
    twilio: FakeTwilio, http: aiohttp.ClientSession
) -> None:
    files = (linked("a.jpg", "image/jpeg"), linked("b.png", "image/png"))
    await connector_at(twilio, http).send(outbound(ANNA, "Two views", attachments=files))
    assert twilio.sent[0]["MediaUrl"] == [
        "https://hub.example.com/f/a.jpg?for=43200",
        "https://hub.example.com/f/b.png?for=43200",
    ]


async def test_without_a_public_address_files_are_refused_in_words(
    twilio: FakeTwilio, http: aiohttp.ClientSession
) -> None:
    file = attachment("a.jpg", b"x", "image/jpeg")
    with pytest.raises(Rejected, match="HUB_PUBLIC_URL"):
        await connector_at(twilio, http).send(outbound(ANNA, "Here", attachments=(file,)))
    assert twilio.sent == []


async def test_a_message_in_parts_has_an_id_for_each(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    receipt = await connector_at(twilio, http).send(outbound(ANNA, "word " * 700))
    assert [receipt.external_id, *receipt.further_ids] == [f"SM{number:032x}" for number in (1, 2, 3)]


async def test_only_the_last_part_names_the_message_as_a_whole(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    message = outbound(ANNA, "word " * 500)
    await connector_at(twilio, http).send(message)
    callbacks = [urlsplit(sent["StatusCallback"][0]).query for sent in twilio.sent]
    assert callbacks == ["", f"delivery={message.delivery_id}"]


async def test_a_template_goes_by_its_id(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    use = TemplateUse(key="HX" + "7" * 32, name="order", language="en", values={"1": "Anna"})
    message = replace(outbound(f"whatsapp:{ANNA}", "Hello Anna"), template=use)
    await connector_at(twilio, http, sender=WHATSAPP).send(message)
    assert twilio.sent[0]["ContentSid"] == [use.key]
    assert twilio.sent[0]["ContentVariables"] == ['{"1": "Anna"}']
    assert "Body" not in twilio.sent[0]


async def test_an_api_key_signs_instead_of_the_token(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    await connector_at(twilio, http, api_key_sid=KEY, api_key_secret=KEY_SECRET).send(outbound(ANNA))
    assert twilio.authorised == [KEY]
    assert len(twilio.sent) == 1


async def test_a_hub_without_a_public_address_asks_for_no_callbacks_of_twilio_itself(
    http: aiohttp.ClientSession,
) -> None:
    async with FakeTwilio() as twilio:
        tools = tools_with(http, url="http://127.0.0.1:8080/webhooks/k")
        local = connector_at(twilio, http, tools=tools)
        message = outbound(ANNA)
        await local.send(message)
        official = connector_at(twilio, http, tools=tools, api_url="https://api.twilio.com")
    named = f"delivery={message.delivery_id}"
    assert twilio.sent[0]["StatusCallback"] == [f"http://127.0.0.1:8080/webhooks/k?{named}#rc=3&rp=all"]
    assert "no public address" in await official.subscription()


@pytest.mark.parametrize(
    ("code", "words", "unreachable"),
    [
        (21610, "opted out", True),
        (21211, "no number", False),
        (21614, "no mobile number", False),
        (21408, "Geo permissions", False),
        (21608, "trial", False),
        (21606, "our sender", False),
        (21655, "template", False),
        (63016, "approved template", False),
        (39999, "Something new", False),
    ],
)
async def test_a_refusal_is_final_and_says_why(
    twilio: FakeTwilio, http: aiohttp.ClientSession, code: int, words: str, unreachable: bool
) -> None:
    twilio.fail(400, code, "Something new")
    with pytest.raises(Rejected, match=words) as refused:
        await connector_at(twilio, http).send(outbound(ANNA))
    assert (refused.value.unreachable, refused.value.code) == (unreachable, str(code))
    assert twilio.sent == []


async def test_the_wait_twilio_asks_for_is_told_to_the_hub(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    twilio.fail(429, 20429, "Too many requests", headers={"Retry-After": "37"})
    twilio.fail(400, 21611, "Queue full")
    connector = connector_at(twilio, http)
    for seconds in (37, 5):
        with pytest.raises(RetryLater) as later:
            await connector.send(outbound(ANNA))
        assert later.value.after == timedelta(seconds=seconds)


@pytest.mark.parametrize(("status", "code"), [(401, 20003), (401, 0), (403, 20005), (400, 10001)])
async def test_refused_credentials_stop_the_account(
    twilio: FakeTwilio, http: aiohttp.ClientSession, status: int, code: int
) -> None:
    twilio.fail(status, code, "no")
    with pytest.raises(CredentialsRefused, match="Twilio"):
        await connector_at(twilio, http).send(outbound(ANNA))


@pytest.mark.parametrize(
    "fault",
    [
        {"hang": True},
        {"reset": True},
        {"status": 500},
        {"status": 503, "body": b'{"code": 20503, "message": "Service unavailable", "status": 503}'},
        {"status": 201, "body": b"no json"},
        {"status": 201, "body": b'{"sid": null}'},
        {"status": 201, "body": b'{"date_created": 7}'},
        {"status": 201, "body": b""},
    ],
)
async def test_whatever_may_have_gone_out_is_unknown_and_asked_for_once(
    twilio: FakeTwilio, http: aiohttp.ClientSession, fault: dict[str, Any]
) -> None:
    twilio.fail(**fault)
    with pytest.raises(OutcomeUnknown, match="may have gone out"):
        await connector_at(twilio, http).send(outbound(ANNA))
    assert len(twilio.calls) == 1


async def test_a_server_that_redirects_gets_no_message_and_no_secret(
    twilio: FakeTwilio, http: aiohttp.ClientSession
) -> None:
    twilio.fail(status=307, headers={"Location": "http://127.0.0.1:9/"})
    with pytest.raises(RetryLater, match="redirects elsewhere"):
        await connector_at(twilio, http).send(outbound(ANNA))


@pytest.mark.parametrize("fault", [{"status": 400, "code": 21611, "message": "full"}, {"reset": True}])
async def test_a_half_sent_message_is_unknown_and_says_which_half(
    twilio: FakeTwilio, http: aiohttp.ClientSession, fault: dict[str, int]
) -> None:
    files = (linked("a.jpg", "image/jpeg"), linked("offer.pdf", "application/pdf"))
    connector = connector_at(twilio, http, sender=WHATSAPP)
    twilio.after(1, **fault)
    with pytest.raises(OutcomeUnknown, match=r"Sent: a\.jpg\. Not sent, or not certain: offer\.pdf\."):
        await connector.send(outbound(f"whatsapp:{ANNA}", "Two", attachments=files))
    assert len(twilio.sent) == 1


async def test_no_error_holds_a_secret(
    twilio: FakeTwilio, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    connector = connector_at(twilio, http)
    twilio.fail(400, 39999, f"Bad Request by {ANNA}")
    caplog.set_level("DEBUG")
    with pytest.raises(Rejected) as raised:
        await connector.send(outbound(ANNA))
    told = "".join(traceback.format_exception(raised.value)) + caplog.text + repr(connector)
    assert TOKEN not in told
    assert aiohttp.encode_basic_auth("AC" + "1" * 32, TOKEN) not in told


async def test_a_region_of_its_own_is_asked_for_every_service() -> None:
    from connectors._lib.twilio_failures import Patience
    from connectors._lib.twilio_http import HubHttpClient

    async with aiohttp.ClientSession() as http:
        dublin = HubHttpClient(http, "https://api.dublin.ie1.twilio.com", Patience())
        own = HubHttpClient(http, "http://127.0.0.1:4000", Patience())
    asked = "https://messaging.twilio.com/v1/Services?Page=1"
    assert (
        dublin._address(asked, {"PageSize": 5})
        == "https://messaging.dublin.ie1.twilio.com/v1/Services?Page=1&PageSize=5"
    )
    assert own._address(asked, None) == "http://127.0.0.1:4000/messaging/v1/Services?Page=1"

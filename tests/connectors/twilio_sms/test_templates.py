"""Content templates of every type, as the hub shows them and as our sender may use them."""

from typing import Any

import aiohttp
import pytest

from hub.contract import ConnectorError
from hub.domain.template import Template, check_template, preview
from tests.connectors.twilio_sms.accounts import connector_at
from tests.connectors.twilio_sms.provider import OURS, SERVICE, WHATSAPP, FakeTwilio


def content(
    types: dict[str, Any], *, status: str = "approved", variables: dict[str, str] | None = None
) -> dict[str, Any]:
    return {
        "sid": "HX" + "7" * 32,
        "friendly_name": "order_shipped",
        "language": "en",
        "variables": variables or {},
        "types": types,
        "approval_requests": {"name": "order_shipped", "category": "UTILITY", "status": status, "rejection_reason": ""},
    }


TEXT = {"twilio/text": {"body": "Hi {{1}}, order {{order_id}} is on its way."}}


async def only(twilio: FakeTwilio, http: aiohttp.ClientSession, sender: str = WHATSAPP) -> Template:
    (template,) = await connector_at(twilio, http, sender=sender).templates()
    return template


async def test_a_text_template_becomes_a_form_with_its_own_names(
    twilio: FakeTwilio, http: aiohttp.ClientSession
) -> None:
    twilio.contents = [content(TEXT, variables={"1": "Anna"})]
    template = await only(twilio, http)
    assert [(field.key, field.title, field.example) for field in template.fields] == [
        ("1", "Value 1", "Anna"),
        ("order_id", "order id", ""),
    ]
    assert preview(template, {"1": "Jan", "order_id": "77"}) == "Hi Jan, order 77 is on its way."
    check_template(template, {"1": "Jan", "order_id": "77"}, ())
    assert (template.name, template.language, template.category) == ("order_shipped", "en", "utility")


async def test_buttons_and_cards_are_shown(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    card = {
        "title": "Spring sale",
        "body": "20 % off",
        "subtitle": "Until Sunday",
        "actions": [
            {"type": "URL", "title": "Look", "url": "https://shop.example/{{2}}"},
            {"type": "PHONE_NUMBER", "title": "Call", "phone": "+15550100199"},
            {"type": "QUICK_REPLY", "title": "No, thanks", "id": "no"},
        ],
    }
    twilio.contents = [content({"twilio/card": card})]
    template = await only(twilio, http)
    assert (template.header, template.body, template.footer) == ("Spring sale", "20 % off", "Until Sunday")
    assert [(b.label, b.kind, b.target) for b in template.buttons] == [
        ("Look", "link", "https://shop.example/{{2}}"),
        ("Call", "phone", "+15550100199"),
        ("No, thanks", "reply", ""),
    ]
    assert [field.key for field in template.fields] == ["2"]


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        ("approved", "approved", ""),
        ("pending", "pending", "pending"),
        ("received", "pending", "received"),
        ("unsubmitted", "pending", "never submitted"),
        ("rejected", "rejected", "rejected"),
        ("paused", "paused", "paused"),
        ("disabled", "paused", "disabled"),
        ("new in 2027", "pending", "new in 2027"),
    ],
)
async def test_whatsapp_says_which_may_be_used(
    twilio: FakeTwilio, http: aiohttp.ClientSession, status: str, state: str, reason: str
) -> None:
    twilio.contents = [content(TEXT, status=status)]
    template = await only(twilio, http)
    assert template.state == state
    assert reason in template.reason


async def test_sms_needs_no_approval_and_carries_texts_and_files_only(
    twilio: FakeTwilio, http: aiohttp.ClientSession
) -> None:
    twilio.contents = [content(TEXT, status="unsubmitted"), content({"twilio/card": {"title": "x"}})]
    assert (await only(twilio, http, OURS)).state == "approved"
    states = [template.state for template in await connector_at(twilio, http, sender=SERVICE).templates()]
    assert states == ["approved", "approved"]


@pytest.mark.parametrize(
    "types",
    [
        {"whatsapp/authentication": {"add_security_recommendation": True, "actions": [{"type": "COPY_CODE"}]}},
        {"twilio/list-picker": {"body": "When?", "button": "Choose", "items": [{"item": "Today", "id": "1"}]}},
        {"twilio/quick-reply": {"body": "Ok?", "actions": [{"title": "Yes", "id": "1"}]}},
        {"twilio/media": {"body": "Look", "media": ["https://shop.example/{{1}}.jpg"]}},
        {"twilio/location": {"latitude": 1, "longitude": 2, "label": "Shop"}},
        {"twilio/carousel": {"body": "Two", "cards": [{"title": "A {{1}}"}]}},
    ],
)
async def test_every_type_has_a_text_to_read(
    twilio: FakeTwilio, http: aiohttp.ClientSession, types: dict[str, Any]
) -> None:
    twilio.contents = [content(types)]
    assert (await only(twilio, http)).body


@pytest.mark.parametrize("broken", [{"types": None}, {"types": {}}, {"types": {"twilio/text": 7}}, {"sid": None}])
async def test_what_is_no_template_is_left_out(
    twilio: FakeTwilio, http: aiohttp.ClientSession, broken: dict[str, Any]
) -> None:
    twilio.contents = [content(TEXT) | broken]
    assert await connector_at(twilio, http, sender=WHATSAPP).templates() == []


async def test_when_they_cannot_be_listed_it_is_said_in_words(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    twilio.fail(500)
    with pytest.raises(ConnectorError, match="in trouble"):
        await connector_at(twilio, http).templates()

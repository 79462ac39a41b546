"""What a lost webhook missed is found in Twilio's list, and reads as if it had been told."""

from datetime import timedelta
from email.utils import format_datetime

import aiohttp
import pytest

from connectors.twilio_sms.connector import TwilioSms
from hub.contract import ConnectorError, DeliveryReceipt, InboundEvent, InboundMessage
from hub.domain.interaction import AuthorKind
from tests.connectors.conformance.kit import NOW
from tests.connectors.twilio_sms.accounts import ANNA, connector_at, inbound, webhook
from tests.connectors.twilio_sms.provider import ACCOUNT, OURS, SERVICE, FakeTwilio, entry

SINCE = NOW - timedelta(days=1)
EARLIER = format_datetime(NOW - timedelta(hours=1))


def answer(sid: str, **more: object) -> dict[str, object]:
    return entry(
        sid,
        **{"direction": "outbound-api", "from": OURS, "to": ANNA, "date_created": EARLIER, "status": "sent", **more},
    )


async def found(connector: TwilioSms) -> list[InboundEvent]:
    return [event async for raw in connector.missed(SINCE) for event in connector.parse(raw)]


async def test_a_message_is_found_with_its_time_and_is_the_one_the_webhook_tells(
    twilio: FakeTwilio, http: aiohttp.ClientSession
) -> None:
    twilio.listed = [entry("SM1", date_created=EARLIER)]
    connector = connector_at(twilio, http)
    (raw,) = [raw async for raw in connector.missed(SINCE)]
    (message,) = connector.parse(raw)
    (told,) = connector.parse(webhook(inbound(MessageSid="SM1")))
    assert raw.recovered
    assert isinstance(message, InboundMessage)
    assert isinstance(told, InboundMessage)
    assert (message.external_id, message.thread, message.sender) == (told.external_id, told.thread, told.sender)
    assert message.occurred_at == NOW - timedelta(hours=1)


async def test_the_files_of_a_message_are_found_too(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    twilio.listed = [entry("MM1", num_media="1", body="")]
    twilio.media["MM1"] = [{"sid": "ME1", "content_type": "image/jpeg"}]
    (message,) = await found(connector_at(twilio, http))
    assert isinstance(message, InboundMessage)
    assert [file.source for file in message.attachments] == [twilio.media_url("MM1", "ME1")]


async def test_what_another_program_sent_is_an_agents_answer_and_its_fate_is_told(
    twilio: FakeTwilio, http: aiohttp.ClientSession
) -> None:
    twilio.listed = [
        answer("SM1", status="delivered"),
        answer("SM2", direction="outbound-reply"),
        answer("SM3", status="failed"),
    ]
    events = await found(connector_at(twilio, http))
    assert [(e.external_id, e.author) for e in events if isinstance(e, InboundMessage)] == [
        ("SM1", AuthorKind.agent),
        ("SM2", AuthorKind.bot),
    ]
    assert [(e.external_id, e.state) for e in events if isinstance(e, DeliveryReceipt)] == [
        ("SM1", "delivered"),
        ("SM2", "sent"),
        ("SM3", "failed"),
    ]


async def test_what_the_hub_may_be_sending_this_moment_is_left_for_the_next_look(
    twilio: FakeTwilio, http: aiohttp.ClientSession
) -> None:
    twilio.listed = [answer("SM1", date_created=format_datetime(NOW - timedelta(minutes=4)))]
    assert await found(connector_at(twilio, http)) == []


async def test_other_senders_of_the_account_are_none_of_this_channels_business(
    twilio: FakeTwilio, http: aiohttp.ClientSession
) -> None:
    twilio.listed = [entry("SM1", to="+15550100555"), answer("SM2", **{"from": "+15550100555"}), entry("SM3")]
    assert [getattr(event, "external_id", "") for event in await found(connector_at(twilio, http))] == ["SM3"]


async def test_a_messaging_service_finds_what_its_pool_got(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    twilio.listed = [entry("SM1", messaging_service_sid=SERVICE, to="+15550100555"), entry("SM2")]
    events = await found(connector_at(twilio, http, sender=SERVICE))
    assert [getattr(event, "external_id", "") for event in events] == ["SM1"]


async def test_long_lists_are_read_page_by_page(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    twilio.listed, twilio.page_size = [entry(f"SM{number}") for number in range(7)], 3
    assert len(await found(connector_at(twilio, http))) == 7
    pages = [path for _, path in twilio.calls if path.endswith("/Messages.json")]
    assert len(pages) == 3 + 1


async def test_only_what_was_sent_since_then_is_asked_for(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    await found(connector_at(twilio, http))
    asked = [(query.get("To"), query.get("From"), query["DateSent>"]) for query in twilio.queries]
    assert asked == [(OURS, None, "2026-11-21T09:30:00Z"), (None, OURS, "2026-11-21T09:30:00Z")]


async def test_a_list_that_cannot_be_read_is_said_so(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    twilio.fail(200, body=b'{"messages": 7, "page": 0}')
    with pytest.raises(ConnectorError, match="could not be read"):
        await found(connector_at(twilio, http))


async def test_nothing_of_it_asks_another_account(twilio: FakeTwilio, http: aiohttp.ClientSession) -> None:
    await found(connector_at(twilio, http))
    assert {path.split("/")[3] for _, path in twilio.calls} == {ACCOUNT}

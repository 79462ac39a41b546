"""Only Telegram, and only for this channel, gets past the door."""

from collections.abc import Mapping

import pytest

from connectors.telegram.verify import HEADER, verify_request, webhook_secret
from hub.contract import WebhookRejected, WebhookRequest
from tests.connectors.conformance.kit import CHANNEL, OTHER_CHANNEL, WEBHOOK_URL
from tests.peers.telegram_api import TOKEN

SECRET = webhook_secret(TOKEN, CHANNEL)


def request(headers: Mapping[str, str]) -> WebhookRequest:
    return WebhookRequest(method="POST", url=WEBHOOK_URL, headers=headers, query={}, body=b'{"update_id":1}')


def test_the_secret_we_gave_telegram_is_accepted() -> None:
    verify_request(request({HEADER: SECRET}), (SECRET,))


def test_the_secret_of_the_previous_token_is_accepted_while_the_token_changes() -> None:
    old = webhook_secret(f"{TOKEN}old", CHANNEL)
    verify_request(request({HEADER: old}), (SECRET, old))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {HEADER: ""},
        {HEADER: SECRET[:-1]},
        {HEADER: SECRET.upper()},
        {HEADER: f"{SECRET} "},
        {HEADER: "ü\udc80" * 8},
        {"x-telegram-bot-api-secret": SECRET},
        {HEADER: webhook_secret(TOKEN, OTHER_CHANNEL)},
        {HEADER: webhook_secret(f"{TOKEN}x", CHANNEL)},
    ],
    ids=["missing", "empty", "cut", "case", "padded", "junk", "other header", "another account", "another token"],
)
def test_anything_else_is_rejected(headers: Mapping[str, str]) -> None:
    with pytest.raises(WebhookRejected, match="does not carry the secret"):
        verify_request(request(headers), (SECRET,))


def test_the_secret_is_of_the_form_telegram_takes_and_tells_nothing_of_the_token() -> None:
    assert len(SECRET) == 64
    assert set(SECRET) <= set("0123456789abcdef")
    assert TOKEN.partition(":")[0] not in SECRET

"""Only Twilio, and only for this channel's account, gets past the door."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors._lib.twilio_signature import SETTINGS, SIGNATURE, Secrets, sign, verify_request
from connectors._lib.twilio_wire import Parameters, pairs_of, parameters_of
from hub.contract import WebhookRejected, WebhookRequest
from tests.connectors.conformance.kit import WEBHOOK_URL
from tests.connectors.corpora import CORPORA, needs_corpora
from tests.connectors.twilio_sms.accounts import form, inbound, request, signed
from tests.connectors.twilio_sms.provider import ACCOUNT, TOKEN

BODY = form(inbound())
PREVIOUS = "previous-auth-token"
KEY_ID, KEY = "webhooks_sharedkey_01hxxxxxxxxxxxxxxxxxxxxxxx", "secret-of-the-shared-key"
SHARED = f"key={KEY_ID},algorithm=HMAC_SHA256"
ONLY_TOKEN = Secrets(account_sid=ACCOUNT, tokens=(TOKEN,))
WITH_KEY = Secrets(account_sid=ACCOUNT, tokens=(TOKEN,), signing_key_id=KEY_ID, signing_secret=KEY)
VECTORS: list[dict[str, Any]] = (
    json.loads((CORPORA / "twilio" / "twilio_signature_vectors.json").read_text("utf-8")) if CORPORA.is_dir() else []
)


def accepted(made: WebhookRequest, secrets: Secrets = ONLY_TOKEN) -> bool:
    try:
        verify_request(made, secrets)
    except WebhookRejected:
        return False
    return True


def with_key(*, header: str = SHARED, key: str = KEY, algorithm: str = "HMAC_SHA256") -> WebhookRequest:
    signature = sign(key, WEBHOOK_URL, parameters_of(pairs_of(BODY)), algorithm)
    return request(BODY, headers={SIGNATURE: signature, SETTINGS: header})


def as_json(body: bytes, *, said: bytes | None = None, query: str = "") -> WebhookRequest:
    """A request with a JSON body whose address carries the hash of `said`."""
    named = hashlib.sha256(body if said is None else said).hexdigest()
    url = f"{WEBHOOK_URL}?{query or f'bodySHA256={named}'}"
    headers = {"content-type": "application/json", SIGNATURE: sign(TOKEN, url, Parameters())}
    return WebhookRequest(method="POST", url=url, headers=headers, query={}, body=body)


@needs_corpora
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_vectors_checked_against_twilios_own_library_are_judged_alike(vector: Mapping[str, Any]) -> None:
    body = vector["body"].encode() if "body" in vector else form_of(vector["params"])
    kind = "application/json" if "body" in vector else "application/x-www-form-urlencoded"
    made = WebhookRequest(
        method="POST",
        url=vector["url"],
        headers={"content-type": kind, SIGNATURE: vector["signature"]},
        query={},
        body=body,
    )
    assert accepted(made, Secrets(account_sid=ACCOUNT, tokens=(vector["token"],))) is vector["valid"]


def form_of(pairs: Iterable[Sequence[str]]) -> bytes:
    return urlencode([(name, value) for name, value in pairs], errors="replace").encode()


@pytest.mark.parametrize(
    ("public", "twilios"),
    [
        ("https://hub.example.com/webhooks/k", "https://hub.example.com:443/webhooks/k"),
        ("https://hub.example.com:443/webhooks/k", "https://hub.example.com/webhooks/k"),
        ("https://hub.example.com:8443/webhooks/k", "https://hub.example.com/webhooks/k"),
        ("https://hub.example.com:8443/webhooks/k", "https://hub.example.com:8443/webhooks/k"),
        ("http://hub.example.com/webhooks/k", "http://hub.example.com:80/webhooks/k"),
        ("https://[2001:db8::1]:443/webhooks/k", "https://[2001:db8::1]/webhooks/k"),
        ("https://hub.example.com/webhooks/k?a=1&b=%C3%BC", "https://hub.example.com:443/webhooks/k?a=1&b=%C3%BC"),
    ],
)
def test_the_port_may_be_said_or_not(public: str, twilios: str) -> None:
    assert accepted(signed(BODY, url=public, signed_url=twilios))


@pytest.mark.parametrize(
    "twilios",
    [
        "http://hub.example.com/webhooks/kkkkkkkkkkkkkkkkkkkkkkkk",
        "https://hub.example.com/webhooks/other",
        "https://evil.example.com/webhooks/kkkkkkkkkkkkkkkkkkkkkkkk",
        f"{WEBHOOK_URL}?x=1",
        f"{WEBHOOK_URL}#rc=3&rp=all",
    ],
)
def test_a_signature_of_another_address_is_refused(twilios: str) -> None:
    assert not accepted(signed(BODY, signed_url=twilios))


@pytest.mark.parametrize(
    "signature", ["", "c2ln", "ü\udc80", "A" * 5000, TOKEN, sign(TOKEN, WEBHOOK_URL, Parameters())]
)
def test_what_is_no_signature_of_this_request_is_refused(signature: str) -> None:
    assert not accepted(request(BODY, headers={SIGNATURE: signature}))


def test_the_previous_token_counts_while_it_changes_and_not_after() -> None:
    old = signed(BODY, token=PREVIOUS)
    assert accepted(old, replace(ONLY_TOKEN, tokens=(TOKEN, PREVIOUS)))
    assert not accepted(old)


@pytest.mark.parametrize("body", [form(inbound(Body="Changed")), BODY + b"&Extra=1", BODY + b"&Body=", b""])
def test_a_changed_body_is_refused(body: bytes) -> None:
    assert not accepted(replace(signed(BODY), body=body))


def test_a_request_signed_for_another_account_of_the_same_owner_is_refused() -> None:
    with pytest.raises(WebhookRejected, match="another Twilio account"):
        verify_request(signed(form(inbound(AccountSid="AC" + "9" * 32))), ONLY_TOKEN)


def test_a_get_is_refused_and_told_what_to_change() -> None:
    with pytest.raises(WebhookRejected, match="HTTP POST"):
        verify_request(replace(signed(BODY), method="GET"), ONLY_TOKEN)


def test_a_json_body_needs_its_hash_in_the_address() -> None:
    assert accepted(as_json(b'{"a": 1}'))
    assert not accepted(as_json(b'{"a": 2}', said=b'{"a": 1}'))
    assert not accepted(as_json(b'{"a": 1}', query="a=1"))
    assert not accepted(as_json(b'{"a": 1}', query="bodySHA256="))


def test_a_form_signed_without_its_parameters_gains_nothing_from_another_content_type() -> None:
    empty = request(BODY, headers={SIGNATURE: sign(TOKEN, WEBHOOK_URL, Parameters()), "content-type": "text/plain"})
    assert not accepted(empty)


def test_the_shared_key_signs_with_sha256() -> None:
    assert accepted(with_key(), WITH_KEY)
    assert accepted(with_key(header=f" algorithm = hmac_sha256 , key = {KEY_ID} "), WITH_KEY)


@pytest.mark.parametrize(
    "made",
    [
        signed(BODY),
        signed(BODY, headers={SETTINGS: "algorithm=HMAC_SHA1"}),
        with_key(header=f"key={KEY_ID},algorithm=HMAC_SHA1", algorithm="HMAC_SHA1"),
        with_key(header=f"key={KEY_ID},algorithm=NONE"),
        with_key(header=f"key={KEY_ID}"),
        with_key(header="algorithm=HMAC_SHA256"),
        with_key(header="key=webhooks_sharedkey_other,algorithm=HMAC_SHA256"),
        with_key(key=TOKEN),
        with_key(key="another-shared-key"),
    ],
    ids=["token", "token, said", "sha1", "no algorithm", "unsaid", "no key", "other key", "token as key", "wrong key"],
)
def test_nothing_takes_an_account_with_a_shared_key_down_to_less(made: WebhookRequest) -> None:
    assert not accepted(made, WITH_KEY)


def test_a_shared_key_we_do_not_have_is_said_so() -> None:
    with pytest.raises(WebhookRejected, match="shared key"):
        verify_request(with_key(), ONLY_TOKEN)


@settings(max_examples=60)
@given(pairs=st.lists(st.tuples(st.text(max_size=8), st.text(max_size=12)), max_size=8))
def test_whatever_parameters_come_are_what_was_signed(pairs: list[tuple[str, str]]) -> None:
    body = form_of(pair for pair in pairs if pair[0] != "AccountSid")
    assert accepted(signed(body))
    assert not accepted(replace(signed(body), body=body + b"&more=1"))


def test_no_repr_tells_a_secret() -> None:
    assert TOKEN not in repr(WITH_KEY)
    assert KEY not in repr(WITH_KEY)

"""Meta's signature and handshake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._lib.meta_verify import HEADER, answer_request, signature, verify_request
from hub.contract import WebhookRejected
from tests.connectors._lib.fake_graph import APP_SECRET, VERIFY_TOKEN
from tests.connectors._lib.meta_cases import ESCAPED, event, handshake


def verify(*secrets: str, presented: str) -> None:
    verify_request(event(presented), app_secrets=secrets, verify_token=VERIFY_TOKEN)


def test_the_signature_is_an_hmac_in_hex_behind_the_name_of_its_algorithm() -> None:
    """Computed with `openssl dgst -sha256 -hmac secret`."""
    assert signature(b"{}", "secret") == "sha256=77325902caca812dc259733aacd046b73817372c777b8d95b402647474516e13"


def test_both_secrets_are_good_while_one_is_replaced() -> None:
    old = "the previous app secret"
    verify(APP_SECRET, old, presented=signature(ESCAPED, old))
    verify(APP_SECRET, old, presented=signature(ESCAPED, APP_SECRET))
    with pytest.raises(WebhookRejected):
        verify(APP_SECRET, presented=signature(ESCAPED, old))


@given(st.text(max_size=80))
def test_nothing_invented_passes(presented: str) -> None:
    with pytest.raises(WebhookRejected):
        verify(APP_SECRET, presented=presented)


def test_the_challenge_is_repeated_and_not_stored() -> None:
    answer = answer_request(handshake(VERIFY_TOKEN))
    assert (answer.status, answer.body, answer.store) == (200, b"1158201444", False)
    assert answer.content_type.startswith("text/plain")


def test_an_event_is_thanked_for_and_stored() -> None:
    answer = answer_request(event(signature(ESCAPED, APP_SECRET)))
    assert (answer.status, answer.body, answer.store) == (200, b"", True)


def test_a_signature_does_not_replace_the_verify_token() -> None:
    request = handshake("a guess")
    signed = {HEADER: signature(b"", APP_SECRET)}
    with pytest.raises(WebhookRejected, match="verify token"):
        verify_request(
            type(request)(method="GET", url=request.url, headers=signed, query=request.query, body=b""),
            app_secrets=(APP_SECRET,),
            verify_token=VERIFY_TOKEN,
        )

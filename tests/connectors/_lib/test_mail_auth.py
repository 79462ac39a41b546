"""Whose word counts when a mail says it is authentic."""

import pytest

from connectors._lib.mail_auth import is_authenticated
from connectors._lib.mail_headers import Headers

OURS = "mx.example.test"


def authenticated(*results: str, sender: str = "ann@customer.example", server: str = OURS) -> bool:
    fields = [("Authentication-Results", value) for value in results]
    return is_authenticated(Headers.of([*fields, ("From", f"Ann <{sender}>")]), sender, server)


@pytest.mark.parametrize(
    "result",
    [
        f"{OURS}; dkim=pass header.d=customer.example",
        f"{OURS} 1; dkim=fail; dmarc=pass (p=none) header.from=customer.example",
        f"{OURS};\r\n spf=pass smtp.mailfrom=bounce@customer.example",
        f"{OURS}; dkim=pass header.i=@customer.example header.s=x",
    ],
)
def test_our_own_servers_word_counts(result: str) -> None:
    assert authenticated(result)


@pytest.mark.parametrize(
    "result",
    [
        "mx.evil.example; dkim=pass header.d=customer.example",
        f"{OURS}; dkim=pass header.d=evil.example",
        f"{OURS}; dkim=fail header.d=customer.example",
        f"{OURS}; spf=pass smtp.mailfrom=x@evil.example",
        f"{OURS}; dkim=pass (header.d=customer.example) header.d=evil.example",
        f"{OURS}; dkim=pass header.d=example",
        f"{OURS}; none",
        "",
    ],
)
def test_nobody_elses_and_no_other_domains_does(result: str) -> None:
    assert not authenticated(result)


def test_only_the_topmost_line_in_our_servers_name_counts() -> None:
    forged = f"{OURS}; dkim=pass header.d=customer.example"
    assert not authenticated(f"{OURS}; dkim=fail header.d=customer.example", forged)


def test_without_a_server_to_trust_nobody_is_verified() -> None:
    assert not authenticated("; dkim=pass header.d=customer.example", server="")


def test_the_parent_domain_may_vouch_for_its_child() -> None:
    assert authenticated(f"{OURS}; dkim=pass header.d=customer.example", sender="ann@shop.customer.example")
    assert not authenticated(f"{OURS}; dkim=pass header.d=shop.customer.example", sender="ann@customer.example")


def test_two_senders_prove_nothing() -> None:
    result = ("Authentication-Results", f"{OURS}; dkim=pass header.d=customer.example")
    two = Headers.of([result, ("From", "ann@customer.example, eve@evil.example")])
    assert not is_authenticated(two, "ann@customer.example", OURS)

"""Who a visitor is: origins, our own tokens, and the website's identity tokens."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from json import dumps

import pytest
from pydantic import ValidationError

from connectors.webchat.verify import ANONYMOUS_LIFE, IDENTIFIED_LIFE, origin_allowed
from hub.contract import OriginRefused, WebhookRejected
from tests.connectors.webchat.browser import (
    CHANNEL,
    IDENTITY_SECRET,
    OTHER_CHANNEL,
    SHOP,
    TOKEN_SECRET,
    chat,
    frame,
    hello,
    settings,
    signed,
)

NEW_SECRET = "a-new-identity-secret-0123456789abcdef"


def unsigned(claims: dict[str, object], algorithm: str = "none") -> str:
    """Return a token that nobody signed."""
    parts = [urlsafe_b64encode(dumps(part).encode()).rstrip(b"=").decode() for part in ({"alg": algorithm}, claims)]
    return ".".join([*parts, ""])


# --- origins ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (SHOP, True),
        ("https://SHOP.example.com", True),
        ("http://shop.example.com", False),
        ("https://shop.example.com:8443", False),
        ("https://shop.example.com.evil.example", False),
        ("https://a.example.org", True),
        ("https://a.b.example.org", True),
        ("https://example.org", False),
        ("https://evilexample.org", False),
        ("https://.example.org", False),
        ("http://a.example.org", False),
        ("null", False),
        ("http://[", False),
        ("file://", False),
        ("", True),
        ("https://hub.example.com", True),
    ],
)
def test_origins(origin: str, allowed: bool) -> None:
    patterns = settings().allowed_origins
    assert origin_allowed(origin, "https://hub.example.com", patterns) is allowed


def test_a_chat_without_websites_is_for_the_demo_page_only() -> None:
    connector = chat(allowed_origins=[])
    assert connector.admit(hello(origin="")).thread == "v-fresh"
    with pytest.raises(OriginRefused, match="Websites that may embed"):
        connector.admit(hello(origin=SHOP))


@pytest.mark.parametrize(
    "origin",
    [
        "shop.example.com",
        "https://shop.example.com/path",
        "ftp://x.example",
        "https://*",
        "*",
        "https://*.com:x",
        "https://a b",
        "https://user@x.example",
        "",
    ],
)
def test_what_is_no_origin_is_refused_in_the_form(origin: str) -> None:
    with pytest.raises(ValidationError, match="is not an origin"):
        settings(allowed_origins=[origin])


def test_origins_are_kept_as_browsers_send_them() -> None:
    assert settings(allowed_origins=[" HTTPS://Shop.Example.com/ "]).allowed_origins == (SHOP,)


# --- visitor tokens -----------------------------------------------------------------------------------------


def test_a_visitor_comes_back_as_the_same() -> None:
    first = chat().admit(hello())
    again = chat().admit(hello(token=first.token, fresh_id="v-other", after=timedelta(days=30)))
    assert again.thread == first.thread == "v-fresh"


def test_a_visit_prolongs_an_anonymous_token() -> None:
    first = chat().admit(hello())
    late = ANONYMOUS_LIFE - timedelta(days=1)
    renewed = chat().admit(hello(token=first.token, after=late))
    assert chat().admit(hello(token=renewed.token, fresh_id="", after=late * 2)).thread == "v-fresh"


@pytest.mark.parametrize(
    ("token", "after", "why"),
    [
        ("", timedelta(0), "carries no visitor token"),
        ("junk", timedelta(0), "not one of ours"),
        ("é" * 20, timedelta(0), "not one of ours"),
        ("a" * 10_000, timedelta(0), "not one of ours"),
        (unsigned({"sub": "v-x", "aud": "0" * 32, "exp": 9e9}), timedelta(0), "not one of ours"),
        (signed({"sub": "v-x", "aud": "0" * 32}), timedelta(0), "not one of ours"),
        (signed({"sub": "v-x", "aud": "0" * 32}, secret=TOKEN_SECRET), timedelta(0), "another chat"),
        (signed({"aud": "0" * 32}, secret=TOKEN_SECRET), timedelta(0), "not one of ours"),
        (chat().admit(hello()).token, ANONYMOUS_LIFE, "expired"),
        (chat(OTHER_CHANNEL).admit(hello()).token, timedelta(0), "another chat"),
        (chat(token_secret=NEW_SECRET).admit(hello()).token, timedelta(0), "not one of ours"),
        (signed({"sub": "v-x"}, secret=TOKEN_SECRET, algorithm="HS512"), timedelta(0), "not one of ours"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")  # a short key, on purpose
def test_a_token_that_proves_nothing_opens_no_thread(token: str, after: timedelta, why: str) -> None:
    with pytest.raises(WebhookRejected, match=why):
        chat().admit(hello(token=token, fresh_id="", after=after))


def test_a_lost_token_makes_a_new_visitor_not_an_error() -> None:
    assert chat().admit(hello(token="junk")).thread == "v-fresh"


def test_an_identity_token_is_no_visitor_token() -> None:
    with pytest.raises(WebhookRejected):
        chat(identity_secret=TOKEN_SECRET).admit(hello(token=signed(secret=TOKEN_SECRET), fresh_id=""))


# --- identity tokens ----------------------------------------------------------------------------------------


def test_a_logged_in_user_has_one_thread_on_every_device() -> None:
    threads = {chat().admit(hello(identity=signed(), fresh_id=fresh)).thread for fresh in ("v-phone", "v-desktop")}
    assert threads == {"42@000000000001"}


def test_the_website_vouches_for_name_and_address() -> None:
    visitor = chat().admit(hello(identity=signed()))
    assert visitor.claims == {"id": "42", "name": "Łucja Nowak", "email": "lucja@example.pl"}


def test_a_numeric_id_is_an_id() -> None:
    assert chat().admit(hello(identity=signed({"id": 42}))).claims["id"] == "42"


def test_the_same_id_at_two_channels_is_two_users() -> None:
    one, two = (chat(channel).admit(hello(identity=signed())) for channel in (CHANNEL, OTHER_CHANNEL))
    assert one.thread != two.thread


def test_who_wrote_before_logging_in_keeps_the_thread() -> None:
    anonymous = chat().admit(hello())
    known = chat().admit(hello(token=anonymous.token, identity=signed()))
    assert (known.thread, known.claims["id"]) == ("v-fresh", "42")


def test_the_next_user_of_a_browser_does_not_get_the_last_ones_thread() -> None:
    first = chat().admit(hello(identity=signed()))
    second = chat().admit(hello(token=first.token, identity=signed({"id": "43"})))
    assert second.thread == "43@000000000001"


def test_an_identified_token_ends_soon_unless_the_website_vouches_again() -> None:
    first = chat().admit(hello(identity=signed()))
    later = chat().admit(hello(token=first.token, after=timedelta(hours=20)))
    assert later.token == first.token
    with pytest.raises(WebhookRejected, match="expired"):
        chat().admit(hello(token=later.token, fresh_id="", after=IDENTIFIED_LIFE))


def test_the_former_secret_works_while_it_is_being_changed() -> None:
    connector = chat(identity_secret=NEW_SECRET, previous_identity_secret=IDENTITY_SECRET)
    assert connector.admit(hello(identity=signed())).claims["id"] == "42"
    assert connector.admit(hello(identity=signed(secret=NEW_SECRET))).claims["id"] == "42"


@pytest.mark.parametrize(
    ("token", "after", "why"),
    [
        (signed(secret=NEW_SECRET), timedelta(0), "not signed with this channel's"),
        (unsigned({"id": "42", "exp": 9e9}), timedelta(0), "not signed with this channel's"),
        (unsigned({"id": "42", "exp": 9e9}, "HS256"), timedelta(0), "not signed with this channel's"),
        (signed(algorithm="HS384"), timedelta(0), "not signed with this channel's"),
        (signed(), timedelta(hours=2), "expired"),
        (signed({"exp": None}), timedelta(0), "missing or wrong: exp"),
        (signed({"id": ""}), timedelta(0), "missing or wrong: id"),
        (signed({"id": "a\nb"}), timedelta(0), "missing or wrong: id"),
        (signed({"id": "x" * 300, "email": "nobody"}), timedelta(0), "missing or wrong: email, id"),
        ("x.y.z", timedelta(0), "not signed with this channel's"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")  # a short key, on purpose
def test_a_bad_identity_is_refused_in_words_for_the_developer(token: str, after: timedelta, why: str) -> None:
    with pytest.raises(WebhookRejected, match=why):
        chat().admit(hello(identity=token, after=after))


def test_a_minute_of_difference_between_clocks_is_forgiven() -> None:
    assert chat().admit(hello(identity=signed(), after=timedelta(hours=1, seconds=59))).claims


# --- what is kept -------------------------------------------------------------------------------------------


def test_a_frame_is_kept_byte_for_byte_with_who_said_it() -> None:
    visitor = chat().admit(hello(identity=signed()))
    body = frame(text="żółć", unknown="field")
    event = chat().frame(visitor, body, hello().now)
    assert (event.kind, event.body, event.headers["thread"]) == ("visitor", body, "42@000000000001")
    assert len(chat().parse(event)) == 2


@pytest.mark.parametrize("body", [b"{}", b"", b"x" * 70_000, frame(text="x" * 10_001)])
def test_a_frame_nobody_can_read_is_refused_at_the_door(body: bytes) -> None:
    with pytest.raises(WebhookRejected, match=r"does not understand|too long"):
        chat().frame(chat().admit(hello()), body, hello().now)


def test_nothing_shown_to_a_browser_holds_a_secret() -> None:
    visitor = chat(previous_identity_secret=NEW_SECRET).admit(hello(identity=signed()))
    shown = repr(visitor) + repr(settings())
    assert not [secret for secret in (TOKEN_SECRET, IDENTITY_SECRET, NEW_SECRET) if secret in shown]

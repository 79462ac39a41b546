"""No secret gets through: neither a registered one nor one that merely looks like it."""

import json
import time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.runtime.redaction import HIDDEN, LONGEST, Redactor

BOT = "123456789:AAEhBP0av28abcdefghijklmnopqrstuvw1"


@pytest.mark.parametrize(
    ("logged", "shown"),
    [
        (f"POST https://api.telegram.org/bot{BOT}/getMe", f"POST https://api.telegram.org/bot123456789:{HIDDEN}/getMe"),
        ("postgresql+asyncpg://hub:p@ss:w@db/hub", f"postgresql+asyncpg://hub:{HIDDEN}@db/hub"),
        ("Authorization: Bearer abc.def", f"Authorization: {HIDDEN}"),
        ("{'Authorization': 'Basic dTpw', 'Accept': '*/*'}", f"{{'Authorization': '{HIDDEN}', 'Accept': '*/*'}}"),
        ("Cookie: session=abc; csrf=def\nHost: x", f"Cookie: {HIDDEN}\nHost: x"),
        ("X-Telegram-Bot-Api-Secret-Token: abc", f"X-Telegram-Bot-Api-Secret-Token: {HIDDEN}"),
        ("sent Bearer abcdefghijklmnop", f"sent Bearer {HIDDEN}"),
        ("GET /x?access_token=abc&page=2", f"GET /x?access_token={HIDDEN}&page=2"),
        ('{"client_secret": "a b", "id": 1}', f'{{"client_secret": "{HIDDEN}", "id": 1}}'),
        ("{'imap_password': 'it\"s'}", f"{{'imap_password': '{HIDDEN}'}}"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(logged: str, shown: str) -> None:
    assert Redactor().text(logged) == shown


@pytest.mark.parametrize(
    "harmless",
    [
        "the token expired",
        "at 2026-11-22T09:41:14Z, 12:30 https://example.com:8080/path",
        "wrote to anna@example.com",
        "Message-ID: <20261122.12345:abc@example.com>",
        "secretary=",
    ],
)
def test_ordinary_words_stay(harmless: str) -> None:
    assert Redactor().text(harmless) == harmless


@given(st.text(min_size=6).filter(lambda s: s not in HIDDEN), st.text(), st.text())
def test_a_registered_secret_never_shows(secret: str, before: str, after: str) -> None:
    redactor = Redactor()
    redactor.add(secret)
    shown = redactor.text(f"{before}{secret}{after}")
    assert secret not in shown.replace(HIDDEN, "")


def test_a_registered_secret_is_hidden_in_urls_too() -> None:
    redactor = Redactor()
    redactor.add("s€cret/word")
    assert redactor.text("/x?k=s%E2%82%ACcret%2Fword") == f"/x?k={HIDDEN}"


def test_of_two_secrets_the_longer_one_is_hidden_whole() -> None:
    redactor = Redactor()
    redactor.add("abcdef", "abcdefghij")
    assert redactor.text("abcdefghij") == HIDDEN


def test_a_word_too_short_to_be_a_secret_does_not_blank_out_the_log() -> None:
    redactor = Redactor()
    redactor.add("", "a", "mail")
    assert redactor.text("a mail came") == "a mail came"


def test_values_are_cleaned_however_deep_and_stay_json() -> None:
    redactor = Redactor()
    redactor.add('quo"ted-secret')
    entry = {
        "password": ["a", "b"],
        "tries": 3,
        "ok": True,
        "none": None,
        "token_count": 5,
        "id": UUID(int=1),
        "body": b'quo"ted-secret \xff',
        "deep": {"list": ('quo"ted-secret', {"api_key": "x"})},
        "error": ValueError('quo"ted-secret'),
    }
    cleaned = redactor.value(entry)
    assert json.loads(json.dumps(cleaned)) == {
        "password": HIDDEN,
        "tries": 3,
        "ok": True,
        "none": None,
        "token_count": 5,
        "id": "00000000-0000-0000-0000-000000000001",
        "body": f"{HIDDEN} \\xff",
        "deep": {"list": [HIDDEN, {"api_key": HIDDEN}]},
        "error": f"ValueError('{HIDDEN}')",
    }


def test_a_very_long_text_is_cut() -> None:
    shown = Redactor().text("x" * (LONGEST + 5))
    assert len(shown) < LONGEST + 40
    assert shown.endswith("… (5 more characters)")


@pytest.mark.parametrize("piece", ["a-", "1", "://", "token", "cookie:", "x-a-", "'password':\"", "bearer ", "basic a"])
def test_hostile_texts_do_not_make_it_slow(piece: str) -> None:
    started = time.monotonic()
    Redactor().text(piece * LONGEST)
    assert time.monotonic() - started < 1

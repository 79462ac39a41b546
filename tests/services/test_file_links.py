"""A public link leads to one file, ends, and cannot be made by anybody else."""

from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.ids import AttachmentId
from hub.services.file_links import LENGTH, FileLinks, Form, is_public, sign, verify
from hub.services.ids import new_id
from tests.scripted import T0

KEY, OLD = b"k" * 32, b"o" * 32
FILE = AttachmentId(new_id())


@pytest.mark.parametrize("form", list(Form))
def test_a_link_leads_to_its_file_until_it_ends(form: Form) -> None:
    token = sign(FILE, form, T0 + timedelta(minutes=5), KEY)
    assert len(token) == LENGTH
    found = verify(token, T0, KEY)
    assert found is not None
    assert (found.attachment_id, found.form) == (FILE, form)
    assert verify(token, T0 + timedelta(minutes=5), KEY) is None


def test_a_link_made_under_an_older_key_still_works() -> None:
    assert verify(sign(FILE, Form.original, T0 + timedelta(hours=1), OLD), T0, KEY, OLD) is not None
    assert verify(sign(FILE, Form.original, T0 + timedelta(hours=1), OLD), T0, KEY) is None


@given(place=st.integers(0, LENGTH - 1), letter=st.sampled_from("AQgw09_-ż"))
def test_no_changed_link_works(place: int, letter: str) -> None:
    token = sign(FILE, Form.original, T0 + timedelta(hours=1), KEY)
    changed = token[:place] + letter + token[place + 1 :]
    found = verify(changed, T0, KEY)
    assert found is None or (changed[:-1] == token[:-1] and found.attachment_id == FILE)


def test_a_time_no_calendar_has_is_no_link() -> None:
    body = bytes([Form.original]) + FILE.bytes + b"\xff" * 5
    assert verify(urlsafe_b64encode(body + bytes(16)).decode().rstrip("="), T0, KEY) is None


@given(st.text(max_size=60))
def test_nonsense_is_no_link(text: str) -> None:
    assert verify(text, T0, KEY) is None


def test_a_link_is_good_for_thirty_days_at_most() -> None:
    links = FileLinks(public_url="https://hub.example.com", key=KEY)
    token = links.link(FILE, Form.original, timedelta(days=900), T0).removeprefix("https://hub.example.com/files/")
    assert verify(token, T0 + timedelta(days=29), KEY) is not None
    assert verify(token, T0 + timedelta(days=30), KEY) is None


@pytest.mark.parametrize("url", ["https://hub.example.com", "http://8.8.8.8:8080", "https://hub.example.pl/x"])
def test_an_address_out_in_the_network_is_public(url: str) -> None:
    assert is_public(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://localhost:8080",
        "http://127.0.0.1",
        "https://10.0.0.7",
        "http://[::1]:80",
        "http://hub",
        "http://a.local",
    ],
)
def test_an_address_of_our_own_network_is_not(url: str) -> None:
    assert not is_public(url)

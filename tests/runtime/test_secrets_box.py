"""Secrets open only where they were sealed, and only with the key that sealed them."""

import stat
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.runtime.secrets_box import SecretBox, SecretsUnreadable, add_key, load_keys, new_key, parse_keys

PLACE = "channel_secrets.value.0198"
OLD = {"old": b"o" * 32}
NEW = {"new": b"n" * 32}


@given(st.text(), st.text(min_size=1))
def test_any_text_comes_back_as_it_was(text: str, place: str) -> None:
    box = SecretBox(OLD)
    assert box.decrypt(box.encrypt(text, place=place), place=place) == text


def test_a_sealed_text_does_not_show_the_secret_and_differs_each_time() -> None:
    box = SecretBox(OLD)
    first, second = box.encrypt("hunter2", place=PLACE), box.encrypt("hunter2", place=PLACE)
    assert "hunter2" not in first
    assert b"hunter2" not in urlsafe_b64decode(first.partition(".")[2])
    assert first != second


def test_a_secret_copied_to_another_row_does_not_open() -> None:
    box = SecretBox(OLD)
    sealed = box.encrypt("hunter2", place=PLACE)
    with pytest.raises(SecretsUnreadable, match=r"copied from another place"):
        box.decrypt(sealed, place="channel_secrets.value.0199")


@pytest.mark.parametrize("broken", ["old.", "old.AAAA", "old.not base64!", "old.ünï"])
def test_a_damaged_secret_is_refused_in_words(broken: str) -> None:
    with pytest.raises(SecretsUnreadable, match=r"Enter the secret again"):
        SecretBox(OLD).decrypt(broken, place=PLACE)


def test_a_flipped_bit_is_noticed() -> None:
    box = SecretBox(OLD)
    key_id, _, body = box.encrypt("hunter2", place=PLACE).partition(".")
    raw = bytearray(urlsafe_b64decode(body))
    raw[-1] ^= 1
    with pytest.raises(SecretsUnreadable):
        box.decrypt(f"{key_id}.{urlsafe_b64encode(raw).decode()}", place=PLACE)


def test_an_unknown_key_is_named_with_what_to_do() -> None:
    sealed = SecretBox(OLD).encrypt("hunter2", place=PLACE)
    with pytest.raises(SecretsUnreadable, match=r"sealed with key 'old'.*\(new\).*HUB_SECRET_KEYS"):
        SecretBox(NEW).decrypt(sealed, place=PLACE)


def test_rotation_moves_a_secret_to_the_current_key_and_leaves_current_ones_alone() -> None:
    sealed = SecretBox(OLD).encrypt("hunter2", place=PLACE)
    both = SecretBox(NEW | OLD)
    assert not both.is_current(sealed)
    rotated = both.rotate(sealed, place=PLACE)
    assert both.is_current(rotated)
    assert both.rotate(rotated, place=PLACE) == rotated
    assert SecretBox(NEW).decrypt(rotated, place=PLACE) == "hunter2"


def test_a_box_without_keys_is_refused() -> None:
    with pytest.raises(SecretsUnreadable, match="no secret key"):
        SecretBox({})


def test_the_key_file_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "data" / "secret.key"
    first = load_keys("", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load_keys("", file) == first
    assert [path.name for path in file.parent.iterdir()] == ["secret.key"]


def test_a_key_file_open_to_others_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    load_keys("", file)
    file.chmod(0o644)
    with pytest.raises(SecretsUnreadable, match=r"chmod 600"):
        load_keys("", file)


def test_an_unreadable_key_file_is_said_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "secret.key"
    folder.mkdir(mode=0o700)
    with pytest.raises(SecretsUnreadable, match=r"cannot be read: Is a directory"):
        load_keys("", folder)


def test_a_place_where_no_key_file_can_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(SecretsUnreadable, match=r"cannot be written"):
        load_keys("", tmp_path / "data" / "secret.key")


def test_configured_keys_win_over_the_file(tmp_path: Path) -> None:
    key = new_key()
    assert list(load_keys(key, tmp_path / "secret.key")) == [key.partition(":")[0]]
    assert not (tmp_path / "secret.key").exists()


def test_a_new_key_goes_in_front_and_the_old_one_still_opens(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    sealed = SecretBox(load_keys("", file)).encrypt("hunter2", place=PLACE)
    keys = add_key(file)
    assert len(keys) == 2
    box = SecretBox(keys)
    assert not box.is_current(sealed)
    assert box.decrypt(sealed, place=PLACE) == "hunter2"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text", ["", "k1", "k1:", "k1:short", "bad id:AAAA", f"k.1:{urlsafe_b64encode(b'x' * 32).decode()}"]
)
def test_a_malformed_key_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(SecretsUnreadable, match=r"Key 1 in HUB_SECRET_KEYS is not of the form id:key"):
        parse_keys(text, source="HUB_SECRET_KEYS")


def test_two_keys_of_one_name_are_refused() -> None:
    entry = f"k1:{urlsafe_b64encode(b'x' * 32).decode()}"
    with pytest.raises(SecretsUnreadable, match="both called 'k1'"):
        parse_keys(f"{entry}, {entry}", source="HUB_SECRET_KEYS")

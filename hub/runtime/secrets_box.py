"""Seals secrets at rest: AES-256-GCM under keys kept outside the database, bound to the place they stand in."""

import binascii
import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.domain.errors import HubError

_KEY_BYTES = 32
_NONCE_BYTES = 12
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class SecretsUnreadable(HubError):
    """A secret or a key cannot be used; the message says what to do."""


class SecretBox:
    """Seals and opens short texts: passwords, tokens, client secrets.

    A sealed text is `<key id>.<base64url of nonce, ciphertext and tag>`. `place` is `table.column.row-id`; it is
    authenticated with the text, so that a sealed value copied into another row or column does not open.
    The nonce is random: 96 bits, safe for about 2**32 texts under one key (NIST SP 800-38D, section 8.3).
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        """Take keys of 32 bytes by id, the current one first; the others only open what they once sealed."""
        if not keys:
            raise SecretsUnreadable("There is no secret key. Set HUB_SECRET_KEYS or give the key file back.")
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._current = next(iter(keys))

    def encrypt(self, text: str, *, place: str) -> str:
        """Seal a text for one place under the current key."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._ciphers[self._current].encrypt(nonce, text.encode(), place.encode())
        return f"{self._current}.{urlsafe_b64encode(nonce + sealed).decode()}"

    def decrypt(self, sealed: str, *, place: str) -> str:
        """Open a text sealed for this place. Raises SecretsUnreadable, in words."""
        key_id, _, body = sealed.partition(".")
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise SecretsUnreadable(
                f"The secret at {place} was sealed with key {key_id!r}, which is not among the hub's keys"
                f" ({', '.join(self._ciphers)}). Add that key to HUB_SECRET_KEYS or to the key file,"
                " or enter the secret again."
            )
        try:
            raw = urlsafe_b64decode(body)
            return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise SecretsUnreadable(
                f"The secret at {place} does not open with key {key_id!r}: it was changed, or copied from another"
                " place, or the key is another one of the same name. Enter the secret again."
            ) from error

    def is_current(self, sealed: str) -> bool:
        """Tell whether a sealed text needs no rotation."""
        return sealed.partition(".")[0] == self._current

    def rotate(self, sealed: str, *, place: str) -> str:
        """Return the text sealed under the current key; unchanged if it already is. Raises SecretsUnreadable."""
        if self.is_current(sealed):
            return sealed
        return self.encrypt(self.decrypt(sealed, place=place), place=place)


def new_key() -> str:
    """Make a key as HUB_SECRET_KEYS and the key file hold it: `<id>:<base64url of 32 random bytes>`."""
    return f"k{secrets.token_hex(4)}:{urlsafe_b64encode(os.urandom(_KEY_BYTES)).decode()}"


def parse_keys(text: str, *, source: str) -> dict[str, bytes]:
    """Read keys separated by commas, blanks or lines, the current one first.

    `source` names where they stand, for the error. Raises SecretsUnreadable; the message never quotes a key.
    """
    keys: dict[str, bytes] = {}
    for number, entry in enumerate(re.split(r"[\s,]+", text.strip()), start=1):
        key_id, colon, encoded = entry.partition(":")
        try:
            key = urlsafe_b64decode(encoded)
        except ValueError:
            key = b""
        if not colon or not _KEY_ID.fullmatch(key_id) or len(key) != _KEY_BYTES:
            raise SecretsUnreadable(
                f"Key {number} in {source} is not of the form id:key, where key is 32 bytes in base64url."
                " Make one with `hub new-secret-key`."
            )
        if key_id in keys:
            raise SecretsUnreadable(f"Two keys in {source} are both called {key_id!r}. Each needs an id of its own.")
        keys[key_id] = key
    return keys


def load_keys(configured: str, file: Path) -> dict[str, bytes]:
    """Return the keys, the current one first: those configured, else those of the file, which is made if missing.

    The file is readable by its owner only (mode 0600). Losing it loses every stored secret: back it up apart
    from the database. Raises SecretsUnreadable.
    """
    if configured.strip():
        return parse_keys(configured, source="HUB_SECRET_KEYS")
    if not file.exists():
        draft = _draft(file, f"{new_key()}\n")
        with suppress(FileExistsError):  # another process of ours was first: its key counts
            file.hardlink_to(draft)
        draft.unlink()
    return _read_file(file)


def add_key(file: Path) -> dict[str, bytes]:
    """Put a new key in front of those of the file and return them all; the first step of a rotation.

    The file is replaced at once, never half written. Raises SecretsUnreadable.
    """
    _read_file(file)
    _draft(file, f"{new_key()}\n{file.read_text()}").replace(file)
    return _read_file(file)


def _draft(file: Path, text: str) -> Path:
    """Write text durably to a new file beside `file`, readable by its owner only."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = mkstemp(dir=file.parent, prefix=f".{file.name}.")  # mode 0600
    except OSError as error:
        raise SecretsUnreadable(f"The key file {file} cannot be written: {error.strerror}.") from error
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    return Path(name)


def _read_file(file: Path) -> dict[str, bytes]:
    try:
        if file.stat().st_mode & 0o077:
            raise SecretsUnreadable(f"Other users may read the key file {file}. Close it: chmod 600 {file}")
        return parse_keys(file.read_text(), source=str(file))
    except OSError as error:
        raise SecretsUnreadable(f"The key file {file} cannot be read: {error.strerror}.") from error

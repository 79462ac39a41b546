"""Keeps the certificates with which SNS signs: fetched from Amazon only, once each, cached on disk.

`verify` may fetch nothing. So a notification under a certificate that is not known yet is put off: the door answers
503, the certificate is fetched meanwhile, and SNS comes again: at once or 20 seconds later, at least three times.
https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.email.sns import is_amazons, read_certificate
from hub.contract import ConnectorError

if TYPE_CHECKING:  # large, and most mailboxes are read over IMAP
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

log = logging.getLogger(__name__)

Fetch = Callable[[str, int], AsyncIterator[bytes]]
_BYTES = 64 * 1024
_AT_ONCE = 4
_KEPT = 20


class Certificates:
    """The certificates of one channel."""

    def __init__(self, fetch: Fetch, now: Callable[[], datetime], folder: Path) -> None:
        self._fetch = fetch
        self._now = now
        self._folder = folder
        self._keys: dict[str, RSAPublicKey] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self.problem = ""
        """What went wrong last, in words."""

    def known(self, url: str) -> "RSAPublicKey | None":
        """Return a certificate's key; None if it has to be fetched first."""
        return self._keys.get(url)

    def want(self, url: str) -> None:
        """Have a certificate fetched; strangers can make us ask Amazon, a few times at once, and nobody else."""
        if url not in self._tasks and len(self._tasks) < _AT_ONCE and is_amazons(url):
            task = asyncio.create_task(self._get(url), name="SNS certificate")
            self._tasks[url] = task
            task.add_done_callback(lambda _: self._tasks.pop(url, None))

    async def load(self) -> None:
        """Read what is cached. A cache that cannot be read is none."""
        for url, pem in await asyncio.to_thread(self._cached):
            with contextlib.suppress(ValueError):
                self._keys.setdefault(url, read_certificate(pem, self._now()))

    async def settled(self) -> None:
        """Return when no fetch is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks.values())

    async def close(self) -> None:
        """Stop fetching."""
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _get(self, url: str) -> None:
        try:
            pem = b"".join([part async for part in self._fetch(url, _BYTES)])
            key = read_certificate(pem, self._now())
        except (ConnectorError, ValueError, OSError) as error:
            self.problem = f"The certificate with which Amazon SNS signs could not be fetched: {error}"
            log.warning("no certificate of SNS", extra={"why": str(error)})
            return
        while len(self._keys) >= _KEPT:
            self._keys.pop(next(iter(self._keys)))
        self._keys[url] = key
        self.problem = ""
        await asyncio.to_thread(self._keep, url, pem)

    def _cached(self) -> list[tuple[str, bytes]]:
        found = []
        with contextlib.suppress(OSError):
            for path in sorted(self._folder.glob("sns-*.pem"))[:_KEPT]:
                url, _, pem = path.read_bytes().partition(b"\n")
                if is_amazons(url.decode("ascii", "replace")):
                    found.append((url.decode("ascii"), pem))
        return found

    def _keep(self, url: str, pem: bytes) -> None:
        # Without the cache the certificate is fetched again after a restart.
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            name = f"sns-{sha256(url.encode()).hexdigest()[:32]}.pem"
            (self._folder / name).write_bytes(url.encode() + b"\n" + pem)

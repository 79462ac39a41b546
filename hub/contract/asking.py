"""How a connector asks an address that an admin typed for a system of their own: guarded, one request, no redirect."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

import aiohttp

from hub.contract.errors import FetchFailed


class Ask(Protocol):
    """One guarded request."""

    def __call__(
        self, method: str, url: str, *, body: bytes, headers: Mapping[str, str], timeout: aiohttp.ClientTimeout
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """Send a request and give its answer, not yet read; redirects are answers like any other.

        Raises FetchFailed if the address is one the hub never goes to: nothing was sent. All else that goes wrong
        comes as aiohttp's own errors, since only who asks knows what a cut means.
        """
        ...


@asynccontextmanager
async def ask_nobody(
    method: str,  # noqa: ARG001 - the shape of `Ask`
    url: str,  # noqa: ARG001 - the same
    *,
    body: bytes,  # noqa: ARG001 - the same
    headers: Mapping[str, str],  # noqa: ARG001 - the same
    timeout: aiohttp.ClientTimeout,  # noqa: ARG001, ASYNC109 - the same; aiohttp's own word
) -> AsyncIterator[aiohttp.ClientResponse]:
    """Refuse: what a connector has where nobody lent it a way out."""
    raise FetchFailed("There is no way out to other systems here.")
    yield  # type: ignore[unreachable]  # makes it a generator, as a real one is

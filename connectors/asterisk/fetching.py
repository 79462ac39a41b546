"""Recordings from Asterisk to the hub: one file, or two lanes joined; and deleted there afterwards."""

from collections.abc import AsyncIterator
from contextlib import suppress

from connectors.asterisk.client import Ari, AriRefused, part
from connectors.asterisk.stereo import Lane, joined
from hub.contract import FetchFailed, OutcomeUnknown, RetryLater

NONE = "Asterisk has no such recording (any more): it was deleted there, or never made."


async def fetch(ari: Ari, source: str) -> AsyncIterator[bytes]:
    """Stream a recording; `name.*` has two lanes, agent left.

    Raises RetryLater, FetchFailed, CredentialsRefused.
    """
    try:
        await _finished(ari, source)
        if not source.endswith(".*"):
            async for block in ari.file(_file(source)):
                yield block
            return
        lanes = [await _lane(ari, f"{source[:-2]}.{lane}") for lane in ("a", "c")]
        async for block in joined(*lanes):
            yield block
    except AriRefused as refused:
        raise FetchFailed(NONE if refused.status == 404 else str(refused)) from None
    except OutcomeUnknown as unknown:
        # asking for a file changes nothing there
        raise RetryLater(str(unknown)) from None


async def delete(ari: Ari, source: str) -> None:
    """Delete a recording at Asterisk. Idempotent. Raises RetryLater, CredentialsRefused."""
    for name in _names(source):
        try:
            with suppress(AriRefused):
                await ari.ask("DELETE", f"/recordings/stored/{part(name)}")
        except OutcomeUnknown as unknown:
            raise RetryLater(str(unknown)) from None


async def _finished(ari: Ari, source: str) -> None:
    for name in _names(source):
        with suppress(AriRefused):
            await ari.ask("GET", f"/recordings/live/{part(name)}")
            raise RetryLater("Asterisk is still recording.")


async def _lane(ari: Ari, name: str) -> Lane:
    try:
        await ari.ask("GET", f"/recordings/stored/{part(name)}")
    except AriRefused:
        return Lane(None)
    return Lane(aiter(ari.file(_file(name))))


def _names(source: str) -> list[str]:
    return [f"{source[:-2]}.a", f"{source[:-2]}.c"] if source.endswith(".*") else [source]


def _file(name: str) -> str:
    return f"/recordings/stored/{part(name)}/file"

"""Find every mail of a mailbox once: sweeps over UIDs are the truth, IDLE is only the doorbell.

A sweep asks for the UIDs above the last one seen, so it does not matter who has read a mail or how its flags changed.
Mails come in batches bounded by number and bytes; the last of a batch is yielded with the cursor to resume after it, so
that the hub stores a batch at once. The next is fetched meanwhile.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from connectors.email.cursor import MailCursor
from connectors.email.imap import FolderRefused, Imap
from connectors.email.imap_answers import Listed
from connectors.email.settings import EmailSettings
from hub.contract import RawEvent

log = logging.getLogger(__name__)

_BATCH = 200
"""Mails in one FETCH."""
_BATCH_BYTES = 8 * 2**20
_WITHOUT_IDLE = 30.0
"""Seconds between looks where the server has no IDLE."""

Item = tuple[RawEvent | None, str | None]


@dataclass(frozen=True, slots=True)
class _Mail:
    listed: Listed
    body: bytes
    header_only: bool = False


class Receiver:
    """What arrives in one mailbox, over one connection."""

    def __init__(self, imap: Imap, settings: EmailSettings, now: Callable[[], datetime], *, since: datetime) -> None:
        self._imap = imap
        self._settings = settings
        self._now = now
        self._limit = settings.max_mail_mb * 2**20
        self._kinds = {folder: f"mail/{folder}" for folder in settings.more_folders}
        self._cursor = MailCursor.load(None, since=since)
        self._since = since
        self._refused: set[str] = set()

    async def find_sent_folder(self) -> None:
        """Learn which folder holds the sent mail; a mailbox without one is read without it."""
        sent = self._settings.sent_folder or await self._imap.sent_folder()
        if sent:
            self._kinds[sent] = "mail/Sent"
        # Opened last, so that it is the one whose doorbell we hear.
        self._kinds.pop(self._settings.folder, None)
        self._kinds[self._settings.folder] = "mail/INBOX"

    async def events(self, cursor: str | None) -> AsyncGenerator[Item, None]:
        """Yield every mail with the cursor after it. Ends only by cancellation or an error."""
        self._cursor = MailCursor.load(cursor, since=self._since)
        loop = asyncio.get_running_loop()
        yield None, self._cursor.dump()
        while True:
            next_sweep = loop.time() + self._settings.sweep_minutes * 60
            for folder in self._kinds:
                async with aclosing(self._sweep(folder)) as found:
                    async for item in found:
                        yield item
            while (left := next_sweep - loop.time()) > 0:
                if await self._imap.wait_for_mail(min(left, self._patience())):
                    async with aclosing(self._new_mail(self._settings.folder)) as found:
                        async for item in found:
                            yield item

    def _patience(self) -> float:
        return self._settings.idle_minutes * 60 if "IDLE" in self._imap.capabilities else _WITHOUT_IDLE

    async def _sweep(self, folder: str) -> AsyncGenerator[Item, None]:
        """Open a folder and yield what is new in it. A side folder that is gone does not stop the others."""
        try:
            opened = await self._imap.examine(folder)
        except FolderRefused as error:
            if folder == self._settings.folder:
                raise
            if folder not in self._refused:
                log.warning("a folder cannot be read", extra={"folder": folder, "why": str(error)})
                self._refused.add(folder)
            return
        before = self._cursor.folders.get(folder)
        uidnext = opened.uidnext or await self._imap.highest_uid() + 1
        self._cursor = self._cursor.opened(folder, uidvalidity=opened.uidvalidity, uidnext=uidnext)
        state = self._cursor.folders[folder]
        if before is not None and before.uidvalidity != state.uidvalidity:
            log.warning("the mail server renumbered a folder; it is read again", extra={"folder": folder})
        untouched = opened.modseq and opened.modseq == state.modseq
        if not untouched and uidnext > state.uid + 1:
            async with aclosing(self._new_mail(folder)) as found:
                async for item in found:
                    yield item
        settled = self._cursor.settled(folder, modseq=opened.modseq)
        if settled != self._cursor:
            self._cursor = settled
            yield None, self._cursor.dump()

    async def _new_mail(self, folder: str) -> AsyncGenerator[Item, None]:
        """Yield the mails above the last UID of the open folder."""
        state = self._cursor.folders[folder]
        since = self._cursor.since if state.first_scan_until else None
        uids = await self._imap.search(state.uid, since)
        async with aclosing(_one_ahead(self._batches(folder, uids))) as batches:
            async for batch in batches:
                for place, mail in enumerate(batch, 1):
                    self._cursor = self._cursor.passed(folder, mail.listed.uid)
                    yield self._raw(folder, mail), self._cursor.dump() if place == len(batch) else None

    def _raw(self, folder: str, mail: _Mail) -> RawEvent:
        headers = {
            "uid": str(mail.listed.uid),
            "uidvalidity": str(self._cursor.folders[folder].uidvalidity),
            "folder": folder,
        }
        if mail.listed.arrived is not None:
            headers["internaldate"] = mail.listed.arrived.isoformat()
        if mail.header_only:
            headers |= {"x-oversized": str(mail.listed.size), "x-limit": str(self._limit)}
        return RawEvent(kind=self._kinds[folder], body=mail.body, headers=headers, received_at=self._now())

    async def _batches(self, folder: str, uids: Sequence[int]) -> AsyncGenerator[list[_Mail], None]:
        for start in range(0, len(uids), _BATCH):
            window = await self._imap.sizes(uids[start : start + _BATCH])
            wanted = [listed for listed in window if self._cursor.wants(folder, listed.uid, listed.arrived)]
            for group in _groups(wanted, self._limit):
                yield await self._fetch(group)

    async def _fetch(self, group: Sequence[Listed]) -> list[_Mail]:
        too_large = group[0].size > self._limit
        uids = [listed.uid for listed in group]
        bodies = {} if too_large else await self._imap.bodies(uids)
        missing = [uid for uid in uids if uid not in bodies]
        # Some servers cannot hand out a damaged mail: its header at least shows that it came. Vanished ones give none.
        headers = await self._imap.bodies(missing, header_only=True) if missing else {}
        return [
            _Mail(listed, bodies[listed.uid])
            if listed.uid in bodies
            else _Mail(listed, headers[listed.uid], header_only=True)
            for listed in group
            if listed.uid in bodies or listed.uid in headers
        ]


def _groups(mails: Sequence[Listed], limit: int) -> Iterator[list[Listed]]:
    """Cut mails into groups of at most eight megabytes; one too large to fetch stands alone."""
    group: list[Listed] = []
    size = 0
    for listed in mails:
        if group and (size + listed.size > _BATCH_BYTES or listed.size > limit):
            yield group
            group, size = [], 0
        group.append(listed)
        size += listed.size
        if listed.size > limit:
            yield group
            group, size = [], 0
    if group:
        yield group


async def _one_ahead(batches: AsyncGenerator[list[_Mail], None]) -> AsyncGenerator[list[_Mail], None]:
    """Yield batches, having the next one fetched meanwhile."""
    coming = asyncio.ensure_future(anext(batches, None))
    try:
        while (batch := await coming) is not None:
            coming = asyncio.ensure_future(anext(batches, None))
            yield batch
    finally:
        coming.cancel()
        await asyncio.wait({coming})
        await batches.aclose()

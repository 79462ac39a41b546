"""Hears that a mailed report came back: a mail server may take it first and find nobody to give it to."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid5

from hub.contract.connector import Connector
from hub.contract.errors import UnparseableEvent
from hub.contract.events import DeliveryReceipt, RawEvent
from hub.domain.delivery import DeliveryState
from hub.domain.errors import Invalid
from hub.domain.ids import ChannelId, DeliveryId
from hub.domain.journal import RawState, StoredEvent
from hub.domain.reports.saved import SavedReport
from hub.ports import Storage
from hub.services.reports.saving import check_mail_channel
from hub.services.reports.words import words_of

LISTENED_FOR = timedelta(days=6)
"""Mail servers give up after five days at most: https://www.rfc-editor.org/rfc/rfc5321#section-4.5.4.1"""


def delivery_of(report: SavedReport, sent_at: datetime) -> DeliveryId:
    """Return the delivery a report is sent as at this moment; the same every time."""
    return DeliveryId(uuid5(report.id, str(int(sent_at.timestamp()))))


async def hear_back(storage: Storage, connector_of: Callable[[ChannelId], Connector | None], now: datetime) -> int:
    """Say of the reports that came back why; returns how many there were.

    What a provider tells of a mail that is no message of a conversation is parked, so it is looked for there.
    """
    async with storage.read() as uow:
        reports = [one for one in await uow.saved_reports.of(None) if _listens(one, now)]
    return sum([await _hear(storage, connector_of, report, now) for report in reports])


def _listens(report: SavedReport, now: datetime) -> bool:
    return report.sent_at is not None and now - report.sent_at < LISTENED_FOR


async def _hear(
    storage: Storage, connector_of: Callable[[ChannelId], Connector | None], report: SavedReport, now: datetime
) -> bool:
    async with storage.read() as uow:
        owner = await uow.users.get(report.owner_id)
        words = words_of(owner.language if owner is not None else "en")
        try:
            channel_id = await check_mail_channel(uow, report.channel_id, words)
        except Invalid:
            return False
    connector = connector_of(channel_id)
    if connector is None or report.sent_at is None:
        return False
    mail_id = connector.new_message_id(delivery_of(report, report.sent_at))
    if mail_id is None:
        return False
    async with storage.begin() as uow:
        seqs = await uow.journal.unpark(channel_id, [mail_id])
        if not seqs:
            return False
        told = await uow.journal.get_many(seqs)
        await uow.journal.settle(seqs, RawState.done, at=now)
        found = await uow.saved_reports.get(report.id)
        failed = [
            words.say("file.problems.bounced", recipient=one.recipient or "—", reason=one.reason or one.code or "—")
            for one in _receipts(connector, told)
            if one.external_id == mail_id and one.state is DeliveryState.failed
        ]
        if found is None or found.sent_at != report.sent_at or not failed:
            return False
        await uow.saved_reports.save(replace(found, problem=" ".join(dict.fromkeys(failed))))
    return True


def _receipts(connector: Connector, told: Iterable[StoredEvent]) -> Iterable[DeliveryReceipt]:
    for stored in told:
        raw = RawEvent(
            kind=stored.kind,
            body=stored.body,
            headers=stored.headers,
            query=stored.query,
            received_at=stored.received_at,
            seq=stored.seq,
        )
        try:
            events = connector.parse(raw)
        except UnparseableEvent:
            continue
        yield from (event for event in events if isinstance(event, DeliveryReceipt))

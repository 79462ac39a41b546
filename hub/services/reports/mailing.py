"""Sends saved reports by mail on their schedule, once, by a mail channel of the hub; failures are said in words."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from hub.contract.connector import Connector
from hub.contract.errors import ConnectorError, OutcomeUnknown, RetryLater
from hub.contract.outbound import OutboundAttachment, OutboundMessage
from hub.domain.errors import HubError, Invalid
from hub.domain.ids import ChannelId, ConversationId, ExternalId
from hub.domain.reports.saved import MailFormat, SavedReport, next_sending
from hub.domain.user import User
from hub.ports import Storage
from hub.services.reports.bounces import delivery_of
from hub.services.reports.paper import pdf_of
from hub.services.reports.saving import check_mail_channel
from hub.services.reports.words import Words, words_of
from hub.services.reports.writing import write

SEND_TIME = 60.0
AGAIN_AFTER = timedelta(minutes=10)
ConnectorOf = Callable[[ChannelId], Connector | None]
"""Returns a channel's connector; None while it cannot send."""


async def send_due(storage: Storage, connector_of: ConnectorOf, now: datetime, *, limit: int = 20) -> int:
    """Send the reports whose time has come; returns how many were tried.

    Each is set to its next time before it is sent, so that a stop in the middle sends none twice.
    """
    async with storage.read() as uow:
        due = await uow.saved_reports.due(now, limit)
    for report in due:
        claimed = await _claimed(storage, report, now)
        if claimed is not None:
            await _send(storage, connector_of, claimed, now)
    return len(due)


async def _claimed(storage: Storage, report: SavedReport, now: datetime) -> SavedReport | None:
    async with storage.begin() as uow:
        found = await uow.saved_reports.get(report.id)
        if found is None or found.next_at is None or found.next_at > now:
            return None
        owner = await uow.users.get(found.owner_id)
        stopped = words_of(owner.language if owner is not None else "en").say("file.problems.stopped")
        zone = str(found.asked.get("zone", "UTC"))
        claimed = replace(found, next_at=next_sending(found.schedule, zone, now), problem=stopped)
        await uow.saved_reports.save(claimed)
    return claimed


async def _send(storage: Storage, connector_of: ConnectorOf, report: SavedReport, now: datetime) -> None:
    async with storage.read() as uow:
        people = await uow.users.all()
    languages = {person.id: person.language for person in people}
    owners = words_of(languages.get(report.owner_id, "en"))

    async def ended(problem: str = "", *, again: bool = False) -> None:
        async with storage.begin() as uow:
            # Read anew: its owner may have changed it while it was sent.
            found = await uow.saved_reports.get(report.id)
            if found is None:
                return
            at = now + AGAIN_AFTER if again and found.next_at == report.next_at else found.next_at
            sent_at = found.sent_at if problem else now
            await uow.saved_reports.save(replace(found, next_at=at, sent_at=sent_at, problem=problem))

    try:
        async with storage.read() as uow:
            channel_id = await check_mail_channel(uow, report.channel_id, owners)
        connector = connector_of(channel_id)
        if connector is None:
            raise Invalid(owners.say("file.problems.channel"))
        message = await _message(storage, connector, report, words_of(language_of(report, people)), now)
        async with asyncio.timeout(SEND_TIME):
            await connector.send(message)
    except RetryLater as error:
        await ended(owners.say("file.problems.later", problem=str(error)), again=True)
    except (TimeoutError, OutcomeUnknown):
        await ended(owners.say("file.problems.unsure"))
    except (HubError, ConnectorError) as error:
        await ended(str(error))
    except Exception as error:
        await ended(owners.say("file.problems.unsent", problem=str(error) or type(error).__name__))
        raise
    else:
        await ended()


def language_of(report: SavedReport, people: Iterable[User]) -> str:
    """Return the language a report is mailed in.

    It is that of its recipients who work here, if they share one, else its owner's.
    """
    addresses = {address.casefold() for address in report.recipients}
    theirs = {person.language for person in people if person.email.casefold() in addresses}
    if len(theirs) == 1:
        return theirs.pop()
    return next((person.language for person in people if person.id == report.owner_id), "en")


async def _message(
    storage: Storage, connector: Connector, report: SavedReport, words: Words, now: datetime
) -> OutboundMessage:
    written = await write(storage, report, words, now)
    if report.format is MailFormat.pdf:
        content = await asyncio.to_thread(
            pdf_of, written.subject, written.lead, written.tables, language=words.language
        )
        name, media = "report.pdf", "application/pdf"
    else:
        content, name, media = written.csv, "report.csv", "text/csv"

    async def opened() -> AsyncIterator[bytes]:
        yield content

    delivery_id = delivery_of(report, now)
    mail_id = connector.new_message_id(delivery_id)
    first, *others = report.recipients
    return OutboundMessage(
        delivery_id=delivery_id,
        conversation_id=ConversationId(uuid4()),
        message_id=mail_id,
        thread=mail_id or ExternalId(str(uuid4())),
        recipient=first,
        cc=tuple(others),
        subject=written.subject,
        text=written.text,
        attachments=(OutboundAttachment(name=name, media_type=media, size=len(content), open=opened),),
        auto=True,
        report=True,
    )

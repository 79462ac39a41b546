"""Sends saved reports by mail on their schedule, once, by a mail channel of the hub; failures are said in words."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from hub.contract.connector import Connector
from hub.contract.errors import ConnectorError, OutcomeUnknown, RetryLater
from hub.contract.outbound import OutboundAttachment, OutboundMessage
from hub.domain.errors import HubError, Invalid
from hub.domain.ids import ChannelId, ConversationId, DeliveryId, ExternalId
from hub.domain.reports.answers import Value
from hub.domain.reports.figures import FIGURES, Unit
from hub.domain.reports.period import Period
from hub.domain.reports.saved import MailFormat, SavedReport, next_sending
from hub.ports import Storage
from hub.services.reports import asked as asking
from hub.services.reports import dashboard
from hub.services.reports.files import csv_text
from hub.services.reports.groups import Group
from hub.services.reports.paper import pdf_of
from hub.services.reports.saving import check_mail_channel

SEND_TIME = 60.0
AGAIN_AFTER = timedelta(minutes=10)
STOPPED = "The hub was stopped while it sent this report; it may have gone out. It is sent again at its next time."
_COLUMNS = ("Figure", "n", "Value", "Median", "90 %", "Longest", "Mean", "Before", "How it is counted")

ConnectorOf = Callable[[ChannelId], Connector | None]
"""Returns a channel's connector; None while it cannot send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A report as it is mailed."""

    subject: str
    text: str
    rows: Sequence[Sequence[str]]
    groups: Sequence[tuple[str, Sequence[Sequence[str]]]]
    """Tables by channel, team and agent, each under its heading."""


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
        zone = str(found.asked.get("zone", "UTC"))
        claimed = replace(found, next_at=next_sending(found.schedule, zone, now), problem=STOPPED)
        await uow.saved_reports.save(claimed)
    return claimed


async def _send(storage: Storage, connector_of: ConnectorOf, report: SavedReport, now: datetime) -> None:
    done = report
    try:
        async with storage.read() as uow:
            channel_id = await check_mail_channel(uow, report.channel_id)
        connector = connector_of(channel_id)
        if connector is None:
            raise Invalid("The mail channel cannot send now: look at its connection under Settings, Channels.")
        message = await _message(storage, connector, report, now)
        async with asyncio.timeout(SEND_TIME):
            await connector.send(message)
    except RetryLater as error:
        done = replace(report, next_at=now + AGAIN_AFTER, problem=f"{error} The hub tries again in ten minutes.")
    except (TimeoutError, OutcomeUnknown):
        done = replace(report, problem="The mail server did not say whether it took the report; it may have gone out.")
    except (HubError, ConnectorError) as error:
        done = replace(report, problem=str(error))
    else:
        done = replace(report, sent_at=now, problem="")
    async with storage.begin() as uow:
        if await uow.saved_reports.get(report.id) is not None:
            await uow.saved_reports.save(done)


async def _message(storage: Storage, connector: Connector, report: SavedReport, now: datetime) -> OutboundMessage:
    written = await write(storage, report, now)
    if report.format is MailFormat.pdf:
        content = await asyncio.to_thread(pdf_of, written.subject, written.text, _COLUMNS, written.rows, written.groups)
        name, media = "report.pdf", "application/pdf"
    else:
        content, name, media = csv_text(_COLUMNS, written.rows), "report.csv", "text/csv"

    async def opened() -> AsyncIterator[bytes]:
        yield content

    delivery_id = DeliveryId(uuid4())
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
    )


async def write(storage: Storage, report: SavedReport, now: datetime) -> Written:
    """Return a report in words and rows. Raises Invalid for what cannot be asked any more."""
    period, of = asking.read(report.asked, now)
    found = await dashboard.dashboard(storage.reports, period, of, now, compare=True)
    names = await _names(storage)
    when = _when(period)
    values = [value for value in found.values if value.n]
    lines = [f"{FIGURES[value.figure].name}: {_said(value)}" for value in values]
    waiting = f"Waiting now: {found.open.n}" + (
        f", the longest since {_at(found.open.oldest, period)}" if found.open.oldest else ""
    )
    nothing = "Nothing happened in this period." if not values else ""
    text = "\n".join([f"{report.name}, {when} ({period.zone})", "", *lines, nothing, waiting, *found.notes])
    groups = [
        (title, [_line(names, group) for group in groups])
        for title, groups in (("Channels", found.channels), ("Teams", found.teams), ("Agents", found.agents))
        if groups
    ]
    return Written(subject=f"{report.name}: {when}", text=text, rows=[_row(value) for value in values], groups=groups)


def _line(names: Mapping[UUID, str], group: Group) -> Sequence[str]:
    values = {value.figure: value for value in group.values}
    reply = values.get("reply")
    name = names.get(group.id, "—") if group.id is not None else group.name or "—"
    replies = [str(reply.n), length(reply.p50), length(reply.p90)] if reply is not None else ["—"] * 3
    return [name, *replies, str(group.open) if group.open is not None else "—"]


def _row(value: Value) -> Sequence[str]:
    figure = FIGURES[value.figure]
    before = "" if value.before is None else _said(value.before)
    main = "" if figure.unit is Unit.seconds else _said(value)
    times = [length(one) for one in (value.p50, value.p90, value.longest, value.mean)]
    shown = times if figure.unit is Unit.seconds else [""] * 4
    return [figure.name, str(value.n), main, *shown, before, figure.formula]


def _said(value: Value) -> str:
    match FIGURES[value.figure].unit:
        case Unit.number:
            return f"{value.n}"
        case Unit.share:
            return "—" if value.value is None else f"{value.value:.0%} of {value.n}"
        case Unit.seconds:
            if value.p50 is None:
                return "—"
            most = f"90 % within {length(value.p90)}, at most {length(value.longest)}"
            return f"half within {length(value.p50)}, {most} (n = {value.n})"


def length(seconds: float | None) -> str:
    """Return a duration as people say it: 45 s, 12 min, 3 h 5 min, 2 d 4 h; “—” for none."""
    if seconds is None:
        return "—"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, _ = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def _when(period: Period) -> str:
    first = period.span.start.astimezone(period.local)
    last = (period.span.end - timedelta(seconds=1)).astimezone(period.local)
    return f"{first:%Y-%m-%d}" if first.date() == last.date() else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"


def _at(time: datetime | None, period: Period) -> str:
    return "" if time is None else f"{time.astimezone(period.local):%Y-%m-%d %H:%M}"


async def _names(storage: Storage) -> Mapping[UUID, str]:
    async with storage.read() as uow:
        found: dict[UUID, str] = {channel.id: channel.name for channel in await uow.channels.all()}
        found |= {team.id: team.name for team in await uow.users.teams()}
        found |= {user.id: user.name for user in await uow.users.all()}
    return found

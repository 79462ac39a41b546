"""A database with something in every room: for tests that copy all of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from hub.domain.changes import Change, ChangeKind
from hub.domain.contact import IdentityAction, IdentityChange
from hub.domain.delivery import DeliveryState
from hub.domain.hooks import Hook
from hub.domain.ids import ContactPointId, ExternalId, MergeId, TeamId
from hub.domain.interaction import Direction
from hub.domain.journal import RawState, Tally
from hub.domain.reports.saved import Export, ExportFormat, ExportId, ReportId, SavedReport
from hub.domain.saved_replies import SavedReply, SavedReplyId
from hub.domain.template import Template, TemplateField
from hub.domain.user import Role, Team
from hub.domain.views import Draft, TokenView
from hub.services.reports.rollup import count_all
from storage import tables
from storage.database import SqlStorage
from storage.engine import database_url as with_driver
from storage.types import Id, UtcDateTime, Word, Words
from tests.storage.builders import (
    NOW,
    Thread,
    attachment,
    begin_thread,
    contact,
    delivery,
    happened,
    later,
    message,
    point,
    raw,
    reply,
    user,
    uuid7,
)

TEXTS = (
    "Where is my order?",
    "Gdzie jest moje zamówienie? Zażółć gęślą jaźń",
    "주문이 어디에 있나요 👩‍🔧",
    "a\nb\t\u2028\x01 'x'",
)
SECRET = "123456789:a-token-nobody-may-read"


async def fill_storage(storage: SqlStorage) -> Thread:
    """Store a little of everything; returns the thread it is about."""
    async with storage.begin() as uow:
        team = Team(id=TeamId(uuid7()), name="Wsparcie")
        ann = user(role=Role.admin)
        await uow.users.add(ann, "a hash")
        await uow.users.save_team(team, [ann.id])
        await uow.users.add_session("a session's hash", ann.id, now=NOW, expires_at=later(hours=1))
        await uow.users.add_failure("somebody", NOW)
        thread = await begin_thread(uow, tags=("vip", "zwrot"), subject="Order 7")
        await uow.channels.update_settings(thread.channel.id, {"token": SECRET, "mode": "polling"}, {"token"})
        newer = contact(name="Kim Min-jun", fields=(("plan", "gold"),))
        await uow.contacts.add(newer)
        # Shown as a contact that was stored later: no order of rows satisfies every reference.
        await uow.contacts.set_canonical([thread.contact.id], newer.id)
        await uow.contacts.add_point(point(newer, namespace="phone", address="+4915112345678", verified=True))
        await uow.contacts.log(
            IdentityChange(
                id=MergeId(uuid7()),
                action=IdentityAction.merge,
                contact_id=newer.id,
                other_id=thread.contact.id,
                point_ids=(ContactPointId(thread.point.id),),
                reason="same number",
                by=ann.id,
                at=NOW,
            )
        )
        for number, text in enumerate(TEXTS):
            entry = message(
                thread.conversation,
                text=text,
                occurred_at=later(minutes=number, microseconds=number),
                data={"place": {"latitude": 52.25, "longitude": -0.5}, "b": [1, None, True], "a": "ż"},
            )
            await uow.timeline.add(entry)
            await uow.timeline.add_attachment(
                attachment(entry, name=f"{text[:3]}.pdf", blob=f"file/{number}", size=3, duration=1.5)
            )
        for state in DeliveryState:
            answer = reply(thread.conversation, direction=Direction.outbound, text=f"It is {state}.")
            await uow.timeline.add(answer)
            waiting = delivery(answer, state=state, external_id=ExternalId(f"out-{state}"))
            await uow.outbox.add(waiting, happened(state, reason="because"))
            await uow.outbox.set_ids(waiting, [ExternalId(f"Out-{state}")])
        await uow.conversations.save_draft(
            Draft(
                conversation_id=thread.conversation.id,
                user_id=ann.id,
                text="I shall",
                cc=("boss@example.org",),
                updated_at=later(seconds=3),
            )
        )
        await uow.conversations.mark_read(thread.conversation.id, ann.id, NOW)
        await uow.hooks.save(
            Hook(
                id=UUID(int=7),
                url="https://example.org/hook",
                secret="hook secret",
                kinds=(ChangeKind.users_changed,),
                created_at=NOW,
            )
        )
        token = TokenView(
            id="t1",
            name="Shop",
            actions=("contacts_read",),
            created_at=NOW,
            created_by=ann.id,
            last_used_at=None,
            expires_at=later(days=9),
        )
        await uow.users.add_token(token, "a token's hash")
        await uow.journal.count(thread.channel.id, Tally(shown=3, known=1, recovered=2), at=NOW)
        form = Template(
            key="form/pl",
            name="form",
            language="pl",
            body="Cześć {{1}}",
            fields=(TemplateField(key="1", title="imię"),),
        )
        await uow.templates.replace(thread.channel.id, [form], at=NOW)
        await uow.saved_replies.save(
            SavedReply(
                id=SavedReplyId(UUID(int=10)),
                name="Powitanie",
                shortcut="cześć",
                texts={"pl": "Cześć {{ contact.name }}", "en": "Hello"},
                team_ids=(team.id,),
                created_at=NOW,
                updated_at=NOW,
            )
        )
        asked = {"period": "last_week", "zone": "Asia/Seoul"}
        await uow.saved_reports.save(
            SavedReport(id=ReportId(UUID(int=8)), name="Weekly", asked=asked, owner_id=ann.id, created_at=NOW)
        )
        await uow.saved_reports.add_export(
            Export(id=ExportId(UUID(int=9)), owner_id=ann.id, asked=asked, format=ExportFormat.csv, created_at=NOW)
        )
        await uow.facts.put("first_admin", "yes")
        await uow.leases.acquire("lease", "node", NOW, timedelta(minutes=1))
        uow.note(Change(kind=ChangeKind.channel_changed, subject_id=thread.channel.id))
    seqs = await storage.journal.append(
        thread.channel.id, [raw(b"\x00\xff not text"), raw(b"{}", headers={"x": "é"}), raw(b"last")], cursor="7@9"
    )
    async with storage.begin() as uow:
        # The newest row of the journal is gone, but its number must never be given again.
        await uow.journal.set_unparsed(seqs[0], "unknown kind", at=NOW)
        await uow.journal.park(thread.channel.id, ExternalId("not here yet"), seqs[1])
        await uow.journal.settle(seqs[-1:], RawState.done, at=NOW)
        assert await uow.journal.prune(later(days=1), 10) == 1
    await count_all(storage.rollups)
    assert await storage.rollups.mark_everything() > 0
    return thread


async def fill_the_rest(url: str) -> None:
    """Put one made-up row into every table that is still empty: no table, old or new, is left out of a copy unseen."""
    engine = create_async_engine(with_driver(url))
    async with engine.begin() as connection:
        for table in tables.metadata.sorted_tables:
            if (await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one():
                continue
            row = {}
            for column in table.columns:
                row[column.name] = made_up(column)
                for key in column.foreign_keys:
                    found = (await connection.execute(sa.select(key.column).limit(1))).scalar()
                    row[column.name] = found
            await connection.execute(sa.insert(table), row)
    await engine.dispose()


def made_up(column: sa.Column[Any]) -> object:
    """Return a value of a column's type."""
    made: dict[type, Callable[[], object]] = {
        Id: uuid7,
        UtcDateTime: lambda: NOW,
        sa.Boolean: lambda: True,
        sa.Date: NOW.date,
        sa.LargeBinary: lambda: b"bytes",
        sa.Float: lambda: 1.5,
        sa.Integer: lambda: 1,
        sa.String: lambda: "words",
        sa.Text: lambda: "words",
    }
    kind = column.type
    if isinstance(kind, Word):
        return next(iter(kind.words))
    if isinstance(kind, Words):
        return "words"
    found = next((make for known, make in made.items() if isinstance(kind, known)), dict)
    return found()

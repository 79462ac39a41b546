"""Erasing contacts with everything they sent and were sent, the raw events and the search index included."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hub.domain.contact import ContactState
from hub.domain.conversation import ConversationState
from hub.domain.errors import Conflict
from hub.domain.ids import ContactId
from storage import contact_search, message_search, portraits, records, tables, transcripts
from storage.engine import Session, chunked

c, p, v, i, a, raw = (
    tables.contacts,
    tables.contact_points,
    tables.conversations,
    tables.interactions,
    tables.attachments,
    tables.raw_events,
)
k, r = tables.calls, tables.recordings


async def erase_contacts(session: Session, contact_ids: Collection[ContactId]) -> Sequence[str]:
    """Erase contacts, their conversations, what they wrote elsewhere, and those raw events' contents.

    The rows of the journal stay, emptied, so that the ledger's counts still add up. Returns blob keys to delete:
    those nothing else uses, since equal files of several people are one blob.
    """
    blobs: list[str] = []
    for ids in chunked(contact_ids, 500):
        points = sa.select(p.c.id).where(p.c.contact_id.in_(ids))
        spoken = sa.or_(
            i.c.contact_point_id.in_(points),
            i.c.conversation_id.in_(sa.select(v.c.id).where(v.c.contact_point_id.in_(points))),
        )
        rows = await session.rows(sa.select(i.c.seq, i.c.journal_seq).where(spoken))
        files = await session.rows(
            sa.select(*records.attachment_keys).where(a.c.interaction_id.in_(sa.select(i.c.id).where(spoken)))
        )
        blobs += [key for row in files for key in row if key]
        blobs += await portraits.keys_of(session, ids)
        await _forget_recordings(session, points)
        await _empty_raw_events(session, [row[1] for row in rows if row[1] is not None])
        m = tables.call_marks
        told = sa.select(m.c.journal_seq).join(k, k.c.id == m.c.call_id).where(k.c.contact_point_id.in_(points))
        await _empty_raw_events(session, [row[0] for row in await session.rows(told) if row[0] is not None])
        await message_search.index.remove(session, [row[0] for row in rows])
        await session.run(sa.delete(i).where(i.c.contact_point_id.in_(points)))
        await session.run(sa.delete(v).where(v.c.contact_point_id.in_(points)))
        # Whoever was shown as one of them is shown as itself again.
        await session.run(sa.update(c).where(c.c.canonical_id.in_(ids), c.c.id.not_in(ids)).values(canonical_id=c.c.id))
        numbers = await session.rows(sa.delete(c).where(c.c.id.in_(ids)).returning(c.c.seq))
        await contact_search.remove(session, [row[0] for row in numbers])
        log = tables.identity_changes
        await session.run(sa.delete(log).where(sa.or_(log.c.contact_id.in_(ids), log.c.other_id.in_(ids))))
    return await _unused(session, blobs)


async def _forget_recordings(session: Session, points: sa.Select[Any]) -> None:
    """Take what was said in these contacts' calls out of the search; their files are swept within the hour.

    Raises Conflict if a recording of theirs is under legal hold.
    """
    theirs = sa.select(r.c.id).join(k, k.c.id == r.c.call_id).where(k.c.contact_point_id.in_(points))
    if await session.one(theirs.where(_held()).limit(1)) is not None:
        raise Conflict("A recording of this contact is under legal hold. End the hold first.")
    lines = tables.transcript_lines
    numbers = await session.rows(sa.select(lines.c.seq).where(lines.c.recording_id.in_(theirs)))
    await transcripts.index.remove(session, [row[0] for row in numbers])


def _held() -> sa.ColumnElement[bool]:
    """Return "the recording or its line is under legal hold"."""
    holds, rules = tables.recording_holds, tables.recording_rules
    return sa.or_(
        sa.exists().where(holds.c.recording_id == r.c.id),
        sa.exists().where(rules.c.channel_id == r.c.channel_id, rules.c.hold),
    )


async def _unused(session: Session, keys: Collection[str]) -> Sequence[str]:
    used: set[str] = set()
    for chunk in chunked(sorted(set(keys)), 5_000):
        rows = await session.rows(
            sa.select(*records.attachment_keys).where(sa.or_(*(key.in_(chunk) for key in records.attachment_keys)))
        )
        used.update(key for row in rows for key in row if key)
    return sorted(set(keys) - used)


async def _empty_raw_events(session: Session, seqs: Collection[int]) -> None:
    for chunk in chunked(seqs, 5_000):
        await session.run(sa.update(raw).where(raw.c.seq.in_(chunk)).values(body=b"", headers="{}", query="{}"))


async def expired(session: Session, now: datetime, limit: int) -> Sequence[ContactId]:
    """Return provisional contacts whose time is over and with whom nothing is open that anybody answered."""
    open_and_answered = (
        sa.exists()
        .where(v.c.contact_point_id == p.c.id, p.c.contact_id == c.c.id, v.c.state != ConversationState.resolved)
        .where(sa.exists().where(i.c.conversation_id == v.c.id, i.c.direction == "outbound"))
    )
    merged = c.alias("merged")
    rows = await session.rows(
        sa.select(c.c.id)
        .where(
            sa.text("contacts.state = 'provisional'"),
            c.c.expires_at < now,
            c.c.state == ContactState.provisional,
            c.c.canonical_id == c.c.id,
            ~sa.exists().where(merged.c.canonical_id == c.c.id, merged.c.id != c.c.id),
            ~open_and_answered,
            ~sa.exists()
            .where(p.c.contact_id == c.c.id, k.c.contact_point_id == p.c.id, r.c.call_id == k.c.id)
            .where(_held()),
        )
        .order_by(c.c.expires_at)
        .limit(limit)
    )
    return [row[0] for row in rows]

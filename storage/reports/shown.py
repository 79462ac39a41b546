"""What is shown of the waits, call waits and calls behind figures: whose they are, their messages, their moments."""

from typing import Any

import sqlalchemy as sa

from hub.domain.debts import CallWaitEnd
from hub.domain.waiting import WaitEnd
from storage import tables
from storage.reports.of_waits import team_of

w, v, i, p, c, cw, ep, k = (
    tables.waits,
    tables.conversations,
    tables.interactions,
    tables.contact_points,
    tables.contacts,
    tables.call_waits,
    tables.episodes,
    tables.calls,
)
PREVIEW = 200
call_ended = sa.func.coalesce(k.c.answered_at, k.c.ended_at, type_=k.c.ended_at.type)
call_team = sa.func.coalesce(k.c.team_id, v.c.team_id, type_=k.c.team_id.type)
call_answered_by = sa.case((k.c.answered_at.is_not(None), k.c.agent_id), else_=sa.null())


def named(shown: Any) -> sa.ColumnElement[Any]:
    """Return what a contact is called: by us, by themselves, or by their address."""
    return sa.func.coalesce(sa.func.nullif(shown.c.name, ""), sa.func.nullif(p.c.name, ""), p.c.received).label("name")


def beginning(text: Any) -> sa.ColumnElement[Any]:
    """Return the beginning of a message."""
    return sa.func.substr(sa.func.coalesce(text, ""), 1, PREVIEW)


def waits_shown(due: Any) -> sa.Select[Any]:
    """Return a select of waits; `due` is until when what was wanted was wanted."""
    question, answer, shown = i.alias("question"), i.alias("answer"), c.alias("shown")
    return sa.select(
        w.c.id,
        w.c.id.label("question_id"),
        w.c.conversation_id,
        w.c.channel_id,
        team_of(w).label("team_id"),
        shown.c.id.label("contact_id"),
        named(shown),
        v.c.subject,
        beginning(question.c.text).label("question"),
        beginning(answer.c.text).label("answer"),
        w.c.started_at,
        w.c.ended_at,
        w.c.ended_by,
        w.c.ended_item,
        w.c.first,
        w.c.reopened,
        w.c.initiated_by_us,
        w.c.answered_by,
        w.c.bot_at,
        w.c.business_seconds,
        due.label("due_at"),
        ep.c.resolved_at,
    ).select_from(
        w.join(v, v.c.id == w.c.conversation_id)
        .join(p, p.c.id == v.c.contact_point_id)
        .join(c, c.c.id == p.c.contact_id)
        .join(shown, shown.c.id == c.c.canonical_id)
        .outerjoin(question, question.c.id == w.c.id)
        .outerjoin(answer, answer.c.id == w.c.ended_item)
        .outerjoin(ep, sa.and_(ep.c.conversation_id == w.c.conversation_id, ep.c.number == w.c.episode))
    )


def call_waits_shown() -> sa.Select[Any]:
    """Return a select of missed calls."""
    question, answer, shown = i.alias("question"), i.alias("answer"), c.alias("shown")
    ended_by = sa.case(
        (cw.c.ended_by.is_(None), sa.null()),
        (cw.c.ended_by == CallWaitEnd.customer_called_back, sa.literal(WaitEnd.closed.value)),
        else_=sa.literal(WaitEnd.reply.value),
    )
    return sa.select(
        cw.c.id,
        cw.c.id.label("question_id"),
        question.c.conversation_id,
        cw.c.channel_id,
        cw.c.team_id,
        shown.c.id.label("contact_id"),
        shown.c.name.label("name"),
        sa.literal("").label("subject"),
        beginning(question.c.text).label("question"),
        beginning(answer.c.text).label("answer"),
        cw.c.started_at,
        cw.c.ended_at,
        sa.type_coerce(ended_by, w.c.ended_by.type).label("ended_by"),
        cw.c.ended_item,
        sa.false().label("first"),
        sa.false().label("reopened"),
        sa.false().label("initiated_by_us"),
        cw.c.answered_by,
        sa.type_coerce(sa.null(), w.c.bot_at.type).label("bot_at"),
        sa.null().label("business_seconds"),
        cw.c.due_at,
        sa.type_coerce(sa.null(), w.c.due_at.type).label("resolved_at"),
    ).select_from(
        cw.join(c, c.c.id == cw.c.contact_id)
        .join(shown, shown.c.id == c.c.canonical_id)
        .join(question, question.c.id == cw.c.id)
        .outerjoin(answer, answer.c.id == cw.c.ended_item)
    )


def calls_shown() -> sa.Select[Any]:
    """Return a select of calls that entered a queue."""
    question, shown, answered = i.alias("question"), c.alias("shown"), k.c.answered_at.is_not(None)
    ended_by = sa.case(
        (answered, sa.literal(WaitEnd.reply.value)),
        (k.c.ended_at.is_not(None), sa.literal(WaitEnd.closed.value)),
        else_=sa.null(),
    )
    return sa.select(
        k.c.id,
        k.c.conversation_id,
        k.c.channel_id,
        call_team.label("team_id"),
        shown.c.id.label("contact_id"),
        named(shown),
        v.c.subject,
        beginning(question.c.text).label("question"),
        k.c.interaction_id.label("question_id"),
        sa.literal("").label("answer"),
        k.c.queue_at.label("started_at"),
        call_ended.label("ended_at"),
        sa.type_coerce(ended_by, w.c.ended_by.type).label("ended_by"),
        sa.type_coerce(sa.null(), w.c.ended_item.type).label("ended_item"),
        sa.false().label("first"),
        sa.false().label("reopened"),
        sa.false().label("initiated_by_us"),
        call_answered_by.label("answered_by"),
        sa.type_coerce(sa.null(), w.c.bot_at.type).label("bot_at"),
        sa.null().label("business_seconds"),
        k.c.level_at.label("due_at"),
        sa.type_coerce(sa.null(), w.c.due_at.type).label("resolved_at"),
    ).select_from(
        k.join(v, v.c.id == k.c.conversation_id)
        .join(p, p.c.id == k.c.contact_point_id)
        .join(c, c.c.id == p.c.contact_id)
        .join(shown, shown.c.id == c.c.canonical_id)
        .outerjoin(question, question.c.id == k.c.interaction_id)
    )

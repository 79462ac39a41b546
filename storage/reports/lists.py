"""The waits behind figures: the very waits a cell counted, page by page, with their messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.debts import CallWaitEnd
from hub.domain.errors import Invalid
from hub.domain.interaction import InteractionKind
from hub.domain.reports.figures import FIGURES, Cohort, Figure
from hub.domain.reports.lists import ReportWait, WaitList
from hub.domain.views import Page
from hub.domain.waiting import WaitEnd
from storage import cursors, tables
from storage.engine import Database
from storage.reports.facts import before_of_agent, reply_before, team_of
from storage.reports.open_waits import has_source, has_tag
from storage.session import Session

w, v, i, p, c, cw, ep = (
    tables.waits,
    tables.conversations,
    tables.interactions,
    tables.contact_points,
    tables.contacts,
    tables.call_waits,
    tables.episodes,
)
PREVIEW = 200
_NONE = (WaitEnd.void, WaitEnd.merged)


@dataclass(frozen=True, slots=True)
class _Source:
    """A table of waits and how its columns are called."""

    table: sa.Table
    select: sa.Select[Any]
    order: Any
    newest_first: bool


class WaitLists:
    """The lists behind figures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waits(self, asked: WaitList, *, cursor: str | None, limit: int) -> Page[ReportWait]:
        figure = _figure(asked)
        async with self._database.read() as session:
            source = _source(asked, figure, session)
            t, statement = source.table, source.select
            if cursor:
                place = cursors.after(source.order, t.c.id, *cursors.decode(cursor, datetime, UUID))
                here = sa.tuple_(source.order, t.c.id)
                statement = statement.where(here < place if source.newest_first else here > place)
            keys = (source.order, t.c.id)
            statement = statement.order_by(*(key.desc() if source.newest_first else key for key in keys))
            rows = await session.rows(statement.limit(limit + 1))
        items = [_wait(row) for row in rows[:limit]]
        more = None
        if len(rows) > limit:
            more = cursors.encode(rows[limit - 1].place, rows[limit - 1].id)
        return Page(items=tuple(items), next=more)

    async def count_waits(self, asked: WaitList) -> int:
        figure = _figure(asked)
        async with self._database.read() as session:
            inner = _source(asked, figure, session).select.subquery()
            return int(await session.value(sa.select(sa.func.count()).select_from(inner)))


def _figure(asked: WaitList) -> Figure:
    figure = FIGURES.get(asked.figure)
    if figure is None or not figure.opens:
        raise Invalid(f"There is no list of waits behind {asked.figure[:64]!r}.")
    if asked.selection.agent_ids and not figure.by_agent:
        raise Invalid(f"“{figure.name}” belongs to no agent: nobody has answered yet. Take the filter by agent away.")
    return figure


def _source(asked: WaitList, figure: Figure, session: Session) -> _Source:
    calls = figure.key in _CALLS
    t = cw if calls else w
    order = _ORDER.get(figure.key, t.c.ended_at if figure.cohort is Cohort.ended else t.c.started_at)
    statement = (_of_calls() if calls else _of_waits()).where(*(_CALLS if calls else _WAITS)[figure.key])
    statement = statement.add_columns(order.label("place"))
    if figure.cohort is not Cohort.now:
        statement = statement.where(order >= asked.span.start, order < asked.span.end)
    if figure.key == "attainment":
        statement = statement.where(sa.or_(w.c.ended_at.is_not(None), w.c.due_at <= asked.now))
    statement = statement.where(*_selected(asked, figure, t, session))
    if asked.at_least is not None and figure.cohort is not Cohort.now:
        statement = statement.where(_seconds(t, session) >= asked.at_least)
    return _Source(t, statement, order, figure.cohort is not Cohort.now)


def _seconds(t: sa.Table, session: Session) -> Any:
    if session.postgres:
        return sa.extract("epoch", t.c.ended_at) - sa.extract("epoch", t.c.started_at)
    ended, started = sa.type_coerce(t.c.ended_at, sa.BigInteger), sa.type_coerce(t.c.started_at, sa.BigInteger)
    return (ended - started) / sa.literal(1_000_000.0)


def _selected(asked: WaitList, figure: Figure, t: sa.Table, session: Session) -> Sequence[sa.ColumnElement[bool]]:
    of = asked.selection
    found: list[sa.ColumnElement[bool]] = []
    of.facet()  # what no cell is cut by has no list either
    if of.channel_ids:
        found.append(t.c.channel_id.in_(of.channel_ids))
    if of.team_ids:
        found.append((cw.c.team_id if t is cw else team_of(w)).in_(of.team_ids))
    if of.agent_ids:
        found.append((v.c.assignee_id if figure.cohort is Cohort.now else t.c.answered_by).in_(of.agent_ids))
    if of.tag is not None:
        found.append(sa.false() if t is cw else has_tag(of.tag, session))
    if of.source is not None:
        found.append(c.c.source == of.source if t is cw else has_source(of.source))
    return found


_asked = i.alias("asked")
_not_void = sa.or_(w.c.ended_by.is_(None), w.c.ended_by.not_in(_NONE))
_replied = w.c.ended_by == WaitEnd.reply
_closed = w.c.ended_by == WaitEnd.closed
_botted = w.c.bot_at.is_not(None)
_message = sa.not_(sa.exists().where(_asked.c.id == w.c.id, _asked.c.kind == InteractionKind.call).correlate(w))
_in_hours = w.c.business_seconds.is_not(None)
_handed = sa.or_(_botted, w.c.handed_over_at.is_not(None))
_resolved = sa.and_(sa.not_(ep.c.void), ep.c.started_at == w.c.started_at)
_ORDER: dict[str, Any] = {"first_resolution": ep.c.first_resolved_at, "full_resolution": ep.c.resolved_at}
_WAITS: dict[str, Sequence[Any]] = {
    "waits_begun": (_not_void,),
    "waits_ended": (_not_void,),
    "returned": (_not_void, w.c.reopened),
    "first_response": (_replied, w.c.first, _message),
    "first_response_business": (_replied, w.c.first, _message, _in_hours),
    "later_reply": (_replied, sa.not_(w.c.first), _message),
    "reply": (_replied, _message),
    "reply_business": (_replied, _message, _in_hours),
    "first_answer": (w.c.first, sa.or_(_replied, sa.and_(_botted, _closed)), _message),
    "handover": (_replied, _handed, _message),
    "bot_handed_over": (_replied, _handed, _message),
    "contained": (_closed, _botted, w.c.handed_over_at.is_(None)),
    "containment": (
        sa.or_(
            sa.and_(_closed, _botted, w.c.handed_over_at.is_(None)),
            sa.and_(_replied, _message, sa.or_(_botted, w.c.handed_over_at.is_not(None))),
        ),
    ),
    "agent_reply": (_replied, w.c.agent_from.is_not(None), _message),
    "attainment": (
        _not_void,
        w.c.due_at.is_not(None),
        sa.or_(_replied, sa.and_(w.c.ended_at.is_not(None), w.c.ended_at > w.c.due_at), w.c.ended_at.is_(None)),
    ),
    "closed": (_closed,),
    "handled": (_replied, w.c.answered_by.is_not(None), sa.not_(before_of_agent(w))),
    "customer_reply": (_not_void, sa.not_(w.c.first), sa.not_(w.c.reopened), reply_before(w).is_not(None), _message),
    "first_resolution": (_resolved,),
    "full_resolution": (_resolved,),
    "waiting": (w.c.ended_at.is_(None), v.c.waiting_since.is_not(None)),
}
_CALLS: dict[str, Sequence[Any]] = {
    "missed": (),
    "callback": (cw.c.ended_by.in_([CallWaitEnd.callback, CallWaitEnd.message]),),
    "called_again": (cw.c.ended_by == CallWaitEnd.customer_called_back,),
}


def _of_waits() -> sa.Select[Any]:
    question, answer, shown = i.alias("question"), i.alias("answer"), c.alias("shown")
    return sa.select(
        w.c.id,
        w.c.conversation_id,
        w.c.channel_id,
        team_of(w).label("team_id"),
        shown.c.id.label("contact_id"),
        sa.func.coalesce(sa.func.nullif(shown.c.name, ""), sa.func.nullif(p.c.name, ""), p.c.received).label("name"),
        v.c.subject,
        sa.func.substr(sa.func.coalesce(question.c.text, ""), 1, PREVIEW).label("question"),
        sa.func.substr(sa.func.coalesce(answer.c.text, ""), 1, PREVIEW).label("answer"),
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
        w.c.due_at,
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


def _of_calls() -> sa.Select[Any]:
    question, answer, shown = i.alias("question"), i.alias("answer"), c.alias("shown")
    ended_by = sa.case(
        (cw.c.ended_by.is_(None), sa.null()),
        (cw.c.ended_by == CallWaitEnd.customer_called_back, sa.literal(WaitEnd.closed.value)),
        else_=sa.literal(WaitEnd.reply.value),
    )
    return sa.select(
        cw.c.id,
        question.c.conversation_id,
        cw.c.channel_id,
        cw.c.team_id,
        shown.c.id.label("contact_id"),
        shown.c.name.label("name"),
        sa.literal("").label("subject"),
        sa.func.substr(question.c.text, 1, PREVIEW).label("question"),
        sa.func.substr(sa.func.coalesce(answer.c.text, ""), 1, PREVIEW).label("answer"),
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
        sa.type_coerce(sa.null(), w.c.due_at.type).label("due_at"),
        sa.type_coerce(sa.null(), w.c.due_at.type).label("resolved_at"),
    ).select_from(
        cw.join(c, c.c.id == cw.c.contact_id)
        .join(shown, shown.c.id == c.c.canonical_id)
        .join(question, question.c.id == cw.c.id)
        .outerjoin(answer, answer.c.id == cw.c.ended_item)
    )


def _wait(row: Any) -> ReportWait:
    return ReportWait(
        id=row.id,
        conversation_id=row.conversation_id,
        channel_id=row.channel_id,
        team_id=row.team_id,
        contact_id=row.contact_id,
        contact_name=row.name,
        subject=row.subject,
        question=row.question,
        question_id=row.id,
        answer=row.answer,
        answer_id=row.ended_item,
        started_at=row.started_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        first=bool(row.first),
        reopened=bool(row.reopened),
        initiated_by_us=bool(row.initiated_by_us),
        answered_by=row.answered_by,
        bot_at=row.bot_at,
        business_seconds=row.business_seconds,
        due_at=row.due_at,
        resolved_at=row.resolved_at,
        seconds=None if row.ended_at is None else (row.ended_at - row.started_at).total_seconds(),
    )

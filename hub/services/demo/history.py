"""Lives through the story: customers' messages by the journal, the team's work by the services, in order of time."""

from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hub.contract.events import RawEvent
from hub.domain.conversation import ConversationState
from hub.domain.ids import ChannelId, ContactId, ConversationId, ExternalId, UserId
from hub.domain.views import ConversationFilter, ConversationRow
from hub.ports import BlobStore, Storage, UnitOfWork
from hub.services import conversations, identity
from hub.services.demo.outlets import Outlet, first_message
from hub.services.demo.steps import About, SamePerson, Says, Step, Story, Talk
from hub.services.demo.teamwork import Teamwork
from hub.services.demo.workspace import Workspace

SPAN, LAST_SPAN = timedelta(days=1), timedelta(minutes=30)
"""How much of the story is told at once, and how much of its last day; contacts are as old as the last message of the
span they first wrote in."""
_AT_ONCE = 60
"""Steps of the team in one transaction."""

At = Callable[[datetime], None]
"""Sets the time of the story: what is stored then was stored at that time."""
Drain = Callable[[], Awaitable[None]]
"""Reads the journal onto the timeline."""
Progress = Callable[[float], None]
"""Told which part of the story (0 to 1) is done."""


@dataclass(slots=True)
class _Course:
    """How far a talk has come, and the ids its next messages refer to."""

    talk: Talk
    outlet: Outlet
    left: deque[Step]
    thread: ExternalId | None = None
    conversation_id: ConversationId | None = None
    ids: dict[About, ExternalId] = field(default_factory=dict)

    def take(self, before: datetime, *, said: bool) -> Iterator[Step]:
        """Take the next steps that are all the customer's, or all the team's."""
        while self.left and self.left[0].at < before and isinstance(self.left[0], Says) is said:
            yield self.left.popleft()

    def known(self, about: About, message: ExternalId) -> None:
        """Remember a message by which later ones may name it."""
        self.ids[about] = self.ids[About.last] = message


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Tells a story to an empty workspace."""

    storage: Storage
    blobs: BlobStore
    workspace: Workspace
    outlets: Mapping[str, Outlet]
    at: At
    drain: Drain
    now: datetime

    async def tell(self, story: Story, progress: Progress) -> None:
        """Make the story's month. What cannot be said on a channel is left out."""
        courses = [
            _Course(talk=talk, outlet=self.outlets[talk.connector], left=deque(talk.steps)) for talk in story.talks
        ]
        begins = min(talk.steps[0].at for talk in story.talks)
        until = begins
        while any(course.left for course in courses):
            until = min(until + (SPAN if self.now - until > SPAN else LAST_SPAN), self.now)
            await self._span(courses, until)
            progress((until - begins) / (self.now - begins))
            if until >= self.now:
                break
        for pair in story.same:
            await self._one_person(pair, courses)

    async def welcome(self, people: Sequence[UserId]) -> None:
        """Let those who work here already begin with a few conversations of their own, and most of the month seen."""
        waiting = await self._rows(
            ConversationFilter(states=(ConversationState.open,), view="unassigned", waiting=True)
        )
        over = await self._rows(ConversationFilter(states=(ConversationState.resolved,), sort="newest"))
        async with self.storage.begin() as uow:
            for user_id, row in ((user_id, row) for user_id in people[:1] for row in waiting[:6:2]):
                edit = conversations.Edit(assignee_id=user_id)
                await conversations.change(uow, row.id, edit, by=user_id, now=self.now)
            for user_id in people:
                for row in over:
                    await conversations.mark_read(uow, row.id, by=user_id, now=self.now)

    async def _rows(self, wanted: ConversationFilter) -> Sequence[ConversationRow]:
        rows: list[ConversationRow] = []
        cursor = None
        while True:
            page = await self.storage.queries.conversations(wanted, viewer=None, cursor=cursor, limit=200)
            rows += [row for row in page.items if row.demo]
            if (cursor := page.next) is None:
                return rows

    async def _span(self, courses: Sequence[_Course], until: datetime) -> None:
        while any(course.left and course.left[0].at < until for course in courses):
            raws: list[tuple[ChannelId, RawEvent]] = []
            for course in courses:
                for step in course.take(until, said=True):
                    if isinstance(step, Says):
                        raws += [(course.outlet.channel.id, raw) for raw in self._hear(course, step)]
            await self._journal(raws)
            done = [(step, course) for course in courses for step in course.take(until, said=False)]
            done.sort(key=lambda pair: pair[0].at)
            for start in range(0, len(done), _AT_ONCE):
                async with self.storage.begin() as uow:
                    for step, course in done[start : start + _AT_ONCE]:
                        await self._work(uow, course, step)

    def _hear(self, course: _Course, step: Says) -> Sequence[RawEvent]:
        about = course.ids.get(step.about) if step.about is not About.nothing else None
        if step.about is not About.nothing and about is None:
            return ()
        heard = course.outlet.hear(replace(step.said, about=about))
        if heard is None:
            return ()
        raw, events = heard
        message = first_message(events)
        if message is not None:
            course.thread = course.thread or message.thread
            course.known(About.own, message.external_id)
        return (raw, raw) if step.twice else (raw,)

    async def _journal(self, raws: list[tuple[ChannelId, RawEvent]]) -> None:
        raws.sort(key=lambda pair: pair[1].received_at)
        if not raws:
            return
        self.at(raws[-1][1].received_at)
        for channel_id in dict.fromkeys(channel_id for channel_id, _ in raws):
            await self.storage.journal.append(channel_id, [raw for channel, raw in raws if channel == channel_id])
        await self.drain()

    async def _work(self, uow: UnitOfWork, course: _Course, step: Step) -> None:
        if course.conversation_id is None and course.thread is not None:
            found = await uow.conversations.latest(course.outlet.channel.id, course.thread)
            course.conversation_id = found.id if found is not None else None
        if course.conversation_id is None:
            return
        team = Teamwork(uow=uow, blobs=self.blobs, workspace=self.workspace, outlet=course.outlet, now=self.now)
        sent = await team.do(course.conversation_id, step)
        if sent is not None:
            course.known(About.ours, sent)

    async def _one_person(self, pair: SamePerson, courses: Sequence[_Course]) -> None:
        by_talk = {id(course.talk): course for course in courses}
        one, other = by_talk[id(pair.one)], by_talk[id(pair.other)]
        at = max(step.at for talk in (pair.one, pair.other) for step in talk.steps)
        async with self.storage.begin() as uow:
            ids = [await _contact_of(uow, course) for course in (one, other)]
            shown = [contact.canonical_id for contact_id in ids if (contact := await uow.contacts.get(contact_id))]
            if len(set(shown)) == len(ids):
                by = self.workspace.agents[pair.by]
                await identity.merge(uow, ids[0], ids[1], reason=pair.reason, by=by, now=at)


async def _contact_of(uow: UnitOfWork, course: _Course) -> ContactId:
    if course.conversation_id is None:
        raise AssertionError("a talk that is over has a conversation")
    conversation = await uow.conversations.get(course.conversation_id)
    point = await uow.contacts.point(conversation.contact_point_id) if conversation else None
    if point is None:
        raise AssertionError("a conversation has its counterpart")
    return point.contact_id

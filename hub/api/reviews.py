"""/reviews, /comments, /playlists: the review list with its queues, reviews, calibration, comments and clips."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from hub.api._framework.params import Named
from hub.api._framework.problems import Problem
from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Reason, Text, Word
from hub.api.scorecards import AnswerEdit
from hub.domain.errors import Conflict, Forbidden, NotFound
from hub.domain.ids import CallId, ChannelId, TeamId, UserId
from hub.domain.interaction import Direction
from hub.domain.review.calibration import Calibration
from hub.domain.review.comment import Clip, Comment, Playlist, Visibility, sees_comment
from hub.domain.review.ids import ClipId, CommentId, PlaylistId, QueueId, ReviewId, ScorecardId
from hub.domain.review.queue import STANDARD, Order, Queue, QueueRule, check_rule
from hub.domain.review.review import Review
from hub.domain.review.scorecard import Scorecard
from hub.domain.review.views import ReviewableRow
from hub.domain.user import Action
from hub.domain.views import Page
from hub.services.reviews import comments, reviewing

routes = Routes("reviews")

COUNTED = 1_000
Seconds = Annotated[float, Field(ge=0, le=360_000)]
Days = Annotated[int, Field(ge=1, le=3_650)]
Percent = Annotated[float, Field(ge=0, le=100)]
Whole = Annotated[int, Field(ge=0, le=360_000)]


class RuleEdit(Input):
    """Which calls belong to a queue; everything given has to hold."""

    reviewed: bool | None = None
    min_seconds: Whole | None = None
    max_seconds: Whole | None = None
    agent_ids: Annotated[tuple[UserId, ...], Field(max_length=200)] = ()
    team_ids: Annotated[tuple[TeamId, ...], Field(max_length=200)] = ()
    channel_ids: Annotated[tuple[ChannelId, ...], Field(max_length=200)] = ()
    direction: Direction | None = None
    new_agents: Days | None = None
    """Calls of agents who are here for at most this many days."""
    score_below: Percent | None = None
    score_from: Percent | None = None
    failed: bool | None = None
    appealed: bool | None = None
    commented: bool | None = None
    """Comments are open."""
    recorded: bool | None = None
    within_days: Days | None = None
    sample: Annotated[float, Field(gt=0, le=100)] | None = None
    """Percent of the calls, drawn at random; the same calls each time."""
    salt: Whole = 0
    order: Order = Order.newest

    def rule(self) -> QueueRule:
        """Return it in the domain's words."""
        rule = QueueRule(**self.model_dump())
        check_rule(rule)
        return rule


class QueueEdit(Input):
    """A saved queue."""

    name: Word
    rule: RuleEdit
    shared: bool = False


class NewQueue(QueueEdit):
    """A queue to save."""

    id: QueueId


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    """A queue with how many calls are in it."""

    id: QueueId | None
    """None for those every hub has: they are named by `key`."""
    key: str
    """`unreviewed`, `long`, `new_agents`, `low_score`, `sample`, `appeals`; empty for saved ones."""
    name: str
    rule: QueueRule
    shared: bool
    owner_id: UserId | None
    count: int
    """Up to 1000: more is shown as 1000+."""


class NewReview(Input):
    """A review to begin."""

    id: ReviewId
    scorecard_id: ScorecardId
    agent_id: UserId | None = None
    """Whom it is about where several of us spoke; else the one who answered."""
    calibration: bool = False
    """For comparing reviewers: counts nowhere, and the agent does not see it."""


class ReviewEdit(Input):
    """A reviewer's answers; all of them."""

    answers: Annotated[tuple[AnswerEdit, ...], Field(max_length=100)]
    summary: Text = ""


class Words(Input):
    """What is said."""

    words: Text


class Settlement(Words):
    """How an appeal is decided."""

    answers: Annotated[tuple[AnswerEdit, ...], Field(max_length=100)] | None = None
    """New answers; without them the score stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationView:
    """Reviews of one call side by side."""

    scorecard: Scorecard
    calibration: Calibration


class NewComment(Input):
    """A comment at a second or a range, or an answer to one (`parent_id`), which has the thread's place."""

    id: CommentId
    text: Text
    start: Seconds = 0
    end: Seconds | None = None
    parent_id: CommentId | None = None
    mentions: Annotated[tuple[UserId, ...], Field(max_length=20)] = ()
    visibility: Visibility = Visibility.reviewers


class CommentEdit(Input):
    """Another wording."""

    text: Text


class Resolution(Input):
    """Whether a thread is done."""

    resolved: bool


class PlaylistEdit(Input):
    """A playlist's name and who may hear it."""

    name: Word
    description: Reason = ""
    shared: bool = False


class ClipEdit(Input):
    """A clip; its call is fixed once it is in the playlist."""

    id: ClipId
    call_id: CallId
    start: Seconds
    end: Seconds
    title: Word
    note: Reason = ""


class ClipsEdit(Input):
    """All clips of a playlist, in order."""

    clips: Annotated[tuple[ClipEdit, ...], Field(max_length=500)]


def _reviews(caller: Caller) -> bool:
    return Action.reviews_write in caller.actions


@routes.get("/reviews/calls", Action.reviews_read, people_only=True, problems=(404,))
async def list_review_calls(
    deps: ApiDeps,
    caller: Caller,
    queue: Annotated[str | None, Field(max_length=64)] = None,
    reviewed: bool | None = None,
    min_seconds: Whole | None = None,
    max_seconds: Whole | None = None,
    agents: Annotated[tuple[UserId, ...], Named(name="agent")] = (),
    teams: Annotated[tuple[TeamId, ...], Named(name="team")] = (),
    channels: Annotated[tuple[ChannelId, ...], Named(name="channel")] = (),
    direction: Direction | None = None,
    score_below: Percent | None = None,
    score_from: Percent | None = None,
    failed: bool | None = None,
    appealed: bool | None = None,
    commented: bool | None = None,
    recorded: bool | None = None,
    within_days: Days | None = None,
    order: Order = Order.newest,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Page[ReviewableRow]:
    """List calls to review. `queue` is the id of a saved queue or the key of a standard one; else the filters count.

    Agents see their own calls.
    """
    rule = QueueRule(
        reviewed=reviewed,
        min_seconds=min_seconds,
        max_seconds=max_seconds,
        agent_ids=agents,
        team_ids=teams,
        channel_ids=channels,
        direction=direction,
        score_below=score_below,
        score_from=score_from,
        failed=failed,
        appealed=appealed,
        commented=commented,
        recorded=recorded,
        within_days=within_days,
        order=order,
    )
    if queue is not None:
        rule = await _rule_of(deps, caller, queue)
    check_rule(rule)
    only = None if _reviews(caller) else caller.person.id
    async with deps.storage.read() as uow:
        return await uow.reviews.in_queue(rule, now=deps.now(), only_agent=only, cursor=cursor, limit=limit)


async def _rule_of(deps: ApiDeps, caller: Caller, name: str) -> QueueRule:
    standard = dict(STANDARD)
    if name in standard:
        return standard[name]
    try:
        queue_id = QueueId(UUID(name))
    except ValueError:
        raise Problem(422, "`queue` is the id of a saved queue, or one of " + ", ".join(standard) + ".") from None
    async with deps.storage.read() as uow:
        found = await uow.reviews.queue(queue_id)
    if found is None or not (found.shared or found.owner_id == caller.user_id):
        raise NotFound("There is no such queue; it may have been deleted.")
    return found.rule


@routes.get("/reviews/queues", Action.reviews_write, people_only=True)
async def list_queues(deps: ApiDeps, caller: Caller) -> tuple[QueueView, ...]:
    """List the queues: those every hub has, then saved ones, each with how many calls are in it."""
    now = deps.now()
    async with deps.storage.read() as uow:
        saved = await uow.reviews.queues(caller.person.id)
        standard = [
            QueueView(
                id=None,
                key=key,
                name=key,
                rule=rule,
                shared=True,
                owner_id=None,
                count=await uow.reviews.count(rule, now=now, most=COUNTED),
            )
            for key, rule in STANDARD
        ]
        own = [_queue(one, await uow.reviews.count(one.rule, now=now, most=COUNTED)) for one in saved]
    return (*standard, *own)


def _queue(queue: Queue, count: int) -> QueueView:
    return QueueView(
        id=queue.id,
        key="",
        name=queue.name,
        rule=queue.rule,
        shared=queue.shared,
        owner_id=queue.owner_id,
        count=count,
    )


@routes.post("/reviews/queues", Action.reviews_write, people_only=True, problems=(409,))
async def create_queue(deps: ApiDeps, caller: Caller, body: NewQueue) -> Created[QueueView]:
    """Save a queue."""
    queue = Queue(
        id=body.id,
        name=body.name,
        rule=body.rule.rule(),
        shared=body.shared,
        owner_id=caller.person.id,
        created_at=deps.now(),
    )
    async with deps.storage.begin() as uow:
        before = await uow.reviews.queue(body.id)
        if before is not None and before.owner_id != caller.person.id:
            raise Conflict("This id belongs to another queue. Make a new one.")
        await uow.reviews.save_queue(before or queue)
        count = await uow.reviews.count(queue.rule, now=deps.now(), most=COUNTED)
    return Created(_queue(before or queue, count), new=before is None)


@routes.put("/reviews/queues/{queue_id}", Action.reviews_write, people_only=True)
async def change_queue(deps: ApiDeps, caller: Caller, queue_id: QueueId, body: QueueEdit) -> QueueView:
    """Change one's own queue."""
    async with deps.storage.begin() as uow:
        before = await uow.reviews.queue(queue_id)
        _own_queue(before, caller)
        queue = Queue(
            id=queue_id,
            name=body.name,
            rule=body.rule.rule(),
            shared=body.shared,
            owner_id=caller.person.id,
            created_at=before.created_at if before is not None else deps.now(),
        )
        await uow.reviews.save_queue(queue)
        return _queue(queue, await uow.reviews.count(queue.rule, now=deps.now(), most=COUNTED))


@routes.delete("/reviews/queues/{queue_id}", Action.reviews_write, people_only=True)
async def delete_queue(deps: ApiDeps, caller: Caller, queue_id: QueueId) -> None:
    """Delete one's own queue."""
    async with deps.storage.begin() as uow:
        _own_queue(await uow.reviews.queue(queue_id), caller)
        await uow.reviews.delete_queue(queue_id)


def _own_queue(queue: Queue | None, caller: Caller) -> None:
    if queue is None or (queue.owner_id != caller.person.id and not queue.shared):
        raise NotFound("There is no such queue; it may have been deleted.")
    if queue.owner_id != caller.person.id:
        raise Forbidden("This queue is somebody else's: save one of your own.")


@routes.get("/calls/{call_id}/reviews", Action.reviews_read, people_only=True)
async def list_reviews(deps: ApiDeps, caller: Caller, call_id: CallId) -> tuple[Review, ...]:
    """List a call's reviews as far as you may see them: drafts are their reviewer's, calibrations are blind."""
    async with deps.storage.read() as uow:
        found = await uow.reviews.of_call(call_id)
    return tuple(reviewing.visible(found, caller.person.id, reviews=_reviews(caller)))


@routes.post("/calls/{call_id}/reviews", Action.reviews_write, people_only=True)
async def begin_review(deps: ApiDeps, caller: Caller, call_id: CallId, body: NewReview) -> Created[Review]:
    """Begin your review of a call; you have one of each call, and get it again."""
    made = await reviewing.begin(
        deps.storage,
        body.id,
        call_id=call_id,
        agent_id=body.agent_id,
        scorecard_id=body.scorecard_id,
        calibration=body.calibration,
        by=caller.person.id,
        now=deps.now(),
    )
    return Created(made.record, new=made.created)


@routes.get("/calls/{call_id}/calibration", Action.reviews_write, people_only=True)
async def compare_reviews(deps: ApiDeps, caller: Caller, call_id: CallId) -> CalibrationView:
    """Compare the reviews of a call, question by question."""
    card, calibration = await reviewing.compare(deps.storage, call_id, caller.person.id)
    return CalibrationView(scorecard=card, calibration=calibration)


@routes.get("/reviews", Action.reviews_read, people_only=True)
async def list_reviews_about(
    deps: ApiDeps, caller: Caller, agent: UserId | None = None, cursor: Cursor | None = None, limit: Limit = 50
) -> Page[Review]:
    """List reviews of an agent's calls, newest first: your own unless you review calls and name somebody."""
    about = agent or caller.person.id
    if about != caller.person.id and not _reviews(caller):
        raise Forbidden("You see the reviews of your own calls only.")
    async with deps.storage.read() as uow:
        return await uow.reviews.about(about, cursor=cursor, limit=limit)


@routes.get("/reviews/{review_id}", Action.reviews_read, people_only=True)
async def get_review(deps: ApiDeps, caller: Caller, review_id: ReviewId) -> Review:
    """Return a review with its answers and what happened to it."""
    return await reviewing.shown(deps.storage, review_id, caller.person.id, reviews=_reviews(caller))


@routes.put("/reviews/{review_id}", Action.reviews_write, people_only=True, problems=(409,))
async def fill_in_review(deps: ApiDeps, caller: Caller, review_id: ReviewId, body: ReviewEdit) -> Review:
    """Save your answers; after submitting, the agent sees that you corrected them."""
    answers = [answer.answer() for answer in body.answers]
    return await reviewing.fill_in(
        deps.storage, review_id, answers=answers, summary=body.summary, by=caller.person.id, now=deps.now()
    )


@routes.post("/reviews/{review_id}/submit", Action.reviews_write, people_only=True)
async def submit_review(deps: ApiDeps, caller: Caller, review_id: ReviewId) -> Review:
    """Show your review to the agent; every mandatory question has to be answered."""
    return await reviewing.submit(deps.storage, review_id, by=caller.person.id, now=deps.now())


@routes.post("/reviews/{review_id}/reply", Action.reviews_reply, people_only=True)
async def reply_to_review(deps: ApiDeps, caller: Caller, review_id: ReviewId, body: Words) -> Review:
    """Answer a review of your own call."""
    await reviewing.shown(deps.storage, review_id, caller.person.id, reviews=_reviews(caller))
    return await reviewing.reply(deps.storage, review_id, body.words, by=caller.person.id, now=deps.now())


@routes.post("/reviews/{review_id}/appeal", Action.reviews_reply, people_only=True, problems=(409,))
async def appeal_review(deps: ApiDeps, caller: Caller, review_id: ReviewId, body: Words) -> Review:
    """Ask for another look at a review of your own call, once, saying why."""
    await reviewing.shown(deps.storage, review_id, caller.person.id, reviews=_reviews(caller))
    return await reviewing.appeal(deps.storage, review_id, body.words, by=caller.person.id, now=deps.now())


@routes.post("/reviews/{review_id}/settle", Action.reviews_write, people_only=True, problems=(409,))
async def settle_appeal(deps: ApiDeps, caller: Caller, review_id: ReviewId, body: Settlement) -> Review:
    """Decide an appeal, saying why: the score stands, or new answers take its place."""
    answers = None if body.answers is None else [answer.answer() for answer in body.answers]
    return await reviewing.settle(
        deps.storage, review_id, body.words, answers=answers, by=caller.person.id, now=deps.now()
    )


@routes.delete("/reviews/{review_id}", Action.reviews_write, people_only=True, problems=(409,))
async def discard_review(deps: ApiDeps, caller: Caller, review_id: ReviewId) -> None:
    """Discard your own draft."""
    await reviewing.discard(deps.storage, review_id, by=caller.person.id)


@routes.get("/calls/{call_id}/comments", Action.reviews_read, people_only=True)
async def list_comments(deps: ApiDeps, caller: Caller, call_id: CallId) -> tuple[Comment, ...]:
    """List the comments you may see, by their place in the recording."""
    async with deps.storage.read() as uow:
        agents = await uow.recordings.agents_of(call_id)
        found = await uow.reviews.comments(call_id)
    about = caller.person.id if caller.person.id in (agents or ()) else None
    seen = {
        one.id
        for one in found
        if one.parent_id is None and sees_comment(one, caller.person.id, reviews=_reviews(caller), about=about)
    }
    # A thread is seen as a whole; who is mentioned in an answer sees the thread.
    seen |= {one.parent_id for one in found if one.parent_id is not None and caller.person.id in one.mentions}
    return tuple(one for one in found if (one.parent_id or one.id) in seen)


@routes.post("/calls/{call_id}/comments", Action.reviews_reply, people_only=True, problems=(409,))
async def write_comment(deps: ApiDeps, caller: Caller, call_id: CallId, body: NewComment) -> Created[Comment]:
    """Comment on a second or a range, or answer a comment. Agents answer those they may see."""
    draft = comments.Draft(
        text=body.text,
        start=body.start,
        end=body.end,
        parent_id=body.parent_id,
        mentions=body.mentions,
        visibility=body.visibility,
    )
    made = await comments.write(
        deps.storage, body.id, call_id, draft, by=caller.person.id, reviews=_reviews(caller), now=deps.now()
    )
    return Created(made.record, new=made.created)


@routes.get("/comments/mentions", Action.reviews_read, people_only=True)
async def list_mentions(
    deps: ApiDeps, caller: Caller, cursor: Cursor | None = None, limit: Limit = 50
) -> Page[Comment]:
    """List the comments you are mentioned in, newest first."""
    async with deps.storage.read() as uow:
        return await uow.reviews.mentions(caller.person.id, cursor=cursor, limit=limit)


@routes.patch("/comments/{comment_id}", Action.reviews_reply, people_only=True)
async def edit_comment(deps: ApiDeps, caller: Caller, comment_id: CommentId, body: CommentEdit) -> Comment:
    """Change the words of your own comment."""
    return await comments.edit(deps.storage, comment_id, body.text, by=caller.person.id, now=deps.now())


@routes.put("/comments/{comment_id}/resolved", Action.reviews_reply, people_only=True)
async def resolve_comment(deps: ApiDeps, caller: Caller, comment_id: CommentId, body: Resolution) -> Comment:
    """Mark a thread as done, or open it again."""
    return await comments.resolve(
        deps.storage,
        comment_id,
        resolved=body.resolved,
        by=caller.person.id,
        reviews=_reviews(caller),
        now=deps.now(),
    )


@routes.delete("/comments/{comment_id}", Action.reviews_reply, people_only=True)
async def delete_comment(deps: ApiDeps, caller: Caller, comment_id: CommentId) -> None:
    """Delete your own comment with its answers."""
    await comments.remove(deps.storage, comment_id, by=caller.person.id)


@routes.get("/playlists", Action.reviews_read, people_only=True)
async def list_playlists(deps: ApiDeps, caller: Caller) -> tuple[Playlist, ...]:
    """List playlists with their clips, by name; agents see those that are shared."""
    async with deps.storage.read() as uow:
        return tuple(await uow.reviews.playlists(shared_only=not _reviews(caller)))


@routes.put("/playlists/{playlist_id}", Action.reviews_write, people_only=True)
async def save_playlist(
    deps: ApiDeps, caller: Caller, playlist_id: PlaylistId, body: PlaylistEdit
) -> Created[Playlist]:
    """Make a playlist under an id of yours, or change its name and who hears it."""
    playlist = Playlist(
        id=playlist_id,
        name=body.name,
        description=body.description,
        shared=body.shared,
        created_by=caller.person.id,
        created_at=deps.now(),
    )
    made = await comments.save_playlist(deps.storage, playlist)
    return Created(made.record, new=made.created)


@routes.put("/playlists/{playlist_id}/clips", Action.reviews_write, people_only=True)
async def save_clips(deps: ApiDeps, caller: Caller, playlist_id: PlaylistId, body: ClipsEdit) -> Playlist:
    """Keep these clips in this order and no others: adds, removes, renames and sorts at once."""
    clips = [
        Clip(
            id=clip.id,
            call_id=clip.call_id,
            start=clip.start,
            end=clip.end,
            title=clip.title,
            note=clip.note,
            added_by=caller.person.id,
            added_at=deps.now(),
        )
        for clip in body.clips
    ]
    return await comments.save_clips(deps.storage, playlist_id, clips)


@routes.delete("/playlists/{playlist_id}", Action.reviews_write, people_only=True)
async def delete_playlist(deps: ApiDeps, playlist_id: PlaylistId) -> None:
    """Delete a playlist; its calls stay."""
    async with deps.storage.begin() as uow:
        await uow.reviews.delete_playlist(playlist_id)

"""/comments: what people say about places of a call, in threads."""

from typing import Annotated

from pydantic import Field

from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Text
from hub.domain.ids import CallId, UserId
from hub.domain.review.comment import Comment, Visibility, sees_comment
from hub.domain.review.ids import CommentId
from hub.domain.user import Action
from hub.domain.views import Page
from hub.services.reviews import comments

routes = Routes("reviews")


Seconds = Annotated[float, Field(ge=0, le=360_000)]


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
        if one.parent_id is None and sees_comment(one, caller.person.id, reviews=caller.reviews, about=about)
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
        deps.storage, body.id, call_id, draft, by=caller.person.id, reviews=caller.reviews, now=deps.now()
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
        reviews=caller.reviews,
        now=deps.now(),
    )


@routes.delete("/comments/{comment_id}", Action.reviews_reply, people_only=True)
async def delete_comment(deps: ApiDeps, caller: Caller, comment_id: CommentId) -> None:
    """Delete your own comment with its answers."""
    await comments.remove(deps.storage, comment_id, by=caller.person.id)

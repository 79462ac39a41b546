"""What travels over the live WebSocket, and how a batch of notices becomes one frame for every screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from hub.api.call_views import CallPop, CallView, pop_of, rings, shown_calls
from hub.api.inputs import Input
from hub.domain.changes import ChangeKind, Notice
from hub.domain.ids import CallId, ChannelId, ContactId, ConversationId, InteractionId, RecordingId, UserId
from hub.domain.views import ConversationRow, InteractionView
from hub.ports import Storage
from hub.services.as_json import encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """The first frame: the client is up to date as of `seq` once the frames after this one are applied."""

    type: Literal["hello"] = "hello"
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Records as they are now, after everything up to `seq`. Applying a frame twice does no harm."""

    type: Literal["changes"] = "changes"
    seq: int
    conversations: tuple[ConversationRow, ...] = ()
    """`unread` is null: each client knows what its user has looked at."""
    interactions: tuple[InteractionView, ...] = ()
    contacts: tuple[ContactId, ...] = ()
    """To be fetched again where they are shown; some may be gone."""
    channels: tuple[ChannelId, ...] = ()
    calls: tuple[CallView, ...] = ()
    """Calls that began, moved on or ended, with their legs."""
    pops: tuple[CallPop, ...] = ()
    """Of those, the ones that ring somebody: who calls, what was last, what is open. `call.ringing` says whom."""
    recordings: tuple[RecordingId, ...] = ()
    """To be fetched again where they are shown."""
    reviews: tuple[CallId, ...] = ()
    """Calls whose reviews, comments or score changed."""
    presence: tuple[UserId, ...] = ()
    """Agents who stand otherwise now."""
    debts: tuple[ContactId, ...] = ()
    """People whose entry on the missed-contact board changed."""
    lines: bool = False
    users: bool = False
    """People or teams changed."""
    ledger: bool = False
    """A raw event could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """Somebody is writing in a conversation. Passing: a client that was away misses it."""

    type: Literal["typing"] = "typing"
    conversation_id: ConversationId
    name: str
    who: Literal["agent", "contact"]
    user_id: UserId | None = None
    until: datetime
    """When it no longer holds, unless said again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A colleague who has a conversation open."""

    id: UserId
    name: str
    replying: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Who has a conversation open now; replaces what was said before."""

    type: Literal["presence"] = "presence"
    conversation_id: ConversationId
    users: tuple[Viewer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resync:
    """The client missed too much: reload everything; what follows continues after `seq`."""

    type: Literal["resync"] = "resync"
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pong:
    """The line is alive."""

    type: Literal["pong"] = "pong"


ServerFrame = Annotated[Hello | Changes | Typing | Presence | Resync | Pong, Field(discriminator="type")]


class Viewing(Input):
    """The client shows a conversation, or none."""

    type: Literal["viewing"]
    conversation_id: UUID | None
    replying: bool = False


class Ping(Input):
    """The client asks whether the line is alive; answered with `pong`."""

    type: Literal["ping"]


ClientFrame = Annotated[Viewing | Ping, Field(discriminator="type")]
CLIENT_FRAME: TypeAdapter[Viewing | Ping] = TypeAdapter(ClientFrame)
TYPING: TypeAdapter[Typing] = TypeAdapter(Typing)
PONG = encode(Pong())

_INTERACTION = frozenset({ChangeKind.interaction_added, ChangeKind.interaction_changed})
_CONVERSATION = frozenset({ChangeKind.conversation_added, ChangeKind.conversation_changed})
_CONTACT = frozenset(
    {ChangeKind.contact_added, ChangeKind.contact_changed, ChangeKind.contact_merged, ChangeKind.contact_split}
)


def typing_sign(typing: Typing) -> Mapping[str, object]:
    """Return the sign by which every node learns that somebody types."""
    sign: dict[str, object] = TYPING.dump_python(typing, mode="json")
    return sign


def touches_people(notices: Sequence[Notice]) -> bool:
    """Tell whether somebody's right to listen may have ended."""
    return any(n.change.kind is ChangeKind.users_changed for n in notices)


async def changes_frame(storage: Storage, notices: Sequence[Notice]) -> bytes:
    """Return one frame for a batch of notices: one look however many there are. `notices` must not be empty.

    Calls take a look each; there are few of them in a batch.
    """
    conversations: dict[ConversationId, None] = {}
    interactions: dict[InteractionId, None] = {}
    contacts: dict[ContactId, None] = {}
    channels: dict[ChannelId, None] = {}
    kinds = set()
    for notice in notices:
        change = notice.change
        kinds.add(change.kind)
        if change.conversation_id is not None:
            conversations[change.conversation_id] = None
        if change.kind in _CONVERSATION:
            conversations[ConversationId(change.subject_id)] = None
        elif change.kind in _INTERACTION:
            interactions[InteractionId(change.subject_id)] = None
        elif change.kind in _CONTACT:
            contacts[ContactId(change.subject_id)] = None
        elif change.kind is ChangeKind.channel_changed:
            channels[ChannelId(change.subject_id)] = None
    rows, views = await storage.queries.changed(list(conversations), list(interactions))
    calls = await shown_calls(storage, _subjects(notices, ChangeKind.call_changed))
    frame = Changes(
        seq=notices[-1].seq,
        calls=calls,
        pops=tuple([await pop_of(storage, call) for call in calls if rings(call)]),
        recordings=tuple(RecordingId(key) for key in _subjects(notices, ChangeKind.recording_changed)),
        reviews=tuple(_subjects(notices, ChangeKind.review_changed)),
        presence=tuple(UserId(key) for key in _subjects(notices, ChangeKind.presence_changed)),
        debts=tuple(ContactId(key) for key in _subjects(notices, ChangeKind.debt_changed)),
        lines=ChangeKind.line_changed in kinds,
        conversations=tuple(replace(row, unread=None) for row in rows),
        interactions=tuple(views),
        contacts=tuple(contacts),
        channels=tuple(channels),
        users=ChangeKind.users_changed in kinds,
        ledger=ChangeKind.event_unparsed in kinds,
    )
    return encode(frame)


def _subjects(notices: Sequence[Notice], kind: ChangeKind) -> list[CallId]:
    """Return what changed in this way, each once; typed as calls, which most are."""
    return list(dict.fromkeys(CallId(n.change.subject_id) for n in notices if n.change.kind is kind))

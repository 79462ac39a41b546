"""Outgoing webhooks: where integrators are told, turning notices into deliveries, and each attempt to tell."""

import hmac
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from hub.domain.changes import ChangeKind, Notice
from hub.domain.channel import Channel
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.hooks import Hook, HookDelivery
from hub.domain.ids import ChannelId, ContactId, ConversationId, DeliveryId, InteractionId, UserId
from hub.domain.retry import Backoff
from hub.ports import Storage, UnitOfWork
from hub.services.as_json import encode
from hub.services.ids import new_id
from hub.services.made import Made
from hub.services.unset import UNSET, Unset

HOOKS_LIMIT = 50
BATCH = 100
BACKOFF = Backoff(first=timedelta(seconds=10), longest=timedelta(hours=1))
ATTEMPTS = 32
"""With these waits the last attempt comes about a day after the first."""
SECRET_PREFIX = "hubsec_"  # noqa: S105 - a mark by which secret scanners know it, not a secret

_GONE = 410
_INTERACTIONS = frozenset({ChangeKind.interaction_added, ChangeKind.interaction_changed})
_CONVERSATIONS = frozenset({ChangeKind.conversation_added, ChangeKind.conversation_changed})
_CONTACTS = frozenset(
    {ChangeKind.contact_added, ChangeKind.contact_changed, ChangeKind.contact_merged, ChangeKind.contact_split}
)
_TARGETS = frozenset({ChangeKind.target_at_risk, ChangeKind.target_breached})


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What shall change; the rest stays."""

    url: str | Unset = UNSET
    kinds: tuple[ChangeKind, ...] | Unset = UNSET
    description: str | Unset = UNSET
    active: bool | Unset = UNSET


@dataclass(frozen=True, slots=True)
class Answer:
    """What a hook's address answered. `status` is None if nobody did; `error` says why, in words."""

    status: int | None
    error: str = ""


Post = Callable[[str, bytes, Mapping[str, str]], Awaitable[Answer]]
"""Guarded POST: `post(url, body, headers)`. Refuses private networks, follows no redirect, never raises."""


async def create(
    uow: UnitOfWork,
    *,
    id: UUID,  # noqa: A002 - the word of every record
    url: str,
    kinds: Collection[ChangeKind] = (),
    description: str = "",
    by: UserId | None,
    now: datetime,
) -> Made[Hook]:
    """Add a webhook with a fresh secret. Repeating the call gives the stored one. Raises Invalid, Conflict."""
    known = await uow.hooks.get(id)
    if known is not None:
        return Made(known, created=False)
    if len(await uow.hooks.all()) >= HOOKS_LIMIT:
        raise Conflict(f"There are {HOOKS_LIMIT} webhooks already. Delete one that is not needed.")
    hook = Hook(
        id=id,
        url=_url(url),
        secret=SECRET_PREFIX + secrets.token_urlsafe(32),
        kinds=tuple(dict.fromkeys(kinds)),
        description=" ".join(description.split())[:200],
        created_at=now,
        created_by=by,
    )
    await uow.hooks.save(hook)
    return Made(hook, created=True)


async def change(uow: UnitOfWork, hook_id: UUID, edit: Edit) -> Hook:
    """Edit a webhook or switch it on or off. Raises NotFound, Invalid."""
    hook = await _get(uow, hook_id)
    if not isinstance(edit.url, Unset):
        hook = replace(hook, url=_url(edit.url))
    if not isinstance(edit.kinds, Unset):
        hook = replace(hook, kinds=tuple(dict.fromkeys(edit.kinds)))
    if not isinstance(edit.description, Unset):
        hook = replace(hook, description=" ".join(edit.description.split())[:200])
    if not isinstance(edit.active, Unset):
        hook = replace(hook, active=edit.active)
    await uow.hooks.save(hook)
    return hook


async def delete(uow: UnitOfWork, hook_id: UUID) -> None:
    """Delete a webhook and its log. Raises NotFound."""
    await _get(uow, hook_id)
    await uow.hooks.delete(hook_id)


async def retry(uow: UnitOfWork, delivery_id: UUID, *, now: datetime) -> HookDelivery:
    """Tell a hook once more, from the beginning of its attempts. Raises NotFound, Conflict (it is switched off)."""
    delivery = await uow.hooks.delivery(delivery_id)
    if delivery is None:
        raise NotFound("There is no such delivery; the webhook may have been deleted.")
    if not (await _get(uow, delivery.hook_id)).active:
        raise Conflict("The webhook is switched off. Switch it on first.")
    again = replace(delivery, state="queued", attempts=0, next_at=now, error="", sent_at=None)
    await uow.hooks.record(again)
    return again


def signature(secret: str, body: bytes, at: datetime) -> str:
    """Return the `X-Hub-Signature` of a body: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`.

    The time is signed with the body, so that a receiver can refuse old copies.
    """
    moment = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), moment.encode() + b"." + body, sha256).hexdigest()
    return f"t={moment},v1={digest}"


async def expand(storage: Storage, *, now: datetime, limit: int = BATCH) -> int:
    """Turn the next notices into deliveries for the hooks that want them; returns how many notices were taken.

    Bodies are built between two transactions; if another node was faster in between, its work stands.
    """
    async with storage.begin() as uow:
        cursor = await uow.hooks.cursor()  # makes the cursor if there is none, so this is no mere reading
        hooks = [hook for hook in await uow.hooks.all() if hook.active]
    if not hooks:
        _, newest = await storage.queries.notice_bounds()
        return await _advance(storage, cursor, newest, ()) if newest > cursor else 0
    notices = await storage.queries.notices(after=cursor, limit=limit)
    if not notices:
        return 0
    wanted = [notice for notice in notices if any(_wants(hook, notice) for hook in hooks)]
    records = await _records(storage, wanted)
    deliveries = [
        HookDelivery(
            id=new_id(),
            hook_id=hook.id,
            seq=notice.seq,
            kind=notice.change.kind,
            body=_body(notice, records.get((notice.change.kind, notice.change.subject_id))),
            state="queued",
            next_at=now,
            created_at=now,
        )
        for notice in wanted
        for hook in hooks
        if _wants(hook, notice)
    ]
    return await _advance(storage, cursor, notices[-1].seq, deliveries) and len(notices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """What telling needs beside the delivery."""

    storage: Storage
    post: Post
    now: Callable[[], datetime]
    chance: Callable[[], float] = field(repr=False)


async def attempt(teller: Teller, delivery: HookDelivery) -> HookDelivery:
    """Tell a hook once and record what came of it. Returns the delivery as it is after that."""
    async with teller.storage.read() as uow:
        hook = await uow.hooks.get(delivery.hook_id)
    if hook is None or not hook.active:
        after = replace(delivery, state="failed", next_at=None, error="The webhook is switched off.")
        return await _record(teller, after, hook, switch_off=False)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "interaction-hub",
        "X-Hub-Event": delivery.kind.value,
        "X-Hub-Delivery": str(delivery.id),
        "X-Hub-Signature": signature(hook.secret, delivery.body, teller.now()),
    }
    answer = await teller.post(hook.url, delivery.body, headers)
    now = teller.now()
    after = replace(delivery, attempts=delivery.attempts + 1, status=answer.status, error=answer.error)
    if answer.status is not None and 200 <= answer.status < 300:
        return await _record(teller, replace(after, state="sent", next_at=None, sent_at=now, error=""), hook)
    words = answer.error or f"The address answered with status {answer.status}."
    if answer.status == _GONE:
        words = "The address says it is gone for good (410); the webhook was switched off."
        return await _record(teller, replace(after, state="failed", next_at=None, error=words), hook, switch_off=True)
    if after.attempts >= ATTEMPTS:
        words = f"{words} Given up after a day; the webhook was switched off. Mend its address and switch it on again."
        return await _record(teller, replace(after, state="failed", next_at=None, error=words), hook, switch_off=True)
    due = now + BACKOFF.wait(after.attempts, teller.chance())
    return await _record(teller, replace(after, state="queued", next_at=due, error=words), hook)


async def _record(
    teller: Teller, delivery: HookDelivery, hook: Hook | None, *, switch_off: bool = False
) -> HookDelivery:
    async with teller.storage.begin() as uow:
        await uow.hooks.record(delivery)
        current = await uow.hooks.get(hook.id) if hook is not None and switch_off else None
        # Only the address that failed is switched off, not one an admin has mended meanwhile.
        if current is not None and hook is not None and current.url == hook.url:
            await uow.hooks.save(replace(current, active=False))
    return delivery


async def _advance(storage: Storage, cursor: int, seq: int, deliveries: Sequence[HookDelivery]) -> int:
    async with storage.begin() as uow:
        if await uow.hooks.cursor() != cursor:
            return 0
        standing = {hook.id for hook in await uow.hooks.all()}
        await uow.hooks.advance(seq, [one for one in deliveries if one.hook_id in standing])
    return 1


def _wants(hook: Hook, notice: Notice) -> bool:
    return notice.at >= hook.created_at and (not hook.kinds or notice.change.kind in hook.kinds)


def _body(notice: Notice, record: object) -> bytes:
    change = notice.change
    return encode(
        {
            "seq": notice.seq,
            "at": notice.at,
            "kind": change.kind,
            "subject_id": change.subject_id,
            "conversation_id": change.conversation_id,
            "record": record,
        }
    )


async def _records(storage: Storage, notices: Sequence[Notice]) -> Mapping[tuple[ChangeKind, UUID], object]:
    """Return what each change's record looks like now, as the API shows it; what is gone has no record."""
    subjects: dict[ChangeKind, list[UUID]] = {}
    for notice in notices:
        subjects.setdefault(notice.change.kind, []).append(notice.change.subject_id)
    found: dict[tuple[ChangeKind, UUID], object] = {}
    for kind, ids in subjects.items():
        for subject_id, record in (await _of_kind(storage, kind, list(dict.fromkeys(ids)))).items():
            found[kind, subject_id] = record
    return found


async def _of_kind(storage: Storage, kind: ChangeKind, ids: Sequence[UUID]) -> Mapping[UUID, object]:
    queries = storage.queries
    if kind in _INTERACTIONS:
        return {i.id: i for i in await queries.interactions([InteractionId(one) for one in ids])}
    if kind in _CONVERSATIONS:
        rows = await queries.conversation_rows([ConversationId(one) for one in ids], viewer=None)
        return {row.id: row for row in rows}
    if kind in _CONTACTS:
        return {one: view for one in ids if (view := await queries.contact(ContactId(one))) is not None}
    if kind is ChangeKind.channel_changed:
        async with storage.read() as uow:
            channels = [await uow.channels.get(ChannelId(one)) for one in ids]
        return {channel.id: _channel(channel) for channel in channels if channel is not None}
    if kind is ChangeKind.delivery_changed:
        async with storage.read() as uow:
            deliveries = [await uow.outbox.get(DeliveryId(one)) for one in ids]
        return {delivery.id: delivery for delivery in deliveries if delivery is not None}
    if kind in _TARGETS:
        async with storage.read() as uow:
            return {owed.due.id: owed for owed in await uow.dues.get(ids)}
    return {}


def _channel(channel: Channel) -> Mapping[str, object]:
    """Return a channel without the key of its webhook address, which is a secret of ours."""
    names = ("id", "connector", "kind", "name", "address", "enabled", "team_id", "demo", "connection", "created_at")
    return {name: getattr(channel, name) for name in names}


async def _get(uow: UnitOfWork, hook_id: UUID) -> Hook:
    hook = await uow.hooks.get(hook_id)
    if hook is None:
        raise NotFound("There is no such webhook; it may have been deleted.")
    return hook


def _url(url: str) -> str:
    tidy = url.strip()
    try:
        parts = urlsplit(tidy)
        complete = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        complete = False
    if not complete or len(tidy) > 2000 or parts.username is not None or any(c.isspace() or ord(c) < 32 for c in tidy):
        raise Invalid("The address of a webhook looks like https://example.com/hub, without user name and password.")
    return tidy

"""What an event of Slack means. Pure: the same bytes always give the same events.

https://docs.slack.dev/apis/events-api · https://docs.slack.dev/reference/events. A kind this module has never heard of
raises UnparseableEvent, so it is kept and read again after an update of the hub.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from connectors._lib.loose_json import Json, inner, objects, text, texts
from connectors.slack.content import CHANGES, SILENT, Content, file_ids, read_content, words_of
from connectors.slack.content import person_name as name_in
from connectors.slack.directory import read_directory
from connectors.slack.emoji import sign_of
from connectors.slack.ids import Thread, is_id, is_ts, message_id
from connectors.slack.interactions import read_interaction
from connectors.slack.people import Place, conversation_of, group, person, place_of, sender_of, told_at, ts_in
from connectors.slack.roles import Envelope, Rules
from connectors.slack.wire import read_form, read_json
from hub.contract import (
    Address,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    RawEvent,
    Reaction,
    UnparseableEvent,
)
from hub.domain.ids import ExternalId
from hub.domain.interaction import AuthorKind, ContentKind

DIRECTORY = "directory"
"""Kind of the raw events in which we note who somebody is, as Slack's API told us."""
HISTORY = "history"
"""Kind of the raw events that reconciling found."""

_NOT_NEEDED = frozenset(
    {
        "app_home_opened", "app_installed", "app_requested", "app_uninstalled", "app_uninstalled_team",
        "assistant_thread_context_changed", "assistant_thread_started", "call_rejected", "channel_archive",
        "channel_created", "channel_deleted", "channel_history_changed", "channel_id_changed", "channel_left",
        "channel_rename", "channel_shared", "channel_unarchive", "channel_unshared", "dnd_updated", "dnd_updated_user",
        "email_domain_changed", "emoji_changed", "file_change", "file_created", "file_deleted", "file_public",
        "file_shared", "file_unshared", "function_executed", "grid_migration_finished", "grid_migration_started",
        "group_archive", "group_close", "group_deleted", "group_history_changed", "group_left", "group_open",
        "group_rename", "group_unarchive", "im_close", "im_created", "im_history_changed", "im_open",
        "invite_requested", "link_shared", "member_joined_channel", "member_left_channel", "message_metadata_deleted",
        "message_metadata_posted", "message_metadata_updated", "pin_added", "pin_removed", "scope_denied",
        "scope_granted", "shared_channel_invite_accepted", "shared_channel_invite_approved",
        "shared_channel_invite_declined", "shared_channel_invite_received", "shared_channel_invite_requested",
        "star_added", "star_removed", "subteam_created", "subteam_members_changed", "subteam_self_added",
        "subteam_self_removed", "subteam_updated", "team_access_granted", "team_access_revoked", "team_domain_change",
        "team_join", "team_rename", "tokens_revoked", "user_change", "user_huddle_changed", "user_profile_changed",
        "user_resource_denied", "user_resource_granted", "user_resource_removed", "user_status_changed",
    }
)  # fmt: skip
"""Known kinds that say nothing to a support team. A revoked token shows when it is used, which is every few minutes."""

_AUTHORS = {"USLACKBOT"}


def parse_event(raw: RawEvent, rules: Rules) -> Sequence[InboundEvent]:
    """Read one event, however it arrived. Raises UnparseableEvent."""
    if not raw.body.lstrip().startswith(b"{"):
        return read_interaction(read_form(raw.body), rules)
    body = read_json(raw.body)
    if raw.kind == DIRECTORY:
        return read_directory(body)
    match text(body, "type"):
        case "event_callback":
            return _event(body, rules, complete=raw.kind == HISTORY)
        case "url_verification" | "app_rate_limited":
            # what was dropped at the limit is found by reconciling
            return ()
        case kind:
            raise UnparseableEvent(
                f"Slack sent something of a kind this version does not know ({kind[:60] or 'none'})."
            )


def _event(body: Json, rules: Rules, *, complete: bool) -> Sequence[InboundEvent]:
    event, envelope = inner(body, "event"), Envelope.of(body, rules)
    kind = text(event, "type")
    if kind in {"message", "app_mention"}:
        subtype = text(event, "subtype")
        read = _SUBTYPES.get(subtype, _message)
        events = read(event, envelope)
        return (*events, *_state_of(event, envelope)) if complete else events
    if kind in {"reaction_added", "reaction_removed"}:
        return _reaction(event, envelope)
    if kind in _NOT_NEEDED:
        return ()
    raise UnparseableEvent(f"Slack sent an event of a kind this version does not know ({kind[:60] or 'none'}).")


def _message(event: Json, envelope: Envelope) -> Sequence[InboundEvent]:
    subtype = text(event, "subtype")
    if subtype in SILENT or envelope.is_own(event):
        return ()
    place, ts = place_of(event), ts_in(event, "ts")
    if change := _change(event, subtype):
        # where each message is a conversation, a change of the channel belongs to none
        tickets = envelope.rules.each_message and not place.crowd
        return () if tickets else (_system(event, envelope, place, change),)
    sender = sender_of(event)
    if sender is None:
        raise UnparseableEvent("Slack sent a message that does not say who wrote it.")
    content = read_content(event, envelope.ours)
    author = _author(event, envelope, place)
    return (_inbound(event, envelope, place, ts, sender, content, author),)


def _change(event: Json, subtype: str) -> str:
    """Return what happened to the channel or its members, in words; "" for a message."""
    if subtype in CHANGES:
        return f"{name_in(inner(event, 'user_profile')) or 'Somebody'} {CHANGES[subtype]}."
    if subtype in {"channel_name", "group_name"}:
        return f"The channel is now called #{text(event, 'name')[:100]}."
    return ""


def _author(event: Json, envelope: Envelope, place: Place) -> AuthorKind:
    if text(event, "bot_id") or text(event, "subtype") == "bot_message" or text(event, "user") in _AUTHORS:
        return AuthorKind.auto
    if not place.direct and envelope.is_staff(event):
        return AuthorKind.agent
    return AuthorKind.contact


def _system(event: Json, envelope: Envelope, place: Place, words: str) -> InboundMessage:
    sender = sender_of(event) or group(place)
    return _inbound(event, envelope, place, ts_in(event, "ts"), sender, Content(text=words), AuthorKind.system)


def _inbound(
    event: Json,
    envelope: Envelope,
    place: Place,
    ts: str,
    sender: Address,
    content: Content,
    author: AuthorKind,
) -> InboundMessage:
    thread = _thread(event, envelope, place, ts)
    root = text(event, "thread_ts")
    splits = thread.ts and not (envelope.rules.each_message and not place.direct and not place.crowd)
    echo = author is AuthorKind.agent
    return InboundMessage(
        external_id=message_id(place.conversation, ts),
        thread=thread.id,
        sender=sender,
        counterpart=None if place.direct else group(place),
        participants=(),
        group=not place.direct,
        occurred_at=told_at(ts),
        author=author,
        content=content.kind,
        text=content.text,
        html=content.html,
        data={**content.data, **({"written_by": sender.name or sender.value} if echo else {})},
        attachments=content.attachments,
        # the message a thread hangs on stands in another conversation: show it
        reply_to=message_id(place.conversation, root) if splits and is_ts(root) else None,
        opens_wait=author is AuthorKind.contact,
    )


def _thread(event: Json, envelope: Envelope, place: Place, ts: str) -> Thread:
    root = text(event, "thread_ts")
    began = root if is_ts(root) and root != ts else ""
    if place.direct:
        return Thread(_customer_of(event, envelope, place), began)
    if envelope.rules.each_message and not place.crowd:
        return Thread(place.conversation, began or ts)
    return Thread(place.conversation, began)


def _customer_of(event: Json, envelope: Envelope, place: Place) -> str:
    """Return whom a direct talk is with; another app's message in it names nobody but the talk itself."""
    user = text(event, "user")
    return user if is_id(user) and user not in envelope.ours and user not in _AUTHORS else place.conversation


def _changed(event: Json, envelope: Envelope) -> Sequence[InboundEvent]:
    """A new wording, or one of the many things Slack tells in the same way: a preview of a link, a reply more."""
    now, before = inner(event, "message"), inner(event, "previous_message")
    external_id = message_id(place_of(event).conversation, ts_in(now, "ts"))
    if text(now, "subtype") == "tombstone":
        # a message with replies leaves a stone behind
        return (MessageDeleted(external_id=external_id, occurred_at=told_at(ts_in(event, "event_ts", "ts"))),)
    if envelope.is_own(now):
        return ()
    said = words_of(now, envelope.ours)
    if before and said == words_of(before, envelope.ours) and file_ids(now) == file_ids(before):
        return ()
    return (_edit(now, envelope, external_id, told_at(ts_in(event, "event_ts", "ts"))),)


def _edit(message: Json, envelope: Envelope, external_id: ExternalId, at_the_latest: datetime) -> MessageEdited:
    at = text(inner(message, "edited"), "ts")
    content = read_content(message, envelope.ours)
    return MessageEdited(
        external_id=external_id,
        occurred_at=told_at(at) if is_ts(at) else at_the_latest,
        text=content.text,
        html=content.html,
        data=content.data if content.kind is not ContentKind.unsupported else {},
    )


def _deleted(event: Json, _: Envelope) -> Sequence[InboundEvent]:
    external_id = message_id(place_of(event).conversation, ts_in(event, "deleted_ts"))
    return (MessageDeleted(external_id=external_id, occurred_at=told_at(ts_in(event, "event_ts", "ts"))),)


def _reaction(event: Json, envelope: Envelope) -> Sequence[InboundEvent]:
    item = inner(event, "item")
    user = text(event, "user")
    if text(item, "type") != "message" or not is_id(user) or user in envelope.ours:
        return ()
    return (
        Reaction(
            external_id=message_id(conversation_of(item), ts_in(item, "ts")),
            sender=person(user, event),
            emojis=(sign_of(text(event, "reaction")),),
            occurred_at=told_at(ts_in(event, "event_ts")) if text(event, "event_ts") else None,
            change="add" if text(event, "type") == "reaction_added" else "remove",
        ),
    )


def _state_of(message: Json, envelope: Envelope) -> Sequence[InboundEvent]:
    """Return what a message found by reconciling tells beside itself: its last wording and who reacted."""
    conversation, ts = conversation_of(message), text(message, "ts")
    if not is_ts(ts) or text(message, "subtype") in SILENT:
        return ()
    external_id = message_id(conversation, ts)
    events: list[InboundEvent] = []
    if is_ts(text(inner(message, "edited"), "ts")) and not envelope.is_own(message):
        events.append(_edit(message, envelope, external_id, told_at(ts)))
    for reaction in objects(message, "reactions")[:50]:
        for user in texts(reaction, "users")[:100]:
            if is_id(user) and user not in envelope.ours:
                sign = sign_of(text(reaction, "name"))
                who = person(user, {})
                events.append(
                    # Slack does not say since when; so any word with a time counts more than this
                    Reaction(external_id=external_id, sender=who, emojis=(sign,), occurred_at=told_at(ts), change="add")
                )
    return events


_SUBTYPES: Mapping[str, Callable[[Json, Envelope], Sequence[InboundEvent]]] = {
    "message_changed": _changed,
    "message_deleted": _deleted,
}

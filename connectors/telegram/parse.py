"""What an update of Telegram means. Pure: the same bytes always give the same events.

Kinds: https://core.telegram.org/bots/api#update. A kind this module has never heard of raises UnparseableEvent, so
it is kept and read again after an update of the hub; a kind that says nothing to a support team gives ().
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from pydantic import ValidationError

from connectors.telegram.content import Content, international, read_content
from connectors.telegram.ids import Thread
from connectors.telegram.people import name_of, of_chat, of_user, participants, sender_of
from connectors.telegram.wire import (
    ButtonPress,
    DeletedMessages,
    Member,
    MembershipChange,
    Message,
    ReactionChange,
    ReactionType,
    Update,
)
from hub.contract import (
    Address,
    ContactPointBlocked,
    ContactPointLearned,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    RawEvent,
    Reaction,
    UnparseableEvent,
)
from hub.domain.ids import ExternalId, bounded
from hub.domain.interaction import AuthorKind, ContentKind

_NOT_NEEDED = frozenset(
    {
        "business_connection", "chat_boost", "chat_join_request", "chat_member", "chosen_inline_result",
        "inline_query", "managed_bot", "message_reaction_count", "poll", "poll_answer", "pre_checkout_query",
        "purchased_paid_media", "removed_chat_boost", "shipping_query",
    }
)  # fmt: skip
"""Known kinds that say nothing to a support team."""

_START = re.compile(r"/start(?:@\w+)?(?: ([A-Za-z0-9_-]{1,64}))?\s*")
"""A deep link's parameter: https://core.telegram.org/bots/features#deep-linking"""


def parse_update(raw: RawEvent) -> Sequence[InboundEvent]:
    """Read one update, however it arrived. Raises UnparseableEvent."""
    try:
        update = Update.model_validate_json(raw.body)
    except ValidationError as error:
        raise UnparseableEvent(_in_words(error)) from error
    for kind, read in _READERS.items():
        if (value := getattr(update, kind)) is not None:
            return read(value)
    unknown = sorted((update.model_extra or {}).keys() - _NOT_NEEDED)
    if unknown or not update.model_extra:
        named = ", ".join(name[:60] for name in unknown[:5]) or "nothing"
        raise UnparseableEvent(f"Telegram sent an update of a kind this version does not know ({named}).")
    return ()


def _message(message: Message) -> Sequence[InboundEvent]:
    if migrated := _migration(message):
        return migrated
    if (change := _group_change(message)) is not None:
        return (_inbound(message, change, author=AuthorKind.system, opens_wait=False),)
    content = read_content(message)
    if content is None:
        return ()
    start = _START.fullmatch(content.text)
    machine = message.sender is not None and message.sender.is_bot and message.sender_chat is None
    shown = _inbound(
        message,
        content,
        author=AuthorKind.auto if machine else AuthorKind.contact,
        source=start.group(1) or "" if start else "",
        opens_wait=not (start or machine or message.is_automatic_forward),
    )
    return (shown, *_shared_number(message))


def _channel_post(message: Message) -> Sequence[InboundEvent]:
    change = _group_change(message)
    content = change or read_content(message)
    author = AuthorKind.system if change else AuthorKind.contact
    return (_inbound(message, content, author=author, opens_wait=False),) if content else ()


def _guest_message(message: Message) -> Sequence[InboundEvent]:
    """Somebody called the bot into a chat it is not in: shown, but an ordinary answer cannot reach that chat."""
    content = read_content(message) or Content()
    told = Content(kind=ContentKind.unsupported, text=content.text, data={**content.data, "what": "guest message"})
    return (_inbound(message, told, opens_wait=False),)


def _business_message(message: Message) -> Sequence[InboundEvent]:
    """A message in a chat of a connected business account: the customer's, or the owner's own (an echo).

    The customer's user id is the chat's id, so the direction needs no knowledge of the connection. What a bot sent
    on the owner's behalf is ours and known from sending it.
    """
    content = read_content(message)
    if content is None or message.sender_business_bot is not None:
        return ()
    if message.sender is None or message.sender.id == message.chat.id:
        return (_inbound(message, content), *_shared_number(message))
    author = AuthorKind.auto if message.is_from_offline else AuthorKind.agent
    return (_inbound(message, content, author=author, counterpart=of_chat(message.chat), opens_wait=False),)


def _edited(message: Message) -> Sequence[InboundEvent]:
    content = read_content(message)
    if content is None:
        return ()
    return (
        MessageEdited(
            external_id=_thread(message).message(message.message_id),
            occurred_at=_time(message.edit_date),
            text=content.text,
            html=content.html,
            data=content.data,
        ),
    )


def _deleted(deleted: DeletedMessages) -> Sequence[InboundEvent]:
    thread = Thread(deleted.chat.id, connection_id=deleted.business_connection_id)
    return tuple(MessageDeleted(external_id=thread.message(n), occurred_at=None) for n in deleted.message_ids)


def _pressed(press: ButtonPress) -> Sequence[InboundEvent]:
    """A press on an inline button. Telegram gives no time for it."""
    message = press.message
    label = _label(press) or press.data or press.game_short_name
    thread = _thread(message) if message else Thread(press.sender.id)
    group = message is not None and message.chat.type != "private"
    return (
        InboundMessage(
            external_id=bounded(f"cb:{press.id}"),
            thread=thread.id,
            sender=of_user(press.sender),
            counterpart=of_chat(message.chat) if message and group else None,
            group=group,
            occurred_at=None,
            content=ContentKind.button,
            text=label,
            data={"label": label, "data": press.data},
            reply_to=thread.message(message.message_id) if message else None,
            opens_wait=False,
        ),
    )


def _label(press: ButtonPress) -> str:
    """What the button said. Its message may be gone, and a button may share its data with none."""
    keyboard = press.message.reply_markup if press.message else None
    buttons = [button for row in keyboard.inline_keyboard for button in row] if keyboard else []
    return next((button.text for button in buttons if button.callback_data == press.data), "")


def _reacted(change: ReactionChange) -> Sequence[InboundEvent]:
    who = of_user(change.user) if change.user else of_chat(change.actor_chat or change.chat)
    emojis = tuple(_emoji(reaction) for reaction in change.new_reaction)
    external_id = Thread(change.chat.id).message(change.message_id)
    return (Reaction(external_id=external_id, sender=who, emojis=emojis, occurred_at=_time(change.date)),)


def _membership(change: MembershipChange) -> Sequence[InboundEvent]:
    """The bot was blocked or unblocked, or removed from a group or added to one."""
    gone, was_gone = _gone(change.new_chat_member), _gone(change.old_chat_member)
    if gone == was_gone:
        return ()
    private = change.chat.type == "private"
    if private:
        reason = "blocked the bot on Telegram" if gone else "started the bot again on Telegram"
    else:
        reason = "the bot was removed from the group" if gone else "the bot was added to the group"
    who = of_user(change.sender) if private else of_chat(change.chat)
    return (ContactPointBlocked(sender=who, blocked=gone, reason=reason, occurred_at=_time(change.date)),)


_READERS: Mapping[str, Callable[..., Sequence[InboundEvent]]] = {
    "message": _message,
    "edited_message": _edited,
    "channel_post": _channel_post,
    "edited_channel_post": _edited,
    "business_message": _business_message,
    "edited_business_message": _edited,
    "deleted_business_messages": _deleted,
    "guest_message": _guest_message,
    "callback_query": _pressed,
    "message_reaction": _reacted,
    "my_chat_member": _membership,
}


def _inbound(
    message: Message,
    content: Content,
    *,
    author: AuthorKind = AuthorKind.contact,
    counterpart: Address | None = None,
    source: str = "",
    opens_wait: bool = True,
) -> InboundMessage:
    thread = _thread(message)
    direct = message.direct_messages_topic
    group = message.chat.type != "private" and direct is None
    if group:
        counterpart = of_chat(message.chat)
    elif direct and direct.user and (message.sender is None or message.sender.id != direct.user.id):
        counterpart, author, opens_wait = of_user(direct.user), AuthorKind.agent, False
    return InboundMessage(
        external_id=thread.message(message.message_id),
        thread=thread.id,
        sender=sender_of(message),
        counterpart=counterpart,
        participants=participants(message) if group else (),
        group=group,
        occurred_at=_time(message.date),
        author=author,
        content=content.kind,
        text=content.text,
        html=content.html,
        data=content.data,
        attachments=content.attachments,
        reply_to=_reply_to(message, thread),
        album=bounded(f"{thread.chat}:{message.media_group_id}") if message.media_group_id else None,
        source=source,
        opens_wait=opens_wait,
    )


def _thread(message: Message) -> Thread:
    """A forum topic is part of the thread; a mere chain of replies also has a number but is none."""
    return Thread(
        message.chat.id,
        topic_id=message.message_thread_id if message.is_topic_message else None,
        direct_topic_id=message.direct_messages_topic.topic_id if message.direct_messages_topic else None,
        connection_id=message.business_connection_id or None,
    )


def _reply_to(message: Message, thread: Thread) -> ExternalId | None:
    """In a forum every message formally answers the one that made the topic: that is no reply."""
    original = message.reply_to_message
    if original is None or (message.is_topic_message and original.message_id == message.message_thread_id):
        return None
    return thread.message(original.message_id)


def _group_change(message: Message) -> Content | None:
    """Joins, leaves and a new name, told as a line of the timeline."""
    if message.new_chat_members:
        return Content(text=f"{', '.join(name_of(user) for user in message.new_chat_members)} joined the group.")
    if message.left_chat_member:
        return Content(text=f"{name_of(message.left_chat_member)} left the group.")
    if message.new_chat_title:
        return Content(text=f"The group is now called “{message.new_chat_title}”.")
    return None


def _migration(message: Message) -> Sequence[InboundEvent]:
    """A group became a supergroup and has another id from now on."""
    old = message.migrate_from_chat_id or (message.chat.id if message.migrate_to_chat_id else None)
    new = message.migrate_to_chat_id or message.chat.id
    if old is None:
        return ()
    known, learned = (message.chat.model_copy(update={"id": chat_id}) for chat_id in (old, new))
    return (ContactPointLearned(known=of_chat(known), learned=of_chat(learned)),)


def _shared_number(message: Message) -> Sequence[InboundEvent]:
    """Only somebody's own card proves a number: https://core.telegram.org/bots/api#contact (user_id)."""
    card = message.contact
    if card is None or message.sender is None or card.user_id != message.sender.id:
        return ()
    phone = Address(namespace="phone", value=international(card.phone_number), verified=True)
    return (ContactPointLearned(known=of_user(message.sender), learned=phone),)


def _emoji(reaction: ReactionType) -> str:
    """A custom emoji is only a number to a bot; the paid reaction is Telegram's star."""
    return reaction.emoji or ("⭐" if reaction.type == "paid" else "❔")


def _gone(member: Member) -> bool:
    return member.status in {"left", "kicked"} or (member.status == "restricted" and not member.is_member)


def _time(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None


def _in_words(error: ValidationError) -> str:
    """Name the places that do not fit, never the values: they are a customer's."""
    found = [(".".join(str(part)[:40] for part in e["loc"]), e["msg"][:80]) for e in error.errors()[:3]]
    places = [f"{place or 'the body'}: {problem}" for place, problem in found]
    return f"Telegram sent an update that does not read as the Bot API describes it ({'; '.join(places)})."

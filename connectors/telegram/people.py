"""Telegram's people and chats as addresses of the hub."""

from connectors.telegram.wire import Chat, Message, User
from hub.contract import Address

NAMESPACE = "telegram"


def participants(message: Message) -> tuple[Address, ...]:
    """Return the people a group message shows beside its sender: joined, answered, mentioned."""
    seen = [*message.new_chat_members]
    if message.reply_to_message and message.reply_to_message.sender:
        seen.append(message.reply_to_message.sender)
    seen += [entity.user for entity in (*message.entities, *message.caption_entities) if entity.user]
    people = {user.id: user for user in seen if not user.is_bot and user != message.sender}
    return tuple(of_user(user) for user in people.values())


def sender_of(message: Message) -> Address:
    """Whoever speaks: with `sender_chat` the user named beside it is a stand-in of Telegram's."""
    if message.sender_chat is not None:
        return of_chat(message.sender_chat)
    return of_user(message.sender) if message.sender else of_chat(message.chat)


def of_user(user: User) -> Address:
    """Return a person. Telegram vouches for its own ids."""
    return Address(
        namespace=NAMESPACE,
        value=str(user.id),
        name=name_of(user),
        verified=True,
        language=user.language_code,
        fields={"telegram": f"@{user.username}"} if user.username else {},
    )


def of_chat(chat: Chat) -> Address:
    """Return a group, a channel, or the private chat of a person."""
    name = chat.title or f"{chat.first_name} {chat.last_name}".strip() or chat.username
    fields = {"telegram": f"@{chat.username}"} if chat.username else {}
    return Address(namespace=NAMESPACE, value=str(chat.id), name=name, verified=True, fields=fields)


def name_of(user: User) -> str:
    """Return the name a person shows."""
    return f"{user.first_name} {user.last_name}".strip() or user.username or str(user.id)

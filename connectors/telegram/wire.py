"""The parts of Telegram's JSON that `parse` reads, typed and checked; everything else stays as it came.

The library's own `Update.de_json` demands every field its version of the API lists: a poll or a sticker from an older
local Bot API server raises, and the message would not show. Here only what we use is required. Field by field:
https://core.telegram.org/bots/api#available-types
"""
# ruff: noqa: D101 - the classes are Telegram's own types, described at that address

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Part(BaseModel):
    """Something Telegram describes. Unknown fields are kept in `model_extra`."""

    model_config = ConfigDict(extra="allow", frozen=True, coerce_numbers_to_str=True)


def _plausible_time(value: Any) -> Any:
    """Let a time no calendar holds count as no time: the message matters more than its date."""
    return value if isinstance(value, int) and 0 < value < 253_402_300_800 else None


Timestamp = Annotated[int | None, BeforeValidator(_plausible_time)]
"""Unix seconds; None for zero (an inaccessible message) and nonsense."""


class User(Part):
    id: int
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""
    username: str = ""
    language_code: str = ""


class Chat(Part):
    id: int
    type: str = "private"
    title: str = ""
    first_name: str = ""
    last_name: str = ""
    username: str = ""


class Entity(Part):
    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    user: User | None = None


class File(Part):
    """A photo size, video, voice note, document … whatever has a `file_id`."""

    file_id: str
    file_size: int | None = None
    file_name: str = ""
    mime_type: str = ""
    width: int | None = None
    height: int | None = None
    length: int | None = None
    duration: float | None = None
    emoji: str = ""
    title: str = ""
    performer: str = ""
    is_animated: bool = False
    is_video: bool = False
    photo: tuple["File", ...] = ()
    thumbnail: "File | None" = None


class Location(Part):
    latitude: float
    longitude: float
    horizontal_accuracy: float | None = None
    live_period: int | None = None


class Venue(Part):
    location: Location
    title: str = ""
    address: str = ""


class SharedContact(Part):
    phone_number: str
    first_name: str = ""
    last_name: str = ""
    user_id: int | None = None


class PollOption(Part):
    text: str = ""


class Poll(Part):
    question: str = ""
    options: tuple[PollOption, ...] = ()
    type: str = "regular"


class Quote(Part):
    text: str = ""


class Origin(Part):
    """Where a forwarded message came from: a user, a hidden user, a chat or a channel."""

    date: Timestamp = None
    sender_user: User | None = None
    sender_user_name: str = ""
    sender_chat: Chat | None = None
    chat: Chat | None = None


class DirectTopic(Part):
    topic_id: int
    user: User | None = None


class WebAppData(Part):
    data: str = ""
    button_text: str = ""


class Button(Part):
    text: str = ""
    callback_data: str | None = None


class Keyboard(Part):
    inline_keyboard: tuple[tuple[Button, ...], ...] = ()


class Replied(Part):
    message_id: int
    sender: User | None = Field(None, alias="from")


class Message(Part):
    message_id: int
    chat: Chat
    date: Timestamp = None
    edit_date: Timestamp = None
    sender: User | None = Field(None, alias="from")
    sender_chat: Chat | None = None
    sender_business_bot: User | None = None
    author_signature: str = ""
    message_thread_id: int | None = None
    is_topic_message: bool = False
    is_automatic_forward: bool = False
    is_from_offline: bool = False
    direct_messages_topic: DirectTopic | None = None
    business_connection_id: str = ""
    media_group_id: str = ""
    reply_to_message: Replied | None = None
    quote: Quote | None = None
    forward_origin: Origin | None = None
    via_bot: User | None = None
    text: str = ""
    entities: tuple[Entity, ...] = ()
    caption: str = ""
    caption_entities: tuple[Entity, ...] = ()
    animation: File | None = None
    audio: File | None = None
    document: File | None = None
    live_photo: File | None = None
    photo: tuple[File, ...] = ()
    sticker: File | None = None
    video: File | None = None
    video_note: File | None = None
    voice: File | None = None
    contact: SharedContact | None = None
    location: Location | None = None
    venue: Venue | None = None
    poll: Poll | None = None
    web_app_data: WebAppData | None = None
    new_chat_members: tuple[User, ...] = ()
    left_chat_member: User | None = None
    new_chat_title: str = ""
    migrate_to_chat_id: int | None = None
    migrate_from_chat_id: int | None = None
    reply_markup: Keyboard | None = None


class ButtonPress(Part):
    id: str
    sender: User = Field(alias="from")
    message: Message | None = None
    data: str = ""
    game_short_name: str = ""


class ReactionType(Part):
    type: str
    emoji: str = ""


class ReactionChange(Part):
    chat: Chat
    message_id: int
    date: Timestamp = None
    user: User | None = None
    actor_chat: Chat | None = None
    new_reaction: tuple[ReactionType, ...]


class Member(Part):
    status: str
    is_member: bool = True


class MembershipChange(Part):
    chat: Chat
    sender: User = Field(alias="from")
    date: Timestamp = None
    old_chat_member: Member
    new_chat_member: Member


class DeletedMessages(Part):
    business_connection_id: str
    chat: Chat
    message_ids: tuple[int, ...]


class Update(Part):
    """One update. At most one of its kinds is present; kinds not named here are in `model_extra`."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    channel_post: Message | None = None
    edited_channel_post: Message | None = None
    business_message: Message | None = None
    edited_business_message: Message | None = None
    deleted_business_messages: DeletedMessages | None = None
    guest_message: Message | None = None
    callback_query: ButtonPress | None = None
    message_reaction: ReactionChange | None = None
    my_chat_member: MembershipChange | None = None

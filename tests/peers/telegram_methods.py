"""The methods of the fake Bot API that send something to a customer: what they check and what they answer.

Words of refusals are Telegram's own, as https://github.com/tdlib/telegram-bot-api sends them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from tests.peers.telegram_text import BadMarkup, read_html, utf16_length
from tests.peers.telegram_world import Json, World

UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded part."""

    name: str
    media_type: str
    content: bytes


class Refusal(Exception):
    """A refusal in Telegram's words."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


_FOLDERS = {
    "photo": "photos",
    "video": "videos",
    "animation": "animations",
    "audio": "music",
    "voice": "voice",
    "document": "documents",
}


def send_text(world: World, values: Mapping[str, str], _: object) -> Json:
    """sendMessage."""
    text, entities = _formatted(values.get("text", ""), values.get("parse_mode"), values.get("entities"))
    if not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if utf16_length(text) > 4096:
        raise Refusal(400, "Bad Request: message is too long")
    return world.message(*_envelope(world, values), text=text, entities=entities or None, **_thread(world, values))


def send_file(world: World, kind: str, values: Mapping[str, str], files: Mapping[str, Upload]) -> Json:
    """sendPhoto, sendVideo, sendAnimation, sendAudio, sendVoice, sendDocument."""
    content = _media(world, kind, values.get(kind, f"attach://{kind}"), files)
    return world.message(*_envelope(world, values), **content, **_caption(values), **_thread(world, values))


def _file_sender(kind: str) -> Callable[[World, Mapping[str, str], Mapping[str, Upload]], Json]:
    return lambda world, values, files: send_file(world, kind, values, files)


def send_album(world: World, values: Mapping[str, str], files: Mapping[str, Upload]) -> list[Json]:
    """sendMediaGroup: 2 to 10 items; documents and audio only among themselves."""
    items: list[Json] = json.loads(values["media"])
    if not 2 <= len(items) <= 10:
        raise Refusal(400, "Bad Request: group send failed: must include 2-10 items")
    kinds = {item["type"] for item in items}
    if kinds - {"photo", "video"} and len(kinds) > 1:
        raise Refusal(400, "Bad Request: MEDIA_GROUPED_INVALID: documents and audio can only be grouped by themselves")
    contents = [_media(world, item["type"], item["media"], files) | _caption(item) for item in items]
    album = f"1377{len(world.messages):012d}"
    envelope, thread = _envelope(world, values), _thread(world, values)
    return [world.message(*envelope, media_group_id=album, **content, **thread) for content in contents]


def edit_text(world: World, values: Mapping[str, str], _: object) -> Json:
    """editMessageText of a message the bot sent."""
    key = int(values["chat_id"]), int(values["message_id"])
    if key not in world.messages or world.messages[key]["from"]["id"] != world.bot["id"]:
        raise Refusal(400, "Bad Request: message to edit not found")
    text, entities = _formatted(values["text"], values.get("parse_mode"), values.get("entities"))
    if world.messages[key].get("text") == text:
        raise Refusal(400, "Bad Request: message is not modified")
    edited = world.messages[key] | {"text": text, "edit_date": world.messages[key]["date"]}
    world.messages[key] = edited | ({"entities": entities} if entities else {})
    return world.messages[key]


def get_file(world: World, values: Mapping[str, str], limit: int) -> Json:
    """getFile."""
    file = world.files.get(values["file_id"])
    if file is None:
        raise Refusal(400, "Bad Request: invalid file_id")
    if file.size > limit:
        raise Refusal(400, "Bad Request: file is too big")
    described = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    return described | {"file_path": file.path}


def _act(world: World, values: Mapping[str, str], _: object) -> bool:
    """A method that only needs a chat we may write to."""
    return bool(check_chat(world, values))


def check_chat(world: World, values: Mapping[str, str]) -> Json:
    """Return the chat a method names, or refuse as Telegram does."""
    chat_id = int(values["chat_id"])
    if chat_id in world.migrated:
        new = world.migrated[chat_id]
        raise Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new)
    if chat_id not in world.chats:
        raise Refusal(400, "Bad Request: chat not found")
    if chat_id in world.blocked:
        raise Refusal(403, "Forbidden: bot was blocked by the user")
    return world.chats[chat_id]


def _envelope(world: World, values: Mapping[str, str]) -> tuple[Json, Json]:
    return check_chat(world, values), world.bot


def _thread(world: World, values: Mapping[str, str]) -> Json:
    extra: Json = {}
    if "message_thread_id" in values:
        extra |= {"message_thread_id": int(values["message_thread_id"]), "is_topic_message": True}
    if "business_connection_id" in values:
        if values["business_connection_id"] not in world.connections:
            raise Refusal(400, "Bad Request: business connection not found")
        extra["business_connection_id"] = values["business_connection_id"]
    reply = json.loads(values.get("reply_parameters", "null"))
    if reply:
        original = world.messages.get((int(values["chat_id"]), reply["message_id"]))
        if original is None and not reply.get("allow_sending_without_reply"):
            raise Refusal(400, "Bad Request: message to be replied not found")
        bare = {key: value for key, value in (original or {}).items() if key != "reply_to_message"}
        extra |= {"reply_to_message": bare} if original else {}
    return extra


def _media(world: World, kind: str, reference: str, files: Mapping[str, Upload]) -> Json:
    upload = files.get(reference.removeprefix("attach://"))
    if upload is None:
        raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
    if not upload.content:
        raise Refusal(400, "Bad Request: file must be non-empty")
    if len(upload.content) > (PHOTO_LIMIT if kind == "photo" else UPLOAD_LIMIT):
        raise Refusal(413, "Request Entity Too Large")
    suffix = PurePosixPath(upload.name).suffix
    file = world.store(upload.content, folder=_FOLDERS[kind], suffix=suffix)
    described = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    typed = {"mime_type": upload.media_type}
    named = typed | {"file_name": upload.name}
    shape = {"width": 1280, "height": 960}
    match kind:
        case "photo":
            return {"photo": [described | shape]}
        case "voice":
            return {"voice": described | typed | {"duration": 1}}
        case "audio":
            return {"audio": described | named | {"duration": 1}}
        case "document":
            return {"document": described | named}
        case _:
            return {kind: described | named | shape | {"duration": 1}}


def _caption(values: Mapping[str, Any]) -> Json:
    text, entities = _formatted(values.get("caption", ""), values.get("parse_mode"), None)
    if utf16_length(text) > 1024:
        raise Refusal(400, "Bad Request: message caption is too long")
    return ({"caption": text} if text else {}) | ({"caption_entities": entities} if entities else {})


def _formatted(text: str, mode: str | None, entities: str | None) -> tuple[str, list[Json]]:
    if mode is None:
        return text, json.loads(entities or "[]")
    if mode != "HTML":
        raise Refusal(400, "Bad Request: unsupported parse_mode")
    try:
        return read_html(text)
    except BadMarkup as problem:
        raise Refusal(400, f"Bad Request: can't parse entities: {problem}") from problem


FILE_KINDS = tuple(_FOLDERS)


def _photos_of(world: World, values: Mapping[str, str], _files: Mapping[str, Upload]) -> Json:
    found = world.portraits.get(int(values["user_id"]), [])
    return {"total_count": len(found), "photos": found[: int(values.get("limit", 100))]}


METHODS: Mapping[str, Callable[[World, Mapping[str, str], Mapping[str, Upload]], Any]] = {
    "sendMessage": send_text,
    "sendMediaGroup": send_album,
    "editMessageText": edit_text,
    "sendChatAction": _act,
    "deleteMessage": _act,
    "setMessageReaction": _act,
    "getUserProfilePhotos": _photos_of,
    "answerCallbackQuery": lambda *_: True,
    "readBusinessMessage": lambda world, values, _: values["business_connection_id"] in world.connections,
} | {f"send{kind.title()}": _file_sender(kind) for kind in FILE_KINDS}
"""What the fake performs beside receiving and webhooks, by the Bot API's names."""

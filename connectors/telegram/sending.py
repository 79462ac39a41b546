"""One outbound message on the wire: its parts in order, and what is true if one of them fails.

A message may take several requests (a long text and files, files of different kinds). Once the first has gone out the
message can no longer be tried again as a whole. A request to slow down is waited out, since Telegram then did nothing;
any other failure behind the first part becomes OutcomeUnknown, which the hub never resends, and its words say what is
out and what is not.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
    ReplyParameters,
)
from telegram.error import TelegramError

from connectors.telegram.client import Refused, Unclear
from connectors.telegram.ids import Thread, message_number, read_thread
from connectors.telegram.render import FileKind, Part, render
from connectors.telegram.words import pause_asked, send_error
from hub.contract import OutboundAttachment, OutboundMessage, OutcomeUnknown, Rejected, SendReceipt
from hub.domain.ids import ExternalId

Pause = Callable[[float], Awaitable[object]]

_LONGEST_PAUSE = 30
"""Seconds we wait inside one send when Telegram asks to slow down between two parts."""
_NOT_A_PHOTO = ("photo_invalid_dimensions", "image_process_failed", "photo_invalid", "photo_save_file_invalid")
_MEDIA = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "audio": InputMediaAudio,
    "document": InputMediaDocument,
}


async def deliver(bot: Bot, message: OutboundMessage, pause: Pause = asyncio.sleep) -> SendReceipt:
    """Send every part of a message. Raises CredentialsRefused or a SendError."""
    parts = render(message)
    if not parts:
        raise Rejected("There is nothing to send: the message has neither text nor files.")
    thread = chat_of(message.thread)
    reply = message_number(message.reply_to) if message.reply_to else None
    ids: list[ExternalId] = []
    for index, part in enumerate(parts):
        try:
            thread, sent = await _part(bot, thread, part, reply if index == 0 else None, pause if index else None)
        except TelegramError as error:
            if index == 0:
                raise send_error(error) from None
            raise OutcomeUnknown(_half_sent(parts, index, error)) from None
        ids += (thread.message(one.message_id) for one in sent)
    return SendReceipt(external_id=ids[0], further_ids=tuple(ids[1:]))


def chat_of(thread: ExternalId) -> Thread:
    """Read a thread's id. Raises Rejected for one that was never Telegram's."""
    try:
        return read_thread(thread)
    except ValueError:
        raise Rejected("This conversation does not name a Telegram chat. Nothing was sent.") from None


async def _part(
    bot: Bot, thread: Thread, part: Part, reply: int | None, pause: Pause | None
) -> tuple[Thread, Sequence[Message]]:
    """Send one part, once. After a certain no it is asked again only in the way that no asks for."""
    for _ in range(4):
        try:
            return thread, await _request(bot, thread, part, reply)
        except Refused as error:
            wait = pause_asked(error)
            words = error.description.lower()
            if error.migrated_to is not None:
                # the group has another number since it became a supergroup; message numbers began anew
                thread, reply = Thread(error.migrated_to), None
            elif "can't parse entities" in words and part.markup:
                part = part.without_markup()
            elif any(text in words for text in _NOT_A_PHOTO) and part.files[0][0] == "photo":
                part = part.as_documents()
            elif pause is not None and wait is not None and wait.total_seconds() <= _LONGEST_PAUSE:
                await pause(wait.total_seconds())
            else:
                raise
    return thread, await _request(bot, thread, part, reply)


async def _request(bot: Bot, thread: Thread, part: Part, reply: int | None) -> Sequence[Message]:
    call = await _prepared(bot, thread, part, reply)
    try:
        result = await call()
    except (KeyError, TypeError, AttributeError) as error:
        # Telegram said yes, but not in the form the library demands: the message is out and its id unknown
        raise Unclear(f"Telegram's answer could not be read ({type(error).__name__}).") from None
    return result if isinstance(result, tuple) else (result,)


async def _prepared(bot: Bot, thread: Thread, part: Part, reply: int | None) -> Callable[[], Awaitable[Any]]:
    """Choose the method and read the files; nothing is sent yet."""
    where: dict[str, Any] = {
        "chat_id": thread.chat_id,
        "message_thread_id": thread.topic_id,
        "direct_messages_topic_id": thread.direct_topic_id,
        "business_connection_id": thread.connection_id,
        "reply_parameters": ReplyParameters(reply, allow_sending_without_reply=True) if reply is not None else None,
        "parse_mode": "HTML" if part.markup else None,
    }
    if not part.files:
        return partial(bot.send_message, text=part.text, reply_markup=_keyboard(part), **where)
    where["caption"] = part.text or None
    if len(part.files) > 1:
        media = [_MEDIA[kind](await _upload(file, attach=True)) for kind, file in part.files]
        return partial(bot.send_media_group, media=media, **where)
    kind, file = part.files[0]
    return partial(_single(bot, kind), **{kind: await _upload(file)}, **where)


def _keyboard(part: Part) -> InlineKeyboardMarkup | None:
    """Return the buttons, one in a line: so labels of any length can be read on a phone."""
    rows = [[InlineKeyboardButton(one.label, callback_data=one.data)] for one in part.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _single(bot: Bot, kind: FileKind) -> Callable[..., Awaitable[Message]]:
    methods: dict[FileKind, Callable[..., Awaitable[Message]]] = {
        "photo": bot.send_photo,
        "video": bot.send_video,
        "animation": bot.send_animation,
        "audio": bot.send_audio,
        "voice": bot.send_voice,
        "document": bot.send_document,
    }
    return methods[kind]


async def _upload(file: OutboundAttachment, *, attach: bool = False) -> InputFile:
    upload = InputFile(await file.read(), filename=file.name, attach=attach)
    # the library guesses the type from the name, which may have none
    upload.mimetype = file.media_type
    return upload


def _half_sent(parts: Sequence[Part], index: int, error: TelegramError) -> str:
    out = "; ".join(part.what for part in parts[:index])
    rest = "; ".join(part.what for part in parts[index:])
    reason = send_error(error)
    return f"Only a part went out. Sent: {out}. Not sent, or not certain: {rest}. {reason} Send only what is missing."

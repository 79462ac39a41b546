"""One outbound message on the wire: its parts in order, and what is true if one of them fails.

Slack knows no idempotency key for messages. Files are uploaded first, where nobody sees them, so up to the last call
everything can be tried again. Once one part is out, any failure is OutcomeUnknown, which the hub never resends, and
its words say what is out and what is not.
"""

import asyncio
from collections.abc import Sequence

from connectors._lib.loose_json import Json, inner, objects, text
from connectors.slack.client import Client, Pause, Refused, SlackError, Unclear
from connectors.slack.ids import Thread, is_id, is_ts, message_id, message_ts, read_thread
from connectors.slack.render import Part, render
from connectors.slack.words import send_error
from hub.contract import (
    OutboundAttachment,
    OutboundMessage,
    OutcomeUnknown,
    Rejected,
    RetryLater,
    SendReceipt,
)
from hub.domain.ids import ExternalId

_LONGEST_PAUSE = 30
"""Seconds we wait inside one send when Slack asks to slow down between two parts."""
_LOOKS = 6
"""How often we look for the message that a shared file became: Slack makes it a moment later."""


async def deliver(client: Client, message: OutboundMessage, pause: Pause = asyncio.sleep) -> SendReceipt:
    """Send every part of a message. Raises CredentialsRefused or a SendError."""
    parts = render(message)
    if not parts:
        raise Rejected("There is nothing to send: the message has neither text nor files.")
    try:
        thread = read_thread(message.thread)
    except ValueError:
        raise Rejected("This conversation does not name a place in Slack. Nothing was sent.") from None
    where = _where(thread, message.reply_to)
    ids: list[ExternalId] = []
    for index, part in enumerate(parts):
        try:
            ids.append(await _part(client, thread, where, part, pause, first=index == 0))
        except (SlackError, RetryLater) as error:
            reason = send_error(error) if isinstance(error, SlackError) else error
            if index == 0:
                raise reason from None
            raise OutcomeUnknown(_half_sent(parts, index, reason)) from None
    return SendReceipt(external_id=ids[0], further_ids=tuple(ids[1:]))


def _where(thread: Thread, reply_to: ExternalId | None) -> dict[str, object]:
    """Return into which thread a message goes.

    An answer to one message of the main flow goes into that message's thread and shows in the main flow, too: that is
    what a quotation is in Slack.
    """
    if thread.ts:
        return {"thread_ts": thread.ts}
    answered = message_ts(reply_to) if reply_to else ""
    return {"thread_ts": answered, "reply_broadcast": True} if answered else {}


async def _part(
    client: Client, thread: Thread, where: dict[str, object], part: Part, pause: Pause, *, first: bool
) -> ExternalId:
    if part.files:
        return await _files(client, thread, where, part, pause)
    while True:
        try:
            answer = await client.call(
                "chat.postMessage",
                {"channel": thread.place, "text": part.text, "blocks": list(part.blocks) or None, **where},
            )
        except Refused as error:
            wait = error.after.total_seconds() if error.after else 0
            if first or error.code != "ratelimited" or wait > _LONGEST_PAUSE:
                raise
            await pause(wait)
            continue
        channel, ts = text(answer.body, "channel"), text(answer.body, "ts")
        if not (is_id(channel) and is_ts(ts)):
            raise Unclear("Slack took the message, but its answer does not name it.")
        return message_id(channel, ts)


async def _files(client: Client, thread: Thread, where: dict[str, object], part: Part, pause: Pause) -> ExternalId:
    """Share files as one message: https://docs.slack.dev/messaging/working-with-files#uploading_files."""
    try:
        channel = await _conversation(client, thread)
        uploaded = [{"id": await _upload(client, file), "title": file.name} for file in part.files]
    except Unclear as error:
        # nobody sees a file that no message shares: trying again is safe
        raise RetryLater(f"A file could not be uploaded. {error.words} Nothing was sent.") from None
    answer = await client.call(
        "files.completeUploadExternal",
        {
            "files": uploaded,
            "channel_id": channel,
            "thread_ts": where.get("thread_ts"),
            "initial_comment": part.text if part.text and not part.blocks else None,
            "blocks": list(part.blocks) or None,
        },
    )
    shared = _shared_as(objects(answer.body, "files"), channel)
    for look in range(_LOOKS):
        if shared:
            return message_id(channel, shared)
        await pause(0.2 * 2**look)
        shared = await _look(client, uploaded[0]["id"], channel)
    return ExternalId(f"file:{uploaded[0]['id']}")


async def _look(client: Client, file_id: str, channel: str) -> str:
    """Return the `ts` of the message a file became, once Slack says it. The message is out: no failure matters."""
    try:
        answer = await client.call("files.info", {"file": file_id})
    except SlackError:
        return ""
    return _shared_as([inner(answer.body, "file")], channel)


async def _conversation(client: Client, thread: Thread) -> str:
    """Return the conversation files are shared in: for a person the direct talk with them."""
    if not thread.is_person:
        return thread.place
    answer = await client.call("conversations.open", {"users": thread.place})
    channel = text(inner(answer.body, "channel"), "id")
    if not is_id(channel):
        raise Unclear("Slack's answer does not name the direct talk.")
    return channel


async def _upload(client: Client, file: OutboundAttachment) -> str:
    answer = await client.call("files.getUploadURLExternal", {"filename": file.name, "length": file.size})
    url, file_id = text(answer.body, "upload_url"), text(answer.body, "file_id")
    if not url or not is_id(file_id):
        raise Unclear("Slack's answer does not say where the file goes.")
    await client.upload(url, file)
    return file_id


def _shared_as(files: Sequence[Json], channel: str) -> str:
    """Return the `ts` of the message in which a file is shared in a channel; "" if it is not said."""
    for file in files:
        shares = inner(file, "shares")
        for kind in ("public", "private"):
            for share in objects(inner(shares, kind), channel):
                if is_ts(text(share, "ts")):
                    return text(share, "ts")
    return ""


def _half_sent(parts: Sequence[Part], index: int, reason: Exception) -> str:
    out = "; ".join(part.what for part in parts[:index])
    rest = "; ".join(part.what for part in parts[index:])
    return f"Only a part went out. Sent: {out}. Not sent, or not certain: {rest}. {reason} Send only what is missing."

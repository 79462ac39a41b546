"""One outbound message on the wire: its parts in order, and what is true if one of them fails.

Discord takes a message of one key once within some minutes, but the hub's next try may come later than that: once a
part is out, any failure is OutcomeUnknown, which the hub never resends, and its words say what is out and what is not.
"""

import asyncio
from collections.abc import Sequence

from connectors._lib.loose_json import text
from connectors.discord.client import Client, DiscordError, Pause, Refused, Unclear
from connectors.discord.ids import Thread, is_id, read_thread
from connectors.discord.render import Part, render
from connectors.discord.words import send_error
from hub.contract import OutboundMessage, OutcomeUnknown, Rejected, RetryLater, SendReceipt
from hub.domain.ids import ExternalId

_LONGEST_PAUSE = 30
"""Seconds we wait inside one send when Discord asks to slow down between two parts."""


class Talks:
    """The direct talks with people: Discord has a channel for each, made at need. A cache that can be lost."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._channels: dict[str, str] = {}

    def learn(self, person: str, channel: str) -> None:
        """Note the channel of a person who wrote to us."""
        self._channels[person] = channel

    async def channel(self, thread: Thread) -> str:
        """Return the channel to write into. Raises DiscordError."""
        if thread.channel:
            return thread.channel
        known = self._channels.get(thread.person)
        if known is None:
            made = await self._client.post("/users/@me/channels", {"recipient_id": thread.person})
            known = text(made, "id")
            if not is_id(known):
                raise Unclear("Discord's answer does not name the direct talk.")
            self._channels[thread.person] = known
        return known


async def deliver(client: Client, talks: Talks, message: OutboundMessage, pause: Pause = asyncio.sleep) -> SendReceipt:
    """Send every part of a message. Raises CredentialsRefused or a SendError."""
    parts = render(message)
    if not parts:
        raise Rejected("There is nothing to send: the message has neither text nor files.")
    thread = place_of(message.thread)
    try:
        channel = await talks.channel(thread)
    except Unclear as error:
        raise RetryLater(f"{error.words} Nothing was sent; it will be tried again.") from None
    except DiscordError as error:
        raise send_error(error) from None
    ids: list[ExternalId] = []
    for index, part in enumerate(parts):
        try:
            ids.append(await _part(client, channel, part, pause if index else None))
        except DiscordError as error:
            if index == 0:
                raise send_error(error) from None
            raise OutcomeUnknown(_half_sent(parts, index, error)) from None
    return SendReceipt(external_id=ids[0], further_ids=tuple(ids[1:]))


def place_of(thread: ExternalId) -> Thread:
    """Read a thread's id. Raises Rejected for one that was never Discord's."""
    try:
        return read_thread(thread)
    except ValueError:
        raise Rejected("This conversation does not name a place in Discord. Nothing was sent.") from None


async def _part(client: Client, channel: str, part: Part, pause: Pause | None) -> ExternalId:
    path = f"/channels/{channel}/messages"
    while True:
        try:
            answer = (
                await client.post_files(path, part.body, part.files)
                if part.files
                else await client.post(path, part.body)
            )
        except Refused as error:
            wait = error.after.total_seconds() if error.after else None
            if pause is None or wait is None or wait > _LONGEST_PAUSE:
                raise
            await pause(wait)
            continue
        if not is_id(text(answer, "id")):
            raise Unclear("Discord took the message, but its answer does not name it.")
        return ExternalId(text(answer, "id"))


def _half_sent(parts: Sequence[Part], index: int, error: DiscordError) -> str:
    out = "; ".join(part.what for part in parts[:index])
    rest = "; ".join(part.what for part in parts[index:])
    return (
        f"Only a part went out. Sent: {out}. Not sent, or not certain: {rest}. {send_error(error)} Send only what is "
        "missing."
    )

"""Slack's people and places as addresses of the hub, and the ids and times of its events."""

from dataclasses import dataclass
from datetime import datetime

from connectors._lib.loose_json import Json, inner, text
from connectors.slack.content import bot_name, handle, person_name
from connectors.slack.ids import NAMESPACE, is_id, is_ts, moment
from hub.contract import Address, UnparseableEvent


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message was said: Slack's conversation, and whether it is a talk with one person."""

    conversation: str
    direct: bool
    """The talk of one person with our app."""
    crowd: bool
    """A group of people without a channel (mpim): one talk, never tickets."""


def sender_of(event: Json) -> Address | None:
    """Return who wrote: a person, or another app; None if it is not said."""
    user, bot = text(event, "user"), text(event, "bot_id")
    if is_id(user) and not bot:
        return person(user, event)
    ident = bot or user
    name = bot_name(event)
    return (
        Address(namespace=NAMESPACE, value=ident, name=name, stand_in="Slack app", verified=True)
        if is_id(ident)
        else None
    )


def person(user: str, event: Json) -> Address:
    """Return a person. Their name comes along only in channels shared with another organisation."""
    profile = inner(event, "user_profile")
    return Address(
        namespace=NAMESPACE,
        value=user,
        name=person_name(profile),
        stand_in="Slack user",
        verified=True,
        fields=handle(profile),
    )


def group(place: Place) -> Address:
    """Return the channel or group of people as the one a conversation is with."""
    stand_in = "Slack group" if place.crowd else "Slack channel"
    return Address(namespace=NAMESPACE, value=place.conversation, stand_in=stand_in, verified=True)


def place_of(event: Json) -> Place:
    """Return where an event happened. Raises UnparseableEvent."""
    conversation = conversation_of(event)
    kind = text(event, "channel_type")
    direct = kind == "im" or (not kind and conversation.startswith("D"))
    return Place(conversation, direct, crowd=kind == "mpim")


def conversation_of(of: Json) -> str:
    """Return the id of Slack's conversation. Raises UnparseableEvent."""
    conversation = text(of, "channel")
    if not is_id(conversation):
        raise UnparseableEvent("Slack sent a message that does not say where it was written.")
    return conversation


def ts_in(of: Json, *names: str) -> str:
    """Return the first of these fields as a `ts`. Raises UnparseableEvent."""
    ts = text(of, *names)
    if not is_ts(ts):
        raise UnparseableEvent("Slack sent a message without its time, which is its name.")
    return ts


def told_at(ts: str) -> datetime:
    """Return the time of a `ts`. Raises UnparseableEvent."""
    try:
        return moment(ts)
    except (ValueError, OverflowError):
        raise UnparseableEvent(f"Slack sent a time that cannot be ({ts[:30]}).") from None

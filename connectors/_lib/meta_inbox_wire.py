"""The parts of Messenger's and Instagram's webhooks that are read, typed; everything else stays as it came.

https://developers.facebook.com/docs/messenger-platform/reference/webhook-events
https://developers.facebook.com/docs/messenger-platform/instagram/features/webhook
"""

from typing import Any

from pydantic import Field

from connectors._lib.meta_json import Part


class Someone(Part):
    id: str = ""
    name: str = ""
    """Only in what reconciling lists; webhooks tell ids alone."""


class Coordinates(Part):
    lat: float
    long: float


class Payload(Part):
    url: str = ""
    title: str = ""
    sticker_id: str = ""
    coordinates: Coordinates | None = None


class Attached(Part):
    type: str = ""
    payload: Payload | None = None
    title: str = ""
    url: str = ""
    mime_type: str = ""
    name: str = ""


class QuickReply(Part):
    payload: str = ""


class Story(Part):
    id: str = ""
    url: str = ""


class RepliedTo(Part):
    mid: str = ""
    story: Story | None = None


class Referral(Part):
    """The link or advertisement that led the person to us."""

    ref: str = ""
    source: str = ""
    type: str = ""
    ad_id: str = ""
    ads_context_data: dict[str, Any] = Field(default_factory=dict)


class Message(Part):
    mid: str
    text: str = ""
    is_echo: bool = False
    app_id: str = ""
    metadata: str = ""
    is_deleted: bool = False
    is_unsupported: bool = False
    attachments: tuple[Attached, ...] = ()
    quick_reply: QuickReply | None = None
    reply_to: RepliedTo | None = None
    referral: Referral | None = None
    sticker_id: str = ""


class Edited(Part):
    mid: str
    text: str = ""


class Reacted(Part):
    mid: str
    action: str = ""
    reaction: str = ""
    emoji: str = ""


class Postback(Part):
    mid: str = ""
    title: str = ""
    payload: str = ""
    referral: Referral | None = None


class Read(Part):
    mid: str = ""
    watermark: Any = None


class Delivered(Part):
    mids: tuple[str, ...] = ()
    watermark: Any = None


class Event(Part):
    """One thing that happened. One of the fields below the timestamp is present."""

    sender: Someone = Someone()
    recipient: Someone = Someone()
    timestamp: Any = None
    message: Message | None = None
    message_edit: Edited | None = None
    reaction: Reacted | None = None
    postback: Postback | None = None
    read: Read | None = None
    delivery: Delivered | None = None
    referral: Referral | None = None


class Change(Part):
    field: str = ""
    value: Any = None


class Entry(Part):
    id: str = ""
    messaging: tuple[dict[str, Any], ...] = ()
    standby: tuple[dict[str, Any], ...] = ()
    changes: tuple[Change, ...] = ()


class Update(Part):
    object: str
    entry: tuple[Entry, ...]

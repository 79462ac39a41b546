"""The parts of the Cloud API's webhooks that `parse` reads, typed; everything else stays as it came.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
"""
# ruff: noqa: D101 - the classes are WhatsApp's own objects, described at that address

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from connectors._lib.meta_json import Part


class Profile(Part):
    name: str = ""
    username: str = ""


class Contact(Part):
    """A person beside the messages. The phone number may be missing, the user id is there since April 2026."""

    wa_id: str = ""
    user_id: str = ""
    profile: Profile = Profile()


class Metadata(Part):
    display_phone_number: str = ""
    phone_number_id: str = ""


class Media(Part):
    id: str
    mime_type: str = ""
    sha256: str = ""
    caption: str = ""
    filename: str = ""
    voice: bool = False
    animated: bool = False


class Location(Part):
    latitude: float
    longitude: float
    name: str = ""
    address: str = ""
    url: str = ""


class CardName(Part):
    formatted_name: str = ""
    first_name: str = ""
    last_name: str = ""


class CardPhone(Part):
    phone: str = ""
    wa_id: str = ""


class Card(Part):
    """A contact card somebody sent."""

    name: CardName = CardName()
    phones: tuple[CardPhone, ...] = ()


class Text(Part):
    body: str = ""


class Button(Part):
    text: str = ""
    payload: str = ""


class Reply(Part):
    id: str = ""
    title: str = ""
    description: str = ""


class FormReply(Part):
    name: str = ""
    body: str = ""
    response_json: str = ""


class CallPermission(Part):
    response: str = ""


class Interactive(Part):
    type: str = ""
    button_reply: Reply | None = None
    list_reply: Reply | None = None
    nfm_reply: FormReply | None = None
    call_permission_reply: CallPermission | None = None


class Product(Part):
    product_retailer_id: str = ""
    quantity: str = ""
    item_price: str = ""
    currency: str = ""


class Order(Part):
    catalog_id: str = ""
    text: str = ""
    product_items: tuple[Product, ...] = ()


class Reacted(Part):
    message_id: str
    emoji: str = ""


class System(Part):
    body: str = ""
    type: str = ""
    wa_id: str = ""
    user_id: str = ""


class Revoked(Part):
    original_message_id: str


class Unsupported(Part):
    type: str = ""


class Referral(Part):
    """The advertisement or post that led the person to us."""

    source_url: str = ""
    source_id: str = ""
    source_type: str = ""
    headline: str = ""
    body: str = ""
    ctwa_clid: str = ""


class Context(Part):
    id: str = ""
    forwarded: bool = False
    frequently_forwarded: bool = False


class Head(Part):
    """What every message has, whatever it is."""

    id: str
    type: str = ""
    sender: str = Field("", alias="from")
    from_user_id: str = ""
    to: str = ""
    to_user_id: str = ""
    group_id: str = ""
    timestamp: Any = None
    origin: str = ""


class Body(Part):
    """What a message says; an edit has it inside. One of the fields is present, named by the type."""

    type: str = ""
    text: Text | None = None
    image: Media | None = None
    video: Media | None = None
    audio: Media | None = None
    voice: Media | None = None
    document: Media | None = None
    sticker: Media | None = None
    location: Location | None = None
    contacts: tuple[Card, ...] = ()
    button: Button | None = None
    interactive: Interactive | None = None
    order: Order | None = None
    unsupported: Unsupported | None = None
    context: Context = Context()
    referral: Referral | None = None


class Edited(Part):
    original_message_id: str
    message: Body


class Status(Part):
    id: str
    status: str
    type: str = ""
    timestamp: Any = None
    recipient_id: str = ""
    recipient_user_id: str = ""
    recipient_participant_user_id: str = ""
    recipient_participant_id: str = ""
    biz_opaque_callback_data: str = ""
    errors: tuple[dict[str, Any], ...] = ()


class Call(Part):
    id: str
    event: str = ""
    direction: str = ""
    sender: str = Field("", alias="from")
    from_user_id: str = ""
    timestamp: Any = None


class Preference(Part):
    wa_id: str = ""
    user_id: str = ""
    category: str = ""
    value: str = ""
    timestamp: Any = None


class Changed(Part):
    previous: str = ""
    current: str = ""


class UserIdUpdate(Part):
    wa_id: str = ""
    user_id: Changed = Changed()


class OldThread(Part):
    id: str = ""
    messages: tuple[dict[str, Any], ...] = ()


class History(Part):
    threads: tuple[OldThread, ...] = ()


def _single(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class Value(Part):
    """What changed, in the fields that speak of messages."""

    metadata: Metadata = Metadata()
    contacts: tuple[Contact, ...] = ()
    messages: tuple[dict[str, Any], ...] = ()
    message_echoes: tuple[dict[str, Any], ...] = ()
    statuses: tuple[Status, ...] = ()
    calls: tuple[Call, ...] = ()
    user_preferences: tuple[Preference, ...] = ()
    user_id_update: Annotated[tuple[UserIdUpdate, ...], BeforeValidator(_single)] = ()
    history: tuple[History, ...] = ()


class Change(Part):
    field: str
    value: dict[str, Any] = Field(default_factory=dict)


class Entry(Part):
    id: str = ""
    changes: tuple[Change, ...] = ()


class Update(Part):
    object: str
    entry: tuple[Entry, ...]

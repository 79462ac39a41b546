"""What one WhatsApp message consists of: text, files, places, cards, orders, pressed buttons."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from connectors.whatsapp.wire import Body, Card, FormReply, Media, Order
from hub.contract import InboundAttachment
from hub.domain.ids import bounded
from hub.domain.interaction import ContentKind

_NAMES = {
    "image": ("photo", "image/jpeg"),
    "video": ("video", "video/mp4"),
    "audio": ("audio", "audio/ogg"),
    "voice": ("voice", "audio/ogg"),
    "document": ("document", "application/octet-stream"),
    "sticker": ("sticker", "image/webp"),
}
_ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "video/mp4": "mp4", "video/3gpp": "3gp",
    "audio/ogg": "ogg", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/aac": "aac", "audio/amr": "amr",
    "application/pdf": "pdf",
}  # fmt: skip
_HIDDEN_ANSWERS = frozenset({"flow_token"})
_PERMISSION = {"accept": "Allowed calls", "reject": "Declined calls"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message without its envelope."""

    kind: ContentKind = ContentKind.text
    text: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    attachments: tuple[InboundAttachment, ...] = ()


def read_content(body: Body) -> Content:
    """Say what a message consists of. What nobody can show is `unsupported` under its own name."""
    files = tuple(_files(body))
    content = _special(body)
    if content is None and (files or body.text):
        kind = ContentKind.sticker if body.sticker else ContentKind.text
        content = Content(kind=kind, text=body.text.body if body.text else _caption(body))
    if content is None:
        content = unsupported((body.unsupported.type if body.unsupported else "") or body.type)
    return Content(kind=content.kind, text=content.text, data={**content.data, **_context(body)}, attachments=files)


def unsupported(what: str) -> Content:
    """Return the entry of a kind of message that cannot be shown yet."""
    named = "message" if what in ("", "unsupported", "unknown", "errors") else what.replace("_", " ")[:60]
    return Content(kind=ContentKind.unsupported, data={"what": named})


def _special(body: Body) -> Content | None:
    if body.location:
        place = body.location
        words = "\n".join(part for part in (place.name, place.address) if part)
        data: dict[str, object] = {"latitude": place.latitude, "longitude": place.longitude}
        data |= {key: value for key, value in (("name", place.name), ("address", place.address)) if value}
        return Content(kind=ContentKind.location, text=words, data=data)
    if body.contacts:
        return _cards(body.contacts)
    if body.button:
        label = body.button.text or body.button.payload
        return Content(kind=ContentKind.button, text=label, data={"label": label, "data": body.button.payload})
    if body.interactive:
        return _answered(body)
    if body.order:
        return _order(body.order)
    return None


def _cards(cards: tuple[Card, ...]) -> Content:
    people = [
        {"name": _card_name(card), "phone": next((p.phone for p in card.phones if p.phone), "")} for card in cards
    ]
    lines = [" ".join(part for part in (one["name"], one["phone"]) if part) for one in people]
    more: dict[str, object] = {"cards": people} if len(people) > 1 else {}
    return Content(kind=ContentKind.contact_card, text="\n".join(lines), data={**people[0], **more})


def _card_name(card: Card) -> str:
    return card.name.formatted_name or f"{card.name.first_name} {card.name.last_name}".strip()


def _answered(body: Body) -> Content | None:
    """What somebody chose from buttons or a list, or filled into a form."""
    answer = body.interactive
    if answer is None:
        return None
    if chosen := answer.button_reply or answer.list_reply:
        label = chosen.title or chosen.id
        data: dict[str, object] = {"label": label, "data": chosen.id}
        if chosen.description:
            data["description"] = chosen.description
        return Content(kind=ContentKind.button, text=label, data=data)
    if answer.nfm_reply:
        return _form(answer.nfm_reply)
    if answer.call_permission_reply:
        label = _PERMISSION.get(answer.call_permission_reply.response, "Answered about calls")
        return Content(kind=ContentKind.button, text=label, data={"label": label})
    return None


def _form(reply: FormReply) -> Content:
    """A form of ours (a Flow) that somebody sent off: its answers as lines."""
    try:
        told = json.loads(reply.response_json)
    except (ValueError, RecursionError):
        told = None
    answers = told if isinstance(told, dict) else {}
    shown = {str(key): _plain(value) for key, value in answers.items() if key not in _HIDDEN_ANSWERS}
    lines = [f"{key.replace('_', ' ')}: {value}" for key, value in shown.items()]
    return Content(text="\n".join(lines) or reply.body or reply.response_json, data={"form": shown})


def _plain(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode()


def _order(order: Order) -> Content:
    lines = [order.text] if order.text else []
    items: list[dict[str, str]] = []
    for item in order.product_items:
        lines.append(f"{item.quantity or '1'} × {item.product_retailer_id} ({item.item_price} {item.currency})")
        items.append(
            {
                "id": item.product_retailer_id,
                "quantity": item.quantity,
                "price": item.item_price,
                "currency": item.currency,
            }
        )
    return Content(text="\n".join(lines), data={"order": {"catalog": order.catalog_id, "items": items}})


def _context(body: Body) -> dict[str, object]:
    """What stands around a message: whether it was forwarded, which advertisement led here."""
    around: dict[str, object] = {}
    if body.context.forwarded or body.context.frequently_forwarded:
        around["forwarded"] = True
    if body.referral:
        told = body.referral.model_dump(
            include={"source_url", "source_id", "source_type", "headline", "body", "ctwa_clid"}
        )
        around["referral"] = {key: value for key, value in told.items() if value}
    return around


def source_of(body: Body) -> str:
    """Say where the person came from: `ad: Summer sale`."""
    if body.referral is None:
        return ""
    named = body.referral.headline or body.referral.source_id or body.referral.source_url
    return f"{body.referral.source_type or 'ad'}: {named}"[:200]


def _files(body: Body) -> Iterator[InboundAttachment]:
    for kind, (name, media_type) in _NAMES.items():
        media: Media | None = getattr(body, kind)
        if media is not None:
            yield _file(media, name, media_type, voice=kind == "voice" or media.voice)


def _file(media: Media, name: str, media_type: str, *, voice: bool) -> InboundAttachment:
    claimed = media.mime_type.partition(";")[0].strip().lower() or media_type
    given = "voice" if voice else name
    ending = _ENDINGS.get(claimed, "bin")
    return InboundAttachment(
        name=_safe(media.filename) or f"{given}.{ending}",
        media_type=claimed,
        source=bounded(media.id),
        voice=voice,
        sha256=hex_of(media.sha256),
    )


def hex_of(digest: str) -> str:
    """Return WhatsApp's base64 hash in hex; empty for what is no SHA-256."""
    try:
        raw = base64.b64decode(digest, validate=True)
    except ValueError:
        return ""
    return raw.hex() if len(raw) == 32 else ""


def _safe(name: str) -> str:
    """Return a sender's file name without path, control characters and direction marks, at most 150 characters."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in base if c.isprintable()).strip(". ")[-150:]


def _caption(body: Body) -> str:
    return next((m.caption for m in (body.image, body.video, body.document, body.audio) if m and m.caption), "")

"""What a message found in Twilio's list means: a recovered message, an echo of another program's, a receipt. Pure.

The list is `GET /Messages.json` (https://www.twilio.com/docs/messaging/api/message-resource); `listing.py` writes each
entry down as a raw event of its own, with the files of the message beside it.
"""

from collections.abc import Sequence
from datetime import UTC
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, ValidationError

from connectors.twilio_sms.addresses import Sender, channel_of, other_threads, person
from connectors.twilio_sms.content import media
from connectors.twilio_sms.keywords import Keywords, keyword_in, opens_wait, opt_outs
from connectors.twilio_sms.receipts import FAILED, ON_THE_WAY, receipt
from hub.contract import InboundAttachment, InboundEvent, InboundMessage, UnparseableEvent
from hub.domain.ids import bounded
from hub.domain.interaction import AuthorKind, ContentKind

Utc = Annotated[AwareDatetime, AfterValidator(lambda time: time.astimezone(UTC))]
Text = Annotated[str, AfterValidator(lambda text: text.replace("\x00", ""))]


class File(BaseModel):
    """One file of a listed message."""

    model_config = ConfigDict(frozen=True)

    url: str
    content_type: str = ""


class Listed(BaseModel):
    """One entry of the list, in Twilio's names."""

    model_config = ConfigDict(frozen=True)

    sid: str
    direction: str
    from_: str = ""
    to: str = ""
    body: Text = ""
    status: str = ""
    error_code: str = ""
    error_message: str = ""
    date_created: Utc | None = None
    date_sent: Utc | None = None
    date_updated: Utc | None = None
    media: tuple[File, ...] = ()


def parse_listed(body: bytes, keywords: Keywords, ours: Sender) -> Sequence[InboundEvent]:
    """Read one entry. Raises UnparseableEvent."""
    try:
        entry = Listed.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))[:60] or "the entry"
        raise UnparseableEvent(f"An entry of Twilio's list of messages cannot be read: {place}.") from None
    if not entry.sid:
        raise UnparseableEvent("An entry of Twilio's list of messages has no id.")
    if entry.direction == "inbound":
        return _inbound(entry, keywords, ours)
    if entry.direction.startswith("outbound"):
        return _outbound(entry, ours)
    raise UnparseableEvent(f"Twilio lists a message of a direction we do not know ({entry.direction[:40]}).")


def _inbound(entry: Listed, keywords: Keywords, ours: Sender) -> Sequence[InboundEvent]:
    if not entry.from_:
        raise UnparseableEvent("Twilio lists a message without saying who wrote it.")
    sender = person(entry.from_)
    channel = channel_of(entry.from_)
    files = _files(entry, channel)
    keyword = keyword_in(entry.body, "", keywords, channel=channel)
    # The list leaves out places, buttons and cards of messengers: what is left is then an empty text.
    bare = channel != "sms" and not entry.body and not files
    data = {"keyword": keyword} if keyword else {"what": "kind the list does not tell"} if bare else {}
    message = InboundMessage(
        external_id=bounded(entry.sid),
        thread=bounded(entry.from_),
        other_threads=tuple(map(bounded, other_threads(ours, entry.from_))),
        sender=sender,
        occurred_at=entry.date_created or entry.date_sent,
        content=ContentKind.unsupported if bare else ContentKind.text,
        text=entry.body,
        data=data,
        attachments=files,
        opens_wait=opens_wait(entry.body, keyword),
    )
    return (message, *opt_outs(sender, keyword, entry.body, message.occurred_at))


def _outbound(entry: Listed, ours: Sender) -> Sequence[InboundEvent]:
    """A message somebody sent from our sender: by the hub, which knows it, or by another program or the console.

    What failed answered nobody, so it is told as a receipt only; what waits at Twilio is listed again once it is sent.
    """
    told = receipt(
        bounded(entry.sid),
        entry.status,
        code=entry.error_code,
        said=entry.error_message,
        to=entry.to,
        occurred_at=entry.date_updated,
    )
    if entry.status in FAILED | ON_THE_WAY or not entry.to:
        return told
    # Replies by TwiML are a program's; a request to the API may be a person's in another tool, or the console's.
    automatic = entry.direction == "outbound-reply"
    echo = InboundMessage(
        external_id=bounded(entry.sid),
        thread=bounded(entry.to),
        other_threads=tuple(map(bounded, other_threads(ours, entry.to))),
        sender=person(entry.from_),
        counterpart=person(entry.to),
        occurred_at=entry.date_sent or entry.date_created,
        author=AuthorKind.bot if automatic else AuthorKind.agent,
        text=entry.body,
        attachments=_files(entry, channel_of(entry.to)),
        opens_wait=False,
    )
    return (echo, *told)


def _files(entry: Listed, channel: str) -> tuple[InboundAttachment, ...]:
    return tuple(media(file.url, file.content_type, index, channel) for index, file in enumerate(entry.media))

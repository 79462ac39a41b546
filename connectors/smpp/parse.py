"""What the operator's units mean: messages, opt-outs and receipts. Pure."""

from collections.abc import Sequence
from hashlib import sha256

from connectors.smpp.alphabet import decode
from connectors.smpp.numbers import address_of, thread_of, written
from connectors.smpp.pdu import BadPdu, Command, Pdu, ShortMessage, short_message, split
from connectors.smpp.receipts import is_receipt, receipt
from connectors.smpp.segments import content_of, part_of
from connectors.smpp.settings import SmppSettings
from hub.contract import InboundEvent, InboundMessage, OptedOut, RawEvent, UnparseableEvent
from hub.domain.ids import ExternalId
from hub.domain.interaction import ContentKind

KIND = "sms"
ID = "id"
"""The header with the message's id: SMPP gives messages to us none, so whoever receives them does."""
_MISSING = " […] "


def parse(raw: RawEvent, settings: SmppSettings) -> Sequence[InboundEvent]:
    """Read the units of one message, or one receipt. Raises UnparseableEvent."""
    if raw.kind != KIND:
        raise UnparseableEvent(f"SMPP has no events of the kind {raw.kind!r}.")
    try:
        units = split(raw.body)
        if not units or any(unit.command not in (Command.deliver_sm, Command.data_sm) for unit in units):
            raise BadPdu("These are no delivered short messages.")
        messages = [short_message(unit) for unit in units]
    except BadPdu as error:
        raise UnparseableEvent(f"Not a unit of SMPP: {error}") from error
    if is_receipt(messages[0]):
        text = content_of(messages[0]).decode("latin-1")
        found = receipt(messages[0], text, settings.receipt_ids)
        return () if found is None else (found,)
    return _message(raw, units, messages, settings)


def _message(
    raw: RawEvent, units: Sequence[Pdu], messages: Sequence[ShortMessage], settings: SmppSettings
) -> Sequence[InboundEvent]:
    first = messages[0]
    sender, ours = address_of(first.source), written(first.destination)
    text = _text(messages, settings)
    keyword = (text or "").strip().upper()
    stops, starts = keyword in _words(settings.stop_words), keyword in _words(settings.start_words)
    message = InboundMessage(
        external_id=ExternalId(raw.headers.get(ID) or sha256(b"".join(u.body for u in units)).hexdigest()[:32]),
        thread=thread_of(sender.value, ours, settings.sender),
        sender=sender,
        occurred_at=None,
        text=text or "",
        content=ContentKind.unsupported if text is None else ContentKind.text,
        data={"what": "binary SMS"} if text is None else {},
        opens_wait=not (stops or starts),
    )
    if stops or starts:
        told = OptedOut(sender=sender, opted_out=stops, keyword=keyword, occurred_at=None)
        return (message, told)
    return (message,)


def _text(messages: Sequence[ShortMessage], settings: SmppSettings) -> str | None:
    """Join the parts; where some are missing, a mark says so. None if it is no text."""
    first = part_of(messages[0])
    total = first.total if first else 1
    contents: dict[int, bytes] = {}
    for message in messages:
        part = part_of(message)
        contents.setdefault(part.number if part else 1, content_of(message))
    coding = messages[0].data_coding
    runs: list[bytes] = []
    gap = True
    for number in range(1, total + 1):
        if number not in contents:
            gap = True
            continue
        # A letter may be torn between two parts: what follows without a gap is decoded together.
        runs[-1:] = [b"".join((*runs[-1:], contents[number]))] if runs and not gap else [*runs[-1:], contents[number]]
        gap = False
    texts = [decode(run, coding, settings.default_alphabet) for run in runs]
    if any(text is None for text in texts):
        return None
    text = _MISSING.join(text for text in texts if text is not None)
    if 1 not in contents:
        text = _MISSING.lstrip() + text
    return text + _MISSING.rstrip() if total not in contents else text


def _words(words: str) -> frozenset[str]:
    return frozenset(word.strip().upper() for word in words.split(",") if word.strip())

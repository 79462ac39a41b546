"""What Twilio says, by webhook or when asked for a list, as the hub's events. Pure: the same bytes, the same events.

Messages and the fate of messages come to one address and are told apart by their status
(https://www.twilio.com/docs/messaging/guides/track-outbound-message-status). A webhook carries no time at all, so the
hub takes the time it came; a listed message carries Twilio's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from connectors._lib.twilio_address import our_delivery
from connectors._lib.twilio_wire import Form, pairs_of
from connectors.twilio_sms.addresses import Sender, channel_of, other_threads, person
from connectors.twilio_sms.content import read_content, referral_of
from connectors.twilio_sms.keywords import Keywords, keyword_in, opens_wait, opt_outs
from connectors.twilio_sms.listed import parse_listed
from connectors.twilio_sms.receipts import receipt
from hub.contract import (
    Address,
    ContactPointLearned,
    InboundEvent,
    InboundMessage,
    RawEvent,
    UnparseableEvent,
)
from hub.domain.ids import ExternalId, bounded

LISTED = "listed"
"""Kind of a raw event that was found in Twilio's list."""

_INBOUND = frozenset({"", "received", "receiving"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What reading needs to know of the account."""

    keywords: Keywords
    sender: Sender
    """Our own."""

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one event. Raises UnparseableEvent."""
        if raw.kind == LISTED:
            return parse_listed(raw.body, self.keywords, self.sender)
        try:
            form = Form(pairs_of(raw.body))
        except ValueError:
            raise UnparseableEvent("Twilio sent something that is no web form.") from None
        sid = form.first("MessageSid", "SmsMessageSid", "SmsSid")
        if not sid:
            what = "a call" if form["CallSid"] else "something that is no message"
            raise UnparseableEvent(f"Twilio sent {what} to the address for messages.")
        status = form.first("MessageStatus", "SmsStatus").lower()
        if status in _INBOUND:
            return self._message(form, bounded(sid))
        return receipt(
            bounded(sid),
            status,
            code=form["ErrorCode"],
            said=form.first("ErrorMessage", "ChannelStatusMessage"),
            to=form["To"],
            occurred_at=None,
            delivery_id=our_delivery(raw.query),
        )

    def _message(self, form: Form, sid: ExternalId) -> Sequence[InboundEvent]:
        written_by = form["From"].strip()
        if not written_by:
            raise UnparseableEvent("Twilio sent a message without saying who wrote it.")
        channel = channel_of(written_by)
        sender = person(written_by, form["ProfileName"].strip()[:200])
        content = read_content(form, channel)
        keyword = keyword_in(form["Body"], form["OptOutType"], self.keywords, channel=channel)
        replied = form["OriginalRepliedMessageSid"].strip()
        message = InboundMessage(
            external_id=sid,
            thread=bounded(written_by),
            other_threads=tuple(map(bounded, other_threads(self.sender, written_by, form["ExternalUserId"].strip()))),
            sender=sender,
            occurred_at=None,
            content=content.kind,
            text=content.text,
            data={**content.data, "keyword": keyword} if keyword else content.data,
            attachments=content.attachments,
            reply_to=bounded(replied) if replied else None,
            source=referral_of(form),
            opens_wait=opens_wait(form["Body"], keyword),
        )
        return (message, *opt_outs(sender, keyword, form["Body"], None), *_other_names(form, sender))


def _other_names(form: Form, sender: Address) -> Sequence[InboundEvent]:
    """WhatsApp names a person by number and by an id of the business account: both are the same person."""
    other = form["ExternalUserId"].strip()
    if not other or channel_of(other) == "sms":
        return ()
    learned = person(other)
    if (learned.namespace, learned.value) == (sender.namespace, sender.value):
        return ()
    return (ContactPointLearned(known=sender, learned=learned),)

"""What WhatsApp tells beside messages: somebody calls, wants no marketing, has a new id. Pure."""

from collections.abc import Iterator

from connectors._lib.meta_json import moment
from connectors.whatsapp.people import Person, international, person
from connectors.whatsapp.wire import Call, Preference, UserIdUpdate, Value
from hub.contract import ContactPointLearned, InboundEvent, InboundMessage, UnparseableEvent
from hub.domain.ids import bounded
from hub.domain.interaction import AuthorKind, ContentKind

_MARKETING = {
    "stop": "The customer wants no more marketing messages.",
    "resume": "The customer wants marketing messages again.",
    "signup": "The customer signed up for marketing messages.",
}


def calls(value: Value) -> Iterator[InboundEvent]:
    """Somebody calls us on WhatsApp. Nobody can answer here, but that they tried is told, once for each call."""
    for call in value.calls:
        if call.direction == "USER_INITIATED":
            yield from _call(call, value)


def _call(call: Call, value: Value) -> Iterator[InboundEvent]:
    who = person(value.contacts, call.sender, call.from_user_id)
    if who is None:
        raise UnparseableEvent("WhatsApp told of a call that does not say who calls.")
    yield from who.learned
    yield InboundMessage(
        external_id=bounded(call.id),
        thread=who.thread,
        other_threads=who.other_threads,
        sender=who.address,
        occurred_at=moment(call.timestamp),
        content=ContentKind.unsupported,
        data={"what": "voice call"},
    )


def preferences(value: Value) -> Iterator[InboundEvent]:
    """Somebody switched marketing messages off or on in WhatsApp. Answers may go on, so it is no opt-out."""
    for told in value.user_preferences:
        who = person(value.contacts if len(value.user_preferences) == 1 else (), told.wa_id, told.user_id)
        text = _MARKETING.get(told.value)
        if who is not None and text is not None:
            yield _preference(told, who, text)


def _preference(told: Preference, who: Person, text: str) -> InboundMessage:
    at = moment(told.timestamp)
    return InboundMessage(
        external_id=bounded(f"preference:{who.thread}:{told.category}:{told.value}:{told.timestamp}"),
        thread=who.thread,
        other_threads=who.other_threads,
        sender=who.address,
        occurred_at=at,
        author=AuthorKind.system,
        text=text,
        data={"preference": told.value, "category": told.category},
        opens_wait=False,
    )


def user_ids(value: Value) -> Iterator[InboundEvent]:
    """Somebody's user id changed, as it does with a new number."""
    for told in value.user_id_update:
        yield from _user_id(told)


def _user_id(told: UserIdUpdate) -> Iterator[InboundEvent]:
    before, after = (person((), "", user_id) for user_id in (told.user_id.previous, told.user_id.current))
    if before is not None and after is not None:
        yield ContactPointLearned(known=before.address, learned=after.address)
        yield from Person(user_id=after.user_id, phone=international(told.wa_id)).learned

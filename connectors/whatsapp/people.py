"""WhatsApp's people as addresses of the hub: a user id of our business's own, a phone number if we may see it.

Since 2026 a person has a business-scoped user id ("US.13491208655302741918") in every webhook, and may hide the phone
number (https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids). Both are
addresses of one contact. The thread is the user id where there is one; a conversation we began by phone number is
continued, since the number is told as the thread's other name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from connectors.whatsapp.settings import NAMESPACE
from connectors.whatsapp.wire import Contact
from hub.contract import Address, ContactPointLearned
from hub.domain.ids import ExternalId, bounded

_GROUP = "g:"
_PHONE_DIGITS = 20


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who writes to us. At least one of `user_id` and `phone` is not empty. Addresses are made once."""

    user_id: str = ""
    phone: str = ""
    """With its plus."""
    name: str = ""
    username: str = ""

    @property
    def address(self) -> Address:
        """The address to answer to."""
        return self._by_user_id if self.user_id else self._by_phone

    @property
    def thread(self) -> ExternalId:
        """The thread with this person."""
        return bounded(self.user_id or self.phone)

    @property
    def other_threads(self) -> tuple[ExternalId, ...]:
        """Under which other name we may have begun to write to them."""
        return (bounded(self.phone),) if self.user_id and self.phone else ()

    @property
    def learned(self) -> Iterator[ContactPointLearned]:
        """The pair of addresses, where WhatsApp told both.

        From the number to the id, so that somebody we wrote to by number first stays one contact without a merge.
        """
        if self.user_id and self.phone:
            yield ContactPointLearned(known=self._by_phone, learned=self._by_user_id)

    @cached_property
    def _by_user_id(self) -> Address:
        fields = {"whatsapp": f"@{self.username}"} if self.username else {}
        return Address(
            namespace=NAMESPACE,
            value=self.user_id,
            name=self.name,
            stand_in=f"@{self.username}" if self.username else self.phone or "WhatsApp customer",
            verified=True,
            fields=fields,
        )

    @cached_property
    def _by_phone(self) -> Address:
        return Address(namespace="phone", value=self.phone, name=self.name, verified=True)


def person(contacts: Sequence[Contact], phone: str, user_id: str) -> Person | None:
    """Return who a number or id belongs to, with what the contacts beside it tell; None if neither is given."""
    number = international(phone)
    beside = next((c for c in contacts if _is(c, number, user_id)), contacts[0] if len(contacts) == 1 else None)
    found = Person(
        user_id=user_id or (beside.user_id if beside else ""),
        phone=number or (international(beside.wa_id) if beside else ""),
        name=" ".join(beside.profile.name.split()) if beside else "",
        username=beside.profile.username.lstrip("@") if beside else "",
    )
    return found if found.user_id or found.phone else None


def group_address(group_id: str) -> Address:
    """Return a group."""
    return Address(namespace=NAMESPACE, value=f"{_GROUP}{group_id}", stand_in="WhatsApp group", verified=True)


def group_thread(group_id: str) -> ExternalId:
    """Return a group's thread."""
    return bounded(f"{_GROUP}{group_id}")


def international(number: str) -> str:
    """Return a number with its plus; empty for what is no number."""
    digits = number.strip().removeprefix("+")
    if not digits.isdecimal():
        for mark in " -().":
            digits = digits.replace(mark, "")
    known = digits.isascii() and digits.isdecimal() and 5 <= len(digits) <= _PHONE_DIGITS
    return f"+{digits}" if known else ""


def addressee(thread: ExternalId, recipient: str) -> dict[str, str] | None:
    """Say to whom a message goes, in the API's words; None for a thread that was never WhatsApp's.

    A phone number goes into `to`, a user id into `recipient`; of both the number counts
    (https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids).
    """
    if thread.startswith(_GROUP):
        return {"recipient_type": "group", "to": thread.removeprefix(_GROUP)}
    for name in (thread, recipient):
        if number := international(name):
            return {"recipient_type": "individual", "to": number.removeprefix("+")}
    user_id = next((name for name in (thread, recipient) if _is_user_id(name)), None)
    return {"recipient_type": "individual", "recipient": user_id} if user_id else None


def _is_user_id(name: str) -> bool:
    country, dot, rest = name.partition(".")
    return len(country) == 2 and country.isalpha() and dot == "." and rest.replace(".", "").isalnum()


def _is(contact: Contact, number: str, user_id: str) -> bool:
    return bool((user_id and contact.user_id == user_id) or (number and international(contact.wa_id) == number))

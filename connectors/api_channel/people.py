"""Who is who: the ids of a system become addresses and threads of the hub, and back. Pure.

An address is `shop:17` for user 17 of the system `shop`; a group is `shop#9`, a thread of its own `shop/order-4`. No
two of them are ever alike, since a system's name holds none of these signs. Where people's ids are phone numbers or
mail addresses, the address is the id itself.
"""

from dataclasses import dataclass

from connectors.api_channel.settings import NAMESPACE, ApiSettings, Ids
from connectors.api_channel.wire import Group, Person
from hub.contract import Address, ContactPointLearned, Rejected
from hub.domain.ids import ExternalId, bounded


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Whom a message of ours is for, in the system's own ids."""

    person: str = ""
    group: str = ""
    thread: str = ""


class People:
    """The people of one system."""

    def __init__(self, settings: ApiSettings) -> None:
        self._system = settings.system
        self._ids = settings.ids

    def address(self, person: Person) -> Address:
        """Return a person's address."""
        fields = {**person.fields, **({"avatar": person.avatar} if person.avatar else {})}
        return Address(
            namespace=NAMESPACE if self._ids is Ids.own else self._ids.value,
            value=self._value(person.id),
            name=person.name,
            # The system vouches for ids of its own making; for a phone number or mail address it has to say so.
            verified=self._ids is Ids.own or person.verified,
            language=person.language.replace("_", "-"),
            fields=fields,
        )

    def group(self, group: Group) -> Address:
        """Return a group's address."""
        return Address(namespace=NAMESPACE, value=f"{self._system}#{group.id}", name=group.name)

    def thread(self, counterpart: Address, thread: str | None) -> ExternalId:
        """Return the thread a message belongs to: one of its own, else all that is said with the counterpart."""
        return bounded(f"{self._system}/{thread}" if thread else counterpart.value)

    def learned(self, person: Person) -> list[ContactPointLearned]:
        """Return the further addresses a person was told with."""
        known = self.address(person)
        further = [("email", person.email), ("phone", person.phone)]
        return [
            ContactPointLearned(
                known=known, learned=Address(namespace=space, value=value, name=person.name, verified=person.verified)
            )
            for space, value in further
            if value and (space, value) != (known.namespace, known.value)
        ]

    def target(self, thread: str, recipient: str) -> Target:
        """Return whom to write to. Raises Rejected if that is nobody of this system."""
        own_thread = self._after("/", thread)
        if group := self._after("#", recipient):
            return Target(group=group, thread=own_thread)
        if self._ids is not Ids.own:
            return Target(person=recipient, thread=own_thread)
        person = self._after(":", recipient)
        if not person:
            raise Rejected(
                f"“{recipient[:100]}” is nobody of “{self._system}”. An address there looks like {self._system}:17."
            )
        return Target(person=person, thread=own_thread)

    def of_thread(self, thread: str) -> Target:
        """Return what a thread alone tells: the thread if it is one of its own, else the person or group."""
        own_thread, group = self._after("/", thread), self._after("#", thread)
        if own_thread or group:
            return Target(group=group, thread=own_thread)
        return Target(person=self._after(":", thread) if self._ids is Ids.own else thread)

    def _after(self, sign: str, value: str) -> str:
        """Return the system's own id in an address or thread of this kind; "" if it is of another kind."""
        start = self._system + sign
        return value[len(start) :] if value.startswith(start) else ""

    def _value(self, person_id: str) -> str:
        return f"{self._system}:{person_id}" if self._ids is Ids.own else person_id

"""A contact, its addresses, and the reversible links that say which contacts are one person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.domain.ids import ChannelId, ContactId, ContactPointId, MergeId, UserId


class ContactState(StrEnum):
    """How firmly we keep a contact."""

    anonymous = "anonymous"
    """Made by the rule `none`: carries a conversation, is not in the contact list."""
    provisional = "provisional"
    """Expires unless the sender writes again or an agent keeps it."""
    kept = "kept"


EVERY_CONTACTS = ("name", "company", "language", "source", "notes")
"""Fields that every contact has and people or bots change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person or firm on the other side.

    A merged contact is not deleted: `canonical_id` points to the contact it is shown as, and undoing the
    merge points it back. Nothing received is rewritten.
    """

    id: ContactId
    canonical_id: ContactId
    """The contact this one is shown as: itself, unless it was merged into another."""
    name: str
    state: ContactState
    created_at: datetime
    expires_at: datetime | None = None
    """When a provisional contact goes, unless it is kept first."""
    company: str = ""
    language: str = ""
    source: str = ""
    """Where the person came from: a deep link's start parameter, a page, a campaign."""
    notes: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    """Custom fields in display order: (name, value)."""
    demo: bool = False


def changed(before: Contact, after: Contact) -> tuple[str, ...]:
    """Return which fields differ, in lower case: the contact's own by their names, and those that every contact has."""
    known, now = ({name.casefold(): value for name, value in one.fields} for one in (before, after))
    own = [name for name in {**known, **now} if known.get(name) != now.get(name)]
    every = [name for name in EVERY_CONTACTS if getattr(before, name) != getattr(after, name)]
    return (*every, *own)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint:
    """One address of a contact; unique by (namespace, address)."""

    id: ContactPointId
    contact_id: ContactId
    namespace: str
    """`phone`, `email`, or the provider's own space such as `telegram`."""
    address: str
    """Normalised, for matching only."""
    received: str
    """Exactly as first received; this is what is shown and written to."""
    name: str = ""
    """The name the provider gave with this address."""
    verified: bool = False
    blocked: bool = False
    """The person cannot be reached here at present: they blocked us, or the address is dead."""
    blocked_reason: str = ""
    opted_out: bool = False
    """The person asked not to be written to. Only they can lift it."""
    opted_at: datetime | None = None
    """When they last said so, or that they want to be written to again."""
    created_at: datetime
    first_channel_id: ChannelId | None = None


class IdentityAction(StrEnum):
    """What was done to the identity of contacts."""

    merge = "merge"
    split_off = "split"
    never_merge = "never_merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityChange:
    """One logged, undoable decision about who is who.

    merge: `contact_id` was shown as `other_id` from then on. split: the points in `point_ids` moved from
    `other_id` to the new contact `contact_id`. never_merge: the two are never to be suggested again.
    """

    id: MergeId
    action: IdentityAction
    contact_id: ContactId
    other_id: ContactId
    point_ids: tuple[ContactPointId, ...] = ()
    reason: str
    by: UserId | None
    at: datetime
    undone_at: datetime | None = None
    undone_by: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two contacts that may be one person, and why we think so."""

    contact_id: ContactId
    other_id: ContactId
    other_name: str
    score: float
    """0 to 1; only the order matters."""
    reason: str
    """In words, with the values compared."""

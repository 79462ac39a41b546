"""An address on the other side, as a provider names it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Somebody on the other side, as the provider names them."""

    namespace: str
    """`phone`, `email`, or the provider's own space, e.g. `telegram`."""
    value: str
    """As the provider wrote it; the hub normalises for matching and keeps this."""
    name: str = ""
    stand_in: str = ""
    """What to call somebody nobody has named yet, instead of an address that tells a reader nothing."""
    verified: bool = False
    """The provider vouches that the person owns the address: equal verified addresses are one contact."""
    language: str = ""
    portrait: str | None = None
    """Where the provider shows a picture of the person: a public address, or what the connector's own `fetch` takes.
    Empty: they have none (any more). None: nothing is said of it. The hub fetches and keeps its own small copy."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Contact fields learned with the address: pre-chat answers, a user name."""

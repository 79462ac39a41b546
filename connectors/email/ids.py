"""The ids and addresses by which our own mail is known again: Message-ID, reply token, bounce address. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hub.domain.ids import DeliveryId, ExternalId

_OURS = re.compile(rb"hub\.([0-9a-f]{32})@([a-z0-9.\-]{1,255})", re.IGNORECASE)
_BOUNCE_TAG = "dsn."
REPORTED = "auto-generated"
"""How mailed reports are marked: https://www.rfc-editor.org/rfc/rfc3834#section-5"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAddresses:
    """Who we are on this channel."""

    address: str
    """What we write from."""
    aliases: frozenset[str] = frozenset()
    """Further addresses whose mail ends up in this mailbox, casefolded."""
    authserv_id: str = ""
    """The name our own mail server signs its Authentication-Results with; "" trusts none."""

    @property
    def domain(self) -> str:
        """The part behind the @, lower case."""
        return self.address.rpartition("@")[2].lower()

    def owns(self, address: str) -> bool:
        """Tell whether an address is ours, with or without a plus part."""
        folded = address.casefold()
        if folded == self.address.casefold() or folded in self.aliases:
            return True
        return bool(self.tag(address))

    def tag(self, address: str) -> str:
        """Return what stands behind the plus in an address of ours, or ""."""
        local, _, domain = address.rpartition("@")
        own_local = self.address.rpartition("@")[0]
        if domain.casefold() != self.domain or not local.casefold().startswith(f"{own_local.casefold()}+"):
            return ""
        return local[len(own_local) + 1 :]

    def tagged(self, tag: str) -> str:
        """Return our address with a plus part."""
        local, _, domain = self.address.rpartition("@")
        return f"{local}+{tag}@{domain}"

    def bounce_address(self, delivery_id: DeliveryId) -> str:
        """Return the envelope sender that names the delivery, so that any bounce can be tied to it (VERP)."""
        return self.tagged(f"{_BOUNCE_TAG}{delivery_id.hex}")

    def message_id(self, delivery_id: DeliveryId) -> ExternalId:
        """Return the Message-ID of a delivery, without angle brackets; the same every time."""
        return ExternalId(f"hub.{delivery_id.hex}@{self.domain}")

    def is_ours(self, message_id: str) -> bool:
        """Tell whether a Message-ID is one the hub made for this channel."""
        match = _OURS.fullmatch(message_id.encode("utf-8", "replace"))
        return match is not None and match.group(2).decode("ascii").lower() == self.domain

    def named_in(self, addresses: Iterable[str], body: bytes) -> ExternalId | None:
        """Return the Message-ID of ours that a bounce is about, by its address or by any mention in its bytes."""
        for address in addresses:
            tag = self.tag(address).lower()
            if re.fullmatch(rf"{re.escape(_BOUNCE_TAG)}[0-9a-f]{{32}}", tag):
                return ExternalId(f"hub.{tag.removeprefix(_BOUNCE_TAG)}@{self.domain}")
        for found, domain in _OURS.findall(body):
            if domain.decode("ascii").lower() == self.domain:
                return ExternalId(f"hub.{found.decode('ascii').lower()}@{self.domain}")
        return None

    def reply_token(self, addresses: Iterable[str]) -> str:
        """Return the reply token that a mail's recipient addresses carry, or ""."""
        tags = (self.tag(address) for address in addresses)
        return next((tag for tag in tags if tag and not tag.lower().startswith(_BOUNCE_TAG)), "")

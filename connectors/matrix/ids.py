"""Which ids are ours: how a delivery's transaction at the homeserver is called, and read back from an echo.

A message's own id is the event id (`$…`), its thread the room id (`!…`). Each event we send is a transaction
`hub-<delivery>.<part>.<parts>`. The homeserver repeats the transaction id to the login that sent it
(`unsigned.transaction_id`), so an echo tells which delivery went out.
"""

import re
from uuid import UUID

from hub.domain.ids import DeliveryId

_TRANSACTION = re.compile(r"hub-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,4})\.(\d{1,4})")


def transaction_id(delivery: DeliveryId, part: int, parts: int) -> str:
    """Return the transaction id of one of a message's events; parts count from 1."""
    return f"hub-{delivery}.{part}.{parts}"


def read_transaction(transaction: str) -> tuple[DeliveryId, bool] | None:
    """Return the delivery a transaction belongs to, and whether it is its last part; None for another program's."""
    found = _TRANSACTION.fullmatch(transaction)
    return (DeliveryId(UUID(found[1])), found[2] == found[3]) if found else None


def media_parts(source: str) -> tuple[str, str] | None:
    """Return server and media id of `mxc://server/media`; None for anything else.

    https://spec.matrix.org/latest/client-server-api/#matrix-content-mxc-uris
    """
    found = re.fullmatch(r"mxc://([A-Za-z0-9.:\[\]-]{1,255})/([A-Za-z0-9_-]{1,255})", source)
    return (found[1], found[2]) if found else None

"""How messages are named.

    customer's message     anna@example.org|ID    its sender and the id the sender gave it
    message of a room      room@rooms.example|ID  the room and the id the room gave it (XEP-0359)
    ours                   ID                     `hub-<delivery>`, `hub-<delivery>.2` for the second part, or another
                                                  client's own id

A sender's id is only the sender's word: two messages may share one. The archive's id, given by our own server, then
tells them apart; it is the `digest` of an inbound message (see `messages._identify` of the hub's ingest).
"""

import re
from uuid import UUID

from hub.domain.ids import DeliveryId, ExternalId, bounded

_OURS = re.compile(r"hub-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.\d{1,4})?")


def message_id(delivery: DeliveryId, part: int = 1) -> str:
    """Return the id of a part of our message; parts count from 1."""
    return f"hub-{delivery}" if part == 1 else f"hub-{delivery}.{part}"


def delivery_of(stanza_id: str) -> DeliveryId | None:
    """Return the delivery of an id that the hub gave; None for any other."""
    found = _OURS.fullmatch(stanza_id)
    return DeliveryId(UUID(found[1])) if found else None


def of_sender(jid: str, stanza_id: str) -> ExternalId:
    """Return the name of a customer's message, or of one the room numbered."""
    return bounded(f"{jid}|{stanza_id}")


def of_ours(stanza_id: str) -> ExternalId:
    """Return the name of a message of ours."""
    return bounded(stanza_id)


def stanza_id_of(external_id: ExternalId) -> str:
    """Return the id as it travels."""
    return external_id.partition("|")[2] or external_id


def author_of(external_id: ExternalId) -> str:
    """Return whose message it is: a JID, or "" for ours."""
    jid, bar, _ = external_id.partition("|")
    return jid if bar else ""

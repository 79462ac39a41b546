"""Write what an operator would deliver for a made-up customer: a real deliver_sm, for the demo. Pure."""

from connectors.smpp.alphabet import DefaultAlphabet
from connectors.smpp.numbers import number_for
from connectors.smpp.parse import ID, KIND
from connectors.smpp.pdu import Command, Pdu, ShortMessage, submit
from connectors.smpp.segments import cut
from hub.contract import RawEvent, SimulatedKind, SimulatedMessage, Simulation

_NOBODY = 48_500_000_000
"""Polish numbers that begin with 50 00 are given to nobody in the demo's small numbers."""


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the units, joined as the connector stores them; None for what SMS does not know."""
    if said.kind is not SimulatedKind.message or said.files or said.place or said.group:
        return None
    source = number_for(said.address or f"+{_NOBODY + said.person}")
    pieces = cut(said.text, said.number & 0xFF, DefaultAlphabet.gsm7)
    units = [
        Pdu(
            command=Command.deliver_sm,
            body=submit(
                ShortMessage(
                    source=source,
                    destination=number_for(said.us),
                    esm_class=pieces.esm_class,
                    data_coding=pieces.data_coding,
                    content=content,
                )
            ),
        ).encode()
        for content in pieces.contents
    ]
    return RawEvent(
        kind=KIND, body=b"".join(units), headers={ID: f"demo-{said.number:x}"}, received_at=said.received_at
    )


SIMULATION = Simulation(
    write=simulate,
    address="+48221234567",
    settings={"host": "smsc.invalid", "system_id": "demo", "password": "demo", "sender": "+48221234567"},
)

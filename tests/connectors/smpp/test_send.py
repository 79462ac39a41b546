"""Submitting to an operator: parts, receipts asked for, what each status means, and the window."""

import asyncio

import pytest

from connectors.smpp.connector import SmppConnector
from connectors.smpp.pdu import text_field
from connectors.smpp.segments import content_of, part_of
from connectors.smpp.session import Patience
from hub.contract import CredentialsRefused, OutcomeUnknown, Rejected, RetryLater, Tools
from tests.connectors.conformance.kit import outbound
from tests.connectors.smpp.messages import ANNA
from tests.connectors.smpp.smsc import Smsc

SHORT = Patience(connect=2.0, answer=0.3)


def connector(smsc: Smsc, tools: Tools, **settings: object) -> SmppConnector:
    return SmppConnector(smsc.settings(**settings), tools, patience=SHORT)


async def test_a_text_goes_out_in_the_smallest_alphabet_that_holds_it(smsc: Smsc, tools: Tools) -> None:
    account = connector(smsc, tools)
    first = await account.send(outbound(ANNA, "Good morning @ 10 €"))
    await account.send(outbound(ANNA, "Dzień dobry 😀"))
    await account.close()
    assert first.external_id == "1"
    assert [(m.data_coding, m.content) for m in smsc.taken] == [
        (0, b"Good morning \x00 10 \x1be"),
        (8, "Dzień dobry 😀".encode("utf-16-be")),
    ]
    assert (smsc.taken[0].destination.ton, smsc.taken[0].destination.value) == (1, "48500000001")
    assert (smsc.taken[0].source.ton, smsc.taken[0].source.value) == (1, "48221234567")


async def test_a_long_text_goes_out_in_parts_and_asks_the_last_for_every_state(smsc: Smsc, tools: Tools) -> None:
    account = connector(smsc, tools)
    receipt = await account.send(outbound(ANNA, "x" * 400))
    await account.close()
    parts = [part_of(message) for message in smsc.taken]
    assert [(p.total, p.number) for p in parts if p] == [(3, 1), (3, 2), (3, 3)]
    assert b"".join(map(content_of, smsc.taken)) == b"x" * 400
    assert [message.registered_delivery for message in smsc.taken] == [2, 2, 1]
    assert (receipt.external_id, receipt.further_ids) == ("3", ("1", "2"))


async def test_an_answer_goes_out_from_the_number_the_customer_wrote_to(smsc: Smsc, tools: Tools) -> None:
    account = connector(smsc, tools)
    await account.send(outbound(f"{ANNA}>60123", recipient=ANNA))
    await account.close()
    assert (smsc.taken[0].source.value, smsc.taken[0].destination.value) == ("60123", "48500000001")


async def test_a_failure_after_the_first_part_leaves_it_unclear(smsc: Smsc, tools: Tools) -> None:
    account = connector(smsc, tools)
    smsc.next(lambda unit, _: unit.answer(0, text_field("77")))
    smsc.fail(0x58)
    with pytest.raises(OutcomeUnknown, match="took 1 of 3 parts"):
        await account.send(outbound(ANNA, "x" * 400))
    await account.close()


@pytest.mark.parametrize(
    ("status", "error"),
    [(0x58, RetryLater), (0x14, RetryLater), (0x0B, Rejected), (0x0A, Rejected), (0x45, Rejected), (0x444, Rejected)],
)
async def test_each_status_says_whether_to_send_again(
    smsc: Smsc, tools: Tools, status: int, error: type[Exception]
) -> None:
    account = connector(smsc, tools)
    smsc.fail(status)
    with pytest.raises(error, match=f"0x{status:02X}"):
        await account.send(outbound(ANNA))
    await account.close()


async def test_what_is_no_number_is_not_sent(smsc: Smsc, tools: Tools) -> None:
    account = connector(smsc, tools)
    with pytest.raises(Rejected, match="neither a number"):
        await account.send(outbound("Żabka sklep nocny"))
    assert smsc.taken == []


async def test_many_messages_at_once_keep_to_the_window(smsc: Smsc, tools: Tools) -> None:
    account = connector(smsc, tools, window=2)
    receipts = await asyncio.gather(*(account.send(outbound(ANNA)) for _ in range(20)))
    await account.close()
    assert len({receipt.external_id for receipt in receipts}) == 20


async def test_the_password_is_proven_without_sending(smsc: Smsc, tools: Tools) -> None:
    assert await connector(smsc, tools).check() == "+48221234567"
    with pytest.raises(CredentialsRefused, match="system id or password"):
        await connector(smsc, tools, password="wrong").check()
    assert smsc.taken == []

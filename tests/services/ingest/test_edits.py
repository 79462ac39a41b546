"""An edit is taken from the author only, where the provider says who edited."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.contract import Address, MessageEdited
from hub.domain.ids import ExternalId
from hub.domain.interaction import AuthorKind
from tests.scripted import T0, SmallHub, says


def edit(by: str, *, of: str = "1") -> MessageEdited:
    return MessageEdited(
        external_id=ExternalId(of),
        sender=Address(namespace="scripted", value=by),
        occurred_at=T0 + timedelta(minutes=1),
        text="forged?",
    )


@pytest.mark.parametrize(("by", "text"), [("ann", "forged?"), ("mallory", "hello"), ("bob", "hello")])
async def test_only_the_author_edits_a_customers_message(by: str, text: str, hub: SmallHub) -> None:
    await hub.hears(says("hi", by="bob"))
    await hub.hears(says("hello", external_id="1"))
    await hub.hears(edit(by))
    assert (await hub.texts())["ann"] == [text]


@pytest.mark.parametrize(("by", "text"), [("us", "forged?"), ("ann", "our answer")])
async def test_only_we_edit_our_own_message(by: str, text: str, hub: SmallHub) -> None:
    echo = says("our answer", external_id="2", author=AuthorKind.agent, counterpart=says("").sender)
    await hub.hears(replace(echo, sender=Address(namespace="scripted", value="us")))
    await hub.hears(edit(by, of="2"))
    assert (await hub.texts())["ann"] == [text]


async def test_a_strangers_edit_is_counted_as_not_needed(hub: SmallHub) -> None:
    await hub.hears(says("hello", external_id="1"))
    await hub.hears(edit("mallory"))
    (line,) = await hub.storage.queries.ledger(since=T0)
    assert (line.shown, line.unneeded) == (1, 1)

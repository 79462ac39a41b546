"""What an agent or manager does in a call, at Asterisk and in the journal."""

from pathlib import Path
from typing import Literal
from uuid import UUID

import pytest

from hub.contract import CallHappening, CallOrder, CredentialsRefused, OutcomeUnknown, Rejected, RetryLater
from hub.contract.calls import (
    CallCommand,
    Consult,
    EndCall,
    EndConsult,
    Hold,
    Mute,
    Record,
    SendDigits,
    Supervise,
    Transfer,
)
from hub.domain.call import Outcome
from hub.domain.call_marks import Ender, Party
from hub.domain.callflow.plan import ListenNotice, Prompt
from hub.domain.callflow.steps import AgentDials, Decision, Dial, Position, Target, fallback
from hub.domain.ids import CallId, ExternalId
from tests.connectors.asterisk.desk import ADA, ADAS, BEN, BENS, MIAS, Desk, desk_of
from tests.connectors.asterisk.plans import ringing
from tests.peers.fake_ari import Caller, FakeAri, Phone

CALL = CallId(UUID(int=0xC1))
CUSTOMER = f"hub-c-{UUID(int=0xC1).hex}"
ORDER = CallOrder(call_id=CALL, agent=ADAS, number="+48221234567", caller_id="+15550100")


async def connected(ari: FakeAri, phone: Phone) -> Caller:
    """A customer who talks with the agent at a phone."""
    caller = ari.call()
    await phone.ringing()
    phone.answer()
    await ari.heard("ChannelEnteredBridge", 2)
    return caller


async def test_hold_is_music_for_the_customer_and_a_span_of_the_call(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, phone)
        talk = phone.channel.bridge
        await desk.control(caller.id, Hold(on=True))
        held = caller.channel.bridge
        assert held is not None
        assert (held.kind, held.music) == ("holding", "default")
        ari.pbx.clock.pass_time(30)
        await desk.control(caller.id, Hold(on=False))
        assert caller.channel.bridge is talk
        caller.hang_up()
        await desk.journaled("ChannelDestroyed", 2)
        call = desk.call(caller.id)
        assert len(call.holds) == 1
        assert 29 < call.held.total_seconds() < 32
        assert (call.outcome, call.agents) == (Outcome.answered, (ADA,))


async def test_the_phones_own_hold_key_counts_as_well(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, phone)
        phone.hold()
        ari.pbx.clock.pass_time(10)
        phone.unhold()
        await desk.journaled("ChannelUnhold")
        assert 9 < desk.call(caller.id).held.total_seconds() < 12


async def test_keys_and_mute(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, phone)
        await desk.control(caller.id, SendDigits(digits="12#"))
        assert caller.channel.digits_sent == "12#"
        await desk.control(caller.id, Mute(leg=ExternalId(phone.channel.id), on=True))
        assert phone.channel.muted == {"in"}
        await desk.control(caller.id, Mute(leg=ExternalId(phone.channel.id), on=False))
        assert phone.channel.muted == set()
        with pytest.raises(Rejected, match="Only the keys"):
            await desk.control(caller.id, SendDigits(digits="1&2"))


async def test_a_blind_transfer_leads_to_another_agent(ari: FakeAri, tmp_path: Path) -> None:
    ada, ben = ari.phone("PJSIP/1001"), ari.phone("PJSIP/1002")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, ada)
        await desk.control(caller.id, Transfer(target=BENS))
        await ben.ringing()
        await ari.until(lambda: ada.channel.hung_up)
        ben.answer()
        await ari.until(lambda: caller.channel.bridge is not None and caller.channel.bridge is ben.channel.bridge)
        caller.hang_up()
        await desk.journaled("ChannelDestroyed", 3)
        assert desk.call(caller.id).agents == (ADA, BEN)


async def test_a_transfer_nobody_takes_goes_on_with_the_plan(ari: FakeAri, tmp_path: Path) -> None:
    ada = ari.phone("PJSIP/1001")
    ari.phone("PJSIP/1002", "busy")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, ada)
        await desk.control(caller.id, Transfer(target=BENS))
        await ari.heard("RecordingStarted")
        assert not caller.channel.hung_up, "they leave a message"


async def test_a_colleague_is_asked_and_takes_over(ari: FakeAri, tmp_path: Path) -> None:
    ada, ben = ari.phone("PJSIP/1001"), ari.phone("PJSIP/1002")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, ada)
        await desk.control(caller.id, Consult(target=BENS))
        with pytest.raises(Rejected, match="has not answered yet"):
            await desk.control(caller.id, EndConsult(complete=True))
        await ben.ringing()
        ben.answer()
        await ari.until(lambda: ada.channel.bridge is not None and ada.channel.bridge is ben.channel.bridge)
        assert caller.channel.bridge is not ada.channel.bridge, "the customer does not hear them"
        await desk.control(caller.id, EndConsult(complete=True))
        assert caller.channel.bridge is ben.channel.bridge
        await ari.until(lambda: ada.channel.hung_up)
        ben.hang_up()
        await desk.journaled("ChannelDestroyed", 3)
        assert desk.call(caller.id).agents == (ADA, BEN)
        assert desk.call(caller.id).ended_by is Ender.agent


async def test_back_to_the_customer_after_asking(ari: FakeAri, tmp_path: Path) -> None:
    ada, ben = ari.phone("PJSIP/1001"), ari.phone("PJSIP/1002", "auto")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, ada)
        await desk.control(caller.id, Consult(target=BENS))
        await ari.until(lambda: ben.rung and ben.channel.bridge)
        await desk.control(caller.id, EndConsult(complete=False))
        assert caller.channel.bridge is ada.channel.bridge
        await ari.until(lambda: ben.channel.hung_up)


async def test_the_agent_hangs_up_while_asking_and_has_handed_over(ari: FakeAri, tmp_path: Path) -> None:
    ada, ben = ari.phone("PJSIP/1001"), ari.phone("PJSIP/1002", "auto")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, ada)
        await desk.control(caller.id, Consult(target=BENS))
        await ari.until(lambda: ben.rung and ben.channel.bridge)
        ada.hang_up()
        await ari.until(lambda: caller.channel.bridge is not None and caller.channel.bridge is ben.channel.bridge)


async def test_card_data_is_not_recorded(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing(recording="on")) as desk:
        caller = await connected(ari, phone)
        await ari.heard("RecordingStarted", 2)
        await desk.control(caller.id, Record(change="pause"))
        assert [lane.muted for lane in ari.pbx.live.values()] == [True, True]
        await desk.control(caller.id, Record(change="resume"))
        assert [lane.muted for lane in ari.pbx.live.values()] == [False, False]
        await desk.control(caller.id, Record(change="stop"))
        await ari.heard("RecordingFinished", 2)
        with pytest.raises(Rejected, match="does not run"):
            await desk.control(caller.id, Record(change="pause"))
        await desk.control(caller.id, Record(change="start"))
        await ari.heard("RecordingStarted", 4)
        assert len(ari.pbx.stored) == 2


@pytest.mark.parametrize(("mode", "at_agent", "whispers"), [("listen", False, "none"), ("whisper", True, "out")])
async def test_a_manager_listens_and_whispers(
    ari: FakeAri, tmp_path: Path, mode: str, at_agent: bool, whispers: str
) -> None:
    ada, mia = ari.phone("PJSIP/1001"), ari.phone("PJSIP/1003", "auto")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, ada)
        await desk.control(caller.id, Supervise(target=MIAS, mode=mode))  # type: ignore[arg-type]  # one of the modes
        await ari.until(lambda: mia.rung and mia.channel.bridge and len(mia.channel.bridge.channels) == 2)
        bridge = mia.channel.bridge
        assert bridge is not None
        spy = next(one for one in bridge.channels if one.spies_on)
        assert (spy.spies_on is ada.channel, spy.spy, spy.whisper) == (at_agent, "both", whispers)
        assert caller.channel.bridge is ada.channel.bridge is not bridge
        await desk.control(caller.id, Supervise(target=MIAS, mode="barge"))
        assert mia.channel.bridge is caller.channel.bridge
        await ari.until(lambda: spy.hung_up)
        caller.hang_up()
        await ari.until(lambda: not ari.pbx.channels)
        await desk.journaled("ChannelDestroyed", 4)
        call = desk.call(caller.id)
        assert call.agents == (ADA,)
        assert [leg.party for leg in call.legs if leg.external_id == mia.channel.id] == [Party.supervisor]


@pytest.mark.parametrize("to", ["agent", "everybody"])
async def test_whom_the_rule_names_is_told_before_a_manager_hears_anything(
    ari: FakeAri, tmp_path: Path, to: Literal["agent", "everybody"]
) -> None:
    ada, mia = ari.phone("PJSIP/1001"), ari.phone("PJSIP/1003", "auto")
    notice = ListenNotice(to=to, prompt=Prompt(file="custom/you-are-heard"))
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, ada)
        talk = caller.channel.bridge
        await desk.control(caller.id, Supervise(target=MIAS, mode="listen", notice=notice))
        await ari.heard("PlaybackFinished")
        await ari.until(lambda: mia.channel.bridge and len(mia.channel.bridge.channels) == 2)
        (said,) = [event["playback"] for event in ari.pbx.events if event["type"] == "PlaybackStarted"]
        assert said["media_uri"] == "sound:custom/you-are-heard"
        heard_by = {"agent": "channel:hub-n-", "everybody": f"bridge:{talk.id}"}  # type: ignore[union-attr]  # they talk
        assert said["target_uri"].startswith(heard_by[to])
        await ari.until(lambda: not [one for one in ari.pbx.channels if one.startswith("hub-n-")])
        # a change of the mode is no new listener
        await desk.control(caller.id, Supervise(target=MIAS, mode="barge", notice=notice))
        assert mia.channel.bridge is talk
        assert len([event for event in ari.pbx.events if event["type"] == "PlaybackStarted"]) == 1


async def test_a_manager_is_not_let_in_where_the_agent_cannot_be_told(ari: FakeAri, tmp_path: Path) -> None:
    ada, mia = ari.phone("PJSIP/1001"), ari.phone("PJSIP/1003")
    notice = ListenNotice(to="agent", prompt=Prompt(text="A manager listens."))
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, ada)
        await desk.control(caller.id, Supervise(target=MIAS, mode="listen", notice=notice))
        await mia.ringing()
        ari.failures.append("500")
        mia.answer()
        await ari.until(lambda: mia.channel.hung_up)
        assert caller.channel.bridge is ada.channel.bridge is not None


async def test_a_second_manager_is_told_so(ari: FakeAri, tmp_path: Path) -> None:
    ada, _mia = ari.phone("PJSIP/1001"), ari.phone("PJSIP/1003", "auto")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, ada)
        await desk.control(caller.id, Supervise(target=MIAS, mode="listen"))
        with pytest.raises(Rejected, match="Another manager"):
            await desk.control(caller.id, Supervise(target=BENS, mode="listen"))


async def test_hanging_up_by_the_screen(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, phone)
        await desk.control(caller.id, EndCall())
        await desk.journaled("ChannelDestroyed", 2)
        assert desk.call(caller.id).ended_by is Ender.agent
        await ari.until(lambda: not ari.pbx.channels)
        with pytest.raises(Rejected, match="over"):
            await desk.control(caller.id, Hold(on=True))


async def test_nothing_is_held_before_somebody_answers(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = ari.call()
        await phone.ringing()
        with pytest.raises(Rejected, match="Nobody is connected"):
            await desk.control(caller.id, Hold(on=True))


@pytest.mark.parametrize(
    ("failure", "error"),
    [("500", OutcomeUnknown), ("cut", OutcomeUnknown), ("hang", OutcomeUnknown), ("401", CredentialsRefused)],
)
async def test_a_command_says_whether_it_may_have_been_done(
    ari: FakeAri, tmp_path: Path, failure: str, error: type[Exception]
) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, phone)
        ari.failures.append(failure)  # type: ignore[arg-type]  # one of the failures
        with pytest.raises(error):
            await desk.control(caller.id, SendDigits(digits="1"))
        await desk.control(caller.id, SendDigits(digits="2"))
        assert caller.channel.digits_sent.endswith("2")


@pytest.mark.parametrize("command", [Hold(on=True), EndCall()])
async def test_without_a_connection_nothing_is_promised(ari: FakeAri, tmp_path: Path, command: CallCommand) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, phone)
        await ari.cut()
        await ended(desk)
        with pytest.raises(RetryLater, match="not connected"):
            await desk.control(caller.id, command)
        with pytest.raises(RetryLater):
            await desk.connector.place_call(ORDER)


async def ended(desk: Desk) -> None:
    await desk.until(lambda: desk.ended is not None)


# calling out


async def test_the_agents_phone_rings_first_then_the_customers(ari: FakeAri, tmp_path: Path) -> None:
    own, customer = ari.phone("PJSIP/1001"), ari.phone("PJSIP/+48221234567@trunk")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        placed = await desk.connector.place_call(ORDER)
        assert placed.external_id == CUSTOMER
        await own.ringing()
        assert customer.rung == []
        own.answer()
        await customer.ringing()
        assert customer.channel.connected == "+15550100"
        assert own.channel.rings
        customer.answer()
        await ari.until(lambda: customer.channel.bridge is not None and customer.channel.bridge is own.channel.bridge)
        ari.pbx.clock.pass_time(40)
        customer.hang_up()
        await desk.journaled("ChannelDestroyed", 2)
        call = desk.call(CUSTOMER)
        assert (call.outcome, call.ended_by, call.connected) == (Outcome.answered, Ender.contact, True)


async def test_the_same_order_twice_is_one_call(ari: FakeAri, tmp_path: Path) -> None:
    own = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        first = await desk.connector.place_call(ORDER)
        assert await desk.connector.place_call(ORDER) == first
        await own.ringing()
        assert len(own.rung) == 1


async def test_an_order_whose_answer_was_lost_is_placed_again_as_the_same_call(ari: FakeAri, tmp_path: Path) -> None:
    own = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        await desk.connector.place_call(ORDER)
        await own.ringing()
        own.answer()
        await desk.restart()
        await desk.connector.place_call(ORDER)
        assert len(own.rung) <= 2


@pytest.mark.parametrize(
    ("does", "outcome"), [("busy", Outcome.busy), ("reject", Outcome.no_answer), ("absent", Outcome.failed)]
)
async def test_a_customer_who_cannot_be_reached(ari: FakeAri, tmp_path: Path, does: str, outcome: Outcome) -> None:
    own = ari.phone("PJSIP/1001", "auto")
    ari.phone("PJSIP/+48221234567@trunk", does)  # type: ignore[arg-type]  # one of what phones do
    async with desk_of(ari, tmp_path, ringing()) as desk:
        await desk.connector.place_call(ORDER)
        await desk.journaled("ChannelDestroyed", 2)
        assert desk.call(CUSTOMER).outcome is outcome
        assert own.channel.hung_up


async def test_an_agent_who_does_not_take_their_own_phone_calls_nobody(ari: FakeAri, tmp_path: Path) -> None:
    own, customer = ari.phone("PJSIP/1001", "busy"), ari.phone("PJSIP/+48221234567@trunk")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        await desk.connector.place_call(ORDER)
        await desk.journaled("ChannelDestroyed")
        call = desk.call(CUSTOMER)
        assert call.outcome is Outcome.failed
        assert "own phone was busy" in call.reason
        assert own.rung
        assert customer.rung == []


class Exchange:
    """A hub that lets Ada's browser phone reach one customer."""

    def __init__(self, *, allows: bool) -> None:
        self.allows = allows
        self.asked: list[CallHappening] = []

    async def next(self, happening: CallHappening) -> Decision:
        self.asked.append(happening)
        dial = Dial(call_id=CALL, number="+48221234567", caller_id="+15550100")
        return Decision(steps=(dial,), position=Position()) if self.allows else fallback()


async def test_a_browser_phone_dials_by_its_order(ari: FakeAri, tmp_path: Path) -> None:
    customer, exchange = ari.phone("PJSIP/+48221234567@trunk"), Exchange(allows=True)
    async with desk_of(ari, tmp_path, ringing(), director=exchange) as desk:
        browser = ari.pbx.new_channel(f"PJSIP/agent_{ADA.hex}", state="Ring", exten=CALL.hex)
        ari.pbx.enter(browser, "hub", [CALL.hex])
        await customer.ringing()
        assert exchange.asked[0].what == AgentDials(user_id=ADA, call_id=CALL, number=CALL.hex)
        customer.answer()
        await ari.until(lambda: customer.channel.bridge is not None and customer.channel.bridge is browser.bridge)
        ari.pbx.clock.pass_time(12)
        ari.pbx.hang_up(browser)
        await desk.journaled("ChannelDestroyed", 2)
        call = desk.call(CUSTOMER)
        assert (call.outcome, call.ended_by, call.agents) == (Outcome.answered, Ender.agent, (ADA,))
        assert [leg.ended_at is not None for leg in call.legs] == [True, True]


async def test_a_browser_phone_without_an_order_reaches_nobody(ari: FakeAri, tmp_path: Path) -> None:
    async with desk_of(ari, tmp_path, ringing(), director=Exchange(allows=False)) as desk:
        browser = ari.pbx.new_channel(f"PJSIP/agent_{ADA.hex}", state="Ring", exten="+19005550100")
        ari.pbx.enter(browser, "hub", ["+19005550100"])
        await desk.journaled("ChannelDestroyed")
        assert browser.cause == 21
        assert desk.events() == []


async def test_what_is_no_number_is_never_dialled(ari: FakeAri, tmp_path: Path) -> None:
    async with desk_of(ari, tmp_path, ringing()) as desk:
        bad = Target(kind="number", address="100@evil&Local/999")
        order = CallOrder(call_id=CALL, agent=bad, number="+48221234567", caller_id="")
        with pytest.raises(Rejected, match="no number"):
            await desk.connector.place_call(order)
        assert [path for method, path, _ in ari.requests if method == "POST" and "channels" in path] == []

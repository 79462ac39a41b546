"""The hub dies, the network breaks, Asterisk restarts: calls go on, and what was missed is found."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from connectors.asterisk.cursor import Memory
from hub.contract import CallHappening, CredentialsRefused, RecordingReady, RetryLater
from hub.contract.calls import Consult, EndConsult, Hold, Record
from hub.domain.call import CallState, Outcome
from hub.domain.callflow.steps import Continued, Decision, MessageLeft
from tests.connectors.asterisk.desk import ADA, ADAS, BEN, BENS, World, desk_of, settings_of
from tests.connectors.asterisk.plans import MENU, ringing
from tests.connectors.asterisk.test_commands import CUSTOMER, ORDER, connected
from tests.connectors.conformance.kit import tools_for
from tests.peers.fake_ari import FakeAri


async def test_two_talk_on_and_the_next_hub_leads_them(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing(recording="on")) as desk:
        caller = await connected(ari, phone)
        await ari.heard("RecordingStarted", 2)
        await desk.journaled("RecordingStarted", 2)
        await desk.control(caller.id, Hold(on=True))
        await desk.journaled("ChannelEnteredBridge", 3)
        await desk.stop()
        ari.pbx.clock.pass_time(15)
        assert not caller.channel.hung_up
        await desk.restart()
        await desk.control(caller.id, Hold(on=False))
        assert caller.channel.bridge is phone.channel.bridge
        await desk.control(caller.id, Record(change="pause"))
        assert [lane.muted for lane in ari.pbx.live.values()] == [True, True]
        phone.hang_up()
        await desk.journaled("ChannelDestroyed", 2)
        call = desk.call(caller.id)
        assert (call.outcome, call.agents) == (Outcome.answered, (ADA,))
        assert call.held.total_seconds() > 14
        await ari.until(lambda: not ari.pbx.bridges)


async def test_news_that_was_heard_and_not_stored_is_seen_afterwards(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = ari.call()
        await phone.ringing()
        await desk.journaled("ChannelStateChange")
        kept, cursor = list(desk.journal), desk.cursor
        phone.answer()
        await ari.heard("ChannelEnteredBridge", 2)
        await desk.control(caller.id, Hold(on=True))
        await desk.stop()
        desk.journal, desk.cursor = kept, cursor
        await desk.restart()
        await desk.journaled("HubSeen")
        call = desk.call(caller.id)
        assert (call.state, call.agents) == (CallState.held, (ADA,))


async def test_a_call_that_ended_meanwhile_is_ended(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing(recording="on")) as desk:
        caller = await connected(ari, phone)
        await ari.heard("RecordingStarted", 2)
        await desk.journaled("RecordingStarted", 2)
        await desk.stop()
        ari.pbx.clock.pass_time(30)
        caller.hang_up()
        phone.hang_up()
        await desk.restart()
        await desk.journaled("HubGone", 2)
        call = desk.call(caller.id)
        assert call.outcome is Outcome.answered
        assert [leg.ended_at is not None for leg in call.legs] == [True, True]
        found = [e for e in desk.events() if isinstance(e, RecordingReady) and e.state == "ready"]
        assert {e.external_id for e in found} == {found[0].external_id}, "both lanes were stored meanwhile"
        await ari.until(lambda: not ari.pbx.bridges)


async def test_a_caller_in_a_menu_is_asked_again(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    ari.pbx.playback_seconds = 60
    async with desk_of(ari, tmp_path, MENU) as desk:
        caller = ari.call()
        await ari.heard("PlaybackStarted")
        ari.pbx.clock.pass_time(61)
        await ari.heard("PlaybackStarted", 2)
        await desk.restart()
        assert (await desk.director.told(Continued)).position is not None
        await ari.until(lambda: len([path for _, path, _ in ari.requests if "/play/" in path]) > 2)
        await desk.until(lambda: True)
        caller.press("1")
        await phone.ringing()


async def test_what_was_ringing_rings_anew(ari: FakeAri, tmp_path: Path) -> None:
    ada = ari.phone("PJSIP/1001")
    world = World(agents=[(ADAS,)])
    async with desk_of(ari, tmp_path, ringing(wait=300), world) as desk:
        ari.call()
        first = await ada.ringing()
        ari.phone("PJSIP/1002")
        world.agents = [(BENS,)]
        await desk.restart()
        await ari.until(lambda: first.hung_up)
        await ari.heard("Dial", 4)
        assert [leg for leg in ari.pbx.channels if leg.startswith("hub-a-") and BEN.hex in leg]


async def test_a_message_left_while_nobody_heard_it_is_kept(ari: FakeAri, tmp_path: Path) -> None:
    ari.phone("PJSIP/1001", "busy")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = ari.call()
        await ari.heard("RecordingStarted")
        await desk.journaled("RecordingStarted")
        await desk.stop()
        ari.pbx.clock.pass_time(6)
        caller.press("#")
        await desk.restart()
        assert (await desk.director.told(MessageLeft)).external_id == caller.id
        await desk.journaled("ChannelDestroyed", 2)
        assert desk.call(caller.id).outcome is Outcome.voicemail
        ready = [e for e in desk.events() if isinstance(e, RecordingReady) and e.state == "ready"]
        assert [e.kind for e in ready] == ["voicemail"]


async def test_a_message_that_still_runs_is_waited_for(ari: FakeAri, tmp_path: Path) -> None:
    ari.phone("PJSIP/1001", "busy")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = ari.call()
        await ari.heard("RecordingStarted")
        await desk.journaled("RecordingStarted")
        running = next(iter(ari.pbx.live))
        with pytest.raises(RetryLater, match="still recording"):
            await anext(aiter(desk.connector.fetch_recording(running)))  # type: ignore[arg-type]  # an external id
        await desk.restart()
        await ari.until(lambda: [path for _, path, _ in ari.requests].count(f"/recordings/live/{running}") == 2)
        ari.pbx.clock.pass_time(8)
        caller.press("#")
        assert (await desk.director.told(MessageLeft)).what == MessageLeft(seconds=8)


async def test_asterisk_was_restarted_and_every_call_is_over(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, phone)
        await desk.journaled("ChannelEnteredBridge", 2)
        await ari.cut()
        ari.pbx.restart()
        await desk.until(lambda: desk.ended is not None)
        await desk.restart()
        await desk.journaled("HubGone", 2)
        assert desk.call(caller.id).outcome is Outcome.answered
        assert Memory.of(desk.cursor).channels == {}


async def test_a_caller_nobody_told_us_of_is_found(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        before = desk.cursor
        caller = ari.call()
        await phone.ringing()
        await desk.stop()
        desk.journal.clear()
        desk.cursor = before
        await desk.restart()
        await desk.journaled("HubFound")
        await ari.until(lambda: len(phone.rung) == 2)
        phone.answer()
        caller.hang_up()
        await desk.journaled("ChannelDestroyed", 2)
        assert desk.call(caller.id).outcome is not None


async def test_new_callers_hear_the_dialplan_while_the_hub_is_away(ari: FakeAri, tmp_path: Path) -> None:
    async with desk_of(ari, tmp_path, ringing()) as desk:
        await desk.stop()
        await ari.until(lambda: not ari.pbx.registered("hub"))
        assert ari.call().heard_fallback


async def test_an_order_cut_off_by_a_restart_is_ended_in_words(ari: FakeAri, tmp_path: Path) -> None:
    own = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        await desk.connector.place_call(ORDER)
        await own.ringing()
        await desk.journaled("ChannelStateChange")
        await desk.restart()
        await desk.journaled("HubEnded")
        await ari.until(lambda: own.channel.hung_up)
        assert "Call again" in desk.call(CUSTOMER).reason


async def test_asking_a_colleague_goes_on_after_a_restart(ari: FakeAri, tmp_path: Path) -> None:
    ada, ben = ari.phone("PJSIP/1001"), ari.phone("PJSIP/1002", "auto")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, ada)
        await desk.control(caller.id, Consult(target=BENS))
        await ari.until(lambda: ben.rung and ben.channel.bridge)
        await desk.restart()
        await desk.control(caller.id, EndConsult(complete=True))
        assert caller.channel.bridge is not None
        assert caller.channel.bridge in (ada.channel.bridge, ben.channel.bridge)


async def test_an_answer_that_asterisk_owes_does_not_cost_the_caller_the_call(ari: FakeAri, tmp_path: Path) -> None:
    phone = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()):
        caller = ari.call()
        await phone.ringing()
        ari.failures += ["500", "cut"]
        phone.answer()
        await ari.until(lambda: caller.channel.bridge is not None and caller.channel.bridge is phone.channel.bridge)


async def test_a_hub_that_cannot_lead_gives_the_caller_to_the_dialplan(ari: FakeAri, tmp_path: Path) -> None:
    async with desk_of(ari, tmp_path, ringing(), director=Broken()):
        caller = ari.call()
        await ari.until(lambda: caller.channel.app is None)
        assert not caller.channel.hung_up


class Broken:
    """A hub with a bug."""

    async def next(self, happening: CallHappening) -> Decision:
        raise LookupError(happening.external_id)


async def test_a_newer_program_takes_the_application_and_it_is_said_in_words(ari: FakeAri, tmp_path: Path) -> None:
    async with desk_of(ari, tmp_path, ringing()) as desk, aiohttp.ClientSession() as http:
        auth = {"Authorization": aiohttp.encode_basic_auth(ari.user, ari.password)}
        socket = await http.ws_connect(f"{ari.url}/ari/events?app=hub", headers=auth)
        await desk.until(lambda: desk.ended is not None)
        assert "own name" in str(desk.ended)
        await socket.close()


async def test_a_desk_phone_hands_over_by_its_own_keys(ari: FakeAri, tmp_path: Path) -> None:
    ada = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, ada)
        colleague = ari.pbx.new_channel("PJSIP/1002", state="Up", number="1002")
        ada.transfer_attended(colleague)
        await desk.journaled("ChannelDestroyed")
        assert caller.channel.bridge is colleague.bridge
        await desk.control(caller.id, Hold(on=True))
        await desk.control(caller.id, Hold(on=False))
        ari.pbx.hang_up(colleague)
        await desk.journaled("ChannelDestroyed", 3)
        call = desk.call(caller.id)
        assert [leg.party for leg in call.legs] == ["contact", "agent", "agent"]
        assert call.outcome is Outcome.answered


async def test_a_desk_phone_sends_the_customer_on_and_the_end_is_still_heard(ari: FakeAri, tmp_path: Path) -> None:
    ada = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = ari.call()
        await ada.ringing()
        ada.answer()
        await desk.journaled("ChannelEnteredBridge", 2)
        ari.pbx.app("hub").followed.add(caller.id)  # the order of two requests is Asterisk's own
        ada.transfer_blind("2005")
        await desk.journaled("StasisEnd", 2)
        assert not caller.channel.hung_up
        ari.pbx.hang_up(caller.channel)
        await desk.journaled("ChannelDestroyed", 2)
        call = desk.call(caller.id)
        assert call.outcome is Outcome.answered
        assert [leg.address for leg in call.legs if leg.party == "outside"] == ["2005"]


async def test_a_customer_the_pbx_leads_on_is_left_alone_after_a_restart(ari: FakeAri, tmp_path: Path) -> None:
    ada = ari.phone("PJSIP/1001")
    async with desk_of(ari, tmp_path, ringing()) as desk:
        caller = await connected(ari, ada)
        await desk.journaled("ChannelEnteredBridge", 2)
        ari.pbx.app("hub").followed.add(caller.id)
        ada.transfer_blind("2005")
        await desk.journaled("StasisEnd", 2)
        asked = len(desk.director.asked)
        await desk.restart()
        ari.pbx.hang_up(caller.channel)
        await desk.journaled("ChannelDestroyed", 2)
        assert desk.director.asked[asked:] == []
        assert desk.call(caller.id).outcome is Outcome.answered


async def test_a_wrong_password_is_said_in_words(ari: FakeAri, tmp_path: Path) -> None:
    from connectors.asterisk.connector import Asterisk

    async with aiohttp.ClientSession() as http:
        connector = Asterisk(settings_of(ari, password="wrong"), tools_for(http, tmp_path))
        with pytest.raises(CredentialsRefused, match=r"ari\.conf"):
            await anext(aiter(connector.listen(None)))
        with pytest.raises(CredentialsRefused):
            await connector.check()


async def test_asterisk_sends_no_noise(ari: FakeAri, tmp_path: Path) -> None:
    async with desk_of(ari, tmp_path, ringing()):
        assert "ChannelVarset" in ari.pbx.app("hub").unwanted


async def test_the_wizard_says_what_is_missing(ari: FakeAri, tmp_path: Path) -> None:
    async with desk_of(ari, tmp_path, ringing()) as desk:
        await asyncio.sleep(0)
        assert {step.done for step in await desk.connector.setup()} == {True, None, False}
        ari.pbx.modules.remove("res_stasis_snoop")
        ari.pbx.trunks.clear()
        wrong = {str(step.title): step.help for step in await desk.connector.setup() if step.done is False}
        assert "res_stasis_snoop" in wrong["Asterisk's ARI modules are loaded"]
        assert "no PJSIP endpoint" in wrong["Numbers outside can be called"]
        assert "speech service" in wrong["Texts can be spoken"]


async def test_a_browser_phone_gets_an_account_of_its_own(ari: FakeAri, tmp_path: Path) -> None:
    async with desk_of(ari, tmp_path, ringing(), browser_websocket="wss://pbx.example.com:8089/ws") as desk:
        token = await desk.connector.phone_token(ADA, 'Ada "><sip:evil')
        again = await desk.connector.phone_token(ADA, "Ada")
        assert token.values == again.values
        assert token.values["uri"] == f"sip:{token.identity}@pbx.example.com"
        known = ari.pbx.configured
        assert known[f"res_pjsip/auth/{token.identity}"]["password"] == token.values["password"]
        assert '"' not in known[f"res_pjsip/endpoint/{token.identity}"]["callerid"].strip('"').split('"')[0]
        assert token.values["password"] not in repr(token)

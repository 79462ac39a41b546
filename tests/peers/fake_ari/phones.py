"""Who calls, and who is called: people with phones, as tests move them."""

import asyncio
from typing import Literal

from tests.peers.fake_ari.parts import Bridge, Channel
from tests.peers.fake_ari.pbx import Pbx


class Caller:
    """A customer who called us."""

    def __init__(self, pbx: Pbx, channel: Channel, app: str) -> None:
        self._pbx = pbx
        self.channel = channel
        self.heard_fallback = not pbx.enter(channel, app, [channel.exten])
        """The hub was away: the dialplan goes on behind Stasis()."""

    @property
    def id(self) -> str:
        """The channel's id: what the call is called."""
        return self.channel.id

    def hang_up(self) -> None:
        """Hang up at the caller's end."""
        self._pbx.hang_up(self.channel)

    def press(self, digits: str) -> None:
        """Press keys."""
        for digit in digits:
            self._pbx.press(self.channel, digit)


class Phone:
    """A device at an endpoint: what it does when it rings. `auto` answers at once; `ring` waits for the test."""

    def __init__(self, pbx: Pbx, endpoint: str, does: Literal["ring", "auto", "busy", "absent", "reject"]) -> None:
        self._pbx = pbx
        self.endpoint = endpoint
        self.does = does
        self.rung: list[Channel] = []
        """Every channel that rang it, oldest first."""
        self._rings = asyncio.Event()

    @property
    def channel(self) -> Channel:
        """What rang it last."""
        return self.rung[-1]

    def offered(self, channel: Channel) -> None:
        """A call reaches the device."""
        self.rung.append(channel)
        refusals = {"busy": 17, "absent": 20, "reject": 21}
        if self.does in refusals:
            self._pbx.hang_up(channel, refusals[self.does])
            return
        self._pbx.ring(channel)
        if self.does == "auto":
            self._pbx.answered(channel)
        self._rings.set()

    async def ringing(self) -> Channel:
        """Wait until it rings."""
        async with asyncio.timeout(5):
            while not self.rung or self.channel.state != "Ringing":
                self._rings.clear()
                await self._rings.wait()
        return self.channel

    def answer(self) -> None:
        """Take the call."""
        self._pbx.answered(self.channel)

    def hang_up(self) -> None:
        """Put the receiver down, or refuse the call."""
        self._pbx.hang_up(self.channel, 16 if self.channel.state == "Up" else 21)

    def press(self, digits: str) -> None:
        """Press keys."""
        for digit in digits:
            self._pbx.press(self.channel, digit)

    def hold(self) -> None:
        """Press the phone's own hold key."""
        self._pbx.emit("ChannelHold", self.channel, channel=self.channel.snapshot())

    def unhold(self) -> None:
        """Press it again."""
        self._pbx.emit("ChannelUnhold", self.channel, channel=self.channel.snapshot())

    def transfer_blind(self, exten: str) -> None:
        """Transfer by the phone's own key (SIP REFER): the other side goes on in the dialplan."""
        pbx, mine = self._pbx, self.channel
        bridge = mine.bridge
        others = [one for one in bridge.channels if one is not mine] if bridge is not None else []
        pbx.emit(
            "BridgeBlindTransfer",
            bridge,
            mine,
            channel=mine.snapshot(),
            transferee=others[0].snapshot(),
            exten=exten,
            context="from-internal",
            result="Success",
            is_external=True,
            bridge=_there(bridge).snapshot(),
        )
        pbx.leave_bridge(others[0])
        pbx.leave(others[0])
        others[0].exten = exten
        pbx.hang_up(mine)

    def transfer_attended(self, colleague: Channel) -> None:
        """Transfer to a colleague on the phone's second line: the colleague's channel takes the place in the bridge."""
        pbx, mine = self._pbx, self.channel
        bridge = _there(mine.bridge)
        pbx.emit(
            "BridgeAttendedTransfer",
            bridge,
            mine,
            transferer_first_leg=mine.snapshot(),
            transferer_second_leg=colleague.snapshot(),
            replace_channel=colleague.snapshot(),
            transferer_first_leg_bridge=bridge.snapshot(),
            result="Success",
            is_external=True,
            destination_type="bridge",
            destination_bridge=bridge.id,
        )
        pbx.enter(colleague, mine.app or "", [], replaces=mine)
        pbx.add(bridge, colleague)
        pbx.hang_up(mine)


def _there(bridge: Bridge | None) -> Bridge:
    assert bridge is not None, "nobody is connected"
    return bridge

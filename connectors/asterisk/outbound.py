"""Leads a call that an agent placed: rings the agent's device, then the customer, and connects them."""

from connectors._lib.loose_json import text
from connectors.asterisk.client import part
from connectors.asterisk.live import Leg, LiveCall, Restored
from connectors.asterisk.plan import talk_of
from connectors.asterisk.recorder import Recorder
from connectors.asterisk.render import endpoint_of, shown
from connectors.asterisk.talk import Talk
from hub.contract import CallOrder
from hub.domain.call_marks import Ender, Party
from hub.domain.callflow.steps import Target

OWN_PHONE = "0"
"""Token of the leg to the agent's own device: the same order is the same channel, which Asterisk takes once."""
OWN_PHONE_SECONDS = 30


async def ring_agent(call: LiveCall, order: CallOrder) -> Leg:
    """Ring the agent's own device. Raises Rejected, OutcomeUnknown."""
    return await call.dial(
        order.agent, seconds=OWN_PHONE_SECONDS, caller_id=order.number, party=Party.agent, token=OWN_PHONE
    )


async def lead(call: LiveCall, order: CallOrder, agent: Leg) -> None:
    """Lead the call to its end. Raises CallOver."""
    while not agent.entered:
        await call.next()
        if agent.gone:
            return  # the event of its end says so to the hub
    await call.put("b", agent.id)
    await call.quietly("POST", f"/channels/{part(agent.id)}/ring")
    await _dial_customer(call, order)
    while not call.customer_up:
        news = await call.next()
        if agent.gone:
            await call.end(Ender.agent, "normal")
            await call.until_over()
        if isinstance(news, dict) and text(news, "type") == "StasisStart" and _is_customer(news, call):
            call.customer_up = True
    await call.quietly("DELETE", f"/channels/{part(agent.id)}/ring")
    talk = Talk(call, agent, recorder=Recorder(call))
    await talk.begin(record=order.record)
    await _talked(call, talk)


async def take_up(call: LiveCall, restored: Restored) -> None:
    """Go on with a call that an earlier hub placed: a talk goes on; what was still ringing is ended."""
    talk = talk_of(call, restored)
    if talk is None:
        await call.end(Ender.hub)
        await call.until_over()
    else:
        await _talked(call, talk)


async def _talked(call: LiveCall, talk: Talk) -> None:
    await talk.run()
    await call.end(Ender.agent)
    await call.until_over()


async def _dial_customer(call: LiveCall, order: CallOrder) -> None:
    query: dict[str, str | int] = {
        "endpoint": endpoint_of(Target(kind="number", address=order.number), call.house.settings),
        "app": call.house.settings.app,
        "appArgs": "customer",
        "callerId": shown(order.caller_id or call.house.settings.number),
        "timeout": order.seconds,
        "channelId": call.id,
    }
    await call.ask("POST", "/channels", query)


def _is_customer(news: object, call: LiveCall) -> bool:
    channel = news.get("channel") if isinstance(news, dict) else None
    return isinstance(channel, dict) and channel.get("id") == call.id

"""/calls/{id}/commands: changing a call in progress, and taking part in it as a manager."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import StringConstraints

from hub.api._framework.routing import Routes
from hub.api.call_views import CallView
from hub.api.caller import Caller
from hub.api.calls import DeviceInput, account_of, get_call
from hub.api.deps import ApiDeps
from hub.api.inputs import Input
from hub.contract.calls import (
    CallCommand,
    Consult,
    EndCall,
    EndConsult,
    Hold,
    Mute,
    Record,
    SendDigits,
    Transfer,
)
from hub.domain.callflow.steps import Target
from hub.domain.channel import Capabilities
from hub.domain.errors import Invalid
from hub.domain.ids import CallId, ExternalId, UserId
from hub.domain.user import Action
from hub.runtime.accounts import Account
from hub.services.calls import placing, supervising
from hub.services.calls.controlling import control
from hub.services.file_links import Form

routes = Routes("calls")

Digits = Annotated[str, StringConstraints(pattern=r"^[0-9*#wW]{1,32}$")]
LegId = Annotated[str, StringConstraints(min_length=1, max_length=512, pattern=r"^[^\x00]*$")]
SOUND_FOR = timedelta(hours=1)
"""How long a provider may fetch what is said before a manager listens in."""


class Command(Input):
    """A change of a live call. Which ones a channel knows, its `capabilities.calls.controls` says."""

    do: Literal["hang_up", "hold", "mute", "digits", "transfer", "consult", "end_consult", "record", "supervise"]
    on: bool | None = None
    """With `hold` and `mute`."""
    leg: LegId | None = None
    """With `mute`."""
    digits: Digits | None = None
    to: DeviceInput | None = None
    """With `transfer` and `consult`: a number or endpoint."""
    agent_id: UserId | None = None
    """With `transfer` and `consult`: a colleague, on their first phone."""
    complete: bool | None = None
    """With `end_consult`: connect the two, or go back to the customer."""
    recording: Literal["start", "pause", "resume", "stop"] | None = None
    mode: Literal["listen", "whisper", "barge"] | None = None
    """With `supervise`."""


@routes.post("/calls/{call_id}/commands", Action.calls_write, people_only=True)
async def control_call(deps: ApiDeps, caller: Caller, call_id: CallId, body: Command) -> CallView:
    """Change a live call of one's own: hold, transfer, record … Managers may change any, and listen in."""
    supervisor = Action.calls_supervise in caller.actions
    call = await get_call(deps, call_id)
    account = account_of(deps, call.channel_id)
    capabilities = account.capabilities
    if body.do == "supervise" and body.mode is not None:
        await _supervise(deps, caller, call_id, body.mode, account)
        return await get_call(deps, call_id)
    command = await _command(deps, body, account)
    await control(
        deps.storage,
        account.connector,
        capabilities,
        call_id,
        command,
        by=caller.person.id,
        supervisor=supervisor,
        clock=deps.clock,
    )
    return await get_call(deps, call_id)


async def _command(deps: ApiDeps, body: Command, account: Account) -> CallCommand:
    capabilities = account.capabilities
    match body.do:
        case "hang_up":
            return EndCall()
        case "hold" if body.on is not None:
            return Hold(on=body.on)
        case "mute" if body.on is not None and body.leg is not None:
            return Mute(leg=ExternalId(body.leg), on=body.on)
        case "digits" if body.digits is not None:
            return SendDigits(digits=body.digits)
        case "transfer":
            return Transfer(target=await _target(deps, body, capabilities, account.channel.address))
        case "consult":
            return Consult(target=await _target(deps, body, capabilities, account.channel.address))
        case "end_consult" if body.complete is not None:
            return EndConsult(complete=body.complete)
        case "record" if body.recording is not None:
            return Record(change=body.recording)
        case _:
            raise Invalid(f"“{body.do}” needs more: look at the description of this operation.")


async def _supervise(deps: ApiDeps, caller: Caller, call_id: CallId, mode: supervising.Mode, account: Account) -> None:
    by, now = caller.person.id, deps.now()
    wish = supervising.Wish(call_id=call_id, mode=mode, by=by, address=caller.address)
    if Action.calls_supervise not in caller.actions:
        await supervising.refuse(deps.storage, wish, now)
    capabilities, links = account.capabilities, deps.links
    device = await placing.phone_of(deps.storage, by, capabilities)
    await supervising.supervise(
        deps.storage,
        account.connector,
        capabilities,
        wish,
        placing.target_of(device, by),
        link=(lambda file: links.link(file, Form.original, SOUND_FOR, now)) if links is not None else None,
        clock=deps.clock,
    )


async def _target(deps: ApiDeps, body: Command, capabilities: Capabilities, ours: str) -> Target:
    if body.agent_id is not None:
        device = await placing.phone_of(deps.storage, body.agent_id, capabilities)
        return placing.target_of(device, body.agent_id)
    if body.to is None or body.to.kind == "browser":
        raise Invalid("Say to whom: a colleague, a number or an endpoint.")
    if body.to.kind == "endpoint":
        return Target(kind="endpoint", address=body.to.address)
    return Target(kind="number", address=await placing.allowed_number(deps.storage, body.to.address, ours=ours))

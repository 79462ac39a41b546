"""Call plans as JSON and back, checked; the plan of a channel that has no line yet."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, TypeAdapter, ValidationError

from hub.domain.callflow.plan import (
    AnnounceNode,
    CallbackNode,
    ForwardNode,
    HangUpNode,
    HoursNode,
    MenuNode,
    Plan,
    Prompt,
    RingNode,
    VoicemailNode,
)
from hub.domain.callflow.problems import problems
from hub.domain.errors import Invalid
from hub.domain.ids import AttachmentId

AnyNode = Annotated[
    HoursNode | AnnounceNode | MenuNode | RingNode | VoicemailNode | ForwardNode | CallbackNode | HangUpNode,
    Field(discriminator="kind"),
]
_NODES: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, AnyNode])
_PLAN: TypeAdapter[Plan] = TypeAdapter(Plan)
TEXT_LIMIT = 4_000
"""Characters of one prompt: longer ones no provider speaks."""


def plan_of(value: Mapping[str, object]) -> Plan:
    """Read a plan. Raises Invalid, in words, if it does not fit; what is wrong with its sense `checked` says."""
    try:
        nodes = _NODES.validate_python(value.get("nodes", {}))
        read = _PLAN.validate_python({**value, "nodes": {}})
    except ValidationError as error:
        raise Invalid(_words(error)) from error
    from dataclasses import replace

    return replace(read, nodes=nodes)


def checked(plan: Plan) -> Plan:
    """Return the plan. Raises Invalid with all that is wrong with it."""
    found = problems(plan)
    if found:
        raise Invalid(" ".join(one.words for one in found[:10]))
    return plan


def json_of(plan: Plan) -> dict[str, object]:
    """Return a plan as JSON, as the API shows it and the versions keep it."""
    dumped: dict[str, object] = _PLAN.dump_python(plan, mode="json", warnings=False)
    dumped["nodes"] = _NODES.dump_python(dict(plan.nodes), mode="json")
    return dumped


def sound_of(prompt: Prompt) -> AttachmentId | None:
    """Return the uploaded sound of a prompt; None for a text, an address, or a sound the PBX itself has."""
    try:
        return AttachmentId(UUID(prompt.file)) if prompt.file else None
    except ValueError:
        return None


def _words(error: ValidationError) -> str:
    parts = [f"{'.'.join(str(p) for p in one['loc'])}: {one['msg']}" for one in error.errors()[:5]]
    return "The plan does not fit. " + "; ".join(parts) + "."


VOICEMAIL_TEXT = {
    "en": "We cannot take your call right now. Please leave a message after the tone.",
    "ko": "지금은 전화를 받을 수 없습니다. 삐 소리 후 메시지를 남겨 주세요.",
    "pl": "Nie możemy teraz odebrać. Prosimy zostawić wiadomość po sygnale.",
}


def first_plan(language: str = "en") -> Plan:
    """Return the plan of a new line: ring whoever is longest idle, then take a message."""
    text = VOICEMAIL_TEXT.get(language, VOICEMAIL_TEXT["en"])
    return Plan(
        start="ring",
        nodes={
            "ring": RingNode(ring_seconds=20, wait_seconds=60, no_answer="voicemail", full="voicemail"),
            "voicemail": VoicemailNode(
                prompt=Prompt(text=text, language=language if language in VOICEMAIL_TEXT else "en")
            ),
        },
    )

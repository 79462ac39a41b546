"""The mark “written with AI”: it travels with a text from the assistant to what a person sends."""

import re

from hub.domain.assistant import AssistantCallId, Outcome
from hub.domain.errors import Invalid, NotFound
from hub.domain.ids import ConversationId, InteractionId
from hub.ports import UnitOfWork
from hub.services.assistant.redaction import redacted

_PLACE = re.compile(r"\[(email|phone) \d+\]", re.IGNORECASE)
_CUT = " […]"


async def mark(
    uow: UnitOfWork,
    call_id: AssistantCallId,
    *,
    text: str,
    conversation_id: ConversationId,
    interaction_id: InteractionId,
) -> dict[str, object]:
    """Return what an entry keeps of the call that wrote its text, and write down in the log where that went.

    `edited` tells whether the person changed it. Raises NotFound, and Invalid if it was of another conversation.
    """
    call = await uow.assistant.call(call_id)
    if call is None or call.outcome is not Outcome.answered:
        raise NotFound("There is no such text of the assistant; its record may have been deleted.")
    if call.conversation_id not in (None, conversation_id):
        raise Invalid("The assistant wrote this for another conversation. Ask it again here.")
    await uow.assistant.mark_used(call_id, interaction_id)
    edited = _plain(text) != _plain(call.answer)
    return {"ai": {"call_id": str(call_id), "task": call.task.value, "model": call.model, "edited": edited}}


def _plain(text: str) -> str:
    # The log holds places where the person got addresses and numbers back; both are compared with places.
    places = _PLACE.sub(lambda match: f"[{match[1].lower()}]", redacted(text.removesuffix(_CUT)).text)
    return " ".join(places.split())

"""Reads what a bot wants done, as JSON: the actions in its webhook's answer. Pure; everything in it is hostile.

`{"actions": [{"type": "reply", "text": "Hello", "choices": ["Yes", "No"], "file_ids": ["…"]},
{"type": "set_field", "name": "email", "value": "a@example.com"}, {"type": "add_tag", "tag": "vip"},
{"type": "assign", "team_id": "…"},
{"type": "hand_over", "words": "Wants a refund", "team_id": "…"}, {"type": "note", "text": "…"},
{"type": "close"}]}`
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

import orjson

from hub.domain.botflow.effects import AddTag, Assign, Close, HandOver, Reason, Say, SetField
from hub.domain.botflow.flow import Enclosed
from hub.domain.errors import Invalid
from hub.services.outside_bots.speaking import ACTIONS_LIMIT, Doing, Note

TEXT_LIMIT = 20_000
FILES_LIMIT = 10


def read_actions(content: bytes) -> Sequence[Doing]:
    """Return the actions of an answer's body; none if it is empty or has none. Raises Invalid, in words."""
    if not content.strip():
        return ()
    try:
        answer = orjson.loads(content)
    except ValueError:
        return ()  # many servers answer with a word of their own, which means no more than "I have it"
    actions = answer.get("actions", ()) if isinstance(answer, dict) else ()
    if not isinstance(actions, list | tuple) or len(actions) > ACTIONS_LIMIT:
        raise Invalid(f"“actions” must be a list of at most {ACTIONS_LIMIT}.")
    return tuple(_action(one) for one in actions)


def _action(action: object) -> Doing:
    if not isinstance(action, dict):
        raise Invalid("An action must be an object with a “type”.")
    match action.get("type"):
        case "reply":
            choices = action.get("choices", [])
            if not isinstance(choices, list) or not all(isinstance(one, str) for one in choices):
                raise Invalid("“choices” must be a list of texts.")
            text = _text(action, "text") if "text" in action else ""
            return Say(text=text, choices=tuple(choices), files=_files(action))
        case "set_field":
            return SetField(name=_text(action, "name"), value=_text(action, "value"))
        case "add_tag":
            return AddTag(tag=_text(action, "tag"))
        case "assign":
            return Assign(team_id=_id(action, "team_id"), user_id=_id(action, "user_id"))
        case "hand_over":
            words = _text(action, "words") if "words" in action else ""
            return HandOver(
                reason=Reason.flow, words=words, team_id=_id(action, "team_id"), user_id=_id(action, "user_id")
            )
        case "note":
            return Note(text=_text(action, "text"))
        case "close":
            return Close()
        case other:
            raise Invalid(f"There is no action {str(other)[:40]!r}.")


def _text(action: Mapping[str, object], name: str) -> str:
    value = action.get(name)
    if not isinstance(value, str) or len(value) > TEXT_LIMIT:
        raise Invalid(f"“{name}” must be a text of at most {TEXT_LIMIT} characters.")
    return value.replace("\x00", "")


def _files(action: Mapping[str, object]) -> tuple[Enclosed, ...]:
    ids = action.get("file_ids", [])
    if not isinstance(ids, list) or len(ids) > FILES_LIMIT:
        raise Invalid(f"“file_ids” must be a list of at most {FILES_LIMIT} ids.")
    try:
        return tuple(Enclosed(id=UUID(str(one))) for one in ids)
    except ValueError:
        raise Invalid("“file_ids” must be ids.") from None


def _id(action: Mapping[str, object], name: str) -> UUID | None:
    value = action.get(name)
    if value is None:
        return None
    try:
        return UUID(str(value))
    except ValueError:
        raise Invalid(f"“{name}” must be an id.") from None

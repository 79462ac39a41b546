"""Twilio's content templates as the hub's: texts, buttons and variables of every content type, approvals. Pure.

https://www.twilio.com/docs/content/content-types-overview; approvals: https://www.twilio.com/docs/content/content-api-resources
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from connectors.twilio_sms.addresses import SenderKind
from hub.domain.template import Template, TemplateButton, TemplateField, TemplateState

_STATES = {
    "approved": TemplateState.approved,
    "received": TemplateState.pending,
    "pending": TemplateState.pending,
    "unsubmitted": TemplateState.pending,
    "rejected": TemplateState.rejected,
    "paused": TemplateState.paused,
    "disabled": TemplateState.paused,
}
_SMS_TYPES = ("twilio/text", "twilio/media")
_VARIABLE = re.compile(r"\{\{\s*([A-Za-z0-9_.]+)\s*\}\}")
_VARIABLE_LIMIT = 1024
_KINDS = {"URL": "link", "PHONE_NUMBER": "phone", "QUICK_REPLY": "reply", "COPY_CODE": "code"}
_AUTHENTICATION = "{{1}} is your verification code."


def template_of(content: Any, kind: SenderKind) -> Template | None:
    """Return a content template as our sender can use it; None if it cannot."""
    types = content.types if isinstance(content.types, dict) else {}
    usable = {name: value for name, value in types.items() if isinstance(value, dict)}
    if kind not in (SenderKind.whatsapp, SenderKind.messaging_service, SenderKind.rcs):
        usable = {name: value for name, value in usable.items() if name in _SMS_TYPES}
    if not usable or not content.sid:
        return None
    name, shown = next(iter(usable.items()))
    approval = content.approval_requests if isinstance(content.approval_requests, dict) else {}
    state, reason = _standing(approval, kind)
    texts = _texts(name, shown)
    buttons = tuple(_buttons(name, shown))
    return Template(
        key=content.sid,
        name=content.friendly_name or str(approval.get("name") or content.sid),
        language=content.language or "",
        category=str(approval.get("category") or "").lower(),
        state=state,
        reason=reason,
        header=texts[0],
        body=texts[1],
        footer=texts[2],
        buttons=buttons,
        fields=tuple(_fields(content.variables, shown, texts)),
    )


def _standing(approval: Mapping[str, Any], kind: SenderKind) -> tuple[TemplateState, str]:
    """Only WhatsApp asks for approval; in a pool of several channels only a clear no counts."""
    status = str(approval.get("status") or "unsubmitted").lower()
    state = _STATES.get(status, TemplateState.pending)
    if kind is not SenderKind.whatsapp and (kind is not SenderKind.messaging_service or state is TemplateState.pending):
        return TemplateState.approved, ""
    reason = str(approval.get("rejection_reason") or "").strip()
    if state is TemplateState.approved:
        return state, ""
    if status == "unsubmitted":
        return state, "It was never submitted to WhatsApp for approval."
    return state, reason or f"WhatsApp says: {status}."


def _texts(name: str, shown: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return header, body and footer as the customer reads them."""
    if name == "whatsapp/authentication":
        return "", str(shown.get("body") or _AUTHENTICATION), ""
    header = shown.get("header_text") or shown.get("title") or shown.get("label") or ""
    body = shown.get("body") or shown.get("subtitle") or shown.get("address") or ""
    footer = shown.get("footer") or (shown.get("subtitle") if shown.get("body") else "") or ""
    return str(header) if body else "", str(body or header), str(footer)


def _buttons(name: str, shown: Mapping[str, Any]) -> Iterator[TemplateButton]:
    for action in _list(shown.get("actions")):
        label = str(action.get("title") or action.get("copy_code_text") or action.get("code") or "")
        kind = _KINDS.get(str(action.get("type") or "").upper(), "reply" if name == "twilio/quick-reply" else "other")
        target = str(action.get("url") or action.get("phone") or "")
        yield TemplateButton(label=label, kind=kind, target=target)  # type: ignore[arg-type]  # the values of _KINDS
    for item in _list(shown.get("items")):
        yield TemplateButton(label=str(item.get("item") or item.get("name") or ""), kind="reply")


def _fields(variables: object, shown: Mapping[str, Any], texts: tuple[str, str, str]) -> Iterator[TemplateField]:
    examples = {str(key): str(value) for key, value in variables.items()} if isinstance(variables, dict) else {}
    used = [found for text in (*texts, *_strings(shown)) for found in _VARIABLE.findall(text)]
    for key in dict.fromkeys((*sorted(examples, key=_order), *used)):
        title = key.replace("_", " ") if not key.isdecimal() else f"Value {key}"
        yield TemplateField(key=key, title=title, example=examples.get(key, ""), max_length=_VARIABLE_LIMIT)


def _order(key: str) -> tuple[int, str]:
    return (int(key), "") if key.isdecimal() and len(key) < 6 else (1_000_000, key)


def _strings(value: object) -> Iterator[str]:
    """Yield every text inside a content type: links and files may hold variables, too."""
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _strings(inner)
        case list():
            for inner in value:
                yield from _strings(inner)


def _list(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []

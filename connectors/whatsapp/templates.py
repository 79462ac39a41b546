"""WhatsApp's templates as the hub shows them, and a filled-in one as the API wants it. Pure.

The key of a field says where its value goes, so that a message can be made without the template at hand:

    header.1, header.name          a value in the header's text
    header.location                "latitude,longitude"
    header.media                   a file, attached to the message
    body.1, body.first_name        a value in the body, by position or by name
    button.2.url, button.2.code    the end of a link, the code to copy
    otp.2                          a one-time code: in the body and in button 2

https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from hub.domain.template import Template, TemplateButton, TemplateField, TemplateState, TemplateUse

_VARIABLE = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
_STATES = {
    "APPROVED": TemplateState.approved,
    "PENDING": TemplateState.pending,
    "IN_APPEAL": TemplateState.pending,
    "IN_REVIEW": TemplateState.pending,
    "PAUSED": TemplateState.paused,
    "LIMIT_EXCEEDED": TemplateState.paused,
}
_REASONS = {
    "DISABLED": "WhatsApp switched it off after complaints.",
    "PENDING_DELETION": "It is being deleted.",
    "DELETED": "It was deleted.",
    "PAUSED": "WhatsApp paused it after complaints.",
    "LIMIT_EXCEEDED": "It was sent too often for now.",
    "ARCHIVED": "It is archived.",
}
_BEYOND = frozenset({"CAROUSEL", "LIMITED_TIME_OFFER", "PRODUCT_LIST"})
_BEYOND_BUTTONS = frozenset({"MPM", "SPM", "CATALOG", "ORDER_DETAILS", "PAYMENT_REQUEST"})
_FILES: Mapping[str, Literal["image", "video", "document"]] = {
    "IMAGE": "image",
    "VIDEO": "video",
    "DOCUMENT": "document",
    "GIF": "video",
}
_BUTTONS: Mapping[str, Literal["reply", "link", "phone", "code"]] = {
    "QUICK_REPLY": "reply",
    "URL": "link",
    "PHONE_NUMBER": "phone",
    "COPY_CODE": "code",
    "OTP": "code",
}
_CODE_LIMIT = 15
_TITLES = {"header": "Header", "body": "Text"}


def read_template(found: Mapping[str, Any]) -> Template:
    """Read one template as `GET /message_templates` lists it."""
    components = {str(part.get("type", "")).upper(): part for part in _dicts(found.get("components"))}
    header, body = components.get("HEADER", {}), components.get("BODY", {})
    buttons = _dicts(components.get("BUTTONS", {}).get("buttons"))
    code = _code_button(buttons) if str(found.get("category")) == "AUTHENTICATION" else None
    name, language = str(found.get("name", "")), str(found.get("language", ""))
    state, reason = _state(found, components.keys(), buttons)
    fields = (*_header_fields(header), *_body_fields(body, code), *_button_fields(buttons, code))
    return Template(
        key=f"{name}/{language}",
        name=name,
        language=language,
        category=str(found.get("category", "")).lower(),
        state=state,
        reason=reason,
        header=_placed(str(header.get("text") or ""), "header"),
        body=_placed(str(body.get("text") or ""), "body", code),
        footer=str(components.get("FOOTER", {}).get("text") or ""),
        buttons=tuple(_button(index, button, code) for index, button in enumerate(buttons)),
        fields=fields,
    )


def render_template(use: TemplateUse, *, header: Mapping[str, object] | None = None) -> dict[str, object]:
    """Return a filled-in template as the message's content; `header` is the uploaded file's parameter."""
    components: list[dict[str, object]] = []
    place = use.values.get("header.location")
    given = header or (_location(place) if place else None)
    if top := [given] if given else _parameters(use.values, "header"):
        components.append({"type": "header", "parameters": top})
    code = next((value for key, value in use.values.items() if key.startswith("otp.")), None)
    body = [{"type": "text", "text": code}] if code is not None else _parameters(use.values, "body")
    if body:
        components.append({"type": "body", "parameters": body})
    components += _button_parameters(use.values)
    template: dict[str, object] = {"name": use.name, "language": {"code": use.language}}
    return {"type": "template", "template": {**template, **({"components": components} if components else {})}}


def header_format(found: Template) -> str:
    """Return as what the header's file has to be sent: image, video or document; empty where there is none."""
    return next((field.kind for field in found.fields if field.key == "header.media"), "")


def _state(
    found: Mapping[str, Any], components: Sequence[str] | Any, buttons: Sequence[Mapping[str, Any]]
) -> tuple[TemplateState, str]:
    told = str(found.get("status", "")).upper()
    state = _STATES.get(told, TemplateState.rejected)
    beyond = _BEYOND & set(components) or _BEYOND_BUTTONS & {str(b.get("type", "")).upper() for b in buttons}
    if state is TemplateState.approved and beyond:
        what = min(beyond).replace("_", " ").lower()
        return TemplateState.paused, f"It has a part ({what}) that cannot be filled in here. Send it from elsewhere."
    reason = str(found.get("rejected_reason") or "")
    words = "" if reason in ("", "NONE") else f"WhatsApp's reason: {reason.replace('_', ' ').lower()}."
    return state, _REASONS.get(told, words if state is TemplateState.rejected else "")


def _header_fields(header: Mapping[str, Any]) -> Iterator[TemplateField]:
    told = str(header.get("format", "")).upper()
    if told in _FILES:
        yield TemplateField(key="header.media", title=f"Header: {_FILES[told]}", kind=_FILES[told])
    elif told == "LOCATION":
        yield TemplateField(key="header.location", title="Header: place", kind="location", example="52.52,13.405")
    else:
        yield from _text_fields(header, "header", max_length=60)


def _body_fields(body: Mapping[str, Any], code: int | None) -> Iterator[TemplateField]:
    if code is not None:
        yield TemplateField(key=f"otp.{code}", title="Code", example="123456", max_length=_CODE_LIMIT)
    else:
        yield from _text_fields(body, "body", max_length=1024)


def _text_fields(component: Mapping[str, Any], place: str, *, max_length: int) -> Iterator[TemplateField]:
    examples = _examples(component, place)
    for variable in _variables(str(component.get("text") or "")):
        title = f"{_TITLES[place]} {variable}" if variable.isdecimal() else variable.replace("_", " ")
        example = examples.get(variable, "")
        yield TemplateField(key=f"{place}.{variable}", title=title, example=example, max_length=max_length)


def _button_fields(buttons: Sequence[Mapping[str, Any]], code: int | None) -> Iterator[TemplateField]:
    for index, button in enumerate(buttons):
        label = str(button.get("text") or "")
        given = button.get("example")
        example = str(given[0]) if isinstance(given, list) and given else str(given or "")
        match str(button.get("type", "")).upper():
            case "URL" if index != code and _VARIABLE.search(str(button.get("url") or "")):
                yield TemplateField(
                    key=f"button.{index}.url", title=f"Link of “{label}”", example=example, max_length=2000
                )
            case "COPY_CODE":
                title = f"Code of “{label or 'Copy code'}”"
                yield TemplateField(key=f"button.{index}.code", title=title, example=example, max_length=_CODE_LIMIT)
            case _:
                continue


def _button(index: int, button: Mapping[str, Any], code: int | None) -> TemplateButton:
    kind = str(button.get("type", "")).upper()
    url = str(button.get("url") or "")
    target = (
        ""
        if index == code
        else _VARIABLE.sub(f"{{{{button.{index}.url}}}}", url) or str(button.get("phone_number") or "")
    )
    label = str(button.get("text") or kind.replace("_", " ").capitalize())
    return TemplateButton(label=label, kind="code" if index == code else _BUTTONS.get(kind, "other"), target=target)


def _code_button(buttons: Sequence[Mapping[str, Any]]) -> int | None:
    """Where a one-time code goes besides the body; the API lists such a button as a link or as OTP."""
    kinds = [str(button.get("type", "")).upper() for button in buttons]
    return next((index for index, kind in enumerate(kinds) if kind in ("OTP", "URL")), None)


def _placed(text: str, place: str, code: int | None = None) -> str:
    """Return a text whose variables are named by their fields."""
    if code is not None:
        return _VARIABLE.sub(f"{{{{otp.{code}}}}}", text)
    return _VARIABLE.sub(lambda found: f"{{{{{place}.{found[1]}}}}}", text)


def _variables(text: str) -> Sequence[str]:
    return tuple(dict.fromkeys(_VARIABLE.findall(text)))


def _examples(component: Mapping[str, Any], place: str) -> Mapping[str, str]:
    given = component.get("example")
    if not isinstance(given, dict):
        return {}
    named = _dicts(given.get(f"{place}_text_named_params"))
    by_name = {str(one.get("param_name")): str(one.get("example", "")) for one in named}
    listed = given.get(f"{place}_text")
    first = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], list) else listed
    by_place = {str(n): str(value) for n, value in enumerate(first if isinstance(first, list) else (), 1)}
    return {**by_place, **by_name}


def _parameters(values: Mapping[str, str], place: str) -> list[Mapping[str, object]]:
    """Return a component's values: by position in order, or by name."""
    prefix = f"{place}."
    given = {key.removeprefix(prefix): value for key, value in values.items() if key.startswith(prefix)}
    places = sorted((name for name in given if name.isdecimal()), key=int)
    listed: list[Mapping[str, object]] = [{"type": "text", "text": given[name]} for name in places]
    named = (name for name in given if not name.isdecimal())
    return [*listed, *({"type": "text", "parameter_name": name, "text": given[name]} for name in named)]


def _button_parameters(values: Mapping[str, str]) -> list[dict[str, object]]:
    found: list[tuple[int, dict[str, object]]] = []
    for key, value in values.items():
        kind, _, rest = key.partition(".")
        index, _, what = rest.partition(".")
        if kind not in ("button", "otp") or not index.isdecimal():
            continue
        sub_type = "copy_code" if what == "code" else "url"
        parameter = {"type": "coupon_code", "coupon_code": value} if what == "code" else {"type": "text", "text": value}
        found.append((int(index), {"type": "button", "sub_type": sub_type, "index": index, "parameters": [parameter]}))
    return [component for _, component in sorted(found, key=lambda pair: pair[0])]


def _location(place: str) -> dict[str, object]:
    latitude, _, longitude = place.partition(",")
    return {"type": "location", "location": {"latitude": latitude.strip(), "longitude": longitude.strip()}}


def _dicts(found: object) -> list[Mapping[str, Any]]:
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []

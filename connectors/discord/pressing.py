"""A press on a button under one of our messages, which Discord calls an interaction. Pure.

https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
"""

from connectors._lib.loose_json import Json, inner, objects, text, whole

PRESSED = "INTERACTION_CREATE"
_COMPONENT = 3
_BUTTON = 2


def is_button(interaction: Json) -> bool:
    """Tell whether it is a button; commands, menus and forms are none of ours."""
    kind = whole(inner(interaction, "data"), "component_type")
    return whole(interaction, "type") == _COMPONENT and kind == _BUTTON


def presser(interaction: Json) -> Json:
    """Return who pressed: a server tells the member, a direct talk the user."""
    member = inner(interaction, "member")
    return {**(inner(member, "user") or inner(interaction, "user")), "member": member}


def label_of(interaction: Json) -> str:
    """Return what the pressed button says; what it carries, if its message does not show it any more."""
    carried = text(inner(interaction, "data"), "custom_id")
    rows = objects(inner(interaction, "message"), "components")
    buttons = [one for row in rows for one in objects(row, "components")]
    return next((text(one, "label") for one in buttons if text(one, "custom_id") == carried), "") or carried

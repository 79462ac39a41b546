"""What people do beside writing: press a button, use a slash command, hand us a message by a shortcut. Pure.

Slack sends these as forms (https://docs.slack.dev/interactivity/handling-user-interaction).
"""

from collections.abc import Mapping, Sequence

from connectors._lib.loose_json import Json, inner, objects, text
from connectors.slack.content import read_content
from connectors.slack.ids import NAMESPACE, Thread, is_id, is_ts, message_id
from connectors.slack.people import told_at
from connectors.slack.roles import Envelope, Rules
from connectors.slack.wire import read_json
from hub.contract import Address, InboundEvent, InboundMessage, UnparseableEvent
from hub.domain.ids import bounded
from hub.domain.interaction import ContentKind

_NOT_NEEDED = {"view_submission", "view_closed", "block_suggestion", "shortcut", "workflow_step_edit"}


def read_interaction(form: Mapping[str, str], rules: Rules) -> Sequence[InboundEvent]:
    """Read a form. Raises UnparseableEvent."""
    if "payload" in form:
        return _payload(read_json(form["payload"].encode()), rules)
    if form.get("command", "").startswith("/"):
        return (_command(form),)
    if "ssl_check" in form:
        return ()
    raise UnparseableEvent("Slack sent a form this version does not know.")


def _payload(payload: Json, rules: Rules) -> Sequence[InboundEvent]:
    match text(payload, "type"):
        case "block_actions":
            return tuple(_pressed(payload, action, rules) for action in objects(payload, "actions")[:20])
        case "message_action":
            return _handed_over(payload, rules)
        case kind if kind in _NOT_NEEDED:
            return ()
        case kind:
            raise UnparseableEvent(f"Slack sent an interaction this version does not know ({kind[:60] or 'none'}).")


def _pressed(payload: Json, action: Json, rules: Rules) -> InboundMessage:
    """A press on a button, or a choice, in a message of ours."""
    user, channel = inner(payload, "user"), text(inner(payload, "channel"), "id")
    at = text(action, "action_ts")
    if not is_id(text(user, "id")) or not is_ts(at):
        raise UnparseableEvent("Slack sent a pressed button that does not say who pressed it, or when.")
    label = _label(action)
    answered = text(inner(payload, "container"), "message_ts") or text(inner(payload, "message"), "ts")
    root = text(inner(payload, "message"), "thread_ts") or answered
    name = text(action, "action_id")[:80]
    return InboundMessage(
        external_id=bounded(f"action:{text(user, 'id')}:{at}:{name}"),
        thread=_thread(channel, text(user, "id"), root, rules).id,
        sender=_person(user),
        counterpart=_channel(channel),
        group=_channel(channel) is not None,
        occurred_at=told_at(at),
        content=ContentKind.button,
        text=label,
        data={"label": label, "data": text(action, "value")[:2000]},
        reply_to=message_id(channel, answered) if is_id(channel) and is_ts(answered) else None,
        opens_wait=False,
    )


def _label(action: Json) -> str:
    chosen = objects(action, "selected_options") or [inner(action, "selected_option")]
    words = [text(inner(one, "text"), "text") for one in chosen]
    named = text(action, "selected_date", "selected_time", "selected_user", "selected_channel", "value")
    return ", ".join(filter(None, words)) or text(inner(action, "text"), "text") or named or text(action, "action_id")


def _handed_over(payload: Json, rules: Rules) -> Sequence[InboundEvent]:
    """Somebody hands us a message by a shortcut in its menu, also from where our app does not listen."""
    message, channel = inner(payload, "message"), text(inner(payload, "channel"), "id")
    ts, user = text(message, "ts"), text(message, "user")
    if not (is_id(channel) and is_ts(ts) and is_id(user)):
        return ()
    by = inner(payload, "user")
    envelope = Envelope.of({**payload, "team_id": text(inner(payload, "team"), "id")}, rules)
    content = read_content(message, envelope.ours)
    return (
        InboundMessage(
            external_id=message_id(channel, ts),
            thread=_thread(channel, user, text(message, "thread_ts") or ts, rules).id,
            sender=Address(namespace=NAMESPACE, value=user, stand_in="Slack user", verified=True),
            counterpart=_channel(channel),
            participants=(_person(by),) if text(by, "id") not in ("", user) else (),
            group=_channel(channel) is not None,
            occurred_at=told_at(ts),
            content=content.kind,
            text=content.text,
            html=content.html,
            data={**content.data, "handed_over_by": text(by, "name", "username", "id")},
            attachments=content.attachments,
        ),
    )


def _command(form: Mapping[str, str]) -> InboundMessage:
    """A slash command is a message to us. Slack gives no time for it."""
    user, channel = form.get("user_id", ""), form.get("channel_id", "")
    if not is_id(user) or not form.get("trigger_id"):
        raise UnparseableEvent("Slack sent a command that does not say who gave it, or which it is.")
    words = f"{form['command']} {form.get('text', '')}".strip()
    direct = not is_id(channel) or channel.startswith("D")
    return InboundMessage(
        external_id=bounded(f"command:{form['trigger_id']}"),
        thread=Thread(user if direct else channel).id,
        sender=Address(
            namespace=NAMESPACE,
            value=user,
            stand_in=form.get("user_name", "")[:100] or "Slack user",
            verified=True,
            fields={"slack": f"@{form['user_name'][:100]}"} if form.get("user_name") else {},
        ),
        counterpart=None if direct else _channel(channel),
        group=not direct,
        occurred_at=None,
        text=words,
    )


def _thread(channel: str, user: str, root: str, rules: Rules) -> Thread:
    if not is_id(channel) or channel.startswith("D"):
        return Thread(user)
    return Thread(channel, root if rules.each_message and is_ts(root) else "")


def _person(user: Json) -> Address:
    handle = text(user, "name", "username")[:100]
    return Address(
        namespace=NAMESPACE,
        value=text(user, "id"),
        stand_in=handle or "Slack user",
        verified=True,
        fields={"slack": f"@{handle}"} if handle else {},
    )


def _channel(channel: str) -> Address | None:
    if not is_id(channel) or channel.startswith("D"):
        return None
    return Address(namespace=NAMESPACE, value=channel, stand_in="Slack channel", verified=True)

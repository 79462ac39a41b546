"""Who somebody is, as Slack's API told us: names and mail addresses of people, names of channels. Pure.

Slack's events name people by id alone. While it reconciles, the connector asks once who they are and notes the answer
as a raw event, so that it is read here like everything else.
"""

from collections.abc import Sequence

from connectors._lib.loose_json import Json, flag, inner, text
from connectors.slack.content import handle, person_name
from connectors.slack.ids import NAMESPACE, is_id
from hub.contract import Address, ContactPointLearned, InboundEvent, UnparseableEvent


def read_directory(body: Json) -> Sequence[InboundEvent]:
    """Read a note of the kind `directory`: `{"user": …}` of users.info or `{"channel": …}` of conversations.info."""
    if user := inner(body, "user"):
        return _person(user, home=text(body, "team_id"))
    if channel := inner(body, "channel"):
        return _channel(channel)
    raise UnparseableEvent("A note about somebody in Slack names neither a person nor a channel.")


def _person(user: Json, *, home: str) -> Sequence[InboundEvent]:
    ident, profile = text(user, "id"), inner(user, "profile")
    if not is_id(ident):
        raise UnparseableEvent("A note about a person in Slack does not say whom.")
    name = person_name(profile) or person_name(user)
    titles = {"title": text(profile, "title")[:200], "time zone": text(user, "tz")[:60]}
    known = Address(
        namespace=NAMESPACE,
        value=ident,
        name=name,
        stand_in="Slack user",
        verified=True,
        language=text(user, "locale")[:20],
        portrait=text(profile, "image_192") or None,
        fields={**handle(profile), **{key: value for key, value in titles.items() if value}},
    )
    return (ContactPointLearned(known=known, learned=_mail(user, profile, home)),)


def _mail(user: Json, profile: Json, home: str) -> Address | None:
    """Return the person's mail address. Only our own workspace vouches for it: elsewhere an admin may write any."""
    address = text(profile, "email")
    if "@" not in address:
        return None
    proven = flag(user, "is_email_confirmed") and text(user, "team_id") == home and not flag(user, "is_stranger")
    return Address(namespace="email", value=address[:320], verified=proven)


def _channel(channel: Json) -> Sequence[InboundEvent]:
    ident, name = text(channel, "id"), text(channel, "name", "name_normalized")[:200]
    if not is_id(ident) or not name:
        raise UnparseableEvent("A note about a channel in Slack does not say which.")
    shown = name if channel.get("is_mpim") is True else f"#{name}"
    known = Address(namespace=NAMESPACE, value=ident, name=shown, stand_in="Slack channel", verified=True)
    return (ContactPointLearned(known=known),)

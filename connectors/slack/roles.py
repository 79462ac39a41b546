"""Who is who in an event: our own app, our own people, customers. Pure.

https://docs.slack.dev/apis/events-api#event-type-structure · https://docs.slack.dev/apis/slack-connect
"""

from dataclasses import dataclass

from connectors._lib.loose_json import Json, flag, inner, objects, text
from connectors.slack.settings import SlackSettings, Staff, Tickets


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the settings say about people and conversations."""

    staff: Staff = Staff.shared_channels
    staff_ids: frozenset[str] = frozenset()
    customer_ids: frozenset[str] = frozenset()
    each_message: bool = True
    """In a channel each message is a conversation, with its thread."""
    bot_user_id: str = ""

    @classmethod
    def of(cls, settings: SlackSettings) -> "Rules":
        """Read the settings."""
        return cls(
            staff=settings.staff,
            staff_ids=frozenset(settings.staff_ids),
            customer_ids=frozenset(settings.customer_ids),
            each_message=settings.tickets is Tickets.message,
            bot_user_id=settings.bot_user_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What stands around an event."""

    rules: Rules
    app: str
    """Our app's id."""
    ours: frozenset[str]
    """Ids of our app's bot."""
    workspaces: frozenset[str]
    """The workspaces, or the organisation, our app is installed in."""
    shared: bool
    """Told in a channel shared with another organisation."""

    @classmethod
    def of(cls, body: Json, rules: Rules) -> "Envelope":
        """Read what Slack puts around an event."""
        installed = objects(body, "authorizations")
        bots = {text(one, "user_id") for one in installed if flag(one, "is_bot")} | {rules.bot_user_id}
        homes = {text(one, name) for one in installed for name in ("team_id", "enterprise_id")}
        if not homes - {""}:
            homes = {text(body, "context_team_id", "team_id"), text(body, "context_enterprise_id")}
        return cls(
            rules=rules,
            app=text(body, "api_app_id"),
            ours=frozenset(bots - {""}),
            workspaces=frozenset(homes - {""}),
            shared=flag(body, "is_ext_shared_channel"),
        )

    def is_own(self, message: Json) -> bool:
        """Whether our own app said it: known from sending it."""
        said_by = text(message, "app_id") or text(inner(message, "bot_profile"), "app_id")
        return (bool(self.app) and said_by == self.app and bool(text(message, "bot_id"))) or (
            text(message, "user") in self.ours
        )

    def is_staff(self, message: Json) -> bool:
        """Whether one of our own people said it, by the settings. For messages in channels and groups."""
        user = text(message, "user")
        if user in self.rules.customer_ids:
            return False
        if user in self.rules.staff_ids:
            return True
        profile = inner(message, "user_profile")
        if flag(profile, "is_restricted") or flag(profile, "is_ultra_restricted"):
            # a guest of our workspace
            return False
        where = self.rules.staff is Staff.everywhere or (self.rules.staff is Staff.shared_channels and self.shared)
        home = text(message, "user_team") or text(message, "team") or text(message, "source_team")
        return where and home in self.workspaces

"""All tables, as one MetaData. Migrations make them; a test compares the two."""

from storage.tables.base import metadata
from storage.tables.changes import facts, hook_deliveries, hooks, leases, notices
from storage.tables.channels import (
    arrivals,
    channels,
    listener_cursors,
    parked,
    raw_events,
    readings,
    recoveries,
    teams,
    template_syncs,
    templates,
)
from storage.tables.contacts import contact_points, contacts, identity_changes
from storage.tables.conversations import conversations, drafts, participants, reads, waits
from storage.tables.outbox import deliveries, delivery_events, delivery_ids
from storage.tables.people import login_failures, sessions, tokens, user_teams, users
from storage.tables.timeline import attachments, interaction_changes, interactions, reaction_ids, reactions, revisions

__all__ = [
    "arrivals",
    "attachments",
    "channels",
    "contact_points",
    "contacts",
    "conversations",
    "deliveries",
    "delivery_events",
    "delivery_ids",
    "drafts",
    "facts",
    "hook_deliveries",
    "hooks",
    "identity_changes",
    "interaction_changes",
    "interactions",
    "leases",
    "listener_cursors",
    "login_failures",
    "metadata",
    "notices",
    "parked",
    "participants",
    "raw_events",
    "reaction_ids",
    "reactions",
    "readings",
    "reads",
    "recoveries",
    "revisions",
    "sessions",
    "teams",
    "template_syncs",
    "templates",
    "tokens",
    "user_teams",
    "users",
    "waits",
]

"""Looks at what an app of Meta's is set to: its token, its permissions, and where its webhook goes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors._lib.meta_graph import Graph, Refused
from hub.contract import SetupStep
from hub.domain.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenFacts:
    """What Meta says of an access token (https://developers.facebook.com/docs/graph-api/reference/debug_token)."""

    valid: bool = False
    app_id: str = ""
    scopes: frozenset[str] = frozenset()
    problem: str = ""
    """Why nothing is known, in Meta's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppWebhook:
    """Where an app's events go (https://developers.facebook.com/docs/graph-api/reference/app/subscriptions)."""

    url: str = ""
    fields: frozenset[str] = field(default_factory=frozenset)
    problem: str = ""


async def token_facts(graph: Graph, token: str) -> TokenFacts:
    """Ask Meta about a token, as the app. Raises GraphError unless Meta answers."""
    try:
        answer = await graph.get("debug_token", as_app=True, input_token=token)
    except Refused as error:
        return TokenFacts(problem=error.said)
    found = answer.get("data")
    data: Mapping[str, Any] = found if isinstance(found, dict) else {}
    scopes = data.get("scopes")
    return TokenFacts(
        valid=data.get("is_valid") is True,
        app_id=str(data.get("app_id", "")),
        scopes=frozenset(map(str, scopes)) if isinstance(scopes, list) else frozenset(),
    )


async def app_webhook(graph: Graph, app_id: str, kind: str) -> AppWebhook:
    """Return where events of a kind of object go by default. Raises GraphError unless Meta answers."""
    try:
        answer = await graph.get(f"{app_id}/subscriptions", as_app=True)
    except Refused as error:
        return AppWebhook(problem=error.said)
    listed = answer.get("data")
    found = next((s for s in listed if isinstance(s, dict) and s.get("object") == kind), None) if listed else None
    if found is None or found.get("active") is False:
        return AppWebhook()
    fields = found.get("fields")
    names = (f.get("name") if isinstance(f, dict) else f for f in fields) if isinstance(fields, list) else ()
    return AppWebhook(url=str(found.get("callback_url", "")), fields=frozenset(map(str, names)))


async def register_app_webhook(
    graph: Graph, app_id: str, kind: str, *, url: str, verify_token: str, fields: Collection[str]
) -> None:
    """Make the app's events of a kind go to our address; Meta asks for the handshake at once. Raises GraphError."""
    body = {"object": kind, "callback_url": url, "verify_token": verify_token, "fields": ",".join(sorted(fields))}
    await graph.post(f"{app_id}/subscriptions", body, as_app=True)


def app_steps(facts: TokenFacts, app_id: str, needed: Collection[str]) -> Sequence[SetupStep]:
    """Say whether app, secret and token belong together, and whether the token may do what is needed."""
    missing = sorted(set(needed) - facts.scopes)
    belongs = not facts.problem and facts.app_id == app_id
    return (
        SetupStep(
            title=Phrase("App ID and app secret belong together"),
            done=not facts.problem,
            help=Phrase(
                "Copy both from the same app: App settings → Basic. Meta says: {problem}", problem=facts.problem
            ),
        ),
        SetupStep(
            title=Phrase("The access token is valid and made for this app"),
            done=None if facts.problem else facts.valid and belongs,
            help=Phrase("Make a new token for this very app and paste it into the settings."),
        ),
        SetupStep(
            title=Phrase("The access token has the permissions"),
            done=None if facts.problem else not missing,
            help=Phrase(
                "Make a new token with all permissions of the guide. Missing: {missing}.", missing=", ".join(missing)
            ),
        ),
    )

"""The API against its own document: generated requests, fitting and not, find no answer it does not promise."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hub.api._framework.params import Place
from hub.api.app import OPERATIONS, openapi
from hub.contract import Address, InboundAttachment
from hub.domain.user import Action, Role
from tests.api.recorded_call import recorded_call
from tests.api.test_reviews import card as card_of_every_kind
from tests.api.workspace import Client, Workspace, fresh
from tests.scripted import says

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
LEFT_OUT = {
    "sign_in": "its limits on guessing would soon answer for it",
    "live": "a WebSocket",
    "bot_live": "a WebSocket",
    "sign_out": "it would end the session the others need",
}
"""Operations tested elsewhere, and why."""
LONG = 1_000
BY_NAME = {operation.name: operation for operation in OPERATIONS}


async def seeded(hub: Workspace) -> Mapping[str, Sequence[str]]:
    """Fill a workspace and return ids that exist, by the name of the path parameter."""
    photo = InboundAttachment(name="a.txt", media_type="text/plain", content=b"hello")
    await hub.hears(
        says("Hello", by="ann", html="<p>Hello</p>", attachments=(photo,)),
        says("Witam", by="ola", participants=(Address(namespace="scripted", value="jan"),)),
    )
    await hub.hears(body=b"gibberish")
    admin = await hub.person(Role.admin)
    ann, ola = sorted(await hub.rows(), key=lambda row: row.contact_name)
    reply = fresh()
    await admin.post(f"/conversations/{ann.id}/replies", {"id": reply, "text": "Good day"})
    await admin.post(f"/contacts/{ann.contact_id}/points", {"namespace": "email", "address": "ann@example.com"})
    _, merged = await admin.post(f"/contacts/{ann.contact_id}/merge", {"other_id": str(ola.contact_id)})
    hook, team = fresh(), fresh()
    await admin.post("/hooks", {"id": hook, "url": "https://example.com/hub"})
    await admin.post("/teams", {"id": team, "name": "Blue"})
    _, token = await admin.post("/tokens", {"name": "T", "actions": [Action.contacts_read]})
    article, bot = fresh(), fresh()
    written = {"id": article, "language": "en", "questions": ["Where?"], "answer": "Here."}
    await admin.post("/articles", written)
    await admin.post("/outside-bots", {"id": bot, "name": "Robo"})
    flow, rule = fresh(), fresh()
    await admin.post("/bots/flows", {"id": flow, "starter": "faq"})
    await admin.post("/bots/rules", {"id": rule, "name": "All", "flow_id": flow})
    thread = (await admin.get(f"/conversations/{ann.id}/interactions"))["items"]
    recorded = await recorded_call(hub)
    card, review, queue, comment, playlist = card_of_every_kind(), fresh(), fresh(), fresh(), fresh()
    await admin.post("/scorecards", card)
    await admin.post(f"/calls/{recorded.call.id}/reviews", {"id": review, "scorecard_id": card["id"]})
    await admin.post("/reviews/queues", {"id": queue, "name": "All", "rule": {}})
    await admin.post(f"/calls/{recorded.call.id}/comments", {"id": comment, "text": "Hm."})
    await admin.put(f"/playlists/{playlist}", {"name": "Good"})
    calendar, target, report, export, line, saved = fresh(), fresh(), fresh(), fresh(), fresh(), fresh()
    await admin.post("/saved-replies", {"id": saved, "name": "Hello", "texts": {"en": "Good day"}})
    await admin.post("/calendars", {"id": calendar, "name": "Office"})
    await admin.post("/targets", {"id": target, "name": "Fast", "rule": {"goals": {"first_response": 3600}}})
    await admin.post("/reports/saved", {"id": report, "name": "Week", "asked": {"period": "last_7_days"}})
    await admin.post("/exports", {"id": export, "asked": {"period": "last_7_days"}})
    await admin.post("/lines", {"id": line, "name": "Sales", "channel_id": str(hub.channel.id)})
    return {
        "calendar_id": [calendar],
        "target_id": [target],
        "report_id": [report],
        "export_id": [export],
        "line_id": [line],
        "debt_id": [fresh()],
        "reply_id": [saved],
        "merge_id": [fresh()],
        "macro_id": [fresh()],
        "portrait_id": [fresh()],
        "survey_id": [fresh()],
        "version": ["1"],
        "call_id": [str(recorded.call.id)],
        "recording_id": [str(recorded.key)],
        "play_id": [await recorded.play(admin)],
        "scorecard_id": [card["id"]],
        "review_id": [review],
        "queue_id": [queue],
        "comment_id": [comment],
        "playlist_id": [playlist],
        "clip_id": [fresh()],
        "number": ["0"],
        "conversation_id": [str(ann.id), str(ola.id)],
        "contact_id": [str(ann.contact_id), str(ola.contact_id)],
        "contact_point_id": [str(ann.contact_point_id)],
        "interaction_id": [entry["id"] for entry in thread],
        "attachment_id": [a["id"] for entry in thread for a in entry["attachments"]],
        "delivery_id": [reply],
        "change_id": [merged["change"]["id"]],
        "channel_id": [str(hub.channel.id)],
        "hook_id": [hook],
        "article_id": [article],
        "bot_id": [bot],
        "flow_id": [flow],
        "rule_id": [rule],
        "event_id": [fresh()],
        "team_id": [team],
        "token_id": [token["token"]["id"]],
        "user_id": [(await admin.get("/session"))["user"]["id"]],
        "seq": ["1", "2"],
        "key": ["paper"],
    }


BOUNDED = settings(
    max_examples=3,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def check_operation(cases: st.SearchStrategy[Case[Any]], client: Client) -> None:
    """Send generated requests and compare the answers with the document."""
    headers = {"Origin": client.origin, **client.headers}

    @BOUNDED
    @given(case=cases)
    def check(case: Case[Any]) -> None:
        response = case.call(base_url=f"{client.origin}/api/v1", headers=headers, timeout=20)
        case.validate_response(response, checks=CHECKS)

    check()


def _light(part: Any) -> Any:
    """Return a document whose long texts have no pattern: for a length of 100,000 the two together take seconds.

    That no text holds a NUL is then asked of the short ones; a long one with it gets the refusal that is promised.
    """
    if isinstance(part, list):
        return [_light(one) for one in part]
    if not isinstance(part, dict):
        return part
    long = part.get("type") == "string" and part.get("maxLength", 0) > LONG
    return {key: _light(value) for key, value in part.items() if not (long and key == "pattern")}


def check_all(programs: Client, admin: Client, known: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what went wrong, by operation. Runs in a thread: schemathesis waits for its answers."""
    schema = schemathesis.openapi.from_dict(_light(openapi("1.2.3")))
    wrong = []
    in_order = sorted(
        (cast("Ok[Any]", found).ok() for found in schema.get_all_operations()), key=lambda op: op.method == "delete"
    )
    for operation in in_order:
        name = operation.definition.raw["operationId"]
        described = BY_NAME[name]
        if name in LEFT_OUT:
            continue
        ids = {p.name: known[p.name][0] for p in described.parameters if p.place is Place.path}
        cases = [operation.as_strategy(path_parameters=ids), operation.as_strategy()]
        if described.parameters or described.body:
            cases.append(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
        client = admin if described.people_only else programs
        try:
            check_operation(st.one_of(cases), client)
        except Exception as error:  # noqa: BLE001 - all operations are tried, whatever was wrong with one
            wrong.append(f"{name}: {error}")
    return wrong


@pytest.mark.timeout(240)
async def test_no_generated_request_gets_an_answer_that_is_not_promised(hub: Workspace) -> None:
    known = await seeded(hub)
    programs, admin = await hub.program(*Action), await hub.person(Role.admin)
    wrong = await asyncio.to_thread(check_all, programs, admin, known)
    assert wrong == []

"""Who may call what: every operation as a stranger, as each role, as somebody new, and as a program with each scope."""

import re
from collections.abc import Mapping

import pytest

from hub.api._framework.routing import Access, Operation
from hub.api.app import OPERATIONS
from hub.domain.channel import Connection, ConnectionState
from hub.domain.user import Action, Role
from tests.api.workspace import Client, Workspace, fresh

# Written by hand, not derived: what the product promises. A new operation must be entered here.
PROMISED = """
everybody        sign_in
signed in        get_session sign_out change_password change_profile
agent in person  mark_read save_draft delete_draft show_typing
agent            list_conversations count_conversations get_conversation change_conversation list_interactions
agent            accept_related dismiss_related mark_spam reply_to_customer write_note start_conversation
agent            get_interaction get_html list_revisions retry_delivery confirm_delivery list_delivery_events
agent            upload_attachment get_attachment get_thumbnail get_playable discard_attachment get_portrait
agent            get_file_trouble list_templates refresh_templates
agent            list_mergeable merge_conversation list_merges undo_conversation_merge get_trust get_team_routing
agent            list_contacts create_contact get_contact change_contact keep_contact add_contact_point
agent            remove_contact_point unblock_contact_point get_timeline list_contact_conversations list_duplicates
agent            merge_contacts split_contact never_merge list_identity_history undo_identity_change
agent            list_figures get_dashboard get_breakdown get_series list_report_waits get_contact_card get_wallboard
agent            list_report_entries list_queued_calls
agent            list_saved_reports get_workload start_export list_exports get_export get_export_file delete_export
agent in person  get_my_figures save_report change_saved_report delete_saved_report
manager          list_preferred_channels check_reports recount_reports list_recording_rules set_team_routing
agent            search_messages list_waits live list_channels get_channel list_connectors list_users list_teams
agent            get_flow_schema list_starters list_flows get_flow list_flow_versions get_flow_version
agent            get_flow_counts export_flow check_flow simulate_flow list_bot_rules
agent            get_speaker take_over give_back
manager          create_flow change_flow delete_flow publish_flow roll_back_flow withdraw_flow
manager          create_bot_rule change_bot_rule delete_bot_rule
agent            list_rules get_rule get_rule_schema list_rule_versions list_rule_runs
manager          create_rule order_rules change_rule delete_rule switch_rule roll_back_rule try_rule try_rule_here
agent            list_saved_replies get_saved_reply list_fitting_replies count_reply_use
manager          create_saved_reply change_saved_reply delete_saved_reply
agent in person  list_macros create_macro change_macro delete_macro list_fitting_macros preview_macro run_macro
agent            get_action_schema undo_macro
manager          list_surveys list_survey_words create_survey order_surveys change_survey delete_survey
agent            get_satisfaction list_ratings get_ratings_file list_contact_ratings
agent            list_articles get_article match_articles list_asked_questions export_articles
agent            get_assistant ask_assistant give_to_outside_bot
manager          create_article change_article delete_article import_articles list_assistant_calls
admin            list_outside_bots create_outside_bot change_outside_bot renew_outside_bot delete_outside_bot
admin            list_bot_events get_own_bot list_own_events acknowledge_event bot_reply bot_set_field bot_add_tag
admin            bot_write_note upload_bot_file
admin            bot_assign bot_hand_over bot_close bot_live
admin            get_assistant_settings change_assistant_settings check_assistant
agent            list_recordings get_waveform begin_play tell_heard stream_recording download_recording
agent            get_transcript list_line_revisions search_transcripts
agent            list_scorecards get_scorecard list_scorecard_versions try_scorecard list_scores export_scores
agent in person  list_review_calls list_reviews list_reviews_about get_review reply_to_review appeal_review
agent in person  hear_clip list_call_scores
agent in person  list_comments write_comment list_mentions edit_comment resolve_comment delete_comment list_playlists
manager          list_plays get_recording_rules get_deletion list_deletions ask_for_transcript ask_for_redaction
manager          create_scorecard change_scorecard use_scorecard
manager in person  edit_line list_queues create_queue change_queue delete_queue begin_review compare_reviews
manager in person  fill_in_review submit_review settle_appeal discard_review
manager in person  save_playlist save_clips delete_playlist
admin            set_recording_rules hold_recording release_recording delete_recording
agent            list_calls get_call get_call_pop change_call get_call_numbers list_lines get_line list_line_versions
agent            get_dialling list_presence list_debts count_debts change_debt
agent in person  place_call control_call get_phone_token choose_presence set_devices
manager          create_line change_line delete_line save_line_version restore_line_version check_call_plan
manager          get_first_call_plan set_skills set_presence
admin            change_dialling
manager          delete_contact get_ledger list_raw_events get_raw_event get_raw_of_interaction replay_raw_events
manager          create_team change_team delete_team dismiss_recovered
agent            list_calendars get_calendar list_calendar_versions list_hours list_holidays list_holiday_countries
agent            list_targets list_dues list_conversation_dues get_risk
manager          create_calendar change_calendar delete_calendar import_closed_days choose_hours
manager          create_target change_target delete_target order_targets
admin            create_channel change_channel delete_channel check_channel check_settings restart_channel look_at_setup
admin            create_user change_user reset_password list_tokens create_token revoke_token
admin            list_hooks create_hook change_hook delete_hook list_hook_deliveries retry_hook_delivery get_overview
"""
LEAST: Mapping[str, str] = {
    name: least
    for least, names in (re.split(r"\s{2,}", line, maxsplit=1) for line in PROMISED.strip().splitlines())
    for name in names.split()
}
RANK = {"agent": 0, "agent in person": 0, "manager": 1, "manager in person": 1, "admin": 2}
BY_NAME = {operation.name: operation for operation in OPERATIONS}
GUARDED = [operation for operation in OPERATIONS if operation.needs is not Access.anyone]


def test_every_operation_is_promised_to_somebody() -> None:
    assert LEAST.keys() == BY_NAME.keys()


async def call(client: Client, operation: Operation) -> tuple[int, str]:
    path = re.sub(r"\{seq\}", "1", operation.path)
    path = re.sub(r"\{\w+\}", fresh(), path)
    status, body = await client.call(operation.method, f"/api/v1{path}", json={})
    return status, body.get("type", "") if isinstance(body, dict) else ""


async def refused(client: Client, operations: list[Operation]) -> set[str]:
    """Return which operations answer 401 or 403; the others get as far as the arguments, which fit nothing."""
    answers = {o.name: (await call(client, o))[0] for o in operations}
    assert not [name for name, status in answers.items() if status >= 500]
    return {name for name, status in answers.items() if status in (401, 403)}


async def test_a_stranger_may_only_sign_in(hub: Workspace) -> None:
    client = await hub.anonymous()
    answers = {o.name: await call(client, o) for o in OPERATIONS}
    assert answers.pop("sign_in")[0] == 422
    assert set(answers.values()) == {(401, "/problems/not-signed-in")}


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_may_do_what_is_promised_and_nothing_else(hub: Workspace, role: Role) -> None:
    client = await hub.person(role)
    lasting = [o for o in GUARDED if o.name != "sign_out"]
    promised_to_higher = {name for name, least in LEAST.items() if RANK.get(least, 0) > RANK[role.value]}
    assert await refused(client, lasting) == promised_to_higher
    assert (await client.delete("/session"))[0] == 204


async def test_somebody_who_must_change_the_password_may_only_do_that(hub: Workspace) -> None:
    client = await hub.person(Role.admin, must_change_password=True)
    lasting = [o for o in GUARDED if o.name != "sign_out"]
    allowed = {name for name, least in LEAST.items() if least == "signed in"} - {"sign_out"}
    assert {o.name for o in lasting} - await refused(client, lasting) == allowed


async def test_a_scope_opens_its_operations_and_nothing_else_does(hub: Workspace) -> None:
    for action in Action:
        with_it, without_it = await hub.program(action), await hub.program(*set(Action) - {action})
        opened = [o for o in GUARDED if o.needs is action and not o.people_only]
        assert await refused(with_it, opened) == set()
        assert await refused(without_it, opened) == {o.name for o in opened}


async def test_a_program_cannot_act_as_a_person(hub: Workspace) -> None:
    client = await hub.program(*Action)
    people = {name for name, least in LEAST.items() if least in ("agent in person", "manager in person", "signed in")}
    assert await refused(client, GUARDED) == people


async def test_a_program_needs_no_csrf_token_and_no_origin(hub: Workspace) -> None:
    client = await hub.program(Action.contacts_write)
    async with client.http.post(
        f"{client.origin}/api/v1/contacts", headers=client.headers, json={"id": fresh(), "name": "Ann"}
    ) as answer:
        assert answer.status == 201


@pytest.mark.parametrize("given", ["hub_wrong", "x", "hub_" + "z" * 5000, ""])
async def test_a_wrong_token_is_refused_even_beside_a_good_session(hub: Workspace, given: str) -> None:
    client = await hub.person()
    del client.headers["Cookie"]
    status, _ = await client.call("GET", "/api/v1/conversations", headers={"Authorization": f"Bearer {given}"})
    assert status == 401


async def test_a_revoked_and_an_expired_token_end_at_once(hub: Workspace) -> None:
    admin = await hub.person(Role.admin)
    actions = [Action.contacts_read]
    until = "2026-03-03T10:00:00Z"
    status, made = await admin.post("/tokens", {"name": "CRM", "actions": actions, "expires_at": until})
    assert (status, made["token"]["name"], made["secret"][:4]) == (201, "CRM", "hub_")
    program = await hub.anonymous()
    program.headers = {"Authorization": f"Bearer {made['secret']}"}
    assert (await program.get("/contacts"))["items"] == []
    hub.clock.forward(days=2)
    assert (await program.call("GET", "/api/v1/contacts"))[0] == 401

    _, made = await admin.post("/tokens", {"name": "CRM", "actions": actions})
    program.headers = {"Authorization": f"Bearer {made['secret']}"}
    assert (await program.get("/contacts"))["items"] == []
    assert (await admin.delete(f"/tokens/{made['token']['id']}"))[0] == 204
    assert (await program.call("GET", "/api/v1/contacts"))[0] == 401
    assert "secret" not in str(await admin.get("/tokens"))


async def test_nobody_hands_on_a_right_they_do_not_have(hub: Workspace) -> None:
    program = await hub.program(Action.tokens_write)
    status, body = await program.post("/tokens", {"name": "more", "actions": [Action.users_write]})
    assert (status, "do not have the right" in body["detail"]) == (403, True)


async def test_that_a_channel_is_down_everybody_sees_but_why_only_who_may_know(hub: Workspace) -> None:
    words = "The provider calls another address."
    down = Connection(state=ConnectionState.disconnected, since=hub.clock.now(), detail=words)
    async with hub.deps.storage.begin() as uow:
        await uow.channels.set_connection(hub.channel.id, down)
    told = {role: (await (await hub.person(role)).get("/channels"))[0]["connection"] for role in Role}
    assert {(seen["state"], seen["since"]) for seen in told.values()} == {("disconnected", "2026-03-02T10:00:00.000Z")}
    assert {role.value: seen["detail"] for role, seen in told.items()} == {
        "agent": "",
        "manager": words,
        "admin": words,
    }


async def test_only_who_may_change_channels_sees_settings_and_the_secret_address(hub: Workspace) -> None:
    admin, agent = await hub.person(Role.admin), await hub.person()
    (seen,) = await admin.get("/channels")
    assert seen["settings"] == {"box": "7", "key": None, "key_set": True, "colour": "white"}
    assert seen["webhook_url"].startswith("http://hub.example/webhooks/")
    (seen,) = await agent.get("/channels")
    assert (seen["settings"], seen["webhook_url"], seen["name"]) == (None, None, "Paper")

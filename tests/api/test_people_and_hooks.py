"""Users, teams and outgoing webhooks over HTTP."""

from hub.domain.user import Role
from tests.api.workspace import Workspace, fresh


async def test_a_new_user_gets_a_random_password_once_and_must_change_it(either: Workspace) -> None:
    admin = await either.person(Role.admin)
    wish = {"id": fresh(), "email": "Ola@Example.com", "name": "Ola", "role": "agent"}
    status, made = await admin.post("/users", wish)
    assert (status, made["user"]["email"], len(made["password"])) == (201, "ola@example.com", 20)
    assert await admin.post("/users", wish) == (200, {"user": made["user"], "password": None})
    status, session = await (await either.anonymous()).sign_in("ola@example.com", made["password"])
    assert (status, session["must_change_password"]) == (200, True)
    status, body = await admin.post("/users", {**wish, "id": fresh()})
    assert (status, body["type"]) == (409, "/problems/conflict")


async def test_a_reset_password_ends_the_sessions_and_lets_in(either: Workspace) -> None:
    admin, user = await either.person(Role.admin), await either.user()
    there = await either.signed_in(user)
    _, made = await admin.post(f"/users/{user.id}/reset-password")
    assert (await there.call("GET", "/api/v1/session"))[0] == 401
    assert (await (await either.anonymous()).sign_in(user.email, made["password"]))[0] == 200


async def test_who_is_made_inactive_is_out_at_once(either: Workspace) -> None:
    admin, user = await either.person(Role.admin), await either.user()
    there = await either.signed_in(user)
    _, changed = await admin.patch(f"/users/{user.id}", {"active": False})
    assert changed["active"] is False
    assert (await there.call("GET", "/api/v1/session"))[0] == 401


async def test_a_new_role_counts_at_once(hub: Workspace) -> None:
    admin, user = await hub.person(Role.admin), await hub.user()
    there = await hub.signed_in(user)
    assert (await there.call("GET", "/api/v1/ledger"))[0] == 403
    await admin.patch(f"/users/{user.id}", {"role": "manager"})
    assert (await there.call("GET", "/api/v1/ledger"))[0] == 200


async def test_the_last_admin_stays(hub: Workspace) -> None:
    admin = await hub.person(Role.admin)
    me = (await admin.get("/session"))["user"]["id"]
    for edit in ({"role": "agent"}, {"active": False}):
        status, body = await admin.patch(f"/users/{me}", edit)
        assert (status, "last active admin" in body["detail"]) == (409, True)


async def test_a_team_says_how_its_conversations_are_given_out(either: Workspace) -> None:
    manager, agent = await either.person(Role.manager), await either.person(Role.agent)
    team = fresh()
    await manager.post("/teams", {"id": team, "name": "Blue", "member_ids": []})
    bare = {"team_id": team, "method": "off", "sticky": True, "next_after": 0, "capacity": {"": 10}}
    assert await manager.get(f"/teams/{team}/routing") == bare
    wish = {"method": "least_busy", "sticky": False, "next_after": 15, "capacity": {"": 8, "webchat": 3}}
    assert await manager.put(f"/teams/{team}/routing", wish) == (200, {"team_id": team, **wish})
    assert await agent.get(f"/teams/{team}/routing") == {"team_id": team, **wish}
    assert (await agent.put(f"/teams/{team}/routing", wish))[0] == 403
    assert (await manager.put(f"/teams/{team}/routing", {**wish, "capacity": {"sms": 0}}))[0] == 422
    assert (await manager.put(f"/teams/{fresh()}/routing", wish))[0] == 404


async def test_teams(either: Workspace) -> None:
    manager = await either.person(Role.manager)
    me = (await manager.get("/session"))["user"]["id"]
    wish = {"id": fresh(), "name": "Blue", "member_ids": [me]}
    first, again = await manager.post("/teams", wish), await manager.post("/teams", wish)
    assert (first[0], again[0], first[1]) == (201, 200, wish)
    assert (await manager.patch(f"/teams/{wish['id']}", {"name": "Red"}))[1] == {**wish, "name": "Red"}
    assert (await manager.get("/session"))["user"]["team_ids"] == [wish["id"]]
    assert (await manager.patch(f"/teams/{wish['id']}", {"member_ids": []}))[1]["member_ids"] == []
    assert (await manager.delete(f"/teams/{wish['id']}"))[0] == 204
    assert await manager.get("/teams") == []
    assert (await manager.patch(f"/teams/{wish['id']}", {"name": "Red"}))[0] == 404


async def test_a_hooks_secret_is_told_once(either: Workspace) -> None:
    admin = await either.person(Role.admin)
    wish = {"id": fresh(), "url": "https://crm.example/hub", "kinds": ["conversation_changed"]}
    status, made = await admin.post("/hooks", wish)
    assert (status, made["secret"][:7]) == (201, "hubsec_")
    assert await admin.post("/hooks", wish) == (200, {"hook": made["hook"], "secret": None})
    assert "hubsec_" not in str(await admin.get("/hooks"))
    _, changed = await admin.patch(f"/hooks/{wish['id']}", {"active": False})
    assert (changed["active"], changed["url"]) == (False, wish["url"])
    assert (await admin.get(f"/hooks/{wish['id']}/deliveries")) == {"items": [], "next": None}
    assert (await admin.delete(f"/hooks/{wish['id']}"))[0] == 204
    assert (await admin.call("GET", f"/api/v1/hooks/{wish['id']}/deliveries"))[0] == 404


async def test_a_hook_address_that_is_none_is_refused(hub: Workspace) -> None:
    admin = await hub.person(Role.admin)
    for url in ("ftp://x", "https://", "https://user:secret@crm.example/", "x"):
        assert (await admin.post("/hooks", {"id": fresh(), "url": url}))[0] == 422

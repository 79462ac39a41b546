"""Signing in and out: the cookie, forged requests, guessers, rotation and expiry."""

import asyncio
from pathlib import Path

import pytest

from hub.domain.ids import UserId
from hub.domain.user import Role, User
from hub.services import logins, users
from hub.services.ids import new_id
from tests.api.workspace import Client, Workspace

PASSWORD = "correct horse battery"


async def somebody(hub: Workspace, *, changes_password: bool = False) -> User:
    async with hub.deps.storage.begin() as uow:
        made = await users.create(
            uow,
            id=UserId(new_id()),
            email="ann@example.com",
            name="Ann",
            role=Role.agent,
            password=PASSWORD,
            now=hub.clock.now(),
        )
        stored = await uow.users.password_hash(made.record.user.id) or ""
        await uow.users.set_password(made.record.user.id, stored, must_change=changes_password)
    return made.record.user


async def test_signing_in_says_who_one_is_and_sets_a_cookie_no_script_can_read(either: Workspace) -> None:
    await somebody(either)
    client = await either.anonymous()
    answer, body = await client.full(
        "POST", "/api/v1/session", json={"email": " Ann@Example.com", "password": PASSWORD}
    )
    assert answer.status == 200
    assert (body["user"]["name"], body["must_change_password"], body["version"]) == ("Ann", False, "1.2.3")
    assert "conversations_read" in body["permissions"]
    assert "users_write" not in body["permissions"]
    assert body["languages"] == ["en", "ko", "pl"]
    cookie = answer.cookies["hub_session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "Lax", "/", "")
    assert len(cookie.value) >= 43
    assert await client.get("/session") == body


async def test_over_tls_the_cookie_is_bound_to_the_host(sqlite_url: str, tmp_path: Path) -> None:
    async with Workspace.open(sqlite_url, tmp_path, public_url="https://hub.example") as hub:
        await somebody(hub)
        client = await hub.anonymous()
        answer, _ = await client.full(
            "POST", "/api/v1/session", json={"email": "ann@example.com", "password": PASSWORD}
        )
        cookie = answer.cookies["__Host-hub_session"]
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


async def test_only_a_digest_of_the_session_is_stored(hub: Workspace, tmp_path: Path) -> None:
    await somebody(hub)
    client = await hub.anonymous()
    answer, _ = await client.full("POST", "/api/v1/session", json={"email": "ann@example.com", "password": PASSWORD})
    token = answer.cookies["hub_session"].value.encode()
    assert token not in everything_in(tmp_path)


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("email", "password"), [("ann@example.com", "wrong"), ("nobody@example.com", PASSWORD), ("x@y", "z" * 256)]
)
async def test_a_wrong_login_says_the_same_whatever_is_wrong(hub: Workspace, email: str, password: str) -> None:
    await somebody(hub)
    client = await hub.anonymous()
    status, body = await client.sign_in(email, password)
    assert (status, body["type"]) == (401, "/problems/wrong-password")
    assert body["detail"] == "The mail address or the password is wrong."


async def test_somebody_who_left_cannot_sign_in(hub: Workspace) -> None:
    user = await somebody(hub)
    async with hub.deps.storage.begin() as uow:
        await users.change(uow, user.id, users.Edit(active=False))
    status, _ = await (await hub.anonymous()).sign_in("ann@example.com", PASSWORD)
    assert status == 401


async def test_a_guesser_is_stopped_and_later_let_in_again(either: Workspace) -> None:
    await somebody(either)
    client = await either.anonymous()
    answers = [await client.full("POST", "/api/v1/session", json=GUESS) for _ in range(12)]
    assert [a.status for a, _ in answers[:5]] == [401] * 5
    last, body = answers[-1]
    assert (last.status, body["type"]) == (429, "/problems/too-many-requests")
    assert int(last.headers["Retry-After"]) > 0
    assert (await client.sign_in("ann@example.com", PASSWORD))[0] == 429
    either.clock.forward(minutes=16)
    assert (await client.sign_in("ann@example.com", PASSWORD))[0] == 200


GUESS = {"email": "ann@example.com", "password": "guess"}


async def test_guesses_sent_at_once_do_not_slip_through_together(hub: Workspace) -> None:
    await somebody(hub)
    client = await hub.anonymous()
    answers = await asyncio.gather(*(client.full("POST", "/api/v1/session", json=GUESS) for _ in range(25)))
    statuses = [answer.status for answer, _ in answers]
    assert statuses.count(401) <= 10
    assert statuses.count(401) + statuses.count(429) == 25


async def test_one_address_cannot_try_many_accounts(hub: Workspace) -> None:
    client = await hub.anonymous()
    async with hub.deps.storage.begin() as uow:
        for _ in range(logins.FAILURES_PER_ADDRESS - 1):
            await uow.users.add_failure("address:127.0.0.1", hub.clock.now())
    assert [(await client.sign_in(f"u{n}@example.com", "x"))[0] for n in range(3)] == [401, 429, 429]


async def test_behind_a_proxy_of_ours_the_client_counts_not_the_proxy(sqlite_url: str, tmp_path: Path) -> None:
    async with Workspace.open(sqlite_url, tmp_path, trusts_proxy=lambda peer: peer == "127.0.0.1") as hub:
        await somebody(hub)
        client = await hub.anonymous()
        for _ in range(3):
            await client.full(
                "POST", "/api/v1/session", json=GUESS, headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.9"}
            )
        async with hub.deps.storage.read() as uow:
            window = hub.deps.session_idle
            counts = [
                await uow.users.count_failures(f"address:{a}", hub.clock.now(), window)
                for a in ("203.0.113.9", "6.6.6.6", "127.0.0.1")
            ]
        assert counts == [3, 0, 0]


async def test_signing_in_again_ends_the_old_session(hub: Workspace) -> None:
    await somebody(hub)
    client = await hub.anonymous()
    await client.sign_in("ann@example.com", PASSWORD)
    old = {"Cookie": f"hub_session={cookie_of(client)}"}
    await client.sign_in("ann@example.com", PASSWORD)
    stranger = await hub.anonymous()
    assert (await stranger.call("GET", "/api/v1/session", headers=old))[0] == 401
    assert await client.get("/session")


def cookie_of(client: Client) -> str:
    return next(cookie.value for cookie in client.http.cookie_jar if cookie.key == "hub_session")


async def test_signing_out_ends_the_session_and_takes_the_cookie_back(hub: Workspace) -> None:
    client = await hub.person()
    answer, _ = await client.full("DELETE", "/api/v1/session")
    assert answer.status == 204
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert (await client.call("GET", "/api/v1/session"))[0] == 401


@pytest.fixture
async def person(hub: Workspace) -> Client:
    return await hub.person()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "0" * 64},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
    ids=["no token", "wrong token", "another site", "opaque origin", "another port"],
)
async def test_a_forged_request_of_a_session_is_refused(person: Client, headers: dict[str, str]) -> None:
    answer, body = await person.full("PATCH", "/api/v1/session", json={"name": "Eve"}, headers=headers)
    assert (answer.status, body["type"]) == (403, "/problems/csrf")
    assert (await person.get("/session"))["user"]["name"] == "Agent"


async def test_a_request_that_says_no_origin_is_refused(person: Client) -> None:
    del person.headers["X-CSRF-Token"]
    async with person.http.delete(f"{person.origin}/api/v1/session", headers=person.headers) as answer:
        assert answer.status == 403


async def test_the_public_address_is_an_origin_of_ours(person: Client) -> None:
    status, body = await person.call(
        "PATCH", "/api/v1/session", json={"name": "Anna"}, headers={"Origin": "http://hub.example"}
    )
    assert (status, body["user"]["name"]) == (200, "Anna")


async def test_another_site_cannot_sign_somebody_in(hub: Workspace) -> None:
    await somebody(hub)
    client = await hub.anonymous()
    status, _ = await client.call(
        "POST",
        "/api/v1/session",
        json={"email": "ann@example.com", "password": PASSWORD},
        headers={"Origin": "http://evil.example"},
    )
    assert status == 403


async def test_an_unused_session_ends_and_a_used_one_lasts_until_its_limit(either: Workspace) -> None:
    used, unused = await either.person(), await either.person()
    statuses = []
    for _ in range(9):
        either.clock.forward(days=4)
        statuses.append((await used.call("GET", "/api/v1/session"))[0])
    assert statuses == [200] * 7 + [401] * 2
    assert (await unused.call("GET", "/api/v1/session"))[0] == 401


async def test_a_new_password_ends_all_sessions_and_starts_another(either: Workspace) -> None:
    user = await somebody(either)
    elsewhere = await either.signed_in(user)
    here = await either.anonymous()
    await here.sign_in("ann@example.com", PASSWORD)
    before = cookie_of(here)
    status, body = await here.post("/session/password", {"current": PASSWORD, "new": "another good one"})
    assert (status, body["must_change_password"]) == (200, False)
    assert cookie_of(here) != before
    here.headers["X-CSRF-Token"] = body["csrf"]
    assert (await here.patch("/session", {"language": "pl"}))[1]["user"]["language"] == "pl"
    assert (await elsewhere.call("GET", "/api/v1/session"))[0] == 401
    assert (await (await either.anonymous()).sign_in("ann@example.com", "another good one"))[0] == 200


@pytest.mark.parametrize(
    ("current", "new", "words"),
    [
        ("wrong", "another good one", "current password is wrong"),
        (PASSWORD, "short", "too short"),
        (PASSWORD, PASSWORD, "the old one"),
        (PASSWORD, "ann@example.com", "too much like your mail address"),
    ],
)
async def test_a_password_that_does_not_do_says_why(hub: Workspace, current: str, new: str, words: str) -> None:
    client = await hub.signed_in(await somebody(hub))
    status, body = await client.post("/session/password", {"current": current, "new": new})
    assert status == 422
    assert words in body["detail"]


async def test_who_must_change_the_password_can_do_nothing_else(hub: Workspace) -> None:
    client = await hub.signed_in(await somebody(hub, changes_password=True))
    assert (await client.get("/session"))["must_change_password"] is True
    status, body = await client.call("GET", "/api/v1/conversations")
    assert (status, body["type"]) == (403, "/problems/password-change-required")
    _, body = await client.post("/session/password", {"current": PASSWORD, "new": "another good one"})
    client.headers["Cookie"] = f"hub_session={cookie_of(client)}"
    assert (await client.call("GET", "/api/v1/conversations"))[0] == 200


async def test_without_a_session_one_is_told_to_sign_in(hub: Workspace) -> None:
    answer, body = await (await hub.anonymous()).full("GET", "/api/v1/conversations")
    assert (answer.status, body["type"], body["detail"]) == (401, "/problems/not-signed-in", "Sign in first.")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("cookie", ["", "x", "y" * 5000, "é€"])
async def test_a_made_up_cookie_is_nobody(hub: Workspace, cookie: str) -> None:
    client = await hub.anonymous()
    client.headers["Cookie"] = f"hub_session={cookie}"
    assert (await client.call("GET", "/api/v1/session"))[0] == 401

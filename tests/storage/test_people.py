"""Users, sessions, tokens, teams, hooks, leases and facts."""

from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from hub.domain.changes import ChangeKind
from hub.domain.errors import Conflict
from hub.domain.hooks import Hook, HookDelivery
from hub.domain.ids import TeamId
from hub.domain.user import Team
from hub.domain.views import TokenView
from storage.database import SqlStorage
from tests.storage import builders as make
from tests.storage.builders import NOW, later


async def test_an_e_mail_address_is_one_person_whatever_its_case(storage: SqlStorage) -> None:
    user = make.user(email="Ala@Example.org")
    async with storage.begin() as uow:
        await uow.users.add(user, "hash")
        with pytest.raises(Conflict, match="works here already"):
            await uow.users.add(make.user(email="ala@example.ORG"), "hash")
        assert await uow.users.by_email(" ALA@example.org") == user
        assert await uow.users.password_hash(user.id) == "hash"


async def test_a_session_lives_until_it_ends_and_only_for_active_users(storage: SqlStorage) -> None:
    user = make.user()
    async with storage.begin() as uow:
        users = uow.users
        await users.add(user, "h")
        await users.add_session("s1", user.id, now=NOW, expires_at=later(hours=1))
        assert await users.session_user("s1", NOW) == user
        assert await users.session_user("s1", later(hours=1)) is None
        await users.renew_session("s1", expires_at=later(hours=2))
        assert await users.session_user("s1", later(minutes=90)) == user
        await users.renew_session("s1", expires_at=later(days=365))
        assert await users.session_user("s1", later(days=31)) is None
        await users.update(make.renewed(user, active=False))
        assert await users.session_user("s1", NOW) is None
        await users.update(user)
        await users.set_password(user.id, "h2", must_change=True)
        assert await users.session_user("s1", NOW) is None
        found = await users.get(user.id)
        assert found is not None
        assert found.must_change_password


async def test_failed_logins_are_counted_within_a_window(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        for minutes in (0, 10, 14):
            await uow.users.add_failure("a", later(minutes=minutes))
        await uow.users.add_failure("b", NOW)
        window = timedelta(minutes=5)
        assert await uow.users.count_failures("a", later(minutes=14), window) == 2
        await uow.users.clear_failures("a")
        assert await uow.users.count_failures("a", later(minutes=14), window) == 0
        assert await uow.users.count_failures("b", NOW, window) == 1


async def test_a_token_says_when_it_was_used_and_can_be_revoked(storage: SqlStorage) -> None:
    token = TokenView(
        id="t1", name="CRM", actions=("contacts_read",), created_at=NOW, created_by=None, last_used_at=None,
        expires_at=later(days=1),
    )  # fmt: skip
    async with storage.begin() as uow:
        await uow.users.add_token(token, "hash")
        assert await uow.users.token("hash", NOW) == token
        assert [t.last_used_at for t in await uow.users.tokens()] == [NOW]
        assert await uow.users.token("hash", later(days=2)) is None
        assert await uow.users.token("other", NOW) is None
        await uow.users.revoke_token("t1")
        assert await uow.users.token("hash", NOW) is None


async def test_teams_have_members_and_leave_their_conversations_behind(storage: SqlStorage) -> None:
    team = Team(id=TeamId(uuid7()), name="Support")
    one, two = make.user(name="A"), make.user(name="B")
    async with storage.begin() as uow:
        for user in (one, two):
            await uow.users.add(user, "h")
        await uow.users.save_team(team, [one.id, two.id])
        assert [u.team_ids for u in await uow.users.all()] == [(team.id,), (team.id,)]
        await uow.users.save_team(make.renewed(team, name="Help"), [two.id])
        assert [u.team_ids for u in await uow.users.all()] == [(), (team.id,)]
        thread = await make.begin_thread(uow, team_id=team.id)
        await uow.users.delete_team(team.id)
        assert await uow.users.teams() == []
        talk = await uow.conversations.get(thread.conversation.id)
        assert talk is not None
        assert talk.team_id is None


async def test_a_lease_is_held_by_one_until_it_ends(storage: SqlStorage) -> None:
    ttl = timedelta(seconds=30)
    async with storage.begin() as uow:
        assert await uow.leases.acquire("imap", "a", NOW, ttl)
        assert await uow.leases.acquire("imap", "a", later(seconds=20), ttl)
        assert not await uow.leases.acquire("imap", "b", later(seconds=40), ttl)
        assert await uow.leases.acquire("imap", "b", later(seconds=50), ttl)
        await uow.leases.release("imap", "a")
        assert not await uow.leases.acquire("imap", "a", later(seconds=60), ttl)
        await uow.leases.release("imap", "b")
        assert await uow.leases.acquire("imap", "a", later(seconds=60), ttl)


async def test_hooks_are_told_once_each_and_keep_a_log(storage: SqlStorage) -> None:
    hook = Hook(id=uuid7(), url="https://x.example/hook", secret="s", kinds=(), created_at=NOW)
    deliveries = [
        HookDelivery(
            id=uuid7(), hook_id=hook.id, seq=n, kind=ChangeKind.contact_added, body=b"{}", state="queued", next_at=NOW,
            created_at=later(seconds=n),
        )
        for n in range(3)
    ]  # fmt: skip
    async with storage.begin() as uow:
        await uow.hooks.save(hook)
        assert await uow.hooks.all() == [hook]
        assert await uow.hooks.cursor() == 0
        await uow.hooks.advance(7, deliveries)
    async with storage.begin() as uow:
        assert await uow.hooks.cursor() == 7
        assert {d.id for d in await uow.hooks.claim(NOW, 10)} == {d.id for d in deliveries}
        assert await uow.hooks.claim(NOW, 10) == []
        sent = make.renewed(deliveries[0], state="sent", attempts=1, next_at=None, status=200, sent_at=NOW)
        await uow.hooks.record(sent)
        assert await uow.hooks.delivery(sent.id) == sent
        assert len(await uow.hooks.claim(later(hours=1), 10)) == 2
        page = await uow.hooks.deliveries(hook.id, None, 2)
        rest = await uow.hooks.deliveries(hook.id, page.next, 2)
        assert [d.seq for d in (*page.items, *rest.items)] == [2, 1, 0]
        assert rest.next is None
        await uow.hooks.delete(hook.id)
        assert await uow.hooks.delivery(sent.id) is None


async def test_facts_survive(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        assert await uow.facts.get("x") is None
        await uow.facts.put("x", "1")
        await uow.facts.put("x", "2")
        assert await uow.facts.get("x") == "2"

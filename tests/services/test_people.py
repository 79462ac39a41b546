"""People come in by their password only, guessers are slowed down, and an admin always remains."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from hub.domain.errors import Conflict, Forbidden, Invalid, NotFound
from hub.domain.ids import TeamId, UserId
from hub.domain.user import Action, Role, User
from hub.ports import Storage
from hub.services import logins, users
from hub.services.ids import new_id
from hub.services.logins import TooManyAttempts
from hub.services.users import Edit
from tests.scripted import T0, small_hub

DAY = timedelta(days=1)


@pytest.fixture
async def storage(database_url: str, tmp_path: Path) -> AsyncIterator[Storage]:
    async with small_hub(database_url, tmp_path) as hub:
        yield hub.storage


async def add(storage: Storage, email: str = "ann@hub.example", role: Role = Role.agent) -> tuple[User, str]:
    async with storage.begin() as uow:
        made = await users.create(uow, id=UserId(new_id()), email=email, name="Ann", role=role, now=T0)
    return made.record.user, made.record.password or ""


async def log_in(storage: Storage, email: str, password: str, *, later: timedelta = timedelta()) -> logins.Session:
    return await logins.log_in(
        storage, email=email, password=password, address="192.0.2.7", lifetime=DAY, now=T0 + later
    )


async def test_the_first_admin_is_made_once_with_a_password_to_change(storage: Storage) -> None:
    async with storage.begin() as uow:
        first = await users.ensure_first_admin(uow, now=T0)
        again = await users.ensure_first_admin(uow, now=T0)
    assert first is not None
    assert again is None
    session = await log_in(storage, users.FIRST_ADMIN_EMAIL, first.password or "")
    assert session.user.must_change_password
    assert str(first.password) not in repr(first)


async def test_a_session_lives_until_it_ends(storage: Storage) -> None:
    user, password = await add(storage)
    session = await log_in(storage, " ANN@hub.example ", password)
    async with storage.begin() as uow:
        assert (await logins.session_user(uow, session.token, T0)) == user
        assert await logins.session_user(uow, session.token, T0 + DAY + timedelta(seconds=1)) is None
        await logins.log_out(uow, session.token)
        assert await logins.session_user(uow, session.token, T0) is None


async def test_a_wrong_password_and_an_unknown_person_are_refused_in_the_same_words(storage: Storage) -> None:
    _, _ = await add(storage)
    with pytest.raises(Forbidden) as wrong:
        await log_in(storage, "ann@hub.example", "wrong")
    with pytest.raises(Forbidden) as unknown:
        await log_in(storage, "nobody@hub.example", "wrong")
    assert str(wrong.value) == str(unknown.value)


async def test_after_ten_wrong_passwords_even_the_right_one_waits(storage: Storage) -> None:
    user, password = await add(storage)
    async with storage.begin() as uow:
        for _ in range(logins.FAILURES_PER_USER):
            await uow.users.add_failure(f"user:{user.email}", T0)
    with pytest.raises(TooManyAttempts, match="Wait 15 minutes"):
        await log_in(storage, user.email, password)
    assert (await log_in(storage, user.email, password, later=timedelta(minutes=16))).user.id == user.id


async def test_changing_the_password_needs_the_old_one_and_a_better_new_one(storage: Storage) -> None:
    user, password = await add(storage)

    async def change(current: str, new: str) -> None:
        await users.change_password(storage, user.id, current=current, new=new, now=T0)

    for current, new, words in [
        ("wrong", "a better password", "current password is wrong"),
        (password, "short", "too short"),
        (password, password, "the old one"),
        (password, "ann@hub.example", "too much like your mail address"),
    ]:
        with pytest.raises(Invalid, match=words):
            await change(current, new)
    await change(password, "a better password")
    assert not (await log_in(storage, user.email, "a better password")).user.must_change_password


async def test_a_reset_gives_a_new_password_and_ends_the_sessions(storage: Storage) -> None:
    user, password = await add(storage)
    session = await log_in(storage, user.email, password)
    async with storage.begin() as uow:
        fresh = await users.reset_password(uow, user.id)
        assert await logins.session_user(uow, session.token, T0) is None
    assert (await log_in(storage, user.email, fresh)).user.must_change_password


async def test_the_last_admin_stays(storage: Storage) -> None:
    admin, _ = await add(storage, role=Role.admin)
    for edit in (Edit(role=Role.agent), Edit(active=False)):
        async with storage.begin() as uow:
            with pytest.raises(Conflict, match="last active admin"):
                await users.change(uow, admin.id, edit)
    await add(storage, "bob@hub.example", Role.admin)
    async with storage.begin() as uow:
        assert (await users.change(uow, admin.id, Edit(role=Role.agent))).role is Role.agent


async def test_who_is_made_inactive_is_out_at_once(storage: Storage) -> None:
    user, password = await add(storage)
    session = await log_in(storage, user.email, password)
    async with storage.begin() as uow:
        await users.change(uow, user.id, Edit(active=False))
        assert await logins.session_user(uow, session.token, T0) is None
    with pytest.raises(Forbidden):
        await log_in(storage, user.email, password)


@pytest.mark.parametrize(
    "edit", [Edit(name=" "), Edit(email="nobody"), Edit(language="xx"), Edit(team_ids=(TeamId(new_id()),))]
)
async def test_what_does_not_fit_a_user_is_refused(storage: Storage, edit: Edit) -> None:
    user, _ = await add(storage)
    async with storage.begin() as uow:
        with pytest.raises(Invalid):
            await users.change(uow, user.id, edit)


async def test_two_people_never_share_an_address(storage: Storage) -> None:
    await add(storage)
    with pytest.raises(Conflict, match="works here already"):
        await add(storage, "Ann@Hub.example")


async def test_teams_are_kept_and_named_once(storage: Storage) -> None:
    user, _ = await add(storage)
    team_id = TeamId(new_id())
    async with storage.begin() as uow:
        await users.save_team(uow, id=team_id, name="Sales", member_ids=[user.id])
        with pytest.raises(Conflict):
            await users.save_team(uow, id=TeamId(new_id()), name="sales", member_ids=[])
        with pytest.raises(Invalid):
            await users.save_team(uow, id=team_id, name="Sales", member_ids=[UserId(new_id())])
        member = await uow.users.get(user.id)
        assert member is not None
        assert member.team_ids == (team_id,)
        await users.delete_team(uow, team_id)
        with pytest.raises(NotFound):
            await users.delete_team(uow, team_id)


async def test_a_token_lets_a_program_in_until_it_is_revoked_or_over(storage: Storage) -> None:
    async with storage.begin() as uow:
        made = await logins.create_token(
            uow, name="CRM", actions=[Action.contacts_read], by=None, now=T0, expires_at=T0 + DAY
        )
        found = await logins.token_of(uow, made.secret, T0)
        assert found is not None
        assert found.actions == ("contacts_read",)
        assert await logins.token_of(uow, made.secret, T0 + 2 * DAY) is None
        assert await logins.token_of(uow, "hub_guess", T0) is None
        await logins.revoke_token(uow, made.token.id)
        assert await logins.token_of(uow, made.secret, T0) is None
        with pytest.raises(NotFound):
            await logins.revoke_token(uow, made.token.id)
    assert made.secret not in repr(made)


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"actions": []}, {"expires_at": T0}], ids=["no name", "no actions", "over already"]
)
async def test_a_token_that_makes_no_sense_is_refused(storage: Storage, wrong: dict[str, object]) -> None:
    given = {"name": "CRM", "actions": [Action.contacts_read], **wrong}
    async with storage.begin() as uow:
        with pytest.raises(Invalid):
            await logins.create_token(uow, by=None, now=T0, **given)  # type: ignore[arg-type]  # a builder

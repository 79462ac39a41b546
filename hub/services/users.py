"""Keeps the people who work here and their teams: the first admin, new people, roles, passwords."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from hub.domain.changes import Change, ChangeKind
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import TeamId, UserId
from hub.domain.user import Role, Team, User
from hub.ports import Storage, UnitOfWork
from hub.services import logins, passwords
from hub.services.ids import new_id
from hub.services.made import Made
from hub.services.unset import UNSET, Unset

LANGUAGES = ("en", "ko", "pl")
FIRST_ADMIN_EMAIL = "admin@localhost"
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_FACT = "first_admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithPassword:
    """A user and the random password made for them; it is told once and kept nowhere."""

    user: User
    password: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What shall change; the rest stays."""

    name: str | Unset = UNSET
    email: str | Unset = UNSET
    language: str | Unset = UNSET
    role: Role | Unset = UNSET
    active: bool | Unset = UNSET
    team_ids: tuple[TeamId, ...] | Unset = UNSET


async def ensure_first_admin(
    uow: UnitOfWork, *, now: datetime, email: str = FIRST_ADMIN_EMAIL, password: str | None = None
) -> WithPassword | None:
    """Make the first admin of a new installation; None if that was done before. The password must be changed."""
    if await uow.facts.get(_FACT) is not None:
        return None
    await uow.facts.put(_FACT, now.isoformat())
    if any(user.role is Role.admin for user in await uow.users.all()):
        return None
    made = await create(
        uow, id=UserId(new_id()), email=email, name="Admin", role=Role.admin, password=password, now=now
    )
    return made.record


async def create(
    uow: UnitOfWork,
    *,
    id: UserId,  # noqa: A002 - the word of every record
    email: str,
    name: str,
    role: Role,
    password: str | None = None,
    language: str = "en",
    team_ids: Collection[TeamId] = (),
    now: datetime,
) -> Made[WithPassword]:
    """Let somebody in. Without a password a random one is made and returned, to be changed at the first login.

    Repeating the call gives the user without a password. Raises Invalid, and Conflict if the address is taken.
    """
    known = await uow.users.get(id)
    if known is not None:
        return Made(WithPassword(user=known, password=None), created=False)
    await _check_teams(uow, team_ids)
    user = User(
        id=id,
        email=_email(email),
        name=_name(name),
        role=role,
        language=_language(language),
        must_change_password=True,  # whoever typed it knows it
        team_ids=tuple(dict.fromkeys(team_ids)),
        created_at=now,
    )
    if await uow.users.by_email(user.email) is not None:
        raise Conflict(f"Somebody with the address {user.email} works here already.")
    made = passwords.random_password() if password is None else None
    await uow.users.add(user, await passwords.hash_password(made or passwords.checked(password or "")))
    _note(uow, user.id)
    return Made(WithPassword(user=user, password=made), created=True)


async def change(uow: UnitOfWork, user_id: UserId, edit: Edit) -> User:
    """Edit a user. Who is made inactive is logged out everywhere; their work stays theirs until it is reassigned.

    Raises NotFound, Invalid, and Conflict if no active admin would be left.
    """
    before = await _get(uow, user_id)
    after = before
    if not isinstance(edit.name, Unset):
        after = replace(after, name=_name(edit.name))
    if not isinstance(edit.language, Unset):
        after = replace(after, language=_language(edit.language))
    if not isinstance(edit.email, Unset):
        after = replace(after, email=await _free_email(uow, user_id, edit.email))
    if not isinstance(edit.team_ids, Unset):
        await _check_teams(uow, edit.team_ids)
        after = replace(after, team_ids=tuple(dict.fromkeys(edit.team_ids)))
    if not isinstance(edit.role, Unset):
        after = replace(after, role=edit.role)
    if not isinstance(edit.active, Unset):
        after = replace(after, active=edit.active)
    if after == before:
        return before
    await _keep_an_admin(uow, before, after)
    await uow.users.update(after)
    if before.active and not after.active:
        await uow.users.end_sessions(user_id)
    _note(uow, user_id)
    return after


async def reset_password(uow: UnitOfWork, user_id: UserId) -> str:
    """Set a random password, to be changed at the next login, and return it. Ends the user's sessions."""
    await _get(uow, user_id)
    password = passwords.random_password()
    await uow.users.set_password(user_id, await passwords.hash_password(password), must_change=True)
    await uow.users.end_sessions(user_id)
    return password


async def change_password(storage: Storage, user_id: UserId, *, current: str, new: str, now: datetime) -> None:
    """Set one's own password. Ends the user's sessions. Raises Invalid, in words, NotFound, TooManyAttempts.

    Hashing takes long, so it happens between two transactions, not inside one.
    """
    async with storage.begin() as uow:
        user = await _get(uow, user_id)
    if not await logins.confirm_password(storage, user, current, now=now):
        raise Invalid("The current password is wrong.")
    if passwords.checked(new) == current:
        raise Invalid("The new password is the old one. Choose another.")
    if user.email in new.lower() or new.lower() in user.email:
        raise Invalid("The password is too much like your mail address. Choose another.")
    hashed = await passwords.hash_password(new)
    async with storage.begin() as uow:
        await uow.users.set_password(user_id, hashed, must_change=False)


async def save_team(
    uow: UnitOfWork,
    *,
    id: TeamId,  # noqa: A002 - the word of every record
    name: str,
    member_ids: Collection[UserId],
) -> Team:
    """Add or replace a team. Raises Invalid, and Conflict if another team has the name."""
    team = Team(id=id, name=_name(name))
    if any(t.id != id and t.name.casefold() == team.name.casefold() for t in await uow.users.teams()):
        raise Conflict(f"There is a team “{team.name}” already.")
    known = {user.id for user in await uow.users.all()}
    if not set(member_ids) <= known:
        raise Invalid("A member of the team is not a user any more.")
    await uow.users.save_team(team, tuple(dict.fromkeys(member_ids)))
    _note(uow, id)
    return team


async def delete_team(uow: UnitOfWork, team_id: TeamId) -> None:
    """Delete a team; its conversations have no team then."""
    if all(team.id != team_id for team in await uow.users.teams()):
        raise NotFound("There is no such team; it may have been deleted.")
    await uow.users.delete_team(team_id)
    _note(uow, team_id)


async def _get(uow: UnitOfWork, user_id: UserId) -> User:
    user = await uow.users.get(user_id)
    if user is None:
        raise NotFound("There is no such user.")
    return user


async def _keep_an_admin(uow: UnitOfWork, before: User, after: User) -> None:
    was, stays = (user.role is Role.admin and user.active for user in (before, after))
    others = [u for u in await uow.users.all() if u.id != after.id and u.role is Role.admin and u.active]
    if was and not stays and not others:
        raise Conflict("This is the last active admin. Make somebody else an admin first.")


async def _free_email(uow: UnitOfWork, user_id: UserId, email: str) -> str:
    wanted = _email(email)
    owner = await uow.users.by_email(wanted)
    if owner is not None and owner.id != user_id:
        raise Conflict(f"Somebody with the address {wanted} works here already.")
    return wanted


async def _check_teams(uow: UnitOfWork, team_ids: Collection[TeamId]) -> None:
    if team_ids and not set(team_ids) <= {team.id for team in await uow.users.teams()}:
        raise Invalid("One of the teams does not exist any more.")


def _email(email: str) -> str:
    tidy = email.strip().lower()
    if not _EMAIL.fullmatch(tidy) or len(tidy) > 254:
        raise Invalid(f"“{email[:50]}” is not a mail address. It looks like name@example.com.")
    return tidy


def _name(name: str) -> str:
    tidy = " ".join(name.replace("\x00", "").split())
    if not 1 <= len(tidy) <= 100:
        raise Invalid("A name has 1 to 100 characters.")
    return tidy


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise Invalid(f"The languages are {', '.join(LANGUAGES)}.")
    return language


def _note(uow: UnitOfWork, subject_id: UUID) -> None:
    uow.note(Change(kind=ChangeKind.users_changed, subject_id=subject_id))

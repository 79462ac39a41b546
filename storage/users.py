"""People, teams, their sessions, failed logins, and tokens of programs."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from hub.domain.errors import Conflict, NotFound
from hub.domain.ids import TeamId, UserId
from hub.domain.user import Team, User
from hub.domain.views import TokenView
from storage import tables
from storage.engine import Session

SESSION_LIMIT = timedelta(days=30)
"""A session ends this long after the login however much it is used."""

u, member, teams, sessions, failures, tokens = (
    tables.users,
    tables.user_teams,
    tables.teams,
    tables.sessions,
    tables.login_failures,
    tables.tokens,
)
_COLUMNS = (
    u.c.id,
    u.c.email,
    u.c.name,
    u.c.role,
    u.c.language,
    u.c.active,
    u.c.must_change_password,
    u.c.created_at,
    u.c.demo,
)
_TOKEN = (
    tokens.c.id,
    tokens.c.name,
    tokens.c.actions,
    tokens.c.created_at,
    tokens.c.created_by,
    tokens.c.last_used_at,
    tokens.c.expires_at,
)
TOKEN_USE_STEP = timedelta(minutes=1)
"""A token's last use is written at most this often: reading with a token should not cost a write each time."""


def email_key(email: str) -> str:
    """Return the address as it is compared."""
    return email.strip().casefold()


def _row(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email,
        "email_key": email_key(user.email),
        "name": user.name,
        "role": user.role,
        "language": user.language,
        "active": user.active,
        "must_change_password": user.must_change_password,
        "created_at": user.created_at,
        "demo": user.demo,
    }


def _token(row: Any) -> TokenView:
    return TokenView(
        id=row[0],
        name=row[1],
        actions=tuple(row[2]),
        created_at=row[3],
        created_by=row[4],
        last_used_at=row[5],
        expires_at=row[6],
    )


class SqlUsers:
    """Implements hub.ports.Users."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def _users(self, *conditions: sa.ColumnElement[bool]) -> Sequence[User]:
        rows = await self._session.rows(sa.select(*_COLUMNS).where(*conditions).order_by(u.c.name, u.c.id))
        ids = [row[0] for row in rows]
        belongs: dict[UserId, list[TeamId]] = {}
        if ids:
            for user_id, team_id in await self._session.rows(
                sa.select(member.c.user_id, member.c.team_id)
                .where(member.c.user_id.in_(ids))
                .order_by(member.c.team_id)
            ):
                belongs.setdefault(user_id, []).append(team_id)
        return [User(**row._mapping, team_ids=tuple(belongs.get(row[0], ()))) for row in rows]

    async def get(self, user_id: UserId) -> User | None:
        return next(iter(await self._users(u.c.id == user_id)), None)

    async def by_email(self, email: str) -> User | None:
        return next(iter(await self._users(u.c.email_key == email_key(email))), None)

    async def all(self) -> Sequence[User]:
        return await self._users()

    async def add(self, user: User, password_hash: str) -> None:
        try:
            await self._session.insert_once(u, {**_row(user), "password_hash": password_hash})
        except Conflict as error:
            raise Conflict(f"Somebody with the address {user.email} works here already.") from error
        await self._join(user)

    async def update(self, user: User) -> None:
        try:
            result = await self._session.run(sa.update(u).where(u.c.id == user.id).values(_row(user)))
        except Conflict as error:
            raise Conflict(f"Somebody with the address {user.email} works here already.") from error
        if not result.rowcount:
            raise NotFound("There is no such user.")
        await self._session.run(sa.delete(member).where(member.c.user_id == user.id))
        await self._join(user)

    async def _join(self, user: User) -> None:
        await self._session.insert(
            member, [{"user_id": user.id, "team_id": team_id} for team_id in dict.fromkeys(user.team_ids)]
        )

    async def password_hash(self, user_id: UserId) -> str | None:
        found: str | None = await self._session.value(sa.select(u.c.password_hash).where(u.c.id == user_id))
        return found

    async def set_password(self, user_id: UserId, password_hash: str, *, must_change: bool) -> None:
        await self._session.run(
            sa.update(u).where(u.c.id == user_id).values(password_hash=password_hash, must_change_password=must_change)
        )
        await self.end_sessions(user_id)

    async def add_session(self, token_hash: str, user_id: UserId, *, now: datetime, expires_at: datetime) -> None:
        await self._session.run(sa.delete(sessions).where(sessions.c.user_id == user_id, sessions.c.expires_at <= now))
        await self._session.insert_once(
            sessions, {"token_hash": token_hash, "user_id": user_id, "created_at": now, "expires_at": expires_at}
        )

    async def session_user(self, token_hash: str, now: datetime) -> User | None:
        user_id = await self._session.value(
            sa.select(sessions.c.user_id).where(sessions.c.token_hash == token_hash, sessions.c.expires_at > now)
        )
        if user_id is None:
            return None
        user = await self.get(UserId(user_id))
        return user if user is not None and user.active else None

    async def renew_session(self, token_hash: str, *, expires_at: datetime) -> None:
        began = await self._session.value(sa.select(sessions.c.created_at).where(sessions.c.token_hash == token_hash))
        if began is not None:
            end = min(expires_at, began + SESSION_LIMIT)
            await self._session.run(
                sa.update(sessions).where(sessions.c.token_hash == token_hash).values(expires_at=end)
            )

    async def end_session(self, token_hash: str) -> None:
        await self._session.run(sa.delete(sessions).where(sessions.c.token_hash == token_hash))

    async def end_sessions(self, user_id: UserId) -> None:
        await self._session.run(sa.delete(sessions).where(sessions.c.user_id == user_id))

    async def count_failures(self, key: str, now: datetime, window: timedelta) -> int:
        count: int = await self._session.value(
            sa.select(sa.func.count())
            .select_from(failures)
            .where(failures.c.key == key, failures.c.at > now - window, failures.c.at <= now)
        )
        return count

    async def add_failure(self, key: str, now: datetime) -> None:
        # What is older than a day limits nobody any more.
        await self._session.run(
            sa.delete(failures).where(failures.c.key == key, failures.c.at < now - timedelta(days=1))
        )
        await self._session.insert(failures, [{"key": key, "at": now}])

    async def clear_failures(self, key: str) -> None:
        await self._session.run(sa.delete(failures).where(failures.c.key == key))

    async def add_token(self, token: TokenView, token_hash: str) -> None:
        await self._session.insert_once(
            tokens,
            {
                "id": token.id,
                "token_hash": token_hash,
                "name": token.name,
                "actions": list(token.actions),
                "created_at": token.created_at,
                "created_by": token.created_by,
                "last_used_at": token.last_used_at,
                "expires_at": token.expires_at,
            },
        )

    async def token(self, token_hash: str, now: datetime) -> TokenView | None:
        row = await self._session.one(
            sa.select(*_TOKEN).where(
                tokens.c.token_hash == token_hash, sa.or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > now)
            )
        )
        if row is None:
            return None
        found = _token(row)
        used = found.last_used_at
        if self._session.writes and (used is None or now - used >= TOKEN_USE_STEP):
            await self._session.run(sa.update(tokens).where(tokens.c.id == found.id).values(last_used_at=now))
        return found

    async def tokens(self) -> Sequence[TokenView]:
        return [_token(row) for row in await self._session.rows(sa.select(*_TOKEN).order_by(tokens.c.created_at))]

    async def revoke_token(self, token_id: str) -> None:
        await self._session.run(sa.delete(tokens).where(tokens.c.id == token_id))

    async def teams(self) -> Sequence[Team]:
        rows = await self._session.rows(sa.select(teams.c.id, teams.c.name).order_by(teams.c.name))
        return [Team(id=row[0], name=row[1]) for row in rows]

    async def save_team(self, team: Team, member_ids: Collection[UserId]) -> None:
        try:
            await self._session.upsert(teams, [{"id": team.id, "name": team.name}], keys=("id",))
        except Conflict as error:
            raise Conflict(f"There is a team called {team.name} already.") from error
        await self._session.run(sa.delete(member).where(member.c.team_id == team.id))
        await self._session.insert(
            member, [{"user_id": user_id, "team_id": team.id} for user_id in dict.fromkeys(member_ids)]
        )

    async def delete_team(self, team_id: TeamId) -> None:
        c = tables.conversations
        await self._session.run(sa.update(c).where(c.c.team_id == team_id).values(team_id=None))
        await self._session.run(sa.delete(teams).where(teams.c.id == team_id))

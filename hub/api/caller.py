"""Who calls, and what they may do: the one place where a role or a token's scopes are compared with an action."""

from dataclasses import dataclass
from datetime import datetime

from hub.api._framework.problems import Problem
from hub.api._framework.routing import Access, Operation, supplied
from hub.domain.ids import UserId
from hub.domain.user import GRANTS, Action, User
from hub.domain.views import TokenView
from hub.ports import UnitOfWork


@supplied
@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A person with a session, or a program with a token."""

    user: User | None = None
    token: TokenView | None = None
    proof: str = ""
    """Hash of the session's or the token's secret."""
    csrf: str = ""
    """What an unsafe request of this session must carry."""
    address: str = ""

    @property
    def actions(self) -> frozenset[Action]:
        """What the caller may do: the role's grants, or the token's scopes."""
        if self.user is not None:
            return GRANTS[self.user.role]
        granted = self.token.actions if self.token else ()
        return frozenset(action for action in Action if action.value in granted)

    @property
    def reviews(self) -> bool:
        """Whether the caller reviews calls: sees all of them, and what others say about them."""
        return Action.reviews_write in self.actions

    @property
    def user_id(self) -> UserId | None:
        """The person's id; None for a program."""
        return self.user.id if self.user else None

    @property
    def language(self) -> str:
        """The language the person reads; English for a program."""
        return self.user.language if self.user else "en"

    @property
    def person(self) -> User:
        """The person. Raises Problem 403 for a program."""
        if self.user is None:
            raise Problem(403, "Only a person who is signed in can do this; a token cannot.")
        return self.user


def authorise(caller: Caller | None, operation: Operation) -> None:
    """Raise Problem 401 or 403 unless the caller may call the operation."""
    if operation.needs is Access.anyone:
        return
    if caller is None:
        raise not_signed_in()
    if operation.people_only:
        _ = caller.person
    if operation.needs is Access.signed_in:
        return
    if caller.user is not None and caller.user.must_change_password:
        raise Problem(403, "Choose a new password first.", kind="password-change-required")
    if operation.needs not in caller.actions:
        who = f"Your role ({caller.user.role})" if caller.user else "This token"
        raise Problem(403, f"{who} does not have the right “{operation.needs}”. Ask an admin for it.")


async def still_holds(uow: UnitOfWork, caller: Caller, now: datetime) -> bool:
    """Tell whether the session or token a caller came with is still good, as after hours on a WebSocket."""
    if caller.user is not None:
        return await uow.users.session_user(caller.proof, now) is not None
    return await uow.users.token(caller.proof, now) is not None


def not_signed_in(detail: str = "Sign in first.") -> Problem:
    """Return the problem of a request that proves nothing."""
    return Problem(401, detail, headers={"WWW-Authenticate": 'Bearer realm="hub"'})

"""`hub user`: who works here, from a shell: the way in when nobody can log in any more."""

import typer

from hub.commands.naming import find_user
from hub.commands.opening import opened
from hub.domain.ids import UserId
from hub.domain.user import Role
from hub.services import users
from hub.services.ids import new_id
from hub.settings import HubSettings


async def add(settings: HubSettings, *, email: str, name: str, role: Role) -> None:
    """Let somebody in and print their first password, once."""
    async with opened(settings) as hub, hub.storage.begin() as uow:
        made = await users.create(
            uow, id=UserId(new_id()), email=email, name=name or email, role=role, now=hub.clock.now()
        )
    typer.echo(f"{made.record.user.email} may log in as {role.value}.")
    typer.echo(f"Password: {made.record.password}")
    typer.echo("It is shown only now and must be changed at the first login.")


async def show(settings: HubSettings) -> None:
    """List everybody."""
    async with opened(settings) as hub, hub.storage.read() as uow:
        everybody = await uow.users.all()
    for user in everybody:
        notes = [*([] if user.active else ["inactive"]), *(["demo"] if user.demo else [])]
        typer.echo("\t".join([user.email, user.role.value, user.name, ", ".join(notes)]).rstrip())
    if not everybody:
        typer.echo("Nobody works here yet. The first `hub serve` makes an admin, or use `hub user add`.")


async def reset_password(settings: HubSettings, *, email: str) -> None:
    """Give somebody a new random password; they are logged out everywhere."""
    async with opened(settings) as hub, hub.storage.begin() as uow:
        user = await find_user(uow, email)
        password = await users.reset_password(uow, user.id)
        await uow.users.clear_failures(f"user:{user.email}")
    typer.echo(f"{user.email} is logged out everywhere and has a new password.")
    typer.echo(f"Password: {password}")
    typer.echo("It is shown only now and must be changed at the next login.")


async def set_role(settings: HubSettings, *, email: str, role: Role) -> None:
    """Make somebody agent, manager or admin."""
    async with opened(settings) as hub, hub.storage.begin() as uow:
        user = await find_user(uow, email)
        await users.change(uow, user.id, users.Edit(role=role))
    typer.echo(f"{user.email} is {role.value} now.")

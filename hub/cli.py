"""The command `hub`: serves, and does what an admin does from a shell. Each command's work is in `hub.commands`.

Nothing heavy is imported before a command is chosen, so that `hub --help` answers at once.
"""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from hub.domain.errors import HubError

cli = typer.Typer(
    help="The Interaction Hub: every conversation with a customer, on one timeline.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
user = typer.Typer(help="Who works here.", no_args_is_help=True, rich_markup_mode=None)
channel = typer.Typer(help="Our accounts with providers.", no_args_is_help=True, rich_markup_mode=None)
cli.add_typer(user, name="user")
cli.add_typer(channel, name="channel")
demo = typer.Typer(help="The demo workspace that `make demo` makes.", no_args_is_help=True, rich_markup_mode=None)
cli.add_typer(demo, name="demo")
rebuild = typer.Typer(help="Derive again what is derived.", no_args_is_help=True, rich_markup_mode=None)
cli.add_typer(rebuild, name="rebuild")

DataDir = Annotated[Path | None, typer.Option(help="Folder of everything the hub keeps; HUB_DATA_DIR.")]
PartName = Literal["all", "api", "workers", "connectors"]
RoleName = Literal["agent", "manager", "admin"]
Email = Annotated[str, typer.Argument(help="Mail address of the person.")]
Channel = Annotated[str, typer.Argument(help="The channel's name, address or id.")]


@cli.callback()
def hub() -> None:
    """One inbox and one timeline for every channel."""


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; HUB_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; HUB_PORT.")] = None,
    only: Annotated[PartName | None, typer.Option(help="What this process does; HUB_ONLY.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Start the hub."""
    from hub.runtime import memory

    memory.prepare()
    from hub.serving import serve as run
    from hub.settings import HubSettings

    settings = HubSettings.load(host=host, port=port, only=only, data_dir=data_dir)
    asyncio.run(run(settings))


@cli.command()
def check(data_dir: DataDir = None) -> None:
    """Look at database, files, keys, port, disk and every channel, and say what is wrong."""
    from hub.commands import opening, self_check

    opening.run(self_check.check, data_dir=data_dir)


@cli.command()
def replay(
    channel: Annotated[str, typer.Option(help="Read again what was not understood of this channel.")] = "",
    all_unparsed: Annotated[bool, typer.Option("--all-unparsed", help="The same of every channel.")] = False,
    seq: Annotated[list[int] | None, typer.Option(help="Read this raw event again; may be repeated.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Read raw events again, after a fix."""
    from hub.commands import opening, replaying

    opening.run(
        lambda settings: replaying.replay(settings, channel=channel, all_unparsed=all_unparsed, seqs=seq or ()),
        data_dir=data_dir,
    )


@cli.command()
def backup(
    path: Annotated[Path, typer.Argument(help="A new file, or a folder in which one is made.")],
    files: Annotated[bool, typer.Option(help="Whether files and recordings go in, too.")] = True,
    data_dir: DataDir = None,
) -> None:
    """Keep everything in one archive, while the hub serves, and prove it by restoring it."""
    from hub.commands import backups, opening

    opening.run(lambda settings: backups.backup(settings, path=path, files=files), data_dir=data_dir)


@cli.command()
def restore(
    path: Annotated[Path, typer.Argument(help="An archive made by `hub backup`.")],
    into_url: Annotated[str, typer.Option(help="Database to restore into, instead of HUB_DATABASE_URL.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Put aside the data that is there.")] = False,
    send_waiting: Annotated[
        bool, typer.Option("--send-waiting", help="Send what waited to go out: only if it surely did not since.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Get everything back from an archive, on either engine. The hub must be stopped."""
    from hub.commands import backups, opening

    opening.run(
        lambda settings: backups.restore(
            settings, path=path, into_url=into_url, replace=replace, send_waiting=send_waiting
        ),
        data_dir=data_dir,
    )


@cli.command()
def migrate(data_dir: DataDir = None) -> None:
    """Bring the database to this version's schema, with a backup first, as the next start would."""
    from hub.commands import backups, opening

    opening.run(backups.migrate, data_dir=data_dir)


@cli.command()
def rotate_keys(data_dir: DataDir = None) -> None:
    """Seal every stored secret with a new key."""
    from hub.commands import keys, opening

    opening.run(keys.rotate, data_dir=data_dir)


@cli.command()
def new_secret_key() -> None:
    """Print a new key for HUB_SECRET_KEYS."""
    from hub.commands import keys

    keys.new_secret_key()


@cli.command()
def new_connector(
    key: Annotated[str, typer.Argument(help="Its name in code: small letters, digits, underscores.")],
    into: Annotated[Path | None, typer.Option(help="A checkout of the hub; this one by default.")] = None,
) -> None:
    """Begin a connector: a working folder with its tests, to be filled with a provider's ways."""
    from hub.commands import new_connector as making

    making.new_connector(key, into=into)


@cli.command()
def export(
    path: Annotated[Path | None, typer.Argument(help="A new file; standard output if none is named.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Write contacts and interactions as JSON lines."""
    from hub.commands import exporting, opening

    opening.run(lambda settings: exporting.export(settings, path=path), data_dir=data_dir)


@cli.command()
def env() -> None:
    """Print every variable with its default and meaning, as .env.example has them."""
    from hub.commands import exporting

    exporting.env()


@user.command("list")
def user_list(data_dir: DataDir = None) -> None:
    """List everybody."""
    from hub.commands import opening, people

    opening.run(people.show, data_dir=data_dir)


@user.command("add")
def user_add(
    email: Email,
    name: Annotated[str, typer.Option(help="As colleagues see it.")] = "",
    role: Annotated[RoleName, typer.Option(help="What they may do.")] = "agent",
    data_dir: DataDir = None,
) -> None:
    """Let somebody in; prints their first password once."""
    from hub.commands import opening, people
    from hub.domain.user import Role

    opening.run(lambda settings: people.add(settings, email=email, name=name, role=Role(role)), data_dir=data_dir)


@user.command("reset-password")
def user_reset_password(email: Email, data_dir: DataDir = None) -> None:
    """Give somebody a new password; they are logged out everywhere."""
    from hub.commands import opening, people

    opening.run(lambda settings: people.reset_password(settings, email=email), data_dir=data_dir)


@user.command("set-role")
def user_set_role(
    email: Email, role: Annotated[RoleName, typer.Argument(help="What they may do.")], data_dir: DataDir = None
) -> None:
    """Make somebody agent, manager or admin."""
    from hub.commands import opening, people
    from hub.domain.user import Role

    opening.run(lambda settings: people.set_role(settings, email=email, role=Role(role)), data_dir=data_dir)


@channel.command("list")
def channel_list(data_dir: DataDir = None) -> None:
    """List the channels with their connection."""
    from hub.commands import accounts, opening

    opening.run(accounts.show, data_dir=data_dir)


@channel.command("add")
def channel_add(
    connector: Annotated[str, typer.Argument(help="email, telegram, webchat …")],
    name: Annotated[str, typer.Option(help="As agents see it; the address by default.")] = "",
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="name=value or name=@file; may be repeated.", metavar="NAME=VALUE")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Ask for every setting.")] = False,
    ask: Annotated[bool, typer.Option("--ask/--no-ask", help="Ask for what is missing.")] = True,
    check: Annotated[bool, typer.Option("--check/--no-check", help="Prove the settings with the provider.")] = True,
    data_dir: DataDir = None,
) -> None:
    """Connect an account; asks for its settings."""
    from hub.commands import accounts, opening

    opening.run(
        lambda settings: accounts.add(
            settings,
            connector=connector,
            name=name,
            pairs=set_ or (),
            everything=everything,
            interactive=ask,
            checked=check,
        ),
        data_dir=data_dir,
    )


@channel.command("disable")
def channel_disable(channel: Channel, data_dir: DataDir = None) -> None:
    """Switch a channel off; its conversations stay."""
    from hub.commands import accounts, opening

    opening.run(lambda settings: accounts.switch(settings, named=channel, enabled=False), data_dir=data_dir)


@channel.command("enable")
def channel_enable(channel: Channel, data_dir: DataDir = None) -> None:
    """Switch a channel on again."""
    from hub.commands import accounts, opening

    opening.run(lambda settings: accounts.switch(settings, named=channel, enabled=True), data_dir=data_dir)


@demo.command("remove")
def demo_remove(data_dir: DataDir = None) -> None:
    """Remove everything the demo made; what people made themselves stays."""
    from hub.commands import demo as command
    from hub.commands import opening

    opening.run(command.remove, data_dir=data_dir)


@rebuild.command("rollups")
def rebuild_rollups(data_dir: DataDir = None) -> None:
    """Count everything reports show anew; the hub may go on serving."""
    from hub.commands import opening, rebuilding

    opening.run(rebuilding.rollups, data_dir=data_dir)


@rebuild.command("waits")
def rebuild_waits(data_dir: DataDir = None) -> None:
    """Build all waits anew from the timeline; the hub may go on serving."""
    from hub.commands import opening, rebuilding_waits

    opening.run(rebuilding_waits.rebuild_waits, data_dir=data_dir)


def main() -> None:
    """Run the command line; what goes wrong on purpose is said in one sentence."""
    try:
        cli()
    except HubError as error:
        print(error, file=sys.stderr)
        sys.exit(1)

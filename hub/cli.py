"""The command `hub`: serves, and does what an admin does from a shell."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from hub.domain.errors import HubError
from hub.settings import HubSettings, Part

cli = typer.Typer(
    help="The Interaction Hub: every conversation with a customer, on one timeline.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

DataDir = Annotated[Path | None, typer.Option(help="Folder of everything the hub keeps; HUB_DATA_DIR.")]


@cli.callback()
def hub() -> None:
    """One inbox and one timeline for every channel."""


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; HUB_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; HUB_PORT.")] = None,
    only: Annotated[Part | None, typer.Option(help="What this process does; HUB_ONLY.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Start the hub."""
    from hub.serving import serve as run

    settings = HubSettings.load(host=host, port=port, only=only, data_dir=data_dir)
    asyncio.run(run(settings))


def main() -> None:
    """Run the command line; what goes wrong on purpose is said in one sentence."""
    try:
        cli()
    except HubError as error:
        print(error, file=sys.stderr)
        sys.exit(1)

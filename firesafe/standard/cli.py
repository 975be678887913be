"""``firesafe standard``: is every edition whole, and what differs between two."""

from pathlib import Path

import click
from flask.cli import AppGroup

from firesafe.core.errors import NotFound
from firesafe.standard.checklist import Edition
from firesafe.standard.comparison import differences
from firesafe.standard.edition import FaultyEdition, edition_codes, edition_file, read_edition

standard_commands = AppGroup("standard", help="Editions of the four-fours standard.")


@standard_commands.command("check", with_appcontext=False)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Read every edition whole, or the given files; faults end with exit code 1."""
    faulty = False
    for file in files or [edition_file(code) for code in edition_codes()]:
        try:
            read = read_edition(file)
        except FaultyEdition as fault:
            faulty = True
            click.echo(fault, err=True)
        else:
            click.echo(f"{file.name}: {len(read.checkpoints)} checkpoints, sha256 {read.sha256}")
    if faulty:
        raise SystemExit(1)


@standard_commands.command("diff", with_appcontext=False)
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """Show what was added, removed and changed between two editions (codes or files)."""
    lines = differences(_edition_named(old), _edition_named(new))
    click.echo("\n".join(lines) if lines else "The two editions say the same.")


def _edition_named(name: str) -> Edition:
    """Return the edition of a code, or of a file if there is one of that name.

    Raises:
        ClickException: there is neither, or the edition is not whole.
    """
    try:
        return read_edition(Path(name) if Path(name).is_file() else edition_file(name))
    except (FaultyEdition, NotFound) as fault:
        raise click.ClickException(str(fault)) from fault

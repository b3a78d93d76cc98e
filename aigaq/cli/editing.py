"""The command that wires editors' programs: what they check with while somebody types."""

from __future__ import annotations

import click

from aigaq.cli import console


@click.command("editor-files")
@console.common
def editor_files(wanted: console.Wanted) -> None:
    """Write settings for VS Code and Front Matter CMS, and schemas, into the site's folder.

    Nothing of yours is changed: a file that is there and says something else stays.
    """
    from aigaq.desk import editor_files as made  # noqa: PLC0415

    written, problems = made.write(wanted.root)
    console.show(problems)
    for path in written:
        click.echo(path)
    wanted.say("Open the folder in VS Code and say yes to the extensions that it offers.")

"""The `peerlit` command: sub-commands loaded when called, one place where errors become lines."""

import sys
from contextlib import suppress
from importlib import import_module

import click

from catalog.errors import CatalogueError, QueryError
from cli.output import prepare_streams, say, silence_stdout

COMMANDS = {
    "harvest": ("cli.commands.harvest", "Take records from DOAJ, OAI-PMH, SRU or VuFind."),
    "harvests": ("cli.commands.harvests", "List what was harvested, and report one harvest."),
    "subjects": ("cli.commands.subjects", "Browse the classes that DOAJ can be harvested by."),
    "import": ("cli.commands.import_files", "Read files of records into the catalogue."),
    "search": ("cli.commands.search", "Search the catalogue."),
    "searches": ("cli.commands.searches", "Keep searches, run them again, see what is new."),
    "show": ("cli.commands.show", "Show one record, also as its source sent it."),
    "export": ("cli.commands.export", "Write all hits as BibTeX, BibLaTeX, JSON or CSV."),
    "serve": ("cli.commands.serve", "Serve the catalogue: to readers, to Zotero, to library systems."),
    "stats": ("cli.commands.stats", "Count what the catalogue holds and what it lacks."),
    "rejects": ("cli.commands.rejects", "List what could not be read, and why."),
    "reindex": ("cli.commands.reindex", "Make the search index again."),
    "demo": ("cli.commands.demo", "Show all of it on a small bundled sample."),
    "completion": ("cli.commands.completion", "Print the completion script of your shell."),
}
"""Each command: its module, which has a function `command`, and its line in `peerlit --help`."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called: `--help` must not load the search engine."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of use, not of the alphabet."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may have been meant."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"There is no command '{name}'.{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; the one place where an error of a user, a file or a server becomes a line."""
        try:
            return super().invoke(ctx)
        except CatalogueError as error:
            if ctx.params["debug"]:
                raise
            report(error)
            ctx.exit(error.exit_code)
        except BrokenPipeError:  # the reader of our output has gone (`| head`)
            silence_stdout()
            ctx.exit(0)


def report(error: CatalogueError) -> None:
    """Print an error on stderr: one line, a caret for a query, a hint where there is one."""
    say(f"error: {error.message}")
    if isinstance(error, QueryError) and error.text.strip():
        from cli.caret import underline

        click.echo(underline(error.text, error.position), err=True)
    if error.hint:
        say(f"hint: {error.hint}")


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--catalog",
    "catalog",
    metavar="PATH",
    help="The catalogue's folder; else PEERLIT_CATALOG, else the data folder of your platform.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary on stderr.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour.")
@click.option("--debug", is_flag=True, help="Let an error show its traceback.")
@click.version_option(package_name="peerlit", message="%(prog)s %(version)s")
@click.pass_context
def app(ctx: click.Context, catalog: str | None, *, quiet: bool, color: str, debug: bool) -> None:
    """Take open-access literature from a source to a searchable catalogue and a .bib that compiles.

    Exit codes: 0 done, 1 nothing found or findings, 2 usage or query error, 3 incomplete,
    4 the other side failed, 130 interrupted.
    """
    from cli.settings import Settings

    ctx.obj = Settings(catalog=catalog, quiet=quiet, color=color, debug=debug)


def main(args: list[str] | None = None) -> int:
    """Run the command line and return its exit code; the console script exits with it."""
    prepare_streams()
    try:
        code = app.main(args, prog_name="peerlit", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        return 130
    except BrokenPipeError:
        silence_stdout()
        return 0
    except OSError as error:  # files are told of where they are opened: what is left is our own output
        silence_stdout()
        with suppress(OSError):
            where = error.filename or "the output"
            say(f"error: {where} cannot be written: {error.strerror or error}")
        return 2
    return code if isinstance(code, int) else 0

"""What a search was asked for on the command line, and what it was understood to be."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalog.errors import UsageFault
from cli.output import printable, say, typed
from index.understanding import DIALECTS, Asked, Understood
from index.understanding import understand as read

if TYPE_CHECKING:
    from index.strategy.file import StrategyFaults

TEXT_FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
"""An option's file of text, read by `contents`; - is standard input."""


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the argument and options of a search, which it gets as one `asked`."""

    @click.argument("words", metavar="[QUERY...]", nargs=-1)
    @click.option(
        "--any", "question", is_flag=True, help="QUERY is a question: any of its words, best first."
    )
    @click.option("--exact", is_flag=True, help="Words match as typed, not in their other forms.")
    @click.option(
        "--strategy", type=TEXT_FILE, help="A file of numbered lines in place of QUERY; - reads it."
    )
    @click.option("--dialect", type=click.Choice(DIALECTS), help="The system whose syntax it is written in.")
    @wraps(command)
    def asked_for(
        *args: Any,  # noqa: ANN401 - what click hands on to the command
        words: tuple[str, ...],
        question: bool,
        exact: bool,
        strategy: Path | None,
        dialect: str | None,
        **options: Any,  # noqa: ANN401 - the same
    ) -> None:
        text = typed(" ".join(words))
        command(*args, asked=_asked(text, strategy, dialect, question=question, exact=exact), **options)

    return asked_for


def _asked(text: str, strategy: Path | None, dialect: str | None, *, question: bool, exact: bool) -> Asked:
    if question and (strategy or dialect):
        raise UsageFault("--any takes plain language", hint="leave --strategy and --dialect out")
    if strategy is None:
        return Asked("question" if question else "query", text, dialect, exact)
    if text:
        raise UsageFault("a query and --strategy are two searches", hint="give one of them")
    return Asked("strategy", contents(strategy), dialect, exact, named(strategy))


def named(path: Path) -> str:
    """Return what to call a file that was given."""
    return "standard input" if str(path) == "-" else str(path)


def contents(path: Path) -> str:
    """Return the text of a file that was given: UTF-8, or UTF-16. Raises UsageFault for anything else."""
    from index.strategy.file import decoded

    try:
        return decoded(sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes(), named(path))
    except OSError as error:
        raise UsageFault(f"{path} cannot be read: {error.strerror or error}") from error


def understand(asked: Asked) -> Understood:
    """Read a search. Raises QueryError or UsageFault; what is wrong with a strategy is written out."""
    if asked.form != "strategy":
        return read(asked)
    from index.strategy.file import StrategyFaults

    try:
        return read(asked)
    except StrategyFaults as faults:
        for line in _faults(faults):
            click.echo(line, err=True)
        if asked.dialect is None and (fitting := _fitting(asked)):
            say(f"hint: as it is written it can be read with --dialect {' or '.join(fitting)}")
        raise click.exceptions.Exit(faults.exit_code) from None


def _fitting(asked: Asked) -> list[str]:
    """Return the systems in whose syntax a strategy has no fault; none when it has none in any."""
    from index.strategy.file import StrategyFaults, read_strategy

    found = []
    for dialect in DIALECTS:
        with suppress(StrategyFaults):
            read_strategy(asked.text, dialect=dialect)
            found.append(dialect)
    return found if len(found) < len(DIALECTS) else []


def _faults(faults: "StrategyFaults") -> Iterator[str]:
    """Yield all that is wrong with a strategy, each with a caret under its place."""
    from cli.caret import underline

    for fault in faults.faults:
        yield printable(f"error: {faults.name}, line {fault.row}: #{fault.number}: {fault.error.message}")
        if fault.error.text:
            yield underline(fault.error.text, fault.error.position)
        if fault.error.hint:
            yield printable(f"hint: {fault.error.hint}")


def tell(understood: Understood) -> None:
    """Say on stderr what was understood otherwise than it may have been meant."""
    for note in understood.notes:
        say(f"note: {note}")

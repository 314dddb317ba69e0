"""Where a command writes: the standard streams, a file that appears whole, a line to the user."""

import io
import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from catalog.errors import UsageFault


def prepare_streams() -> None:
    """Make the standard streams take any letter, whatever the locale, and be there at all.

    Python leaves None for a stream that the shell closed (`>&-`). Into a pipe or a file goes UTF-8; a
    terminal gets what it says it can show, and escapes for the rest.
    """
    nothing = Path(os.devnull)
    sys.stdin = sys.stdin or nothing.open(encoding="utf-8")
    sys.stdout = sys.stdout or nothing.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nothing.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def silence_stdout() -> None:
    """Send what is left for standard output nowhere: nobody reads it, and Python would complain at exit.

    https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def printable(text: str) -> str:
    """Return a text as one line that cannot steer a terminal: file names may hold line feeds and escapes."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def typed(text: str) -> str:
    """Return what was typed as text, taken for UTF-8 whatever the locale; U+FFFD for what is not."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def counted(count: int, what: str) -> str:
    """Return a count with what is counted: `1 record`, `2,000 records`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def say(line: str) -> None:
    """Tell the user something that is no result, as one line on stderr."""
    click.echo(printable(line), err=True)


def write_whole(texts: Iterable[str], output: Path | None) -> None:
    """Write to standard output, or to a file that appears whole or not at all.

    Raises UsageFault when the file cannot be written.
    """
    if output is None:
        for text in texts:
            click.echo(text, nl=False)
        return
    target = output.resolve()  # a link stays, what it points to is replaced
    try:
        if (
            target.exists() and not target.is_file()
        ):  # /dev/stdout, a named pipe: to be written to, not replaced
            with target.open("w", encoding="utf-8", newline="") as file:
                file.writelines(texts)
        else:
            _replace(target, texts)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageFault(f"{output} cannot be written: {error.strerror or error}") from error


def _replace(target: Path, texts: Iterable[str]) -> None:
    """Write beside the file and put the whole in its place.

    Not click's `atomic`, which puts what it has in place also when writing was broken off.
    """
    descriptor, name = tempfile.mkstemp(prefix=".peerlit-", dir=target.parent)
    written = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.writelines(texts)
            file.flush()
            os.fsync(descriptor)
        written.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        written.replace(target)
    except BaseException:
        written.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the user's mask for new files, which can be read only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask

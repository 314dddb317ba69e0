"""The file or files an export becomes: `review.ris`, or `review-1.ris` and `review-2.ris`."""

import re
from pathlib import Path
from typing import Final

from catalog.errors import UsageFault
from catalog.export.presets import Limit
from catalog.export.splitting import Split
from cli.exporting.options import Wanted
from cli.output import say, write_whole

_NO_LIMIT: Final = Limit()


def limit_of(wanted: Wanted, count: int) -> Limit:
    """Return how much of `count` records goes into one file.

    Raises UsageFault when they are more than the tool takes at a time and go to standard output or a pipe.
    """
    if wanted.tool is None:
        return _NO_LIMIT
    limit = wanted.tool.limit
    if _is_divisible(wanted.output):
        return limit
    if limit.records is not None and count > limit.records:
        raise UsageFault(
            f"{wanted.tool.label} takes {limit.records:,} records at a time, and these are {count:,}",
            hint="-o FILE writes as many files as it takes",
        )
    return _NO_LIMIT


def refuse_to_overwrite(wanted: Wanted) -> None:
    """Raise UsageFault when a file is in the way, unless it may be overwritten."""
    output = wanted.output
    if output is None or wanted.force or not _is_divisible(output):
        return
    found = [output] if output.exists() else []
    if _is_limited(wanted) and output.parent.is_dir():
        part = re.compile(rf"{re.escape(output.stem)}-\d+{re.escape(output.suffix)}")
        found += sorted(path for path in output.parent.iterdir() if part.fullmatch(path.name))
    if found:
        raise UsageFault(f"{found[0]} exists already", hint="--force overwrites it")


def write_files(split: Split, wanted: Wanted) -> str:
    """Write each file whole or not at all; return where to, as the end of a sentence."""
    output = wanted.output
    if output is None or not _is_divisible(output) or not _is_limited(wanted):
        write_whole(next(iter(split)), output)
        _tell_size(split.size, wanted)
        return f" to {output}" if output else ""
    written: list[Path] = []
    for number, texts in enumerate(split, 1):
        written.append(output.with_name(f"{output.stem}-{number}{output.suffix}"))
        write_whole(texts, written[-1])
    if len(written) == 1:
        return f" to {written[0].replace(output)}"
    return f" to {written[0]} … {written[-1].name}"


def _is_limited(wanted: Wanted) -> bool:
    return wanted.tool is not None and wanted.tool.limit != _NO_LIMIT


def _is_divisible(output: Path | None) -> bool:
    """Tell a file, of which there may be several, from standard output and from a pipe."""
    return output is not None and (output.is_file() or not output.exists())


def _tell_size(size: int, wanted: Wanted) -> None:
    most = wanted.tool.limit.megabytes if wanted.tool else None
    if wanted.tool and most is not None and size > most * 1_000_000:
        say(f"note: {wanted.tool.label} takes {most} MB at a time; -o FILE writes as many files as it takes")

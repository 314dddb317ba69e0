"""The options of an export: its format, what may differ in it, where it goes."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import click

from catalog.export import EXPORTERS, Options
from catalog.export.presets import PRESETS, Preset, chosen
from cli.fields import FIELD_LIST, tell_unused_fields


class Wanted(NamedTuple):
    """A format with its options, the tool it is for, and where it goes; None is standard output."""

    form: str
    options: Options
    tool: Preset | None
    output: Path | None
    force: bool


_OPTIONS: Final = (
    click.option(
        "--format", "-f", "form", type=click.Choice(tuple(EXPORTERS)), help="What to write, else bibtex."
    ),
    click.option(
        "--for",
        "tool",
        type=click.Choice(tuple(PRESETS)),
        help="What this tool reads best, in as many files as it takes.",
    ),
    click.option(
        "--output", "-o", type=click.Path(path_type=Path), help="The file to write; else standard output."
    ),
    click.option("--force", is_flag=True, help="Overwrite the file."),
    click.option("--batch", metavar="NAME", help="Mark every record as one of this batch."),
    click.option(
        "--fields", type=FIELD_LIST, default=(), help="Columns of json, jsonl and csv, commas between."
    ),
    click.option(
        "--ascii", "latex_accents", is_flag=True, help="BibTeX with LaTeX accents instead of UTF-8 letters."
    ),
    click.option(
        "--url",
        type=click.Choice(("fallback", "always", "never")),
        default="fallback",
        help="Where a url goes in: in BibTeX only without a DOI, always, never.",
    ),
    click.option(
        "--month",
        type=click.Choice(("macro", "number", "none")),
        default="macro",
        help="How BibTeX's month is written.",
    ),
    click.option("--no-abstract", is_flag=True, help="Leave abstracts out."),
    click.option("--subjects", is_flag=True, help="Classes and headings among the keywords."),
    click.option("--excel", is_flag=True, help="A csv that Excel reads as UTF-8."),
    click.option("--raw", is_flag=True, help="A csv without guards against formulas."),
)


def writing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of an export, which it gets as one `wanted`."""

    @wraps(command)
    def wanted(
        *args: Any,  # noqa: ANN401 - what click hands on to the command
        form: str | None,
        tool: str | None,
        output: Path | None,
        batch: str | None,
        fields: tuple[str, ...],
        url: Literal["fallback", "always", "never"],
        month: Literal["macro", "number", "none"],
        force: bool,
        latex_accents: bool,
        no_abstract: bool,
        subjects: bool,
        excel: bool,
        raw: bool,
        **others: Any,  # noqa: ANN401 - the same
    ) -> None:
        options = Options(
            ascii=latex_accents,
            url=url,
            abstract=not no_abstract,
            subjects=subjects,
            month=month,
            fields=fields,
            excel=excel,
            raw=raw,
            batch=batch,
        )
        preset = PRESETS[tool] if tool else None
        name, options = chosen(preset, form, options) if preset else (form or "bibtex", options)
        tell_unused_fields(name, fields)
        command(*args, wanted=Wanted(name, options, preset, output, force), **others)

    made: Callable[..., None] = wanted
    for option in reversed(_OPTIONS):
        made = option(made)
    return made

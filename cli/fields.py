"""A list of output fields as one option value: `title,year,doi`."""

import click
from click.shell_completion import CompletionItem

from catalog.errors import UsageFault
from cli.output import say


class FieldList(click.ParamType[tuple[str, ...]]):
    """Column names with commas between, checked against the columns there are."""

    name = "NAMES"

    def convert(
        self, value: str | tuple[str, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Split the names; an unknown one is a usage error that lists those there are."""
        from catalog.export.columns import chosen

        if isinstance(value, tuple):
            return value
        try:
            return chosen(part.strip() for part in value.split(",") if part.strip())
        except UsageFault as fault:
            self.fail(f"{fault.message}; {fault.hint}", param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the last name of the list."""
        from catalog.export.columns import FIELDS

        del ctx, param
        done, comma, last = incomplete.rpartition(",")
        return [CompletionItem(done + comma + name) for name in FIELDS if name.startswith(last)]


FIELD_LIST = FieldList()


def tell_unused_fields(form: str, fields: tuple[str, ...]) -> None:
    """Say so when columns are chosen for a form that has none."""
    if fields and form not in ("json", "jsonl", "csv"):
        say("note: --fields is for -f json, jsonl and csv")

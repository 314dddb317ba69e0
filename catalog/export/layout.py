r"""How a `.bib` file is laid out: its header, one entry, one field a line."""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from catalog.export.plain import clean

_WIDTH: Final = len("howpublished")


class Field(NamedTuple):
    """A field and its value, escaped already; a `macro` stands without braces."""

    name: str
    value: str | None
    macro: bool = False


def entry(kind: str, citation_key: str, fields: Iterable[Field]) -> str:
    """Return one entry, fields without a value left out, a blank line behind it."""
    lines = [f"@{kind}{{{citation_key},"]
    for field in fields:
        if field.value:
            value = field.value if field.macro else f"{{{field.value}}}"
            lines.append(f"  {field.name:<{_WIDTH}} = {value},")
    return "\n".join([*lines, "}", "", ""])


def header(tool: str, version: str, made: date, query: str | None, count: int) -> str:
    """Return the comment that heads a file: what wrote it, when, for which query, how many entries.

    BibTeX ignores text between entries but for `@`, which opens an entry even behind a `%`.
    """
    facts = [f"Written by {tool} {version} on {made.isoformat()}"]
    if query:
        facts.append(f"Query: {query}")
    facts.append(f"{count} {'entry' if count == 1 else 'entries'}")
    return "".join(f"% {clean(fact).replace('@', '(at)')}\n" for fact in facts) + "\n"

"""The forms a record can be had in: their suffixes, media types, names of files, and what may be chosen."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final, Literal, NamedTuple
from urllib.parse import quote

from catalog.errors import NotFound, UsageFault
from catalog.export import EXPORTERS, Entry, Options
from catalog.export.columns import FIELDS
from catalog.export.schemas import RECORD_SCHEMAS, RecordSchema
from catalog.store import StoredRecord


class Form(NamedTuple):
    """One form of a single record."""

    name: str
    label: str
    suffix: str
    media_type: str
    text: Callable[[Entry, Options], str]


def _exported(name: str, entry: Entry, options: Options) -> str:
    return "".join(EXPORTERS[name].write([entry], options))


def _element(schema: RecordSchema, entry: Entry, options: Options) -> str:
    del options  # there is nothing to choose
    if not schema.fits(entry.record):
        raise NotFound(f"{entry.key} has no form as {schema.label}")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{schema.element(entry)}\n'


FORMS: Final[Mapping[str, Form]] = {
    **{
        name: Form(name, each.label, each.suffix, each.media_type, partial(_exported, name))
        for name, each in EXPORTERS.items()
    },
    **{
        name: Form(name, schema.label, f".{name}", "application/xml", partial(_element, schema))
        for name, schema in RECORD_SCHEMAS.items()
        if name not in EXPORTERS
    },
}
"""Every form by name: all exporters, and the record schemas that none of them writes."""

SUFFIXES: Final[Mapping[str, Form]] = {
    **{f".{name}": form for name, form in FORMS.items()},
    **{form.suffix: form for form in reversed(list(FORMS.values()))},
}
"""Every suffix with its form: that of its files, the first where several share one, and its name."""

MEDIA_TYPES: Final[Mapping[str, Form]] = {
    form.media_type: next(each for each in FORMS.values() if each.media_type == form.media_type)
    for form in FORMS.values()
}
"""Every media type with its form, the first where several share one."""


def split_suffix(name: str) -> tuple[str, Form] | None:
    """Return a name without the suffix of a form, and that form; None when it has none."""
    fitting = [suffix for suffix in SUFFIXES if name.endswith(suffix) and len(name) > len(suffix)]
    if not fitting:
        return None
    suffix = max(fitting, key=len)
    return name.removesuffix(suffix), SUFFIXES[suffix]


def suffix_of(form: Form) -> str:
    """Return the suffix that leads to a form and no other."""
    return form.suffix if SUFFIXES[form.suffix] is form else f".{form.name}"


def entry_of(stored: StoredRecord) -> Entry:
    """Return a stored record as exporters take it."""
    return Entry(stored.citation_key, stored.key, stored.record, stored.added_at, stored.updated_at)


def content_type(media_type: str) -> str:
    """Return a media type with the charset, where it does not have its own way of telling that."""
    told = media_type.endswith(("json", "xml", "marc", "zip"))
    return media_type if told else f"{media_type}; charset=utf-8"


def disposition(kind: Literal["attachment", "inline"], name: str) -> str:
    """Return the header that names the file which an answer is saved as (RFC 6266)."""
    quoted = quote(name, safe="")
    return f'{kind}; filename="{name}"' if quoted == name else f"{kind}; filename*=UTF-8''{quoted}"


class Choice(NamedTuple):
    """An option of a format, as a parameter of an address; without values it takes any text, or a list."""

    help: str
    values: tuple[str, ...] = ()
    several: bool = False


_FLAG: Final = ("1", "0")

CHOICES: Final[Mapping[str, Choice]] = {
    "ascii": Choice("1: BibTeX with LaTeX accents instead of UTF-8 letters", _FLAG),
    "url": Choice("where a url goes in: only without a DOI, always, never", ("fallback", "always", "never")),
    "abstract": Choice("0: leave abstracts out", _FLAG),
    "subjects": Choice("1: classes and headings among the keywords", _FLAG),
    "month": Choice("how BibTeX's month is written", ("macro", "number", "none")),
    "fields": Choice("columns of csv, json and jsonl, commas between", tuple(FIELDS), several=True),
    "excel": Choice("1: a csv that Excel reads as UTF-8", _FLAG),
    "raw": Choice("1: leave cells that a spreadsheet takes for formulas as they are", _FLAG),
    "batch": Choice("a name for the lot: a keyword of each entry, or a note"),
    "batch_as": Choice("where the name of the lot goes", ("keyword", "note")),
    "split_names": Choice("1: cut names that the source left whole", _FLAG),
}
"""The fields of Options as parameters."""


def chosen_values(told: Mapping[str, str]) -> dict[str, object]:
    """Return the fields of Options that the parameters of an address give. Raises UsageFault."""
    found: dict[str, object] = {}
    for name, choice in CHOICES.items():
        if not (text := told.get(name, "").strip()):
            continue
        parts = tuple(part.strip() for part in text.split(",") if part.strip()) if choice.several else (text,)
        for part in parts:
            if choice.values and part not in choice.values:
                raise UsageFault(
                    f"{name}={part} is none of {', '.join(choice.values)}", hint=f"{name}: {choice.help}"
                )
        if choice.several:
            found[name] = parts
        else:
            found[name] = text == "1" if choice.values == _FLAG else text
    return found


def read_options(parameters: Iterable[tuple[str, str]]) -> Options:
    """Return the options that the parameters of an address give. Raises UsageFault."""
    return Options(**chosen_values(dict(parameters)))  # type: ignore[arg-type]  # by name, checked against CHOICES

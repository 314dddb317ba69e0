"""What is shown of a record in facets."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from catalog.record import Record, Subject
from index.folding import fold

LEVEL = " > "
"""What parts the levels of a subject."""

# Everything that folds to `>`: in a caption it must not look like a level.
_SIGNS = str.maketrans(dict.fromkeys(">≯﹥＞", "›"))


def facet_values(
    record: Record,
    *,
    years: Iterable[int],
    languages: tuple[str, ...],
    sources: Sequence[str],
    has: Sequence[str],
) -> dict[str, tuple[str, ...]]:
    """Return the values of each facet that has one; of those equal when folded, the first.

    A subject is the path to it, its levels joined by LEVEL, and each level above it is a value as well.
    `years`, `languages`, `sources` and `has` are what the fields of these names hold.
    """
    container = record.container
    shown = {
        "year": tuple(map(str, years)),
        "journal": _distinct((container.title,)) if container and container.title else (),
        "language": _language_names(languages),
        "keyword": _distinct(record.keywords),
        "author": _distinct([contributor.literal for contributor in record.contributors]),
        "publisher": _distinct((record.publisher,)) if record.publisher else (),
        "subject": _subjects(record.subjects),
        "source": tuple(sources),
        "type": (record.type,),
        "has": tuple(has),
    }
    return {facet: values for facet, values in shown.items() if values}


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for value in values:
        shown = _even(value)
        folded = fold(shown)
        if folded not in found and not folded.isspace():
            found[folded] = shown
    found.pop("", None)
    return tuple(found.values())


def _even(value: str) -> str:
    """Return a value without blanks at its ends, with single ones within, composed (NFC)."""
    shown = " ".join(value.split())
    return shown if shown.isascii() else unicodedata.normalize("NFC", shown)


def _subjects(subjects: Iterable[Subject]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for subject in subjects:
        for folded, shown in _levels(subject.term, subject.path):
            if folded not in found:
                found[folded] = shown
    return tuple(found.values())


def levels(subject: Subject) -> list[str]:
    """Return the facet values of a subject, the widest first: the path to it and to each level above it."""
    return [shown for _, shown in _levels(subject.term, subject.path)]


@lru_cache(maxsize=1 << 14)
def _levels(term: str | None, path: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the paths to a subject, folded and as shown, the widest first.

    The path of a class ends in its caption; a term that differs stands under it. Subdivisions of a heading
    (`Women -- Employment`) are levels: records of all of them count under the heading.
    """
    captions = [_caption(caption) for caption in path]
    if term and not (captions and captions[-1][0] == _caption(term)[0]):
        captions += map(_caption, term.split("--"))
    levels = []
    folded = shown = ""
    for inner, caption in captions:
        if inner:
            folded = f"{folded}{LEVEL}{inner}" if folded else inner
            shown = f"{shown}{LEVEL}{caption}" if shown else caption
            levels.append((folded, shown))
    return levels


@lru_cache(maxsize=1 << 13)
def _caption(text: str) -> tuple[str, str]:
    shown = _even(text).translate(_SIGNS)
    folded = fold(shown)
    return ("", "") if folded.isspace() else (folded, shown)


@lru_cache(maxsize=1 << 10)
def _language_names(tags: tuple[str, ...]) -> tuple[str, ...]:
    # Imported late: a search needs no table of languages.
    from catalog.normalize.languages import name

    return _distinct(map(name, tags))

"""The class table (LCC, as DOAJ uses it): looked up, walked, and named as the sets of DOAJ's feed."""

import base64
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from catalog.record import Subject


class ClassTable(NamedTuple):
    """The table: by code, the codes that a caption (folded) stands for, by path, and what is below a code."""

    by_code: Mapping[str, Subject]
    by_caption: Mapping[str, tuple[str, ...]]
    by_path: Mapping[tuple[str, ...], str]
    below: Mapping[str, tuple[str, ...]]


class Row(NamedTuple):
    """A class where it stands in the tree; a main class has depth 0. `path` runs from the root to it."""

    depth: int
    code: str
    caption: str
    path: tuple[str, ...]


@lru_cache(maxsize=1)
def class_table() -> ClassTable:
    """Read `catalog/codes/lcc.tsv`: code, parent code, caption, caption before 29 August 2017.

    Nine captions were re-spelt that day (https://github.com/DOAJ/doaj/commit/9eab55e0d): old copies keep
    "Seconhand trade".
    """
    text = files("catalog").joinpath("codes/lcc.tsv").read_text(encoding="utf-8")
    rows = [(line + "\t\t").split("\t")[:4] for line in text.splitlines()[1:]]
    parents = {code: (parent, caption) for code, parent, caption, _ in rows}
    by_code: dict[str, Subject] = {}
    by_caption: dict[str, tuple[str, ...]] = {}
    below: dict[str, tuple[str, ...]] = {}
    for code, parent, caption, former in rows:
        path, step = [caption], parent
        while step:
            path.append(parents[step][1])
            step = parents[step][0]
        by_code[code] = Subject(term=caption, scheme="lcc", code=code, path=tuple(reversed(path)))
        below[parent] = (*below.get(parent, ()), code)
        for name in filter(None, (caption, former)):
            by_caption[fold(name)] = (*by_caption.get(fold(name), ()), code)
    by_path = {subject.path: code for code, subject in by_code.items()}
    return ClassTable(by_code, by_caption, by_path, below)


def fold(caption: str) -> str:
    """Return a caption as it is compared: whatever its case, blanks and last full stop."""
    return " ".join(caption.casefold().split()).rstrip(".")


_CODE_PREFIX = re.compile(r"^\s*(?:lcc\s*:)?", re.IGNORECASE)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_CODE = re.compile(r"([A-Z]+)(\d+(?:\.\d+)?)?")


def set_spec(caption: str) -> str:
    """Return the setSpec of a class in DOAJ's feed: URL-safe base64 of `LCC:<caption>` with `~` for `=`.

    Classes that share a caption are one set. Source: portality/crosswalks/oaipmh.py `make_set_spec` of
    https://github.com/DOAJ/doaj.
    """
    return base64.urlsafe_b64encode(f"LCC:{caption}".encode()).decode().replace("=", "~")


def find_class(text: str) -> tuple[Subject, ...]:
    """Return the class of a code or a whole caption, whatever their case and punctuation.

    Several where a caption is shared ("By period"), none where there is no such class.
    """
    table = class_table()
    code = _by_lower_code().get(_as_code(text))
    codes = (code,) if code else _by_words().get(_words(text), ())
    return tuple(table.by_code[code] for code in codes)


def suggestions(text: str, *, most: int = 5) -> tuple[Subject, ...]:
    """Return the classes that may have been meant, the likeliest first: by their words and spelling alone."""
    import difflib  # only a mistake pays for it

    table, wanted = class_table(), _words(text)
    code = _as_code(text)
    found = dict.fromkeys(_holding(wanted))
    found.update(dict.fromkeys(codes for codes in table.by_code if code and codes.lower().startswith(code)))
    for caption in difflib.get_close_matches(wanted, _by_words(), n=most, cutoff=0.6):
        found.update(dict.fromkeys(_by_words()[caption]))
    long = [word for word in wanted.split() if len(word) > 3]
    found.update(dict.fromkeys(code for word in long for code in _holding(word)))
    return tuple(table.by_code[code] for code in list(found)[:most])


def narrower_codes(code: str) -> tuple[str, ...]:
    """Return the codes of all classes below one, in the order of the tree."""
    return tuple(row.code for row in _walk(code))


def browse(text: str | None = None) -> Iterator[Row]:
    """Yield the whole tree; or the class that a code or caption names, and all below it.

    Where it names none: the classes whose captions have its words, the last letters of which may be missing.
    """
    if text is None:
        yield from _walk("")
        return
    for subject in find_class(text):
        yield _row(subject.code or "")
        yield from _walk(subject.code or "")
    if not find_class(text):
        held = frozenset(_holding(_words(text)))
        yield from (row for row in _walk("") if row.code in held)


def codes_below(code: str) -> list[str]:
    """Return the codes just below one as they stand on the shelf, the main classes for an empty code."""
    return sorted(class_table().below.get(code, ()), key=_shelf)


def _walk(code: str) -> Iterator[Row]:
    for below in codes_below(code):
        yield _row(below)
        yield from _walk(below)


def _row(code: str) -> Row:
    subject = class_table().by_code[code]
    return Row(len(subject.path) - 1, code, subject.path[-1], subject.path)


def _shelf(code: str) -> tuple[str, float]:
    """Return where a class stands on the shelf: RA5 before RA1190."""
    found = _CODE.match(code)
    return (found[1], float(found[2] or 0)) if found else (code, 0.0)


def _holding(words: str) -> Iterator[str]:
    """Yield the codes of the classes whose captions have words that begin so, each of them."""
    wanted = words.split()
    for caption, codes in _by_words().items():
        held = caption.split()
        if wanted and all(any(word.startswith(begin) for word in held) for begin in wanted):
            yield from codes


def _words(text: str) -> str:
    """Return the words of a caption, whatever their case and what stands between them."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    return " ".join(re.findall(r"\w+", folded))


def _as_code(text: str) -> str:
    return "".join(_DASHES.sub("-", _CODE_PREFIX.sub("", text)).split()).lower()


@lru_cache(maxsize=1)
def _by_lower_code() -> Mapping[str, str]:
    return {code.lower(): code for code in class_table().by_code}


@lru_cache(maxsize=1)
def _by_words() -> Mapping[str, tuple[str, ...]]:
    return {_words(caption): codes for caption, codes in class_table().by_caption.items()}

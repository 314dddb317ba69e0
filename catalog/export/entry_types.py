"""Which entry type a record becomes, in BibTeX and in BibLaTeX.

A type whose required part is missing gives way to the nearest one that does not need it, as styles print
an article without a journal as `In , 2024`: BibTeX's own `@misc` and `@booklet` are made for that.
"""

import re
from typing import Final, Literal

from catalog.export import facts
from catalog.record import Record

Part = Literal["container", "publisher", "none"]

_BIBTEX: Final[dict[str, tuple[str, Part, str]]] = {
    # CSL type: BibTeX type, what it requires, type where that is missing
    "article-journal": ("article", "container", "misc"),
    "article": ("article", "container", "misc"),
    "review": ("article", "container", "misc"),
    "book": ("book", "publisher", "booklet"),
    "chapter": ("incollection", "container", "misc"),
    "conference-paper": ("inproceedings", "container", "misc"),
    "report": ("techreport", "publisher", "misc"),
    "thesis": ("phdthesis", "publisher", "misc"),
    "musical-score": ("book", "publisher", "booklet"),
}
_BIBLATEX: Final[dict[str, tuple[str, Part, str]]] = {
    "article-journal": ("article", "container", "misc"),
    "article": ("article", "container", "online"),
    "review": ("article", "container", "misc"),
    "book": ("book", "none", "book"),
    "chapter": ("incollection", "container", "misc"),
    "conference-paper": ("inproceedings", "container", "misc"),
    "dataset": ("dataset", "none", "dataset"),
    "musical-score": ("book", "none", "book"),
    "periodical": ("periodical", "none", "periodical"),
    "report": ("report", "none", "report"),
    "software": ("software", "none", "software"),
    "thesis": ("thesis", "none", "thesis"),
    "webpage": ("online", "none", "online"),
}
_MASTERS: Final = re.compile(
    r"\bmaster|\bmagist|\bmaestr|\bmestr|\bm\.?\s?(?:a|sc|phil|s|ed)\b\.?|\blicen[ct]iat|\bdiplom",
    re.IGNORECASE,
)
_THESIS: Final = re.compile(r"thes[ie]s|dissert|disserta|tesis|tese\b|thèse|habilitation", re.IGNORECASE)


def bibtex_type(record: Record) -> str:
    """Return the type of classic BibTeX, without the `@`."""
    chosen = _choose(_BIBTEX, record)
    return "mastersthesis" if chosen == "phdthesis" and is_masters(record) else chosen


def biblatex_type(record: Record) -> str:
    """Return the type of BibLaTeX, without the `@`."""
    chosen = _choose(_BIBLATEX, record)
    if chosen == "book" and not any(c.role == "author" for c in record.contributors):
        return "collection" if any(c.role == "editor" for c in record.contributors) else "book"
    return "misc" if chosen == "online" and not record.links and record.identifier("doi") is None else chosen


def thesis_words(record: Record) -> str | None:
    """Return what the source calls the thesis: `Ph.D. dissertation`."""
    return next((word for word in (*record.genres, *record.notes) if _THESIS.search(word)), None)


def is_masters(record: Record) -> bool:
    """Tell a master's thesis from a doctoral one."""
    return _MASTERS.search(thesis_words(record) or "") is not None


def _choose(types: dict[str, tuple[str, Part, str]], record: Record) -> str:
    container = record.container
    chosen, needs, otherwise = types.get(facts.kind(record), ("misc", "none", "misc"))
    has = {
        "container": container is not None and container.title is not None,
        "publisher": record.publisher is not None,
        "none": True,
    }
    return chosen if has[needs] else otherwise

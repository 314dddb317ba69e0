"""Citations in four styles, as HTML and as text."""

from collections.abc import Mapping
from importlib.resources import files
from threading import Lock
from types import MappingProxyType
from typing import Final, NamedTuple

from citeproc import Citation as Cites
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON

from catalog.export import Entry
from web.citations import marks
from web.citations.items import Manner, item


class Citation(NamedTuple):
    """One citation: `html` is a fragment whose only markup is `<i>`, `text` the same without."""

    style: str
    label: str
    html: str
    text: str


def _chicago_digits(first: int) -> int:
    """Return how much of a last page Chicago keeps (18th edition, §9.63)."""
    if first < 100 or first % 100 == 0:
        return len(str(first))
    return 1 if first % 100 < 10 else 2


_THINGS: Final = {
    "dataset": "Data set",
    "software": "Computer software",
    "motion-picture": "Film",
    "song": "Sound recording",
    "musical-score": "Musical score",
    "map": "Map",
}
_STYLES: Final = {
    "apa": (
        "APA, 7th edition",
        Manner(
            initials=".",
            publisher_once=True,
            page_labels=("p.", "pp."),
            genres=_THINGS
            | {"doctoral": "Doctoral dissertation", "masters": "Master’s thesis", "thesis": "Thesis"},
        ),
    ),
    "mla": (
        "MLA, 9th edition",
        Manner(
            digits=lambda _: 2,
            page_labels=("p.", "pp."),
            capitals=True,
            genres={"doctoral": "PhD dissertation", "masters": "master’s thesis", "thesis": "thesis"},
        ),
    ),
    "chicago": (
        "Chicago, 18th edition (author-date)",
        Manner(
            digits=_chicago_digits,
            capitals=True,
            genres=_THINGS | {"doctoral": "PhD diss.", "masters": "Master’s thesis", "thesis": "Thesis"},
        ),
    ),
    "vancouver": (
        "Vancouver (NLM)",
        Manner(
            initials="",
            digits=lambda _: 1,
            genres={kind: words.lower() for kind, words in _THINGS.items()}
            | {
                "dataset": "dataset",
                "doctoral": "dissertation",
                "masters": "master’s thesis",
                "thesis": "thesis",
            },
        ),
    ),
}


class Citations:
    """The styles, read once; made when the server starts."""

    STYLES: Final[Mapping[str, str]] = MappingProxyType({name: label for name, (label, _) in _STYLES.items()})
    """The styles there are, and what to call them."""

    def __init__(self) -> None:
        folder = files(__package__).joinpath("styles")
        self._styles = {}
        for name in _STYLES:
            with folder.joinpath(f"{name}.csl").open("rb") as file:
                self._styles[name] = CitationStylesStyle(file, validate=False)
        self._lock = Lock()  # the processor keeps what it works on in the style

    def all(self, entry: Entry) -> list[Citation]:
        """Return the record's citation in each style."""
        return [self.one(entry, name) for name in _STYLES]

    def one(self, entry: Entry, style: str) -> Citation:
        """Return the record's citation in one style; raises KeyError on an unknown one."""
        label, manner = _STYLES[style]
        handed = item(entry, manner) | {"id": "it"}
        with self._lock:
            source = CiteProcJSON([handed])
            bibliography = CitationStylesBibliography(self._styles[style], source, marks.Formatter)
            bibliography.register(Cites([CitationItem("it")]))
            cited = marks.punctuated("".join(map(str, bibliography.bibliography())))
        return Citation(style, label, marks.as_html(cited), marks.as_text(cited))

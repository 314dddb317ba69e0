"""What each type of record is called in vocabularies that pages carry."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from catalog.export import facts
from catalog.record import Record, RecordType

OpenUrlFormat = Literal["journal", "book", "dissertation", "dc"]


class Kind(NamedTuple):
    """What one type is called.

    `openurl`: the matrix of ANSI/NISO Z39.88, and the genre within it; within `dc` the item type of Zotero,
    the commonest reader of COinS. `schema`: the class of https://schema.org.
    """

    openurl: OpenUrlFormat
    genre: str
    schema: str


KINDS: Final[Mapping[RecordType, Kind]] = MappingProxyType(
    {
        "article-journal": Kind("journal", "article", "ScholarlyArticle"),
        "article": Kind("journal", "preprint", "ScholarlyArticle"),
        "review": Kind("journal", "article", "ScholarlyArticle"),
        "book": Kind("book", "book", "Book"),
        "chapter": Kind("book", "bookitem", "Chapter"),
        "conference-paper": Kind("book", "proceeding", "ScholarlyArticle"),
        "report": Kind("book", "report", "Report"),
        "document": Kind("book", "document", "CreativeWork"),
        "thesis": Kind("dissertation", "dissertation", "Thesis"),
        "periodical": Kind("dc", "document", "Periodical"),
        "dataset": Kind("dc", "dataset", "Dataset"),
        "map": Kind("dc", "map", "Map"),
        "motion-picture": Kind("dc", "film", "Movie"),
        "musical-score": Kind("book", "book", "SheetMusic"),
        "song": Kind("dc", "audioRecording", "MusicRecording"),
        "software": Kind("dc", "computerProgram", "SoftwareApplication"),
        "webpage": Kind("dc", "webpage", "WebPage"),
    }
)


def kind_of(record: Record) -> Kind:
    """Return what a record is called."""
    return KINDS[facts.kind(record)]

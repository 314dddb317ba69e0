"""What values and fields are called on a page."""

from collections.abc import Mapping

from catalog.record import RecordType
from index.engine import SortOrder

TYPES: Mapping[RecordType, str] = {
    "article-journal": "Journal article",
    "article": "Article",
    "book": "Book",
    "chapter": "Book chapter",
    "conference-paper": "Conference paper",
    "dataset": "Dataset",
    "map": "Map",
    "motion-picture": "Film or video",
    "musical-score": "Musical score",
    "periodical": "Journal or series",
    "report": "Report",
    "review": "Review",
    "software": "Software",
    "song": "Sound recording",
    "thesis": "Thesis",
    "webpage": "Web page",
    "document": "Other",
}

FIELDS: Mapping[str, str] = {
    "title": "Title",
    "abstract": "Abstract",
    "keyword": "Keyword",
    "subject": "Subject",
    "author": "Author",
    "journal": "Journal",
    "publisher": "Publisher",
    "affiliation": "Affiliation",
    "note": "Note",
    "year": "Year",
    "doi": "DOI",
    "issn": "ISSN",
    "isbn": "ISBN",
    "orcid": "ORCID iD",
    "id": "Identifier",
    "lcc": "LCC class",
    "language": "Language",
    "declared": "Language of the journal",
    "type": "Type",
    "source": "Source",
    "has": "With",
}

HAS: Mapping[str, str] = {
    **FIELDS,
    "fulltext": "Full text",
    "licence": "Licence",
    "link": "Link",
    "pages": "Pages",
}

SORTS: Mapping[SortOrder, str] = {
    "relevance": "Relevance",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "title": "Title A–Z",
    "author": "Author A–Z",
    "journal": "Journal A–Z",
    "added": "Recently added",
}

DIALECTS: Mapping[str, str] = {
    "cochrane": "Cochrane Library",
    "ebsco": "EBSCOhost",
    "embase": "Embase",
    "ovid": "Ovid",
    "pubmed": "PubMed",
    "scopus": "Scopus",
    "wos": "Web of Science",
}

_VALUES: Mapping[str, Mapping[str, str]] = {
    "type": {str(kind): label for kind, label in TYPES.items()},
    "has": HAS,
}


def value_label(facet: str, value: str) -> str:
    """Return what a value of a facet is called; of a subject that is its whole path."""
    return _VALUES.get(facet, {}).get(value, value)

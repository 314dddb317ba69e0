"""Which identifiers a person may mean by what they typed."""

from collections.abc import Callable, Iterator

from catalog.normalize import identifiers

_NORMAL_FORMS: dict[str, Callable[[str | None], str | None]] = {
    "doi": identifiers.doi,
    "isbn": identifiers.isbn,
    "issn": identifiers.issn,
    "pmid": identifiers.pmid,
    "pmcid": identifiers.pmcid,
    "arxiv": identifiers.arxiv,
    "handle": identifiers.handle,
    "oclc": identifiers.oclc,
    "lccn": identifiers.lccn,
}


def identifiers_in(text: str) -> Iterator[tuple[str, str]]:
    """Iterate over the (scheme, value) a text can be read as: `10.1186/…`, `doi:…`, `lccn:…`, a DOI's URL."""
    scheme, colon, value = text.partition(":")
    scheme = scheme.strip().lower()
    if colon and scheme.isalnum() and not value.startswith("//"):
        yield scheme, value.strip()
        normal_form = _NORMAL_FORMS.get(scheme)
        normal = normal_form(value) if normal_form else None
        if normal is not None and normal != value.strip():
            yield scheme, normal
    for known, normal_form in _NORMAL_FORMS.items():
        normal = normal_form(text)
        if normal is not None:
            yield known, normal

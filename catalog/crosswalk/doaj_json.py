"""DOAJ's JSON: answers of the API (v1 to v4), lines of the dump, and their Elasticsearch form.

Source: portality/models/article.py, portality/models/v1/shared_structs.py and
portality/models/v2/journal.py of https://github.com/DOAJ/doaj. Older copies write `DOI` for `doi` and
carry the journal's licence.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from catalog.crosswalk import parts
from catalog.errors import RecordRejected
from catalog.normalize.dates import year_month
from catalog.normalize.names import merge_repeated
from catalog.normalize.subjects import keywords, lcc_subject
from catalog.normalize.text import plain
from catalog.record import (
    Container,
    Contributor,
    Identifier,
    Licence,
    Link,
    RawRecord,
    Record,
    Subject,
    Title,
)

_DECODER = msgspec.json.Decoder()


def read(raw: RawRecord) -> Record:
    """Read one article or journal of DOAJ; raises RecordRejected when it is not JSON or has no `bibjson`."""
    try:
        body = _DECODER.decode(raw.payload.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RecordRejected(f"not JSON: {error}") from error
    record = _object(body)
    record = _object(record.get("_source")) or record
    bibjson = _object(record.get("bibjson"))
    if not bibjson:
        raise RecordRejected("the JSON has no bibjson, which holds a DOAJ record")
    identifier = parts.doaj_identifier(_text(record.get("id")), raw.identifier)
    if "journal" not in bibjson and _is_journal(bibjson):
        return _journal(bibjson)
    return _article(bibjson, identifier)


def _is_journal(bibjson: Mapping[str, Any]) -> bool:
    """Tell a journal: v2 and later name its ISSNs outright, v1 the provider, the start of open access."""
    return not {
        "eissn",
        "pissn",
        "oa_start",
        "provider",
        "institution",
        "publication_time_weeks",
        "allows_fulltext_indexing",
    }.isdisjoint(bibjson)


def _article(bibjson: Mapping[str, Any], doaj: Identifier | None) -> Record:
    caveats: list[str] = []
    journal = _object(bibjson.get("journal"))
    declared = parts.languages(_texts(journal.get("language")))
    given = [
        (str(_text(i.get("type")) or "").lower(), _text(i.get("id")))
        for i in _objects(bibjson.get("identifier"))
    ]
    dois = [parts.doi(value, caveats) for scheme, value in given if scheme == "doi"]
    return Record(
        type="article-journal",
        title=parts.shown_title(_text(bibjson.get("title")), caveats),
        contributors=merge_repeated(_authors(bibjson, caveats)),
        issued=year_month(_text(bibjson.get("year")), _text(bibjson.get("month"))),
        container=_container(bibjson, journal, given, declared, caveats),
        publisher=plain(_text(journal.get("publisher")) or _text(bibjson.get("publisher"))),
        identifiers=tuple(dict.fromkeys(filter(None, [*dois, *_other_identifiers(given), doaj]))),
        links=parts.unique_links([*_links(bibjson), parts.doaj_page(doaj)]),
        abstract=parts.abstract(_text(bibjson.get("abstract"))),
        languages=parts.own_languages(declared),
        keywords=keywords(_texts(bibjson.get("keywords"))),
        subjects=_subjects(bibjson),
        licence=_licence(journal) or _licence(bibjson),
        caveats=tuple(caveats),
    )


def _container(
    bibjson: Mapping[str, Any],
    journal: Mapping[str, Any],
    given: Iterable[tuple[str, str | None]],
    declared: tuple[str, ...],
    caveats: list[str],
) -> Container | None:
    typed = dict(reversed([(scheme, value) for scheme, value in given if value]))
    return parts.container(
        title=_text(journal.get("title")),
        issns=parts.issns(
            caveats,
            printed=typed.get("pissn"),
            electronic=typed.get("eissn"),
            others=[*_texts(typed.get("issn")), *_texts(journal.get("issns"))],
        ),
        volume_text=_text(journal.get("volume")),
        issue_text=_text(journal.get("number")),
        # The CRUD API has the pages beside the volume, the others beside the title.
        first=_text(bibjson.get("start_page")) or _text(journal.get("start_page")),
        last=_text(bibjson.get("end_page")) or _text(journal.get("end_page")),
        languages=declared,
    )


def _other_identifiers(given: Iterable[tuple[str, str | None]]) -> Iterator[Identifier]:
    for scheme, value in given:
        text = plain(value)
        if text and scheme not in {"doi", "pissn", "eissn", "issn", ""}:
            yield Identifier(scheme=scheme, value=text)


def _authors(bibjson: Mapping[str, Any], caveats: list[str]) -> Iterator[Contributor]:
    for author in _objects(bibjson.get("author")):
        yield from parts.credited(
            _text(author.get("name")) or "",
            caveats,
            orcid=_text(author.get("orcid_id")) or _text(author.get("orcid")),
            affiliations=_texts(author.get("affiliation")),
        )


def _links(bibjson: Mapping[str, Any]) -> Iterator[Link | None]:
    for link in _objects(bibjson.get("link")):
        address, format_name = _text(link.get("url")), _text(link.get("content_type"))
        if (_text(link.get("type")) or "fulltext").lower() == "fulltext":
            yield parts.full_text(address, format_name)
        elif url := parts.web_address(address):
            yield Link(url=url, media_type=parts.media_type(format_name, url))


def _subjects(bibjson: Mapping[str, Any]) -> tuple[Subject, ...]:
    return parts.unique_subjects(
        _subject(_text(s.get("scheme")), _text(s.get("code")), _text(s.get("term")))
        for s in _objects(bibjson.get("subject"))
    )


def _subject(scheme: str | None, code: str | None, term: str | None) -> Subject | None:
    if scheme is None or scheme.upper() == "LCC":
        return lcc_subject(code, term)
    caption = plain(term)
    return Subject(term=caption, scheme=scheme.lower(), code=code) if caption or code else None


def _licence(holder: Mapping[str, Any]) -> Licence | None:
    for licence in _objects(holder.get("license")):
        label = _text(licence.get("type")) or _text(licence.get("title"))
        # A journal's `url` is its own page about licences; the label says which licence it is.
        return parts.licence(_text(licence.get("url")), label)
    return None


def _journal(bibjson: Mapping[str, Any]) -> Record:
    """Read a journal: a periodical with its ISSNs where an article has its journal's."""
    caveats: list[str] = []
    typed = {
        str(_text(i.get("type"))).lower(): _text(i.get("id")) for i in _objects(bibjson.get("identifier"))
    }
    publisher = bibjson.get("publisher")
    alternative = plain(_text(bibjson.get("alternative_title")))
    declared = parts.languages(_texts(bibjson.get("language")))
    home = parts.web_address(
        _text(_object(bibjson.get("ref")).get("journal")) or _first_link(bibjson, "homepage")
    )
    return Record(
        type="periodical",
        title=parts.shown_title(_text(bibjson.get("title")), caveats),
        other_titles=(Title(text=alternative),) if alternative else (),
        container=parts.container(
            issns=parts.issns(
                caveats,
                printed=_text(bibjson.get("pissn")) or typed.get("pissn"),
                electronic=_text(bibjson.get("eissn")) or typed.get("eissn"),
            ),
        ),
        publisher=plain(_text(_object(publisher).get("name")) or _text(publisher)),
        links=(Link(url=home),) if home else (),
        languages=declared,
        keywords=keywords(_texts(bibjson.get("keywords"))),
        subjects=_subjects(bibjson),
        licence=_licence(bibjson),
        caveats=tuple(caveats),
    )


def _first_link(bibjson: Mapping[str, Any], kind: str) -> str | None:
    return next(
        (_text(link.get("url")) for link in _objects(bibjson.get("link")) if link.get("type") == kind), None
    )


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Mapping[str, Any]]:
    """Return the objects of a list, or the object that stands where a list was meant."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def _text(value: object) -> str | None:
    """Return a string, or the number that a publisher's upload made of it; None for what is empty."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value.strip() else None


def _texts(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [text for item in items if (text := _text(item))]

"""COinS: a record as an OpenURL ContextObject in the title of a `<span class="Z3988">`.

https://archive.org/details/ocoins and the KEV matrices of ANSI/NISO Z39.88-2004; how it is read: `openurl.js`
of https://github.com/zotero/utilities and `COinS.js` of https://github.com/zotero/translators.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from catalog.export import facts
from catalog.export.pages import page_total
from catalog.export.plain import clean
from catalog.record import Contributor, Record
from web.embedded.dates import written
from web.embedded.kinds import Kind, kind_of
from web.links import web_address


def coins(record: Record) -> str:
    """Return the value of the title attribute, still to be escaped for HTML."""
    kind = kind_of(record)
    pairs = (
        ("url_ver", "Z39.88-2004"),
        ("ctx_ver", "Z39.88-2004"),
        ("rfr_id", "info:sid/peerlit"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{kind.openurl}"),
        *_identifiers(record),
        *_referent(record, kind),
    )
    # A plus would be read as a blank, and an equals sign as the end of the value.
    return "&".join(
        f"{name}={quote(text, safe='')}" for name, value in pairs if value and (text := clean(value))
    )


def _identifiers(record: Record) -> Iterator[tuple[str, str | None]]:
    doi = facts.doi(record)
    if doi:
        yield "rft_id", f"info:doi/{doi}"
    pmid = record.identifier("pmid")
    if pmid:
        yield "rft_id", f"info:pmid/{pmid}"
    address = facts.address(record)
    yield "rft_id", web_address(address) if address else None


def _referent(record: Record, kind: Kind) -> Iterator[tuple[str, str | None]]:
    for name, value in (
        *_titles(record, kind),
        *_people(record),
        ("date", written(record.issued)),
        *_whereabouts(record),
        ("publisher", record.publisher),
        ("place", record.place),
        ("edition", record.edition),
        ("series", record.series[0].title if record.series else None),
        ("tpages", page_total(record.extent)),
        ("language", record.languages[0] if record.languages else None),
    ):
        yield f"rft.{name}", value


def _titles(record: Record, kind: Kind) -> Iterator[tuple[str, str | None]]:
    whole = facts.place(record).title
    match kind.openurl:
        case "journal":
            yield from (("genre", kind.genre), ("atitle", record.title), ("jtitle", whole))
        case "book" if kind.genre in ("bookitem", "proceeding"):
            yield from (("genre", kind.genre), ("atitle", record.title), ("btitle", whole))
        case "book":
            yield from (
                ("genre", kind.genre),
                ("title" if kind.genre == "document" else "btitle", record.title),
            )
        case "dissertation":
            yield from (("title", record.title), ("inst", record.publisher))
        case "dc":
            yield from (("type", kind.genre), ("title", record.title), ("source", whole))


def _people(record: Record) -> Iterator[tuple[str, str | None]]:
    authors, editors = facts.people(record)
    people: Sequence[Contributor] = authors or editors
    if people and people[0].kind == "person" and people[0].family and people[0].given:
        yield from (("aulast", people[0].family), ("aufirst", people[0].given))
    for person in people:
        yield "au", _name(person)


def _name(person: Contributor) -> str:
    """Return `Family, Given`; a comma behind a body's name keeps its last word from being its family name.

    Not `aucorp`: that has no place in the order of authors.
    """
    if person.kind == "person":
        return facts.inverted(person)
    return f"{clean(person.literal)},"


def _whereabouts(record: Record) -> Iterator[tuple[str, str | None]]:
    place = facts.place(record)
    first, last = facts.page_ends(record)
    yield from (
        ("volume", place.volume),
        ("issue", place.issue),
        ("pages", facts.page_range(record)),
        ("spage", first),
        ("epage", last),
        ("artnum", place.article_number),
    )
    names = ("issn", "eissn")
    yield from zip(names, facts.issns(record), strict=False)
    yield from (("isbn", isbn) for isbn in facts.isbns(record)[:1])

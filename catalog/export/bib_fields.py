"""Values that BibTeX and BibLaTeX entries share, escaped for the letters they keep."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from catalog.codes import table
from catalog.export import Options
from catalog.export.capitals import title as capitals
from catalog.export.latex import Letters, clean, text
from catalog.normalize.languages import babel, name
from catalog.record import Contributor, Link, Record

_EDITION: Final = re.compile(
    r"^\[?(\d+)\s*(?:st|nd|rd|th|\.|ª|º|a|e|ème|er|re)*\s*(?:rev\w*\.?\s*)?"
    r"(?:ed|edn|edition|aufl|auflage|éd|édition|edición|edição|edizione|uitg|utg|udg|wyd|vyd|izd|изд)?\.?\]?$",
    re.IGNORECASE,
)
_EDITION_WORD: Final = re.compile(r"[\s,]*\b(?:ed|edn|edition)\.?$", re.IGNORECASE)
_URL_SAFE: Final = "!#$%&'()*+,-./:;=?@_~[]"
_VERBATIM: Final = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", "\u00a0": "%20"})
_AND: Final = re.compile(r"\band\b|^others$", re.IGNORECASE)
_SORT_LETTERS: Final = re.compile(r"[^A-Za-z0-9]+")
_SORT_WORDS: Final = 4


def escaped(value: str | None, letters: Letters) -> str | None:
    """Return a text field's value, None for none."""
    return text(value, letters) if value else None


def people(record: Record) -> tuple[list[Contributor], list[Contributor]]:
    """Return who wrote it and who edited it, in the source's order.

    Where nobody is called author, those whose work it is stand for one: composer, director, artist.
    """
    roles = table("bibtex")
    authors = [c for c in record.contributors if c.role == "author"]
    editors = [c for c in record.contributors if c.role in roles["editing_roles"]]
    if not authors:
        authors = [c for c in record.contributors if c.role in roles["principal_roles"]]
    return authors, editors


def in_reading_order(contributor: Contributor) -> str:
    """Return a name as it stands in a sentence."""
    parts = (contributor.given, contributor.family, contributor.suffix)
    return " ".join(part for part in parts if part) if contributor.family else contributor.literal


def main_title(record: Record, letters: Letters, *, whole: bool) -> str | None:
    """Return the title, its capitals protected as its language asks."""
    if not record.title:
        return None
    return capitals(record.title, letters, english=_is_english(record), whole=whole)


def _is_english(record: Record) -> bool:
    """Tell whether English rules for capitals apply; an unknown language is taken for English.

    The article's own language decides, else those the journal declares, where English may be one of many.
    """
    if record.languages:
        return record.languages[0].split("-")[0] == "en"
    declared = record.container.languages if record.container else ()
    return not declared or any(code.split("-")[0] == "en" for code in declared)


def language_of(record: Record) -> tuple[str | None, str | None]:
    """Return babel's name of the record's language and a readable one."""
    if not record.languages:
        return None, None
    code = record.languages[0]
    return babel(code), name(code)


def literal_list(value: str | None, letters: Letters) -> str | None:
    """Return what BibLaTeX takes for a list: `Dordrecht and Boston`, an `and` inside a name braced."""
    parts = [escaped(part, letters) for part in (value or "").split("; ")]
    return " and ".join(f"{{{part}}}" if _AND.search(part) else part for part in parts if part) or None


def keywords(record: Record, options: Options, letters: Letters, *, braces: bool) -> str | None:
    """Return the keywords joined by commas; one with a comma inside is braced, or gets a semicolon."""
    written: dict[str, str] = {}
    for word in _keywords(record, options):
        spelled = text(word, letters)
        if "," in spelled:
            spelled = f"{{{spelled}}}" if braces else ";".join(part.rstrip() for part in spelled.split(","))
        if spelled:
            written.setdefault(clean(word).casefold(), spelled)
    return ", ".join(written.values()) or None


def _keywords(record: Record, options: Options) -> Iterator[str]:
    yield from record.keywords
    if options.subjects:
        for subject in record.subjects:
            label = subject.term or subject.code
            if label:
                yield f"{subject.scheme.upper()}: {label}" if subject.scheme else label


def verbatim(value: str | None) -> str | None:
    """Return an identifier as it is; a brace or a backslash would end the field elsewhere, and is encoded."""
    return "".join(clean(value).split()).translate(_VERBATIM) if value else None


def doi(record: Record) -> str | None:
    """Return the bare DOI verbatim: `_ % # < >` are what the `doi` field of every style expects."""
    return verbatim(record.identifier("doi"))


def url(record: Record, options: Options) -> str | None:
    """Return the address, percent-encoded to ASCII: the full text's first, the source's own page last.

    A blurb, a table of contents or the author's portrait is not where the work is: what is merely related is
    left out, and a picture, most often of the cover, comes last.
    """
    if options.url == "never" or (options.url == "fallback" and record.identifier("doi")):
        return None
    own = (link for link in record.links if link.kind != "related")
    link = min(own, key=_rank, default=None)
    return quote(clean(link.url), safe=_URL_SAFE, errors="replace") if link else None


def _rank(link: Link) -> tuple[bool, int]:
    picture = link.media_type is not None and link.media_type.startswith("image/")
    return picture, ("fulltext", "other", "record").index(link.kind)


def edition(record: Record, letters: Letters, *, number: bool) -> str | None:
    """Return the edition as styles complete it ("2nd" edition), or its `number` alone for BibLaTeX."""
    if not record.edition:
        return None
    found = _EDITION.match(record.edition.strip())
    if found is None:
        return escaped(_EDITION_WORD.sub("", record.edition.strip()) or record.edition, letters)
    return found[1] if number else _ordinal(int(found[1]))


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def issns(record: Record) -> list[str]:
    """Return the ISSNs, the printed issue's first."""
    found = (
        sorted(record.container.issns, key=lambda issn: issn.medium != "print") if record.container else []
    )
    listed = [issn.value for issn in found]
    own = [i.value for i in record.identifiers if i.scheme == "issn"]
    series = [s.issn for s in record.series if s.issn] if not listed and not own else []
    return [value for value in map(verbatim, dict.fromkeys(listed + own + series)) if value]


def isbn(record: Record) -> str | None:
    """Return the first ISBN, the resource's own before its book's."""
    own = record.identifier("isbn")
    return verbatim(own or next(iter(record.container.isbns if record.container else ()), None))


def sort_key(record: Record, citation_key: str) -> str:
    """Return what a style sorts and labels by where nobody is named: the title's first words."""
    decomposed = unicodedata.normalize("NFKD", record.title or "").encode("ascii", "ignore").decode()
    words = _SORT_LETTERS.sub(" ", decomposed).split()[:_SORT_WORDS]
    return " ".join(words) or citation_key

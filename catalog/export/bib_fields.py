"""Values that BibTeX and BibLaTeX entries share, escaped for the letters they keep."""

import re
import unicodedata
from typing import Final

from catalog.export import Options, facts
from catalog.export.capitals import title as capitals
from catalog.export.latex import Letters, text
from catalog.export.plain import clean
from catalog.normalize.languages import babel, name
from catalog.record import Record

_VERBATIM: Final = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", "\u00a0": "%20"})
_AND: Final = re.compile(r"\band\b|^others$", re.IGNORECASE)
_SORT_LETTERS: Final = re.compile(r"[^A-Za-z0-9]+")
_SORT_WORDS: Final = 4


def escaped(value: str | None, letters: Letters) -> str | None:
    """Return a text field's value, None for none."""
    return text(value, letters) if value else None


def main_title(record: Record, letters: Letters, *, whole: bool) -> str | None:
    """Return the title, its capitals protected as its language asks."""
    if not record.title:
        return None
    return capitals(record.title, letters, english=facts.is_english(record), whole=whole)


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
    written: list[str] = []
    for word in facts.keywords(record, options._replace(batch_as="keyword")):
        spelled = text(word, letters)
        if "," in spelled:
            spelled = f"{{{spelled}}}" if braces else ";".join(part.rstrip() for part in spelled.split(","))
        written.append(spelled)
    return ", ".join(filter(None, written)) or None


def verbatim(value: str | None) -> str | None:
    """Return an identifier as it is; a brace or a backslash would end the field elsewhere, and is encoded."""
    return "".join(clean(value).split()).translate(_VERBATIM) if value else None


def doi(record: Record) -> str | None:
    """Return the bare DOI verbatim: `_ % # < >` are what the `doi` field of every style expects."""
    return verbatim(record.identifier("doi"))


def url(record: Record, options: Options) -> str | None:
    """Return the address where the options want one; styles print it beside the DOI."""
    if options.url == "never" or (options.url == "fallback" and record.identifier("doi")):
        return None
    return facts.address(record)


def edition(record: Record, letters: Letters, *, number: bool) -> str | None:
    """Return the edition as styles complete it ("2nd" edition), or its `number` alone for BibLaTeX."""
    if not record.edition:
        return None
    found, words = facts.edition(record.edition)
    if found is None:
        return escaped(words, letters)
    return str(found) if number else _ordinal(found)


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def issns(record: Record) -> list[str]:
    """Return the ISSNs, the printed issue's first."""
    return [value for value in map(verbatim, facts.issns(record)) if value]


def isbn(record: Record) -> str | None:
    """Return the first ISBN, the resource's own before its book's."""
    return verbatim(next(iter(facts.isbns(record)), None))


def sort_key(record: Record, citation_key: str) -> str:
    """Return what a style sorts and labels by where nobody is named: the title's first words."""
    decomposed = unicodedata.normalize("NFKD", record.title or "").encode("ascii", "ignore").decode()
    words = _SORT_LETTERS.sub(" ", decomposed).split()[:_SORT_WORDS]
    return " ".join(words) or citation_key

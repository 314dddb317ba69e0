"""DOIs as sources write them: labels, addresses, proxies, escapes, stray punctuation.

Syntax: DOI Handbook 2.2 (doi.org/doi-handbook); the suffix may hold any graphic character, so what ends a
DOI in running text is a judgement. SICI suffixes with `<`, `>`, `;` and brackets are still in use.
"""

import re
from typing import Final
from urllib.parse import unquote

from catalog.normalize.text import plain

_START: Final = re.compile(r"(?<![\d.])10\.[0-9]{4,9}(?:\.[0-9]+)*/")
_CLEAN: Final = re.compile(r"10\.[0-9]{4,9}/[a-z0-9]+(?:[._/-][a-z0-9]+)*")
_SETTLED: Final = re.compile(r"[!-%'-;=?-~]*")
_LABEL: Final = re.compile(
    r"(?:[\s\"'“”‘’<>()\[\]{}:;=/.,|#-]|https?|www|dx|doi|org|info|urn|hdl|crossref"
    r"|digital object identifier)*",
    re.IGNORECASE,
)
_IN_ADDRESS: Final = re.compile(r"(?:https?:/+|www\.|\bdoi\.org/)\S*$", re.IGNORECASE)
_RESOLVER: Final = re.compile(r"\bdoi[.-]org\b", re.IGNORECASE)
# What publishers' sites put behind a DOI in an address: a view of the article, not a part of its name.
_VIEW: Final = re.compile(
    r"(?:/(?:full|abstract|abs|pdf|epdf|pdfdirect|html|xml|epub|meta|summary|fulltext|full-text|references"
    r"|citedby|tables|figures|metrics|download|issuetoc|suppl_file/\S*)|\.(?:full|pdf|html?|xml|epub)|/)+$",
    re.IGNORECASE,
)
_PREPRINT_VIEW: Final = re.compile(r"(?<=\d)v\d+$")  # bioRxiv and medRxiv: version of the page
_NEXT: Final = re.compile(r"[,;|]+(?=10\.[0-9]{4}|https?:|doi:)", re.IGNORECASE)
_LONGEST_ADDRESS: Final = 2000
_LONGEST_NAME: Final = 1000
_PERCENT: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_ESCAPED_PERCENT: Final = re.compile(r"%(?:25)+(?=[0-9A-Fa-f]{2})")
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"))
_ASCII_LOWER: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_QUOTES: Final = '"“”„«»`'
_TAIL: Final = ".,;:!?*'‘’…·•|\\" + _QUOTES
_CLOSING: Final = {")": "(", "]": "[", "}": "{", ">": "<"}
# Blanks after these cannot end a DOI, so a line was broken there.
_BROKEN_LINE: Final = re.compile(r"(?<=[/_(<-])\s+|(?<=^10\.)\s+|(?<=\d)\s+(?=/)")
_ANOTHER: Final = re.compile(r"[(\[{]|10\.[0-9]{4}|https?:|doi\b", re.IGNORECASE)


def doi(value: str | None) -> str | None:
    """Return a DOI in lower case without label or address, or None where the value does not name one.

    Percent escapes and entities are decoded, dashes made hyphens, unbalanced closing brackets and closing
    punctuation dropped. A doubled slash stays: `10.1037//0022-006X` is registered so. A blank inside
    is closed up only after a sign that cannot end a DOI; otherwise the value is refused. Any address
    that holds a DOI counts, less the view of the article (`/full`, `.pdf`) and the query.
    """
    if not value or "10" not in value:
        return None
    if _CLEAN.fullmatch(value):
        return value
    text = _decoded(value)
    match = _START.search(text) or _START.search(text := _BROKEN_LINE.sub("", text))
    if match is None:
        return None
    if not _LABEL.fullmatch(text[: match.start()]) and not _IN_ADDRESS.search(_before(text, match)):
        return None
    name = _suffixed(text, match, whole=True)
    # Closing up a broken line can make a tag or an accented letter of what was none.
    return doi(name) if name is not None and name != value and not _SETTLED.fullmatch(name) else name


def doi_in(text: str | None) -> str | None:
    """Return the first DOI inside running text or an address, in the form of `doi`."""
    if not text or "10" not in text:
        return None
    decoded = _decoded(text)
    found = (_suffixed(decoded, match, whole=False) for match in _START.finditer(decoded))
    return next((name for name in found if name), None)


def _decoded(value: str) -> str:
    text = plain(value) or ""
    if "%" in text:
        text = unquote(_ESCAPED_PERCENT.sub("%", text)) if _PERCENT.search(text) else text
        text = plain(text) or ""
    return text if text.isascii() else text.translate(_DASHES)


def _suffixed(text: str, match: re.Match[str], *, whole: bool) -> str | None:
    """Cut the DOI that starts at a match; `whole` says that nothing but a DOI was announced."""
    before = _before(text, match)
    if whole:
        name, _, rest = _BROKEN_LINE.sub("", text[match.start() :]).partition(" ")
        if rest and not _ANOTHER.match(rest):
            return None
    else:
        name = text[match.start() : match.start() + _LONGEST_NAME].partition(" ")[0]
    name = _NEXT.split(name, maxsplit=1)[0]
    for quote in _QUOTES:
        name = name.partition(quote)[0]
    if _IN_ADDRESS.search(before):
        name = _without_query(name, in_query="?" in before)
        if not _RESOLVER.search(before):
            name = _VIEW.sub("", _trimmed(name))
            name = _PREPRINT_VIEW.sub("", name) if name.startswith("10.1101/") else name
    name = _trimmed(name)
    return name.translate(_ASCII_LOWER) if _START.match(name) and not name.endswith("/") else None


def _before(text: str, match: re.Match[str]) -> str:
    """Return the rest of the word, perhaps an address, that a match ends; bounded, for long texts."""
    return text[max(0, match.start() - _LONGEST_ADDRESS) : match.start()].rpartition(" ")[2]


def _without_query(name: str, *, in_query: bool) -> str:
    # A SICI ends in its check character, which may be "#".
    end = "#" if name.endswith(";2-#") else ""
    name = re.split("[?#&]" if in_query else "[?#]", name, maxsplit=1)[0]
    return name + end


def _trimmed(name: str) -> str:
    while name:
        last = name[-1]
        opening = _CLOSING.get(last)
        unbalanced = opening is not None and name.count(opening) < name.count(last)
        if not unbalanced and last not in _TAIL and last not in "([{<":
            break
        name = name[:-1]
    return name

"""Identifiers in their normal form, or None. One function per scheme, for values the source *says* are of it.

None of them guesses the scheme: eight digits are an ISSN, a PMID and an OCLC number alike. Check digits are
python-stdnum's, but for those of ISBN, which every book has; the patterns and what is forgiven are ours.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import mul
from typing import Final

from stdnum import issn as _issn
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2

from catalog.normalize.doi import doi, doi_in
from catalog.normalize.text import plain

__all__ = ["arxiv", "doi", "doi_in", "handle", "isbn", "issn", "lccn", "oclc", "orcid", "pmcid", "pmid"]

# Every dash for a hyphen, and the Cyrillic capital that looks like the check character.
_LOOKALIKES: Final = str.maketrans({**dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"), "Х": "X", "х": "X"})

_ISSN: Final = re.compile(r"(?<![0-9-])([0-9]{4})[ -]?([0-9]{3}[0-9Xx])(?![\w-])")
_ISBN_LABEL: Final = re.compile(r"(?:urn:)?\be?[iI]?SBN(?:[ -]?1[03])?(?![0-9])[: ]*", re.IGNORECASE)
_ISBN_LENGTHS: Final = (10, 13)
_ISBN10_WEIGHTS: Final = range(10, 1, -1)
_EAN_WEIGHTS: Final = (1, 3) * 6
_FIGURES: Final = bytes.maketrans(b"0123456789", bytes(range(10)))
_ISBN_RUN: Final = re.compile(r"[0-9][0-9Xx -]{8,}")
_ORCID: Final = re.compile(
    r"(?<![\w-])([0-9]{4})[ -]?([0-9]{4})[ -]?([0-9]{4})[ -]?([0-9]{3}[0-9Xx])(?![\w-])"
)
_PMID: Final = re.compile(
    r"(?:(?:info:pmid/|(?:pubmed|medline|pmid)(?:\s+id)?[:\s]*)"
    r"|https?://\S*?(?:pubmed|term=)\S*?[/=:])?0*([1-9][0-9]{0,8})\s*(?:\[\w+\])?/?(?:[?#]\S*)?",
    re.IGNORECASE,
)
_PMCID: Final = re.compile(
    r"(?:\S*/)?(?:pmcid[:\s]*(?:PMC[:\s]*)?|PMC[:\s-]*)0*([1-9][0-9]{0,9})(?:\.\d+)?(?:/\S*)?", re.IGNORECASE
)
_ARXIV_NEW: Final = re.compile(r"(?<![\w.])([0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5})(?:v[0-9]+)?(?![0-9])")
_ARXIV_OLD: Final = re.compile(
    r"(?<![\w-])((?:[a-z]{2,}|[a-z]+-[a-z]{2,3}))(?:\.[A-Za-z]{2}|\.[a-z]+-[a-z]+)?"
    r"/([0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3})(?:v[0-9]+)?(?![0-9])"
)
_HANDLE: Final = re.compile(
    r"(?:info:hdl/|hdl:\s*|handle:\s*|(?:https?://)?(?:hdl|www)\.handle\.net/|https?://\S*?/handle/)?"
    r"([0-9]+(?:\.[0-9A-Za-z]+)*/[^\s?#]+)(?:[?#]\S*)?",
    re.IGNORECASE,
)
_OCLC: Final = re.compile(
    r"(?:\(OCoLC\)\s*|oclc(?:\s*(?:no\.?|number|#))?[:\s]*|https?://\S*?worldcat\.org/(?:\S*/)?oclc/)?"
    r"(?:ocm|ocn|on)?0*([1-9][0-9]{0,13})/?",
    re.IGNORECASE,
)
_LCCN: Final = re.compile(r"[a-z]{0,3}[0-9]{8}|[a-z]{0,2}[0-9]{10}")
_LCCN_LABEL: Final = re.compile(
    r"https?://(?:www\.)?(?:lccn\.loc\.gov|loc\.gov/item)/|info:lccn/|\(DLC\)|lccn:?", re.IGNORECASE
)


def _tidy(value: str | None) -> str:
    text = plain(value) or ""
    return text if text.isascii() else text.translate(_LOOKALIKES)


@lru_cache(maxsize=4096)
def issn(value: str | None) -> str | None:
    """Return the first ISSN of a value as `1234-567X`; None where none has a right check digit.

    Labels and qualifiers around it are passed over. `0000-0000` computes, but is a filler.
    """
    for first, second in _ISSN.findall(_tidy(value)):
        compact = first + second.upper()
        if compact != "00000000" and _issn.is_valid(compact):
            return f"{compact[:4]}-{compact[4:]}"
    return None


def isbn(value: str | None) -> str | None:
    """Return an ISBN as 13 digits; None where the check digit is wrong.

    Labels, hyphens, and qualifiers or prices behind it are passed over.
    """
    tidy = _tidy(value)
    if "BN" in tidy.upper():
        tidy = _ISBN_LABEL.sub(" ", tidy)
    for run in _ISBN_RUN.findall(tidy):
        # Blanks may divide the groups of one number, or the number from a price or the next one.
        for text in (run, *run.split()):
            compact = text.replace(" ", "").replace("-", "")
            if len(compact) in _ISBN_LENGTHS and (found := _checked_isbn(compact)):
                return found
    return None


def _checked_isbn(compact: str) -> str | None:
    """Return 13 digits for 10 or 13 characters (ISO 2108) whose check digit is right."""
    digits, check = compact[:-1], compact[-1]
    if not digits.isdecimal() or not digits.strip("0"):
        return None
    if len(compact) == _ISBN_LENGTHS[1]:
        return compact if digits.startswith(("978", "979")) and check == _ean_check(digits) else None
    # The weighted sum is a multiple of 11 with the check digit, of weight 1, in it.
    if check.upper() != "0123456789X"[-_weighted(digits, _ISBN10_WEIGHTS) % 11]:
        return None
    return f"978{digits}{_ean_check(f'978{digits}')}"


def _ean_check(digits: str) -> str:
    return str(-_weighted(digits, _EAN_WEIGHTS) % 10)


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(map(mul, digits.encode().translate(_FIGURES), weights))


@lru_cache(maxsize=4096)
def orcid(value: str | None) -> str | None:
    """Return an ORCID iD as `0000-0002-1825-0097`, check character by ISO 7064 MOD 11-2."""
    match = _ORCID.search(_tidy(value))
    if match is None:
        return None
    compact = "".join(match.groups()).upper()
    try:
        mod_11_2.validate(compact)
    except ValidationError:
        return None
    # ORCID's block of the ISNI range begins far above; the low numbers are fillers.
    return None if compact.startswith("00000000") else "-".join(re.findall("....", compact))


def pmid(value: str | None) -> str | None:
    """Return a PubMed number as digits without leading zeros."""
    match = _PMID.fullmatch(_tidy(value))
    return match[1] if match else None


def pmcid(value: str | None) -> str | None:
    """Return a PubMed Central number as `PMC` and digits, without a version; bare digits are not one."""
    match = _PMCID.fullmatch(_tidy(value))
    return f"PMC{match[1]}" if match else None


def arxiv(value: str | None) -> str | None:
    """Return an arXiv number without label, subject class and version: `2101.00001`, `math/0309136`.

    The version is dropped because it is the same work (info.arxiv.org/help/arxiv_identifier.html).
    """
    text = _tidy(value)
    new = _ARXIV_NEW.search(text) or _ARXIV_NEW.search(re.sub(r"(?i)10\.48550/arxiv\.", " ", text))
    if new is not None:
        return new[1]
    old = _ARXIV_OLD.search(text)
    return f"{old[1]}/{old[2]}" if old else None


def handle(value: str | None) -> str | None:
    """Return a handle as `prefix/name`, from `hdl:`, a resolver's or a repository's address, or bare."""
    match = _HANDLE.fullmatch(_tidy(value))
    name = match[1].rstrip(".,;/") if match else ""
    return name if _HANDLE.fullmatch(name) else None


def oclc(value: str | None) -> str | None:
    """Return an OCLC number as digits, without `(OCoLC)`, `ocm`, `ocn`, `on` and leading zeros."""
    match = _OCLC.fullmatch(_tidy(value))
    return match[1] if match else None


def lccn(value: str | None) -> str | None:
    """Return a Library of Congress control number as loc.gov/marc/lccn-namespace.html normalises it."""
    tidy = _tidy(value)
    text = tidy.replace(" ", "").lower()
    if _LCCN.fullmatch(text):
        return text
    text = _LCCN_LABEL.sub("", tidy).replace(" ", "").lower().partition("/")[0]
    prefix, hyphen, serial = text.partition("-")
    if hyphen:
        text = prefix + serial.zfill(6)
    return text if _LCCN.fullmatch(text) else None

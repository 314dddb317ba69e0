"""What a heading says a name did: its relator codes and terms, else the statement of responsibility."""

import re
from functools import cache, lru_cache
from sys import intern
from typing import NamedTuple
from unicodedata import combining, normalize

from catalog.codes import table
from catalog.crosswalk.marc.fields import MarcField

_SPLIT = re.compile(r"\s*(?:[,;/&+]|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*")
_CLAUSE = re.compile(r"\s*;\s*")
_WORD = re.compile(r"\w+")
_AND_OTHERS = re.compile(
    r"\bet al\b|\bu\.\s?a\b|\band others\b|\bet autres\b|\by otros\b|\bund andere\b|\bи др\b"
)
_GIVEN_NAMES = re.compile(r"(?!.*\b(?:by|par|por)\b)\W*(?:[\w.'’-]+ ){0,2}$")
_GENDER = re.compile(r"[/*:_(](?:in|r|n|e)$")


@cache
def _relators() -> tuple[dict[str, str], dict[str, str]]:
    """Return roles by code, and roles by the terms cataloguers write."""
    relators = table("relators")
    # Interned, as the encoder leaves out a default only when it is the very same string.
    csl = {term: intern(role) for term, role in relators["csl"].items()}
    codes = {code: csl.get(term, term) for code, term in relators["codes"].items()}
    terms = {_tidy(term): csl.get(term, term) for term in (*relators["codes"].values(), *csl)}
    terms |= {_tidy(written): csl.get(term, term) for written, term in relators["terms"].items()}
    return codes, terms


def roles(field: MarcField, term_codes: str = "e") -> tuple[str, ...]:
    """Return the roles a heading gives, each once: from $4 (a code or its address), then from the terms.

    `term_codes` are the subfields holding terms: $e, for meetings $j. Beside a code a term that the table
    does not know says the same in another language: `$eKünstler$4art`.
    """
    found: list[str] = []
    coded = False
    for code, value in field.subfields:
        if code == "4":
            role = _of_code(value)
            coded = coded or bool(role)
            found.extend(role)
        elif code in term_codes:
            found.extend(_of_term(value))
    if coded and len(found) > 1:
        found = [role for role in found if role in _known_roles()]
    return tuple(dict.fromkeys(found)) if found else ()


@cache
def _known_roles() -> frozenset[str]:
    codes, terms = _relators()
    return frozenset((*codes.values(), *terms.values()))


@lru_cache(maxsize=2048)
def _of_code(value: str) -> tuple[str, ...]:
    role = _relators()[0].get(value.strip(" .,;/").lower().rsplit("/", 1)[-1])
    return (role,) if role else ()


@lru_cache(maxsize=2048)
def _of_term(value: str) -> tuple[str, ...]:
    _, terms = _relators()
    whole = _tidy(value)
    if whole in terms:
        return (terms[whole],)
    parts = [_tidy(part) for part in _SPLIT.split(whole)]
    if len(parts) > 1 and all(part in terms for part in parts):
        return tuple(terms[part] for part in parts)
    return (whole,) if whole else ()


def _tidy(term: str) -> str:
    term = normalize("NFC", term.strip(" .,;:[]()").lower())
    # Gender in German and French terms is written Verfasser/in, VerfasserIn, auteur(e), Mitwirkende/r.
    return _GENDER.sub("", term)


class _Phrases(NamedTuple):
    words: frozenset[str]
    pattern: re.Pattern[str]
    before: dict[str, str]
    after: dict[str, str]


@cache
def _phrases() -> _Phrases:
    listed = table("responsibility")
    before = {
        _folded(phrase): intern(role) for role, phrases in listed["before"].items() for phrase in phrases
    }
    after = {_folded(phrase): intern(role) for role, phrases in listed["after"].items() for phrase in phrases}
    longest_first = sorted(before | after, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])")
    words = frozenset(word[0] for phrase in longest_first if (word := _WORD.search(phrase)))
    return _Phrases(words, pattern, before, after)


class Statement:
    """A statement of responsibility, asked what each of the names in it did."""

    def __bool__(self) -> bool:
        """Tell whether anything is stated."""
        return self._clauses != [""]

    def __init__(self, text: str) -> None:
        """Split the statement into its clauses, which ISBD divides by semicolons."""
        lowered = _folded(text).replace("[", "").replace("]", "")
        self._clauses = _CLAUSE.split(lowered)
        self._speaks = not _phrases().words.isdisjoint(_WORD.findall(lowered))

    def role_of(self, name: str) -> str | None:
        """Return the role of a name (its family name will do), or None when it does not occur.

        The last phrase before the name speaks of it, unless the first one after it can only mean the
        names before (`Joan D. Atwood, editor`).
        """
        name = _folded(name)
        for number, clause in enumerate(self._clauses):
            at = _position(name, clause)
            if at is not None:
                # A further clause tells another function: `; consultant, Jo Day` says no more than that.
                otherwise = "author" if number == 0 or _GIVEN_NAMES.match(clause[:at]) else "contributor"
                return _role_in(clause, at, at + len(name), otherwise) if self._speaks else otherwise
        return None

    def role_of_others(self) -> str | None:
        """Return the role of those it leaves unnamed (`Joseph Murphy ... [et al.]`), None if it names all."""
        for clause in self._clauses:
            if found := _AND_OTHERS.search(clause):
                return _role_in(clause, found.start(), found.end(), "author")
        return None


def _folded(text: str) -> str:
    """Fold case and accents: a heading writes Frecaut, its title page Frécaut."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    return "".join(c for c in normalize("NFD", lowered) if not combining(c))


def _position(name: str, clause: str) -> int | None:
    at = clause.find(name)
    while at >= 0:
        before, after = clause[at - 1 : at], clause[at + len(name) : at + len(name) + 1]
        if not before.isalnum() and not after.isalnum():
            return at
        at = clause.find(name, at + 1)
    return None


def _role_in(clause: str, start: int, end: int, otherwise: str) -> str:
    _, pattern, before, after = _phrases()
    ahead = ""
    for match in pattern.finditer(clause):
        phrase, at, stop = match[0], match.start(), match.end()
        trails = phrase in after and clause[:at].rstrip(" ").endswith((",", ")", "("))
        if stop <= start:
            ahead = "" if trails else before.get(phrase) or ahead
        elif at >= end and trails and not ahead:
            return after[phrase]
    return ahead or otherwise

"""Citation keys: `mirbahaeddin2024transcending`, from family name, year and first significant word.

Small letters a-z and digits alone: BibTeX compares keys without regard to case, and anything else has broken
someone's `.tex` (https://github.com/retorquere/zotero-better-bibtex/issues/2720, 979, 2361). Making them
unique and keeping them is the catalogue's part.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from catalog.normalize.family_names import family_guess, is_others
from catalog.record import Contributor, Record

_CODES: Final = Path(__file__).with_name("codes")
_LONGEST: Final = 32  # letters of one part: some sources cram all authors into one name
_TWO_WORDS: Final = 24  # letters of a body's first two words; the second is left out beyond
_TAIL: Final = 8  # letters of a record's key

_APOSTROPHES: Final = dict.fromkeys(map(ord, "’ʼ‘`´ʻ"), "'")
_JOINING: Final = dict.fromkeys(map(ord, "-‐‑‒()[]"))  # self-help, (un)seen
_MARKS: Final = _APOSTROPHES | _JOINING
_NO_WORD: Final = re.compile(r"[^a-z0-9']+")
_NO_LETTER: Final = re.compile(r"[^a-z0-9]+")
_NO_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_HANGUL: Final = re.compile("[가-힣]")
_QUALIFIER: Final = re.compile(r"\([^)]*\)")  # LearningExpress (Organization)
_ACRONYM: Final = re.compile(r"\(([A-Z][A-Z0-9]{1,7})\)")
# WHO Working Group on Mental Health; no numeral (XVII Congreso), nor a name that is all in capitals.
_LEADING_ACRONYM: Final = re.compile(r"(?:The )?(?![IVXLC]+\b)([A-Z]{3,7})\b(?=.*[a-z]{2})")


def _letters() -> dict[int, str]:
    tables = tomllib.loads((_CODES / "transliteration.toml").read_text(encoding="utf-8"))
    return {
        ord(letter): ascii_letters for table in tables.values() for letter, ascii_letters in table.items()
    }


def _words_of_no_meaning() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lists = tomllib.loads((_CODES / "stop_words.toml").read_text(encoding="utf-8"))
    elided, generic = frozenset(lists.pop("elided")), frozenset(lists.pop("generic"))
    return frozenset(word for words in lists.values() for word in words), generic, elided


_LETTERS: Final = _letters()
_STOP_WORDS, _GENERIC, _ELIDED = _words_of_no_meaning()


def citation_key(record: Record, *, record_key: str) -> str:
    """Return the citation key a record would have if it were alone.

    Without an author two words of the title serve, without a date `nd`. Where the scripts leave no letter (a
    title in Chinese by authors in Chinese), the end of the DOI, else the source and the end of the record's
    key.
    """
    date = record.issued
    year = "nd" if date is None or date.year is None else str(abs(date.year))
    title = _title_words(record)
    first = next(title, "")
    name = _name(record.contributors)
    if name:
        return f"{name}{year}{first}"
    if first:
        return f"{first}{year}{next(title, '')}"
    return _from_identifiers(record, record_key)


def first_free(base: str, taken: Callable[[str], bool]) -> str:
    """Return the key itself when it is free, else with a suffix a … z, aa ….

    The suffix is looked for by doubling and halving: the ten-thousandth asks `taken` some thirty times.
    """
    if not taken(base):
        return base
    used, free = 0, 1
    while taken(base + suffix(free)):
        used, free = free, free * 2
    while free - used > 1:
        middle = (used + free) // 2
        if taken(base + suffix(middle)):
            used = middle
        else:
            free = middle
    return base + suffix(free)


def suffix(number: int) -> str:
    """Return the suffix of that number, counted from 1: a … z, aa … zz, aaa …."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


@lru_cache(maxsize=16384)
def transliterate(text: str) -> str:
    """Return what is left of a text in small letters a-z, digits and ASCII signs."""
    lower = text.lower()
    if lower.isascii():
        return lower
    # Letters before accents: й is и with a breve to Unicode, and a letter of its own to its readers.
    lower = _HANGUL.sub(_syllable, unicodedata.normalize("NFC", lower)).translate(_LETTERS)
    if lower.isascii():
        return lower
    lower = unicodedata.normalize("NFKD", lower).lower().translate(_LETTERS)
    return _NO_ASCII.sub(_blank_or_nothing, lower)


def _syllable(match: re.Match[str]) -> str:
    # The names of these 11,172 are their transliteration.
    return unicodedata.name(match[0]).removeprefix("HANGUL SYLLABLE ").lower()


def _blank_or_nothing(match: re.Match[str]) -> str:
    return "" if unicodedata.category(match[0])[0] in "LMN" else " "


def _words(text: str) -> Iterator[str]:
    """Iterate over the words of a-z and 0-9 that begin with a letter; hyphens join, elided articles go."""
    for chunk in text.split():
        if chunk.isascii() and chunk.isalpha():  # most are, and need nothing done
            yield chunk.lower()[:_LONGEST]
            continue
        for part in _NO_WORD.split(transliterate(chunk.translate(_MARKS))):
            before, apostrophe, after = part.partition("'")
            word = after if apostrophe and before in _ELIDED and after else part
            word = word.replace("'", "")[:_LONGEST]
            if word and not word[0].isdigit():
                yield word


def _significant(text: str) -> Iterator[str]:
    """Iterate over the words that are neither stop-words nor single letters; when all are, over these."""
    any_found = False
    for word in _words(text):
        if len(word) > 1 and word not in _STOP_WORDS:
            any_found = True
            yield word
    if not any_found:
        yield from _words(text)


def _title_words(record: Record) -> Iterator[str]:
    """Iterate over the words of the first title that has any in letters we can write."""
    for title in (record.title or "", *(other.text for other in record.other_titles)):
        words = _significant(title)
        first = next(words, None)
        if first is not None:
            yield first
            yield from words
            return


def _name(contributors: Sequence[Contributor]) -> str:
    """Return the first author's family name, or that of whoever stands first."""
    named = (contributor for contributor in contributors if not is_others(contributor))
    first = next(named, None)
    if first is None:
        return ""
    if first.role != "author":
        first = next((contributor for contributor in named if contributor.role == "author"), first)
    if first.kind == "person":
        return _letters_of(family_guess(first)) or _letters_of((first.vernacular or "").partition(",")[0])
    acronym = _ACRONYM.search(first.literal) or _LEADING_ACRONYM.match(first.literal)
    if acronym is not None:
        return acronym[1].lower()
    words = list(_significant(_QUALIFIER.sub("", first.literal)))
    telling = [word for word in words if word not in _GENERIC] or words
    joined = "".join(telling[:2])
    return joined if len(joined) <= _TWO_WORDS else telling[0]


def _letters_of(name: str) -> str:
    if name.isascii() and name.isalpha():
        return name.lower()[:_LONGEST]
    return _NO_LETTER.sub("", transliterate(name)).lstrip("0123456789")[:_LONGEST]


def _from_identifiers(record: Record, record_key: str) -> str:
    tail = _NO_LETTER.sub("", (record.identifier("doi") or "").lower().rpartition("/")[2])[:_LONGEST]
    if tail:
        return tail if tail[0].isalpha() else f"doi{tail}"
    source, _, rest = record_key.lower().partition("/")
    key = _NO_LETTER.sub("", source) + _NO_LETTER.sub("", rest)[-_TAIL:]
    return key if key[:1].isalpha() else f"record{key}"

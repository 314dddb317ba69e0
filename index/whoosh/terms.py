"""Terms and postings of a segment, in a form read with next to no decoding.

Whoosh's own postings are blocks of 128, each pickled and compressed, walked one posting at a time. Here a
term's documents, counts and positions are three arrays in a row. Three files a segment:

- `.trm`  sorted lines `field NUL term NUL offset documents length`, the offset and length in bytes
- `.stm`  sorted lines `stem NUL token token …`, over all text fields, so that no search stems a lexicon
- `.pst`  the arrays: unsigned 32-bit integers in this machine's byte order
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from whoosh.codec.base import FieldWriter, PerDocumentReader, Segment, TermsReader
from whoosh.fields import Schema
from whoosh.filedb.filestore import Storage

from index.stem import stem
from index.whoosh.lines import SortedLines, write_lines
from index.whoosh.runs import SegmentRun, decoded, joined

TERMS = ".trm"
STEMS = ".stm"
POSTINGS = ".pst"

_FIRST, _SECOND = itemgetter(0), itemgetter(1)
_BREAKS = str.maketrans("\0\n", "  ")


def encoded(term: str) -> bytes:
    """Return a term as the files hold it."""
    return term.translate(_BREAKS).encode("utf-8", "replace")


def encoded_number(number: int) -> bytes:
    """Return a number as a term; terms are in the order of their numbers from -2**31 on."""
    return b"%010d" % max(number + (1 << 31), 0)


class TermWriter(FieldWriter):
    """Writes the postings of a segment, which come sorted by field, term and document."""

    def __init__(self, storage: Storage, segment: Segment) -> None:
        self._terms = segment.create_file(storage, TERMS)
        self._stems = segment.create_file(storage, STEMS)
        self._postings = segment.create_file(storage, POSTINGS)
        self._offset = 0
        self.is_closed = False

    def add_postings(
        self, schema: Schema, lengths: PerDocumentReader, items: Iterable[tuple[Any, ...]]
    ) -> None:
        """Write all postings, given as (field, term, document, weight, positions)."""
        del lengths  # kept in columns, by the token
        tokens: set[bytes] = set()
        for field, of_field in groupby(items, key=_FIRST):
            is_text = schema[field].is_text
            for term, of_term in groupby(of_field, key=_SECOND):
                entry = self._add_term(list(of_term))
                self._terms.write(b"%s\0%s\0%s\n" % (field.encode(), term, entry))
                if is_text:
                    tokens.add(term)
        write_lines(self._stems, _stem_lines(tokens))

    def _add_term(self, items: list[tuple[Any, ...]]) -> bytes:
        _, _, documents, weights, values = zip(*items, strict=True)
        if all(weights):
            positions = b"".join(values)
            size = len(items)
            block = array("I", documents).tobytes() + array("I", map(int, weights)).tobytes() + positions
        else:
            run = joined(zip(documents, weights, values, strict=True))
            size, block = len(run.documents), run.encoded()
        entry = b"%d %d %d" % (self._offset, size, len(block))
        self._postings.write(block)
        self._offset += len(block)
        return entry

    def close(self) -> None:
        """Close the files."""
        for file in (self._terms, self._stems, self._postings):
            file.close()
        self.is_closed = True


def _stem_lines(tokens: Iterable[bytes]) -> list[bytes]:
    families = defaultdict(list)
    for token in tokens:
        families[stem(token.decode()).encode()].append(token)
    return sorted(b"%s\0%s" % (family, b" ".join(sorted(members))) for family, members in families.items())


class TermReader(TermsReader):
    """Reads the terms and postings of a segment."""

    def __init__(self, storage: Storage, segment: Segment) -> None:
        self._terms = SortedLines(segment.open_file(storage, TERMS))
        self._stems = SortedLines(segment.open_file(storage, STEMS))
        self._postings = segment.open_file(storage, POSTINGS)

    def run(self, field: str, term: bytes) -> SegmentRun | None:
        """Return where a term stands, None when the field does not hold it."""
        entry = self._terms.after(b"%s\0%s\0" % (field.encode(), term))
        return None if entry is None else self._read(entry)

    def runs(self) -> Iterator[tuple[str, bytes, SegmentRun]]:
        """Yield every field, term and run, in the order of the file."""
        for line in self._terms:
            field, term, entry = line.split(b"\0")
            yield field.decode(), term, self._read(entry)

    def tokens(self, of_stem: str) -> list[str]:
        """Return the tokens of all text fields that have a stem."""
        family = self._stems.after(of_stem.encode() + b"\0")
        return [] if family is None else family.decode().split(" ")

    def matching(self, field: str, pattern: str) -> list[str]:
        """Return the terms of a field that fit a pattern of `*` (any characters) and `?` (any one)."""
        head = b"%s\0%s" % (field.encode(), encoded(re.split(r"[*?]", pattern, maxsplit=1)[0]))
        lines = self._terms.between(head, head + b"\xff").decode()
        wild = {"*": r"[^\0\n]*", "?": r"[^\0\n]"}
        body = "".join(wild.get(letter) or re.escape(letter) for letter in pattern)
        return re.findall(rf"^{field}\0({body})\0", lines, re.MULTILINE)

    def between(self, field: str, low: bytes, high: bytes) -> list[str]:
        """Return the terms of a field from low to high, both included."""
        name = field.encode() + b"\0"
        lines = self._terms.between(name + low, name + high + b"\xff").decode().splitlines()
        return [line.split("\0")[1] for line in lines]

    def _read(self, entry: bytes) -> SegmentRun:
        offset, documents, length = map(int, entry.split())
        return decoded(self._postings.get(offset, length), documents)

    def close(self) -> None:
        """Close the files."""
        for file in (self._terms, self._stems, self._postings):
            file.close()

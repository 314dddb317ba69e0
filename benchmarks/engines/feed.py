"""A catalogue to measure on, and its records as other engines are fed them: analysed and stemmed."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from catalog.record import RawRecord, Record, from_json, to_json
from catalog.store import Catalog, open_catalog
from catalog.store.crosswalks import Crosswalks
from engines.protocol import FACETS, TEXTS, VALUES
from index.analyzer import Tokens
from index.document import Document, document
from index.stem import stem

GAP = "qqgapqq"
"""Stands between two values of a field, so that no phrase runs over both."""

_stem = lru_cache(maxsize=1 << 18)(stem)
_PLAIN = re.compile(r"[a-z]{3,}")
_SAMPLE = 4_000


class Sample(NamedTuple):
    """One record's words, to make queries of: those of a value in order, by field; and its values."""

    texts: Mapping[str, Sequence[Sequence[str]]]
    values: Mapping[str, Sequence[str]]
    year: int | None


class Statistics(NamedTuple):
    """What queries are made of: in how many records each word stands, and some of the records."""

    records: int
    frequencies: Counter[str]
    samples: Sequence[Sample]


def fill(folder: Path, records: Iterable[Record]) -> None:
    """Put records into the catalogue of a folder, made there, as a harvest does."""
    crosswalks = Crosswalks(lambda raw: from_json(raw.payload), {"made": 1}, {"made": 1})
    with open_catalog(folder, mode="create", crosswalks=crosswalks) as catalog:
        numbers = count(catalog.revision() + 1)
        raws = (
            RawRecord(identifier=f"{next(numbers):08d}", format="made", payload=to_json(record))
            for record in records
        )
        catalog.receive(raws, source="made", kind="file", location="made")


def documents(catalog: Catalog) -> Iterator[tuple[Document, Record]]:
    for change in catalog.changes():
        if change.record is not None:
            made = document(
                change.key,
                change.record,
                citation_key=change.citation_key,
                sources=change.sources,
                added_at=change.added_at,
            )
            yield made, change.record


def write_feed(folder: Path, feed: Path | None, records: int) -> Statistics:
    """Write the records of a catalogue as lines of JSON, and return what queries are made of.

    Without a file to write to only some thousand records are read, and queries made of these.
    """
    frequencies: Counter[str] = Counter()
    samples: list[Sample] = []
    step = max(1, records // _SAMPLE)
    with open_catalog(folder) as catalog, (feed or Path(os.devnull)).open("w", encoding="utf-8") as lines:
        for number, (made, record) in enumerate(documents(catalog)):
            if feed is None and number >= _SAMPLE:
                break
            texts = {field: [one_each(value) for value in made.text.get(field, ())] for field in TEXTS}
            frequencies.update({word for values in texts.values() for words in values for word in words})
            if number % step == 0 or feed is None:
                samples.append(Sample(texts, made.values, next(iter(made.numbers.get("year", ())), None)))
            if feed is not None:
                lines.write(line(made, record, texts))
    return Statistics(number + 1, frequencies, samples)


def one_each(tokens: Tokens) -> list[str]:
    """Return one word for each position: other engines have no room for its other forms."""
    found: list[str] = []
    last = -1
    for word, position in zip(tokens.words, tokens.positions, strict=True):
        if position != last:
            found.append(word)
            last = position
    return found


def line(made: Document, record: Record, texts: Mapping[str, Sequence[Sequence[str]]]) -> str:
    entry = {
        "key": made.key,
        "text": {
            field: f" {GAP} ".join(" ".join(map(_stem, words)) for words in values)
            for field, values in texts.items()
            if values
        },
        "values": {field: made.values.get(field, ()) for field in VALUES},
        "facets": {facet: made.facets.get(facet, ()) for facet in FACETS},
        "year": next(iter(made.numbers.get("year", ())), None),
        "record": to_json(record).decode(),
    }
    return json.dumps(entry, ensure_ascii=False) + "\n"


def is_plain(word: str) -> bool:
    """Tell whether a word is letters alone, so that it is typed as it is indexed."""
    return _PLAIN.fullmatch(word) is not None

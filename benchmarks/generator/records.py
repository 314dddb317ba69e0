"""Records, one batch after the other; the same seed gives the same ones, however many are asked for."""

from collections.abc import Iterator
from itertools import chain, islice

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from catalog.record import Container, Contributor, Identifier, PartialDate, Record, Title
from generator.things import Authors, Journal, journals
from generator.words import Ranks, Vocabulary, phrases, zipf_steps

Reals = NDArray[np.float64]

_BATCH = 1_000
_VOCABULARY = 300_000
_JOURNALS = 4_000
_KEYWORDS = 60_000
_FIRST_YEAR, _LAST_YEAR = 1970, 2026
_HAN = "研究方法社会学生医療支援教育経済環境分析発展健康心理統計数学物理化学生物地域政策文化歴史言語"
_TYPES = ("article-journal", "book", "chapter", "thesis", "dataset")
_TYPE_SHARES = (0.93, 0.03, 0.02, 0.01, 0.01)


def generate(count: int, *, seed: int = 1) -> Iterator[Record]:
    """Yield `count` records as they are made; the first thousand of a million are those of a thousand.

    Titles have about 12 words, abstracts about 200 (15 % have none), authors 1 to 10; words, authors,
    journals, keywords and subjects follow Zipf's law.
    """
    world = _World(seed)
    batches = (world.batch(number) for number in range((count + _BATCH - 1) // _BATCH))
    return islice(chain.from_iterable(batches), count)


class _World:
    def __init__(self, seed: int) -> None:
        random = default_rng([seed, 0])
        self._seed = seed
        self._vocabulary = Vocabulary(random, _VOCABULARY)
        self._journals = journals(random, _JOURNALS)
        self._journal_steps = zipf_steps(len(self._journals), shift=20.0, exponent=0.9)
        self._keywords = phrases(self._vocabulary, random, _KEYWORDS)
        self._keyword_steps = zipf_steps(len(self._keywords), shift=30.0, exponent=0.9)
        self._authors = Authors(random)
        self._author_steps = zipf_steps(50_000, shift=200.0, exponent=0.9)

    def batch(self, number: int) -> Iterator[Record]:
        random = default_rng([self._seed, 1, number])
        topics = random.integers(0, 400, _BATCH)
        titles = self._texts(random, np.clip(random.normal(11, 4, _BATCH), 2, 30), topics)
        lengths = np.clip(random.normal(190, 65, _BATCH), 20, 500)
        lengths[random.random(_BATCH) < 0.15] = 0
        abstracts = self._texts(random, lengths, topics)
        authors = self._author_numbers(random, number)
        journals = np.searchsorted(self._journal_steps, random.random(_BATCH)).tolist()
        keywords = self._some_keywords(random)
        span = _LAST_YEAR - _FIRST_YEAR
        years = (_LAST_YEAR - np.minimum(random.exponential(9, _BATCH), span)).astype(int).tolist()
        types = random.choice(len(_TYPES), _BATCH, p=_TYPE_SHARES).tolist()
        others = (random.random(_BATCH) < 0.1).tolist()
        for place in range(_BATCH):
            ordinal = number * _BATCH + place
            journal = self._journals[journals[place]]
            yield Record(
                type=_TYPES[types[place]],
                title=titles[place].rstrip("."),
                other_titles=(Title(text=_han(ordinal), kind="vernacular"),) if ordinal % 211 == 0 else (),
                contributors=authors[place],
                issued=PartialDate(year=years[place], month=1 + ordinal % 12),
                container=_container(journal, ordinal, years[place]),
                publisher=journal.publisher,
                identifiers=(
                    Identifier(scheme="doi", value=f"10.{1000 + journals[place]}/made.up.{ordinal}"),
                ),
                abstract=abstracts[place] or None,
                languages=("en",) if others[place] else (journal.language,),
                keywords=keywords[place],
                subjects=journal.subjects,
            )

    def _texts(self, random: Generator, lengths: Reals, topics: Ranks) -> list[str]:
        counts = lengths.astype(np.int64)
        ends = np.cumsum(counts)
        total = int(ends[-1])
        ranks = self._vocabulary.draw(random, total, np.repeat(topics, counts))
        starts = np.unique((ends - counts)[counts > 0])
        words = self._vocabulary.punctuated(random, ranks, starts)
        bounds = ends.tolist()
        begin = 0
        texts = []
        for end in bounds:
            texts.append(" ".join(words[begin:end]))
            begin = end
        return texts

    def _author_numbers(self, random: Generator, number: int) -> list[tuple[Contributor, ...]]:
        counts = np.minimum(random.zipf(1.9, _BATCH) + random.integers(0, 4, _BATCH), 10)
        total = int(counts.sum())
        # Half are new or write seldom, the others are the more prolific the lower their number.
        seldom = random.integers(0, max(1, (number + 1) * _BATCH * 2), total)
        often = np.searchsorted(self._author_steps, random.random(total))
        numbers = np.where(random.random(total) < 0.5, seldom, often).tolist()
        author = self._authors.author
        made = iter([author(one) for one in numbers])
        return [tuple(islice(made, count)) for count in counts.tolist()]

    def _some_keywords(self, random: Generator) -> list[tuple[str, ...]]:
        counts = random.integers(0, 9, _BATCH)
        chosen = np.searchsorted(self._keyword_steps, random.random(int(counts.sum()))).tolist()
        words = iter([self._keywords[place] for place in chosen])
        return [tuple(dict.fromkeys(islice(words, count))) for count in counts.tolist()]


def _container(journal: Journal, ordinal: int, year: int) -> Container:
    page = 1 + ordinal * 13 % 900
    return Container(
        title=journal.title,
        issns=journal.issns,
        volume=str(year - _FIRST_YEAR + 1),
        issue=str(1 + ordinal % 6),
        first_page=str(page),
        last_page=str(page + 5 + ordinal % 17),
        languages=(journal.language,),
    )


def _han(ordinal: int) -> str:
    place = ordinal * 31 % len(_HAN)
    return (_HAN + _HAN)[place : place + 12]

"""Made-up languages: words that can be spoken, most of them rare, a few everywhere (Zipf)."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Ranks = NDArray[np.int64]

# The commonest words of English prose with how many of a thousand words they are (rounded).
FUNCTION_WORDS = {
    "the": 58, "of": 40, "and": 36, "in": 28, "to": 20, "a": 17, "for": 10, "with": 10, "was": 9, "is": 8,
    "that": 8, "were": 7, "on": 6, "by": 6, "as": 6, "this": 6, "from": 5, "are": 5, "we": 4, "an": 4,
    "be": 3, "at": 3, "or": 3, "which": 3, "these": 3, "between": 3, "study": 3, "results": 3, "has": 2,
    "not": 2, "than": 2, "have": 2, "it": 2, "their": 2, "using": 2, "been": 2, "its": 2, "may": 2,
    "also": 2, "can": 2, "both": 1, "more": 1, "among": 1, "who": 1, "after": 1, "during": 1, "our": 1,
}  # fmt: skip

# Words of several fields, and expressions that keep together: what phrases and NEAR find.
DOMAIN_WORDS = """
peer support; peers; mental health; recovery; women; clients; service users; systematic review; randomized
controlled trial; health care; primary care; nurses; patients; treatment; depression; anxiety; qualitative
study; interviews; participants; quality of life; risk factors; public health; social support; community;
homeless; substance use; peer-support; follow-up; long-term; evidence-based; students; education; teachers;
learning; libraries; information literacy; open access; policy; climate change; biodiversity; species;
water; soil; temperature; protein; gene expression; cells; cancer; tumor; mice; infection; malaria; vaccine;
COVID-19; HIV; adolescents; children; pregnancy; mortality; diabetes mellitus; obesity; exercise; machine
learning; neural networks; algorithm; optimization; simulation; energy; solar cells; carbon dioxide;
economic growth; trade; migration; gender; identity; history; language; translation; religion; philosophy;
ethics; law; human rights; democracy; surgery; pain; sleep; stress; nutrition; aging; dementia; stroke
""".replace("\n", " ")

_ONSETS = [
    *"bcdfghklmnprstvbcdfglmnprst",
    "br",
    "ch",
    "cl",
    "dr",
    "fl",
    "gr",
    "pl",
    "pr",
    "qu",
    "sh",
    "st",
    "th",
]
_VOWELS = [*"aeiouaeiouaeiou", "ai", "ea", "io", "ou"]
_CODAS = ["", "", "", "", "", "", "", "l", "m", "n", "r", "s", "t", "nt", "st"]
_ENDINGS = ("", "s", "ing", "ed", "al", "ation", "er", "ic", "ism")
_ACCENTS = str.maketrans("aeiou", "áéíöü")
_FREQUENT = 30_000


class Vocabulary:
    """Words by how common they are, with the forms they take in a sentence."""

    def __init__(self, random: Generator, size: int) -> None:
        known = [word.strip() for word in DOMAIN_WORDS.split(";")]
        invented = _invented(random, size)
        # Words of the domain stand among the first thousand, as they do in a collection on such matters.
        places = np.sort(random.choice(1_000, len(known), replace=False))
        for place, word in zip(places, known, strict=True):
            invented.insert(int(place), word)
        self.plain = [*FUNCTION_WORDS, *invented]
        weights = _zipf(len(invented), shift=12.0, exponent=1.05)
        common = np.array(list(FUNCTION_WORDS.values())) / 1_000
        self._steps = np.cumsum(np.concatenate([common, weights * (1 - common.sum())]))
        self._content_steps = np.cumsum(weights)
        first = self.plain[:_FREQUENT]
        # Texts of one word: as it is, with a comma, with a full stop, and at the beginning of a sentence.
        self.texts = np.array(
            [
                *self.plain,
                *(f"{word}," for word in first),
                *(f"{word}." for word in first),
                *(_capital(word) for word in first),
            ],
            dtype=object,
        )

    def __len__(self) -> int:
        return len(self.plain)

    def draw(self, random: Generator, count: int, topics: Ranks) -> Ranks:
        """Return the ranks of so many words; every other one with a meaning is of the text's topic."""
        ranks = np.searchsorted(self._steps, random.random(count)).astype(np.int64)
        on_topic = (random.random(count) < 0.5) & (ranks >= len(FUNCTION_WORDS))
        # A topic is a stretch of the vocabulary with a Zipf order of its own.
        own = zipfian(random, 500, count) * 7 + topics * 997
        base = len(FUNCTION_WORDS)
        ranks[on_topic] = base + own[on_topic] % (self._last_of_topics() - base)
        return np.minimum(ranks, len(self) - 1)

    def draw_content(self, random: Generator, count: int) -> Ranks:
        """Return ranks of words that carry meaning."""
        ranks = np.searchsorted(self._content_steps, random.random(count)).astype(np.int64)
        return np.minimum(ranks + len(FUNCTION_WORDS), len(self) - 1)

    def punctuated(self, random: Generator, ranks: Ranks, starts: Ranks) -> Sequence[str]:
        """Return the words as sentences: `starts` are where texts begin."""
        ends = random.random(len(ranks)) < 1 / 22
        begins = np.zeros(len(ranks), dtype=bool)
        begins[1:] = ends[:-1]
        begins[starts] = True
        ends[starts[1:] - 1] = True
        ends[-1] = True
        commas = random.random(len(ranks)) < 1 / 25
        form = np.where(ends, 2, np.where(begins, 3, np.where(commas, 1, 0)))
        form[ranks >= _FREQUENT] = 0
        offset = np.where(form == 0, 0, len(self) + (form - 1) * _FREQUENT)
        return self.texts[ranks + offset].tolist()

    def _last_of_topics(self) -> int:
        return min(len(self), 40_000)


def zipfian(random: Generator, size: int, count: int | tuple[int, int]) -> Ranks:
    """Return ranks from 0 below `size`, number n about n times as seldom as the first."""
    return (float(size) ** random.random(count)).astype(np.int64) - 1


def _zipf(size: int, *, shift: float, exponent: float) -> NDArray[np.float64]:
    """Return probabilities by Zipf and Mandelbrot's law."""
    weights = 1 / (np.arange(1, size + 1) + shift) ** exponent
    return weights / weights.sum()


def zipf_steps(size: int, *, shift: float = 3.0, exponent: float = 1.0) -> NDArray[np.float64]:
    """Return the cumulated probabilities to draw one of `size` things by, with searchsorted."""
    return np.cumsum(_zipf(size, shift=shift, exponent=exponent))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _invented(random: Generator, size: int) -> list[str]:
    """Return distinct words; most stems come in several forms, common ones and rare ones."""
    stems = list(dict.fromkeys(invent(random, size)))
    forms: dict[str, None] = {}
    wanted = random.integers(1, 5, len(stems)).tolist()
    for stem, count in zip(stems, wanted, strict=True):
        forms.update(dict.fromkeys(stem + ending for ending in _ENDINGS[:count]))
    words = list(forms)[:size]
    # Forms stay near each other in rank; a few words are accented, hyphenated or mere signs.
    order = np.argsort(np.arange(len(words)) + random.exponential(len(words) / 20, len(words)))
    words = [words[place] for place in order]
    for place in range(60, len(words), 61):
        words[place] = words[place].translate(_ACCENTS)
    for place in range(75, len(words) - 1, 53):
        words[place] = f"{words[place]}-{words[place + 1]}"
    for place in range(90, len(words), 211):
        words[place] = f"{words[place][:2].upper()}{place % 97}"
    return list(dict.fromkeys(words))


def invent(random: Generator, count: int) -> list[str]:
    """Return words of two or three syllables, the first ones the shorter, some of them more than once."""
    syllables = [onset + vowel + coda for onset in _ONSETS for vowel in _VOWELS for coda in _CODAS]
    table = np.array(syllables, dtype=object)
    chosen = table[random.integers(0, len(table), (count, 3))]
    chosen[random.random(count) > np.linspace(0.3, 0.9, count), 2] = ""
    return ["".join(parts) for parts in chosen.tolist()]


def phrases(vocabulary: Vocabulary, random: Generator, count: int) -> list[str]:
    """Return keywords: one word, or two side by side."""
    first = vocabulary.draw_content(random, count)
    second = vocabulary.draw_content(random, count)
    single = (random.random(count) < 0.4).tolist()
    plain = vocabulary.plain
    words = (
        plain[a] if alone else f"{plain[a]} {plain[b]}"
        for a, b, alone in zip(first.tolist(), second.tolist(), single, strict=True)
    )
    return list(dict.fromkeys(words))

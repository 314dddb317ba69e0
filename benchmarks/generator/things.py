"""What records share: journals, authors, subjects, keywords."""

from itertools import islice

from numpy.random import Generator

from catalog.normalize.classes import class_table
from catalog.record import Contributor, Issn, Subject
from generator.words import invent, zipfian

LANGUAGES = ("en", "es", "pt", "fr", "de", "id", "ru", "it", "tr", "zh", "fa", "pl", "ja", "ko", "ar", "uk")
LANGUAGE_SHARES = (0.72, 0.07, 0.06, 0.03, 0.02, 0.02, 0.015, 0.01, 0.01, 0.01, 0.01, 0.005, 0.005, 0.005,
                   0.005, 0.005)  # fmt: skip
_TITLES = ("Journal of {}", "{} Research", "Annals of {}", "International Journal of {}", "Revista de {}",
           "{} and {}", "BMC {}", "Acta {}", "{} Letters", "Advances in {}")  # fmt: skip
_PUBLISHERS = ("Press", "University", "Publishing Group")
_FAMILIES = 30_000
_GIVEN = 3_000


class Journal:
    """A journal with what its articles repeat."""

    __slots__ = ("issns", "language", "publisher", "subjects", "title")

    def __init__(
        self,
        title: str,
        publisher: str,
        issns: tuple[Issn, ...],
        subjects: tuple[Subject, ...],
        language: str,
    ) -> None:
        self.title = title
        self.publisher = publisher
        self.issns = issns
        self.subjects = subjects
        self.language = language


def journals(random: Generator, count: int) -> list[Journal]:
    """Return journals, each with a publisher, its ISSNs and one to three classes."""
    classes = [subject for subject in class_table().by_code.values() if len(subject.path) > 1]
    # Few classes have most journals, as in DOAJ.
    chosen = zipfian(random, len(classes), (count, 3))
    order = random.permutation(len(classes))
    names = iter(invent(random, count * 2))
    publishers = [
        f"{name.capitalize()} {_PUBLISHERS[number % len(_PUBLISHERS)]}"
        for number, name in enumerate(invent(random, 600))
    ]
    publisher = zipfian(random, len(publishers), count).tolist()
    made = []
    for number in range(count):
        title = _TITLES[number % len(_TITLES)].format(*(name.capitalize() for name in islice(names, 2)))
        places = dict.fromkeys(int(order[place]) for place in chosen[number, : 1 + number % 3])
        made.append(
            Journal(
                title,
                publishers[publisher[number]],
                tuple(
                    Issn(value=issn(2 * number + n), medium=medium)
                    for n, medium in enumerate(("print", "electronic"))
                ),
                tuple(classes[place] for place in places),
                str(random.choice(LANGUAGES, p=LANGUAGE_SHARES)),
            )
        )
    return made


def issn(number: int) -> str:
    """Return the ISSN with this number, its check digit with it (ISO 3297)."""
    digits = f"{1_000_000 + number:07d}"
    rest = -sum(int(digit) * (8 - place) for place, digit in enumerate(digits)) % 11
    return f"{digits[:4]}-{digits[4:]}{'0123456789X'[rest]}"


class Authors:
    """Any number of authors: the same number is always the same name."""

    def __init__(self, random: Generator) -> None:
        self._families = [name.capitalize() for name in invent(random, _FAMILIES)]
        self._given = [name.capitalize() for name in invent(random, _GIVEN)]

    def author(self, number: int) -> Contributor:
        # Multiplied by large primes, neighbours get names far from each other.
        family = self._families[number * 7_919 % _FAMILIES]
        given = self._given[number * 104_729 // 7 % _GIVEN]
        return Contributor(literal=f"{given} {family}", family=family, given=given)

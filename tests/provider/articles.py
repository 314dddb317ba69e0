"""Articles as DOAJ's API gives them: any number, the same for the same seed, as mixed as real ones."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

_WORDS = tuple(
    """
    peer support recovery mental health youth community nurses digital trial cohort stigma burnout telehealth
    loneliness veterans caregivers depression anxiety psychosis resilience coaching mentoring self-help family
    housing employment policy training evaluation qualitative scoping review urban rural primary school
    """.split()  # noqa: SIM905 - words are read more easily as a text
)
_FAMILY = (
    "García",
    "Müller",
    "Ólafsdóttir",
    "Nguyễn",
    "O’Brien",
    "Łukasz",
    "van der Berg",
    "Øye",
    "Ивановa",
    "王",
)
_GIVEN = (
    "Ana",
    "Jürgen",
    "Björk",
    "Thị",
    "Máire",
    "Łucja",
    "Pieter",
    "İpek",
    "Åse",
    "Ирина",
    "小明",
    "Layla",
)
_OPENINGS = (
    "Background: ",
    "<b>Objective</b> ",
    "Resumen. ",
    "p &lt; 0.05 & ",
    "",
)
_CLASSES = (
    ("Public aspects of medicine", "RA1-1270"),
    ("Psychiatry", "RC435-571"),
    ("Psychology", "BF1-990"),
    ("Nursing", "RT1-120"),
    ("Medicine (General)", "R5-920"),
    ("Social pathology. Social and public welfare. Criminology", "HV1-9960"),
    ("Special aspects of education", "LC8-6691"),
)
_FIRST = datetime(2013, 1, 1, tzinfo=UTC)
_SPAN = int(timedelta(days=365 * 12).total_seconds())


def articles(count: int, *, seed: int = 0, classes: int = len(_CLASSES)) -> list[dict[str, Any]]:
    """Return articles of journals with one or two of so many classes; dates from 2013 to 2024, some equal."""
    chance = random.Random(seed)
    journals = [_journal(chance, number, classes) for number in range(max(1, min(400, count // 20)))]
    return [_article(chance, seed, number, *chance.choice(journals)) for number in range(count)]


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def journal_class(number: int) -> dict[str, str]:
    """Return a class as `bibjson.subject` has it."""
    term, code = _CLASSES[number % len(_CLASSES)]
    return {"scheme": "LCC", "term": term, "code": code}


def _journal(chance: random.Random, number: int, classes: int) -> tuple[dict[str, Any], list[dict[str, str]]]:
    issns = [_issn(number * 2), _issn(number * 2 + 1)][: chance.choice((1, 2))]
    journal = {
        "title": f"Journal of {chance.choice(_WORDS).title()} Studies {number}",
        "publisher": chance.choice(("Invented Press", "Université d’Exemple", "Издательство Пример")),
        "country": chance.choice(("GB", "BR", "ID", "PL")),
        "language": chance.sample(("EN", "ES", "PT", "PL", "FR"), chance.choice((1, 1, 2))),
        "issns": issns,
    }
    numbers = chance.sample(range(classes), min(classes, chance.choice((1, 1, 2))))
    return journal, [journal_class(each) for each in numbers]


def _article(
    chance: random.Random, seed: int, number: int, journal: dict[str, Any], subject: list[dict[str, str]]
) -> dict[str, Any]:
    pick = chance.random
    created = int(pick() * _SPAN)
    # A tenth was touched in one re-indexing, on one second.
    updated = _SPAN if pick() < 0.1 else created + int(pick() * (_SPAN - created))
    moment = _FIRST + timedelta(seconds=created)
    words = [_WORDS[int(pick() * len(_WORDS))] for _ in range(40)]
    first = int(pick() * 900)
    bib: dict[str, Any] = {
        "title": " ".join(words[:7]).capitalize() + (": a study" if number % 3 else " & more <i>n</i> = 3"),
        "year": str(moment.year),
        "month": str(moment.month),
        "start_page": str(first),
        "end_page": str(first + 9),
        "author": [_author(pick) for _ in range(1 + int(pick() * 4))],
        "identifier": [
            {"type": ("pissn", "eissn")[i], "id": issn} for i, issn in enumerate(journal["issns"])
        ],
        "journal": {**journal, "volume": str(moment.year - 1990), "number": str(1 + moment.month // 4)},
        "link": [{"type": "fulltext", "url": f"https://example.org/a/{seed}/{number}?x=1&y=2"}],
        "subject": subject,
    }
    if number % 10:
        bib["abstract"] = _OPENINGS[number % len(_OPENINGS)] + " ".join(words)
        bib["identifier"].insert(0, {"type": "doi", "id": f"10.5555/p{seed}.{number}"})
    if number % 4:
        bib["keywords"] = words[:4]
    return {
        "id": f"{seed:08x}{number:024x}",
        "created_date": stamp(moment),
        "last_updated": stamp(_FIRST + timedelta(seconds=updated)),
        "bibjson": bib,
    }


def _author(pick: Callable[[], float]) -> dict[str, str]:
    given, family = _GIVEN[int(pick() * len(_GIVEN))], _FAMILY[int(pick() * len(_FAMILY))]
    author = {"name": f"{given} {family}"}
    if pick() < 0.3:
        author["affiliation"] = "Department of Examples, University of Nowhere"
        author["orcid_id"] = f"https://orcid.org/0000-0002-{int(pick() * 9999):04}-0000"
    return author


def _issn(number: int) -> str:
    digits = f"{9000000 + number:07}"
    check = -sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True)) % 11
    return f"{digits[:4]}-{digits[4:]}{'X' if check == 10 else check}"

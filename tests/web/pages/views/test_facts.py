"""What is known of a record, in words."""

from catalog.record import Identifier, Record, Subject
from web.pages.views.description import describe
from web.pages.views.facts import facts_of


def numbers(*identifiers: tuple[str, str]) -> list[tuple[str, str | None]]:
    record = Record(
        type="book", title="A", identifiers=tuple(Identifier(scheme=s, value=v) for s, v in identifiers)
    )
    told = {fact.label: fact.values for fact in facts_of(record)}
    return [(value.text, value.note) for value in told["Identifiers"]]


def test_numbers_of_systems_are_told_in_words_and_once() -> None:
    assert numbers(
        ("lccn", "00009914"), ("system:dlc", "00009914"), ("control", "u77"), ("system:de-101", "12")
    ) == [("00009914", "LCCN"), ("u77", "control number"), ("12", "number at DE-101")]


def test_vocabularies_are_called_by_their_names() -> None:
    schemes = ("gnd", "njb/9", "rumorkp", None)
    record = Record(type="book", title="A", subjects=tuple(Subject(term="x", scheme=s) for s in schemes))
    assert [heading.note for heading in describe(record).subjects] == [
        "GND", "Nippon Decimal Classification", "rumorkp", None,
    ]  # fmt: skip

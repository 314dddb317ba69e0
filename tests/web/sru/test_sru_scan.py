"""What scan lists, and that each term is found as often as it says."""

import pytest

from tests.web.sru.conftest import Ask
from tests.web.sru.sru_answers import Answer

CLAUSES = (
    "dc.title = peer",
    'dc.title any ""',
    "dc.title adj peer",
    "cql.serverChoice = s",
    "dc.subject = p",
    "dc.creator == s",
    'dc.creator == ""',
    "dc.subject == p",
    "dc.source exact j",
    "dc.date = 2015",
    "dc.identifier = 10.5555",
    "bath.issn = 1",
    'dc.language = ""',
    "dc.type = b",
    "publisher == a",
)


def terms(answer: Answer) -> list[tuple[str, int]]:
    found = answer.root.iter("{*}term")
    return [(each.findtext("{*}value", ""), int(each.findtext("{*}numberOfRecords", ""))) for each in found]


@pytest.mark.parametrize("clause", CLAUSES)
def test_each_term_is_found_as_often_as_it_is_listed_with(sru: Ask, clause: str) -> None:
    listed = terms(sru({"scanClause": clause, "maximumTerms": "9", "responsePosition": "3"}))
    *left, _ = clause.split(" ")

    counted = {term: sru({"query": f'{" ".join(left)} "{term}"'}).total for term, _ in listed}
    assert counted == dict(listed)
    assert min(counted.values()) > 0


def test_the_place_in_the_list_is_asked_for(sru: Ask) -> None:
    def values(clause: str, position: int, most: int = 4) -> list[str]:
        asked = {"scanClause": clause, "maximumTerms": str(most), "responsePosition": str(position)}
        return [value for value, _ in terms(sru(asked))]

    around = values("title = peer", 5, 9)
    assert around[4] == "peer"
    assert values("title = peer", 1) == around[4:8]
    assert values("title = peer", 0) == around[5:9]
    assert values("title = peer", 4) == around[1:5]
    assert values("title = peer", 5) == around[:4]
    assert values("title = Peer", 1, 1) == ["peer"]
    # A term that is not there stands between its neighbours.
    assert values("title = peerz", 1, 1) == values("title = peerz", 0, 1)


def test_the_ends_of_a_list_are_told(sru: Ask) -> None:
    def places(clause: str, **more: str) -> list[str]:
        return sru({"scanClause": clause, **more}).texts("whereInList")

    every = places('dc.type = ""')
    assert every == ["first", *["inner"] * (len(every) - 2), "last"]
    assert places('dc.type = ""', maximumTerms="1") == ["first"]
    assert places("rec.collectionName = zzz", responsePosition="2")[-1:] == ["last"]
    assert places("dc.title = peer", maximumTerms="3") == ["inner"] * 3
    assert places("dc.type = zzz") == []

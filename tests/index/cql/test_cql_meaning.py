"""What CQL asks of our index: each query beside the one of our own language that says the same."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.cql.context_sets import ALL_RECORDS, RESULT_SET, SETS
from index.cql.errors import CqlError
from index.cql.printer import quoted
from index.cql.sorting import SORTS as OFFERED
from index.cql.sorting import sort_keys
from index.cql.terms import literal
from index.cql.translate import read
from index.engine import SORTS
from index.folding import fold
from index.query import names
from index.query.ast import And, Not, Or, Query, Value
from index.query.parser import parse

SAME = {
    # Words, as on the page: unquoted ones for their stems, several in quotes side by side.
    "peer": "peer",
    '"peer"': "peer",
    "peer support": "peer support",
    '"peer support"': '"peer support"',
    'peer "support worker"': 'peer "support worker"',
    "peer-support": "peer-support",
    "cats & dogs": "cats dogs",
    "~peer": "peer",
    "title = peer": "title:peer",
    'dc.title = "peer support"': 'title:"peer support"',
    "dc.title = peer support": "title:(peer support)",
    'dc.title scr "peer support"': 'title:"peer support"',
    'dc.title all "peer support"': "title:(peer support)",
    'dc.title any "peer support"': "title:(peer OR support)",
    'dc.title adj "peer support"': 'title:"peer support"',
    "dc.title adj peer": 'title:"peer"',
    'dc.title adj/stem "peer support"': 'title:"~peer ~support"',
    'dc.title =/stem "peer support"': 'title:"~peer ~support"',
    'DC.TITLE CQL.ALL/CQL.STEM/relevant "peer support"': "title:(peer support)",
    "dc.title <> peer": "NOT title:peer",
    'dc.title all "cats & dogs"': "title:(cats dogs)",
    "dc.subject = peer": "subject,keyword:peer",
    "cql.anywhere = peer": "title,abstract,keyword,subject,author,journal,publisher,affiliation,note:peer",
    "cql.serverChoice = peer": "peer",
    "srw.serverChoice = peer": "peer",
    "tiab = peer": "tiab:peer",
    "bath.personalName = lee": "author:lee",
    "peer*": "peer*",
    '"peer suppor*"': '"peer suppor*"',
    "wom?n": "wom?n",
    r"peer\*": r"peer\*",
    "dc.title =/unmasked peer*": r"title:peer\*",
    # Identifiers
    "2167-8359": "issn:2167-8359",
    '"10.7717/peerj.1"': "doi:10.7717/peerj.1",
    '"https://doi.org/10.7717/peerj.1"': "doi:10.7717/peerj.1",
    '"https://example.org/?id=1"': "https://example.org/?id=1",
    "bath.issn = 21678359": "issn:2167-8359",
    "bath.isbn = 0306406152": "isbn:9780306406157",
    'dc.identifier = "10.7717/peerj.1"': "id:10.7717/peerj.1",
    "dc.identifier = ^10.7717*": "id:10.7717*",
    'bath.issn any "2167-8359 0028-0836"': "issn:(2167-8359 OR 0028-0836)",
    "dc.language = eng": "language:en",
    "dc.language <> eng": "NOT language:en",
    "dc.type = book": "type:book",
    "rec.id = abc": "id:abc",
    # Whole values
    'dc.creator == "Smith, John"': 'author:="smith, john"',
    'dc.creator exact "^Smith, John^"': 'author:="smith, john"',
    'dc.creator =/string "Smith, John"': 'author:="smith, john"',
    'dc.source == "Nature"': "journal:=nature",
    'dc.subject == "Peer support"': 'subject:="peer support" OR keyword:="peer support"',
    # Years
    "dc.date = 2019": "year:2019",
    "dc.date = 2019-2024": "year:2019-2024",
    "dc.date > 2010": "year:2011-",
    "dc.date >= 2010": "year:2010-",
    "dc.date < 2010": "year:-2009",
    'dc.date within "2002 2005"': "year:2002-2005",
    'dc.date any "2002 2005"': "year:(2002 OR 2005)",
    "dc.date =/isoDate 2019": "year:2019",
    "dc.date <> 2019": "NOT year:2019",
    # Booleans
    "a or b or c": "a OR b OR c",
    "a or b and c not d": "(a OR b) AND c NOT d",
    "a not b not c": "a NOT b NOT c",
    "cql.allRecords = 1": "*",
    "cql.allRecords = 1 not peer": "* NOT peer",
    "title = (a or b)": "title:(a OR b)",
    # Words next to each other have a distance of 1, and none between.
    "peer prox support": "peer NEAR/0 support",
    "peer prox/distance<=3 support": "peer NEAR/2 support",
    "peer prox/distance<3/unit=word/ordered support": "peer W/1 support",
    "peer prox/distance=1/unordered support": "peer NEAR/0 support",
    '"peer support" prox/distance<=5 (worker or staff)': '"peer support" NEAR/4 (worker OR staff)',
    "a prox b prox c": "a NEAR/0 b NEAR/0 c",
    # Prefixes
    '> x = "info:srw/cql-context-set/1/dc-v1.1" x.title = peer': "title:peer",
    '> "http://zing.z3950.org/cql/bath/2.0" issn = 2167-8359': "issn:2167-8359",
    '> dc = "http://zing.z3950.org/cql/bath/2.0/" dc.notes = peer': "note:peer",
    '(> x = "urn:unknown" peer) and (> y = "info:srw/cql-context-set/1/cql-v1.1" y.keywords y.any b)': (
        "peer AND b"
    ),
}


@pytest.mark.parametrize(("cql", "ours"), SAME.items(), ids=list(SAME))
def test_cql_asks_what_our_own_language_asks(cql: str, ours: str) -> None:
    assert read(cql).query == parse(ours)


REFUSED = {
    "nope.title = a": (15, "nope", 0),
    '> x = "urn:unknown" x.y = a': (15, "urn:unknown", 20),
    '> "urn:unknown" title = a': (15, "urn:unknown", 16),
    "dc.title nope.any a": (15, "nope", 9),
    "dc.rights = a": (16, "dc.rights", 0),
    "peer and a = b": (16, "a", 9),
    "dc.title encloses a": (19, "encloses", 9),
    "dc.title dc.any a": (19, "dc.any", 9),
    "dc.title =/fuzzy a": (20, "fuzzy", 11),
    "dc.title =/phonetic a": (20, "phonetic", 11),
    "dc.title any/rel.algorithm=CORI a": (20, "rel.algorithm=CORI", 13),
    "dc.title =/masked/unmasked a": (21, "masked/unmasked", 9),
    "dc.title == a": (22, "dc.title ==", 9),
    "dc.title > a": (22, "dc.title >", 9),
    "== == a": (10, "", 0),
    "bath.issn adj 2167-8359": (22, "bath.issn adj", 10),
    "bath.issn > 2167-8359": (22, "bath.issn >", 10),
    "dc.date adj 2019": (22, "dc.date adj", 8),
    '""': (27, "", 1),
    'dc.date = ""': (27, "", 11),
    "dc.language = e?": (28, "?", 14),
    "dc.creator == smith*": (28, "*", 14),
    "pe*": (29, "3", 0),
    "*": (29, "3", 0),
    "*peer": (49, "*peer", 0),
    "dc.title = ^peer": (31, "^", 11),
    "dc.title = pe^er": (32, "^", 13),
    "dc.identifier = pe^er": (32, "^", 16),
    "dc.date = soon": (36, "soon", 10),
    "dc.date > soon": (36, "> soon", 10),
    "dc.date within 2019": (36, "within 2019", 15),
    'dc.date within "2019 2010"': (36, "within 2019 2010", 16),
    "bath.issn = 2167-8358": (36, "2167-8358", 12),
    "dc.type = bok": (36, "bok", 10),
    '"…"': (36, "…", 1),
    " or ".join(["a and b"] * 200): (38, "200", 0),
    "a prox dc.date = 2019": (18, "title,abstract,keyword,subject,author,journal year", 2),
    "(a and b) prox c": (39, "", 10),
    "a prox/distance=2 b": (40, "=", 7),
    "a prox/distance>2 b": (40, ">", 7),
    "a prox/distance<=0 b": (41, "0", 7),
    "a prox/distance<=999 b": (41, "999", 7),
    "a prox/unit=sentence b": (42, "sentence", 7),
    "a and/rel.mean b": (46, "rel.mean", 6),
    "a prox/near b": (46, "near", 7),
    "cql.resultSetId = 5": (50, "", 0),
    "a sortBy title author": (84, "1", 15),
    "a sortBy dc.type": (88, "dc.type", 9),
    "a sortBy title/sort.descending": (90, "descending", 9),
    "a sortBy title/sort.respectCase": (91, "sort.respectCase", 15),
    "a sortBy title/sort.missingOmit": (92, "sort.missingOmit", 15),
    "a sortBy title/sort.locale=de": (82, "sort.locale", 15),
    "a sortBy x.title": (15, "x", 9),
}


@pytest.mark.parametrize(("cql", "expected"), REFUSED.items(), ids=[text[:60] for text in REFUSED])
def test_what_cannot_be_asked_is_refused_by_number(cql: str, expected: tuple[int, str, int]) -> None:
    with pytest.raises(CqlError) as caught:
        read(cql)

    assert (caught.value.number, caught.value.details, caught.value.position) == expected


@pytest.mark.parametrize(
    ("cql", "order"),
    [
        ("a", None),
        ("a sortBy title", "title"),
        ("a sortBy dc.creator/sort.ascending/sort.ignoreCase", "author"),
        ("a sortBy dc.date", "oldest"),
        ("a sortBy dc.date/descending", "newest"),
        ('> x = "info:srw/cql-context-set/1/dc-v1.1" a sortBy x.date', "oldest"),
    ],
)
def test_hits_are_sorted_by_an_index(cql: str, order: str | None) -> None:
    assert read(cql).sort == order


@pytest.mark.parametrize(
    ("keys", "order"),
    [
        ("", None),
        ("title", "title"),
        ("title,dc,1,0,highValue", "title"),
        ("date,dc,0", "newest"),
        ("dc.date,,1", "oldest"),
        ("a b", 84),
        ("title,onix,1", 87),
        ("title,,0", 90),
        ("title,,2", 90),
        ("title,,1,1", 91),
        ("title,,1,0,omit", 92),
        ("type", 88),
        ("nope", 16),
    ],
)
def test_sort_keys_of_version_1_1_are_read(keys: str, order: str | int | None) -> None:
    try:
        found: str | int | None = sort_keys(keys)
    except CqlError as error:
        found = error.number

    assert found == order


def test_every_index_looks_in_fields_that_a_query_can_name() -> None:
    for known in SETS.values():
        for name, target in known.indexes.items():
            if target not in (ALL_RECORDS, RESULT_SET):
                assert names.resolve(",".join(target)) == target, name


def holds(query: Query, met: frozenset[Query]) -> bool:
    """Tell whether a record that meets these leaves matches."""
    match query:
        case And(children):
            return all(holds(child, met) for child in children)
        case Or(children):
            return any(holds(child, met) for child in children)
        case Not(child):
            return not holds(child, met)
        case _:
            return query in met


OPERANDS = ("peer", "support", "dc.date > 2010", "a")
LEAVES = [read(operand).query for operand in (*OPERANDS, "b")]
words = st.sampled_from([*OPERANDS, "(a or b)"])


@given(st.lists(words, min_size=1, max_size=5), st.lists(st.sampled_from(["and", "or", "not"]), min_size=4))
@settings(deadline=None, max_examples=40)
def test_booleans_bind_from_the_left(operands: list[str], booleans: list[str]) -> None:
    flat = bracketed = operands[0]
    for boolean, operand in zip(booleans, operands[1:], strict=False):
        flat = f"{flat} {boolean} {operand}"
        bracketed = f"({bracketed}) {boolean} {operand}"

    one, other = read(flat).query, read(bracketed).query
    for size in range(len(LEAVES) + 1):
        for met in map(frozenset, combinations(LEAVES, size)):
            assert holds(one, met) == holds(other, met)


@given(st.text(st.sampled_from('ab *?^\\~".é'), min_size=1))
@settings(deadline=None)
def test_a_value_can_be_written_whatever_signs_it_has(text: str) -> None:
    value = f"x{' '.join(text.split())}x"

    assert read(f"dc.source == {quoted(literal(value))}").query == Value("journal", fold(value))


def test_every_order_that_is_offered_is_one_of_the_engine() -> None:
    assert {order for ways in OFFERED.values() for order in ways.values()} <= set(SORTS)

"""Known items: read in any form, found or missed, and the line that lost them."""

import pytest

from index.engine import Change
from index.query.ast import Query
from index.query.printer import show
from index.strategy.file import read_strategy
from index.strategy.known import Cause, Checked, check, known_items
from tests.index.builders import doc
from tests.index.memory import MemoryEngine

RECORDS = {
    "k1": ("peer support for depression", "10.1000/one"),
    "k2": ("peer support in schools", "10.1000/two"),
    "k3": ("mutual aid and depression", "10.1000/three"),
    "k4": ("peer support for depression: a protocol", "10.1000/four"),
    "k5": ("mutual aid in schools, a protocol", "10.1000/five"),
}


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    engine = MemoryEngine()
    engine.apply(
        [
            Change(
                key,
                doc(
                    key,
                    text={"title": [title]},
                    values={"id": (key, doi, "smith2019")} if key == "k1" else {"id": (key, doi)},
                ),
            )
            for key, (title, doi) in RECORDS.items()
        ],
        1,
    )
    return engine


STRATEGY = """
#1 "peer support" OR "lay worker*"
#2 depress* AND title:for
#3 protocol* OR letter
#4 #1 AND #2 NOT #3
"""


def checked(text: str, engine: MemoryEngine, strategy: str = STRATEGY) -> list[Checked]:
    def titles(_keys: object) -> dict[str, str]:
        return {key: title for key, (title, _) in RECORDS.items()}

    return check(read_strategy(strategy), known_items(text), engine, titles)


def test_found_missed_and_absent(engine: MemoryEngine) -> None:
    found = checked("https://doi.org/10.1000/ONE\nk2\n10.1000/nowhere\n", engine)

    assert [(each.status, each.keys) for each in found] == [
        ("found", ("k1",)),
        ("missed", ("k2",)),
        ("absent", ()),
    ]
    assert [each.title for each in found] == ["", "peer support in schools", ""]


@pytest.mark.parametrize(
    ("key", "causes"),
    [
        ("k2", [Cause(2, "part", ("depress*",)), Cause(2, "part", ("title:for",))]),
        ("k3", [Cause(1, "group", ('"peer support"', '"lay worker*"')), Cause(2, "part", ("title:for",))]),
        ("k4", [Cause(3, "excluded", ("protocol*",))]),
        (
            "k5",
            [
                Cause(1, "group", ('"peer support"', '"lay worker*"')),
                Cause(2, "part", ("depress*",)),
                Cause(2, "part", ("title:for",)),
                Cause(3, "excluded", ("protocol*",)),
            ],
        ),
    ],
)
def test_the_line_that_lost_it(engine: MemoryEngine, key: str, causes: list[Cause]) -> None:
    (found,) = checked(key, engine)

    assert list(found.causes) == causes


def test_what_the_result_itself_loses_is_in_its_line(engine: MemoryEngine) -> None:
    (found,) = checked("k4", engine, "#1 peer\n#7 #1 AND school NOT (letter OR protocol)")

    assert found.causes == (Cause(7, "part", ("school",)), Cause(7, "excluded", ("protocol",)))


def test_a_group_of_lines_is_told_as_one(engine: MemoryEngine) -> None:
    (found,) = checked("k3", engine, "#1 peer\n#2 lay\n#3 #1 OR #2")

    assert found.causes == (Cause(3, "group", ("#1", "#2")),)


def test_excluded_by_a_line_within_a_line(engine: MemoryEngine) -> None:
    (found,) = checked("k4", engine, "#1 protocol\n#2 letter OR #1\n#3 peer NOT #2")

    assert found.causes == (Cause(1, "excluded", ("protocol",)),)


ONE_A_LINE = {
    "10.1000/one": ["id:10.1000/one"],
    "https://doi.org/10.1000/One": ["id:10.1000/one"],
    "doi:10.1000/one": ["id:10.1000/one"],
    "Smith J. Title. 2019. https://doi.org/10.1000/one.": ["id:10.1000/one"],
    "- 10.1000/one,": ["id:10.1000/one"],
    "3. 10.1000/one": ["id:10.1000/one"],
    "smith2019": ["id:smith2019"],
    "PMID: 12345678": ["id:12345678"],
    "12345678": ["id:12345678"],
    "doaj/abc": ["id:doaj/abc"],
}


@pytest.mark.parametrize("text", ONE_A_LINE)
def test_items_one_a_line(text: str) -> None:
    (item,) = known_items(f"# comment\n\n{text}\n")

    assert item.row == 3
    assert set(ONE_A_LINE[text]) <= {shown(query) for query in item.queries}


def shown(query: Query) -> str:
    return show(query).replace('"', "")


def test_isbn_with_and_without_hyphens() -> None:
    one, two = known_items("978-0-306-40615-7\n9780306406157\n")

    assert "id:9780306406157" in {shown(query) for query in one.queries}
    assert "id:9780306406157" in {shown(query) for query in two.queries}


BIBLIOGRAPHY = """
@comment{nothing}
@article{smith2019,
  author = {Smith, Jane},
  title  = {{Peer Support} for Depression},
  doi = "10.1000/One",
}
@book(jones2001, title = {A Long Enough Title for One Book}, isbn = {978-0-306-40615-7})

@misc{web1,
  title = {Mutual aid and depression},
  url = {https://example.org/10.1000/three}
}
"""


def test_items_of_a_bibliography() -> None:
    items = known_items(BIBLIOGRAPHY)

    assert [(item.row, item.written) for item in items] == [(3, "smith2019"), (8, "jones2001"), (10, "web1")]
    assert [shown(query) for query in items[0].queries] == [
        "id:10.1000/one",
        "id:smith2019",
        "title:peer support for depression",
    ]
    assert "id:9780306406157" in {shown(query) for query in items[1].queries}
    assert "id:10.1000/three" in {shown(query) for query in items[2].queries}


RIS = """TY  - JOUR
TI  - Peer support for
      depression
DO  - 10.1000/one
ER  -

TY  - BOOK
T1  - A book
SN  - 978-0-306-40615-7
ER  -
"""

MEDLINE = """PMID- 12345678
TI  - Peer support for depression
AID - 10.1000/one [doi]
AID - S0140 [pii]

PMID- 23456789
TI  - Another
"""


def test_items_of_ris() -> None:
    one, two = known_items(RIS)

    assert (one.row, one.written) == (1, "10.1000/one")
    assert [shown(query) for query in one.queries] == ["id:10.1000/one", "title:peer support for depression"]
    assert [shown(query) for query in two.queries] == ["isbn:9780306406157"]


def test_items_of_pubmed() -> None:
    one, two = known_items(MEDLINE)

    assert (one.written, two.written) == ("12345678", "23456789")
    assert [shown(query) for query in one.queries][:2] == ["id:12345678", "id:10.1000/one"]


def test_a_record_without_identifier_is_known_by_its_title(engine: MemoryEngine) -> None:
    found = checked("@misc{x1,\n title = {Mutual aid and depression}\n}", engine)

    assert [(each.status, each.keys) for each in found] == [("missed", ("k3",))]


def test_nothing_known(engine: MemoryEngine) -> None:
    assert checked("# none\n", engine) == []

"""Facets: which values are shown, in which order, where they lead."""

from index.engine import FacetValue, Hits
from web.asked import Search
from web.pages.views.chart import chart
from web.pages.views.facets import COUNTED, SHOWN, VALUES, Row, facet_views


def hits(total: int = 50, **facets: dict[str, int]) -> Hits:
    given = {name: tuple(FacetValue(*each) for each in facets.get(name, {}).items()) for name in SHOWN}
    return Hits(total, (), given)


def shown(rows: tuple[Row, ...]) -> list[object]:
    return [[row.text, *shown(row.under)] if row.under else row.text for row in rows]


TREE = {
    "A": 40,
    "A > a": 30,
    "A > a > x": 29,
    "B": 20,
    "A > b": 10,
    "B > c": 5,
    **{f"C{n}": 4 for n in range(7)},
}


def test_the_broadest_subjects_come_first_and_others_where_there_is_room() -> None:
    (subjects,) = facet_views(Search(), hits(subject=TREE))
    assert shown(subjects.rows) == ["A", "B", "C0", "C1", "C2", "C3", "C4", "C5"]
    assert subjects.more == "/search/facet/subject"
    few = {name: count for name, count in TREE.items() if count > 4}
    (subjects,) = facet_views(Search(), hits(subject=few))
    assert shown(subjects.rows) == [["A", ["a", "x"], "b"], ["B", "c"]]


def test_a_chosen_subject_is_shown_in_its_place_with_those_under_it() -> None:
    (subjects,) = facet_views(Search(filters=(("subject", "a > A"),)), hits(subject=TREE))
    top = subjects.rows[0]
    assert shown((top,)) == [["A", ["a", "x"]]]
    assert [row.text for row in (top, *top.under) if row.is_chosen] == ["a"]
    assert top.under[0].address == "/search"
    assert top.under[0].under[0].address == "/search?subject=a+%3E+A&subject=A+%3E+a+%3E+x"


def test_what_is_chosen_is_shown_however_rare() -> None:
    many = {f"word {n:02}": COUNTED - n for n in range(COUNTED)}
    search = Search(q="x", filters=(("keyword", "WORD 33"),))
    (keywords,) = facet_views(search, hits(keyword=many))
    assert len(keywords.rows) == VALUES
    assert keywords.rows[0] == Row("word 33", COUNTED - 33, "/search?q=x", is_chosen=True)
    assert keywords.more == "/search/facet/keyword?q=x&keyword=WORD+33"


def test_what_every_hit_has_narrows_nothing_down() -> None:
    has = {"title": 50, "fulltext": 50, "abstract": 20, "affiliation": 4}
    (told,) = facet_views(Search(), hits(has=has))
    assert [row.text for row in told.rows] == ["Abstract"]
    (told,) = facet_views(Search(filters=(("has", "fulltext"),)), hits(has=has))
    assert [row.text for row in told.rows] == ["Full text", "Abstract"]


def test_years_are_bars_within_their_box() -> None:
    years = [FacetValue("2020", 9), FacetValue("2018", 3), FacetValue("2022", 1)]
    told = chart(Search(q="x", page=3), years)
    assert told is not None
    assert [(bar.label, bar.records) for bar in told.bars] == [
        ("2018", 3), ("2019", 0), ("2020", 9), ("2021", 0), ("2022", 1)
    ]  # fmt: skip
    assert told.bars[0].address == "/search?q=x&from=2018&to=2018"
    assert told.bars[1].address is None
    for bar in told.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= told.width
        assert bar.y + bar.height == told.height
    assert told.bars[2].height == told.height
    assert chart(Search(), years[:1]) is None

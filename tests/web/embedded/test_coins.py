"""OpenURL in pages."""

from urllib.parse import parse_qsl

import pytest

from catalog.record import Record
from tests.web.embedded.described import ALL, ARTICLE, BOOK, CHAPTER, DATASET, THESIS
from web.embedded.coins import coins


def test_an_article() -> None:
    assert parse_qsl(coins(ARTICLE)) == [
        ("url_ver", "Z39.88-2004"),
        ("ctx_ver", "Z39.88-2004"),
        ("rfr_id", "info:sid/peerlit"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft_id", "info:doi/10.1186/s12913-024-10943-y"),
        ("rft_id", "https://example.org/a.pdf"),
        ("rft.genre", "article"),
        ("rft.atitle", "Peer support online: C++ & <friends>"),
        ("rft.jtitle", "Journal of Peers"),
        ("rft.aulast", "Ruiz Lopez"),
        ("rft.aufirst", "Marta"),
        ("rft.au", "Ruiz Lopez, Marta"),
        ("rft.au", "World Health Organization,"),
        ("rft.au", "莫言"),
        ("rft.date", "2024-04"),
        ("rft.volume", "24"),
        ("rft.issue", "1"),
        ("rft.pages", "123-128"),
        ("rft.spage", "123"),
        ("rft.epage", "128"),
        ("rft.issn", "0013-3183"),
        ("rft.eissn", "1472-6963"),
        ("rft.publisher", "BMC"),
        ("rft.language", "en"),
    ]


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (
            BOOK,
            {
                "rft.genre": "book",
                "rft.btitle": "Support groups",
                "rft.au": "Moehn, Heather",
                "rft.tpages": "138",
            },
        ),
        (
            CHAPTER,
            {
                "rft.genre": "bookitem",
                "rft.atitle": "A chapter",
                "rft.btitle": "The book",
                "rft.date": "2019",
            },
        ),
        (THESIS, {"rft.title": "A thesis", "rft.inst": "University of Oulu"}),
        (DATASET, {"rft_val_fmt": "info:ofi/fmt:kev:mtx:dc", "rft.type": "dataset", "rft.title": "Data"}),
        (Record(title="What?"), {"rft.genre": "document", "rft.title": "What?"}),
    ],
)
def test_each_type_has_its_matrix(record: Record, told: dict[str, str]) -> None:
    assert told.items() <= dict(parse_qsl(coins(record))).items()


@pytest.mark.parametrize("record", ALL.values(), ids=ALL.keys())
def test_nothing_is_left_that_its_reader_would_cut_at(record: Record) -> None:
    for pair in coins(record).split("&"):
        name, equals, value = pair.partition("=")
        assert all((name, equals, value))
        assert not set(value) & set("+= <>\"'#")

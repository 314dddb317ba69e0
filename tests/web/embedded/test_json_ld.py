"""schema.org in pages."""

from tests.web.embedded.described import ARTICLE, BOOK, CHAPTER
from web.embedded.json_ld import json_ld

PAGE = "https://library.example/record/doaj/1"


def test_an_article_is_part_of_an_issue_of_a_volume_of_a_journal() -> None:
    assert json_ld(ARTICLE, PAGE) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": "https://doi.org/10.1186/s12913-024-10943-y",
        "name": "Peer support online: C++ & <friends>",
        "headline": "Peer support online: C++ & <friends>",
        "author": [
            {
                "@type": "Person",
                "@id": "https://orcid.org/0000-0002-1825-0097",
                "name": "Marta Ruiz Lopez",
                "familyName": "Ruiz Lopez",
                "givenName": "Marta",
            },
            {
                "@type": "Organization",
                "name": "World Health Organization",
                "affiliation": [{"@type": "Organization", "name": "Geneva"}],
            },
            {"@type": "Person", "name": "莫言"},
        ],
        "editor": [{"@type": "Person", "name": "A Lee", "familyName": "Lee", "givenName": "A"}],
        "datePublished": "2024-04",
        "pageStart": "123",
        "pageEnd": "128",
        "pagination": "123-128",
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": "1",
            "isPartOf": {
                "@type": "PublicationVolume",
                "volumeNumber": "24",
                "isPartOf": {
                    "@type": "Periodical",
                    "name": "Journal of Peers",
                    "issn": ["1472-6963", "0013-3183"],
                },
            },
        },
        "publisher": {"@type": "Organization", "name": "BMC"},
        "inLanguage": ["en"],
        "abstract": "One.\n\nTwo </script><!-- three.",
        "keywords": ["peer support", "mental health"],
        "identifier": [
            {
                "@type": "PropertyValue",
                "propertyID": "doi",
                "value": "10.1186/s12913-024-10943-y",
                "url": "https://doi.org/10.1186/s12913-024-10943-y",
            }
        ],
        "url": "https://example.org/a.pdf",
        "sameAs": ["https://example.org/a.pdf", "https://example.org/a%20b", "https://doaj.org/article/1"],
        "mainEntityOfPage": PAGE,
    }


def test_a_book_and_its_chapter() -> None:
    book = json_ld(BOOK, PAGE)
    assert (book["@type"], book["isbn"], book["@id"]) == ("Book", ["9780823929924"], PAGE)
    assert book["isPartOf"] == [{"@type": "BookSeries", "name": "A series", "position": "3"}]
    assert book["datePublished"] == "2000"
    chapter = json_ld(CHAPTER, PAGE)
    assert chapter["isPartOf"] == {"@type": "Book", "name": "The book", "isbn": ["9780823929924"]}
    assert (chapter["pageStart"], chapter["datePublished"]) == ("5", "2019")

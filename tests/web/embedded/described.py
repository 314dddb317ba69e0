"""Records of several types, with what a page must tell of them."""

from catalog.record import (
    Container,
    Contributor,
    Identifier,
    Issn,
    Link,
    PartialDate,
    Record,
    Series,
    Title,
)

ARTICLE = Record(
    type="article-journal",
    title="Peer support online: C++ & <friends>",
    contributors=(
        Contributor(
            literal="Ruiz Lopez, Marta", family="Ruiz Lopez", given="Marta", orcid="0000-0002-1825-0097"
        ),
        Contributor(literal="World Health Organization", kind="organization", affiliations=("Geneva",)),
        Contributor(literal="莫言"),
        Contributor(literal="Lee, A", family="Lee", given="A", role="editor"),
    ),
    issued=PartialDate(year=2024, month=4),
    container=Container(
        title="Journal of Peers",
        issns=(Issn(value="1472-6963", medium="electronic"), Issn(value="0013-3183", medium="print")),
        volume="24",
        issue="1",
        first_page="123",
        last_page="8",
        languages=("en", "es"),
    ),
    publisher="BMC",
    identifiers=(Identifier(scheme="doi", value="10.1186/s12913-024-10943-y"),),
    links=(
        Link(url="https://example.org/a.pdf", kind="fulltext", media_type="application/pdf"),
        Link(url="https://example.org/a b", kind="fulltext"),
        Link(url="javascript:alert(1)", kind="fulltext"),
        Link(url="https://doaj.org/article/1", kind="record"),
    ),
    abstract="One.\n\nTwo </script><!-- three.",
    languages=("en",),
    keywords=("peer support", "mental health"),
)
BOOK = Record(
    type="book",
    title="Support groups",
    other_titles=(Title(text="Entraide", kind="parallel", language="fr"),),
    contributors=(Contributor(literal="Moehn, Heather", family="Moehn", given="Heather", role="editor"),),
    issued=PartialDate(year=2000, circa=True, month=3),
    series=(Series(title="A series", volume="3"),),
    publisher="Rosen",
    place="New York",
    edition="1st ed.",
    extent="138 p. : ill.",
    identifiers=(Identifier(scheme="isbn", value="9780823929924"),),
    languages=("en",),
)
CHAPTER = Record(
    type="chapter",
    title="A chapter",
    contributors=(Contributor(literal="de la Cruz, Juan Carlos", family="de la Cruz", given="Juan Carlos"),),
    issued=PartialDate(year=2019, month=1, month_doubtful=True),
    container=Container(title="The book", isbns=("9780823929924",), first_page="5", last_page="9"),
)
THESIS = Record(
    type="thesis", title="A thesis", publisher="University of Oulu", issued=PartialDate(year=2011)
)
DATASET = Record(type="dataset", title="Data", issued=PartialDate(literal="19uu"))
ALL = {each.title: each for each in (ARTICLE, BOOK, CHAPTER, THESIS, DATASET)}

"""A change of what a record gives the index must not meet an index made before it."""

from hashlib import sha256

from catalog.record import Contributor, Identifier, PartialDate, Record, Subject
from index.document import VERSION, document

SAMPLE = Record(
    type="article-journal",
    title="L’école à l'hôpital: peer-support, H₂O & C++ for the U.S.A.’s naïve Łódź",
    contributors=(
        Contributor(literal="Löwe, Jürgen", family="Löwe", given="Jürgen"),
        Contributor(literal="李 明"),
    ),
    abstract="心理健康とピアサポート. Психическое здоровье. การสนับสนุน. الصحة النفسية. p < 0.05",
    issued=PartialDate(year=2024, month=4),
    identifiers=(Identifier(scheme="doi", value="10.1000/abc-(1)"),),
    subjects=(Subject(term="Psychiatry", scheme="lcc", code="RC435-571", path=("Medicine", "Psychiatry")),),
    languages=("fr",),
)
KNOWN = {2: "598a56224af58366", 3: "7c07e0428744466d"}


def test_what_is_indexed_is_what_its_version_says() -> None:
    made = document("k", SAMPLE, citation_key="lowe2024", sources=("doaj",), added_at="2026-01-01")
    digest = sha256(repr(made).encode()).hexdigest()[:16]
    assert KNOWN.get(VERSION) == digest, (
        f"raise VERSION in index/document.py, and note it here with {digest!r}"
    )

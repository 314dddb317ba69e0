"""The page of numpy that settings are tried on ranks as the engine does."""

from hypothesis import given, settings
from hypothesis import strategies as st
from judged.bm25f import Texts, shipped

from index.document import Document
from index.engine import Change
from index.fields import DEFAULT_FIELDS
from index.query.ast import Or, Term, Word
from tests.index.builders import doc
from tests.index.memory import MemoryEngine

WORDS = ("peer", "peers", "support", "peer-support", "women", "worker", "löwe")
values = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join), max_size=2)
documents = st.lists(
    st.dictionaries(st.sampled_from(("title", "abstract", "keyword", "journal")), values, max_size=4),
    min_size=1,
    max_size=8,
).map(lambda all_texts: [doc(f"k{n}", text=texts) for n, texts in enumerate(all_texts)])


@settings(deadline=None, max_examples=60)
@given(
    documents,
    st.lists(st.sampled_from(("peer", "supporting", "peersupport", "loewe")), min_size=2, max_size=5),
)
def test_the_model_ranks_as_the_engine(found: list[Document], words: list[str]) -> None:
    engine = MemoryEngine()
    engine.apply((Change(one.key, one) for one in found), 1)
    query = Or(tuple(Term(DEFAULT_FIELDS, Word(word, "stem")) for word in words))

    hits = engine.search(query, limit=None).hits

    assert Texts(found).rank(words, shipped()) == [hit.key for hit in hits]

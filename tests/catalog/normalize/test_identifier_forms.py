from collections.abc import Callable

import pytest
import stdnum.isbn
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.normalize.identifiers import arxiv, handle, isbn, issn, lccn, oclc, orcid, pmcid, pmid

Normalise = Callable[[str | None], str | None]

TABLE: list[tuple[Normalise, str | None, str | None]] = [
    (issn, "1472-6963", "1472-6963"),
    (issn, "14726963", "1472-6963"),
    (issn, "ISSN1472-6963", "1472-6963"),
    (issn, "ISSN 1472–6963 (Print)", "1472-6963"),
    (issn, "2434-561x", "2434-561X"),
    (issn, "2434-561Х", "2434-561X"),  # Cyrillic
    (issn, "urn:issn:1472-6963", "1472-6963"),
    (issn, "https://portal.issn.org/resource/ISSN/1472-6963", "1472-6963"),
    (issn, "1472-6964; 2434-561X", "2434-561X"),
    (issn, "1472-6964", None),
    (issn, "0000-0000", None),
    (issn, "0000-0002-1825-0097", None),
    (isbn, "978-3-905673-82- 1", "9783905673821"),
    (isbn, "0-9752298-0-X (pbk.) : $12.00", "9780975229804"),
    (isbn, "097522980x", "9780975229804"),
    (isbn, "ISBN-13: 978–0–306–40615–7", "9780306406157"),
    (isbn, "ISBN 0 306 40615 2", "9780306406157"),
    (isbn, "eISBN:9780306406157", "9780306406157"),
    (isbn, "urn:isbn:0451450523", "9780451450524"),
    (isbn, "0140206523 10.00", "9780140206524"),
    (isbn, "9780306406157 (v. 1)", "9780306406157"),
    (isbn, "978-0-306-40615-8", None),
    (isbn, "4006381333931", None),
    (isbn, "0000000000", None),
    (orcid, "https://orcid.org/0000-0002-1825-0097/", "0000-0002-1825-0097"),
    (orcid, "http://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
    (orcid, "0000000218250097", "0000-0002-1825-0097"),
    (orcid, "0009-0005-6000-7479", "0009-0005-6000-7479"),
    (orcid, "0000-0002-1825-0098", None),
    (orcid, "0000-0000-0000-0001", None),
    (pmid, "12082125", "12082125"),
    (pmid, "PMID: 00123", "123"),
    (pmid, "https://pubmed.ncbi.nlm.nih.gov/12082125/", "12082125"),
    (pmid, "http://www.ncbi.nlm.nih.gov/pubmed/12082125?dopt=Abstract", "12082125"),
    (pmid, "12082125 [pmid]", "12082125"),
    (pmid, "PMC123", None),
    (pmid, "0", None),
    (pmcid, "pmc 123", "PMC123"),
    (pmcid, "PMCID: PMC2631623.1", "PMC2631623"),
    (pmcid, "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2631623/pdf/x.pdf", "PMC2631623"),
    (pmcid, "2631623", None),
    (arxiv, "arXiv:2101.00001v2 [cs.CL]", "2101.00001"),
    (arxiv, "https://arxiv.org/pdf/2101.00001v1.pdf", "2101.00001"),
    (arxiv, "10.48550/arXiv.2101.00001", "2101.00001"),
    (arxiv, "http://arxiv.org/abs/hep-th/9901001v27", "hep-th/9901001"),
    (arxiv, "math.GT/0309136", "math/0309136"),
    (arxiv, "cond-mat.mes-hall/0309136", "cond-mat/0309136"),
    (arxiv, "oai:arXiv.org:0804.2273", "0804.2273"),
    (arxiv, "9913.12345", None),
    (handle, "hdl: 10013/epic.10033", "10013/epic.10033"),
    (handle, "https://hdl.handle.net/10013/epic.10033?x=1", "10013/epic.10033"),
    (handle, "https://repository.example.edu/handle/1234/5678", "1234/5678"),
    (handle, "10.1000/..", None),
    (handle, "no handle", None),
    (oclc, "(OCoLC)ocm00012345 ", "12345"),
    (oclc, "(OCoLC)on1234567890", "1234567890"),
    (oclc, "ocn123456789", "123456789"),
    (oclc, "http://www.worldcat.org/oclc/12345", "12345"),
    (oclc, "(OCoLC)fst00012345", None),  # a FAST heading, not a record
    (oclc, "(DLC)12345", None),
    (lccn, "   86-12345 ", "86012345"),
    (lccn, "n  79021614", "n79021614"),
    (lccn, "79-139101/AC/r932", "79139101"),
    (lccn, "   68024719 /AC/r84", "68024719"),
    (lccn, "2001-000002", "2001000002"),
    (lccn, "85-2 ", "85000002"),
    (lccn, "http://lccn.loc.gov/2001000002", "2001000002"),
    (lccn, "abc", None),
]

SCHEMES = list(dict.fromkeys(normalise for normalise, _, _ in TABLE))


@pytest.mark.parametrize(("normalise", "source", "value"), TABLE)
def test_an_identifier_has_one_form(normalise: Normalise, source: str | None, value: str | None) -> None:
    assert normalise(source) == value


@pytest.mark.parametrize("normalise", SCHEMES)
def test_nothing_is_no_identifier(normalise: Normalise) -> None:
    assert [normalise(None), normalise(""), normalise(" \u200b"), normalise("x")] == [None] * 4


@settings(deadline=None)
@given(st.sampled_from(SCHEMES), st.text() | st.text(alphabet="0123456789-Xxv/. :(PMCarhdlnfo", max_size=30))
def test_an_identifier_is_settled(normalise: Normalise, text: str) -> None:
    value = normalise(text)
    assert value is None or normalise(value) == value


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{7}[0-9X]", fullmatch=True))
def test_only_one_check_character_in_eleven_makes_an_issn(figures: str) -> None:
    others = [c for c in "0123456789X" if issn(figures[:7] + c)]
    assert len(others) == (1 if figures[:7] != "0000000" else 0)


@settings(deadline=None)
@given(st.from_regex(r"(?:97[0-9])?[0-9]{9}", fullmatch=True).filter(lambda figures: figures.strip("0")))
def test_isbn_have_the_check_digits_that_stdnum_gives_them(figures: str) -> None:
    for check in "0123456789X":
        number = figures + check
        assert isbn(number) == (stdnum.isbn.to_isbn13(number) if stdnum.isbn.is_valid(number) else None)

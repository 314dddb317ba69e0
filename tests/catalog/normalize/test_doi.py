import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.normalize.identifiers import doi, doi_in

SICI = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        # labels and addresses
        ("10.1186/s12913-024-10943-y", "10.1186/s12913-024-10943-y"),
        ("HTTPS://DOI.ORG/10.1000/ABC", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/abc", "10.1000/abc"),
        ("http://www.doi.org/10.1000/abc", "10.1000/abc"),
        ("doi.org/10.1000/abc", "10.1000/abc"),
        ("doi:10.1000/abc", "10.1000/abc"),
        ("DOI 10.1000/abc", "10.1000/abc"),
        ("DOI:https://doi.org/10.1000/abc", "10.1000/abc"),
        ("info:doi/10.1000/abc", "10.1000/abc"),
        ("urn:doi:10.1000/abc", "10.1000/abc"),
        ("https://doi.org/https://doi.org/10.1000/abc", "10.1000/abc"),
        ("http://dx.doi.org/doi:10.1000/abc", "10.1000/abc"),
        ("https//doi.org/10.1000/abc", "10.1000/abc"),
        ("https://doi.org10.1000/abc", "10.1000/abc"),
        ("https://doi-org.proxy.library.edu/10.1000/abc", "10.1000/abc"),
        ("http://proxy.edu/login?url=https://doi.org/10.1000/abc&x=1", "10.1000/abc"),
        ("https://doi.org/10.1000/abc?utm_source=x#top", "10.1000/abc"),
        # escapes
        ("https%3A%2F%2Fdoi.org%2F10.1000%2Fabc", "10.1000/abc"),
        ("10.1000%252Fabc", "10.1000/abc"),
        ("10.1000/a&amp;b", "10.1000/a&b"),
        # what belongs to it
        ("10.1016/S0140-6736(20)30183-5", "10.1016/s0140-6736(20)30183-5"),
        ("10.1016/0022-3697(95)00123-4", "10.1016/0022-3697(95)00123-4"),
        (SICI.upper(), SICI),
        (f"<{SICI}>", SICI),
        (SICI.replace("<", "&lt;").replace(">", "&gt;"), SICI),
        (f"https://doi.org/{SICI}".replace("<", "%3C").replace(">", "%3E"), SICI),
        (
            "https://doi.org/10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-#",
            "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-#",
        ),
        ("10.1037//0022-006X.68", "10.1037//0022-006x.68"),
        ("10.1000.10/123", "10.1000.10/123"),
        ("10.1016/üникóδé", "10.1016/üникóδé"),
        # what does not
        ("10.1000/abc.", "10.1000/abc"),
        ('10.1000/abc".', "10.1000/abc"),
        ("10.1000/abc&quot;;", "10.1000/abc"),
        ("(10.1000/abc)", "10.1000/abc"),
        ("[doi: 10.1016/S0140-6736(20)30183-5].", "10.1016/s0140-6736(20)30183-5"),
        ("10.1000/abc<br/>", "10.1000/abc"),
        ("10.1000/abc [doi]", "10.1000/abc"),
        ("10.1000/abc; 10.1000/def", "10.1000/abc"),
        ("10.1000/abc,10.1000/def", "10.1000/abc"),
        # damage
        ("10.1016/S0140–6736(20)30183–5", "10.1016/s0140-6736(20)30183-5"),
        ("10.1000/ab\u200bc\u00ad", "10.1000/abc"),
        ("10.1000/ abc", "10.1000/abc"),
        ("10.1000/abc- def", "10.1000/abc-def"),
        ("10.1000/abc def", None),
        # publishers' addresses
        ("https://www.frontiersin.org/articles/10.3389/fpsyg.2020.00001/full", "10.3389/fpsyg.2020.00001"),
        ("https://onlinelibrary.wiley.com/doi/pdf/10.1002/jrsm.1378?x=1", "10.1002/jrsm.1378"),
        ("https://link.springer.com/content/pdf/10.1007/s12913-01.pdf", "10.1007/s12913-01"),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0012345&type=printable",
            "10.1371/journal.pone.0012345",
        ),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf", "10.1101/2020.01.01.123456"),
        # no DOI
        (None, None),
        ("", None),
        ("not a doi", None),
        ("10.1000/", None),
        ("10.1000/...", None),
        ("10.12/abc", None),
        ("110.1000/abc", None),
        ("10/abc12", None),
        ("1472-6963", None),
        ("see 10.1000/abc for more", None),
        ("https://doaj.org/article/28c9eb8a971d4c0f8570a3dd728e2092", None),
    ],
)
def test_a_doi_has_one_form(source: str | None, name: str | None) -> None:
    assert doi(source) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("see doi 10.1000/abc. Then", "10.1000/abc"),
        ("(https://doi.org/10.1016/S0140-6736(20)30183-5), in print", "10.1016/s0140-6736(20)30183-5"),
        ("10.1/2 is none, 10.1000/... neither, but 10.1000/z", "10.1000/z"),
        ("“10.1000/abc”, and 10.1000/def", "10.1000/abc"),
        ("https://example.org/10.1000%2Fabc/pdf", "10.1000/abc"),
        (f"in ({SICI}).", SICI),
        ("nothing here", None),
        (None, None),
    ],
)
def test_the_first_doi_of_a_text_is_found(text: str | None, name: str | None) -> None:
    assert doi_in(text) == name


_SUFFIXES = st.text(alphabet="aZ09.-_;()/<>:%#?&, \"'[]\u2013é\u200b", max_size=25)


@settings(deadline=None)
@example("10.1000/(<\ni><i><s>")  # closing the line makes a tag
@example("10.1000/a/< \u0338")  # and here one letter of two
@given(st.text() | _SUFFIXES.map("10.1000/{}".format) | _SUFFIXES.map("https://doi.org/10.1000/{}".format))
def test_a_doi_is_settled_and_found_again(text: str) -> None:
    name = doi(text)
    if name is not None:
        assert doi(name) == name
        assert doi_in(f"see {name}") == name
    doi_in(text)

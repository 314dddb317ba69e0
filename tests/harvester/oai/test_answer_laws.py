"""Laws of reading answers: what was put in comes out, and half an answer never passes for a whole one."""

import string
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import CatalogueError, MalformedResponse
from harvester.oai.answer import Token, read_answer
from harvester.oai.identity import formats, identify, sets
from tests.harvester.oai.answers import DC, NAMESPACE, envelope, listing, record, response

DELETED = '<record><header status="deleted"><identifier>x:2</identifier></header></record>'
MARC = '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>1</leader></record>'
PAGE = listing(
    record("x:1"),
    DELETED,
    record("x:\xfc", MARC + "<!-- </record> -->"),
    token='<resumptionToken cursor="0">next</resumptionToken>',
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("after", ["", "\n\n"])
def test_an_answer_cut_anywhere_is_none_or_the_same(encoding: str, after: str) -> None:
    body = (PAGE + after).encode(encoding)
    whole = read_answer(response(body), verb="ListRecords")
    for length in range(len(body)):
        if body[:length].decode(encoding, "ignore").rstrip().endswith("</OAI-PMH>"):
            answer = read_answer(response(body[:length]), verb="ListRecords")
            assert (answer.raws, answer.token) == (whole.raws, whole.token)
        else:
            with pytest.raises(MalformedResponse):
                read_answer(response(body[:length]), verb="ListRecords")


@pytest.mark.parametrize(
    "junk", ["</body></html>", "<br/><b>Fatal error</b>", "\x00", "&", '"', ">", "]]>", "-->"]
)
def test_an_answer_broken_off_with_a_message_is_none(junk: str) -> None:
    for length in range(len(PAGE) - len("</OAI-PMH>") + 1):
        with pytest.raises(MalformedResponse):
            read_answer(response(PAGE[:length] + junk), verb="ListRecords")


OTHERS = {
    "ListIdentifiers": listing("<header><identifier>a</identifier></header>", verb="ListIdentifiers"),
    "Identify": envelope("<Identify><repositoryName>n</repositoryName></Identify>"),
    "ListSets": envelope("<ListSets><set><setSpec>a</setSpec></set></ListSets>"),
    "ListMetadataFormats": envelope(
        "<ListMetadataFormats><metadataFormat><metadataPrefix>a</metadataPrefix></metadataFormat></ListMetadataFormats>"
    ),
}
READERS = {
    "ListIdentifiers": lambda answer: read_answer(answer, verb="ListIdentifiers"),
    "Identify": identify,
    "ListSets": sets,
    "ListMetadataFormats": formats,
}


@pytest.mark.parametrize("verb", OTHERS)
def test_other_answers_cut_anywhere_are_none(verb: str) -> None:
    READERS[verb](response(OTHERS[verb]))
    for length in range(len(OTHERS[verb])):
        with pytest.raises(MalformedResponse):
            READERS[verb](response(OTHERS[verb][:length]))


@given(st.binary(max_size=40), st.integers(0, len(PAGE)), st.integers(0, 40), st.sampled_from([*READERS, ""]))
@settings(deadline=None, max_examples=300)
def test_nothing_but_our_own_errors_is_raised(junk: bytes, at: int, lost: int, verb: str) -> None:
    body = (OTHERS.get(verb) or PAGE).encode()
    damaged = response(body[:at] + junk + body[at + lost :])
    try:
        READERS[verb](damaged) if verb else read_answer(damaged, verb="ListRecords")
    except CatalogueError as error:
        assert "\n" not in error.message  # noqa: PT017 - that any is raised is not the claim


class Sent(NamedTuple):
    identifier: str
    datestamp: str
    sets: list[str]
    deleted: bool
    title: str


def text(*, blank: bool = True) -> st.SearchStrategy[str]:
    """Return text that survives XML as it is: no control characters, no outer or repeated white space."""
    letters = st.characters(exclude_categories=("C", "Z"), include_characters=" " if blank else "")
    return st.text(letters, min_size=1, max_size=12).filter(lambda t: t == " ".join(t.split()) and t)


RECORDS = st.lists(
    st.builds(Sent, text(), text(), st.lists(text(), max_size=2), st.booleans(), text()), max_size=6
)
PREFIXES = st.one_of(st.just(""), st.text(string.ascii_letters, min_size=1, max_size=5).map("{}:".format))
BLANKS = st.sampled_from(["", "\n", "\r\n  ", "<!-- x -->", "<?x y?>"])
TOKENS = st.none() | st.builds(
    Token,
    st.just("") | text(),
    st.none() | st.integers(0, 10**9),
    st.none() | st.integers(0, 10**9),
    st.none() | text(),
)


def written(sent: Sent, p: str, blank: str) -> str:
    sets_of_it = "".join(f"<{p}setSpec>{escape(spec)}</{p}setSpec>" for spec in sent.sets)
    status = ' status="deleted"' if sent.deleted else ""
    metadata = DC.replace("T<", f"{escape(sent.title)}<")
    return (
        f"<{p}record>{blank}<{p}header{status}>{blank}<{p}identifier>{escape(sent.identifier)}</{p}identifier>"
        f"<{p}datestamp>{escape(sent.datestamp)}</{p}datestamp>{sets_of_it}</{p}header>{blank}"
        + ("" if sent.deleted else f"<{p}metadata>{blank}{metadata}</{p}metadata>")
        + f"</{p}record>"
    )


def written_token(token: Token | None, p: str) -> str:
    if token is None:
        return ""
    named = {
        "completeListSize": token.complete_list_size,
        "cursor": token.cursor,
        "expirationDate": token.expires,
    }
    told = "".join(f" {name}={quoteattr(str(value))}" for name, value in named.items() if value is not None)
    return f"<{p}resumptionToken{told}>{escape(token.value)}</{p}resumptionToken>"


@given(RECORDS, TOKENS, PREFIXES, BLANKS, st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
@settings(deadline=None, max_examples=150)
def test_what_was_put_in_comes_out(
    records: list[Sent], token: Token | None, p: str, blank: str, encoding: str
) -> None:
    slices = [written(sent, p, blank) for sent in records]
    body = (
        f"<{p}OAI-PMH xmlns{p and ':'}{p[:-1]}={quoteattr(NAMESPACE)}>{blank}<{p}ListRecords>{blank}"
        f"{blank.join(slices)}{blank}{written_token(token, p)}{blank}</{p}ListRecords>{blank}</{p}OAI-PMH>"
    )
    answer = read_answer(response(body.encode(encoding)), verb="ListRecords")
    assert [raw.payload for raw in answer.raws] == [piece.encode() for piece in slices]
    assert [(raw.identifier, raw.datestamp, list(raw.sets), raw.deleted) for raw in answer.raws] == [
        (sent.identifier, sent.datestamp, sent.sets, sent.deleted) for sent in records
    ]
    assert answer.token == token
    assert not any(raw.fault for raw in answer.raws)

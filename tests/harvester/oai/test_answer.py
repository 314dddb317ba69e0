"""What is read from whole answers to ListRecords, GetRecord and ListIdentifiers."""

import pytest

from catalog.errors import MalformedResponse, ProtocolError
from catalog.record import Place, RawRecord
from harvester.files.xml_record import Header
from harvester.oai.answer import Answer, Token, read_answer
from tests.harvester.oai.answers import (
    ADDRESS,
    DC,
    NAMESPACE,
    envelope,
    error,
    header,
    listing,
    record,
    response,
)

TOKEN = '<resumptionToken completeListSize="7" cursor="0" expirationDate="2024-05-07">a+b=</resumptionToken>'


def read(body: str | bytes, *, verb: str = "ListRecords", prefix: str | None = None) -> Answer:
    return read_answer(response(body), verb=verb, prefix=prefix)


def only(body: str) -> RawRecord:
    (raw,) = read(body).raws
    return raw


def test_a_page_gives_its_records_its_token_and_what_was_understood() -> None:
    body = listing(record("oai:x:1"), record("oai:x:2"), token=TOKEN)
    answer = read(body)
    assert [raw.identifier for raw in answer.raws] == ["oai:x:1", "oai:x:2"]
    assert answer.raws[1].payload == record("oai:x:2").encode()
    assert answer.raws[1].place == Place(ordinal=2, offset=body.index(record("oai:x:2")))
    assert answer.token == Token("a+b=", 7, 0, "2024-05-07")
    assert answer.response_date == "2024-05-06T07:08:09Z"
    assert answer.request == {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    assert answer.base_url == ADDRESS
    assert (answer.errors, answer.remarks, answer.lacking) == ((), (), {})


def test_get_record_gives_one_record() -> None:
    answer = read(listing(record("oai:x:1"), verb="GetRecord"), verb="GetRecord")
    assert [raw.identifier for raw in answer.raws] == ["oai:x:1"]
    with pytest.raises(MalformedResponse, match="no record"):
        read(listing(verb="GetRecord"), verb="GetRecord")


def test_list_identifiers_gives_headers() -> None:
    heads = (header("oai:x:1", sets=("a", "b&amp;c")), header("oai:x:2", status=' status="deleted"'))
    nameless = "<header><datestamp>2024-01-02</datestamp></header>"
    answer = read(listing(*heads, nameless, token=TOKEN, verb="ListIdentifiers"), verb="ListIdentifiers")
    assert answer.headers == (
        Header("oai:x:1", "2024-01-02", ("a", "b&c")),
        Header("oai:x:2", "2024-01-02", (), deleted=True),
    )
    assert answer.raws == ()
    assert answer.token == Token("a+b=", 7, 0, "2024-05-07")


@pytest.mark.parametrize(
    ("metadata", "form"),
    [
        (DC, "oai_dc"),
        ('<d:doajArticle xmlns:d="http://doaj.org/features/oai_doaj/1.0/"/>', "oai_doaj"),
        ('<record xmlns="http://www.loc.gov/MARC21/slim"><leader>x</leader></record>', "marcxml"),
        ('<m:record xmlns:m="http://www.loc.gov/MARC21/slim"/>', "marcxml"),
        ('<collection xmlns="http://www.loc.gov/MARC21/slim"><record/></collection>', "marcxml"),
        ('<mods xmlns="http://www.loc.gov/mods/v3"/>', "xml:{http://www.loc.gov/mods/v3}mods"),
    ],
)
def test_the_format_is_what_the_metadata_hold(metadata: str, form: str) -> None:
    raw = only(listing(record("oai:x:1", metadata)))
    assert (raw.format, raw.fault) == (form, None)


@pytest.mark.parametrize(
    "status",
    [
        ' status="deleted"',
        " status='deleted'",
        ' status="Deleted"',
        ' status=" deleted "',
        ' a="b" status = "DELETED"',
    ],
)
@pytest.mark.parametrize(
    "metadata", ["", "<metadata/>", "<metadata></metadata>", f"<metadata>{DC}</metadata>"]
)
def test_a_deletion_is_known_however_it_is_written(status: str, metadata: str) -> None:
    sent = f"<record>{header('oai:x:1', status=status)}{metadata}</record>"
    raw = only(listing(sent))
    assert (raw.identifier, raw.deleted, raw.fault, raw.format) == ("oai:x:1", True, None, "oai_dc")
    assert raw.payload == sent.encode()


@pytest.mark.parametrize("status", ["", ' status=""', ' status="active"', ' status="undeleted"'])
def test_no_other_status_deletes(status: str) -> None:
    sent = f"<record>{header('oai:x:1', status=status)}<metadata>{DC}</metadata></record>"
    assert not only(listing(sent)).deleted


def test_a_deletion_has_the_format_that_was_asked_for() -> None:
    sent = "<record><header status='deleted'><identifier>x:1</identifier></header></record>"
    body = envelope(f"<ListRecords>{sent}</ListRecords>")
    (raw,) = read(body, prefix="oai_doaj").raws
    assert raw.format == "oai_doaj"


@pytest.mark.parametrize(
    ("inside", "identifier", "datestamp", "sets"),
    [
        ("<identifier>\n a:1\t</identifier><datestamp> d </datestamp>", "a:1", "d", ()),
        ("<identifier>a[1]</identifier><datestamp>d</datestamp>", "a[1]", "d", ()),
        ("<identifier><![CDATA[a&b>c]]></identifier>", "a&b>c", None, ()),
        ("<identifier>a&amp;lt;b&#x26;&#99;</identifier>", "a&lt;b&c", None, ()),
        ("<identifier>a&copy=1</identifier>", "a&copy=1", None, ()),
        ("<identifier>a<!-- b -->c</identifier>", "ac", None, ()),
        ("<!-- <identifier>old</identifier> --><identifier>new</identifier>", "new", None, ()),
        ("<identifier/><identifier> </identifier><identifier>a</identifier>", "a", None, ()),
        ("<identifier>a</identifier><identifier>b</identifier>", "a", None, ()),
        ('<o:identifier type="x" xmlns:o="y">a</o:identifier>', "a", None, ()),
        ("<identifierType>b</identifierType><identifier>a</identifier>", "a", None, ()),
        (
            "<identifier>a</identifier><setSpec>s</setSpec><setSpec/><setSpec>t</setSpec>",
            "a",
            None,
            ("s", "t"),
        ),
    ],
)
def test_header(inside: str, identifier: str, datestamp: str | None, sets: tuple[str, ...]) -> None:
    raw = only(listing(f"<record><header>{inside}</header><metadata>{DC}</metadata></record>"))
    assert (raw.identifier, raw.datestamp, raw.sets, raw.fault) == (identifier, datestamp, sets, None)


def test_what_follows_the_metadata_stays_with_the_record() -> None:
    about = "<about><p xmlns='x'><record/><resumptionTokens/></p></about>"
    sent = record("x:1").replace("</record>", f"{about}</record>")
    twice = record("x:2").replace("</record>", f"<metadata>{DC}</metadata></record>")
    assert [raw.payload for raw in read(listing(sent, twice)).raws] == [sent.encode(), twice.encode()]


@pytest.mark.parametrize(
    ("element", "token"),
    [
        ("", None),
        ("<resumptionToken/>", Token("")),
        ("<resumptionToken></resumptionToken>", Token("")),
        ('<resumptionToken cursor="3"> \n\t</resumptionToken>', Token("", cursor=3)),
        ("<resumptionToken>\n  a  b \n</resumptionToken>", Token("a  b")),
        ("<resumptionToken>a\r\nb</resumptionToken>", Token("a\nb")),
        ("<resumptionToken>a&amp;b&amp;lt;&#43;</resumptionToken>", Token("a&b&lt;+")),
        ("<resumptionToken>a&b&copy=1</resumptionToken>", Token("a&b&copy=1")),
        ("<resumptionToken>a>b</resumptionToken>", Token("a>b")),
        ("<resumptionToken>a<b</resumptionToken>", Token("a<b")),
        ("<resumptionToken><![CDATA[a&amp;<b>]]></resumptionToken>", Token("a&amp;<b>")),
        ("<resumptionToken>a<!-- x -->b</resumptionToken>", Token("ab")),
        ('<resumptionToken note="a>b">é/%2B+ ~</resumptionToken>', Token("é/%2B+ ~")),
        (f'<o:resumptionToken xmlns:o="{NAMESPACE}">a</o:resumptionToken >', Token("a")),
        ("<resumptionToken completeListSize='12' cursor=\" 3 \">a</resumptionToken>", Token("a", 12, 3)),
        ('<resumptionToken completeListSize="-1" cursor="many">a</resumptionToken>', Token("a")),
        ("<resumptionToken>a</resumptionToken><resumptionToken/>", Token("a")),
        ("<resumptionToken>a</resumptionToken><resumptionToken>b</resumptionToken>", Token("b")),
    ],
)
def test_token(element: str, token: Token | None) -> None:
    assert read(listing(record("x:1"), token=element)).token == token


def test_a_token_after_the_list_counts_as_well() -> None:
    body = listing(record("x:1")).replace("</OAI-PMH>", "<resumptionToken>a</resumptionToken></OAI-PMH>")
    assert read(body).token == Token("a")


@pytest.mark.parametrize(
    "element",
    [
        '<resumptionToken cursor="3>a</resumptionToken>',
        '<resumptionToken expirationDate="2024"">a</resumptionToken>',
        "<resumptionToken>a",
        "<resumptionToken>a</resumptiontoken>",
        "a</resumptionToken>",
    ],
)
def test_a_damaged_token_is_never_taken_for_the_end_of_the_list(element: str) -> None:
    with pytest.raises(MalformedResponse, match="resumptionToken"):
        read(listing(record("x:1"), token=element))


@pytest.mark.parametrize("tail", ["", "</metadata>", "</metadata></record>"])
def test_a_damaged_token_is_missed_behind_a_damaged_record_as_well(tail: str) -> None:
    broken = record("x:2").replace("</metadata></record>", f"{tail}&Token>a</resumptionToken>")
    with pytest.raises(MalformedResponse, match="resumptionToken"):
        read(listing(record("x:1"), broken))


def test_a_token_that_was_commented_out_is_none() -> None:
    assert read(listing(record("x:1"), token=f"<!-- {TOKEN} -->")).token is None


@pytest.mark.parametrize("record_end", ["", "</metadata>"])
def test_a_record_without_its_end_does_not_swallow_the_token(record_end: str) -> None:
    unclosed = record("x:2").replace("</metadata></record>", record_end)
    answer = read(listing(record("x:1"), unclosed, token=TOKEN))
    assert [(raw.identifier, raw.fault is None) for raw in answer.raws] == [("x:1", True), ("x:2", False)]
    assert answer.token is not None
    assert answer.token.value == "a+b="


@pytest.mark.parametrize("code", ["noRecordsMatch", " norecordsmatch "])
@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_an_empty_list_is_an_answer(code: str, verb: str) -> None:
    answer = read(envelope(error(code)), verb=verb)
    assert (answer.raws, answer.headers, answer.token) == ((), (), None)
    assert answer.errors == (("noRecordsMatch", "told why"),)


def test_several_errors_are_told_together() -> None:
    with pytest.raises(ProtocolError) as told:
        read(
            envelope(
                error("noRecordsMatch") + error("badArgument", "from") + error("badArgument", "a &lt; b")
            )
        )
    assert told.value.code == "badArgument"
    assert told.value.message == f"{ADDRESS}: ListRecords was refused: badArgument: from; badArgument: a < b"


def test_a_refusal_beside_records_is_a_refusal() -> None:
    with pytest.raises(ProtocolError):
        read(listing(record("x:1"), token=error("badArgument")))


@pytest.mark.parametrize("verb", ["GetRecord", "ListIdentifiers"])
def test_the_answer_to_another_verb_is_none(verb: str) -> None:
    with pytest.raises(MalformedResponse, match=f"none to {verb}"):
        read(listing(record("x:1")), verb=verb)

"""The faults of real servers, by their numbers in our table of failures: what each costs."""

import contextlib
import time

import pytest
from lxml import etree

from catalog.errors import CatalogueError, MalformedResponse, ProtocolError
from catalog.record import RawRecord
from harvester.files.xml_record import NO_METADATA
from harvester.oai.answer import Answer, Token, read_answer
from tests.harvester.oai.answers import DC, NAMESPACE, envelope, error, header, listing, record, response

TOKEN = "<resumptionToken>next</resumptionToken>"


def read(body: str | bytes, *, status: int = 200, content_type: str = "text/xml") -> Answer:
    return read_answer(response(body, status=status, content_type=content_type), verb="ListRecords")


def page(damage: str | bytes) -> bytes:
    """Return a page with that in the title of its second record of three."""
    body = listing(record("x:1"), record("x:2", DC.replace("T<", "@<")), record("x:3"), token=TOKEN)
    return body.encode().replace(b"@", damage.encode() if isinstance(damage, str) else damage)


def parsed(raw: RawRecord) -> etree._Element:
    return etree.fromstring((raw.envelope or b"") + raw.payload + (b"</envelope>" if raw.envelope else b""))


DAMAGE = {
    "#1 NUL": "a\x00b",
    "#1 control characters": "\x01\x0b\x1a\x1f",
    "#1 no characters": "\ufffe\uffff",
    "#2 a surrogate": "&#55349;&#56320;",
    "#2 references to control characters": "&#0;&#x1A;&#x110000;",
    "#3 bytes that are not UTF-8": b"caf\xe9 \xc3\xa9",
    "#3 half a character": b"\xe2\x82",
    "#4 bytes that are no text": bytes(set(range(256)) - set(b"<>&")),
    "#5 a stray ampersand": "a & b &nbsp; &c",
    "#5 stray quotes": '"\'"',
    "#5 a stray less-than": "p < 0.05, x<y",
    "#5 markup that is not closed": "<i>a<br>b",
    "#5 an end tag too many": "a</sub>",
    "#38 an entity": "&xxe;",
    "#38 deep nesting": "<a>" * 5000 + "</a>" * 5000,
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_costs_its_record_only(name: str) -> None:
    body = page(DAMAGE[name])
    answer = read(body)
    assert [raw.identifier for raw in answer.raws] == ["x:1", "x:2", "x:3"]
    assert b"".join(raw.payload for raw in answer.raws) in body
    assert answer.token == Token("next")
    for raw in answer.raws[::2]:
        assert parsed(raw).find(".//{*}title").text == "T"


@pytest.mark.parametrize(
    "junk",
    [
        "a & b &nbsp;",
        "\x00\x1a",
        "&#55349;",
        "<br />\n<b>Notice</b>: Undefined index<br>",
        '"',
        "p < 0.05",
        "&xxe;",
    ],
)
def test_5_damage_between_records_costs_none(junk: str) -> None:
    answer = read(listing(record("x:1"), junk, record("x:2"), junk, token=TOKEN))
    assert [(raw.identifier, raw.fault) for raw in answer.raws] == [("x:1", None), ("x:2", None)]
    assert answer.token == Token("next")


def test_5_foreign_elements_between_records_are_told() -> None:
    (remark,) = read(listing(record("x:1"), "<br /><b>Notice</b>")).remarks
    assert remark.kind == "note"
    assert remark.text.endswith(": b, br")


TITLE = "Grüße – “ž”"


@pytest.mark.parametrize(
    ("declaration", "content_type", "encoding"),
    [
        ('<?xml version="1.0" encoding="UTF-8"?>', "text/xml", "utf-8"),
        ("", "text/xml", "utf-8"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "text/xml; charset=ISO-8859-1", "utf-8"),
        ('<?xml version="1.0"?>', "text/xml; charset=iso-8859-1", "utf-8"),
        ('<?xml version="1.0" encoding="UTF-8"?>', "text/xml", "cp1252"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "text/xml", "cp1252"),
        ("<?xml version='1.0' encoding='windows-1250'?>", "text/xml; charset=utf-8", "cp1250"),
        ('<?xml version="1.0"?>', 'application/xml; x=y; charset="Windows-1250"', "cp1250"),
        ("", "text/xml;charset=windows-1250", "cp1250"),
        ('<?xml version="1.0" encoding="x-unheard-of"?>', "text/xml; charset=", "utf-8"),
        ('<?xml version="1.0" encoding="UTF-16"?>', "text/xml", "utf-16"),
        ("", "text/xml", "utf-16"),
        ('<?xml version="1.0" encoding="utf-16be"?>', "text/xml", "utf-16-be"),
        ('<?xml version="1.0" encoding="UTF-8"?>', "text/xml", "utf-8-sig"),
        ('<?xml version="1.0" encoding="UTF-32"?>', "text/xml", "utf-32"),
    ],
)
def test_3_text_is_read_whatever_it_is_declared_as(
    declaration: str, content_type: str, encoding: str
) -> None:
    sent = record("x:ü", DC.replace("T<", f"{TITLE}<"))
    body = listing(sent, token="<resumptionToken>é</resumptionToken>", declaration=declaration).encode(
        encoding
    )
    answer = read(body, content_type=content_type)
    (raw,) = answer.raws
    assert raw.identifier == "x:ü"
    assert answer.token == Token("é")
    assert parsed(raw).find(".//{*}title").text == TITLE
    wide = encoding.startswith(("utf-16", "utf-32"))
    assert raw.payload == sent.encode("utf-8" if wide or encoding == "utf-8-sig" else encoding)
    assert [remark.kind for remark in answer.remarks] == ["note"] * wide


NOTICE = "<br />\n<b>Notice</b>:  Undefined index: x in <b>/var/www/oai.php</b> on line <b>9</b><br>\n"


@pytest.mark.parametrize(
    "after",
    [NOTICE, "</OAI-PMH>", "Warning: a & b", "<!-- 0.12 s -->", "</body></html>", "\x00\x07", "<", "ÿ"],
)
def test_6_garbage_after_the_end_is_told(after: str) -> None:
    answer = read(listing(record("x:1"), token=TOKEN) + after)
    assert [(raw.identifier, raw.fault) for raw in answer.raws] == [("x:1", None)]
    assert answer.token == Token("next")
    (remark,) = answer.remarks
    assert "after the XML" in remark.text


@pytest.mark.parametrize("blank", ["", "\n", " \r\n\t", "\x00", "\x1a"])
def test_6_blanks_around_the_answer_are_not_told(blank: str) -> None:
    answer = read(blank.strip("\x00") + listing(record("x:1")) + blank)
    assert (len(answer.raws), answer.remarks) == (1, ())


@pytest.mark.parametrize("before", [NOTICE, "Warning: a & b\n", "PHP Notice: <x> ", "[2024-05-06] notice"])
@pytest.mark.parametrize("declaration", ['<?xml version="1.0" encoding="windows-1252"?>', ""])
def test_6_garbage_before_the_declaration_is_told(before: str, declaration: str) -> None:
    sent = record("x:é")
    answer = read((before + listing(sent, declaration=declaration)).encode("cp1252"))
    assert [(raw.identifier, raw.fault) for raw in answer.raws] == [("x:é", None)]
    (remark,) = answer.remarks
    assert "before the XML" in remark.text


def test_6_garbage_between_declaration_and_root_is_told() -> None:
    answer = read(listing(record("x:1"), declaration=f'<?xml version="1.0"?>{NOTICE}'))
    assert len(answer.raws) == len(answer.remarks) == 1


def test_6_records_after_the_end_are_not_lost_silently() -> None:
    body = listing(record("x:1"))
    with pytest.raises(MalformedResponse, match="after the end"):
        read(body + body)
    with pytest.raises(MalformedResponse, match="after the end"):
        read(body + record("x:2"))


@pytest.mark.parametrize(
    "prolog",
    [
        "<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='a.xsl'?>",
        "<!-- <OAI-PMH > --><?xml version='1.0'?>",
        '<!DOCTYPE OAI-PMH SYSTEM "http://127.0.0.1/never-asked.dtd">',
        "\ufeff\ufeff\n<?xml version='1.0'?>",
    ],
)
def test_what_may_stand_before_the_root_is_not_told(prolog: str) -> None:
    answer = read(listing(record("x:1"), declaration=prolog))
    assert (len(answer.raws), answer.remarks) == (1, ())


WHOLE = listing(record("x:1"), record("x:2"), token=TOKEN)


@pytest.mark.parametrize(
    "body",
    [
        WHOLE.removesuffix("</OAI-PMH>"),
        WHOLE.removesuffix("</ListRecords></OAI-PMH>"),
        WHOLE.replace("</ListRecords>", ""),
        WHOLE[: WHOLE.index("</metadata>")],
        WHOLE[: WHOLE.index("</metadata>")] + NOTICE,
        WHOLE[: WHOLE.index("</metadata>")] + "</body></html>",
        WHOLE.replace("<dc:title>", "<![CDATA[<dc:title>"),
        WHOLE.replace("<dc:title>", "<!-- <dc:title>"),
    ],
)
def test_7_an_answer_that_breaks_off_is_none(body: str) -> None:
    with pytest.raises(MalformedResponse):
        read(body)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("", "nothing"),
        (" \n", "nothing"),
        ("\ufeff", "nothing"),
        (
            "<!DOCTYPE html><html><title>Just a\nmoment…</title></html>",
            "a web page, not OAI-PMH (“Just a moment…”)",
        ),
        ("<html><body><pre>" + WHOLE + "</pre></body></html>", "a web page"),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C"><html xmlns="x"/>', "a web page"),
        ('{"error": "x"}', "JSON"),
        ('{"xml": "<OAI-PMH>"}', "JSON"),
        ("[]", "JSON"),
        ("<rss/>", "XML of another kind"),
        ('<collection xmlns="http://www.loc.gov/MARC21/slim"/>', "XML of another kind"),
        ("<!-- <OAI-PMH>", "XML of another kind"),
        ("Service Unavailable", "text"),
    ],
)
@pytest.mark.parametrize("status", [200, 404, 503])
def test_9_what_is_not_oai_pmh_is_named(body: str, what: str, status: int) -> None:
    with pytest.raises(MalformedResponse) as told:
        read(body, status=status)
    assert what in told.value.message
    assert "\n" not in told.value.message


@pytest.mark.parametrize("status", [400, 404, 422, 429, 500, 503])
def test_13_errors_are_read_from_failures(status: int) -> None:
    assert read(envelope(error("noRecordsMatch")), status=status).errors[0][0] == "noRecordsMatch"
    with pytest.raises(ProtocolError) as told:
        read(envelope(error("badResumptionToken")), status=status)
    assert told.value.code == "badResumptionToken"


def test_13_a_list_from_a_failing_server_is_not_trusted() -> None:
    for status in (408, 429, 500, 503):
        with pytest.raises(MalformedResponse, match=str(status)):
            read(WHOLE, status=status)
    assert [remark.text for remark in read(WHOLE, status=404).remarks] == [
        "the answers come with the status HTTP 404"
    ]


@pytest.mark.parametrize(
    ("sent", "fault", "lacking"),
    [
        ("<record/>", NO_METADATA, {"identifier", "datestamp", "metadata"}),
        ("<record></record>", NO_METADATA, {"identifier", "datestamp", "metadata"}),
        (f"<record>{header('x:1')}</record>", NO_METADATA, {"metadata"}),
        (f"<record>{header('x:1')}<metadata/></record>", NO_METADATA, {"metadata"}),
        (f"<record>{header('x:1')}<metadata> </metadata></record>", NO_METADATA, {"metadata"}),
        (f"<record>{header('x:1')}<about><a/></about></record>", NO_METADATA, {"metadata"}),
        (f"<record><header/><metadata>{DC}</metadata></record>", None, {"identifier", "datestamp"}),
        (f"<record><metadata>{DC}</metadata></record>", None, {"identifier", "datestamp"}),
        (f"<record>{header('')}<metadata>{DC}</metadata></record>", None, {"identifier"}),
        (f"<record>{header('x:1', datestamp='')}<metadata>{DC}</metadata></record>", None, {"datestamp"}),
        (
            '<record><header status="deleted"/></record>',
            "a deletion that does not say of what",
            {"identifier", "datestamp"},
        ),
    ],
)
def test_32_what_a_record_lacks_is_counted(sent: str, fault: str | None, lacking: set[str]) -> None:
    answer = read(listing(record("x:0"), sent, record("x:9")))
    raw = answer.raws[1]
    assert (raw.payload, raw.fault, raw.format) == (sent.encode(), fault, "oai_dc")
    assert raw.identifier.startswith("sha256:") is ("identifier" in lacking)
    assert answer.lacking == dict.fromkeys(lacking, 1)


def test_32_a_header_in_the_metadata_is_not_the_records() -> None:
    (raw,) = read(listing(f"<record><metadata><tei>{header('wrong')}</tei></metadata></record>")).raws
    assert raw.identifier.startswith("sha256:")
    assert raw.format == f"xml:{{{NAMESPACE}}}tei"


@pytest.mark.parametrize(
    ("root", "prefix", "remarks"),
    [
        (f'xmlns="{NAMESPACE}"', "", 0),
        (f'xmlns:oai="{NAMESPACE}"', "oai:", 0),
        (f'xmlns:a.b-c_1="{NAMESPACE}"', "a.b-c_1:", 0),
        ("", "", 1),
        ('xmlns="http://www.openarchives.org/OAI/1.1/"', "", 1),
        ("", "undeclared:", 1),
    ],
)
def test_33_any_prefix_and_namespace(root: str, prefix: str, remarks: int) -> None:
    p = prefix
    body = (
        f"<{p}OAI-PMH {root}><{p}request {p}verb='x'>u</{p}request><{p}ListRecords><{p}record>"
        f"<{p}header status='deleted'><{p}identifier>x:1</{p}identifier>"
        f"<{p}setSpec>s</{p}setSpec></{p}header>"
        f"</{p}record><{p}record><{p}header><{p}identifier>x:2</{p}identifier></{p}header>"
        f"<{p}metadata>{DC}</{p}metadata></{p}record><{p}resumptionToken>next</{p}resumptionToken>"
        f"</{p}ListRecords></{p}OAI-PMH>"
    )
    answer = read(body)
    told = [(raw.identifier, raw.deleted, raw.sets, raw.format, raw.fault) for raw in answer.raws]
    assert told == [("x:1", True, ("s",), "oai_dc", None), ("x:2", False, (), "oai_dc", None)]
    assert answer.token == Token("next")
    assert len(answer.remarks) == remarks
    if prefix != "undeclared:":
        assert parsed(answer.raws[1]).find(".//{*}title").text == "T"


@pytest.mark.parametrize("place", ["root", "record", "metadata"])
def test_33_namespaces_are_declared_anywhere(place: str) -> None:
    spaces = ' xmlns:d="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    at = {name: spaces if name == place else "" for name in ("root", "record", "metadata")}
    sent = (
        f"<record{at['record']}>{header('x:1')}<metadata{at['metadata']}>"
        "<d:dc><title>T</title></d:dc></metadata></record>"
    )
    (raw,) = read(listing(sent).replace("<OAI-PMH", f"<OAI-PMH{at['root']}")).raws
    assert raw.format == "oai_dc"
    assert parsed(raw).find(".//{http://www.openarchives.org/OAI/2.0/oai_dc/}dc") is not None


@pytest.mark.parametrize("code", ["InternalException", "", "503"])
def test_34_unknown_errors_are_failures_that_may_pass(code: str) -> None:
    with pytest.raises(MalformedResponse, match=f"was refused: {code or 'without code'}"):
        read(envelope(error(code, "")))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE OAI-PMH [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE a [<!ENTITY % a SYSTEM "http://127.0.0.1/x.dtd"> %a;]>',
    ],
)
def test_38_entities_are_refused(doctype: str) -> None:
    with pytest.raises(MalformedResponse, match="entities"):
        read(listing(record("x:1", "&xxe;"), declaration=f'<?xml version="1.0"?>{doctype}'))


@pytest.mark.parametrize(
    "piece", ["<record>", "<", "<![CDATA[", "<!--", "<?", '<a "', "</x>", "<error>", "&#"]
)
def test_38_what_never_ends_is_read_in_linear_time(piece: str) -> None:
    began = time.process_time()
    for body in (listing(piece * 30_000), piece * 30_000 + WHOLE):
        with contextlib.suppress(CatalogueError):
            read(body)
    assert time.process_time() - began < 5  # a quadratic reading takes minutes


def test_38_nesting_around_the_records_is_bounded() -> None:
    with pytest.raises(MalformedResponse, match="nested"):
        read(listing("<a>" * 5000 + record("x:1") + "</a>" * 5000))

"""Where one XML record ends and the next begins, and what stands around it."""

import pytest
from lxml import etree

from catalog.errors import IncompleteSource, SourceError, UnreadableFile
from catalog.record import Place, RawRecord
from harvester.files.window import LONGEST, TOO_LONG
from tests.harvester.files.reading import raws, reading

OAI = 'xmlns="http://www.openarchives.org/OAI/2.0/"'
DC = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title></oai_dc:dc>'
)
MARC_NS = "http://www.loc.gov/MARC21/slim"


def header(identifier: str, extra: str = "") -> str:
    return f"<header{extra}><identifier>{identifier}</identifier><datestamp>2024-01-02</datestamp></header>"


def oai(*records: str, end: str = "", prefix: str = "oai_dc") -> bytes:
    """Return a ListRecords answer."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<OAI-PMH {OAI} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<responseDate>x</responseDate><request verb="ListRecords" metadataPrefix="{prefix}">x</request>'
        f"<ListRecords>{''.join(records)}{end}</ListRecords></OAI-PMH>"
    ).encode()


def record(identifier: str, metadata: str = DC) -> str:
    return f"<record>{header(identifier)}<metadata>{metadata}</metadata></record>"


def marc_record(number: str, *, prefix: str = "") -> str:
    p = f"{prefix}:" if prefix else ""
    return (
        f'<{p}record><{p}leader>00000nam a2200000 a 4500</{p}leader><{p}controlfield tag="001">{number}'
        f'</{p}controlfield><{p}datafield tag="245" ind1="0" ind2="0"><{p}subfield code="a">T</{p}subfield>'
        f"</{p}datafield></{p}record>"
    )


def collection(*records: str) -> bytes:
    return f'<collection xmlns="{MARC_NS}">{"".join(records)}</collection>'.encode()


def told(data: bytes) -> list[tuple[str, str, bool]]:
    return [(raw.identifier, raw.format, raw.fault is None) for raw in raws(data)]


def stands_alone(raw: RawRecord) -> etree._Element:
    """Parse envelope and payload strictly."""
    body = raw.payload if raw.envelope is None else raw.envelope + raw.payload + b"</envelope>"
    return etree.fromstring(body)


def test_an_oai_record_is_its_bytes_and_its_header() -> None:
    sent = (
        '<record><header xmlns:y="z"><identifier> oai:x:1\n</identifier><datestamp>2024-01-02</datestamp>'
        f"<setSpec>a</setSpec><setSpec>b&amp;c</setSpec></header><metadata>{DC}</metadata></record>"
    )
    data = oai(sent, record("oai:x:2"))
    first, second = raws(data)
    assert first.payload == sent.encode()
    assert (first.identifier, first.datestamp, first.sets) == ("oai:x:1", "2024-01-02", ("a", "b&c"))
    assert first.place == Place(ordinal=1, offset=data.index(b"<record>"))
    assert (second.identifier, second.sets, second.deleted) == ("oai:x:2", (), False)
    assert stands_alone(first)[0].tag == "{http://www.openarchives.org/OAI/2.0/}record"


@pytest.mark.parametrize(
    ("prefix", "form"),
    [("oai_dc", "oai_dc"), ("oai_doaj", "oai_doaj"), ("marc21", "marcxml"), ("mods", "oai_dc")],
)
def test_a_deleted_record_has_the_format_that_was_asked_for(prefix: str, form: str) -> None:
    deleted = header("oai:x:1", ' status="deleted"')
    (raw,) = raws(oai(f"<record>{deleted}</record>", prefix=prefix))
    assert (raw.identifier, raw.deleted, raw.format, raw.fault) == ("oai:x:1", True, form, None)


@pytest.mark.parametrize(
    ("metadata", "form"),
    [
        pytest.param(DC, "oai_dc", id="oai_dc"),
        pytest.param("<dc><title>T</title></dc>", "oai_dc", id="dc without namespace"),
        pytest.param(
            '<doajArticle xmlns="http://doaj.org/features/oai_doaj/1.0/"/>', "oai_doaj", id="oai_doaj"
        ),
        pytest.param(
            f'<record xmlns="{MARC_NS}"><leader/></record>', "marcxml", id="MARC, default namespace"
        ),
        pytest.param(f'<m:record xmlns:m="{MARC_NS}"/>', "marcxml", id="MARC, prefixed"),
        pytest.param("<record><leader/></record>", "marcxml", id="MARC by its elements"),
        pytest.param(
            f'<collection xmlns="{MARC_NS}"><record/></collection>', "marcxml", id="in a collection"
        ),
        pytest.param('<mods xmlns="m"><a/></mods>', "xml:{m}mods", id="unknown"),
        pytest.param("<oai_marc/>", "xml:{http://www.openarchives.org/OAI/2.0/}oai_marc", id="inherited"),
        pytest.param("<!-- c --><![CDATA[<x>]]><dc/>", "oai_dc", id="comment and CDATA before"),
    ],
)
def test_the_format_is_that_of_the_metadata(metadata: str, form: str) -> None:
    assert told(oai(record("a", metadata), record("b"))) == [("a", form, True), ("b", "oai_dc", True)]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(collection(marc_record("1"), marc_record("2")), id="default namespace"),
        pytest.param(
            (
                f'<m:collection xmlns:m="{MARC_NS}">{marc_record("1", prefix="m")}\n'
                f"{marc_record('2', prefix='m')}</m:collection>"
            ).encode(),
            id="prefixed",
        ),
        pytest.param(
            f"<collection>{marc_record('1')}{marc_record('2')}</collection>".encode(), id="no namespace"
        ),
        pytest.param(collection(marc_record("1")) + b"\n" + collection(marc_record("2")), id="two documents"),
        pytest.param(marc_record("1").encode() + b"\n" + marc_record("2").encode(), id="no root"),
        pytest.param(
            b"\xef\xbb\xbf\n"
            + collection("<!-- <record> --><?x <record>?>", marc_record("1"), marc_record("2")),
            id="comments",
        ),
        pytest.param(
            collection(marc_record("1").replace(">T<", "><![CDATA[</record>]]><"), marc_record("2")),
            id="CDATA",
        ),
        pytest.param(
            b"Warning: x in y.php\n" + collection(marc_record("1"), marc_record("2")), id="text before"
        ),
        pytest.param(collection(marc_record("1"), marc_record("2")) + b"\nWarning: x", id="text after"),
        pytest.param(collection(marc_record("1"), marc_record("2")).decode().encode("utf-16"), id="UTF-16"),
    ],
)
def test_marc_collections(data: bytes) -> None:
    assert told(data) == [("1", "marcxml", True), ("2", "marcxml", True)]
    for raw in raws(data):
        stands_alone(raw)


def test_sru_answers_are_unwrapped() -> None:
    data = (
        '<zs:searchRetrieveResponse xmlns:zs="http://www.loc.gov/zing/srw/"><zs:records><zs:record>'
        f'<zs:recordSchema>marcxml</zs:recordSchema><zs:recordData xmlns="{MARC_NS}"> {marc_record("7")} '
        "</zs:recordData></zs:record></zs:records></zs:searchRetrieveResponse>"
    ).encode()
    (raw,) = raws(data)
    assert (raw.identifier, raw.format, raw.payload) == ("7", "marcxml", marc_record("7").encode())
    assert stands_alone(raw)[0].tag == f"{{{MARC_NS}}}record"
    assert raw.place == Place(ordinal=1, offset=data.index(b"<record>"))


def test_a_document_that_is_the_record() -> None:
    assert [raw.payload for raw in raws(b'<?xml version="1.0"?>\n<!-- c -->\n' + DC.encode() + b"\n")] == [
        DC.encode()
    ]
    assert [raw.payload for raw in raws(f"<all>{DC}{DC}</all>".encode())] == [DC.encode()] * 2


@pytest.mark.parametrize(
    ("text", "declared", "written", "expected"),
    [
        pytest.param("é", "utf-8", "utf-8", None, id="right"),
        pytest.param("é", "iso-8859-1", "iso-8859-1", b"iso-8859-1", id="Latin-1"),
        pytest.param("é", "utf-8", "cp1252", b"windows-1252", id="not what was declared"),
        pytest.param("“é”", "iso-8859-1", "cp1252", b"windows-1252", id="Windows called Latin-1"),
        pytest.param("é", "iso-8859-1", "utf-8", None, id="UTF-8 called Latin-1"),
        pytest.param("é", "no-such-code", "utf-8", None, id="unknown name"),
        pytest.param("é", "base64", "utf-8", None, id="no text encoding"),
    ],
)
def test_records_are_declared_as_what_they_are(
    text: str, declared: str, written: str, expected: bytes | None
) -> None:
    data = f'<?xml version="1.0" encoding="{declared}"?><dc><title>{text}</title></dc>'.encode(written)
    (raw,) = raws(data)
    assert (expected or b"utf-8") in (raw.envelope or b'<?xml encoding="utf-8"?>')
    assert "".join(stands_alone(raw).itertext()) == text


class TestDamage:
    """It costs the record it is in."""

    def test_a_record_that_is_never_closed(self) -> None:
        broken = record("b").replace("</metadata></record>", "")
        found = raws(oai(record("a"), broken, record("c")))
        assert [raw.identifier for raw in found] == ["a", "b", "c"]
        assert [raw.fault for raw in found] == [None, "the record is not closed before the next begins", None]
        assert found[1].payload == broken.encode()

    @pytest.mark.parametrize("lost", ["</record>", "<record>", "</metadata></record>"])
    def test_marc_in_oai_with_a_tag_lost(self, lost: str) -> None:
        metadata = f'<record xmlns="{MARC_NS}"><leader>x</leader></record>'
        broken = record("b", metadata).replace(lost, "", 1)
        found = raws(oai(record("a", metadata), broken, record("c", metadata)))
        assert [raw.identifier for raw in found if raw.fault is None][::2] == ["a", "c"] or (
            [raw.identifier for raw in found if raw.fault is None] == ["a", "c"]
        )

    def test_what_is_left_of_a_record_is_handed_over(self) -> None:
        rest = marc_record("2").removeprefix("<record>")
        found = raws(collection(marc_record("1"), rest, marc_record("3")))
        assert [(raw.fault is None, raw.payload) for raw in found] == [
            (True, marc_record("1").encode()),
            (False, rest.encode()),
            (True, marc_record("3").encode()),
        ]

    def test_a_record_that_is_not_well_formed_is_for_the_crosswalk(self) -> None:
        assert told(
            collection(marc_record("1"), marc_record("2").replace("T<", "T</x>&y;<"), marc_record("3"))
        ) == [(number, "marcxml", True) for number in "123"]

    def test_a_file_cut_off_in_a_record(self) -> None:
        read = reading(oai(record("a"), record("b"))[:-60])
        assert next(read).identifier == "a"
        cut = next(read)
        assert (cut.identifier, cut.fault) == ("b", "the file ends in the middle of the record")
        with pytest.raises(IncompleteSource, match="</OAI-PMH> is missing"):
            next(read)

    def test_a_file_cut_off_between_records(self) -> None:
        whole = oai(record("a"), record("b"))
        read = reading(whole[: whole.index(b"</ListRecords>")])
        assert [next(read).identifier, next(read).identifier] == ["a", "b"]
        with pytest.raises(IncompleteSource):
            next(read)

    def test_a_record_without_end_is_cut(self) -> None:
        endless = "<record><leader>" + "x" * LONGEST
        found = raws(collection(marc_record("1"), endless, marc_record("3")))
        assert [len(raw.payload) <= LONGEST for raw in found] == [True] * len(found)
        assert (found[0].identifier, found[-1].identifier) == ("1", "3")
        assert found[1].fault == TOO_LONG

    @pytest.mark.parametrize(
        "giant",
        [
            "x" * (2 * LONGEST),
            "<![CDATA[" + "x</record>" * (LONGEST // 8) + "]]>",
            "<!--" + "</metadata></record>" * (LONGEST // 16) + "-->",
            "<record><leader/></record>" * (LONGEST // 20),
        ],
        ids=["text", "cdata", "comment", "records"],
    )
    def test_a_record_that_is_too_long_is_handed_over_in_pieces_and_named(self, giant: str) -> None:
        inner = f"<dc:dc><dc:title>{giant}</dc:title></x><metadata></metadata></dc:dc>"
        long = record("b", inner)
        whole = oai(record("a"), long, record("c"))
        found = raws(whole)
        assert [raw.identifier for raw in (found[0], found[1], found[-1])] == ["a", "b", "c"]
        assert {raw.fault for raw in found[1:-1]} == {TOO_LONG}
        assert b"".join(raw.payload for raw in found[1:-1]) == long.encode()

    def test_text_without_end_between_records_is_rejected_and_blanks_are_not(self) -> None:
        for between, faults in ((" ", set()), ("x", {TOO_LONG})):
            found = raws(collection(marc_record("1"), between * (3 * LONGEST), marc_record("3")))
            assert [raw.identifier for raw in found if not raw.fault] == ["1", "3"]
            assert {raw.fault for raw in found if raw.fault} == faults


class TestNoRecords:
    """What is said when a document has none."""

    @pytest.mark.parametrize(
        "data",
        [
            oai(),
            collection(),
            b'<OAI-PMH><request>x</request><error code="noRecordsMatch">none</error></OAI-PMH>',
            b"<searchRetrieveResponse><numberOfRecords>0</numberOfRecords><records/></searchRetrieveResponse>",
        ],
        ids=["ListRecords", "collection", "noRecordsMatch", "SRU"],
    )
    def test_empty_lists_are_empty(self, data: bytes) -> None:
        assert raws(data) == []

    def test_an_oai_error_is_told(self) -> None:
        data = f'<OAI-PMH {OAI}><request/><error code="badVerb">Illegal &amp; odd</error></OAI-PMH>'.encode()
        with pytest.raises(SourceError, match="input: the file is an OAI-PMH error, badVerb: Illegal & odd"):
            raws(data)

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (f"<OAI-PMH {OAI}><Identify/></OAI-PMH>".encode(), "an OAI-PMH answer to Identify"),
            (f"<OAI-PMH {OAI}><ListIdentifiers/></OAI-PMH>".encode(), "an OAI-PMH answer to ListIdentifiers"),
            (b'<modsCollection xmlns="m"><mods/></modsCollection>', r"XML of the kind modsCollection \(m\)"),
            (b"<collection><r><l>x</l></r></collection>", "XML of the kind collection"),
        ],
    )
    def test_other_documents_are_named(self, data: bytes, message: str) -> None:
        with pytest.raises(UnreadableFile, match=message):
            raws(data)

    def test_a_page_of_a_longer_list_is_noted(self) -> None:
        read = reading(oai(record("a"), end="<resumptionToken> t1 </resumptionToken>"))
        assert len(list(read)) == 1
        assert read.notes == ["the list goes on: this is one page of an OAI-PMH answer, not its last"]
        last = reading(oai(record("a"), end="<resumptionToken/>"))
        assert (len(list(last)), last.notes) == (1, [])


LAUGHS = b"".join(b'<!ENTITY l%d "%b">' % (n + 1, b"&l%d;" % n * 10) for n in range(9))


@pytest.mark.parametrize(
    "subset",
    [LAUGHS, b'<!ENTITY x SYSTEM "file:///etc/passwd">', b'<!ENTITY % p SYSTEM "http://127.0.0.1/"> %p;'],
    ids=["billion laughs", "a file", "the network"],
)
def test_declared_entities_are_refused(subset: bytes) -> None:
    data = (
        b'<?xml version="1.0"?><!DOCTYPE dc [<!ENTITY l0 "lol">' + subset + b"]><dc><title>&l9;</title></dc>"
    )
    with pytest.raises(UnreadableFile, match="declares entities"):
        raws(data)


def test_a_document_type_elsewhere_does_no_harm() -> None:
    data = b'<!DOCTYPE dc SYSTEM "http://127.0.0.1:9/x.dtd"><dc><title>T</title></dc>'
    assert [raw.format for raw in raws(data)] == ["oai_dc"]


def test_nesting_has_an_end() -> None:
    with pytest.raises(UnreadableFile, match="nested"):
        raws(b"<?xml version='1.0'?>" + b"<a>" * 100_000)


def test_a_tag_that_never_ends_is_looked_at_once() -> None:
    """Tried at every length of its name, 200 KB of it took a minute."""
    with pytest.raises(UnreadableFile, match="XML without a whole tag"):
        raws(b"<record" + b"x" * 1_000_000)

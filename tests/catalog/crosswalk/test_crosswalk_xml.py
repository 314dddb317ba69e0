"""XML of records: strict, within its envelope, never reaching out."""

import pytest
from lxml import etree

from catalog.crosswalk import crosswalk, xml
from catalog.errors import RecordRejected
from catalog.record import RawRecord, Record, Rejection

DC = (
    b'<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    b' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>%s</dc:title></oai_dc:dc>'
)


def raw(payload: bytes, envelope: bytes | None = None, name: str = "oai_dc") -> RawRecord:
    return RawRecord(identifier="x", format=name, payload=payload, envelope=envelope)


def test_a_slice_is_read_with_the_declarations_of_its_envelope() -> None:
    envelope = (
        b'<?xml version="1.0" encoding="iso-8859-1"?>\n'
        b'<envelope xmlns:o="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:d="http://purl.org/dc/elements/1.1/">'
    )
    record = crosswalk(raw(b"<!-- c --><o:dc><d:title>\xc9tude</d:title></o:dc>", envelope))
    assert isinstance(record, Record)
    assert record.title == "Étude"


@pytest.mark.parametrize(
    ("payload", "envelope", "reason"),
    [
        (b"", None, "not well-formed XML"),
        (b"<a>\n<b>\n</a>", None, "(line 3)"),
        (b"<a>\n<b>\n</a>", b"<envelope>\n", "(line 3)"),
        (b"<a>&bogus;</a>", None, "Entity 'bogus' not defined"),
        (DC % b"a \x00 b", None, "not well-formed XML"),
        (DC % b"caf\xe9", None, "not well-formed XML"),
        (b"", b"<envelope>", "no element"),
        (
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
            None,
            "entities of its own",
        ),
    ],
)
def test_what_is_not_well_formed_is_rejected_with_its_reason_and_line(
    payload: bytes, envelope: bytes | None, reason: str
) -> None:
    with pytest.raises(RecordRejected) as rejected:
        xml.parse(raw(payload, envelope))
    assert reason in rejected.value.message


def test_a_bomb_is_not_blown_up() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "x">{levels}]><a>&e8;</a>'.encode()
    assert isinstance(crosswalk(raw(bomb)), Rejection)


def test_text_and_attributes_are_found_at_any_depth_and_namespace() -> None:
    element = etree.fromstring(
        '<t xmlns:i="urn:i" i:type="dcterms:LCC" type="no" n="1">a<!-- no --> <b>b</b><?no no?> c</t>'
    )
    assert xml.text_of(element) == "a b c"
    assert xml.attributes(element) == {"type": "dcterms:LCC", "n": "1"}


@pytest.mark.parametrize(
    ("name", "payload", "reason"),
    [
        ("oai_dc", b"<record><header/><metadata/></record>", "no Dublin Core"),
        ("oai_dc", DC % b" ", "empty"),
        ("oai_doaj", DC % b"x", "no doajArticle"),
        ("oai_doaj", b"<doajArticle/>", "empty"),
        ("doaj+json", b"", "not JSON"),
        ("doaj+json", b'{"bibjson": ', "not JSON"),
        ("doaj+json", b"\xff\xfe", "not JSON"),
        ("doaj+json", b"[]", "no bibjson"),
        ("doaj+json", b'{"error": "not found", "status": 404}', "no bibjson"),
        ("doaj+json", b'{"bibjson": {}}', "no bibjson"),
    ],
)
def test_a_record_without_content_is_a_rejection(name: str, payload: bytes, reason: str) -> None:
    rejection = crosswalk(raw(payload, name=name))
    assert isinstance(rejection, Rejection)
    assert reason in rejection.reason

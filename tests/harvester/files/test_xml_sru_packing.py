"""Records that SRU answers hold as strings are the records they would be as XML."""

from html import escape

import pytest

from tests.harvester.files.reading import raws

MARC = (
    '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>'
    '<controlfield tag="001">42</controlfield><datafield tag="245" ind1="0" ind2="0">'
    '<subfield code="a">Größe &amp; Maß</subfield></datafield></record>'
)
DC = '<dc xmlns="info:srw/schema/1/dc-v1.1"><title>Ä</title></dc>'


def answer(data: str, *, after: str = "", encoding: str = "UTF-8") -> bytes:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><zs:searchRetrieveResponse'
        ' xmlns:zs="http://www.loc.gov/zing/srw/"><zs:numberOfRecords>1</zs:numberOfRecords><zs:records>'
        "<zs:record><zs:recordSchema>x</zs:recordSchema><zs:recordPacking>string</zs:recordPacking>"
        f"<zs:recordData>\n{data}</zs:recordData>{after}</zs:record></zs:records>"
        "</zs:searchRetrieveResponse>"
    ).encode(encoding)


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1"])
@pytest.mark.parametrize(
    "packed",
    [
        escape(MARC),
        f"<![CDATA[{MARC}]]>",
        MARC.replace("&", "&#38;").replace("<", "&#60;"),
        MARC.replace("&", "&#x26;").replace("<", "&#x3C;"),
        escape('<?xml version="1.0" encoding="ISO-8859-1"?>\n' + MARC),
    ],
    ids=["escaped", "CDATA", "decimal", "hexadecimal", "with a declaration"],
)
def test_a_record_packed_as_a_string_is_unpacked(packed: str, encoding: str) -> None:
    (raw,) = raws(answer(packed, encoding=encoding))
    assert (raw.identifier, raw.format, raw.envelope, raw.fault) == ("42", "marcxml", None, None)
    assert raw.payload.decode() == MARC


def test_a_record_packed_as_xml_stays_as_it_is_whatever_is_said_of_its_packing() -> None:
    (raw,) = raws(answer(MARC))
    assert (raw.identifier, raw.payload.decode()) == ("42", MARC)


@pytest.mark.parametrize("data", [DC, escape(DC)], ids=["xml", "string"])
def test_a_record_without_control_number_goes_by_the_servers_name_for_it(data: str) -> None:
    (named,) = raws(answer(data, after="<zs:recordIdentifier> ab&amp;c </zs:recordIdentifier>"))
    (nameless,) = raws(answer(data, after="<zs:recordPosition>1</zs:recordPosition>"))
    assert named.identifier == "ab&c"
    assert nameless.identifier.startswith("sha256:")
    assert (named.payload, nameless.payload) == (DC.encode(), DC.encode())


@pytest.mark.parametrize("data", ["", "  "])
def test_a_record_without_data_is_handed_over_as_what_it_lacks(data: str) -> None:
    (raw,) = raws(answer(data))
    assert raw.fault == "the server sent the record without its data"


def test_an_empty_element_of_data_is_no_data() -> None:
    (raw,) = raws(answer("").replace(b"<zs:recordData>\n</zs:recordData>", b"<zs:recordData/>"))
    assert (raw.payload, raw.fault) == (b"", "the server sent the record without its data")

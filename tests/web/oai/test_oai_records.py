"""Records in each format, what is said of where they came from, and what is no more."""

import pytest
from lxml import etree

from catalog.export.schemas import OAI_FORMATS
from tests.web.oai.house import NAMESPACE, House, headers

RECORD = "identifier=oai:library.example.org:a/1"


def test_every_format_is_offered_and_given(house: House) -> None:
    house.put("a", "1", type="article-journal")
    offered = house.ask("verb=ListMetadataFormats")
    assert [each.text for each in offered.iter(f"{NAMESPACE}metadataPrefix")] == list(OAI_FORMATS)
    own = house.ask(f"verb=ListMetadataFormats&{RECORD}")
    for prefix in own.iter(f"{NAMESPACE}metadataPrefix"):
        schema = OAI_FORMATS[prefix.text or ""]
        answer = house.ask(f"verb=GetRecord&{RECORD}&metadataPrefix={prefix.text}")
        (metadata,) = answer.iter(f"{NAMESPACE}metadata")
        assert etree.QName(metadata[0]).namespace == schema.namespace
        (listed,) = house.ask(f"verb=ListRecords&metadataPrefix={prefix.text}").iter(f"{NAMESPACE}record")
        (got,) = answer.iter(f"{NAMESPACE}record")
        assert etree.tostring(listed, with_tail=False) == etree.tostring(got, with_tail=False)


def test_a_deleted_record_is_a_header_in_every_format(house: House) -> None:
    house.put("a", "1")
    house.wait()
    house.remove("a", "1")
    for prefix in OAI_FORMATS:
        answer = house.ask(f"verb=GetRecord&{RECORD}&metadataPrefix={prefix}")
        assert headers(answer) == [("a/1", False, house.stamp(), ["source", "source:a"])]
        assert not list(answer.iter(f"{NAMESPACE}metadata"))


def test_a_record_that_came_back_is_there(house: House) -> None:
    house.put("a", "1")
    house.remove("a", "1")
    house.wait()
    house.put("a", "1")
    assert headers(house.ask(f"verb=GetRecord&{RECORD}&metadataPrefix=oai_dc"))[0][1:3] == (
        True,
        house.stamp(),
    )


def test_a_record_without_a_form_in_a_format_is_left_out(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = OAI_FORMATS["oai_dc"]._replace(fits=lambda record: record.type == "book")
    monkeypatch.setattr("web.oai.protocol.OAI_FORMATS", {**OAI_FORMATS, "books": books})
    house.put("a", "1", "2", type="book")
    house.put("a", "3", "4", type="map")
    house.put("a", "2", type="map")
    house.put("a", "4", type="song")
    house.remove("a", "1")
    assert house.listed("metadataPrefix=books") == {"a/2": False, "a/1": False}
    get = "verb=GetRecord&metadataPrefix=books&identifier=oai:library.example.org:a"
    assert house.codes(f"{get}/3") == ["cannotDisseminateFormat"]
    assert headers(house.ask(f"{get}/2"))[0][1] is False
    formats = house.ask("verb=ListMetadataFormats&identifier=oai:library.example.org:a/3")
    assert "books" not in [each.text for each in formats.iter(f"{NAMESPACE}metadataPrefix")]
    (page,) = house.walk("metadataPrefix=books")
    assert page.find(f".//{NAMESPACE}resumptionToken") is None


def test_a_record_without_any_form_has_no_formats(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = OAI_FORMATS["oai_dc"]._replace(fits=lambda _: False)
    monkeypatch.setattr("web.oai.protocol.OAI_FORMATS", {"oai_dc": nothing})
    house.put("a", "1")
    assert house.codes(f"verb=ListMetadataFormats&{RECORD}") == ["noMetadataFormats"]
    assert house.codes("verb=ListRecords&metadataPrefix=oai_dc") == ["noRecordsMatch"]


def test_markup_and_characters_xml_does_not_have_do_no_harm(house: House) -> None:
    house.put("a", "1", title="<b>&amp; ]]> \x00\x0b\ufffe💩 \u202e")
    house.catalog.searches.save("<b>&", "query", 'title:"<&>"')
    for query in ("verb=ListRecords&metadataPrefix=oai_dc", "verb=ListSets"):
        house.ask(query)

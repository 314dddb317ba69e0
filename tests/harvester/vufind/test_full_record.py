"""What VuFind sends as a full record is told by what it looks like."""

from json import dumps

import pytest

from harvester.vufind.full_record import raw_record, text_of
from harvester.vufind.search import WITHOUT, to_raw
from tests.harvester.sru.answers import marc
from tests.harvester.vufind.libraries import iso

JSON = '{"leader":"00000nam a2200000 a 4500","fields":[{"001":"7"},{"245":{"subfields":[{"a":"T"}]}}]}'
ESCAPED = iso(7).replace("\x1d", "#29;").replace("\x1e", "#30;").replace("\x1f", "#31;")
DC = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title></oai_dc:dc>'
)


@pytest.mark.parametrize(
    ("content", "form", "payload"),
    [
        (marc(7), "marcxml", marc(7)),
        (f'<?xml version="1.0"?>\n<collection>{marc(7)}</collection>', "marcxml", marc(7)),
        (f'<?xml version="1.0" encoding="ISO-8859-1"?>{marc(7)}', "marcxml", marc(7)),
        (iso(7), "marc21", iso(7)),
        (iso(7)[:-1], "marc21", iso(7)[:-1]),
        (ESCAPED, "marc21", ESCAPED.removesuffix("#29;")),
        (JSON, "marc+json", JSON),
        (DC, "oai_dc", DC),
    ],
    ids=["MARCXML", "a collection", "a declaration", "ISO 2709", "no terminator", "#29;", "JSON", "oai_dc"],
)
def test_a_record_is_known_by_what_it_looks_like(content: str, form: str, payload: str) -> None:
    raw = raw_record("site.7", content)
    assert (raw.identifier, raw.format, raw.fault) == ("site.7", form, None)
    assert raw.payload.decode().removesuffix("#29;") == payload


@pytest.mark.parametrize(
    "content",
    [
        '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo/></mods>',
        "hello",
        "<html><body>x</body></html>",
        '{"a": 1}',
        "",
        f"<collection>{marc(7)}{marc(8)}</collection>",
        marc(7)[:-20],
    ],
)
def test_what_is_no_record_is_kept_with_its_fault(content: str) -> None:
    raw = raw_record("site.7", content)
    assert raw.identifier == "site.7"
    assert raw.fault
    assert "the file" not in raw.fault


def test_a_record_in_an_object_is_the_json_it_is() -> None:
    assert text_of({"leader": "x"}) == '{"leader": "x"}'
    assert text_of([marc(1)]) == marc(1)
    assert [text_of(one) for one in (None, "", " ", [], ["a", "b"], {}, 7)] == [None] * 7


def test_a_record_without_id_goes_by_its_digest() -> None:
    raw = to_raw({"fullRecord": marc(1)}, 3)
    assert raw.identifier.startswith("sha256:")
    assert raw.fault is None


@pytest.mark.parametrize("record", [{"id": "7"}, {"id": "7", "fullRecord": ""}, "7", None, []])
def test_a_record_without_full_record_is_kept_as_sent(record: object) -> None:
    raw = to_raw(record, 3)
    assert (raw.fault, raw.payload.decode()) == (WITHOUT, dumps(record))


def test_an_id_that_is_no_text_can_be_kept_all_the_same() -> None:
    raw = to_raw({"id": "a\ud800", "fullRecord": marc(1) + "\ud800"}, 1)
    assert raw.identifier == "a\\ud800"
    assert raw.payload

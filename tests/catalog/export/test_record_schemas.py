"""Every record schema makes an element that stands anywhere, whatever the record holds."""

import pytest
from lxml import etree

from catalog.export import Entry
from catalog.export.schemas import OAI_FORMATS, RECORD_SCHEMAS, SRU_SCHEMAS, RecordSchema
from catalog.record import Container, Contributor, Link, Record, Title

HOSTILE = "<b>&amp; \x00\x0b\x1f\ufffe\uffff ]]> \"'\r\n\t \u202e‡$|\x1d\x1e"
RECORDS = [
    Record(),
    Record(
        type="article-journal",
        title=HOSTILE,
        other_titles=(Title(text=HOSTILE, language='e"n'),),
        contributors=(Contributor(literal=HOSTILE, role=HOSTILE, orcid='"'),),
        container=Container(title=HOSTILE, volume=HOSTILE, first_page=HOSTILE),
        links=(Link(url=HOSTILE, kind="fulltext", media_type=HOSTILE),),
        keywords=(HOSTILE,),
        notes=(HOSTILE,),
    ),
]


@pytest.mark.parametrize("schema", RECORD_SCHEMAS.values(), ids=lambda schema: schema.name)
@pytest.mark.parametrize("record", RECORDS, ids=["empty", "hostile"])
def test_an_element_is_well_formed_in_any_document(schema: RecordSchema, record: Record) -> None:
    made = schema.element(Entry("key", "a/1", record, updated_at="2024-05-06T07:08:09Z"))
    root = etree.fromstring(f'<any xmlns="urn:other"><other/>{made}</any>')
    assert root[1].nsmap[root[1].prefix] == schema.namespace
    assert len(root) == 2


def test_protocols_find_their_schemas_by_their_own_names() -> None:
    assert next(iter(SRU_SCHEMAS)) in SRU_SCHEMAS
    assert OAI_FORMATS["oai_dc"] is RECORD_SCHEMAS["oai_dc"]
    assert all(name == schema.name for name, schema in RECORD_SCHEMAS.items())

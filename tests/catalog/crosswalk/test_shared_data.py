"""Every real or realistic DOAJ and Dublin Core record at hand goes through: none lost, nothing twice."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from catalog.crosswalk import crosswalk
from catalog.record import RawRecord, Record

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not (SHARED / "doaj").is_dir(), reason="the shared test data is not beside the checkout"
)


def from_xml(path: Path) -> Iterator[RawRecord]:
    try:
        tree = etree.parse(path)
    except etree.XMLSyntaxError:
        return  # damaged on purpose
    root = tree.getroot()
    records = [root] if etree.QName(root).localname in {"dc", "record"} else root.iterfind(".//{*}record")
    for record in records:
        header = record.find("{*}header")
        deleted = header is not None and header.get("status") == "deleted"
        names = {etree.QName(element).localname for element in record.iter("*")}
        name = "oai_doaj" if "doajArticle" in names else "oai_dc" if "dc" in names else None
        if name and not deleted:
            yield RawRecord(identifier="x", format=name, payload=etree.tostring(record, with_tail=False))


def from_json(path: Path) -> Iterator[RawRecord]:
    text = path.read_text(encoding="utf-8")
    found = (
        json.loads(text).get("results", [])
        if path.suffix == ".json"
        else map(json.loads, filter(None, text.split("\n")))
    )
    for record in found:
        if "bibjson" in record or "_source" in record:
            yield RawRecord(identifier="x", format="doaj+json", payload=json.dumps(record).encode())


RAW_RECORDS = {
    ".xml": from_xml,
    ".json": from_json,
    ".ndjson": from_json,
    ".jsonl": from_json,
    ".ldj": from_json,
}


def raw_records() -> Iterator[tuple[Path, RawRecord]]:
    for folder, suffixes in (("doaj", RAW_RECORDS), ("oai", [".xml"])):
        for path in sorted((SHARED / folder).rglob("*")):
            # `assets` hold another program's tables.
            if path.suffix in suffixes and "assets" not in path.parts:
                yield from ((path, raw) for raw in RAW_RECORDS[path.suffix](path))


def test_every_record_is_read_and_has_nothing_twice() -> None:
    count = 0
    for path, raw in raw_records():
        record = crosswalk(raw)
        assert isinstance(record, Record), (path.name, record, raw.payload[:300])
        check(record, path)
        count += 1
    assert count > 1900


def check(record: Record, path: Path) -> None:
    for name in ("identifiers", "links", "contributors", "keywords", "subjects", "languages", "notes"):
        values = getattr(record, name)
        assert len(set(values)) == len(values), (path.name, name, values)
    credits_of = [(c.literal.casefold(), c.role, c.orcid) for c in record.contributors]
    assert len(set(credits_of)) == len(credits_of), (path.name, credits_of)
    assert record.title, (path.name, record)

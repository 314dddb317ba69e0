"""Golden records: each file of tests/data is read and compared with the expectation beside it."""

import json
from pathlib import Path

import pytest

from catalog.crosswalk import crosswalk
from catalog.record import RawRecord, Record, to_json

DATA = Path(__file__).resolve().parents[2] / "data"
FORMATS = {"oai_dc": "oai_dc", "oai_doaj": "oai_doaj", "doaj_json": "doaj+json"}
FILES = sorted(
    path
    for folder in FORMATS
    for path in (DATA / folder).iterdir()
    if path.suffix in {".xml", ".json"} and not path.name.endswith(".expected.json")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_golden(path: Path) -> None:
    raw = RawRecord(identifier="x", format=FORMATS[path.parent.name], payload=path.read_bytes())
    record = crosswalk(raw)
    assert isinstance(record, Record), record
    found = json.loads(to_json(record))
    expectation = path.with_suffix(".expected.json")
    if not expectation.exists():
        pytest.fail(f"no {expectation.name}; review:\n{json.dumps(found, ensure_ascii=False, indent=1)}")
    assert found == json.loads(expectation.read_text(encoding="utf-8"))

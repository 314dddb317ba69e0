"""Records named after their trouble, and what they are read as.

The inputs are our own, in MARCMaker's mnemonic form, parsed here and not by the decoder under test elsewhere.
"""

from pathlib import Path

import msgspec
import pytest

from catalog.crosswalk.marc.bibliographic import to_record
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.record import from_json, to_json

DATA = Path(__file__).resolve().parents[3] / "data" / "marc" / "bibliographic"
INPUTS = sorted(DATA.glob("*.mrk"))


def marc_record(text: str) -> MarcRecord:
    leader, fields = "", []
    for line in text.splitlines():
        tag, value = line[1:4], line[6:]
        if tag == "LDR":
            leader = value.replace("\\", " ")
        elif tag < "010":
            fields.append(MarcField(tag, value.replace("\\", " ")))
        else:
            subfields = tuple((part[0], part[1:]) for part in value[2:].split("$")[1:])
            ind1, ind2 = value[:2].replace("\\", " ")
            fields.append(MarcField(tag, ind1=ind1, ind2=ind2, subfields=subfields))
    return MarcRecord(leader, tuple(fields))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_a_record_is_read_as_reviewed(path: Path) -> None:
    record = to_record(marc_record(path.read_text(encoding="utf-8")))
    expected = path.with_suffix(".expected.json")
    shown = msgspec.json.format(to_json(record), indent=1).decode()
    if not expected.exists():
        pytest.fail(f"no expectation {expected.name}: review this and save it\n{shown}")
    assert shown == msgspec.json.format(to_json(from_json(expected.read_bytes())), indent=1).decode()


def test_there_are_inputs_and_no_expectation_without_one() -> None:
    assert INPUTS
    assert {path.name.removesuffix(".expected.json") for path in DATA.glob("*.json")} <= {
        p.stem for p in INPUTS
    }

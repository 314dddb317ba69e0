"""The number of a report, which each format has a place of its own for."""

import pytest

from catalog.export import EXPORTERS, Entry, Options
from catalog.record import Contributor, Identifier, Record, RecordType


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("bibtex", "number    = {GAO-00-31}"),
        ("biblatex", "number      = {GAO-00-31}"),
        ("ris", "SN  - GAO-00-31\r\n"),
        ("csl-json", '"number":"GAO-00-31"'),
        ("endnote-xml", '<isbn><style face="normal" font="default" size="100%">GAO-00-31</style></isbn>'),
    ],
)
@pytest.mark.parametrize("kind", ["report", "book"])
def test_a_report_keeps_its_number(form: str, written: str, kind: RecordType) -> None:
    record = Record(
        type=kind,
        title="Medicare",
        contributors=(Contributor(literal="GAO", kind="organization"),),
        publisher="GAO",
        identifiers=(Identifier(scheme="report-number", value="GAO-00-31"),),
    )
    text = "".join(EXPORTERS[form].write([Entry("k", "a/1", record)], Options()))
    if kind == "report":
        assert " ".join(written.split()) in " ".join(text.split())
    else:
        assert "GAO-00-31" not in text

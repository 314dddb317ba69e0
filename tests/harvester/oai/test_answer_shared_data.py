"""Real answers of real servers, counted and compared with another reader."""

import re
from pathlib import Path

import pytest
from lxml import etree

from catalog.errors import MalformedResponse, ProtocolError
from harvester.oai.answer import read_answer
from harvester.oai.identity import choose_prefix, formats, identify, sets
from tests.harvester.oai.answers import response

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
FILES = sorted([*SHARED.glob("doaj/oai-wire/*.xml"), *SHARED.glob("oai/**/*.xml")])
ANSWERS = [file for file in FILES if b"OAI-PMH" in file.read_bytes()[:2000]]
VERB = re.compile(rb"<(ListRecords|GetRecord|ListIdentifiers|Identify|ListSets|ListMetadataFormats)[\s>/]")
LISTS = ("ListRecords", "GetRecord", "ListIdentifiers")

pytestmark = pytest.mark.skipif(not FILES, reason="the shared data are not beside the checkout")


def holding(*verbs: str) -> list[tuple[Path, str]]:
    found = ((file, VERB.search(file.read_bytes())) for file in ANSWERS)
    return [(file, told[1].decode()) for file, told in found if told and told[1].decode() in verbs]


def test_there_are_answers_of_every_kind() -> None:
    assert {verb for _, verb in holding(*LISTS, "Identify", "ListSets", "ListMetadataFormats")} == {
        *LISTS,
        "Identify",
        "ListSets",
        "ListMetadataFormats",
    }


def test_records_and_tokens_are_those_another_reader_finds() -> None:
    for file, verb in holding(*LISTS):
        body = file.read_bytes()
        answer = read_answer(response(body), verb=verb)
        tree = etree.fromstring(body, etree.XMLParser(recover=True))
        records = tree.findall(f"{{*}}{verb}/{{*}}record")
        identifiers = [(r.findtext("{*}header/{*}identifier") or "").strip() for r in records]
        assert [raw.identifier for raw in answer.raws] == identifiers, file
        assert not any(raw.fault for raw in answer.raws), file
        assert len(answer.headers) == len(tree.findall(f"{{*}}{verb}/{{*}}header")), file
        token = tree.find(".//{*}resumptionToken")
        assert (answer.token and answer.token.value) == (
            None if token is None else (token.text or "").strip()
        )
        assert answer.response_date == (tree.findtext("{*}responseDate") or "").strip()
        assert answer.remarks == (), file


def test_errors_keep_their_codes() -> None:
    refused = 0
    for file in ANSWERS:
        tree = etree.fromstring(file.read_bytes(), etree.XMLParser(recover=True))
        codes = [found.get("code") for found in tree.findall("{*}error")]
        if codes == ["noRecordsMatch"]:
            assert read_answer(response(file.read_bytes()), verb="ListRecords").errors[0][0] == codes[0]
        elif codes:
            with pytest.raises(ProtocolError) as told:
                read_answer(response(file.read_bytes()), verb="ListRecords")
            assert told.value.code == codes[0]
            refused += 1
    assert refused


def test_repositories_tell_of_themselves() -> None:
    broken = []
    for file, _ in holding("Identify"):
        try:
            told = identify(response(file.read_bytes()))
        except MalformedResponse:
            broken.append(file.relative_to(SHARED).as_posix())
        else:
            assert told.name, file
            assert told.base_url.startswith("http"), file
    assert broken == ["oai/pyoai/fake3/00001.xml"]  # <bogus> is not closed
    for file, _ in holding("ListSets"):
        tree = etree.parse(file)
        assert len(sets(response(file.read_bytes()))[0]) == len(tree.findall(".//{*}setSpec"))
    chosen = {
        choose_prefix(formats(response(file.read_bytes()))) for file, _ in holding("ListMetadataFormats")
    }
    assert chosen == {"oai_dc", "oai_doaj"}


def test_files_of_other_kinds_are_no_answers() -> None:
    others = set(FILES) - set(ANSWERS)
    assert others
    for file in others:
        with pytest.raises(MalformedResponse, match="not OAI-PMH"):
            read_answer(response(file.read_bytes()), verb="ListRecords")

"""Where one JSON record ends and the next begins."""

import json

import pytest

from catalog.errors import IncompleteSource, UnreadableFile
from catalog.record import Place
from harvester.files.window import LONGEST
from tests.harvester.files.reading import raws, reading

ARTICLE = '{"last_updated":"x","id":"a%d","bibjson":{"title":"T \\" } { é"},"n":1.10}'
MARC = '{"leader":"00000nam a2200000 a 4500","fields":[{"001":"m%d"},{"245":{"subfields":[{"a":"T"}]}}]}'


def articles(*numbers: int) -> list[str]:
    return [ARTICLE % n for n in numbers]


def told(text: str) -> list[tuple[str, str, str | None]]:
    return [(raw.identifier, raw.format, raw.fault) for raw in raws(text.encode())]


GOOD = [("a1", "doaj+json", None), ("a2", "doaj+json", None)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(articles(1, 2)), id="one per line"),
        pytest.param("\r\n".join(articles(1, 2)) + "\r\n", id="one per line, crlf"),
        pytest.param("".join(articles(1, 2)), id="one after another"),
        pytest.param(f"[{','.join(articles(1, 2))}]", id="array"),
        pytest.param("[\n" + "\n,".join(articles(1, 2)) + "\n]\n", id="array, comma first"),
        pytest.param("[" + ",\n".join(articles(1, 2)) + "\n]", id="array, a line each"),
        pytest.param(json.dumps([json.loads(a) for a in articles(1, 2)], indent=2), id="array, indented"),
        pytest.param(f'{{"total":2,"results":[{",".join(articles(1, 2))}],"page":1}}', id="DOAJ's answer"),
        pytest.param(f'{{"results":[{",".join(articles(1, 2))}],"next":{{"a":[1]}}}}', id="members after"),
        pytest.param(
            '{"hits":{"total":2,"hits":[{"_id":"x","_source":A1},{"_source":A2,"sort":[1]}]}}'.replace(
                "A1", ARTICLE % 1
            ).replace("A2", ARTICLE % 2),
            id="Elasticsearch's answer",
        ),
        pytest.param(
            "\n".join(f'{{"_type":"article","_source":{a}}}' for a in articles(1, 2)), id="hits by line"
        ),
        pytest.param("\ufeff" + "\n".join(articles(1, 2)), id="byte order mark"),
    ],
)
def test_every_layout_is_read(text: str) -> None:
    assert told(text) == GOOD
    assert [raw.identifier for raw in raws(text.encode("utf-16"))] == ["a1", "a2"]


def test_payloads_are_what_the_file_holds() -> None:
    text = f'{{"total":2,"results":[ {ARTICLE % 1} ,\n{ARTICLE % 2}]}}'
    found = raws(text.encode())
    assert [raw.payload.decode() for raw in found] == articles(1, 2)
    second = text.encode().index(articles(2)[0].encode())
    assert found[1].place == Place(ordinal=2, offset=second)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(MARC % 1, id="MARC-in-JSON"),
        pytest.param(json.dumps(json.loads(MARC % 1), indent=4), id="indented"),
        pytest.param('{"fields":{"001":"m1","245":{}},"leader":"x"}', id="one object for all fields"),
        pytest.param('{"leader":"x","fields":[["001","m1"],["245","1","0",[["a","T"]]]]}', id="MARC-HASH"),
        pytest.param(
            '{"leader":"x","controlfield":[{"tag":"001","data":"m1"}],"datafield":[]}', id="marc-json, mended"
        ),
    ],
)
def test_the_identifier_of_marc_is_its_control_number(text: str) -> None:
    assert told(text) == [("m1", "marc+json", None)]


def test_marc_json_with_bare_keys_is_left_to_the_decoder() -> None:
    text = '{\n    leader : "x",\n    controlfield :\n    [\n        { tag : "001", data : "1" }\n    ]\n}'
    (raw,) = raws(text.encode())
    assert (raw.format, raw.fault, raw.payload.decode()) == ("marc+json", None, text)


class TestDamage:
    """It costs the record it is in."""

    @pytest.mark.parametrize(
        "broken",
        [
            '{"id":"b","bibjson":{"title":"T}}',
            '{"id":"b" "bibjson":{}}',
            '{"id":"b","bibjson":{"a":[1,}}',
            '{"id":',
        ],
        ids=["quote lost", "comma lost", "comma too many", "half a record"],
    )
    def test_a_broken_line(self, broken: str) -> None:
        one, two = articles(1, 2)
        found = raws(f"{one}\n{broken}\n{two}\n".encode())
        assert [raw.identifier for raw in found if not raw.fault] == ["a1", "a2"]
        (fault,) = [raw for raw in found if raw.fault]
        assert (fault.payload.decode(), fault.place) == (
            broken,
            Place(ordinal=2, offset=len(one.encode()) + 1),
        )

    def test_a_broken_record_in_an_indented_array(self) -> None:
        lines = json.dumps([json.loads(a) for a in articles(1, 2, 3)], indent=2)
        broken = lines.replace('"id": "a2",', '"id": a2,')
        assert [raw.identifier for raw in raws(broken.encode()) if not raw.fault] == ["a1", "a3"]

    def test_a_broken_record_in_one_line(self) -> None:
        one, two = articles(1, 2)
        found = raws(f'[{one},{{"id":b,"bibjson":{{}}}},{two}]'.encode())
        assert [(raw.identifier, bool(raw.fault)) for raw in found][::2] == [("a1", False), ("a2", False)]
        assert found[1].payload == b'{"id":b,"bibjson":{}}'

    def test_what_is_no_object_is_told(self) -> None:
        one, two = articles(1, 2)
        found = raws(f"{one}\nERROR: timeout\n{two}".encode())
        assert [(raw.payload.decode(), raw.fault) for raw in found if raw.fault] == [
            ("ERROR: timeout\n", "not a JSON object")
        ]

    def test_bytes_that_are_not_utf8_stay(self) -> None:
        data = articles(1)[0].replace("é", "e").encode().replace(b"{ e", b"{ \xe9")
        assert [raw.payload for raw in raws(data)] == [data]

    def test_a_file_cut_off(self) -> None:
        one, two = articles(1, 2)
        read = reading(f"[{one},{two[:-9]}".encode())
        assert next(read).identifier == "a1"
        cut = next(read)
        assert (cut.payload.decode(), cut.fault) == (two[:-9], "the record ends before its end")
        with pytest.raises(IncompleteSource, match="before its closing ]"):
            next(read)

    def test_a_record_without_end_is_cut(self) -> None:
        endless = '{"id":"b","bibjson":{"title":"' + "x" * (LONGEST + 100_000)
        found = raws((articles(1)[0] + "\n" + endless + "\n" + articles(2)[0]).encode())
        assert all(len(raw.payload) <= LONGEST for raw in found)
        assert found[0].identifier == "a1"
        assert found[1].fault is not None

    def test_nesting_has_an_end(self) -> None:
        found = raws(b'{"bibjson":' + b"[" * 100_000 + b"\n" + articles(1)[0].encode())
        assert found[0].fault is not None
        assert found[-1].identifier == "a1"


def test_an_empty_answer_is_empty() -> None:
    assert raws(b'{"total":0,"page":1,"results":[]}') == []


def test_unknown_objects_among_known_ones_are_kept() -> None:
    assert told(articles(1)[0] + '\n{"title":"?"}')[1][1] == "json"


def test_other_json_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="JSON, but of no kind known here"):
        raws(b'{"name":"x","version":"1"}')


def test_records_across_chunk_boundaries() -> None:
    texts = articles(*range(9000))
    for text in ("\n".join(texts), "[" + ",".join(texts) + "]", '{"results":[' + ",".join(texts) + "]}"):
        assert [raw.payload.decode() for raw in raws(text.encode())] == texts

"""Judged collections in the forms they come in."""

from pathlib import Path

import pytest
from judged.collection import Collection
from judged.reading import UnreadableCollection, read_collection

SMART = {
    "docs.all": ".I 1\n.T\nWing flutter\n.A\nLee, A.\nWu, B.\n.W\nOn flutter\nof wings.\n.X\n1 5 1\n"
    ".I 2\n.T\nOther\n",
    "docs.qry": ".I 001\n.W\nwhat flutters\n.I 004\n.W\nwhat else\n",
}
FORMS = {
    "smart, judgements as CISI has them": SMART | {"docs.rel": " 1   1\t0\t0.0000\n 4   2\t0\t0.0000\n"},
    "smart, questions counted, two columns": SMART | {"docs.rel": "1 1\n2 2\n"},
    "smart, leading zeros as CACM has them": SMART | {"qrels.text": "01 1  0 0\n04 2  0 0\n"},
    "trec": {
        "docs.sgml": "<DOC>\n<DOCNO> 1 </DOCNO>\n<HEAD>Wing flutter</HEAD>\n"
        "<TEXT>On flutter &amp; wings</TEXT>\n</DOC>\n"
        "<DOC><DOCNO>2</DOCNO><TITLE>Other</TITLE></DOC>",
        "topics": "<top>\n<num> Number: 1\n<title> what flutters\n<desc> Description:\nmore\n</top>\n"
        "<top><num>4</num><title>what else</title></top>",
        "qrels": "1 0 1 2\n1 0 2 0\n4 0 2 1\n",
    },
    "beir": {
        "corpus.jsonl": '{"_id": "1", "title": "Wing flutter", "text": "On flutter"}\n'
        '{"_id": "2", "title": "Other", "text": ""}\n{"_id": "3", "text": "broken',
        "queries.jsonl": '{"_id": "1", "text": "what flutters"}\n{"_id": "4", "text": "what else"}\n',
        "qrels/test.tsv": "query-id\tcorpus-id\tscore\n1\t1\t2\n4\t2\t1\n",
        "qrels/train.tsv": "query-id\tcorpus-id\tscore\n1\t2\t1\n",
    },
    "tables": {
        "docs.tsv": "1\tWing flutter\tOn flutter\n2\tOther\t\n",
        "queries.tsv": "1\twhat flutters\n4\twhat else\n",
        "qrels.tsv": "query_id\tdoc_id\trelevance\titeration\n1\t1\t2\t0\n4\t2\t1\t0\n",
    },
    "slashes, as NPL": {
        "doc-text": "1\nwing flutter\n   /\n2\nother\n   /\n",
        "query-text": "1\nWHAT FLUTTERS\n/\n4\nWHAT ELSE\n/\n",
        "rlv-ass": "1\n 1\n   /\n4\n 2\n   /\n",
    },
    "stars, as TIME": {
        "time.all": "*TEXT 017 01/04/63 PAGE 020\n\nWING FLUTTER\n\n*TEXT 020 01/04/63\n\nOTHER\n\n*STOP\n",
        "time.que": "*FIND    1\n\nWHAT FLUTTERS\n\n*FIND    4\n\nWHAT ELSE\n\n*STOP\n",
        "time.rel": "1  1\n\n4  2\n",
    },
    "lisa, counted": {
        "lisa.all": "Document    1\nWING FLUTTER\n\nON FLUTTER\n****************\n"
        "Document    2\nOTHER\n   \nX\n*********\n",
        "lisa.que": "1\nI AM INTERESTED IN FLUTTER #\n4\nWHAT ELSE #\n",
        "lisarj.num": "   1    1    1     \n    4   1\n    2  \n",
    },
    "lisa": {
        "lisa.all": "Document    1\nWING FLUTTER\n\nON FLUTTER\n****************\n"
        "Document    2\nOTHER\n   \nX\n*********\n",
        "lisa.que": "1\nI AM INTERESTED IN FLUTTER #\n4\nWHAT ELSE #\n",
        "lisa.rel": "Query 1\n1 Relevant Refs:\n1 -1\n\nQuery 4\n1 Relevant Refs:\n2 -1\n",
    },
}  # fmt: skip


def read(folder: Path, files: dict[str, str]) -> Collection:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return read_collection(folder)


@pytest.mark.parametrize("form", FORMS)
def test_a_collection_is_read_whatever_its_form(tmp_path: Path, form: str) -> None:
    found = read(tmp_path, FORMS[form])

    one, other = found.documents
    assert "utter" in " ".join(found.documents[one].values()).lower()
    assert "other" in " ".join(found.documents[other].values()).lower()
    assert "flutter" in found.questions["1"].lower()
    assert len(found.questions) == 2
    relevant = {
        question: [key for key, grade in grades.items() if grade > 0]
        for question, grades in found.judgements.items()
    }
    assert relevant == {"1": [one], "4": [other]}


def test_parts_of_a_document_are_told_apart(tmp_path: Path) -> None:
    found = read(tmp_path, FORMS["smart, judgements as CISI has them"])

    parts = {"title": "Wing flutter", "authors": "Lee, A.; Wu, B.", "text": "On flutter of wings."}
    assert found.documents["1"] == parts


def test_codes_of_cranfield_are_turned_round(tmp_path: Path) -> None:
    found = read(tmp_path, SMART | {"cranqrel": "1 1 1\n1 2 4\n2 2 3\n2 1 -1\n"})

    assert found.judgements == {"1": {"1": 4, "2": 1}, "4": {"2": 2, "1": 0}}


def test_a_folder_without_judgements_is_none(tmp_path: Path) -> None:
    with pytest.raises(UnreadableCollection, match="judgements"):
        read(tmp_path, SMART)

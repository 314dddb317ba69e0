"""Who found what relevant: files of numbers whose columns stand in many orders."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from judged.collection import Judgements, plain

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_LISA_QUERY = re.compile(r"Query\s+(\d+)\s*\n\s*\d+\s+Relevant Refs:\s*\n([\d\s]*?)-1")
_SLASHED = re.compile(r"^\s*(\d+)\s*\n((?:[ \t]*\d[\d \t]*\n)+)\s*/\s*$", re.MULTILINE)
_HEADS = {
    "query-id": "question", "query_id": "question", "qid": "question", "topic": "question",
    "corpus-id": "document", "doc_id": "document", "docid": "document", "docno": "document",
    "score": "grade", "relevance": "grade", "rel": "grade",
}  # fmt: skip


def is_judgements(content: str) -> bool:
    """Tell whether this looks like a file of judgements."""
    if _LISA_QUERY.search(content) or _SLASHED.search(content) or _counted(content):
        return True
    lines = [line.split() for line in content.splitlines()[:200] if line.strip()]
    if lines and _head(lines[0]):
        return True
    return bool(lines) and all(
        len(cells) >= 2 and all(_identifier(cell) for cell in cells) for cells in lines
    )


def read_judgements(content: str, name: str) -> Judgements:
    """Return grades by question and document.

    Cranfield's codes run from 1, a complete answer, to 4, of minimum interest
    (http://ir.dcs.gla.ac.uk/resources/test_collections/cran/): in its file, known by its name, they are
    turned round.
    """
    lists = _LISA_QUERY.findall(content) or _SLASHED.findall(content) or _counted(content)
    if lists:
        return {plain(question): dict.fromkeys(map(plain, found.split()), 1) for question, found in lists}
    rows = [line.split() for line in content.splitlines() if line.strip()]
    head = _head(rows[0])
    if head:
        return _by_columns(rows[1:], head)
    if len({len(cells) for cells in rows}) > 2 or max(map(len, rows)) > 5:
        return {plain(question): dict.fromkeys(map(plain, found), 1) for question, *found in rows}
    judgements = _by_columns(rows, _columns(rows))
    if "cranqrel" in name.lower() and _most(judgements) == 4:
        return {
            question: {document: 5 - grade if grade > 0 else 0 for document, grade in grades.items()}
            for question, grades in judgements.items()
        }
    return judgements


def _counted(content: str) -> list[tuple[str, str]]:
    """Read nothing but numbers: a question, how many documents, and these (LISA); empty if it is not so."""
    cells = content.split()
    found: list[tuple[str, str]] = []
    at = 0
    while at + 1 < len(cells) and cells[at].isdigit() and cells[at + 1].isdigit():
        end = at + 2 + int(cells[at + 1])
        if end > len(cells) or (found and int(cells[at]) <= int(found[-1][0])):
            return []
        found.append((cells[at], " ".join(cells[at + 2 : end])))
        at = end
    return found if at == len(cells) else []


def _by_columns(rows: Iterable[Sequence[str]], columns: dict[str, int]) -> dict[str, dict[str, int]]:
    judgements: dict[str, dict[str, int]] = {}
    grade_at = columns.get("grade")
    for cells in rows:
        if len(cells) <= max(columns["question"], columns["document"]):
            continue
        given = cells[grade_at] if grade_at is not None and grade_at < len(cells) else "1"
        if _NUMBER.fullmatch(given):
            grades = judgements.setdefault(plain(cells[columns["question"]]), {})
            grades[plain(cells[columns["document"]])] = int(float(given))
    return judgements


def _columns(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Tell the columns of rows without a head by what stands in them.

    `1 0 31 2` (TREC: an iteration that is always the same, then document and grade), `1 31 0 0.000` (CISI,
    CACM: what follows the document is always nought), `1 31 2` (Cranfield), `1 31`.
    """
    width = Counter(map(len, rows)).most_common(1)[0][0]
    if width == 2:
        return {"question": 0, "document": 1}
    if width == 3:
        return {"question": 0, "document": 1, "grade": 2}
    second = {cells[1] for cells in rows if len(cells) == width}
    if len(second) <= 2 and second <= {"0", "1", "Q0"}:
        return {"question": 0, "document": 2, "grade": 3}
    return {"question": 0, "document": 1}


def _head(cells: Sequence[str]) -> dict[str, int]:
    names = {_HEADS[cell.lower()]: place for place, cell in enumerate(cells) if cell.lower() in _HEADS}
    return names if {"question", "document"} <= names.keys() else {}


def _identifier(cell: str) -> bool:
    return (
        bool(_NUMBER.fullmatch(cell)) or bool(re.fullmatch(r"[\w.:/+-]*\d[\w.:/+-]*", cell)) or cell == "Q0"
    )


def _most(judgements: Judgements) -> int:
    return max((grade for grades in judgements.values() for grade in grades.values()), default=0)

"""A judged collection as it is measured, whatever form it came in."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

Judgements = Mapping[str, Mapping[str, int]]
"""Question -> document -> grade; above 0 is relevant."""


class Text(NamedTuple):
    """One document, or one question, by its parts: `title`, `text`, `authors`, `keywords`."""

    identifier: str
    parts: Mapping[str, str]


class Collection(NamedTuple):
    """Documents and questions in the order of their files."""

    name: str
    documents: Mapping[str, Mapping[str, str]]
    questions: Mapping[str, str]
    judgements: Judgements
    notes: tuple[str, ...] = ()


def assemble(
    name: str, documents: Iterable[Text], questions: Iterable[Text], judgements: Judgements
) -> Collection:
    """Bring the three parts together under identifiers they share.

    Some collections number in one file and count in the other: identifiers of judgements that their file
    does not have are ordinals where there are enough of them. Questions without a relevant document are
    left out: no measure is defined for them.
    """
    texts = {plain(text.identifier): text.parts for text in documents}
    asked = {plain(text.identifier): text.parts for text in questions}
    notes = [f"{len(texts):,} documents, {len(asked):,} questions"]
    to_question = _matcher([*asked], set(judgements), "questions", notes)
    judged_documents = {document for grades in judgements.values() for document in grades}
    to_document = _matcher([*texts], judged_documents, "documents", notes)
    matched: dict[str, dict[str, int]] = {}
    for question, grades in judgements.items():
        known = {to_document(document): grade for document, grade in grades.items()}
        if to_question(question) in asked and any(grade > 0 for grade in known.values()):
            matched[to_question(question)] = known
    missing = len({document for grades in matched.values() for document in grades} - texts.keys())
    if missing:
        notes.append(f"{missing:,} judged documents are not there: they count as not found")
    notes.append(f"{len(matched):,} questions with relevant documents")
    wanted = {key: " ".join(parts.values()) for key, parts in asked.items() if key in matched}
    return Collection(name, texts, wanted, matched, tuple(notes))


def plain(identifier: str) -> str:
    """Return an identifier without leading zeros, as some files write them and others do not."""
    stripped = identifier.strip()
    return stripped.lstrip("0") or "0" if stripped.isdigit() else stripped


def _matcher(known: list[str], judged: set[str], what: str, notes: list[str]) -> Callable[[str], str]:
    """Return how an identifier of the judgements is found among the known ones."""
    ordinals = {str(place): key for place, key in enumerate(known, 1)}
    lost = len(judged - set(known))
    by_place = len(judged - ordinals.keys())
    if lost <= by_place:
        return str
    notes.append(f"judgements count the {what} from 1")
    return lambda identifier: ordinals.get(identifier, identifier)

"""Subjects of a record that we wrote: 650, and the classes that no heading repeats."""

from collections.abc import Iterator
from typing import Final

from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.crosswalk.marc.from_peerlit.profile import CLASSES, HEADINGS
from catalog.crosswalk.marc.subjects import lcc_class
from catalog.normalize.subjects import lcc_subject
from catalog.record import Subject

_SCHEMES: Final = {indicator: scheme for scheme, indicator in HEADINGS.items()}
_CLASSES: Final = {tag: scheme for scheme, (tag, _, _) in CLASSES.items()}


def subjects(marc: MarcRecord) -> Iterator[Subject]:
    """Yield headings and classes.

    A class with a caption stands in both; where none but such follow among the headings, the order is that
    of the classes.
    """
    headings = [made for field in marc.all("650") if (made := _heading(field))]
    captioned: dict[str, Subject] = {}
    while headings and (last := headings[-1]).scheme == "lcc" and last.code and last.code not in captioned:
        captioned[last.code] = headings.pop()
    yield from headings
    told = [heading.code for heading in headings if heading.scheme == "lcc"]
    for field in marc.all(*_CLASSES, "084"):
        code = field.first("a")
        if field.tag == "050" and code in told:
            told.remove(code)
        elif field.tag == "050" and code in captioned:
            yield captioned.pop(code)
        elif code:
            yield Subject(scheme=_CLASSES.get(field.tag) or field.first("2"), code=code)
    yield from reversed(captioned.values())


def _heading(field: MarcField) -> Subject | None:
    term = " -- ".join(field.all("ax"))
    if not term:
        return None
    scheme = _SCHEMES.get(field.ind2) or field.first("2")
    code = field.first("0")
    if code and scheme:
        code = code.removeprefix(f"({scheme})")
    return (
        _captioned(code, term) if scheme == "lcc" and code else Subject(term=term, scheme=scheme, code=code)
    )


def _captioned(code: str, term: str) -> Subject:
    """Return a class with the path that the class table gives it.

    A code has lost the blank that parted class and year (`G8501911`): then the caption leads to the path.
    """
    by_number, by_code, by_caption = lcc_class(code), lcc_subject(code, term), lcc_subject(term=term)
    for known in (by_number, by_code):
        if known is not None and known.path and (known.code, known.term) == (code, term):
            return known
    path = by_caption.path if by_caption and by_number and by_number.path else ()
    return Subject(term=term, scheme="lcc", code=code, path=path)

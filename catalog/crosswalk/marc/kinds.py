"""What kind of thing a record describes: leader, 006-008, and the fields that say it in words."""

import re

from catalog.crosswalk.marc.grouping import Grouped
from catalog.record import Container, RecordType

# LDR/06, type of record: https://www.loc.gov/marc/bibliographic/bdleader.html
_TYPES: dict[str, RecordType] = {
    "c": "musical-score",
    "d": "musical-score",
    "e": "map",
    "f": "map",
    "i": "song",
    "j": "song",
}
_OTHER_TYPES = frozenset("kopr")
_LANGUAGE_MATERIAL = frozenset("at")
_CONTINUING = frozenset("bis")
_COMPONENT = frozenset("ab")
# 008/26 of computer files: https://www.loc.gov/marc/bibliographic/bd008c.html
_COMPUTER_FILES: dict[str, RecordType] = {
    "a": "dataset",
    "b": "software",
    "e": "dataset",
    "f": "software",
    "g": "software",
}
# 008/21 of continuing resources: https://www.loc.gov/marc/bibliographic/bd008s.html
_CONTINUING_KINDS: dict[str, RecordType] = {"w": "webpage", "d": "dataset", "l": "book"}
# 336 $b, for records whose leader is damaged: https://www.loc.gov/standards/valuelist/rdacontent.html
_CONTENT: dict[str, RecordType] = {
    "cri": "map",
    "cod": "dataset",
    "cop": "software",
    "ntm": "musical-score",
    "prm": "song",
    "spw": "song",
    "tdi": "motion-picture",
}
_THESIS_GENRE = re.compile(
    r"thes[ei]s|dissertation|hochschulschrift|thèse|tesis|tesi\b|teses|väitöskir|akademisk avhandling|"
    r"диссертаци",
    re.IGNORECASE,
)
_CONFERENCE_GENRE = re.compile(
    r"conference (?:papers?|proceedings)|konferenzschrift|actes de congrès", re.IGNORECASE
)
_PROCEEDINGS = re.compile(
    r"proceedings|conference|symposi|congress|konferenz|tagung|actes|atti\b|actas", re.IGNORECASE
)


def kind(group: Grouped, container: Container | None) -> RecordType:
    """Return the record's type; `container` is what its host field told, if it is part of something."""
    type_of_record, level = group.leader[6:7], group.leader[7:8]
    if type_of_record in _TYPES:
        return _TYPES[type_of_record]
    if type_of_record == "g":
        return _projected(group)
    if type_of_record == "m":
        return _COMPUTER_FILES.get(group.control("008")[26:27], "document")
    if type_of_record not in _LANGUAGE_MATERIAL:
        return _by_content(group)
    if level in _CONTINUING and type_of_record == "a":
        if level == "b":
            return _component(group, container)
        return _CONTINUING_KINDS.get(group.control("008")[21:22], "periodical")
    if _is_thesis(group):
        return "thesis"
    if container is not None or level == "a":
        return _component(group, container)
    return "report" if _is_report(group) else "book"


def is_continuing(group: Grouped) -> bool:
    """Tell whether the leader calls the resource, or what it is part of, a serial."""
    return group.leader[7:8] in _CONTINUING


def is_component(group: Grouped) -> bool:
    """Tell whether the leader calls the resource a part of another."""
    return group.leader[7:8] in _COMPONENT


def _by_content(group: Grouped) -> RecordType:
    field = group.first("336")
    code = (field.first("b") or "").strip().lower() if field is not None else ""
    if group.leader[6:7] in _OTHER_TYPES:
        return _CONTENT.get(code, "document")
    # A leader out of step or not filled in: what has an ISBN is a book.
    return "book" if code == "txt" or group.first("020") is not None else _CONTENT.get(code, "document")


def _projected(group: Grouped) -> RecordType:
    """Tell films and videos from slides: 008/33, else 007/00."""
    form = group.control("008")[33:34]
    if form in ("m", "v") or group.control("007")[:1] in ("m", "v"):
        return "motion-picture"
    return "document" if form in ("s", "t", "f", "i", "k", "a", "c", "n", "o", "p") else "motion-picture"


def _genres(group: Grouped) -> str:
    return " ".join(value for field in group.all("655") for value in field.all("a"))


def _is_thesis(group: Grouped) -> bool:
    if group.first("502") is not None:
        return True
    coded = group.control("008")
    if len(coded) >= 28 and "m" in coded[24:28]:
        return True
    genres = group.first("655")
    return genres is not None and _THESIS_GENRE.search(_genres(group)) is not None


def _is_report(group: Grouped) -> bool:
    coded = group.control("008")
    return "t" in coded[24:28] or group.first("088") is not None or group.first("027") is not None


def _component(group: Grouped, container: Container | None) -> RecordType:
    coded = group.control("008")
    if "o" in coded[24:28] and group.leader[7:8] != "m":
        return "review"
    journal = container is not None and bool(container.issns or container.issue or container.volume)
    if coded[29:30] == "1" or _CONFERENCE_GENRE.search(_genres(group)) is not None:
        return "conference-paper"
    if journal and not (container and container.isbns):
        return "article-journal"
    title = container.title if container is not None else None
    if container is not None and title and _PROCEEDINGS.search(title):
        return "conference-paper"
    return "chapter" if container is not None and group.leader[7:8] != "b" else "article-journal"

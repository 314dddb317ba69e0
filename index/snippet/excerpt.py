"""The parts of a long text that tell most about why it was found."""

import re
from collections.abc import Iterable, Sequence

from index.scripts import UNSPACED
from index.snippet.graphemes import is_border, whole
from index.snippet.places import Mark

MOST_WINDOWS = 3
_KEPT = 0.6  # of the room, when an excerpt ends with a sentence

_SENTENCE = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?![a-z])|[。！？]+\s*|\n+\s*")
_BLANK = re.compile(r"\s+")
_UNSPACED = re.compile(f"[{UNSPACED}]")

Stretch = tuple[int, int]


def windows(text: str, marks: Sequence[Mark], width: int) -> list[Stretch]:
    """Return the stretches of a text to show, ascending: all of it when it is no longer than `width`.

    As few windows as hold the most distinct leaves, of together at most `width` characters, a mark never
    cut; they begin and end with sentences where they can, else with words. `marks` ascend.
    """
    if len(text) <= width:
        return [(0, len(text))]
    wanted = len({mark.leaf for mark in marks})
    chosen: list[Stretch] = []
    most = 0
    for number in range(1, MOST_WINDOWS + 1):
        found, leaves = _covering(marks, number, width // number)
        if leaves > most:
            chosen, most = [_laid_out(text, one, width // len(found)) for one in found], leaves
        if most == wanted:
            break
    return united(sorted(chosen), gap=1)


def _covering(marks: Sequence[Mark], number: int, room: int) -> tuple[list[Stretch], int]:
    """Choose windows one by one, each with the most leaves not seen yet; return also how many they have."""
    found: list[Stretch] = []
    seen: set[int] = set()
    for _ in range(number):
        first, last = _richest(marks, seen, room)
        inside = {mark.leaf for mark in marks[first : last + 1]}
        if inside <= seen:
            break
        seen |= inside
        found.append((marks[first].start, max(mark.end for mark in marks[first : last + 1])))
    return found, len(seen)


def _richest(marks: Sequence[Mark], seen: set[int], room: int) -> tuple[int, int]:
    """Return the first and last mark of the window with the most new leaves, then marks; the earliest."""
    best, richest = (0, 0), (-1, -1)
    inside: dict[int, int] = {}
    last = -1
    for first, mark in enumerate(marks):
        while last < first or (last + 1 < len(marks) and marks[last + 1].end <= mark.start + room):
            last += 1
            leaf = marks[last].leaf
            inside[leaf] = inside.get(leaf, 0) + 1
        value = (len(inside.keys() - seen), last - first)
        if value > richest:
            best, richest = (first, last), value
        inside[mark.leaf] -= 1
        if not inside[mark.leaf]:
            del inside[mark.leaf]
    return best


def _laid_out(text: str, marked: Stretch, room: int) -> Stretch:
    """Return the stretch around marks that has at most so much room, cut at good places."""
    start, end = marked
    spare = max(room - (end - start), 0)
    begin = _begin(text, max(start - spare, 0), start)
    close = _close(text, end, begin + max(room, end - begin), least=begin + round(room * _KEPT))
    if close == len(text):  # what is not needed behind the marks is given to what stands before them
        low = max(len(text) - room, 0)
        begin = min(_sentences(text, low, begin), default=_first(text, low, begin)) if low else 0
    return whole(text, begin, close)


def _begin(text: str, low: int, high: int) -> int:
    """Return where to begin, at `high` at the latest: with its sentence, else some words before it."""
    sentence = max(_sentences(text, low, high), default=0)
    return sentence if sentence or not low else _first(text, (low + high) // 2, high)


def _sentences(text: str, low: int, high: int) -> list[int]:
    """Return the places between two where sentences begin."""
    return [match.end() for match in _SENTENCE.finditer(text, low, high)]


def _first(text: str, low: int, high: int) -> int:
    """Return the first place between two, both included, where a word begins."""
    if low == 0:
        return 0
    blank = _BLANK.search(text, low, high)
    return blank.end() if blank else min(_unspaced(text, low, high), default=high)


def _close(text: str, low: int, high: int, *, least: int) -> int:
    """Return where to end: with a sentence, unless it ends before `least`, else with a word."""
    if high >= len(text):
        return len(text)
    ends = (match.start() + len(match[0].rstrip()) for match in _SENTENCE.finditer(text, low, high))
    sentence = max(ends, default=0)
    if sentence >= least:
        return sentence
    blank = max((match.start() for match in _BLANK.finditer(text, low, high + 1)), default=None)
    return max(_unspaced(text, low, high), default=low) if blank is None else blank


def _unspaced(text: str, low: int, high: int) -> list[int]:
    """Return the places where scripts without blanks can be cut."""
    places = (match.start() for match in _UNSPACED.finditer(text, low, high))
    return [place for place in places if is_border(text, place)]


def united(stretches: Iterable[Stretch], gap: int = 0) -> list[Stretch]:
    """Return ascending stretches with those made one that overlap, touch, or have a `gap` between at most."""
    found: list[Stretch] = []
    for start, end in stretches:
        if found and start <= found[-1][1] + gap:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found

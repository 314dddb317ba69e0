"""Decode a catalogue page that shows a record field by field: VuFind's staff view and its like.

    LEADER 00000nam a22000003u 4500
    245 0 0 |a Title  |c Somebody

VuFind's layout is themes/root/templates/RecordTab/staffviewmarc.phtml over xsl/record-marc.xsl: a table of
tag, two indicators and the subfields. Copied from the browser its cells are set apart by tabs; once those are
gone, blank indicators are too, and a lone one is given to the indicator that the tag uses.
"""

import re
from typing import NamedTuple

from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.errors import RecordRejected
from catalog.record import RawRecord

_LEADER = 24
_LEADER_LINE = re.compile(r"[ \t\xa0]*LEADER\b[ \t\xa0]?(.*)")
_ANY_LEADER = re.compile(rf"^{_LEADER_LINE.pattern}", re.MULTILINE)
_TAGGED = re.compile(r"[ \t\xa0]*(\d{3}|[A-Z]{3})(?![^\s|])(.*)")
_FIXED_WIDTH = re.compile(r" (.)(.) (?=\|)")
_SPACED = re.compile(r"(?:\A|(?<=\s))\|([a-z0-9])(?=\s|\Z)")
_TIGHT = re.compile(r"\|([a-z0-9])")
# Tags of which the first indicator is mostly or always blank while the second is not (MARC 21 bibliographic).
_SECOND_INDICATOR = frozenset(
    re.findall(r"\d+", "047 048 050 055 060 070 072 222 264 440 648 650 651 655 656 657 662 688 830")
)
_EITHER_INDICATOR = frozenset(("653",))


class _Line(NamedTuple):
    """A field as shown: what stands between tag and subfields, and the rest."""

    tag: str
    between: str
    text: str


def decode(raw: RawRecord) -> MarcRecord:
    """Decode the record on a page; what had to be forgiven is in its caveats.

    Raises RecordRejected when the page shows no fields.
    """
    caveats: dict[str, None] = {}
    text = _text(raw.payload, caveats)
    leader, lines = _lines(text)
    delimiter = _delimiter(lines)
    fields = tuple([_field(line, delimiter, caveats) for line in lines])
    if not fields:
        raise RecordRejected("no MARC record: no line of the page is a field")
    if len(leader) != _LEADER:
        caveats[f"the leader has {len(leader)} characters instead of {_LEADER}"] = None
    return MarcRecord(leader[:_LEADER].ljust(_LEADER), fields, tuple(caveats))


def _text(payload: bytes, caveats: dict[str, None]) -> str:
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = payload.decode("cp1252", "replace")
        caveats["text is not UTF-8, read as Windows-1252"] = None
    return _from_html(text) if re.search(r"<th[^>]*>\s*LEADER\s*</th>", text, re.IGNORECASE) else text


def _from_html(text: str) -> str:
    """Return the table of a page saved as HTML in the way a browser copies it, cells set apart by tabs."""
    from lxml import html  # few pages come as HTML

    lines: list[str] = []
    for row in html.fromstring(text).iter("tr"):
        cells = [" ".join(str(cell.text_content()).split()) for cell in row.iterchildren("th", "td")]
        if len(cells) > 1:
            lines.append("\t".join(cells) if len(cells) > 2 else " ".join(cells))
    return "\n".join(lines)


def _lines(text: str) -> tuple[str, list[_Line]]:
    """Return the leader and the lines that are fields, each with the untagged lines that follow it.

    What follows the last field after a blank line is the page's and left out.
    """
    leader = ""
    lines: list[_Line] = []
    follows: list[str] = []
    begun = _ANY_LEADER.search(text) is None  # who copies the fields may leave it out
    for line in text.splitlines():
        if not begun:
            found = _LEADER_LINE.match(line)
            if found:
                begun, leader = True, found[1].rstrip("\r")
            continue
        tagged = _tagged(line)
        if tagged is None:
            follows.append(line)
            continue
        _append(lines, follows)
        lines.append(tagged)
        follows = []
    end = next((i for i, line in enumerate(follows) if not line.strip()), len(follows))
    _append(lines, follows[:end])
    return leader, lines


def _append(lines: list[_Line], follows: list[str]) -> None:
    """Join the lines that go on with the last field to it."""
    if lines and any(map(str.strip, follows)):
        last = lines[-1]
        text = " ".join(filter(None, (last.text.strip(), *map(str.strip, follows))))
        lines[-1] = last._replace(text=text)


def _tagged(line: str) -> _Line | None:
    """Read a line as a field: control fields have no `|`, others do soon after the tag."""
    found = _TAGGED.match(line)
    if found is None:
        return None
    tag, rest = found[1], found[2]
    if tag.startswith("00"):
        return _Line(tag, "", rest.strip())
    between, bar, shown = rest.partition("|")
    if not bar or len("".join(between.split())) > 2 or not re.match(r"[a-z0-9]", shown):
        return None
    return _Line(tag, between, bar + shown)


def _delimiter(lines: list[_Line]) -> re.Pattern[str]:
    """Tell how subfields are delimited on this page: `|a value  |b value` or `|avalue|bvalue`."""
    shown = [line for line in lines if line.text.startswith("|")]
    spaced = sum(1 for line in shown if not line.text[2:3].strip())
    return _SPACED if spaced * 2 > len(shown) else _TIGHT


def _field(line: _Line, delimiter: re.Pattern[str], caveats: dict[str, None]) -> MarcField:
    if line.tag.startswith("00"):
        return MarcField(line.tag, line.text)
    _, *parts = delimiter.split(line.text)
    values = [" ".join(value.split()) for value in parts[1::2]]
    return MarcField(line.tag, "", *_indicators(line, caveats), tuple(zip(parts[::2], values, strict=True)))


def _indicators(line: _Line, caveats: dict[str, None]) -> tuple[str, str]:
    between = line.between.replace("\xa0", " ")
    cells = between.strip(" ").split("\t")
    if len(cells) >= 3:
        return cells[-3].strip()[:1] or " ", cells[-2].strip()[:1] or " "
    fixed = _FIXED_WIDTH.match(between + "|")
    if fixed:
        return fixed[1], fixed[2]
    shown = "".join(between.split())
    if len(shown) == 1:
        if line.tag in _EITHER_INDICATOR:
            caveats[f"{line.tag}: which of its indicators is {shown} cannot be told from the page"] = None
        return (" ", shown) if line.tag in _SECOND_INDICATOR else (shown, " ")
    return shown[:1] or " ", shown[1:2] or " "

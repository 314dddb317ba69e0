"""Tags put on what they stand at."""

import re
from dataclasses import replace

from index.dialect.lexer import Token
from index.dialect.reader import Reader
from index.dialect.tags import BY_NAME, Tag
from index.dialect.tree import Close, Group, Ours, Part, Place, Without, Words
from index.fields import GROUPS
from index.query import names

_BARE = Words(Place(0, 0), "", quoted=False)


def tags_of(reader: Reader, sign: Token) -> tuple[Tag, ...]:
    """Return the tags that a sign names. Raises QueryError when none of them is known."""
    found: list[Tag] = []
    unknown: list[str] = []
    for name in re.split(r"\s*,\s*", " ".join(sign.parts["tags"].casefold().split())):
        tag = reader.dialect.own.get(name) or BY_NAME.get(name)
        if tag is None:
            unknown.append(name)
            continue
        if tag.message and tag.kind == "text":
            reader.lose(sign.start, sign.end, tag.message)
        found.append(tag)
    if unknown and not found:
        hint = "leave it out to search the usual fields; if it is a word, put it in quotes"
        message = f"{unknown[0]} is no field of {reader.dialect.title} known here"
        raise reader.source.error(message, sign.start, hint)
    for name in unknown:
        reader.lose(sign.start, sign.end, f"there is no field for {name} here: it was left out")
    return tuple(found)


def tagged(
    reader: Reader, part: Part, tags: tuple[Tag, ...], place: Place, sign: Token | None = None
) -> Part:
    """Return a part with its tags; those of another kind give another part: `.ti,au.`."""
    parts = sign.parts if sign else {}
    distance = parts.get("distance")
    marked = replace(_BARE, mark=parts.get("mark", "").lower(), distance=int(distance) if distance else None)
    united = [
        _united([tag for tag in tags if tag.kind == kind]) for kind in dict.fromkeys(tag.kind for tag in tags)
    ]
    found = tuple(replace(_assigned(reader, part, replace(marked, tag=tag)), place=place) for tag in united)
    return found[0] if len(found) == 1 else Group(place, "OR", found)


def _assigned(reader: Reader, part: Part, marked: Words, *, lines: bool = True) -> Part:
    """Return a part whose words have the tag of `marked` where they had none."""

    def down(child: Part) -> Part:
        return _assigned(reader, child, marked, lines=lines)

    match part:
        case Words(tag=None):
            return replace(part, tag=marked.tag, mark=marked.mark, distance=marked.distance)
        case Group(children=children):
            return replace(part, children=tuple(map(down, children)))
        case Close(left=left, right=right):
            return replace(part, left=down(left), right=down(right))
        case Without(child=child):
            return replace(part, child=down(child))
        case Ours(field="") as line if lines:
            hint = "put the field within the line itself"
            raise reader.source.error(f"{line.text} has its own fields", line.place.start, hint)
        case _:
            return part


def with_one_tag(reader: Reader, left: Part, right: Part) -> tuple[Part, Part]:
    """Return both sides of a proximity with the tag of one, meant for both: `peer adj3 support.tw.`."""
    if tag := _tag_of(right):
        left = _assigned(reader, left, replace(_BARE, tag=tag), lines=False)
    if tag := _tag_of(left):
        right = _assigned(reader, right, replace(_BARE, tag=tag), lines=False)
    return left, right


def _tag_of(part: Part) -> Tag | None:
    """Return the tag that all words of a part have, None when they have none or several."""
    match part:
        case Words(tag=tag):
            return tag
        case Group(children=children):
            found = {_tag_of(child) for child in children}
            return found.pop() if len(found) == 1 else None
        case Close(left=left, right=right):
            tag = _tag_of(left)
            return tag if tag == _tag_of(right) else None
        case _:
            return None


def _united(tags: list[Tag]) -> Tag:
    """Return one tag for several of a kind: `.ti,ab.`."""
    if len(tags) == 1 or not all(tag.fields for tag in tags):
        return next((tag for tag in tags if not tag.fields), tags[0])
    fields = names.resolve(",".join(tag.fields for tag in tags)) or ()
    group = next((name for name, group in GROUPS.items() if set(group) == set(fields)), None)
    return tags[0]._replace(fields=group or ",".join(fields))

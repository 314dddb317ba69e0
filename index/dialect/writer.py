"""A query that was read from another language, written in ours."""

from typing import NamedTuple

from index.dialect import terms
from index.dialect.reader import Reader
from index.dialect.tree import Close, Group, Nothing, Ours, Part, Without, Words


class Text(NamedTuple):
    """A part in our language: `field` is what all of it looks in, None when that is written in it already.

    `whole` tells a single leaf from what needs brackets beside others; `operator` is what joins its parts;
    `negated` puts NOT before it.
    """

    text: str
    field: str | None
    whole: bool
    operator: str = ""
    negated: bool = False

    def standing(self) -> str:
        """Return the part so that it stands as one operand."""
        inner = self.text if self.whole else f"({self.text})"
        return f"{'NOT ' if self.negated else ''}{f'{self.field}:' if self.field else ''}{inner}"


def write(reader: Reader, part: Part) -> str:
    """Return a query in our language. Raises QueryError for what our language cannot run."""
    found = _write(reader, part)
    if found is None:
        raise reader.source.error(
            "nothing is left of this search", part.place.start, "every part of it has no equal here"
        )
    return found.standing() if found.field or found.negated else found.text


def _write(reader: Reader, part: Part) -> Text | None:
    match part:
        case Words():
            return _write(reader, terms.written(reader, part))
        case Ours(field=field, text=text):
            return Text(text, None if text.startswith("#") else field, whole=True)
        case Group(operator=operator, children=children):
            found = [inner for child in children if (inner := _write(reader, child)) is not None]
            return _joined(operator, found) if found else None
        case Without(child=child):
            inner = _write(reader, child)
            return inner and _not(inner)
        case Close():
            return _close(reader, part)
        case Nothing():
            return None


def _not(part: Text) -> Text:
    """Return everything but a part; what is negated already is put in brackets first."""
    if part.negated:
        part = Text(part.standing(), None, whole=False)
    return part._replace(negated=True)


def _joined(operator: str, found: list[Text]) -> Text:
    """Return parts of one level joined; a field that is common to all is written once, in front."""
    if len(found) == 1:
        return found[0]
    field = _common(found)
    joined = ""
    for part in found:
        text = part._replace(field=None) if field else part
        flat = text.operator == operator and not text.field and not text.negated
        sign = " " if operator == "AND" and text.negated else f" {operator} "
        joined += f"{sign if joined else ''}{text.text if flat else text.standing()}"
    return Text(joined, field, whole=False, operator=operator)


def _common(found: list[Text]) -> str | None:
    fields = {text.field for text in found}
    return fields.pop() if len(fields) == 1 else None


def _close(reader: Reader, part: Close) -> Text | None:
    sign = f"{'W' if part.ordered else 'NEAR'}/{part.between}"
    left, right = _write(reader, part.left), _write(reader, part.right)
    if left is None or right is None:
        raise reader.source.error("one side of this proximity has no equal here", part.place.start)
    _check_side(reader, part.left)
    _check_side(reader, part.right)
    field = _common([left, right])
    if field is None and None not in (left.field, right.field):
        hint = "give both sides the same fields"
        raise reader.source.error(
            "both sides of a proximity must look in the same fields", part.place.start, hint
        )
    sides = [(side._replace(field="") if field is not None else side).standing() for side in (left, right)]
    return Text(f"{sides[0]} {sign} {sides[1]}", field, whole=False)


def _check_side(reader: Reader, part: Part) -> None:
    match part:
        case Group(operator="OR", children=children):
            for child in children:
                _check_side(reader, child)
        case Group() | Without():
            hint = "write phrases in quotes; AND and NOT go outside"
            raise reader.source.error("proximity joins words, phrases and OR groups", part.place.start, hint)
        case Close(left=left, right=right):
            _check_side(reader, left)
            _check_side(reader, right)
        case _:
            return

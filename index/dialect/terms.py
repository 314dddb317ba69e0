"""Words, phrases and headings of other databases as leaves of our language."""

import re
from collections.abc import Iterator
from itertools import product

from catalog.errors import QueryError
from index.dialect import kinds
from index.dialect.reader import Reader
from index.dialect.tags import MAIN_TOPIC, USUAL, Tag
from index.dialect.tree import Close, Group, Ours, Part, Place, Words
from index.query import foreign
from index.query.parser import read

_MOST_FORMS = 24
_MOST_LETTERS = 6
_PIECE = re.compile(r"\S+")
_SIGN = re.compile(r".*=.*|/.*|.+:|.*\.[a-z_]{2,}\.")
_SUBHEADING = re.compile(
    r"(?<=[\w)])/(?P<below>[a-z]{2}(?:\s*,\s*[a-z]{2})*|[a-z][a-z ]{3,})$", re.IGNORECASE
)
_EXPLODED = re.compile(r"(?i)exp\s")
_INITIALS = re.compile(r"[,\s]+(?:[A-Z][A-Z.\s-]{0,5}|[A-Za-z]\.?|[a-z]{2})\*?$")


def written(reader: Reader, words: Words) -> Part:
    """Return a term in our language: `Ours`, or a group of them."""
    tag = words.tag or USUAL
    if words.tag is None and reader.dialect.untagged:
        reader.lose(words.place.start, words.place.end, reader.dialect.untagged)
    match tag.kind:
        case "heading":
            return _heading(reader, words, tag)
        case "author":
            return _author(reader, words)
        case "year":
            return kinds.years(reader, words.place, words.text)
        case "language":
            return kinds.language(reader, words.place, words.text)
        case "type":
            return kinds.work_type(reader, words.place, words.text)
        case "value":
            return _checked(reader, Ours(words.place, tag.fields, words.text.strip("\"'")), words)
        case "filter":
            return kinds.left_out(reader, words.place)
        case "text":
            return _text(reader, words, tag) if words.distance is None else _within(reader, words, tag)


def _text(reader: Reader, words: Words, tag: Tag) -> Part:
    """Return words side by side as a phrase; a wildcard for one letter or none gives each form of its own."""
    several = not words.quoted and len(words.text.split()) > 1
    if not words.quoted:
        _check_signs(reader, words)
    if several and reader.dialect.untagged and not words.tag:
        each = (Words(words.place, word, quoted=False, tag=USUAL) for word in words.text.split())
        return Group(words.place, "AND", tuple(_text(reader, word, USUAL) for word in each))
    if several and reader.dialect.phrased:
        reader.lose(words.place.start, words.place.end, reader.dialect.phrased)
    forms = list(_forms(reader, words))
    stem = reader.dialect.stems and not words.quoted and not several
    leaves = tuple(
        _checked(reader, Ours(words.place, tag.fields, _leaf(form, stem=stem)), words) for form in forms
    )
    return leaves[0] if len(leaves) == 1 else Group(words.place, "OR", leaves)


def _check_signs(reader: Reader, words: Words) -> None:
    """Refuse signs of a third system among the words: read as text they would change what is found."""
    for piece in _PIECE.finditer(words.text):
        plain = "".join(sign for sign in piece[0] if sign not in reader.dialect.wildcards)
        if _SIGN.fullmatch(piece[0]) or foreign.word(plain):
            position = words.place.start + piece.start()
            message = f"{piece[0]} is no sign of {reader.dialect.title} known here"
            raise reader.source.error(message, position, "if it is a word, put it in quotes")


def _leaf(text: str, *, stem: bool) -> str:
    bare = re.fullmatch(r"[^\W_]+(?:[-*?][^\W_]+)*[*?]*", text) and text not in ("AND", "OR", "NOT")
    if bare and (stem or (re.search(r"[*?]", text) and "-" not in text)):
        return text
    return f'"{text}"'


def _forms(reader: Reader, words: Words) -> Iterator[str]:
    """Yield a text with its wildcards as ours, once for each letter that may be there or not."""
    choices: list[tuple[str, ...]] = []
    forms, shortened = 1, False
    for piece in re.split(r"(\W\d*)", words.text):
        found = _wildcard(reader, words, piece)
        if forms * len(found) > _MOST_FORMS:
            found, shortened = ("*",), True
        forms *= len(found)
        choices.append(found)
    if shortened:
        reader.lose(words.place.start, words.place.end, "too many forms: * stands for any letters instead")
    for form in product(*choices):
        yield " ".join("".join(form).split())


def _wildcard(reader: Reader, words: Words, piece: str) -> tuple[str, ...]:
    sign, digits = piece[:1], piece[1:]
    kind = reader.dialect.wildcards.get(sign)
    if kind is None:
        if sign in '*?\\"' and sign:
            message = f"{sign} means nothing in {reader.dialect.title}: left out"
            reader.lose(words.place.start, words.place.end, message)
            return (f" {digits}",)
        return (piece,)
    if digits and reader.dialect.limited and kind != "one":
        if len(digits) > 1 or int(digits) > _MOST_LETTERS:
            reader.lose(words.place.start, words.place.end, f"{piece} stands for any letters here")
            return ("*",)
        return tuple("?" * n for n in range(int(digits) + 1))
    match kind:
        case "any":
            return (f"*{digits}",)
        case "one":
            return (f"?{digits}",)
        case "maybe":
            return (digits, f"?{digits}")


def _checked(reader: Reader, leaf: Ours, words: Words) -> Ours:
    """Return a leaf that our language takes; raises QueryError at its place in the text as typed."""
    try:
        read(f"{leaf.field}:{leaf.text}" if leaf.field else leaf.text)
    except QueryError as error:
        position = max(reader.source.text.find(words.text, words.place.start), words.place.start)
        raise reader.source.error(error.message, position, error.hint) from error
    return leaf


def _within(reader: Reader, words: Words, tag: Tag) -> Part:
    """Return PubMed's `"a b"[tiab:~3]`: in any order, so many words between."""
    pieces = [match[0] for match in _PIECE.finditer(words.text)]
    if len(pieces) < 2:
        return _text(reader, words, tag)
    if len(pieces) > 2:
        message = "PubMed counts the words between the outermost: here those between each two"
        reader.lose(words.place.start, words.place.end, message)
    leaves = [_text(reader, Words(words.place, piece, quoted=True, tag=tag), tag) for piece in pieces]
    found: Part = leaves[0]
    for leaf in leaves[1:]:
        found = Close(words.place, found, leaf, words.distance or 0, ordered=False)
    return found


def _author(reader: Reader, words: Words) -> Part:
    """Return an author by family name: most names here have their given names in full."""
    text = words.text.strip("\"'")
    family = _INITIALS.sub("", text).rstrip("*").strip() or text
    if family != text:
        message = "initials are not compared: everyone of that family name is found"
        reader.lose(words.place.start, words.place.end, message)
    name = re.sub(r'["\\]', " ", family)
    return _checked(reader, Ours(words.place, "author", f'"{name}"'), words)


def _heading(reader: Reader, words: Words, tag: Tag) -> Part:
    """Return a heading as words in keywords and subjects, an inverted one also in its natural order."""
    text, mark = words.text.strip("\"'").strip(), words.mark.casefold()
    exploded = reader.dialect.explodes and "noexp" not in mark
    exploded |= mark.startswith("exp") or bool(_EXPLODED.match(text)) or text.endswith("+")
    text = re.sub(r"^(?i:exp)\s+", "", text)
    major = text.startswith("*") or "mj" in mark
    text = text.strip("*\"' ").removesuffix("+").strip()
    below = _SUBHEADING.search(text) or re.search(r"(?:^|/)(?!exp|de$|mj|noexp)[a-z]{2}", mark)
    text = _SUBHEADING.sub("", text)
    message = tag.message
    if exploded:
        message += "; those below it in the tree are not added"
    if major and MAIN_TOPIC not in message:
        message += f"; {MAIN_TOPIC}"
    if below:
        message += "; the subheading was left out"
    reader.lose(words.place.start, words.place.end, message)
    first, comma, last = text.partition(", ")
    spellings = dict.fromkeys((text, f"{last} {first}" if comma and ", " not in last else text))
    leaves = tuple(_spelt(reader, words.place, spelling, tag) for spelling in spellings)
    return leaves[0] if len(leaves) == 1 else Group(words.place, "OR", leaves)


def _spelt(reader: Reader, place: Place, text: str, tag: Tag) -> Part:
    return _text(reader, Words(place, text, quoted=True, tag=tag), tag)

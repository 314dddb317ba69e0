"""From marked-up text to plain text: character entities, HTML, JATS and MathML.

Sources escape markup once, twice or not at all, and write bare `<` and `&` beside it; only names that
are elements of one of the three vocabularies are read as markup.
"""

import re
from functools import cache
from html import unescape
from html.entities import html5
from typing import Final

from catalog.codes import table

_MARKUP: Final = re.compile(r"<[A-Za-z/!?]|&[A-Za-z#]")

_AMPERSANDS: Final = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)+")
_ENTITY: Final = re.compile(r"&(?:#[xX]([0-9A-Fa-f]{1,8})|#(\d{1,9})|([A-Za-z][A-Za-z0-9]{1,31}));")

_ATTRIBUTES: Final = r"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))"
_TAG: Final = re.compile(rf"<(/?)(?:([a-z]{{1,8}}):)?([A-Za-z][A-Za-z0-9-]*)({_ATTRIBUTES}*)\s*(/?)>")
# Up to the next opening at most: a text of nothing but openings must not be walked from each of them.
_COMMENT: Final = re.compile(r"<!--(?:(?!<!--|-->).)*-->|<\?[a-z][^<>?]*\?>|<!DOCTYPE[^<>]*>", re.DOTALL)
_CDATA: Final = re.compile(r"<!\[CDATA\[((?:(?!<!\[CDATA\[|\]\]>).)*)\]\]>", re.DOTALL)


def _element(names: str) -> re.Pattern[str]:
    """Match a whole element of one of these names that has none of its own name inside."""
    return re.compile(
        rf"<((?:[a-z]{{1,8}}:)?(?:{names})){_ATTRIBUTES}*\s*>[^<]*(?:<(?!/?\1\b)[^<]*)*</\1\s*>",
        re.IGNORECASE,
    )


# What is inside these was never meant to be read beside the text it annotates.
_UNREAD: Final = _element("annotation|annotation-xml|script|style")
# JATS <alternatives> hold one formula twice, as MathML and as a whole TeX document.
_TEX: Final = _element("tex-math")
_MATH: Final = _element("math")
_BETWEEN_TAGS: Final = re.compile(r">\s+<")
_SCRIPT: Final = re.compile(
    rf"<((?:[a-z]{{1,8}}:)?ms(ub|up)){_ATTRIBUTES}*>"
    rf"(<(?:[a-z]{{1,8}}:)?m[ino]{_ATTRIBUTES}*>[^<]*</[a-z:]+>)"
    rf"<(?:[a-z]{{1,8}}:)?m[ino]{_ATTRIBUTES}*>([^<]*)</[a-z:]+></\1>"
)

_RAISED: Final = re.compile(r"<(sub|sup)>([^<]*)</\1>")
_LONE_RAISED: Final = re.compile(r"</?su[bp]>")

# One letter between angle brackets is also how linguists write a grapheme: a pair, or nothing.
_PAIRED: Final = frozenset("aqsu")
_RAISING: Final = {"sub": "sub", "sup": "sup", "inf": "sub"}

_SUPERSCRIPTS: Final = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def has_markup(text: str) -> bool:
    """Tell whether anything in the text may be an entity or a tag."""
    return _MARKUP.search(text) is not None


def decode_entities(text: str) -> str:
    """Decode each character entity that ends in a semicolon, and `&amp;` however often it was escaped.

    HTML also knows entities without the semicolon; here `&copy=2` of an address must stay.
    """
    return _ENTITY.sub(_character, _AMPERSANDS.sub("&", text)) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return html5.get(f"{name};", match[0])
    number = int(hexadecimal, 16) if hexadecimal is not None else int(decimal)
    # Half of a surrogate pair, as software that counts in UTF-16 writes it; whoever joins pairs sees both.
    return chr(number) if 0xD800 <= number <= 0xDFFF else unescape(f"&#{number};")


def strip_tags(text: str) -> str:
    """Remove tags, a block's for a blank, an inline one's for nothing; `<sub>`, `<sup>` become characters."""
    if "<" not in text:
        return text
    text = _COMMENT.sub(" ", _CDATA.sub(r"\1", text))
    text = _UNREAD.sub("", text)
    if _MATH.search(text):
        text = _MATH.sub(_tight_formula, _TEX.sub("", text))
    text = _TAG.sub(_without_tag, text)
    if "<su" in text or "</su" in text:
        text = _LONE_RAISED.sub("", _RAISED.sub(_raised, text))
    return text


def _tight_formula(match: re.Match[str]) -> str:
    # Blanks between MathML elements are the pretty-printer's, not the formula's.
    return _SCRIPT.sub(r"\3<s\2>\4</s\2>", _BETWEEN_TAGS.sub("><", match[0]))


def _without_tag(match: re.Match[str]) -> str:
    closing, prefix, name, attributes, _ = match.groups()
    name = name.lower()
    if prefix is not None and prefix not in _elements("prefixes"):
        return match[0]
    if name in _RAISING:
        return f"<{closing}{_RAISING[name]}>"
    if name in _elements("blocks"):
        return " "
    if name in _elements("inlines") or prefix is not None or (closing and name in _PAIRED):
        return ""
    if name in _PAIRED and (attributes or re.search(rf"</{name}\s*>", match.string, re.IGNORECASE)):
        return ""
    return match[0]


@cache
def _elements(kind: str) -> frozenset[str]:
    return frozenset(table("markup")[kind])


def _raised(match: re.Match[str]) -> str:
    return raised(match[2].strip(), superior=match[1] == "sup")


def raised(text: str, *, superior: bool) -> str:
    """Write digits and signs as Unicode superscripts or subscripts; text that has other characters stays."""
    higher = text.translate(_SUPERSCRIPTS if superior else _SUBSCRIPTS)
    return text if any(a == b for a, b in zip(text, higher, strict=True)) else higher

"""How other systems write a search, and how the same is written here.

Reviewers paste strategies made for PubMed, Ovid, EBSCOhost, Web of Science, Scopus, Embase and Cochrane.
Read as our own syntax their signs would vanish in the analyser and change the count without a word; so
each is recognised and refused with its translation.
"""

import re
from functools import cache
from typing import NamedTuple

from index.dialect.tags import BY_NAME
from index.query import names


class Refusal(NamedTuple):
    """What is wrong, and how to write it."""

    message: str
    hint: str


def field_for(tags: str) -> str:
    """Return our field for another system's tag or list of tags, `field` when there is none."""
    parts = [part.strip().partition(":")[0] for part in re.split(r"[,;.]", tags.casefold()) if part.strip()]
    found = dict.fromkeys(BY_NAME[part].fields if part in BY_NAME else "field" for part in parts)
    if found.keys() == {"title", "abstract"}:
        return "tiab"
    if found.keys() == {"title", "abstract", "keyword"}:
        return "tikwab"
    name = ",".join(found)
    return name if not name or names.resolve(name) else "field"


class _Sign(NamedTuple):
    """A sign of another system; `{n}`, `{word}`, `{op}` and `{field}` in the hint stand for what it holds."""

    pattern: str
    message: str
    hint: str


_TAG = "ti|ab|tw|mp|kw|kf|hw|sh|af|au|jn|pt|ot|nm|fs|dt|so|tx|id|de|sd|yr|la|pdat"
_OVID = "Ovid's field tags are not known here"
_BEHIND = "a field is written in front"
_SLASH = "a subject heading is not written with a slash"


def _signs(*rows: tuple[str, str, str]) -> tuple[_Sign, ...]:
    return tuple(_Sign(*row) for row in rows)


_WORDS = _signs(
    # Ovid counts steps, we count the words between: adj3 lets two words stand between.
    (
        r"(?i)adj(?P<steps>\d{1,4})",
        "{0} is no operator here",
        "write NEAR/{n}: the words between are counted",
    ),
    (r"(?i)adj", "{0} is no operator here", 'write a phrase in quotes, or NEAR/2; for the word, "adj"'),
    (r"N(?P<n>\d+)", "{0} is no operator here", 'write NEAR/{n}; for the word itself, "{0}"'),
    (r"W(?P<n>\d+)", "{0} is no operator here", 'write W/{n}; for the word itself, "{0}"'),
    (r"(?i)(?:PRE|NEXT|ONEAR)/(?P<n>\d+)", "{0} is no operator here", "write W/{n}: left before right"),
    (r"(?i)NEAR/?(?P<n>\d+)", "{0} is not how it is written", "write NEAR/{n}"),
    (r"(?i)W/(?P<n>\d+)", "{0} is not how it is written", "write W/{n}"),
    (r"NEAR/.+|W/(?:\d.*)?", "{0} is not how it is written", "write a whole number: NEAR/3 or W/3"),
    (r"NEAR/?", "NEAR needs a number of words", 'write NEAR/5; for the word itself, "near"'),
    (r"NEXT|XOR|ADJ|SAME", "{0} is no operator here", 'for the word itself, "{0}"'),
    (r"(?i)(?P<op>and|or)/(?P<n>\d+)[-,]\d\S*", "lines are not combined like this", "write #{n} {op} …"),
    (
        r"(?i)(?P<tag>TS|TI|AB|AU|SO|PY|AK|KP|DE|ALL|SU|DO|DT|LA|AD)=(?P<word>.*)",
        "Web of Science's field tags are not known here",
        "write {field}{word}",
    ),
    (r"&&?", "{0} is no operator here", "write AND"),
    (r"\|\|?", "{0} is no operator here", "write OR"),
    (r"!(?P<word>\w.*)", "! is no operator here", "write NOT {word}"),
    (r"[-−–](?P<word>\w.*)", "a word cannot begin with a dash", "to leave it out write NOT {word}"),
    (r"\+(?P<word>\w.*)", "a word cannot begin with +", "every word is wanted anyway: write {word}"),
    (r"(?P<word>.*\w)\$\d*", "$ is no wildcard here", "write {word}*"),
    (r"\w{2,}#\w*", "# is no wildcard here", "write ? for one letter, * for any or none"),
    (r"\w+\$\w+", "$ is no wildcard here", "write * for any letters or none"),
    (r"(?P<word>.*\w)~\d*(?:\.\d+)?", "~ is no operator here", "for other forms write {word} or {word}*"),
    (r"(?P<word>.*\w)\^[\d.]+", "a word cannot be given a weight", "write {word}"),
    (rf"(?i)(?P<word>.*[\w*?])\.(?P<tag>(?:{_TAG})(?:,(?:{_TAG}))*)\.", _OVID, "write {field}{word}"),
    (rf"(?i)(?P<word>.*[\w*?])\.(?P<tag>(?:{_TAG})(?:,(?:{_TAG}))+)", _OVID, "write {field}{word}"),
    (rf"(?i)(?P<word>.*[\w*?]):(?P<tag>(?:{_TAG})(?:,(?:{_TAG}))*)", _BEHIND, "write {field}{word}"),
    (r"(?P<word>.*\w)/(?:exp|de|mj)?", _SLASH, "write subject:{word}"),
    # Ovid's subheadings: Depression/th is "Depression: therapy".
    (
        r"(?P<word>[A-Z]\w+)/(?:ae|cl|co|ct|di|dt|ec|ed|ep|et|hi|lj|mo|mt|nu|og|pc|ph|px|rh|st|su|sn|td|th|ut)",
        _SLASH,
        "write subject:{word}",
    ),
)

_SUFFIXES = _signs(
    (r"\[mh\s+(?P<word>[^\]]+)", "headings are not written in square brackets", "write subject:{word}"),
    (r"\[(?P<tag>[^\]]*)\]?", "a field is written in front, without square brackets", "write {field}…"),
    (rf"(?i)\.(?P<tag>(?:{_TAG})(?:,(?:{_TAG}))*)\b\.?", _OVID, "write {field}…"),
    (rf"(?i):(?P<tag>(?:{_TAG})(?:,(?:{_TAG}))*)\b", _BEHIND, "write {field}…"),
    (r"(?i)/\w*", _SLASH, "write subject:…"),
    (r"~(?P<n>\d+)", "~ is no operator here", "write NEAR/{n} between the words"),
    (r"\^[\d.]*", "a phrase cannot be given a weight", "leave it out"),
    (r"[*?$]", "a wildcard belongs inside the quotes", 'write "peer support*"'),
)


_OPERATORS = frozenset({"ADJ", "NEAR", "NEXT", "SAME", "XOR"})


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile at first use: a search of plain words needs none of them."""
    return re.compile(pattern, re.DOTALL)


def word(text: str) -> Refusal | None:
    """Return why a word of another system's syntax is refused; None for any other word."""
    if text.isalpha() and text.upper() not in _OPERATORS:
        return None
    matches = ((sign, _compiled(sign.pattern).fullmatch(text)) for sign in _WORDS)
    return next((_refusal(sign, match) for sign, match in matches if match), None)


def suffix(text: str) -> Refusal | None:
    """Return why what begins directly behind a quote, a bracket or a word is refused."""
    matches = ((sign, _compiled(sign.pattern).match(text)) for sign in _SUFFIXES)
    return next((_refusal(sign, match) for sign, match in matches if match), None)


def prefix(text: str) -> Refusal | None:
    """Return why a word before an opening bracket or quote is refused: `TI (…)`, `TITLE-ABS-KEY(…)`."""
    if not text.isupper() or text.casefold() not in BY_NAME:
        return None
    return Refusal(f"{text} is no field name here", _hint("write {field}(…)", field_for(text)))


def _refusal(sign: _Sign, match: re.Match[str]) -> Refusal:
    found = match.groupdict(default="")
    if "steps" in found:
        found["n"] = str(max(int(found["steps"]) - 1, 0))
    if "op" in found:
        found["op"] = found["op"].upper()
    whole = match[0]
    message, hint = (text.replace("{0}", whole) for text in (sign.message, sign.hint))
    for name in ("n", "word", "op"):
        hint = hint.replace(f"{{{name}}}", found.get(name, "") or "…")
    return Refusal(message, _hint(hint, field_for(found.get("tag", ""))))


def _hint(template: str, field: str) -> str:
    if not field and "{field}" in template:
        return "leave it out: what names no field looks in all the usual ones"
    return template.replace("{field}", f"{field}:")

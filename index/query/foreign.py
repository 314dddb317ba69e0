"""How other systems write a search, and how the same is written here.

Reviewers paste strategies made for PubMed, Ovid, EBSCOhost, Web of Science, Scopus, Embase and Cochrane.
Read as our own syntax such a sign would vanish in the analyser and change the count without a word; so
each is recognised and refused with its translation.
"""

import re
from collections.abc import Callable

from index.query import names

_TAGS = {
    "tiab": "tiab", "ti": "title", "title": "title", "ab": "abstract", "tw": "tiab", "mp": "tikwab",
    "ot": "keyword", "kw": "keyword", "kf": "keyword", "au": "author", "ta": "journal", "jo": "journal",
    "jn": "journal", "so": "journal", "mesh": "subject", "mesh terms": "subject", "mh": "subject",
    "mm": "subject", "mj": "subject", "majr": "subject", "su": "subject", "de": "subject", "sh": "subject",
    "hw": "subject", "dp": "year", "pdat": "year", "py": "year", "la": "language", "pt": "type", "ts": "tikwab",
    "tx": "tikwab", "ak": "keyword", "title/abstract": "tiab", "title-abs-key": "tikwab", "title-abs": "tiab",
    "key": "keyword", "abs": "abstract", "auth": "author", "noft": "tikwab", "ad": "affiliation",
    "affil": "affiliation", "doi": "doi", "is": "issn", "issn": "issn", "all": "", "af": "", "text word": "tiab",
    "au ": "author",
}  # fmt: skip


def field_for(tag: str) -> str:
    """Return our field for another system's tag or list of tags, with its colon; `field:` when unknown."""
    parts = [part for part in re.split(r"[,;.]", tag.casefold().strip(" .")) if part]
    known = list(dict.fromkeys(_TAGS.get(part.strip().partition(":")[0], "?") for part in parts))
    name = "tiab" if known in (["title", "abstract"], ["abstract", "title"]) else ",".join(known)
    return f"{name}:" if name and names.resolve(name) else "" if name == "" and parts else "field:"


def _near(n: str | int) -> str:
    return f"write NEAR/{n}"


_Translation = Callable[[re.Match[str]], tuple[str, str]]

_OVID_TAGS = r"(?:ti|ab|tw|mp|kw|kf|hw|sh|af|au|jn|pt|ot|nm|fs|dt|so|tx|id|de|sd|yr|la)"

_WORDS: tuple[tuple[re.Pattern[str], _Translation], ...] = tuple(
    (re.compile(pattern), translation)
    for pattern, translation in (
        # Ovid counts the step, we count the words between: adj3 lets two words stand between.
        (
            r"(?i)adj(\d+)",
            lambda m: ("Ovid's adj is no operator here", f"{_near(max(int(m[1]) - 1, 0))}: the words between are counted"),
        ),
        (r"(?i)adj", lambda _: ("Ovid's adj is no operator here", 'write a phrase in quotes, or NEAR/2; for the word, "adj"')),
        (r"N(\d+)", lambda m: (f"{m[0]} is no operator here", f'{_near(m[1])}; for the word, "{m[0]}"')),
        (r"W(\d+)", lambda m: (f"{m[0]} is no operator here", f'write W/{m[1]}; for the word, "{m[0]}"')),
        (r"(?i)(?:PRE|NEXT|ONEAR)/?(\d+)", lambda m: (f"{m[0]} is no operator here", f"write W/{m[1]}: left before right")),
        (r"(?i)NEAR/?(\d+)", lambda m: (f"{m[0]} is not how it is written", _near(m[1]))),
        (r"w/(\d+)", lambda m: (f"{m[0]} is not how it is written", f"write W/{m[1]}")),
        (r"NEAR|NEAR/", lambda _: ("NEAR needs a number of words", 'write NEAR/5; for the word, "near"')),
        (r"(?i)(and|or)/(\d+)[-,]\d\S*", lambda m: ("lines are not combined like this", f"write #{m[2]} {m[1].upper()} …")),
        (r"(?i)\(?(?:TS|TI|AB|AU|SO|PY|AK|KP|DE|ALL|SU|WC|DO|DT|LA|AD)=(.*)",
         lambda m: ("Web of Science's field tags are not known here", f"write {field_for(m[0].partition('=')[0].lstrip('('))}{m[1] or '…'}")),
        (r"&&?", lambda m: (f"{m[0]} is no operator here", "write AND")),
        (r"\|\|?", lambda m: (f"{m[0]} is no operator here", "write OR")),
        (r"!(\w.*)", lambda m: ("! is no operator here", f"write NOT {m[1]}")),
        (r"[-−–](\w.*)", lambda m: ("a word cannot begin with -", f"to leave it out write NOT {m[1]}; to search for it, drop the -")),
        (r"\+(\w.*)", lambda m: ("a word cannot begin with +", f"every word is wanted anyway: write {m[1]}")),
        (r"(.*\w)\$\d*", lambda m: ("$ is no wildcard here", f"write {m[1]}*")),
        (r"(.*\w)~\d*(?:\.\d+)?", lambda m: ("~ is no operator here", f"for word forms write {m[1]} or {m[1]}*")),
        (r"(.*\w)\^[\d.]+", lambda m: ("a word cannot be given a weight", f"write {m[1]}")),
        (rf"(?i)(.*[\w*?])\.({_OVID_TAGS}(?:,{_OVID_TAGS})*)\.", lambda m: ("Ovid's field tags are not known here", f"write {field_for(m[2])}{m[1]}")),
        (rf"(?i)(.*[\w*?])\.({_OVID_TAGS}(?:,{_OVID_TAGS})+)", lambda m: ("Ovid's field tags are not known here", f"write {field_for(m[2])}{m[1]}")),
        (rf"(?i)(.*[\w*?]):({_OVID_TAGS}(?:,{_OVID_TAGS})*)", lambda m: ("a field is written in front", f"write {field_for(m[2])}{m[1]}")),
        (r"(.*\w)/(?:exp|de|mj|[a-z]{2})?", lambda m: ("a subject heading is not written with a slash", f"write subject:{m[1]}")),
    )
)  # fmt: skip

_SUFFIXES: tuple[tuple[re.Pattern[str], _Translation], ...] = tuple(
    (re.compile(pattern), translation)
    for pattern, translation in (
        (r"\[([^\]]*)\]?", lambda m: ("a field is written in front, not in square brackets", f"write {field_for(m[1])}…")),
        (rf"(?i)\.({_OVID_TAGS}(?:,{_OVID_TAGS})*)\.?", lambda m: ("Ovid's field tags are not known here", f"write {field_for(m[1])}…")),
        (rf"(?i):({_OVID_TAGS}(?:,{_OVID_TAGS})*)", lambda m: ("a field is written in front", f"write {field_for(m[1])}…")),
        (r"(?i)/\w*", lambda _: ("a subject heading is not written with a slash", "write subject:…")),
        (r"~(\d*)", lambda m: ("~ is no operator here", f"write NEAR/{m[1] or 3} between the words")),
        (r"\^[\d.]*", lambda _: ("a phrase cannot be given a weight", "leave it out")),
        (r"[*?$]", lambda _: ("a wildcard belongs inside the quotes", 'write "peer support*"')),
    )
)  # fmt: skip


def word(text: str) -> tuple[str, str] | None:
    """Return what is wrong with a word of another system's syntax, and how to write it; None if nothing is."""
    return _first(_WORDS, text, whole=True)


def suffix(text: str) -> tuple[str, str] | None:
    """Do the same for what stands directly behind a closing quote, a bracket or a word."""
    return _first(_SUFFIXES, text, whole=False)


def prefix(text: str) -> tuple[str, str] | None:
    """Do the same for a word before an opening bracket or quote: `TI (…)`, `TITLE-ABS-KEY(…)`."""
    if text.isupper() and text.casefold() in _TAGS:
        return f"{text} is no field name here", f"write {field_for(text) or ''}(…)"
    return None


def _first(
    table: tuple[tuple[re.Pattern[str], _Translation], ...], text: str, *, whole: bool
) -> tuple[str, str] | None:
    for pattern, translation in table:
        if match := pattern.fullmatch(text) if whole else pattern.match(text):
            return translation(match)
    return None

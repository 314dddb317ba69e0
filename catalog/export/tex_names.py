r"""Names as BibTeX reads them: parts where the source split them, the printed form elsewhere.

BibTeX cuts names into bytes: `abbrv` takes the first of a given name, `alpha` the first three of a family
name, and half a letter of UTF-8 stops LaTeX ("Invalid UTF-8 byte sequence"). It also takes `Émile` for a
particle, as its first letter in ASCII is a small m. So the letters it may cut stand as commands, `{\'E}mile`,
which it treats as one letter; the rest of the name keeps its letters.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

from catalog.codes import table
from catalog.export.latex import Atom, Letters, atoms, is_plain, spell
from catalog.export.plain import clean
from catalog.normalize.family_names import is_others, shouts_family, start_of_initials
from catalog.normalize.name_parts import is_degree, is_suffix, may_be_initials
from catalog.record import Contributor

_LABEL: Final = 3  # letters of a family name that alpha.bst makes a label of
_PIECE: Final = re.compile(r"[^-‐‑–\s]+")
_NOT_IN_NAMES: Final = re.compile(r"[,;&@/:()\[\]{}<>|=+*\"“”„«»\d]|\band\b", re.IGNORECASE)
_KIND_OF_BODY: Final = re.compile(r"(?<=\S) \((?:Firm|Organization|Company|Agency|Program)\)", re.IGNORECASE)
_IN_LABELS: Final = frozenset("[]()")  # end the label of a \\bibitem, or begin natbib's year
_EAST_ASIAN: Final = re.compile(
    r"[\u1100-\u11ff\u3005-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)


def names(contributors: Iterable[Contributor], letters: Letters) -> str | None:
    """Return the names in their order, joined by `and`; None when there are none."""
    people: list[str] = []
    more = False
    for contributor in contributors:
        if is_others(contributor):
            more = True
        elif written := name(contributor, letters):
            people.append(written)
    if people and more:
        people.append("others")
    return " and ".join(people) or None


def name(contributor: Contributor, letters: Letters) -> str:
    """Return one name: `Family, Given`, the printed form in its order, or a body in braces.

    An unsplit name that ends in initials, or begins in capitals, has its family name first: `Bansal S` is
    `Bansal, S`, where BibTeX would take S for the family name. Degrees behind it are left out. A name alone,
    or of a kind BibTeX cannot cut, is braced.
    """
    literal = _plain(contributor.literal)
    if contributor.kind != "person":
        return _whole(as_cited(literal), letters)
    if not contributor.family and "," in literal:
        alone = _without_titles(literal)
        literal = alone if " " in alone and "," not in alone else literal
    family, given, suffix = (_plain(part or "") for part in _split(contributor, literal))
    if family and given:
        parts = [_part(family, letters, label=True), _part(suffix, letters), _part(given, letters)]
        return ", ".join(part for part in parts if part)
    if family:
        return _whole(" ".join(part for part in (family, suffix) if part), letters)
    words = literal.split()
    if len(words) < 2 or _NOT_IN_NAMES.search(literal) or _EAST_ASIAN.search(literal):
        return _whole(literal, letters)
    start = _start_of_family(words)
    if start and not all(word[0].isascii() for word in words):
        # pandoc takes {\'E}mile, and any word of a script without capitals, for a particle
        written = _words(" ".join(words[:start]), letters)
        return f"{_words(' '.join(words[start:]), letters, label=True)}, {written}"
    return _words(literal, letters, label=True)


class Cut(NamedTuple):
    """A person's name in parts, as BibTeX cuts the one in the `.bib`."""

    family: str
    given: str
    suffix: str | None = None


def cut(contributor: Contributor) -> Cut | None:
    """Return the parts of a name, the source's or those BibTeX would take; None for one it must not cut."""
    literal = _plain(contributor.literal)
    if contributor.kind != "person" or is_others(contributor) or _EAST_ASIAN.search(literal):
        return None
    if not contributor.family and "," in literal:
        literal = _without_titles(literal)
    family, given, suffix = (_plain(part or "") for part in _split(contributor, literal))
    if not family:
        words = literal.split()
        if len(words) < 2 or _NOT_IN_NAMES.search(literal):
            return None
        start = _start_of_family(words)
        family, given = " ".join(words[start:]), " ".join(words[:start])
    return Cut(family, given, suffix or None) if family and given else None


def as_cited(body: str) -> str:
    """Return a body's name without what tells its heading from others, and a meeting's without ISBD's colons.

    `Continuum (Firm)` is Continuum; of `(2nd : 1999 : Athens)` commas are left.
    """
    return _KIND_OF_BODY.sub("", body).replace(" : ", ", ")


def _plain(value: str) -> str:
    return " ".join(clean(value).replace("\u00a0", " ").replace("\u202f", " ").split())


def _split(contributor: Contributor, literal: str) -> tuple[str | None, str | None, str | None]:
    """Return family, given and suffix where the source or the form of the name tells them."""
    if contributor.family:
        return contributor.family, contributor.given, contributor.suffix
    suffix = contributor.suffix
    if _NOT_IN_NAMES.search(literal):
        return None, None, None
    words = literal.split()
    if len(words) > 2 and is_suffix(words[-1]):
        suffix = suffix or words[-1]
        words = words[:-1]
    if shouts_family(words):
        return words[0], " ".join(words[1:]), suffix
    end = start_of_initials(words)
    if 0 < end < len(words):
        return " ".join(words[:end]), " ".join(words[end:]), suffix
    if suffix and len(words) > 1:
        return words[-1], " ".join(words[:-1]), suffix
    return None, None, None


def _without_titles(name: str) -> str:
    """Take off the suffix and the degrees behind a name that is not inverted: `John Q. Public, Jr., MD`."""
    before, comma, last = map(str.strip, name.rpartition(","))
    if comma and (is_suffix(last, alone=True) or (is_degree(last) and not _are_initials(last))):
        return _without_titles(before)
    return name


def _are_initials(degree: str) -> bool:
    """Tell whether `M.A.` is as likely somebody's initials, which must not be lost."""
    return "." in degree and may_be_initials(degree)


def _start_of_family(words: list[str]) -> int:
    """Return where the family name begins by BibTeX's rule: at the first small word, else the last."""
    return next((i for i, word in enumerate(words[:-1]) if word[0].islower()), len(words) - 1)


def _part(value: str, letters: Letters, *, label: bool = False) -> str:
    """Return one part of a split name; one with a comma or a stray "and" has to be braced."""
    if "," in value:
        return _whole(value, letters)
    return _words(value, letters, label=label)


def _words(value: str, letters: Letters, *, label: bool = False) -> str:
    """Return words that BibTeX may cut and abbreviate; `label` where a style may take the first letters."""
    written: list[str] = []
    for word in value.split():
        if word.casefold() == "and":
            written.append(f"{{{word}}}")
            continue
        if is_plain(word) and _IN_LABELS.isdisjoint(word):
            written.append(word)
            continue
        initials = {piece.start() for piece in _PIECE.finditer(word)}
        spelled: list[str] = []
        room = _LABEL if label and letters != "unicode" else 0
        for atom in atoms(word, letters):
            tex = _uncut(atom, room, initial=letters != "unicode" and atom.start in initials)
            room -= _width(tex)
            spelled.append(tex)
        written.append("".join(spelled))
    return " ".join(written)


def _whole(value: str, letters: Letters) -> str:
    r"""Return a name that must not be cut, in braces.

    Inside braces BibTeX counts `\`, `"` and the letter of `{\"a}` as three; `alpha` makes `{St{\}}` of it,
    which TeX reads to the end of the file. So a command among the first three letters stands between two
    groups, one word still: `{St}{\"a}{dte und Gemeinden}`.
    """
    if is_plain(value):
        return f"{{{value}}}" if value else ""
    groups: list[str] = []
    held = ""
    room = 0 if letters == "unicode" else _LABEL
    for atom in atoms(value, letters):
        tex = (
            _uncut(atom, room, initial=atom.start == 0)
            if room > 0 and atom.tex not in _IN_LABELS
            else atom.tex
        )
        if room > 0 and "\\" in tex:
            groups += [f"{{{held}}}" if held else "", tex]
            held = ""
        else:
            held += tex
        room -= _width(tex)
    if held.startswith("\\"):
        held = "{}" + held
    return "".join(groups) + (f"{{{held}}}" if held else "")


def _uncut(atom: Atom, room: int, *, initial: bool = False) -> str:
    """Return the spelling that survives a cut after `room` bytes: a command counts as one letter, `{\\&}`."""
    tex = atom.tex
    if (initial and not tex.isascii()) or 0 < room < _width(tex):
        tex = _as_one_letter(atom, tex)
    if tex.startswith("{$"):
        return f"{{\\ensuremath{{{tex[2:-2]}}}}}"
    splits = tex in _IN_LABELS or ("," in tex and atom.source != ",")  # 🄁 is spelled as a digit and a comma
    return f"{{{tex}}}" if splits or tex.startswith("\\") else tex


def _as_one_letter(atom: Atom, tex: str) -> str:
    r"""Return a command for a letter; `{\relax Þ}` where readers would drop the letter with its command."""
    if tex.isascii():
        return tex
    if atom.source in table("latex")["raw_t1"] and unicodedata.normalize("NFD", atom.source) == atom.source:
        return f"{{\\relax {atom.source}}}"
    return spell(atom.source, "ascii", keep_greek=True)


def _width(tex: str) -> int:
    """Return how many letters BibTeX counts: a byte each, a command in braces is one."""
    return 1 if tex.startswith("{\\") else len(tex.encode("utf-8", "replace"))

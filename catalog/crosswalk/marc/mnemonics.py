"""The names in braces by which MARCMaker writes characters: `{acute}e`, `{eacute}`, `{dollar}`.

https://www.loc.gov/marc/makrbrkr.html. A diacritic stands before its letter, as in MARC-8.
"""

import re
import unicodedata

_DIACRITICS = {
    "acute": "\u0301",
    "breve": "\u0306",
    "breveb": "\u032e",
    "candra": "\u0310",
    "caron": "\u030c",
    "cedil": "\u0327",
    "circ": "\u0302",
    "commaa": "\u0313",
    "commab": "\u0326",
    "dblac": "\u030b",
    "dbldotb": "\u0324",
    "dblunder": "\u0333",
    "dot": "\u0307",
    "dotb": "\u0323",
    "grave": "\u0300",
    "hooka": "\u0309",
    "ldbltil": "\ufe22",
    "llig": "\ufe20",
    "macr": "\u0304",
    "ogon": "\u0328",
    "rcedil": "\u031c",
    "rcommaa": "\u0315",
    "rdbltil": "\ufe23",
    "ring": "\u030a",
    "ringb": "\u0325",
    "rlig": "\ufe21",
    "tilde": "\u0303",
    "uml": "\u0308",
    "under": "\u0332",
}
_CHARACTERS = {
    "AElig": "Æ",
    "aelig": "æ",
    "bsol": "\\",
    "copy": "©",
    "deg": "°",
    "dollar": "$",
    "Dstrok": "Đ",
    "dstrok": "đ",
    "esc": "\x1b",
    "eth": "ð",
    "ETH": "Đ",
    "flat": "♭",
    "hardsign": "ʺ",
    "iexcl": "¡",
    "inodot": "ı",
    "iquest": "¿",
    "joiner": "\u200d",
    "lcub": "{",
    "Lstrok": "Ł",
    "lstrok": "ł",
    "middot": "·",
    "mllhring": "ʻ",
    "mlrhring": "ʼ",
    "nonjoin": "\u200c",
    "OElig": "Œ",
    "oelig": "œ",
    "Ohorn": "Ơ",
    "ohorn": "ơ",
    "Ostrok": "Ø",
    "ostrok": "ø",
    "phono": "℗",
    "plusmn": "±",
    "pound": "£",
    "rcub": "}",
    "reg": "®",
    "scriptl": "ℓ",
    "sharp": "♯",
    "softsign": "ʹ",
    "szlig": "ß",
    "THORN": "Þ",
    "thorn": "þ",
    "Uhorn": "Ư",
    "uhorn": "ư",
    "verbar": "|",
}
_NAME = re.compile(r"\{([A-Za-z]+)\}")


def characters(text: str, unknown: set[str]) -> str:
    """Return a text with its mnemonics as characters, in NFC; those not known stay and go into `unknown`."""
    if "{" not in text:
        return text
    out: list[str] = []
    waiting = ""
    at = 0
    for found in _NAME.finditer(text):
        waiting = _put(out, text[at : found.start()], waiting)
        at = found.end()
        name = found[1]
        if name in _DIACRITICS:
            waiting += _DIACRITICS[name]
        else:
            waiting = _put(out, _character(name, unknown), waiting)
    waiting = _put(out, text[at:], waiting)
    return unicodedata.normalize("NFC", "".join(out) + waiting)


def _put(out: list[str], text: str, diacritics: str) -> str:
    """Add a text with what waits for its first letter; return what still waits."""
    if not text:
        return diacritics
    out.append(text[0] + diacritics + text[1:])
    return ""


def _character(name: str, unknown: set[str]) -> str:
    """Return the character of a name; a letter and a diacritic may be one, `eacute`."""
    if name in _CHARACTERS:
        return _CHARACTERS[name]
    if name[1:] in _DIACRITICS:
        return name[0] + _DIACRITICS[name[1:]]
    unknown.add(name)
    return f"{{{name}}}"

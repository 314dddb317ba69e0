"""What a classic `.bib` cannot hold: letters that pdflatex has no fonts for."""

from functools import cache

from catalog.codes import table
from catalog.export.bibtex import set_in_print
from catalog.record import Record, to_json


def needs_unicode_tex(record: Record) -> bool:
    """Tell whether printing this record takes LuaLaTeX or XeLaTeX: it has letters pdflatex cannot set.

    Abstracts and keywords do not count, as no bibliography prints them.
    """
    if to_json(record).isascii():
        return False
    printed = set_in_print(record)
    return not _set_by_pdftex().issuperset(printed)


@cache
def _set_by_pdftex() -> frozenset[str]:
    codes = table("latex")
    return frozenset(codes["raw"] + codes["raw_t1"]) | {chr(code) for code in range(128)}

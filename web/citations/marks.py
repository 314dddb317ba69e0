"""Signs that stand for markup while a citation is put together, and what becomes of them.

citeproc-py escapes some texts and not others. So it is handed texts as they are, and noncharacters stand
where markup goes (no record has them, as `clean` takes them out); then the whole is escaped.
"""

import html
import re
from typing import Final

ITALIC: Final = "\ufdd0"
ITALIC_END: Final = "\ufdd1"
NOTHING: Final = "\ufdd2"
QUOTE: Final = "\ufdd4"
"""An opening quotation mark of the style's; the .csl files have it as `&#xFDD4;`."""
QUOTE_END: Final = "\ufdd5"

_QUOTES: Final = {NOTHING: "", QUOTE: "“", QUOTE_END: "”"}
_TO_HTML: Final = str.maketrans(_QUOTES | {ITALIC: "<i>", ITALIC_END: "</i>"})
_TO_TEXT: Final = str.maketrans(_QUOTES | {ITALIC: "", ITALIC_END: ""})
_SECOND_STOP: Final = re.compile(rf"([?!]|[.?!][{ITALIC_END}{QUOTE_END}]+)\.(?!\.)")
_AFTER_QUOTE: Final = re.compile(rf"{QUOTE_END}([.,])")


class Formatter:
    """What citeproc-py calls to mark a text up."""

    @staticmethod
    def preformat(text: str) -> str:
        """Return a text as it is: it is escaped with the rest."""
        return text

    @staticmethod
    def Italic(text: object) -> str:  # noqa: N802 - the processor's name for it
        """Mark a text as italic."""
        return f"{ITALIC}{text}{ITALIC_END}"


def punctuated(cited: str) -> str:
    """Leave a second stop out, and put a stop or comma inside the quotation mark before it.

    CSL asks both of a processor (https://docs.citationstyles.org/en/stable/specification.html#style-options,
    punctuation-in-quote), and citeproc-py does neither across markup.
    """
    return _AFTER_QUOTE.sub(rf"\1{QUOTE_END}", _SECOND_STOP.sub(r"\1", cited))


def as_html(cited: str) -> str:
    """Return a fragment in which everything but `<i>` is escaped."""
    return html.escape(cited, quote=False).translate(_TO_HTML)


def as_text(cited: str) -> str:
    """Return the citation without markup."""
    return cited.translate(_TO_TEXT)
